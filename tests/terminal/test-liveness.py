# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's pings: every 20 s, and a peer that stops answering is gone 10 s later."""

import time

from hubbub import Host, run
from plain_guest import PONG, Guest


def test_silent_peer_is_gone_after_its_ping():
    with Host() as host, Guest(host.port, "Ana") as ana:
        heard = time.monotonic()
        ana.wait_ping()
        pinged = time.monotonic()
        assert 10 < pinged - heard < 60, pinged - heard
        ana.wait_end()
        assert 5 < time.monotonic() - pinged < 60, time.monotonic() - pinged
        assert host.wait_event("left")["name"] == "Ana"


def test_answering_peer_stays():
    with Host() as host, Guest(host.port, "Ana") as ana:
        for _ in range(2):
            ana.wait_ping()
            ana.send_frame(PONG, b"")
        assert not [e for e in host.events if e["type"] == "left"]


run(globals())
