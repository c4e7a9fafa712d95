# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A minute of the soak (./dev soak runs half an hour), and joins and leaves by the thousand."""

from figures import describe_rise, has_sanitizer, is_flat
from hubbub import run
from soak import Soak, cycle

MINUTE_S = 60
JOINS = 2000


def report(text):
    print(f"# {text}", flush=True)


def test_minute():
    Soak(MINUTE_S, report).run()


def test_joins_leave_nothing_behind():
    before, after = cycle(JOINS, report)
    assert has_sanitizer() or is_flat(before, after, 0), describe_rise(before, after)


run(globals())
