# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each attack of table.py against the real hubbub-server while fifty honest guests come in, chat and
leave. For each:

- every message reaches every honest guest once, and the 99th percentile of how long that takes is at
  most twice what it was without an attack, or 50 ms (five times that under sanitizers, which make the
  host some times slower but not the attackers);
- the host's memory grows by no more than the caps leave to that attack;
- the honest guests can come in while it lasts;
- afterwards the host has as many descriptors as before, and nobody is in the room; it has printed
  nothing, and ends well.

The attackers are another machine, that is in another network namespace and new for every attack.
Where there are no namespaces they come over loopback, like the honest guests, to a host without a
limit for each machine, and the attacks which that limit is to meet are skipped.

Several attacks meet the same host, one after another: what one leaves behind the next one finds.
"""

import contextlib
import functools
import tempfile
import time

import machine
from hubbub import Skip, poll, run
from table import CASES, HOSTS
from world import IS_SANITIZED, Network, World

MIB = 1024 * 1024
# How often an attack may be met: what it does to the host it does each time, what else happens on the
# machine in these seconds it does not. The best of them counts.
TRIES = 3
# Present again for at most HUB_LEFT_AFTER_MS after the attack.
AGING = 180


class Stage:
    """The hosts: one at a time, but for those that are kept to be looked at again."""

    def __init__(self, network):
        self.network = network
        self._folder = tempfile.TemporaryDirectory(prefix="hub-")
        self._worlds = {}
        self._now = None

    def get(self, name):
        if self._now != name:
            self.leave()
        if name not in self._worlds:
            self._now = name
            self._worlds[name] = World(self.network, *HOSTS[name](self._folder.name),
                                       is_leaky=name == "leaky")
        return self._worlds[name]

    def leave(self):
        """Ends the host of the moment, well."""
        if self._now in self._worlds:
            self._worlds.pop(self._now).close()
        self._now = None

    def keep(self):
        """The host of the moment lives on."""
        self._now = None

    def forget(self):
        """After a failure the next attack gets a new host."""
        if self._now in self._worlds:
            self._worlds.pop(self._now).kill()
        self._now = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for world in self._worlds.values():
            world.kill()
        self._folder.cleanup()


def meet(world, case):
    """Runs the attack. Returns: (the honest guests' 99th percentile in ms, what the attackers saw)"""
    if case.prepare is None:
        attack = world.attack(case.attack, case.address)
        try:
            attack.wait_on()
            await_during(world, case)
            return world.chat(), attack.stop()
        finally:
            attack.kill()

    crowds = world.start_chat()
    undo = case.prepare(world)
    attack = world.attack(case.attack, case.address)
    try:
        attack.wait_on()
        await_during(world, case)
        return world.finish_chat(crowds), attack.stop()
    finally:
        attack.kill()
        undo()


def await_during(world, case):
    if case.during:
        poll(lambda: case.during(world), f"the host to be {case.during.__name__}")


def check_rest(world):
    """That nothing is left of an attack."""
    poll(lambda: world.count_descriptors() == world.descriptors, "the attack's descriptors to be closed")
    poll(lambda: world.count_guests() == 0, "the attack's guests to be gone")
    assert not world.complaints(), world.complaints()
    assert world.host.process.poll() is None


def try_attack(stage, case):
    if case.is_by_machine and not stage.network.home:
        raise Skip(f"a machine of the attackers' own is needed, but {stage.network.why_not}")
    world = stage.get(case.host)
    try:
        left = TRIES
        while not try_once(stage, world, case, left == 1):
            left -= 1
            check_rest(world)
            machine.wait_quiet(world.pid)
            world.measure_baseline()
        if case.is_aging:
            stage.keep()
        else:
            check_rest(world)
    except BaseException:
        stage.forget()
        raise


def try_once(stage, world, case, is_last):
    """Returns: FALSE where the honest guests waited too long, which may have been for others"""
    stage.network.change_machine()
    others = machine.Others(world.pid)
    before, cpu, began = world.begin_memory(), world.cpu_seconds(), time.monotonic()
    p99, seen = meet(world, case)
    cpu = (world.cpu_seconds() - cpu) / (time.monotonic() - began)
    grown = world.most_memory() - before
    allowed = max(2 * world.baseline, 50) * (5 if IS_SANITIZED else 1)
    memory = ("not measured under a sanitizer" if IS_SANITIZED else
              f"{grown / MIB:+.1f} of {case.memory / MIB:.1f} MiB")
    print(f"# {case.name}: p99 {p99:.1f} of {allowed:.1f} ms; memory {memory}; "
          f"{cpu:.0%} of a core; {seen}", flush=True)
    assert not seen.get("untried"), seen
    case.holds(seen, world)
    assert IS_SANITIZED or grown <= case.memory, (grown, case.memory)
    assert case.cpu is None or cpu <= case.cpu, cpu
    doubt = machine.doubt(others.share())
    if p99 > allowed and not is_last and not case.is_aging:
        print(f"# {doubt or 'Too slow.'} Once more.", flush=True)
        return False
    assert p99 <= allowed, (p99, allowed, doubt)
    return True


def take_share():
    """What else this machine runs is none of the attackers': the test gets a larger share of it, where
    it may (sched(7), autogroup)."""
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as share:
        share.write("-10")


def main():
    take_share()
    with Network() as network, Stage(network) as stage:
        tests = {f"test_{case.name}": functools.partial(try_attack, stage, case) for case in CASES}
        tests["test_the hosts end well"] = functools.partial(end_well, stage)
        run(tests)


def end_well(stage):
    stage.leave()
    world = stage.get("aging")
    poll(lambda: world.count_descriptors() == world.descriptors, "the ghosts' descriptors to be closed")
    poll(lambda: world.count_guests() == 0, "the ghosts to have left", AGING)
    assert not world.complaints(), world.complaints()
    world.close()


main()
