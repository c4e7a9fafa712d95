# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by guests: on the chat itself, its names, its memory."""

import contextlib
import json
import os
import random
import select
import subprocess
import threading
import time

from limits import LIMITS
from peer import ENDS, TEXT, crowd, frame, hold, letters, pour, rage, reset, secret, wait_crowd

PATIENCE = 30
HUB_LOAD = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "tests", "bench", "hub-load")
LARGE = 4000 * "\N{GRINNING FACE}"  # the longest text there is


def reads(connection):
    """Whether something can be read now."""
    return connection.pending() or select.select([connection], [], [], 0)[0]


def slow_readers(target):
    """Thirty guests with a window of 4 KB who read a kilobyte every tenth of a second."""
    def opener():
        return target.guest(letters(12), receive_bytes=4096)
    held, chats = hold(target, 30, opener)
    with held:
        target.on()
        while not target.stop.wait(0.1):
            for chat in chats:
                with contextlib.suppress(*ENDS):
                    if reads(chat.connection):
                        chat.connection.recv(1024)
    return {"held": len(chats)}


def talk(target):
    """Somebody joins, says at once all that a newcomer may, of the longest text, and leaves when as
    much was told to him."""
    said = frame(TEXT, LARGE.encode()) * LIMITS.MESSAGE_BURST
    with contextlib.closing(target.guest(f"talker {letters(12)}")) as chat:
        chat.send(said)
        heard = 0
        while heard < len(said):
            more = chat.connection.recv(1 << 20)
            if not more:
                raise EOFError
            heard += len(more)


