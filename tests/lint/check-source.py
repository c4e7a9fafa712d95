# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the source tree that no compiler checks. Usage: check-source.py CHECK

rooms         every #include and every meson dependency is one that the room table allows
names         file = type = function stem = test; files stay readable
licences      every file says its licence, itself or in REUSE.toml
words         nothing names a machine, a registry or a person's folder; no test sleeps for luck
translations  po/POTFILES lists exactly the files with strings for people
"""

import contextlib
import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ.get("HUB_TEST_SOURCE_ROOT", "."))

# Longest file, in lines. The exceptions each have a reason.
MAX_LINES = 450
LONGER = {
    "ui/web/app.css": "one sheet for the whole page; most of it is one rule a line",
}

# Files that hold a small type of their header's beside the one they are named for.
MORE_STEMS = {
    "hub-snapshot.c": ["hub_person_", "hub_place_"],
    "hub-outbox.c": ["hub_segments_"],
    "hub-assets.c": ["hub_asset_"],
}

# What a header outside this project belongs to, by the start of its path.
LIBRARIES = {
    "glib": ("glib.h", "glib/", "glib-unix.h"),
    "gobject": ("glib-object.h",),
    "gio": ("gio/",),
    "icu": ("unicode/",),
    "json-glib": ("json-glib/",),
    "gnutls": ("gnutls/",),
    "libsoup": ("libsoup/",),
    "libqrencode": ("qrencode.h",),
    "gtk4": ("gtk/", "gdk/", "gsk/", "graphene.h"),
    "libadwaita": ("adwaita.h",),
}
# The system's own: every room may use those.
SYSTEM = re.compile(r"(?:sys|linux|net|netinet|arpa)/\w+\.h|(?:dirent|errno|fcntl|limits|locale|math|poll|pthread|pwd|"
                    r"signal|stdarg|stdio|stdlib|string|time|unistd)\.h")
# Libraries that bring others along.
IMPLIED = {"gobject": {"glib"}, "gio": {"gobject", "glib"}, "json-glib": {"gio", "gobject", "glib"},
           "libsoup": {"gio", "gobject", "glib"}, "gtk4": {"gio", "gobject", "glib"},
           "libadwaita": {"gtk4", "gio", "gobject", "glib"}}
PACKAGE = {"glib_dep": "glib", "gobject_dep": "gobject", "gio_dep": "gio", "gio_unix_dep": "gio",
           "icu_dep": "icu", "json_dep": "json-glib", "gnutls_dep": "gnutls", "soup_dep": "libsoup",
           "qrencode_dep": "libqrencode", "gtk_dep": "gtk4", "adwaita_dep": "libadwaita"}


def tracked() -> list[str]:
    """Paths of the project's files, as git or, in a tarball, the file system has them."""
    with contextlib.suppress(FileNotFoundError):  # there need be no git
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        if listing.returncode == 0:
            return sorted(p for p in listing.stdout.split("\n") if p and (ROOT / p).is_file())
    skip = {"build", ".cache", "node_modules", "__pycache__"}
    return sorted(str(p.relative_to(ROOT)) for p in ROOT.rglob("*")
                  if p.is_file() and not skip & set(p.relative_to(ROOT).parts))


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def room_table() -> dict[str, tuple[set[str], set[str]]]:
    """room -> (libraries, rooms) that it may use, from src/README.md."""
    table = {}
    for line in read("src/README.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        match = re.fullmatch(r"`(\w+)/`", cells[0]) if line.startswith("|") else None
        if not match:
            continue
        libraries = {name for name in LIBRARIES if re.search(rf"\b{name}\b", cells[2])}
        for name in list(libraries):
            libraries |= IMPLIED.get(name, set())
        rooms = set(re.findall(r"\b\w+\b", cells[3])) - {"nothing", "read", "only", "types"}
        table[match[1]] = (libraries | {"glib", "gobject"}, rooms | {match[1]})
    return table


def library_of(header: str) -> str | None:
    for library, starts in LIBRARIES.items():
        if any(header == start or (start.endswith("/") and header.startswith(start)) for start in starts):
            return library
    return None


def check_rooms() -> list[str]:
    table = room_table()
    found = []
    if not table:
        return ["src/README.md: no room table"]
    for path in tracked():
        parts = path.split("/")
        if parts[0] != "src" or len(parts) < 3:
            continue
        room = parts[1]
        if room not in table:
            found.append(f"{path}: room {room}/ is not in the table of src/README.md")
            continue
        libraries, rooms = table[room]
        if path.endswith((".c", ".h")):
            for number, line in enumerate(read(path).splitlines(), 1):
                match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
                if not match:
                    continue
                header = match[2]
                if match[1] == '"' and "/" in header and header.split("/")[0] not in rooms:
                    found.append(f"{path}:{number}: {room}/ may not use {header}")
                library = library_of(header)
                if match[1] == "<" and not library and not SYSTEM.fullmatch(header):
                    found.append(f"{path}:{number}: {header} is of no library that this file knows")
                if library and library not in libraries:
                    found.append(f"{path}:{number}: {room}/ may not use {library} ({header})")
        if path.endswith("meson.build"):
            for package, library in PACKAGE.items():
                if re.search(rf"\b{package}\b", read(path)) and library not in libraries:
                    found.append(f"{path}: {room}/ may not link {library}")
            for other in re.findall(r"\bhub_(\w+)_dep\b", read(path)):
                if other != room and other not in rooms:
                    found.append(f"{path}: {room}/ may not link {other}/")
    for room in table:
        if not (ROOT / "src" / room).is_dir():
            found.append(f"src/README.md: there is no room {room}/")
    return found


def check_names() -> list[str]:
    found = []
    paths = tracked()
    for path in paths:
        name = Path(path).name
        lines = read(path).count("\n") if path.endswith((".c", ".h", ".py", ".js", ".mjs", ".css")) else 0
        if lines > MAX_LINES and path not in LONGER:
            found.append(f"{path}: {lines} lines; at most {MAX_LINES}, or give a reason here")
        if not path.startswith("src/") or not path.endswith((".c", ".h")):
            continue
        if name == "main.c":
            continue
        if not re.fullmatch(r"hub-[a-z0-9-]+\.[ch]", name):
            found.append(f"{path}: sources are called hub-NAME.c")
            continue
        stem = re.sub(r"-private$", "", name[:-2])
        # A family of files may share the longest of its stems: hub-wire-read.c has hub_wire_*.
        stems = ["_".join(stem.split("-")[:n]) for n in range(2, len(stem.split("-")) + 1)]
        if name.endswith(".c"):
            text = read(path)
            for match in re.finditer(r"^(?!static)(?:[A-Za-z][\w ]*[ *]+)?\n?^(hub_\w+) \(", text, re.M):
                before = text[: match.start(1)].rsplit("\n\n", 1)[-1]
                if "static" in before or match[1].endswith("_get_type"):
                    continue
                if not any(match[1].startswith(s) for s in [*stems, *MORE_STEMS.get(name, [])]):
                    found.append(f"{path}: {match[1]}() does not begin with the file's stem")
    return found


def reuse_globs() -> list[str]:
    return re.findall(r'"([^"]+)"', "\n".join(
        re.findall(r"^path = (.+?)(?=^\w+ =|\Z)", read("REUSE.toml"), re.M | re.S)))


def check_licences() -> list[str]:
    globs = reuse_globs()
    return [f"{path}: no SPDX-License-Identifier" for path in tracked()
            if path != "LICENSE" and not (ROOT / path).is_symlink()
            and "SPDX-License-Identifier: " not in read(path)[:1000]
            and not any(fnmatch.fnmatch(path, glob) for glob in globs)]


def check_words() -> list[str]:
    # Spelled in pieces, so that this file does not find itself.
    banned = {
        r"/(?:work|root)/" + r"(?!\*)": "a path of one machine",
        r"/home" + r"/\w+": "somebody's folder",
        r"regis" + r"try\.npmjs|arti" + r"factory|crates\.io" + r"/api|pypi\.org|deb\.debian\.org": "a registry's host",
        r'"resolved"' + r"\s*:": "a download address (npm's omit-lockfile-registry-resolved)",
        r"\bFIX" + r"ME\b|\bXX" + r"X\b|\bTO" + r"DO\b": "unfinished work belongs into an issue",
    }
    sleepy = re.compile(r"\b(?:g_usleep|usleep|nanosleep|time\.sle" + r"ep|waitForTimeout)\b ?\(|timers/prom"
                        + r"ises|\bPromise\b.*\bsetTime" + r"out\b")
    found = []
    for path in tracked():
        if path == "LICENSE" or path.endswith((".png", ".gz", ".svg")) or "/corpus/" in path:
            continue
        for number, line in enumerate(read(path).splitlines(), 1):
            for pattern, why in banned.items():
                if re.search(pattern, line):
                    found.append(f"{path}:{number}: {why}: {line.strip()[:80]}")
            # Waiting between two looks at what is awaited is polling, and says so.
            if path.startswith("tests/") and sleepy.search(line) and "poll" not in line:
                found.append(f"{path}:{number}: a test waits for an event, not for time: {line.strip()[:80]}")
    return found


def check_translations() -> list[str]:
    path = ROOT / "po" / "POTFILES"
    listed = {line.strip() for line in path.read_text(encoding="utf-8").splitlines()
              if line.strip() and not line.startswith("#")}
    used = {p for p in tracked() if p.startswith("src/") and p.endswith(".c")
            and re.search(r"\b(?:_|N_|C_|ngettext|g_dngettext) \(", read(p))}
    used |= {p for p in tracked() if p.startswith("ui/desktop/") and p.endswith(".ui")
             and 'translatable="yes"' in read(p)}
    used |= {p for p in tracked() if p.startswith("ui/web/") and p.endswith(".js")
             and re.search(r"\b(?:_|ngettext)\($|\b(?:_|ngettext)\(['\"]", read(p), re.M)}
    used |= {p for p in tracked() if p.startswith("ui/help/") and p.endswith("/words.py")}
    used |= {p for p in tracked() if p.startswith("data/") and p.endswith((".desktop.in", ".gschema.xml.in", ".metainfo.xml.in"))}
    return [f"po/POTFILES: {p} is missing" for p in sorted(used - listed)] + \
           [f"po/POTFILES: {p} has nothing to translate" for p in sorted(listed - used)
            if p.startswith(("src/", "ui/", "data/"))]


CHECKS = {"rooms": check_rooms, "names": check_names, "licences": check_licences,
          "words": check_words, "translations": check_translations}

if __name__ == "__main__":
    problems = CHECKS[sys.argv[1]]()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
