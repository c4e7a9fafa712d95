# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What software centres show: AppStream's own checker has nothing to say against it."""

import os
import re
import runpy
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

from hubbub import run
from meson_tree import BUILD, ROOT, command, need, option

MADE = os.path.join(BUILD, "data", option("application_id") + ".metainfo.xml")
CHANGELOG = os.path.join(ROOT, "CHANGELOG.md")
RELEASES = os.path.join(ROOT, "data", "releases.py")

# Findings that cannot be done without, each with its reason.
KNOWN = {
    "cid-contains-uppercase-letter": "the last part of the id is the program's name, as GNOME has it",
    "unknown-tag": "AppStream 0.16 does not know <developer> yet",
    "developer-name-tag-deprecated": "AppStream 0.16 reads no other",
    "releases-info-missing": "as long as nothing is released",
}

SAMPLE = """# Changelog

## Unreleased

- Not to be told yet.

## 1.1.0 (2027-02-03)

- An entry of `--several` words & a <sign>, which goes
  on in the next line.
- Another one.

## 1.0.0 (2026-12-31)

- The first one.
"""


def findings(path):
    """What AppStream's checker says of @path: the tags of its findings."""
    done = subprocess.run(["appstreamcli", "validate", "--no-net", "--pedantic", path], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return set(re.findall(r"^[EWIP]: \S+?:\S* ([a-z-]+)", done.stdout, re.MULTILINE))


def test_valid():
    need("appstreamcli")
    found = findings(MADE)
    assert "cid-contains-uppercase-letter" in found, "the checker's words were not understood"
    assert found <= KNOWN.keys(), found - KNOWN.keys()


def test_releases_are_those_of_the_changelog():
    with open(CHANGELOG, encoding="utf-8") as file:
        told = re.findall(r"^## (\d\S*) \((.*)\)$", file.read(), re.MULTILINE)
    listed = [(release.get("version"), release.get("date"))
              for release in ElementTree.parse(MADE).iter("release")]
    assert listed == told, (listed, told)


def made_of(changelog):
    """The metadata with the releases of @changelog, as a temporary file."""
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        source = os.path.join(folder, "CHANGELOG.md")
        with open(source, "w", encoding="utf-8") as file:
            file.write(changelog)
        target = os.path.join(folder, os.path.basename(MADE))
        command("/usr/bin/env", "python3", RELEASES, source,
                os.path.join(BUILD, "data", "hubbub.metainfo.xml"), target)
        with open(target, encoding="utf-8") as file:
            return file.read()


def test_a_release():
    text = made_of(SAMPLE)
    root = ElementTree.fromstring(text)
    listed = {release.get("version"): [" ".join("".join(item.itertext()).split())
                                       for item in release.iter("li")]
              for release in root.iter("release")}
    assert listed == {"1.1.0": ["An entry of --several words & a <sign>, which goes on in the next line.",
                                "Another one."], "1.0.0": ["The first one."]}, listed
    need("appstreamcli")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        path = os.path.join(folder, os.path.basename(MADE))
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        found = findings(path)
        assert found <= KNOWN.keys() - {"releases-info-missing"}, found


def test_no_release_is_made_up():
    releases = runpy.run_path(RELEASES)["releases"]
    assert releases("# Changelog\n\n## Unreleased\n\n- Something.\n") == ""
    for wrong in ("## 1.0\n\n- Something.\n", "## 1.0.0 (soon)\n\n- Something.\n",
                  "## 1.0.0 (2026-12-31)\n"):
        try:
            releases(wrong)
        except SystemExit:
            continue
        raise AssertionError(wrong)


def test_screenshots():
    """Each is there, small, and as wide as software centres want."""
    images = [image.text for image in ElementTree.parse(MADE).iter("image")]
    assert len(images) == 3, images
    for url in images:
        path = os.path.join(ROOT, "data", "screenshots", url.rsplit("/", 1)[1])
        with open(path, "rb") as file:
            head = file.read(24)
        assert head[:8] == b"\x89PNG\r\n\x1a\n", path
        width = int.from_bytes(head[16:20], "big")
        assert 620 <= width <= 1600 and os.path.getsize(path) < 200_000, (path, width)


if __name__ == "__main__":
    run(globals())
