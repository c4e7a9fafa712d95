# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long day of a host: crowds that talk, come and go, and everything that goes wrong meanwhile.
Usage: soak.py [SECONDS]

Two crowds of hubbub.v1 guests (hub-soak-crowd, which checks every message) and some plain ones; one
crowd is stopped by SIGSTOP now and then, the host's certificate is replaced, the room locked. At
the end nothing is lost or doubled, and memory and descriptors are what they were.
"""

import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from crowd import Crowd
from figures import (MIB, count_descriptors, describe_rise, get_rss, has_sanitizer,
                     is_flat)
from hubbub import Host, connect, make_pair, poll, request, served_fingerprint
from talker import Talker

STEADY, STOPPED, PLAIN = 60, 20, 4  # guests
AUTHORS = STEADY + STOPPED + PLAIN + 1
LAST = AUTHORS - 1  # who says the last message
SAYS = {"steady": 30, "stopped": 8}  # messages a second
CHURNS = {"steady": 3, "stopped": 0.5}  # losses, leaves and sleeps a second
JOINS = 10_000
LONG_RUN_S = 600
LAST_WORDS = 60  # lines

# What goes wrong at which second of a minute. A crowd that is stopped for more than 30 s is given
# up by the host; the messages of that time are still kept when it comes back.
STOP_SHORT, STOP_LONG = (3, 50), (12,)
SHORT_S, LONG_S, LONG_EVERY_MIN = 3, 33, 5
RELOAD, LOCK, UNLOCK = (8, 38), (20,), (26,)
# The share of what is to be said and to go wrong that has to, however busy the machine is: whoever
# is late makes up for nothing.
ENOUGH = 0.25


def heed_hangups():
    """Also where the soak itself runs under nohup(1)."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def say(text):
    print(text, flush=True)


@contextlib.contextmanager
def last_words(host, report):
    """When something fails, it may be because the host did: then its own words say why."""
    try:
        yield
    except BaseException:
        for line in host.errors[-LAST_WORDS:]:
            report(f"host: {line}")
        raise


