# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`meson install` gives whole programs, and their files follow the application id."""

import configparser
import os
import re
import tempfile

from hubbub import run
from meson_tree import BUILD, ROOT, Installed, command, install, need, option

DEFAULT_ID = "io.github.hubbub_lan.Hubbub"
# What tells the default id from every other, however its parts are joined.
TRACE = re.compile(rb"io[./_]github[./_]hubbub[._-]?lan[./_]hubbub", re.IGNORECASE)
ICONS = ("", "-symbolic", "-tray-running-symbolic", "-tray-stopped-symbolic",
         "-tray-attention-symbolic")


def data_files(application_id):
    """What the desktop finds by the id, under share/."""
    return {f"applications/{application_id}.desktop",
            f"dbus-1/services/{application_id}.service",
            f"glib-2.0/schemas/{application_id}.gschema.xml",
            f"metainfo/{application_id}.metainfo.xml",
            *(f"icons/hicolor/{'symbolic' if kind else 'scalable'}/apps/{application_id}{kind}.svg"
              for kind in ICONS)}


def test_prefix():
    """The tree that is tested, installed as it is: complete, and its parts name each other."""
    need("desktop-file-validate", "glib-compile-schemas")
    prefix = option("prefix").lstrip("/")
    application_id = option("application_id")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        files = install(BUILD, folder)
        share = os.path.join(prefix, option("datadir"))
        bins = os.path.join(prefix, option("bindir"))
        wanted = {os.path.join(share, path) for path in data_files(application_id)}
        wanted |= {os.path.join(bins, name) for name in ("hubbub", "hubbub-server")}
        wanted |= {os.path.join(prefix, option("mandir"), "man1", name + ".1")
                   for name in ("hubbub", "hubbub-server")}
        wanted |= {os.path.join(share, "bash-completion", "completions", name)
                   for name in ("hubbub", "hubbub-server")}
        wanted.add(os.path.join(prefix, "lib", "systemd", "user", "hubbub-server.service"))
        assert wanted <= set(files), wanted - set(files)
        for name in ("hubbub", "hubbub-server"):
            shown = command(os.path.join(folder, bins, name), "--version")
            assert re.search(r"\d+\.\d+\.\d+", shown), shown
        command("desktop-file-validate",
                os.path.join(folder, share, "applications", f"{application_id}.desktop"))
        command("glib-compile-schemas", "--strict", "--dry-run",
                os.path.join(folder, share, "glib-2.0", "schemas"))
        service = configparser.ConfigParser(interpolation=None)
        service.read(os.path.join(folder, share, "dbus-1", "services", f"{application_id}.service"))
        program = service["D-BUS Service"]["Exec"].split()[0]
        assert program.lstrip("/") in files, program
        languages = {path.split("/")[-3] for path in files if path.endswith("hubbub.mo")}
        with open(os.path.join(ROOT, "po", "LINGUAS"), encoding="utf-8") as file:
            assert languages == set(re.findall(r"^[a-z]\S*", file.read(), re.MULTILINE)), languages


def test_another_id():
    """Nothing that is installed under another id has the default one in its name or text."""
    with Installed() as tree:
        share = {path[len("usr/share/"):] for path in tree.files if path.startswith("usr/share/")}
        assert data_files(tree.id) <= share, data_files(tree.id) - share
        found = [path for path in tree.files
                 if TRACE.search(path.encode()) or TRACE.search(tree.read(path))]
        assert not found, found
        schema = tree.read(f"usr/share/glib-2.0/schemas/{tree.id}.gschema.xml").decode()
        assert 'id="org.example.Foo" path="/org/example/Foo/"' in schema
        desktop = tree.read(f"usr/share/applications/{tree.id}.desktop").decode()
        assert "\nIcon=org.example.Foo\n" in desktop
        metainfo = tree.read(f"usr/share/metainfo/{tree.id}.metainfo.xml").decode()
        assert "<id>org.example.Foo</id>" in metainfo
        assert ">org.example.Foo.desktop</launchable>" in metainfo
        service = tree.read(f"usr/share/dbus-1/services/{tree.id}.service").decode()
        assert "\nName=org.example.Foo\n" in service
        with open(os.path.join(tree.build, "hub-config.h"), encoding="utf-8") as config:
            assert '#define HUB_APPLICATION_ID "org.example.Foo"' in config.read()


def test_programs_take_the_id_from_the_options():
    """Building them once more would take a minute; what is built can have it from one place only."""
    found = []
    for folder in ("src", "ui", "data", "po"):
        for where, names, files in os.walk(os.path.join(ROOT, folder)):
            names[:] = [name for name in names if name != "node_modules"]
            for name in files:
                with open(os.path.join(where, name), "rb") as file:
                    if TRACE.search(file.read()):
                        found.append(os.path.join(where, name))
    assert not found, found
    with open(os.path.join(ROOT, "meson.options"), encoding="utf-8") as file:
        assert f"value: '{DEFAULT_ID}'" in file.read()
    program = os.path.join(BUILD, "src", "app", "hubbub")
    with open(program, "rb") as file:
        assert option("application_id").encode() in file.read()


if __name__ == "__main__":
    run(globals())
