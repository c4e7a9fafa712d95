#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the bundle to its promises: the same bytes each time, nothing left out, nothing foreign, the
words that gettext would say."""

import gettext
import gzip
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from languages import entries, languages

SOURCE = Path(os.environ["HUB_TEST_SOURCE_ROOT"]) / "ui" / "web"
PO = SOURCE.parent.parent / "po"
BUILT = Path(sys.argv[1]).parent
CATALOGUES = Path(os.environ["HUB_TEST_BUILD_ROOT"]) / "po"
MOST_BYTES = 60 * 1024
TAGS = dict(zip(languages(), re.search(r'data-languages="([^"]+)"', (BUILT / "index.html").read_text())[1].split()))
WORDS = {name: f"words-{tag}.json" for name, tag in TAGS.items()}
TEXTS = {"app.js": BUILT, "app.css": BUILT, "index.html": BUILT, "icon.svg": SOURCE,
         **{file: BUILT for file in WORDS.values()}}


def make(source, output, po=PO):
    return subprocess.run([sys.executable, SOURCE / "bundle.py", source, po, output],
                          capture_output=True, text=True, check=False)


def check_same_bytes():
    with tempfile.TemporaryDirectory() as again:
        assert make(SOURCE, again).returncode == 0
        for path in Path(again).iterdir():
            assert path.read_bytes() == (BUILT / path.name).read_bytes(), path.name


def check_compressed():
    for name, folder in TEXTS.items():
        packed = (BUILT / f"{name}.gz").read_bytes()
        assert gzip.decompress(packed) == (folder / name).read_bytes(), name
        assert packed[4:8] == b"\0\0\0\0", f"{name}.gz holds a time"


def check_small():
    """All that is sent until the page can be used, in whichever language is the longest."""
    page = sum((BUILT / f"{name}.gz").stat().st_size for name in TEXTS if not name.startswith("words"))
    words = max((BUILT / f"{name}.gz").stat().st_size for name in WORDS.values())
    print(f"{page + words} bytes compressed, {MOST_BYTES} at most")
    assert page + words <= MOST_BYTES


def check_touch_icon():
    """Of the size and kind that iOS takes: what is transparent becomes black there."""
    link = '<link rel="apple-touch-icon" href="apple-touch-icon.png" />'
    assert link in (BUILT / "index.html").read_text()
    png = (BUILT / "apple-touch-icon.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (width, height, depth, kind) == (180, 180, 8, 2), "RGB without alpha"
    size = struct.unpack(">I", png[33:37])[0]
    rows = zlib.decompress(png[41:41 + size])
    pixels = {rows[1 + y * 541 + 3 * x:4 + y * 541 + 3 * x] for y in range(180) for x in range(180)}
    colours = re.findall(r'fill="#(\w{6})"', (SOURCE / "icon.svg").read_text())
    assert len(colours) == 2 and {bytes.fromhex(colour) for colour in colours} < pixels
    assert rows[1:4] == rows[-3:] == b"\xff\xff\xff"


def check_complete():
    bundled = set(re.findall(r"^// ([\w/.-]+\.js)$", (BUILT / "app.js").read_text(), re.MULTILINE))
    sources = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.js")}
    assert sources - bundled == {"model/types.js"}, sources ^ bundled
    sheets = set(re.findall(r"^/\* ([\w/.-]+\.css) \*/$", (BUILT / "app.css").read_text(), re.MULTILINE))
    assert sheets == {str(path.relative_to(SOURCE)) for path in SOURCE.glob("css/*.css")}


def check_nothing_foreign():
    for name, folder in TEXTS.items():
        text = (folder / name).read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""(?:src|href|url\(|from|import)\s*[=(]?\s*["'](?:https?:)?//""", text), name
    page = (SOURCE / "index.html").read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page), "inline code"


