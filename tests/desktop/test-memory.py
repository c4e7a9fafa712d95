# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole program under valgrind: it starts, somebody comes and goes, the join card is shown, it
ends. Only in build directories without sanitizers."""

import os
import shutil
import signal

from desktop import run_in
from hubbub import Skip
from page_guest import PageGuest

SUPPORT = os.path.join(os.environ["HUB_TEST_SOURCE_ROOT"], "tests", "support")
# Definite leaks only: GLib and GTK keep types, quarks and caches to the end.
VALGRIND = ("valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full", "--num-callers=40",
            "--errors-for-leak-kinds=definite", "--show-leak-kinds=definite",
            *(f"--suppressions={os.path.join(SUPPORT, name)}"
              for name in ("valgrind.supp", "valgrind-desktop.supp")))


def test_start_guest_and_stop():
    if not shutil.which("valgrind"):
        raise Skip("valgrind is not installed")
    with desktop.chat(wrapper=VALGRIND) as program:
        with PageGuest(program.port, "Ana") as ana:
            program.find("Ready · 1 person")
            program.find("Ana, iPhone, joined just now")
            desktop.key("ctrl+l")
            program.find(contains="Locked.")
            ana.tell(type="bye")
        program.find("Ready")
        desktop.key("F11")
        program.find("Hide Names")
        desktop.key("Escape")
        program.wait_gone("Hide Names")
        assert program.end(signal.SIGTERM) == 0


run_in(globals(), animations=False)
