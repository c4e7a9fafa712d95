# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the program is there, what it takes, and that a crowd does not stop the window nor the window
the chat. Figures are printed; they are judged where nothing slows the program down: without sanitizers
and, for frames, where HUB_TEST_QUIET says that nobody else uses the computer."""

import collections
import concurrent.futures
import os
import re
import signal
import threading
import time

from crowd import Crowd
from desktop import BUILD, run_in
from hubbub import poll
from page_guest import PageGuest
from plain_guest import Guest

IS_SANITIZED = os.environ.get("HUB_TEST_SANITIZE", "none") != "none"
IS_QUIET = not IS_SANITIZED and bool(os.environ.get("HUB_TEST_QUIET"))
PROBE = os.path.join(BUILD, "tests", "desktop", "hub-frame-probe.so")
CROWD = 200 if IS_SANITIZED else 2000
MEMORY_CROWD = 200 if IS_SANITIZED else 1000
CHURNS, SECONDS = 50, 10  # joins and leaves, each, a second
DOORS = 16
P99_MS, MAX_MS = 32, 100
SERVED_S = 0.7
FREEZE_MS = 5000
# A message on its way through the engine; a window that stood in its way would take thousands.
DELAY_MS = 1000
STARTS = 5
NO_LIMITS = {"max_guests": "uint32 0", "max_per_address": "uint32 0", "message_rate": "uint32 0"}


def probed(**more):
    """The environment of a program that is looked at from within."""
    options = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return {"LD_PRELOAD": PROBE, "ASAN_OPTIONS": options, **more}


def memory_kb(program):
    """What the program alone takes, and its part of what it shares."""
    with open(f"/proc/{program.process.pid}/smaps_rollup", encoding="ascii") as file:
        return int(re.search(r"^Pss:\s+(\d+) kB", file.read(), re.MULTILINE)[1])


def start_once():
    """Returns: seconds until the chat was served, and until the window was visible"""
    port = desktop.choose_port()
    moments = {}

    def watch_port():
        while not desktop.serves(port):
            time.sleep(0.002)  # poll
        moments["served"] = time.monotonic()

    began = time.monotonic()
    watcher = threading.Thread(target=watch_port, daemon=True)
    with desktop.hubbub() as program:
        watcher.start()
        program.window()
        moments["visible"] = time.monotonic()
        poll(lambda: not watcher.is_alive(), "the chat")
        program.find("Ready")
    return moments["served"] - began, moments["visible"] - began


def test_start():
    start_once()  # once for the disk
    served, visible = zip(*(start_once() for _ in range(STARTS)))
    served, visible = sorted(served)[STARTS // 2], sorted(visible)[STARTS // 2]
    print(f"# start, warm, median of {STARTS}: served after {served:.2f} s, visible after "
          f"{visible:.2f} s", flush=True)
    assert not IS_QUIET or served < SERVED_S, served


def test_memory():
    with desktop.chat(settings=NO_LIMITS) as program:
        empty = memory_kb(program)
        with Crowd(program.port, guests=MEMORY_CROWD, says=0, churns=0):
            program.find(f"Ready · {MEMORY_CROWD} people")
            full = memory_kb(program)
            print(f"# memory: {empty / 1024:.0f} MB with nobody, {full / 1024:.0f} MB with "
                  f"{MEMORY_CROWD} guests ({(full - empty) / MEMORY_CROWD:.0f} KB each)", flush=True)


def visit(port, number, visitors):
    """One comes, and whoever is there for the longest goes."""
    visitors.append(Guest(port, f"Visitor {number}"))
    visitors.popleft().close()


def test_frames_while_people_come_and_go():
    place = desktop.path("frames")
    with desktop.chat(settings=NO_LIMITS, env=probed(HUB_FRAMES=place)) as program, \
            Crowd(program.port, returning=True, guests=CROWD, says=0, churns=0):
        program.find(f"Ready · {CROWD} people")
        visitors = collections.deque(Guest(program.port, f"Early {number}") for number in range(CHURNS))
        program.find(f"Ready · {CROWD + CHURNS} people")
        program.process.send_signal(signal.SIGUSR1)
        began = time.monotonic()
        # The host lets the news of who came wait for more of them: several come at once.
        with concurrent.futures.ThreadPoolExecutor(DOORS) as doors:
            visits = []
            for number in range(CHURNS * SECONDS):
                visits.append(doors.submit(visit, program.port, number, visitors))
                time.sleep(max(0, began + (number + 1) / CHURNS - time.monotonic()))  # poll
            for future in visits:
                future.result()
        lasted = time.monotonic() - began
        program.process.send_signal(signal.SIGUSR2)
        poll(lambda: os.path.exists(place) and os.path.getsize(place), "the frames")
        with open(place, encoding="ascii") as file:
            gaps = sorted(int(line) / 1000 for line in file)
        p99 = gaps[len(gaps) * 99 // 100]
        print(f"# frames, {CROWD} guests, {CHURNS * SECONDS} joins and leaves in {lasted:.1f} s: "
              f"{len(gaps)} frames, gap p50 {gaps[len(gaps) // 2]:.1f} ms, p99 {p99:.1f} ms, max "
              f"{gaps[-1]:.1f} ms", flush=True)
        assert len(gaps) > SECONDS, "the window moved"
        for visitor in visitors:
            visitor.close()
        assert not IS_QUIET or (p99 < P99_MS and gaps[-1] < MAX_MS)


def test_a_frozen_window_delays_no_message():
    with desktop.chat(env=probed(HUB_FREEZE_MS=str(FREEZE_MS))) as program, \
            PageGuest(program.port, "Ana") as ana, PageGuest(program.port, "Bob") as bob:
        program.find("Ready · 2 people")
        os.kill(program.process.pid, signal.SIGRTMIN)
        frozen = threading.Thread(target=program.tree, daemon=True)
        began = time.monotonic()
        frozen.start()
        delays = []
        while frozen.is_alive():
            said = time.monotonic()
            ana.tell(type="say", ref=len(delays) + 1, text="Hello")
            bob.wait("said")
            delays.append((time.monotonic() - said) * 1000)
            time.sleep(0.3)  # poll: below what a guest may say in a second
        lasted = (time.monotonic() - began) * 1000
        print(f"# frozen for {lasted:.0f} ms: {len(delays)} messages, the slowest "
              f"{max(delays):.0f} ms", flush=True)
        assert lasted > FREEZE_MS * 0.8 and len(delays) > 5, "the window was frozen meanwhile"
        assert max(delays) < DELAY_MS


run_in(globals())
