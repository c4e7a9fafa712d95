#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages are about the programs that there are: same options, JSON lines and file names."""

import os
import re
import shutil
import subprocess

from hubbub import SERVER, Skip, run

ROOT = os.environ["HUB_TEST_SOURCE_ROOT"]
PAGE = os.path.join(ROOT, "data", "man", "hubbub-server.1")
DESKTOP_PAGE = os.path.join(ROOT, "data", "man", "hubbub.1.in")


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def test_options():
    shown = subprocess.run([SERVER, "--help"], check=True, capture_output=True).stdout.decode()
    helped = set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", shown, re.M))
    short = set(re.findall(r"^  -(\w), ", shown, re.M))
    options = "\n".join(line for line in read(PAGE).splitlines() if line.startswith(".It Fl"))
    described = set(re.findall(r"-([a-z][a-z-]+)", options))
    assert len(helped) > 10 and helped == described, helped ^ described
    assert short == set(re.findall(r"Fl (\w) ,", options)), short


def test_desktop_options():
    code = read("src", "app", "hub-application.c")
    table = code[code.index("GOptionEntry entries[]"):]
    names = set(re.findall(r'\{ "([a-z-]+)", 0', table[:table.index("};")])) | {"help"}
    page = read(DESKTOP_PAGE)
    described = re.findall(r"^\.It (?:Fl \w , )?Fl -([a-z-]+)$", page, re.M)
    assert len(names) > 3 and names == set(described), (names, described)


def test_json_lines():
    code = read("src", "terminal", "hub-json-lines.c")
    types = set(re.findall(r'(?:line_begin \(|print_\w+ \(self, )"(\w+)"', code))
    page = read(PAGE)
    section = page[page.index(".Sh OUTPUT FOR SCRIPTS"):page.index(".Sh SIGNALS")]
    described = set(re.findall(r"\w+", " ".join(re.findall(r"^\.It Li (.*)$", section, re.M))))
    assert len(types) > 5 and types == described, types ^ described


def test_commands():
    code = read("src", "terminal", "hub-command.c")
    table = code[code.index("} forms[] = {"):]
    forms = re.findall(r'\{ "((?:[^"\\]|\\.)+)",', table[:table.index("};")])
    page = read(PAGE)
    section = page[page.index(".Sh COMMANDS"):page.index(".Sh OUTPUT FOR SCRIPTS")]
    described = re.findall(r"^\.It (.*)$", section, re.M)
    plain = [re.sub(r"Li |Ar ", "", line).replace(" Ns ", "").replace("\\(dq", '"')
             for line in described]
    assert plain == [form.replace('\\"', '"') for form in forms], (plain, forms)


def test_files():
    page = read(PAGE)
    store = read("src", "net", "hub-identity-store.c")
    names = set(re.findall(r'"([a-z-]+\.pem)"', store))
    assert names and all(name in page for name in names), names


def test_pages_are_sound():
    if not shutil.which("groff"):
        raise Skip("groff is not installed: nobody reads the pages")
    for page in (PAGE, DESKTOP_PAGE):
        read_page = subprocess.run(["groff", "-mdoc", "-Tutf8", "-ww", page], check=True,
                                   capture_output=True)
        assert read_page.stderr == b"", read_page.stderr


if __name__ == "__main__":
    run(globals())