class Soak:
    """One host with its crowds, for @seconds."""

    def __init__(self, seconds, report=say):
        self.seconds = seconds
        self.report = report
        self.rss = []
        self.reloads = self.locks = self.stops = 0
        self.wake_at = None

    def run(self):
        with contextlib.ExitStack() as stack:
            self.folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-"))
            make_pair(self.folder)
            self.host = stack.enter_context(
                Host("--max-per-address=0", "--certificate", f"{self.folder}/certificate.pem",
                     "--private-key", f"{self.folder}/key.pem", stdin=subprocess.PIPE,
                     start_new_session=True, preexec_fn=heed_hangups))
            stack.enter_context(last_words(self.host, self.report))
            self.pid = self.host.process.pid
            # What is opened once, at the first connection, is no leak.
            served_fingerprint(self.host.port)
            self.descriptors = poll(self.settled_descriptors, "the host to be idle")
            self.open_crowds(stack)
            said = len(self.host.errors)  # running as root, for one
            self.go_on()
            self.rest()
            self.judge()
            assert not self.host.errors[said:], self.host.errors[said:]

    def settled_descriptors(self):
        """How many there are, once two looks say the same."""
        before = count_descriptors(self.pid)
        time.sleep(0.3)  # poll
        return before if count_descriptors(self.pid) == before else None

    def open_crowds(self, stack):
        port, seed = self.host.port, random.randrange(2**31)
        self.report(f"soak: {self.seconds} s, seed {seed}")
        self.steady = stack.enter_context(Crowd(
            port, guests=STEADY, first=0, authors=AUTHORS, says=SAYS["steady"],
            churns=CHURNS["steady"], seed=seed))
        self.stopped = stack.enter_context(Crowd(
            port, guests=STOPPED, first=STEADY, authors=AUTHORS, says=SAYS["stopped"],
            churns=CHURNS["stopped"], seed=seed + 1, returning=True))
        self.talkers = [stack.enter_context(Talker(port, STEADY + STOPPED + i, LAST, seed + 2 + i))
                        for i in range(PLAIN)]

    # What happens meanwhile

    def go_on(self):
        began = time.monotonic()
        for second in range(self.seconds):
            while time.monotonic() < began + second:
                time.sleep(0.05)  # poll: the clock
            self.watch()
            self.disturb(second)
            if second % 60 == 59:
                self.report(f"soak: {(second + 1) // 60:3} min: {self.describe()}")
        self.wake()
        self.set_locked(False)

    def watch(self):
        for part in (self.steady, self.stopped, *self.talkers):
            part.check()
        assert self.host.process.poll() is None, self.host.errors
        self.rss.append(get_rss(self.pid))

    def disturb(self, second):
        minute, at = divmod(second, 60)
        if self.wake_at is not None:
            if time.monotonic() > self.wake_at:
                self.wake()
        elif at in STOP_SHORT:
            self.stop_crowd(SHORT_S)
        elif at in STOP_LONG and minute % LONG_EVERY_MIN == 0:
            self.stop_crowd(LONG_S)
        if at in RELOAD:
            self.reload_certificate()
        if at in LOCK:
            self.set_locked(True)
        if at in UNLOCK:
            self.set_locked(False)

    def stop_crowd(self, seconds):
        """By the clock: on a busy machine the schedule's seconds may be behind, and then short."""
        self.stopped.signal(signal.SIGSTOP)
        self.wake_at = time.monotonic() + seconds
        self.stops += 1

    def wake(self):
        self.stopped.signal(signal.SIGCONT)
        self.wake_at = None

    def reload_certificate(self):
        make_pair(self.folder)
        self.host.signal(signal.SIGHUP)
        self.reloads += 1
        shown = self.host.wait_event("certificate", self.reloads)["fingerprint"]
        assert served_fingerprint(self.host.port) == shown.replace(":", "")

    def set_locked(self, is_locked):
        self.host.process.stdin.write(b"lock\n" if is_locked else b"unlock\n")
        self.host.process.stdin.flush()
        wanted = b'"locked":true' if is_locked else b'"locked":false'
        poll(lambda: wanted in self.ask_room(), wanted)
        self.locks += is_locked

    def ask_room(self):
        with connect(self.host.port) as connection:
            return request(connection, "GET /room HTTP/1.1\n"
                                       f"Host: 127.0.0.1:{self.host.port}\n\n")[2]

    # The end

    def rest(self):
        """Everybody is in and has heard everything, and then leaves."""
        for talker in self.talkers:
            talker.rest()
        crowds = (self.steady, self.stopped)
        for crowd in crowds:
            crowd.tell("rest")
        newest = max(crowd.wait("rested")["newest"] for crowd in crowds)
        for crowd in crowds:
            crowd.tell(f"until {newest}")
        numbers = [n for crowd in crowds for n in crowd.wait("settled")["numbers"]]
        numbers += [talker.number for talker in self.talkers]
        with Talker(self.host.port, LAST, LAST, 0) as last:
            for talker in (*self.talkers, last):
                talker.wait_last(numbers)
        for crowd in crowds:
            crowd.tell("leave")
            crowd.wait_end()

    def judge(self):
        """Prints the closing line; raises where something is not as it was."""
        poll(lambda: count_descriptors(self.pid) == self.descriptors,
             f"the {self.descriptors} descriptors of the start")
        poll(lambda: not self.count_present(), "the last guest to be gone")
        third = len(self.rss) // 3
        middle = statistics.median(self.rss[third:2 * third])
        last = statistics.median(self.rss[2 * third:])
        self.report(f"soak: done: {self.describe()}; none lost, none doubled; memory "
                    f"{describe_rise(middle, last)} from the middle third to the last; "
                    f"{self.descriptors} descriptors before and after")
        self.judge_activity()
        # A short run is over before the backlog and the caches are full.
        slack = 0 if self.seconds >= LONG_RUN_S else 6 * MIB
        assert has_sanitizer() or is_flat(middle, last, slack), describe_rise(middle, last)
        assert self.host.stop() == 0, self.host.errors

    def judge_activity(self):
        """A soak in which little happened has shown little."""
        totals = self.totals()
        least = {"said": sum(SAYS.values()), **dict.fromkeys(("lost", "slept", "left"), 0.1)}
        for key, a_second in least.items():
            assert totals[key] >= a_second * self.seconds * ENOUGH, (key, totals)
        assert totals["delivered"] >= totals["said"] * (STEADY + STOPPED) * ENOUGH, totals
        assert all(talker.n_heard > 0 for talker in self.talkers)
        assert self.reloads >= self.seconds // 60 and self.locks >= self.seconds // 60
        assert self.stopped.figures["returned"] >= self.seconds // (60 * LONG_EVERY_MIN), totals

    def totals(self):
        """What both crowds told of themselves, together."""
        return {key: self.steady.figures[key] + self.stopped.figures[key]
                for key in ("in", "said", "delivered", "joined", "left", "lost", "slept")}

    def count_present(self):
        kinds = [event["type"] for event in list(self.host.events)]
        return kinds.count("joined") - kinds.count("left")

    def describe(self):
        totals = self.totals()
        said = totals["said"] + sum(talker.number for talker in self.talkers)
        heard = totals["delivered"] + sum(talker.n_heard for talker in self.talkers)
        return (f"{said:,} messages, {heard:,} deliveries; {totals['joined']:,} joins, "
                f"{totals['left']:,} leaves, {totals['lost']:,} connections lost, "
                f"{totals['slept']:,} slow readers, {self.stops} stops "
                f"({self.stopped.figures['returned']} cut and back), {self.reloads} certificates, "
                f"{self.locks} locks; {self.rss[-1] / MIB:.2f} MiB")


def cycle(joins, report=say):
    """Twice @joins joins and leaves. Returns: memory after the first, and after the second"""
    with Host("--max-per-address=0", "--max-attempts=0") as host, \
            last_words(host, report), Crowd(host.port, guests=50, first=0, authors=50) as crowd:
        rss = []
        for number in (1, 2):
            crowd.tell(f"cycle {joins}")
            crowd.wait("cycled", number)
            rss.append(get_rss(host.process.pid))
        crowd.tell("leave")
        crowd.wait_end()
        assert host.stop() == 0, host.errors
        kinds = [event["type"] for event in host.events]
        assert kinds.count("joined") == kinds.count("left") >= 2 * joins, len(kinds)
    report(f"soak: memory after {joins:,} joins and leaves, and after {joins:,} more: "
           f"{describe_rise(*rss)}")
    return rss


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30 * 60
    before, after = cycle(JOINS)
    Soak(seconds).run()
    assert has_sanitizer() or is_flat(before, after, 0), describe_rise(before, after)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main()
