# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts the releases of CHANGELOG.md into AppStream metadata. Usage: releases.py CHANGELOG IN OUT

A release is a section "## 1.2.3 (2026-12-31)" with a list of what is new. "Unreleased" is none:
whoever reads the metadata has, or is offered, what is released. Other headings are mistakes.
"""

import re
import sys
from xml.sax.saxutils import escape

HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
RELEASE = re.compile(r"(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)")
END = "</component>"


def items(section: str) -> list[str]:
    """The entries of a Markdown list, each as one line of AppStream's markup."""
    entries = re.split(r"^- ", section, flags=re.MULTILINE)[1:]
    return [re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(entry.split())))
            for entry in entries]


def releases(changelog: str) -> str:
    """AppStream's element, or nothing where nothing is released."""
    _, *parts = HEADING.split(changelog)
    made = []
    for heading, section in zip(parts[::2], parts[1::2]):
        if heading == "Unreleased":
            continue
        match = RELEASE.fullmatch(heading)
        if not match:
            raise SystemExit(f'releases.py: "{heading}" is neither "Unreleased" nor "VERSION (DATE)"')
        news = items(section)
        if not news:
            raise SystemExit(f"releases.py: {heading} brings nothing new")
        listed = "".join(f"\n          <li>{item}</li>" for item in news)
        made.append(f'    <release version="{match[1]}" date="{match[2]}">\n'
                    f"      <description translate=\"no\">\n        <ul>{listed}\n        </ul>\n"
                    "      </description>\n    </release>\n")
    return f"  <releases>\n{''.join(made)}  </releases>\n" if made else ""


def main():
    changelog, source, target = sys.argv[1:]
    with open(changelog, encoding="utf-8") as file:
        element = releases(file.read())
    with open(source, encoding="utf-8") as file:
        before, end, after = file.read().rpartition(END)
    with open(target, "w", encoding="utf-8") as file:
        file.write(before + element + end + after)


if __name__ == "__main__":
    main()
