# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs in other languages, with the catalogues of the build tree."""

import os
import re
import shutil
import subprocess
import tempfile

from hubbub import Skip

CATALOGUES = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "po")
SOURCES = os.path.join(os.environ["HUB_TEST_SOURCE_ROOT"], "po")

# A place where each is spoken: locales are those of a language and a place.
PLACES = {"ar": "ar_EG", "de": "de_DE"}


def languages():
    """Those of po/LINGUAS."""
    with open(os.path.join(SOURCES, "LINGUAS"), encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("#")]


def environment(language, folder):
    """What a program runs with to speak @language. Its locale, which a system without that language
    does not have, is made in @folder."""
    if not shutil.which("localedef") or not os.path.isdir("/usr/share/i18n/locales"):
        raise Skip("localedef and the locales' sources (package locales) are not installed")
    name = f"{PLACES[language]}.UTF-8"
    if not os.path.isdir(os.path.join(folder, name)):
        subprocess.run(["localedef", "-i", PLACES[language], "-f", "UTF-8",
                        os.path.join(folder, name)], check=True, capture_output=True)
    return {"LOCPATH": folder, "LC_ALL": name, "LANGUAGE": language,
            "HUBBUB_LOCALE_DIR": CATALOGUES}


def catalogue(language):
    """{(context or None, text): list of its forms in @language}, with "\\n" and quotes as C has them."""
    with open(os.path.join(SOURCES, language + ".po"), encoding="utf-8") as file:
        return {(entry.get("msgctxt"), entry["msgid"]): entry["forms"] for entry in entries(file.read())
                if entry["msgid"]}


def entries(text):
    """The entries of a .po or .pot file, as dictionaries: "msgctxt", "msgid", "msgid_plural" where
    there is one, "forms", and "comments": the lines that begin with #. Obsolete ones are not."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.split("\n") if not line.startswith("#~")]
        entry = {"comments": [line for line in lines if line.startswith("#")], "forms": []}
        key = None
        for line in lines:
            match = re.fullmatch(r'(?:(msg\w+)(?:\[\d+\])? )?"(.*)"', line)
            if not match:
                continue
            if match[1] == "msgstr":
                entry["forms"].append("")
            key = match[1] or key
            if key == "msgstr":
                entry["forms"][-1] += match[2]
            else:
                entry[key] = entry.get(key, "") + match[2]
        if "msgid" in entry:
            yield entry


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="hub-locales-", ignore_cleanup_errors=True)
