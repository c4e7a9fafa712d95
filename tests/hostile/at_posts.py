# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by the two POSTs: what a page of the host's own could send, but does not."""

import contextlib
import json
import re
import threading
import time

from at_chat import LARGE, talk
from at_http import MANY, flood, slow, status_of
from limits import LIMITS
from peer import ENDS, hold, letters, pour, rage, secret


def head(target, path, length, token=None):
    """All that a good request has before its body."""
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return (f"POST {path} HTTP/1.1\r\nHost: {target.authority}\r\nOrigin: https://{target.authority}\r\n"
            "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"{bearer}Content-Length: {length}\r\n\r\n").encode()


def read_until(connection, mark):
    data = b""
    while mark not in data:
        more = connection.recv(65536)
        if not more:
            raise EOFError
        data += more
    return data


class Stream:
    """A guest whose stream is not read after its welcome."""

    def __init__(self, target, **options):
        self.target = target
        self.name, self.join = letters(12), secret()
        self.connection = target.tls(**options)
        try:
            self.token = self._welcome(self.connection)
        except ENDS:
            self.connection.close()
            raise

    def _welcome(self, connection):
        body = json.dumps({"type": "hello", "name": self.name, "join": self.join}).encode()
        connection.sendall(head(self.target, "/stream", len(body)) + body)
        answer = read_until(connection, b'"limits"')  # which comes later
        return re.search(rb'"token":"([0-9a-f]{32})"', answer)[1].decode()

    def leave(self):
        """So that its place is free at once: takes its seat again, and says good-bye."""
        bye = b'{"type":"bye"}'
        with self.target.tls() as again, self.target.tls() as sayer:
            token = self._welcome(again)
            sayer.sendall(head(self.target, "/say", len(bye), token) + bye)
            read_until(sayer, b" 202 ")
        self.close()

    def close(self):
        self.connection.close()


def slow_bodies(target):
    """POSTs whose bodies come a byte at a time: two whose heads are good, and have nearly all of it at
    once, for each that is refused."""
    length = LIMITS.REQUEST_BODY_MAX_BYTES
    nearly = b"{" * (length - 1000)
    refused = f"POST /say HTTP/1.1\r\nHost: {target.authority}\r\nContent-Length: {length}\r\n\r\n"
    return slow(target, b"x", starts=[head(target, "/stream", length) + nearly,
                                      head(target, "/say", length, secret()) + nearly,
                                      refused.encode()])


def endless_bodies(target):
    """Line rate to both paths, of bodies that say they are longer than they may be."""
    lengths = (LIMITS.REQUEST_BODY_MAX_BYTES + 1, 1 << 31, MANY)
    return flood(target, [head(target, path, length, secret()) for path in ("/stream", "/say")
                          for length in lengths], bytes(1 << 16))


def talkative_streams(target):
    """Line rate on connections that are only to listen, until each is cut."""
    seen = {"rounds": 0, "most": 0}
    never = threading.Event()
    target.on()
    # Three connections a round: no more attempts than a machine may make.
    while not target.stop.wait(0.05):
        stream = Stream(target)
        seen["most"] = max(seen["most"], pour(stream.connection, bytes(1 << 14), never, MANY))
        stream.leave()
        seen["rounds"] += 1
    return seen


def is_cut(connection):
    """Whether the host gave up on it: after what the system holds of it comes its end."""
    connection.settimeout(2)
    try:
        while connection.recv(1 << 20):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


def never_reading_streams(target):
    """Twenty streams that nobody reads, while so much is said that they reach their bound."""
    held, streams = hold(target, 20, lambda: Stream(target, receive_bytes=4096))
    with held:
        for _ in range(LIMITS.OUTBOX_BYTES // (LIMITS.MESSAGE_BURST * len(LARGE.encode())) + 5):
            talk(target)
        target.on()
        while not target.stop.wait(0.15):
            talk(target)
        cut = sum(is_cut(stream.connection) for stream in streams)
        for stream in streams:
            stream.leave()
    return {"held": len(streams), "cut": cut}


def read_response(connection):
    """One that has a length. Returns: its status, and whether the connection goes on"""
    answer = read_until(connection, b"\r\n\r\n")
    top, _, body = answer.partition(b"\r\n\r\n")
    left = int(re.search(rb"\r\nContent-Length: (\d+)", top)[1]) - len(body)
    while left > 0:
        more = connection.recv(left)
        if not more:
            raise EOFError
        left -= len(more)
    return status_of(answer), b"\r\nConnection: close" not in top


def wrong_tokens(target):
    """A storm of what nobody said, over connections that are kept for as long as the host keeps them."""
    seen = {"judged": 0, "put_off": 0, "wrong": []}
    body = json.dumps({"type": "say", "ref": 1, "text": "forged"}).encode()

    def one(number):
        goes_on = True
        with target.tls() as tls:
            while goes_on:
                tls.sendall(head(target, "/say", len(body), secret()) + body)
                status, goes_on = read_response(tls)
                if status == 401 and goes_on:
                    seen["judged"] += 1
                elif status == 429 and not goes_on:
                    seen["put_off"] += 1
                else:
                    seen["wrong"].append([status, goes_on])
    began = time.monotonic()
    rage(target, 8, one)
    seen["seconds"] = time.monotonic() - began
    return seen


def refused_streams(target):
    """Streams for what may not join, one after another."""
    seen = {"rounds": 0, "wrong": []}
    nobody = json.dumps({"type": "hello", "name": "Host", "join": secret()}).encode()

    def one(number):
        with target.tls() as tls:
            tls.sendall(head(target, "/stream", len(nobody)) + nobody)
            refused = read_until(tls, b"\r\n\r\n\n")
            with contextlib.suppress(*ENDS):
                while more := tls.recv(65536):
                    refused += more
            if status_of(refused) != 200 or b'"name-reserved"' not in refused:
                seen["wrong"].append(refused.decode("latin-1"))
            seen["rounds"] += 1
    rage(target, 8, one)
    return seen
