# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes what the page loads of a language out of po/LANGUAGE.po: model/language.js, Catalogue.

Only the page's own texts, by gettext's own tools, and no rule that the page would have to
evaluate: which form a number takes is written down for the numbers from 0 to 199.
"""

import gettext
import json
import re
import struct
import subprocess
import tempfile
from pathlib import Path

# Those of CLDR that are written from right to left where nothing else is said of their script.
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
# gettext's name of a language -> BCP 47's; meson.build has the same.
TAG = (("_", "-"), ("@latin", "-Latn"), ("@cyrillic", "-Cyrl"), ("@", "-"))
TABLE = 200
# What the page counts stays far below.
COUNTED = 20000


class CatalogueError(Exception):
    """A translation that the page could not use."""


def languages(linguas):
    """Those of po/LINGUAS, as gettext calls them."""
    lines = Path(linguas).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def tag_of(language):
    """sr@latin -> sr-Latn, pt_BR -> pt-BR"""
    for old, new in TAG:
        language = language.replace(old, new)
    return language


def direction_of(tag):
    name, *rest = tag.split("-")
    is_turned = name in RIGHT_TO_LEFT and not {"Latn", "Cyrl"} & set(rest)
    return "rtl" if is_turned else "ltr"


def run(*command):
    done = subprocess.run([str(word) for word in command], check=False, capture_output=True)
    if done.returncode:
        raise CatalogueError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")


def entries(mo):
    """Text -> translation of a catalogue as msgfmt writes it (gettext's manual, "MO Files")."""
    count, originals, translations = struct.unpack_from("<3I", mo, 8)

    def text(table, number):
        length, offset = struct.unpack_from("<2I", mo, table + 8 * number)
        return mo[offset:offset + length].decode("utf-8")

    return {text(originals, i): text(translations, i) for i in range(count)}


def plural_table(header):
    match = re.search(r"^Plural-Forms: *nplurals *= *(\d+) *; *plural *= *(.+?);? *$", header,
                      re.MULTILINE)
    if not match:
        raise CatalogueError("no Plural-Forms")
    try:
        form = gettext.c2py(match[2])
    except ValueError as error:
        raise CatalogueError(f"{error}: {match[0]}") from error
    table = [int(form(n)) for n in range(TABLE)]
    if max(table) >= min(int(match[1]), 10):
        raise CatalogueError(f"forms that do not exist: {match[0]}")
    for n in range(TABLE, COUNTED):
        if int(form(n)) != table[100 + n % 100]:
            raise CatalogueError(f"more than the last two digits decide, as in {n}: {match[0]}")
    return "".join(map(str, table))


def catalogue(po, sources):
    """The bytes of the JSON file made of @po, with the texts that are in @sources."""
    with tempfile.TemporaryDirectory(prefix="hub-words-") as folder:
        template, merged, binary = (Path(folder) / name for name in ("pot", "po", "mo"))
        run("xgettext", "--language=JavaScript", "--from-code=UTF-8", "-o", template, *sources)
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, po, template)
        run("msgfmt", "--endianness=little", "-o", binary, merged)
        texts = entries(binary.read_bytes())
    tag = tag_of(po.stem)
    words = {}
    header = texts.pop("", "")
    for english, translation in texts.items():
        one, *others = english.split("\0")
        words[one] = translation.split("\0") if others else translation
    made = {"lang": tag, "dir": direction_of(tag), "plural": plural_table(header), "words": words}
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (text + "\n").encode("utf-8")
