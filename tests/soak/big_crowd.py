# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of guests at once, who hear everything and soon. Usage: big_crowd.py [GUESTS]"""

import json
import os
import resource
import subprocess
import sys

import machine
from hubbub import Host

LOAD = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "tests", "bench", "hub-load")
GUESTS, RATE, SECONDS, SIZE = 9000, 5, 20, 100
P99_MS = 200
OTHER_DESCRIPTORS = 200
FAULTS = ("lost", "doubled", "disordered", "failed", "cut", "refused")
NO_LIMITS = ("--max-guests=0", "--max-per-address=0", "--max-pending=0", "--max-attempts=0",
             "--max-message-rate=0")


def measure(guests, protocol):
    """What hub-load found out about them."""
    with Host(*NO_LIMITS) as host:
        others = machine.Others(host.process.pid)
        load = subprocess.run(
            [LOAD, "paced", f"--port={host.port}", f"--pid={host.process.pid}",
             f"--guests={guests}", f"--rate={RATE}", f"--seconds={SECONDS}", f"--size={SIZE}",
             f"--protocol={protocol}"], stdout=subprocess.PIPE, check=True)
        found = {**json.loads(load.stdout), "others": others.share()}
        assert host.stop() == 0, host.errors
    return found


def judge(found):
    """Prints one line. Returns: whether everybody was in and had everything in time"""
    latency = found["latency_ms"]
    print(f"crowd: {found['protocol']}: {found['guests']:,} guests, {RATE} messages/s: "
          f"{found['delivered']:,} of {found['expected']:,} delivered, {found['doubled']} doubled; "
          f"latency p50 {latency['p50']:.0f} ms, p99 {latency['p99']:.0f} ms (below {P99_MS}); "
          f"host: {found['rss_kb_each']:.1f} KB a guest, {found['cpu_us_each']:.1f} us CPU a "
          "delivery", flush=True)
    if doubt := machine.doubt(found["others"]):
        print(f"crowd: {doubt}", flush=True)
    wrong = {fault: found[fault] for fault in FAULTS if found[fault]}
    if wrong:
        print(f"crowd: {wrong}", flush=True)
    return (found["joined"] == found["guests"] and found["delivered"] == found["expected"] > 0
            and not wrong and latency["p99"] < P99_MS)


def main() -> int:
    guests = int(sys.argv[1]) if len(sys.argv) > 1 else GUESTS
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if limit != resource.RLIM_INFINITY and limit < guests + OTHER_DESCRIPTORS:
        sys.exit(f"crowd: {guests} guests need more descriptors than the {limit} allowed here")
    good = [judge(measure(guests, protocol)) for protocol in ("plain", "hubbub.v1")]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
