#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes NAME.LANG.html out of each template NAME.html, in English and in each language of po/LINGUAS.

What words.py names goes in here; {style}, {warning}, {host} and {url} are left for the host.
"""

import argparse
import gettext
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "web")]

from catalogue import direction_of, languages, tag_of
from words import words

PLACE = re.compile(r"\{(\w+)\}")
OF_THE_HOST = {"style", "warning", "host", "url"}
# Around an address in a sentence of the other direction.
FSI, PDI = "\u2068", "\u2069"


class PageError(Exception):
    """A template or a translation that no page can be made of."""


def translator(po):
    with tempfile.TemporaryDirectory(prefix="hub-help-") as folder:
        binary = Path(folder) / "mo"
        done = subprocess.run(["msgfmt", "-o", binary, po], check=False, capture_output=True)
        if done.returncode:
            raise PageError(done.stderr.decode(errors="replace").strip())
        with binary.open("rb") as file:
            return gettext.GNUTranslations(file).gettext


def markup_of(text, direction):
    """@text as HTML: nothing in it is markup but <b>."""
    safe = html.escape(text, quote=False).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>")
    if len(re.findall(r"<b>[^<]*</b>", safe)) * 2 != safe.count("<"):
        raise PageError(f"<b> without its end: {text}")
    return PLACE.sub(FSI + r"{\1}" + PDI, safe) if direction == "rtl" else safe


def values(tag, translate):
    direction = direction_of(tag)
    texts = {name: markup_of(text, direction) for name, text in words(translate).items()}
    for name, english in words(str).items():
        if sorted(PLACE.findall(english)) != sorted(PLACE.findall(texts[name])):
            raise PageError(f"{tag}: other places than in {english}")
    return {**texts, "lang": tag, "dir": direction}


def fill(name, template, texts):
    used = {place for place in PLACE.findall(template) if place not in OF_THE_HOST}
    if used - texts.keys():
        raise PageError(f"{name}: no words for {', '.join(sorted(used - texts.keys()))}")
    return PLACE.sub(lambda place: texts.get(place[1], place[0]), template), used


def make(translations, output):
    templates = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("*.html")}
    known = {"en": values("en", str)}
    for language in languages(translations / "LINGUAS"):
        tag = tag_of(language)
        known[tag] = values(tag, translator(translations / f"{language}.po"))
    unused = set(words(str))
    for tag, texts in known.items():
        for name, template in templates.items():
            page, used = fill(name, template, texts)
            unused -= used
            (output / f"{name}.{tag}.html").write_text(page, encoding="utf-8")
    if unused:
        raise PageError(f"words.py: nothing says {', '.join(sorted(unused))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translations", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    try:
        make(args.translations, args.output)
    except (PageError, OSError) as error:
        sys.exit(f"pages.py: {error}")


if __name__ == "__main__":
    main()
