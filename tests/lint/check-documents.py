# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links in the documents lead somewhere. Usage: check-documents.py CHECK

links     what a document of the tree links to is in the tree, and has the heading that the link names
commands  every `./dev VERB` that a document names is one that ./dev has
"""

import contextlib
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

ROOT = Path(os.environ.get("HUB_TEST_SOURCE_ROOT", "."))
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)|(?:src|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^ *```.*?^ *```", re.M | re.S)


def documents() -> list[Path]:
    """As git or, in a tarball, the file system has them."""
    with contextlib.suppress(FileNotFoundError):  # there need be no git
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        if listing.returncode == 0:
            return [ROOT / path for path in sorted(listing.stdout.splitlines())
                    if (ROOT / path).is_file()]
    skip = {"build", ".cache", "node_modules"}
    return sorted(path for path in ROOT.rglob("*.md") if not skip & set(path.relative_to(ROOT).parts))


def anchors(text: str) -> set[str]:
    """What forges make of the headings: lower case, without punctuation, dashes for spaces."""
    made = set()
    for heading in re.findall(r"^#+ +(.+?) *#*$", FENCE.sub("", text), re.M):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = "".join("-" if letter == " " else letter for letter in plain
                         if letter in " -_" or unicodedata.category(letter)[0] in "LMN")
        again = 0
        while (unique := f"{anchor}-{again}" if again else anchor) in made:
            again += 1
        made.add(unique)
    return made


def check_links() -> list[str]:
    found = []
    for document in documents():
        text = document.read_text(encoding="utf-8")
        for match in LINK.finditer(re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))):
            link = match[1] or match[2]
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = document.parent / path if path else document
            where = f"{document.relative_to(ROOT)}: {link}"
            if not target.exists():
                found.append(f"{where}: there is no such file")
            elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
                found.append(f"{where}: there is no such heading")
    return found


def check_commands() -> list[str]:
    script = (ROOT / "dev").read_text(encoding="utf-8")
    verbs = {verb.strip() for line in re.findall(r"^  ([a-z][a-z| -]+)\)$", script, re.M)
             for verb in line.split("|")}
    found = [] if {"run", "test", "help"} <= verbs else [f"dev: these are its verbs? {sorted(verbs)}"]
    for document in documents():
        for verb in re.findall(r"\./dev ([a-z][a-z-]*)", document.read_text(encoding="utf-8")):
            if verb not in verbs:
                found.append(f"{document.relative_to(ROOT)}: ./dev has no verb {verb}")
    return found


CHECKS = {"links": check_links, "commands": check_commands}

if __name__ == "__main__":
    problems = CHECKS[sys.argv[1]]()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
