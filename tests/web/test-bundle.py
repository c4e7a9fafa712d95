#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the bundle to its promises: the same bytes each time, nothing left out, nothing foreign."""

import gzip
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ["HUB_TEST_SOURCE_ROOT"]) / "ui" / "web"
BUILT = Path(sys.argv[1]).parent
TEXTS = {"app.js": BUILT, "app.css": BUILT, "index.html": SOURCE, "icon.svg": SOURCE}


def make(source, output):
    return subprocess.run([sys.executable, SOURCE / "bundle.py", source, output],
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


for check in (check_same_bytes, check_compressed, check_complete, check_nothing_foreign,
              check_refusals):
    check()