def never_readers(target):
    """Twenty guests who never read, while so much is said that they reach their bound."""
    counts = {"held": 0, "cut": 0}
    watcher = target.guest("watcher")

    def watch():
        while True:
            line = watcher.read_text()
            counts["cut"] += line.startswith("* never") and line.endswith(" left")

    held, chats = hold(target, 20, lambda: target.guest(f"never {letters(12)}", receive_bytes=4096))
    with held:
        counts["held"] = len(chats)
        threading.Thread(target=watch, daemon=True).start()
        for _ in range(LIMITS.OUTBOX_BYTES // (LIMITS.MESSAGE_BURST * len(LARGE.encode())) - 5):
            talk(target)
        target.on()
        while not target.stop.wait(0.15):
            talk(target)
    return counts


def large_flood(target):
    """Newcomers who say at once all that they may, of the longest text, and come again."""
    counts = {"rounds": 0, "bytes": 0}
    began_at = time.monotonic()
    watcher = target.guest("watcher")

    def watch():
        while True:
            line = watcher.read_text()
            if line.startswith("talker "):
                counts["bytes"] += len(line.encode())

    def one(number):
        talk(target)
        counts["rounds"] += 1
    threading.Thread(target=watch, daemon=True).start()
    rage(target, 8, one)
    return {**counts, "seconds": round(time.monotonic() - began_at, 1)}


def message_flood(target):
    """Guests who talk at line rate: refused from the burst on, closed, and there again."""
    counts = {"rounds": 0, "closes": []}
    plain = frame(TEXT, b"x" * 100) * 100

    def one(number):
        counts["rounds"] += 1
        if number % 2:
            chat = target.guest(letters(12))
            block = plain
        else:
            chat = target.chat(protocol="hubbub.v1")
            chat.tell(type="hello", name=letters(12), join=secret())
            chat.read_object("welcome")
            says = [{"type": "say", "ref": ref, "text": "y" * 100} for ref in range(1, 190)]
            block = b"".join(frame(TEXT, json.dumps(say).encode()) for say in [*says, {"type": "bye"}])
        with contextlib.closing(chat):
            if number % 2:
                pour(chat.connection, block, target.stop)
            else:
                chat.send(block)  # all of it, so that the seat is given back
            if number % 2 and target.stop.is_set():
                return
            code = chat.read_end()
            if code not in counts["closes"] and not target.stop.is_set():
                counts["closes"].append(code)
    rage(target, 8, one, PATIENCE)
    return counts


LOOK_ALIKES = ["Ana", "ANA", "\u0410n\u0430", "\uff21\uff4e\uff41", "A\u200bna", "\u202eanA", " Ana ", "Ana:",
               "*Ana", "Host", "HOST", "H\u043est", "Hubbub", "System", "Server", "Ana\nBo", "\0Ana", "", "x" * 33,
               "A\u0301\u0301\u0301\u0301\u0301", "\u2800"]


def squatting(target):
    """Whatever resembles a guest's name or the host's, in thirty hands at once."""
    counts = {"asked": 0, "got": []}
    held, _ = hold(target, 1, lambda: target.guest("Ana"))
    with held:
        def one(number):
            with contextlib.closing(target.chat()) as chat:
                for name in LOOK_ALIKES:
                    chat.say(name)
                    counts["asked"] += 1
                    line = chat.read_text()
                    if not line.startswith("! ") and len(counts["got"]) < 10:
                        counts["got"].append([name, line])
        rage(target, 30, one)
    return counts


def guess_code(target):
    """Codes, one after another, on as many connections as there may be."""
    counts = {"tried": 0, "judged": 0, "got_in": 0}
    signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

    def one(number):
        with contextlib.closing(target.chat(protocol="hubbub.v1")) as chat:
            while not target.stop.is_set():
                chat.tell(type="hello", name=letters(12), join=secret(),
                          code="".join(random.choices(signs, k=6)))
                answer = chat.read_object("refused", "welcome")
                counts["tried"] += 1
                counts["got_in"] += answer["type"] == "welcome"
                counts["judged"] += answer.get("code") == "code"
                if answer.get("code") == "too-fast":
                    return  # perhaps a new connection may ask at once
    rage(target, 60, one)
    return counts


def ghosts(target):
    """Guests who join and drop, each leaving a seat behind; plain ones leave none."""
    counts = {"joined": 0, "refused": []}

    def one(number):
        if number % 4 == 0:
            target.guest(letters(12)).close()
            return
        with contextlib.closing(target.chat(protocol="hubbub.v1")) as chat:
            chat.tell(type="hello", name=letters(12), join=secret())
            answer = chat.read_object("refused", "welcome")
            if answer["type"] == "welcome":
                counts["joined"] += 1
            elif answer["code"] not in counts["refused"]:
                counts["refused"].append(answer["code"])
    rage(target, 24, one)
    return counts


def storm(target, count=100):
    """Guests who all lose their connections at once and come back at once, again and again."""
    hellos = [{"type": "hello", "name": letters(12), "join": secret()} for _ in range(count)]
    ids = {}
    counts = {"storms": 0, "came_in": 0, "strangers": 0}
    all_in = threading.Barrier(count + 1)
    all_go = threading.Barrier(count + 1)

    def come_in(number):
        for _ in range(20):
            with contextlib.suppress(*ENDS):
                chat = target.chat(protocol="hubbub.v1")
                chat.tell(**hellos[number])
                welcome = chat.read_object("welcome")
                # It is the token alone that tells who comes back.
                hellos[number].update(token=welcome["token"], join=secret())
                counts["came_in"] += 1
                counts["strangers"] += ids.setdefault(number, welcome["you"]["id"]) != welcome["you"]["id"]
                return chat
            target.stop.wait(0.2)
        raise AssertionError(f"guest {number} cannot come back")

    state = {"is_over": False}

    def live(number):
        while True:
            chat = come_in(number)
            all_in.wait()
            all_go.wait()
            if state["is_over"]:
                chat.tell(type="bye")
                chat.read_end()
                all_in.wait()
                return
            reset(chat.connection)

    threads, failures = crowd(target, count, live)
    try:
        while not state["is_over"]:
            all_in.wait(PATIENCE)
            target.on()
            counts["storms"] += 1
            state["is_over"] = target.stop.wait(0.3)
            all_go.wait(PATIENCE)
        all_in.wait(PATIENCE)
    except threading.BrokenBarrierError:
        raise failures[0] if failures else AssertionError("somebody does not come back") from None
    wait_crowd(target, threads, failures, PATIENCE)
    return counts


# A sanitized host, with sanitized attackers on the same processors, takes several times as long to
# let somebody in.
FULL = 900 if os.environ.get("HUB_TEST_SANITIZE", "none") == "none" else 200


def full_storm(target, count=FULL):
    """With the honest guests, nearly as many as the room takes by default: they come in, lose their
    connections at the same time, are back, and then each hears all that any of them says."""
    counts = {"storms": 0, "slowest_s": 0, "faults": []}
    target.on()
    while not target.stop.is_set() or not counts["storms"]:
        done = subprocess.run(
            [HUB_LOAD, "reconnect", "--address", target.address, "--port", str(target.port), "--protocol",
             "hubbub.v1", "--name", f"Storm {letters()}", "--guests", str(count), "--patience", str(PATIENCE)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
        fared = json.loads(done.stdout)
        counts["storms"] += 1
        counts["slowest_s"] = max(counts["slowest_s"], fared["wall_s"])
        if fared["joined"] != count:
            counts["faults"].append(["joined", fared["joined"]])
        counts["faults"] += [[fault, fared[fault]] for fault in (
            "lost", "doubled", "disordered", "failed", "cut", "refused") if fared[fault]]
    return counts
