# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations are whole. Usage: check-catalogues.py CHECK

template    po/hubbub.pot has what the sources say now
comments    a text with a place for something else tells translators what comes there
whole       every catalogue of po/LINGUAS passes msgfmt, with nothing left out, fuzzy or empty
places      every translation keeps the places, tags and mnemonics of its text
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from languages import entries, languages

ROOT = Path(os.environ["HUB_TEST_SOURCE_ROOT"])
BUILD = Path(os.environ["HUB_TEST_BUILD_ROOT"])
TEMPLATE = ROOT / "po" / "hubbub.pot"
SKIPPED = 77

# {name} and {}, %s and %1$s, <b>; not "50 %".
PLACE = re.compile(r"\{\w*\}|%(?:\d+\$)?0?\d*l?[dsu]|</?\w+>")
MNEMONIC = re.compile(r"_(?=\w)")


def read(path: Path) -> list[dict]:
    return [entry for entry in entries(path.read_text(encoding="utf-8")) if entry["msgid"]]


def name_of(entry: dict) -> tuple:
    return entry.get("msgctxt"), entry["msgid"], entry.get("msgid_plural")


def catalogues() -> dict[str, Path]:
    return {language: ROOT / "po" / f"{language}.po" for language in languages()}


def make_template(folder: Path) -> Path:
    """What `meson compile hubbub-pot` would write, made of copies in @folder."""
    listed = (ROOT / "po" / "POTFILES").read_text(encoding="utf-8").split("\n")
    for path in ["po/POTFILES", *(line for line in listed if line and not line.startswith("#"))]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    command = subprocess.run(["ninja", "-C", str(BUILD), "-t", "commands", "hubbub-pot"], check=True,
                             stdout=subprocess.PIPE, text=True).stdout.strip().split("\n")[-1]
    words = [f"--source-root={folder}" if word.startswith("--source-root=") else word
             for word in shlex.split(command)]
    made = subprocess.run(words, cwd=BUILD, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    assert made.returncode == 0, made.stdout
    return folder / "po" / "hubbub.pot"


def say(entry: dict) -> tuple:
    """What of an entry matters to translators; not on which line it stands."""
    told = "\n".join(line for line in entry["comments"] if line.startswith("#. "))
    files = {re.sub(r":\d+$", "", place) for line in entry["comments"] if line.startswith("#: ")
             for place in line[3:].split()}
    flags = {line for line in entry["comments"] if line.startswith("#, ")}
    return told[told.find("Translators:"):] if "Translators:" in told else "", files, flags


def check_template() -> list[str]:
    with tempfile.TemporaryDirectory(prefix="hub-pot-") as folder:
        fresh = {name_of(entry): say(entry) for entry in read(make_template(Path(folder)))}
    kept = {name_of(entry): say(entry) for entry in read(TEMPLATE)}
    changed = [name for name in fresh if name in kept and fresh[name] != kept[name]]
    found = [f"po/hubbub.pot: {what}: {name[1]}" for what, names in (
        ("is not in it", fresh.keys() - kept.keys()), ("is in no source", kept.keys() - fresh.keys()),
        ("has other comments, files or flags now", changed)) for name in sorted(names, key=str)]
    return [*found, "meson compile -C BUILD hubbub-update-po mends it"] if found else []


def check_comments() -> list[str]:
    return [f"po/hubbub.pot: no comment for translators: {entry['msgid']}"
            for entry in read(TEMPLATE) if PLACE.search(entry["msgid"]) and not say(entry)[0]]


def check_whole() -> list[str]:
    found = []
    template = {name_of(entry) for entry in read(TEMPLATE)}
    if not catalogues():
        return ["po/LINGUAS: no languages"]
    for path in sorted((ROOT / "po").glob("*.po")):
        if path.stem not in catalogues():
            found.append(f"po/LINGUAS: {path.stem} is missing")
    for language, path in catalogues().items():
        done = subprocess.run(["msgfmt", "--check", "--statistics", "-o", os.devnull, str(path)],
                              check=False, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"})
        if done.returncode or not re.fullmatch(r"\d+ translated messages\.", done.stderr.strip()):
            found.append(f"po/{language}.po: {done.stderr.strip()}")
        text = path.read_text(encoding="utf-8")
        forms = int(re.search(r"nplurals=(\d+)", text)[1])
        there = read(path)
        found += [f"po/{language}.po: is not in it: {name[1]}"
                  for name in sorted(template - {name_of(entry) for entry in there}, key=str)]
        for entry in there:
            wanted = forms if "msgid_plural" in entry else 1
            if len(entry["forms"]) != wanted or not all(entry["forms"]):
                found.append(f"po/{language}.po: {wanted} forms are wanted: {entry['msgid']}")
    return found


def places(text: str) -> Counter:
    # %1$s in a translation is the %s of the original.
    return Counter(re.sub(r"\d+\$", "", place) for place in PLACE.findall(text))


def check_places() -> list[str]:
    found = []
    for language, path in catalogues().items():
        for entry in read(path):
            wanted = places(entry.get("msgid_plural", entry["msgid"]))
            for number, form in enumerate(entry["forms"]):
                # A form that is about one number only may say it as a word, which msgfmt checks.
                if places(form) != wanted and ("msgid_plural" not in entry or places(form) - wanted
                                               or number == len(entry["forms"]) - 1):
                    found.append(f"po/{language}.po: other places than {entry['msgid']}: {form}")
                if bool(MNEMONIC.search(form)) != bool(MNEMONIC.search(entry["msgid"])):
                    found.append(f"po/{language}.po: another mnemonic than {entry['msgid']}: {form}")
    return found


CHECKS = {"template": check_template, "comments": check_comments, "whole": check_whole,
          "places": check_places}

if __name__ == "__main__":
    if not all(shutil.which(tool) for tool in ("msgfmt", "xgettext", "ninja")):
        print("SKIP: gettext or ninja is not installed")
        sys.exit(SKIPPED)
    problems = CHECKS[sys.argv[1]]()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
