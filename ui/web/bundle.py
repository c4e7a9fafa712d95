#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the files the host serves out of the sources of the web client.

app.js                the ES modules that app.js imports, each once and before whoever imports it
app.css               the style sheets that app.css imports, in their order
index.html            with the languages that there are, and the icon of iOS
apple-touch-icon.png  icon.svg as iOS wants it: touchicon.py
words-LANG.json       the page's words in each of them: catalogue.py
*.gz                  what a browser that takes gzip gets: no time and no name in it, so that
                      the same sources make the same bytes

The page loads few files because a browser under a clicked-through certificate pays for each
connection. No bundler from npm is needed: every module becomes a function's scope of its own, and
this script refuses what it does not know how to carry over.
"""

import argparse
import gzip
import json
import re
import sys
from html import escape
from pathlib import Path

from catalogue import CatalogueError, catalogue, languages, tag_of
from touchicon import IconError, draw

LICENCE = re.compile(r"\A(?:(?://|/\*|<!--)[^\n]*SPDX[^\n]*\n)+\s*")
IMPORT = re.compile(r"^import\s+(?:\{([^}]*)\}\s+from\s+)?'([^']+)';\n", re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) ([\w$]+)", re.MULTILINE)
TYPES_ONLY = re.compile(r"^export \{\};\n", re.MULTILINE)
# Sources are formatted by prettier: a comment has its lines to itself, or is the type of what follows.
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)
CAST = re.compile(r"/\*\* @type (?:(?!\*/).)*\*/ ?")
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
CSS_IMPORT = re.compile(r"^@import url\('([^']+)'\);\n", re.MULTILINE)
NO_LANGUAGES = 'data-languages=""'
ICON = '<link rel="icon" href="icon.svg" type="image/svg+xml" />\n'
TOUCH_ICON = '<link rel="apple-touch-icon" href="apple-touch-icon.png" />\n'
WALL = re.compile(r'<h1 class="(wall[^"]*)">([^<]+)</h1>')
WALLS = 2


class BundleError(Exception):
    """A source that cannot be put together with the others."""


def read(path):
    return path.read_text(encoding="utf-8")


class Modules:
    """ES modules in the order of their imports, made into one."""

    def __init__(self, root):
        self.root = root
        self.parts = []
        self.done = set()

    def variable(self, path):
        """What holds the exports of a module: model/links.js -> $model_links"""
        return "$" + re.sub(r"\W", "_", str(path.relative_to(self.root).with_suffix("")))

    def add(self, path, importers=()):
        if path in self.done:
            return
        if path in importers:
            raise BundleError(f"{path.name}: imports itself by way of {importers[-1].name}")
        source = read(path)
        head = []
        for names, target in IMPORT.findall(source):
            if not target.startswith("."):
                raise BundleError(f"{path.name}: imports {target}, which is not one of ours")
            imported = (path.parent / target).resolve()
            self.add(imported, (*importers, path))
            if names:
                names = " ".join(names.split()).rstrip(",").replace(" as ", ": ")
                head.append(f"const {{ {names} }} = {self.variable(imported)};")
        body = TYPES_ONLY.sub("", IMPORT.sub("", LICENCE.sub("", source)))
        exports = [name for _, name in EXPORT.findall(body)]
        body = EXPORT.sub(r"\1 \2", body).strip()
        body = CAST.sub("", COMMENT.sub("", body))
        left = LEFT_OVER.search(body)
        if left:
            raise BundleError(f"{path.name}: cannot be carried over: {left.group()}")
        lines = [
            f"// {path.relative_to(self.root)}",
            f"const {self.variable(path)} = (() => {{",
            *head,
            body,
            f"return {{ {', '.join(exports)} }};",
            "})();\n",
        ]
        self.done.add(path)
        self.parts.append("\n".join(lines))

    def text(self):
        return "\n".join(self.parts)


def join_css(path):
    source = read(path)
    parts = [
        f"/* {target} */\n{LICENCE.sub('', read(path.parent / target)).strip()}\n"
        for target in CSS_IMPORT.findall(source)
    ]
    return "\n".join(parts)


def compress(data):
    return gzip.compress(data, compresslevel=9, mtime=0)


def index(source, known):
    """The page told what is made beside it: from the sources it knows of no other language, and has
    no icon that would have to be drawn. What it says where it cannot run is said in all of them: there
    is nobody to choose. @known: Catalogues."""
    text = read(source / "index.html")
    for mark in (NO_LANGUAGES, ICON):
        if text.count(mark) != 1:
            raise BundleError(f"index.html: {mark} is not there, or twice")
    text = text.replace(ICON, f"{ICON}    {TOUCH_ICON}")
    text = text.replace(NO_LANGUAGES, f'data-languages="{" ".join(each["lang"] for each in known)}"')

    def in_all(wall):
        look, english = wall.groups()
        others = [f'<h1 class="{look}" lang="{each["lang"]}" dir="{each["dir"]}">'
                  f'{escape(each["words"][english])}</h1>'
                  for each in known if english in each["words"]]
        return "".join([wall[0], *others])

    text, count = WALL.subn(in_all, text)
    if count != WALLS:
        raise BundleError(f"index.html: {count} walls")
    return text


def bundle(source, output, translations):
    """Returns what it was made of."""
    modules = Modules(source)
    modules.add(source / "app.js")
    names = languages(translations / "LINGUAS")
    made = {
        "app.js": modules.text().encode("utf-8"),
        "app.css": join_css(source / "app.css").encode("utf-8"),
    }
    known = []
    for name in names:
        words = catalogue(translations / f"{name}.po", [source / "strings.js"])
        made[f"words-{tag_of(name)}.json"] = words
        known.append(json.loads(words))
    made["index.html"] = index(source, known).encode("utf-8")
    for name, data in made.items():
        (output / name).write_bytes(data)
    made["icon.svg"] = (source / "icon.svg").read_bytes()
    for name, data in made.items():
        (output / f"{name}.gz").write_bytes(compress(data))
    (output / "apple-touch-icon.png").write_bytes(draw(read(source / "icon.svg")))
    sheets = [source / target for target in CSS_IMPORT.findall(read(source / "app.css"))]
    return [*modules.done, *sheets, *(translations / f"{name}.po" for name in names)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("translations", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--depfile", type=Path)
    args = parser.parse_args()
    try:
        used = bundle(args.source.resolve(), args.output, args.translations.resolve())
    except (BundleError, CatalogueError, IconError, OSError) as error:
        sys.exit(f"bundle.py: {error}")
    if args.depfile:
        inputs = sorted(str(path) for path in used)
        args.depfile.write_text(f"{args.output / 'app.js'}: {' '.join(inputs)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
