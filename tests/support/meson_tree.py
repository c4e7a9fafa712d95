# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""meson from tests: what would be installed from this build tree, and from trees of a test's own."""

import json
import os
import shutil
import subprocess
import tempfile

from hubbub import Skip

ROOT = os.environ["HUB_TEST_SOURCE_ROOT"]
BUILD = os.environ["HUB_TEST_BUILD_ROOT"]
PREFIX = "/usr"
# Everything that is installed but programs, which take long to build.
TAGS = "data,man,i18n"
PROGRAMS = (os.path.join("src", "app", "hubbub"), os.path.join("src", "terminal", "hubbub-server"))


def command(*words, env=None, **options):
    """Runs @words, with more environment @env; what it printed is in the failure. Returns: its standard
    output"""
    # DESTDIR and the like are for a person's own installation.
    env = {**{name: value for name, value in os.environ.items() if name not in ("DESTDIR", "MAKEFLAGS")},
           **(env or {})}
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, env=env, **options)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}"
    return done.stdout


def need(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        raise Skip(f"not installed: {' '.join(missing)}")


def introspect(build, what):
    return json.loads(subprocess.run(["meson", "introspect", build, "--" + what], check=True,
                                     stdout=subprocess.PIPE).stdout)


def option(name):
    """An option of the tree that is tested."""
    return next(o["value"] for o in introspect(BUILD, "buildoptions") if o["name"] == name)


def set_up(build, source, *options, prefix=PREFIX):
    need("meson", "ninja")
    command("meson", "setup", build, source, f"--prefix={prefix}", *options)


def make_data(build):
    """Builds what is installed of @build but for the programs."""
    made = [os.path.relpath(name, build) for target in introspect(build, "targets")
            if target["installed"] and target["type"] == "custom" for name in target["filename"]]
    command("ninja", "-C", build, *made)


def install(build, folder, *options):
    """Installs @build under @folder. Returns: what is there, as sorted paths from @folder on"""
    command("meson", "install", "-C", build, "--no-rebuild", "--destdir", folder, *options)
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, names in os.walk(folder) for name in names)


def install_tested(folder):
    """Installs the programs that are tested into @folder/prefix, by an ordinary `meson install`: only
    what the prefix is written into is made anew. Returns: the prefix"""
    prefix, build = os.path.join(folder, "prefix"), os.path.join(folder, "build")
    set_up(build, ROOT, "-Dtests=false",
           *(f"-D{name}={option(name)}" for name in ("application_id", "profile")), prefix=prefix)
    make_data(build)
    for path in PROGRAMS:
        shutil.copy(os.path.join(BUILD, path), os.path.join(build, path))
    command("meson", "install", "-C", build, "--no-rebuild")
    return prefix


class Installed:
    """What is installed of the sources with another application id but for the programs; a context
    manager. `id`, `root` (where it is), `files` (from there on)"""

    id = "org.example.Foo"

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="hub-")
        self.build = os.path.join(self._folder.name, "build")
        self.root = os.path.join(self._folder.name, "root")
        set_up(self.build, ROOT, f"-Dapplication_id={self.id}", "-Dprofile=devel", "-Dtests=false")
        make_data(self.build)
        self.files = install(self.build, self.root, "--tags", TAGS)
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def read(self, path):
        with open(os.path.join(self.root, path), "rb") as file:
            return file.read()
