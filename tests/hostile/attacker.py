# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One attack, as a process: attacker.py ATTACK ADDRESS PORT.

Prints "on" when the attack is in force, and what it saw as one JSON object when it is told to stop
by the end of its standard input (it goes on until it has tried each kind of what it does), or after
a minute in any case.
"""

import contextlib
import json
import os
import resource
import sys
import threading
import traceback

import at_chat
import at_door
import at_frames
import at_http
import at_posts
from peer import Target

LONGEST = 60


def watch_input(target):
    """Sets the stop when whoever started us closes our input."""
    def watch():
        sys.stdin.read()
        while target.turns and target.turns.count_left() and not target.stop.wait(0.05):
            pass
        target.stop.set()
    threading.Thread(target=watch, daemon=True).start()
    timer = threading.Timer(LONGEST, target.stop.set)
    timer.daemon = True
    timer.start()


def main():
    name, address, port = sys.argv[1:]
    target = Target(address, int(port))
    # The machine is shared with the host and the honest guests, which no attacker's would be.
    with contextlib.suppress(OSError):
        os.nice(19)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    watch_input(target)
    status = 0
    try:
        module, _, function = name.partition(".")
        modules = {m.__name__: m for m in (at_door, at_http, at_frames, at_chat, at_posts)}
        seen = getattr(modules[module], function)(target) or {}
        if target.turns:
            seen["untried"] = target.turns.count_left()
        print(json.dumps(seen), flush=True)
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        status = 1
    os._exit(status)  # connections and threads end with the process


if __name__ == "__main__":
    main()
