# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each permission of the Flatpak has its reason, and the manifest keeps the rules it is meant to keep."""

import os
import re
import sys
import tempfile

from hubbub import run

ROOT = os.environ["HUB_TEST_SOURCE_ROOT"]
sys.path.insert(0, os.path.join(ROOT, "flatpak"))
import build  # noqa: E402  where it is, is known now

# Whoever wants one of these has to change this test: they are as good as no sandbox, or a portal does it.
# Flathub takes hardly any of them.
NEVER = re.compile(r"--filesystem=|--device=all|--socket=(?:system-bus|session-bus|x11)$|--(?:system-)?own-name=|"
                   r"--(?:system-)?talk-name=(?:\S*\*|org\.freedesktop\.(?:portal|impl|Flatpak|DBus|systemd1|login1)|"
                   r"ca\.desrt\.dconf)|--persist=|--allow=devel|--env=")


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def unaccounted(manifest, account):
    """Permissions that only one of the two texts has."""
    block = re.search(r"(?m)^finish-args:\n((?:  .*\n|\n)*)", manifest)[1]
    asked = re.findall(r"(?m)^  - (\S+)$", block)
    assert len(asked) == block.count("- --"), block
    reasons = dict(re.findall(r"(?m)^\| `(--\S+)` \| (\S.{10,}) \|$", account))
    return set(asked) ^ set(reasons)


def test_each_has_its_reason():
    manifest, account = read("flatpak", f"{build.ID}.yml"), read("flatpak", "README.md")
    assert "--share=network" in manifest
    assert not unaccounted(manifest, account), unaccounted(manifest, account)
    # One more without a reason is found, and so is a reason without a permission.
    more = manifest.replace("finish-args:\n", "finish-args:\n  - --device=input\n")
    assert unaccounted(more, account) == {"--device=input"}
    less = manifest.replace("  - --device=dri\n", "")
    assert unaccounted(less, account) == {"--device=dri"}


def test_none_opens_the_sandbox():
    found = [line for line in read("flatpak", f"{build.ID}.yml").splitlines() if NEVER.search(line)]
    assert not found, found
    for permission in ("--filesystem=home", "--talk-name=org.kde.*", "--system-talk-name=org.freedesktop.login1"):
        assert NEVER.search(permission), permission


def test_modules_are_pinned():
    manifest = read("flatpak", f"{build.ID}.yml")
    sources = re.findall(r"(?m)^      - type: (\w+)\n((?:        .*\n)*)", manifest)
    assert [kind for kind, _ in sources] == ["archive", "dir"], sources
    for kind, rest in sources:
        if kind == "archive":
            assert re.search(r"url: https://\S+", rest) and re.search(r"sha256: [0-9a-f]{64}$", rest, re.M), rest
            assert "        x-checker-data:\n" in rest, rest  # who says when there is a newer one
    assert manifest.count("  - name: ") == manifest.count("/app/share/licenses/${FLATPAK_ID}/")


def test_modules_from_a_folder():
    manifest = read("flatpak", f"{build.ID}.yml")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        for name in ("libqrencode-4.tar.bz2", "hubbub-1.tar.gz"):
            with open(os.path.join(folder, name), "wb"):
                pass
        local = build.with_sources(manifest, folder)
        # What is no archive is not looked for.
        assert f"        path: {folder}/libqrencode-4.tar.bz2\n" in local and "hubbub-1" not in local
        assert "sha256" not in local and local.count("- name:") == manifest.count("- name:")


def test_variants():
    """The same but for the id; the development variant says in its name and by its profile what it is."""
    manifest = read("flatpak", f"{build.ID}.yml")
    assert build.variant(manifest, build.ID, False) == manifest
    foo = build.variant(manifest, "org.example.Foo", False)
    assert build.ID not in foo and foo.replace("org.example.Foo", build.ID) == manifest
    devel = f"{build.ID}.Devel"
    made = build.variant(manifest, devel, True).splitlines()
    added = set(made) - set(build.variant(manifest, devel, False).splitlines())
    assert f"id: {devel}" in made and f"      - -Dapplication_id={devel}" in made
    assert added == {"      - -Dprofile=devel", "desktop-file-name-suffix: ' (Development)'"}, added


if __name__ == "__main__":
    run(globals())
