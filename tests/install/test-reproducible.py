# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same sources make the same bytes: nothing of where, when and by whom it was built is in what is
installed, so that anybody can find out whether a program is what it is said to be.

The tree that is tested is built once more as somebody else would: in another directory, later, in another
language, of files in another order.
"""

import os
import re
import shutil
import tempfile

import languages
from hubbub import run
from meson_tree import BUILD, ROOT, command, install, introspect, need, option

# What is needed to build.
SOURCES = ("CHANGELOG.md", "meson.build", "meson.options", "meson_options.txt", "data", "po", "src", "ui")
# What a person may have chosen of the tree that is tested; it is part of what is built.
OPTIONS = ("application_id", "b_lto", "b_ndebug", "b_pie", "c_args", "c_link_args", "debug", "desktop",
           "optimization", "prefix", "profile", "warning_level")
LONG_AGO = 978307200
WORDS = re.compile(rb"[ -~]{6,}")
FEW = 12


def copy(source, target):
    """Copies @source, a file or a folder, as files of another owner and time; folders from the last
    name to the first, which is the order that some file systems list them in."""
    if os.path.islink(source):
        os.symlink(os.readlink(source), target)
    elif os.path.isdir(source):
        os.mkdir(target)
        for name in sorted(os.listdir(source), reverse=True):
            if name not in ("__pycache__", "node_modules"):
                copy(os.path.join(source, name), os.path.join(target, name))
    else:
        shutil.copyfile(source, target)
        os.chmod(target, 0o600)
        os.utime(target, (LONG_AGO, LONG_AGO))


def build_elsewhere(folder):
    """Returns: the build directory"""
    need("meson", "ninja")
    source = os.path.join(folder, "another place", "hubbub")
    build = os.path.join(folder, "outside", "of", "it")
    os.makedirs(source)
    for name in reversed(SOURCES):
        copy(os.path.join(ROOT, name), os.path.join(source, name))
    environment = {**languages.environment("ar", folder), "TZ": "Pacific/Kiritimati", "HOME": folder,
                   "USER": "somebody", "SOURCE_DATE_EPOCH": str(LONG_AGO), "PYTHONHASHSEED": "1"}
    how = {"env": environment, "umask": 0o077}
    command("meson", "setup", build, source, "-Dtests=false",
            *(f"-D{name}={as_text(option(name))}" for name in OPTIONS), **how)
    command("ninja", "-C", build, **how)
    return build


def as_text(value):
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def content(folder, path):
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()


def differences(ours, theirs, paths):
    """Which of @paths are not the same in both folders, and some words that only one of them has."""
    found = []
    for path in paths:
        one, other = (content(folder, path) for folder in (ours, theirs))
        if one != other:
            words = [set(WORDS.findall(data)) for data in (one, other)]
            found.append(f"{path} differs: {len(one)} and {len(other)} bytes; "
                         f"here {sorted(words[0] - words[1])[:FEW]}, "
                         f"elsewhere {sorted(words[1] - words[0])[:FEW]}")
    return found


def test_same_bytes():
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        build = build_elsewhere(folder)
        # What is compiled in, first: it is easier to read than the programs that have it in them.
        made = sorted({os.path.relpath(name, build) for target in introspect(build, "targets")
                       if target["type"] == "custom" for name in target["filename"]
                       if os.path.isfile(name)})
        assert os.path.join("ui", "web", "app.js") in made, made
        different = differences(BUILD, build, made)
        assert not different, "\n".join(different)
        roots = os.path.join(folder, "ours"), os.path.join(folder, "theirs")
        ours, theirs = install(BUILD, roots[0]), install(build, roots[1])
        assert ours == theirs, set(ours) ^ set(theirs)
        different = differences(*roots, ours)
        assert not different, "\n".join(different)
        modes = [[os.stat(os.path.join(root, path)).st_mode for path in ours] for root in roots]
        assert modes[0] == modes[1], list(zip(ours, *modes))
        print(f"# {len(made)} files that are made and {len(ours)} that are installed are the same")


if __name__ == "__main__":
    run(globals())
