# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test program that needs a display and a session bus in a session of its own.

Usage: with-display.py COMMAND [ARGUMENT...]. Exits as the command does. HUB_TEST_WRAPPER, if it is
set, is put before the command (valgrind and its options).
"""

import os
import shlex
import subprocess
import sys

from display import Session
from hubbub import Skip

SKIPPED = 77  # meson's, and automake's before


def main():
    command = [*shlex.split(os.environ.get("HUB_TEST_WRAPPER", "")), *sys.argv[1:]]
    with Session(animations=False) as session:
        # No accessibility bus in this session, which GTK warns of. Not "none", with which GTK 4.18 leaks.
        session.env["GTK_A11Y"] = "test"
        done = subprocess.run(command, env=session.env, check=False)
    if done.returncode < 0:
        print(f"{command[0]} ended by signal {-done.returncode}", file=sys.stderr)
        return 128 - done.returncode
    return done.returncode


try:
    sys.exit(main())
except Skip as reason:
    print(f"1..0 # SKIP {reason}")
    sys.exit(SKIPPED)
