# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`meson dist` makes a tarball that has all that is needed to build, test and install."""

import glob
import os
import re
import subprocess
import tarfile
import tempfile

from hubbub import Skip, run
from meson_tree import BUILD, ROOT, command, introspect, need, set_up

# What people look for in a tarball before they build anything.
FOR_PEOPLE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "LICENSE",
              "dev", "data/screenshots/together.png")


def test_tarball():
    need("git", "meson", "ninja")
    if subprocess.run(["git", "-C", ROOT, "rev-parse", "--verify", "-q", "HEAD"], check=False,
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        raise Skip("this is no clone: a tarball is made of a commit")
    # Of the last commit, whatever else lies about.
    command("meson", "dist", "-C", BUILD, "--no-tests", "--allow-dirty", "--formats", "gztar")
    version = introspect(BUILD, "projectinfo")["version"]
    made = os.path.join(BUILD, "meson-dist", f"hubbub-{version}.tar.gz")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        with tarfile.open(made) as tar:
            tar.extractall(folder)
        source = os.path.join(folder, f"hubbub-{version}")
        lacking = [name for name in FOR_PEOPLE if not os.path.exists(os.path.join(source, name))]
        assert not lacking, lacking
        assert os.access(os.path.join(source, "dev"), os.X_OK)
        # With the tests, whose files are looked for by this.
        build = os.path.join(folder, "build")
        set_up(build, source)
        # What other files are read while building: the page's modules, the icons, the windows.
        resources = [os.path.relpath(name, build) for target in introspect(build, "targets")
                     for name in target["filename"] if name.endswith("-resources.c")]
        assert len(resources) > 2, resources
        command("ninja", "-C", build, *resources)
        # Of its own tests those that take the least to build.
        tests = {os.path.relpath(test["cmd"][0], build) for test in introspect(build, "tests")
                 if "base" in test["suite"][0].split(":")}
        assert len(tests) > 3, tests
        command("ninja", "-C", build, *tests)
        told = command("meson", "test", "-C", build, "--no-rebuild", "--suite", "base")
        assert re.search(rf"(?m)^Ok: +{len(tests)}\b", told), told
        assert not glob.glob(os.path.join(source, "**", "node_modules"), recursive=True)


if __name__ == "__main__":
    run(globals())
