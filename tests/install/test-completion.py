# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""bash completes what the programs take: all of it, and nothing else."""

import os
import re
import subprocess
import tempfile

from hubbub import SERVER, run
from meson_tree import BUILD, ROOT, need

# Types a line, asks for what could come, as bash does at Tab. Arguments: the file, the words.
ASK = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
compopt() { :; }  # is for a completion that is under way
rule=$(complete -p "$1")
if [[ $rule =~ -F\\ ([^ ]+) ]]; then
  "${BASH_REMATCH[1]}"
  printf '%s\\n' "${COMPREPLY[@]}"
else
  [[ $rule =~ -W\\ \\'([^\\']+)\\' ]]
  compgen -W "${BASH_REMATCH[1]}" -- "${COMP_WORDS[COMP_CWORD]}"
fi
"""

# What stands for something else in --help, and how it is completed.
KINDS = {"FILE": "file", "DIRECTORY": "directory"}


def ask(*words, folder=None):
    """What could stand for the last of @words, the first of which is the program."""
    need("bash")
    path = os.path.join(ROOT, "data", "bash-completion", words[0] + ".bash")
    done = subprocess.run(["bash", "--norc", "-eu", "-c", ASK, "bash", path, *words], check=False,
                          cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert not done.stderr and done.returncode in (0, 1), done.stderr  # 1: nothing could
    return {line for line in done.stdout.split("\n") if line}


def helped(program):
    """option -> what it takes, as --help says; a short option as its long one"""
    shown = subprocess.run([program, "--help"], check=True, stdout=subprocess.PIPE, text=True,
                           env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}).stdout
    found = {}
    for short, name, value in re.findall(r"^  (?:(-\w), )?(--[a-z-]+)(?:=(\w+))?", shown, re.MULTILINE):
        found |= {option: value for option in (short, name) if option}
    return found


def test_every_option_of_the_server():
    options = helped(SERVER)
    assert len(options) > 15, options
    assert ask("hubbub-server", "") == set(options), ask("hubbub-server", "") ^ set(options)
    assert ask("hubbub-server", "--max-p") == {"--max-per-address", "--max-pending"}
    assert ask("hubbub-server", "--json", "--allow-r") == {"--allow-remote"}


def test_every_option_of_the_window():
    options = set(helped(os.path.join(BUILD, "src", "app", "hubbub")))
    # Every program of GTK has those, for whoever debugs it.
    options = {option for option in options if not option.startswith(("--help-", "--gapplication", "--display"))}
    assert len(options) > 4, options
    assert ask("hubbub", "") == options, ask("hubbub", "") ^ options


def test_what_an_option_takes():
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        os.mkdir(os.path.join(folder, "one two"))
        with open(os.path.join(folder, "only.pem"), "w", encoding="utf-8"):
            pass
        there = {"file": {"one two", "only.pem"}, "directory": {"one two"}, "other": set()}
        for option, value in helped(SERVER).items():
            for words in ((option, "o"), (option, "=", "o")):
                found = ask("hubbub-server", *words, folder=folder)
                wanted = there[KINDS.get(value, "other")] if value else set()
                assert found == wanted, (words, found)
            # What takes nothing is followed by the next option.
            follows = ask("hubbub-server", option, "--versi", folder=folder)
            assert follows == (set() if value else {"--version"}), (option, follows)


if __name__ == "__main__":
    run(globals())