def check_words():
    """Each file says what gettext's own functions say with the programs' catalogue."""
    template = (PO / "hubbub.pot").read_text(encoding="utf-8")
    texts = [entry for entry in entries(template)
             if any("ui/web/strings.js" in line for line in entry["comments"] if line.startswith("#:"))]
    assert len(texts) > 50, "the template has the page's words"
    for name, file in WORDS.items():
        made = json.loads((BUILT / file).read_text(encoding="utf-8"))
        with open(CATALOGUES / name / "LC_MESSAGES" / "hubbub.mo", "rb") as binary:
            there = gettext.GNUTranslations(binary)
        assert made["lang"] == TAGS[name]
        assert {"ar": "rtl", "de": "ltr"}.get(name, made["dir"]) == made["dir"]
        assert made["words"].keys() == {said(entry["msgid"]) for entry in texts}, name
        for entry in texts:
            one, words = said(entry["msgid"]), made["words"][said(entry["msgid"])]
            if "msgid_plural" not in entry:
                assert words == there.gettext(one), (name, one)
                continue
            for n in range(1200):
                form = int(made["plural"][n if n < 200 else 100 + n % 100])
                assert words[form] == there.ngettext(one, said(entry["msgid_plural"]), n), (name, one, n)


def check_walls():
    """What a page that cannot run says, it says in every language, each in its direction."""
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    for english in ("This chat needs JavaScript.", "This browser is too old for this chat."):
        walls = re.findall(r'<h1 class="(wall[^"]*)"(?: lang="(\S+)" dir="(\w+)")?>([^<]+)</h1>', page)
        looks = {look for look, _, _, text in walls if text == english}
        there = {(lang, way): text for look, lang, way, text in walls if {look} == looks}
        assert there.pop(("", "")) == english
        made = [json.loads((BUILT / file).read_text(encoding="utf-8")) for file in WORDS.values()]
        assert there == {(each["lang"], each["dir"]): each["words"][english] for each in made}


def said(quoted):
    """A string of a catalogue without what its file needs around it."""
    return json.loads(f'"{quoted}"')


def check_languages():
    """A language more is a line in LINGUAS and a file, whatever its rule and its name."""
    rule = "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"
    header = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {rule}\\n"\n\n'
    texts = ('msgid "People"\nmsgstr "Ljudi"\n\n#, fuzzy\nmsgid "Join"\nmsgstr "Ne"\n\n'
             'msgid "{count} person"\nmsgid_plural "{count} people"\n'
             + "".join(f'msgstr[{i}] "{{count}} {form}"\n' for i, form in enumerate(("osoba", "osobe", "osoba"))))
    with tempfile.TemporaryDirectory() as folder:
        po = Path(folder)
        (po / "LINGUAS").write_text("# none\nsr@latin\n")
        (po / "sr@latin.po").write_text(header + texts)
        assert make(SOURCE, po, po).returncode == 0
        made = json.loads((po / "words-sr-Latn.json").read_text())
        assert (made["lang"], made["dir"]) == ("sr-Latn", "ltr")
        assert made["words"] == {"People": "Ljudi", "{count} person": [
            "{count} osoba", "{count} osobe", "{count} osoba"]}, "nothing fuzzy"
        assert made["plural"].startswith("20111222222222222222201112")
        assert 'data-languages="sr-Latn"' in (po / "index.html").read_text()
        for wrong, reason in (("nplurals=2; plural=n%1000==0;", "last two digits"),
                              ("nplurals=1; plural=n>1;", "do not exist"),
                              ("nplurals=2; plural=odd(n);", "odd(n)"), ("", "no Plural-Forms")):
            (po / "sr@latin.po").write_text(header.replace(f"Plural-Forms: {rule}", wrong and
                                                           f"Plural-Forms: {wrong}"))
            result = make(SOURCE, po, po)
            assert result.returncode != 0 and reason in result.stderr, result.stderr


def check_refusals():
    cases = {
        "import x from './b.js';\n": "cannot be carried over",
        "import { readFile } from 'node:fs';\n": "not one of ours",
        "export default 1;\n": "cannot be carried over",
        "export let changing = 1;\n": "cannot be carried over",
        "import './a.js';\n": "imports itself",
    }
    for body, reason in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder)
            (source / "app.js").write_text("import './a.js';\n")
            (source / "a.js").write_text(body)
            (source / "b.js").write_text("\n")
            result = make(source, folder)
            assert result.returncode != 0 and reason in result.stderr, (body, result.stderr)


for check in (check_same_bytes, check_compressed, check_small, check_touch_icon, check_complete,
              check_nothing_foreign, check_words, check_languages, check_refusals):
    check()
