# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain guest who talks, comes and goes, and checks what he hears."""

import random
import re
import threading
import time

from hubbub import PATIENCE, poll
from plain_guest import PING, PONG, TEXT, Guest

STAY_S = (3, 20)
SAY_EVERY_S = 1.0
MESSAGE = re.compile(r"[^:]+: m (\d+) (\d+)")


class Talker:
    """Author number @author of messages "m AUTHOR NUMBER", in a thread of its own. Each author's
    messages must come in order and without a gap from the first that he hears after joining.

    @last: the author whose first message ends everybody's listening. He says it at once."""

    def __init__(self, port, author, last, seed):
        self._port, self._author, self._last = port, author, last
        self._random = random.Random(seed)
        self._resting = threading.Event()
        self._is_in = threading.Event()
        self._failure = None
        self._heard = {}
        self.number = 0
        self.n_heard = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def check(self):
        if self._failure:
            raise self._failure

    def rest(self):
        """Says nothing more and stays; returns once he is in and has heard himself."""
        self._resting.set()
        poll(lambda: self.check() or self._is_in.is_set(), "a plain guest to be in")

    def wait_last(self, numbers):
        """Waits until the last message was heard. Everything else was said before it, so by then
        @numbers, the latest of each author, are what this guest has heard."""
        self._thread.join(PATIENCE)
        self.check()
        assert not self._thread.is_alive(), "the last message never came"
        for author, number in enumerate(numbers):
            heard = self._heard.get(author)
            assert heard in (None, number), f"of author {author}: {heard}, not {number}"

    # In the thread

    def _run(self):
        try:
            while not self._visit():
                pass
        except BaseException as failure:  # noqa: told by check()
            self._failure = failure

    def _visit(self):
        """Joins, talks, listens. Returns: whether the last message was heard"""
        self._heard = {}
        said = 0
        with Guest(self._port, f"Plain {self._author}") as guest:
            say_at = time.monotonic()
            leave_at = say_at + self._random.uniform(*STAY_S)
            while self._last not in self._heard:
                if said == self._heard.get(self._author, 0):  # all he said came back
                    if self._resting.is_set():
                        self._is_in.set()
                    elif time.monotonic() > leave_at:
                        return False
                    elif time.monotonic() > say_at:
                        said = self.number = self.number + 1
                        guest.say(f"m {self._author} {said}")
                        say_at += SAY_EVERY_S
                self._listen(guest)
        return True

    def _listen(self, guest):
        opcode, payload = guest.read_frame()
        if opcode == PING:
            guest.send_frame(PONG, payload)
        if opcode != TEXT or payload.startswith(b"* "):
            return
        message = MESSAGE.fullmatch(payload.decode())
        assert message, payload
        author, number = int(message[1]), int(message[2])
        assert number == self._heard.get(author, number - 1) + 1, (author, number, self._heard)
        self._heard[author] = number
        self.n_heard += 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._resting.set()
