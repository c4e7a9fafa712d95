# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks on the door: connections, and TLS."""

import contextlib
import os
import random
import select
import socket
import ssl
import time

from peer import ENDS, drain, hold, rage, reset

# Of an honest ClientHello; taken once, then varied.
RECORD_HEADER = 5
ALERT = 0x15


def client_hello(context):
    outgoing = ssl.MemoryBIO()
    tls = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost")
    with contextlib.suppress(ssl.SSLWantReadError):
        tls.do_handshake()
    return outgoing.read()


def slow_hello(target):
    """Sixty handshakes, a byte every tenth of a second."""
    hello = client_hello(target.context)
    held, peers = hold(target, 60, target.tcp)
    with held:
        at = 0
        while not target.stop.is_set():
            for peer in peers:
                with contextlib.suppress(*ENDS):
                    peer.send(hello[at:at + 1])
            at = (at + 1) % (len(hello) - 1)
            target.on()
            target.stop.wait(0.1)
    return {"held": len(peers)}


def count_open(peers):
    """How many the host has not closed."""
    poll = select.poll()
    for peer in peers:
        poll.register(peer, select.POLLIN | select.POLLRDHUP)
    return len(peers) - len(poll.poll(0))


def say_nothing(target, count, opener):
    """@count connections on which nothing is said. Returns: how many could be made, how many of them
    are open still, and how old the oldest is then"""
    began_at = time.monotonic()
    held, peers = hold(target, count, opener)
    with held:
        target.on()
        target.stop.wait()
        return {"connected": len(peers), "open": count_open(peers),
                "seconds": round(time.monotonic() - began_at, 1)}


def idle(target, count=5000):
    """TCP connections that say nothing."""
    return say_nothing(target, count, target.tcp)


def churn(target):
    """Connections that end in every way at every stage, as fast as they come."""
    hello = client_hello(target.context)
    made = [0]

    def one(number):
        made[0] += 1
        kind = made[0] % 6
        if kind < 3:
            raw = target.tcp()
            if kind:
                raw.send(hello[:random.randrange(1, len(hello) + 1)])
            (reset if kind == 2 else socket.socket.close)(raw)
        else:
            with target.tls() as tls:
                if kind == 4:
                    tls.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
                elif kind == 5:
                    target.chat().close()
    rage(target, 8, one)
    return {"made": made[0]}


def mutations(hello):
    """Ways in which something is no ClientHello, for ever."""
    while True:
        changed = bytearray(hello)
        for _ in range(random.randrange(1, 6)):
            changed[random.randrange(RECORD_HEADER, len(changed))] = random.randrange(256)
        yield bytes(changed)
        yield hello[:RECORD_HEADER] + os.urandom(len(hello) - RECORD_HEADER)
        yield b"\x16\x03\x01\xff\xff" + os.urandom(65535)  # a record above its largest size
        yield b"\x16\x03\x01\x00\x00" * 2000  # empty ones
        yield b"\x16\x00\x00" + hello[3:]  # of no version
        yield b"\x16\x03\x01\x00\x01\x01" + b"\x16\x03\x01\x00\x01\x00" * 3  # a byte a record
        yield hello[:RECORD_HEADER] + b"\x01\xff\xff\xff" + hello[9:]  # 16 MiB to come
        yield hello + hello
        yield hello + b"\x17\x03\x03\x00\x20" + os.urandom(32)  # data before its time
        yield bytes([ALERT]) + b"\x03\x03\x00\x02\x02\x28"
        yield hello + bytes([ALERT]) + b"\x03\x03\x00\x02\x01\x00"
        yield os.urandom(random.randrange(1, 2000))
        yield b"SSH-2.0-x\r\n"
        yield b"\x80\x2e\x01\x00\x02"  # SSL 2


def garbage_tls(target):
    """What is no TLS; and TLS that becomes none once it is open."""
    wrong = [mutations(client_hello(target.context)) for _ in range(4)]
    tried = [0]

    def one(number):
        tried[0] += 1
        if tried[0] % 10:
            with target.tcp() as raw:
                raw.sendall(next(wrong[number]))
                raw.shutdown(socket.SHUT_WR)
                drain(raw)
        else:
            with target.tls() as tls, socket.socket(fileno=os.dup(tls.fileno())) as raw:
                raw.sendall(os.urandom(100))
                drain(raw)
    rage(target, len(wrong), one)
    return {"tried": tried[0]}


def thousand_addresses(target):
    """One machine, a thousand of its addresses, two connections from each."""
    with open("/proc/net/if_inet6", encoding="ascii") as addresses:
        sources = [":".join(line[i:i + 4] for i in range(0, 32, 4))
                   for line in addresses if line.startswith("fd77")]
    assert len(sources) == 1000, sources
    queue = sources * 2
    return say_nothing(target, len(queue), lambda: target.tcp(source=queue.pop()))


def off_link(target):
    """From an address that is neither private nor of this network."""
    counts = {"tried": 0, "answered": 0}

    def one(number):
        counts["tried"] += 1
        with target.tcp(source="203.0.113.5") as raw:
            raw.send(client_hello(target.context))
            counts["answered"] += bool(raw.recv(1))
    rage(target, 4, one)
    return counts


def descriptors(target):
    """More connections than the host has descriptors left."""
    counts = {"tried": 0}

    def one(number):
        counts["tried"] += 1
        with target.tcp() as raw:
            raw.recv(1)
    rage(target, 100, one)
    return counts

