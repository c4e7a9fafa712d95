# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removing bars a computer: on networks made for it, since this computer itself is never barred."""

import json
import sys
import tempfile

from hubbub import SERVER, run
from netns import World

PORT = 8443

GUEST = """
import sys
from plain_guest import Guest
try:
    guest = Guest(int(sys.argv[1]), sys.argv[3], sys.argv[2])
except AssertionError as refusal:
    print(refusal, flush=True)
else:
    print("in", flush=True)
    print(guest.read_close(), flush=True)
"""


def join(computer, address, name):
    """A guest on @computer, and what came of it: "in" or the refusal."""
    program = computer.start(sys.executable, "-c", GUEST, str(PORT), address, name)
    return program, program.wait_line(lambda _: True, f"what becomes of {name}")


def test_removed_computer_stays_out():
    with World() as world, tempfile.TemporaryDirectory(prefix="hub-") as folder:
        home, one, other = world.namespace(), world.namespace(), world.namespace()
        for number, computer in ((77, one), (78, other)):
            world.cable(home, f"lan{number}", computer, "guest0")
            home.ip(f"addr add 192.168.{number}.1/24 dev lan{number}")
            computer.ip(f"addr add 192.168.{number}.2/24 dev guest0")
        host = home.start(SERVER, "--json", "--port", str(PORT), "--data-dir", folder)
        host.wait_line(lambda line: '"ready"' in line, "ready")

        eve, outcome = join(one, "192.168.77.1", "Eve")
        assert outcome == "in", outcome
        neighbour, outcome = join(one, "192.168.77.1", "Bob")
        assert outcome == "in", outcome
        host.say('remove "Eve"')
        assert eve.wait_line(lambda line: line != "in", "the end") == "4002"
        host.wait_line(lambda line: json.loads(line)["type"] == "removed", "the event")

        _, outcome = join(one, "192.168.77.1", "Zoe")
        assert "The host has removed you" in outcome, outcome
        _, outcome = join(other, "192.168.78.1", "Ana")
        assert outcome == "in", outcome
        assert neighbour.lines == ["in"], neighbour.lines


run(globals())
