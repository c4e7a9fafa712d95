# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by frames of the WebSocket."""

import collections
import contextlib
import itertools
import json
import random
import struct

from limits import LIMITS
from peer import (BINARY, CLOSE, CONTINUATION, ENDS, FIN, PING, PONG, TEXT, Turns, drain, frame, hold,
                  letters, pour, rage, secret)

RSV1, RSV2, RSV3 = 0x40, 0x20, 0x10


def torrent(target, frames, count, is_joined):
    """@count connections that send one of @frames at line rate until they are cut, and come back.
    Returns: how they ended"""
    seen = {"rounds": 0, "closes": []}
    turns = Turns(target, frames)

    def one(number):
        with turns.take() as kind, \
                contextlib.closing(target.guest(letters(12)) if is_joined else target.chat()) as chat:
            first, again = kind if isinstance(kind, tuple) else (b"", kind)
            chat.send(first)
            again *= max(1, 16384 // len(again))
            pour(chat.connection, again, target.stop)
            if target.stop.is_set():
                raise EOFError  # so the host did not end it
            seen["rounds"] += 1
            code = chat.read_end()
            if code not in seen["closes"] and not target.stop.is_set():
                seen["closes"].append(code)
    rage(target, count, one)
    return seen


def fragments(target):
    """Messages that never end, of those who have not joined: empty, tiny and large fragments."""
    start = frame(TEXT, b"x", first=0)
    return torrent(target, [(start, frame(CONTINUATION, bytes(n), first=0)) for n in (0, 1, 60000)],
                   20, False)


def fragments_held(target):
    """As many unfinished messages as one machine may have, and then nothing more."""
    halves = (frame(TEXT, bytes(65000))[:-1],
              frame(TEXT, bytes(60000), first=0) + frame(CONTINUATION, bytes(5000), first=0))
    held, chats = hold(target, 100, target.chat)
    with held:
        for number, chat in enumerate(chats):
            with contextlib.suppress(*ENDS):
                chat.send(halves[number % 2])
        target.on()
        target.stop.wait()
    return {"held": len(chats)}


def line_rate(target):
    """Joined guests who send pongs, tiny frames and fragments as fast as they can."""
    return torrent(target, [
        frame(PONG), frame(PONG, bytes(125)), frame(TEXT), frame(TEXT, b"x"),
        (frame(TEXT, b"x", first=0), frame(CONTINUATION, b"x", first=0)),
        (frame(TEXT, b"x", first=0), frame(CONTINUATION, bytes(30000), first=0)),
    ], 12, True)


def pings(target):
    """120,000 pings each; half of the guests never read the pongs."""
    counts = {"rounds": 0, "all_taken": 0}
    block = frame(PING) * 1000

    def one(number):
        with contextlib.closing(target.guest(letters(12))) as chat:
            sent = pour(chat.connection, block, target.stop, 120 * len(block))
            counts["rounds"] += 1
            if number % 2:
                drain(chat.connection)
            else:
                # What the kernels took is known; whether the host read all of it, its echo tells.
                chat.say("still here")
                while not chat.read_text().endswith(": still here"):
                    pass
                counts["all_taken"] += sent >= 120 * len(block)
    rage(target, 10, one)
    return counts


# What is sent, and the close codes that may come of it (0: none, a cut).
WRONG = [
    *[(frame(opcode, b"x"), {1002}) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)],
    *[(frame(TEXT, b"x", first=FIN | bit), {1002}) for bit in (RSV1, RSV2, RSV3)],
    (frame(TEXT, b"x", is_masked=False), {1002}),
    (frame(PING, b"x", first=0), {1002}),
    (frame(PING, bytes(126)), {1002}),
    (frame(CLOSE, bytes(126)), {1002}),
    (frame(CONTINUATION, b"x"), {1002}),
    (frame(TEXT, b"x", first=0) + frame(TEXT, b"y"), {1002}),
    (frame(BINARY, b"x"), {1003}),
    (frame(TEXT, b"\xff\xfe"), {1007}),
    (frame(TEXT, b"\xed\xa0\x80"), {1007}),
    (frame(TEXT, b"\xf4\x90\x80\x80"), {1007}),
    (frame(TEXT, b"\xc0\xaf"), {1007}),
    (frame(TEXT, b"\xce", first=0) + frame(CONTINUATION, b"x"), {1007}),
    (frame(CLOSE, b"\x03"), {1002}),
    (frame(CLOSE, struct.pack("!H", 999)), {1002}),
    (frame(CLOSE, struct.pack("!H", 1005)), {1002}),
    (frame(CLOSE, struct.pack("!H", 1000) + b"\xff"), {1002, 1007}),
    (frame(TEXT, b"", length=(1 << 63) - 1), {1009}),
    (frame(TEXT, b"", length=(1 << 64) - 1), {1002, 1009}),
    (frame(TEXT, bytes(65537)), {1009}),
    (bytes([FIN | TEXT, 0x80 | 126]) + struct.pack("!H", 5) + bytes(4) + b"hello", {0, 1002}),
    (bytes([FIN | TEXT, 0x80 | 127]) + struct.pack("!Q", 5) + bytes(4) + b"hello", {0, 1002}),
]


def garbage_frames(target):
    """Every rule of RFC 6455 broken, by those who have joined and those who have not; and noise."""
    counts = {"sent": 0, "noise": 0, "wrong": []}
    turns = Turns(target, itertools.product(WRONG, (False, True)))

    def opened(is_joined):
        return contextlib.closing(target.guest(letters(12)) if is_joined else target.chat())

    def one(number):
        with turns.take() as ((wrong, codes), is_joined), opened(is_joined) as chat:
            chat.send(wrong)
            counts["sent"] += 1
            chat.connection.settimeout(10 if 0 not in codes else 0.2)
            code = chat.read_end()
            if code not in codes and not target.stop.is_set() and len(counts["wrong"]) < 10:
                counts["wrong"].append([is_joined, wrong[:16].hex(), code])
        if number == 0:
            with opened(counts["noise"] % 2) as chat:
                chat.send(random.randbytes(500))
                chat.connection.settimeout(0.2)
                chat.read_end()
                counts["noise"] += 1
    rage(target, 6, one)
    return counts


def innocent(is_joined):
    """An object that is answered and changes nothing, or, of somebody new, one that lets him in."""
    return json.dumps({"type": "ping"} if is_joined else
                      {"type": "hello", "name": letters(12), "join": secret()})


def brackets(target):
    """90,000 of what a recursive parser follows, and as many as one message can hold; and what would
    be understood, were it not nested too deep."""
    seen = collections.Counter()
    openings = ("[", '{"a":', '{"type":"hello","x":[')

    def one(number):
        opening = openings[number % len(openings)]
        with contextlib.closing(target.chat(protocol="hubbub.v1")) as chat:
            if number % 2:
                chat.tell(type="hello", name=letters(12), join=secret())
                chat.read_object("welcome")
            for _ in range(8):
                chat.say((opening * 65000)[:65000])
                seen[chat.read_object("refused")["code"]] += 1
            for depth in (LIMITS.JSON_MAX_DEPTH, 32000):
                chat.say(innocent(number % 2)[:-1] + ',"x":' + "[" * depth + "]" * depth + "}")
                answer = chat.read_object("refused", "pong", "welcome")
                seen[answer.get("code", answer["type"])] += 1
            if number % 2:
                chat.tell(type="bye")
                chat.read_end()
            else:
                chat.say("[" * 90000)
                seen[chat.read_end()] += 1
    rage(target, 6, one, patience=20)  # until each has said bye
    return {str(key): value for key, value in seen.items()}
