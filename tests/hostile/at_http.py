# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by requests."""

import contextlib
import itertools
import os
import random
import re
import socket

from limits import LIMITS
from peer import ENDS, Turns, drain, hold, pour, rage

MANY = 1 << 40


def slow(target, request, opener=None, starts=(b"",)):
    """Sixty connections that send one of @starts, and then @request a byte at a time, again and again."""
    held, peers = hold(target, 60, opener or target.tls)
    with held:
        for peer, start in zip(peers, itertools.cycle(starts)):
            with contextlib.suppress(*ENDS):
                peer.sendall(start)
        target.on()
        for at in itertools.count():
            for peer in peers:
                with contextlib.suppress(*ENDS):
                    peer.send(request[at % len(request):at % len(request) + 1])
            if target.stop.wait(0.1):
                return {"held": len(peers)}


def slow_headers(target):
    return slow(target, f"GET / HTTP/1.1\r\nHost: {target.authority}\r\nX: ".encode() + b"x" * 1000)


def status_of(answer):
    """The status of what was answered, 0 where it is no response."""
    match = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(match[1]) if match else 0


def flood(target, heads, chunk, count=6, opener=None):
    """Line rate after each of @heads, until the host ends it. Returns: statuses; the most bytes that
    the host and both kernels took from one connection."""
    opener = opener or target.tls
    seen = {"statuses": [], "most": 0, "rounds": 0}
    turns = Turns(target, heads)

    def one(number):
        with turns.take() as head, opener() as tls:
            tls.sendall(head)
            seen["most"] = max(seen["most"], pour(tls, chunk, target.stop, MANY))
            if target.stop.is_set():
                raise EOFError  # so the host did not end it
            seen["rounds"] += 1
            status = status_of(drain(tls))
            if status not in seen["statuses"]:
                seen["statuses"].append(status)
    rage(target, count, one)
    return seen


def endless_body(target, framing, chunk):
    rest = f" HTTP/1.1\r\nHost: {target.authority}\r\n{framing}\r\n\r\n"
    return flood(target, [f"{method} {path}{rest}".encode() for method in ("GET", "POST")
                          for path in ("/", "/chat", "/say", "/no-such-thing")], chunk)


def endless_length(target):
    return endless_body(target, f"Content-Length: {MANY}", bytes(1 << 16))


def endless_chunks(target):
    return endless_body(target, "Transfer-Encoding: chunked", b"ff00\r\n" + bytes(0xff00) + b"\r\n")


def endless_headers(target):
    start = f"GET / HTTP/1.1\r\nHost: {target.authority}\r\n".encode()
    return flood(target, [start, start + b"X: ", b"GET /"], b"a" * 65536, 3)


def endless_header_lines(target):
    return flood(target, [f"GET / HTTP/1.1\r\nHost: {target.authority}\r\n".encode(), b"\r\n"],
                 b"".join(b"x%d: y\r\n" % i for i in range(6000)), 3)


def plain_http(target):
    """All of these without TLS: where the help page comes from."""
    start = f" / HTTP/1.1\r\nHost: {target.authority}\r\n".encode()
    return flood(target, [b"GET" + start, b"GET" + start + b"X: ", b"GET /", b"",
                          b"POST" + start + b"Content-Length: %d\r\n\r\n" % MANY,
                          b"GET" + start + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"],
                 b"GET / " * 10000, opener=target.tcp)


def slow_plain_http(target):
    request = f"GET / HTTP/1.1\r\nHost: {target.authority}\r\nX: ".encode() + b"x" * 1000
    return slow(target, request, opener=target.tcp)


def ranges(target):
    """Twelve thousand ranges of the page's largest file: more than a request may have, and as many
    as fit."""
    counts = {"whole": 0, "refused": 0, "other": 0, "most": 0}

    def one(number):
        n = 12000 if number % 2 else 3000
        asked = ",".join(["0-", "1-", "-9"][i % 3] for i in range(n))
        with target.tls() as tls:
            tls.sendall(f"GET /app.js HTTP/1.1\r\nHost: {target.authority}\r\nConnection: close\r\n"
                        f"Range: bytes={asked}\r\n\r\n".encode())
            answer = drain(tls)
        counts["most"] = max(counts["most"], len(answer))
        status = status_of(answer)
        counts["whole" if status == 200 else "refused" if status in (0, 400, 431) else "other"] += 1
    rage(target, 8, one)
    return counts


def pipeline(target):
    """Requests by the thousand for the largest file, and no answer is read."""
    request = f"GET /app.js HTTP/1.1\r\nHost: {target.authority}\r\n\r\n".encode() * 100
    counts = {"rounds": 0, "most": 0}

    def one(number):
        with target.tls(receive_bytes=4096, patience=3) as tls:
            counts["most"] = max(counts["most"], pour(tls, request, target.stop))
            counts["rounds"] += 1
    rage(target, 20, one)
    return counts


GARBAGE = [
    b"", b"\r\n" * 500, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n",
    b"G\0T / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /\0 HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\nHost: A\n\n", b"GET  /  HTTP/1.1 \r\nHost: A\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
    b"GET / HTTP/1.1\r\nHost: A\r\n folded\r\n\r\n", b"GET / HTTP/1.1\r\nHost : A\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: A\r\nHost\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: A\r\n\r\n",
    b"CONNECT A HTTP/1.1\r\nHost: A\r\n\r\n", b"TRACE / HTTP/1.1\r\nHost: A\r\nCookie: secret\r\n\r\n",
    b"DELETE /chat HTTP/1.1\r\nHost: A\r\n\r\n", b"X" * 1000 + b" / HTTP/1.1\r\nHost: A\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: chunked\r\n\r\n0;" + b"x" * 9000 + b"\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"x: y\r\n" * 1500 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: A\r\nExpect: 100-continue\r\n\r\n",
    b"HEAD /app.js HTTP/1.0\r\nHost: A\r\nConnection: keep-alive\r\n\r\n" * 9,
    b"GET /room HTTP/1.1\r\nHost: A\r\nIf-None-Match: " + b"\"x\"," * 3000 + b"\r\n\r\n",
    b"GET /app.js HTTP/1.1\r\nHost: A\r\nAccept-Encoding: " + b"gzip;q=0.1," * 1200 + b"\r\n\r\n",
]
# The host bars who sends too many of these: libsoup before 3.6 leaks a little with each.
BARRED = [
    b"POST / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: A\r\nTransfer-Encoding: identity, chunked\r\n\r\n",
    b"POST /say HTTP/1.1\r\nHost: A\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: A\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nGET / HTTP/1.1\r\n\r\n",
]


def change(request):
    """One byte of it; but none of what says how long it is, for which this machine would be barred."""
    mutant = bytearray(request or b"x")
    is_long = b"Transfer-Encoding" in request or b"Content-Length" in request
    mutant[random.randrange(request.index(b"\r\n") if is_long else len(mutant))] = random.randrange(256)
    return bytes(mutant)


def end_input(tls):
    """Says that nothing more will come, and can read what is answered all the same."""
    tls.setblocking(False)
    with contextlib.suppress(*ENDS):
        tls.unwrap()  # would wait for the answer's end
    with socket.socket(fileno=os.dup(tls.fileno())) as raw:
        raw.shutdown(socket.SHUT_WR)


def garbage_http(target):
    """What is no request, and what nearly is one. What bars this machine comes last."""
    counts = {"tried": 0, "statuses": [], "leaked": 0}
    host = target.authority.encode()
    turns = Turns(target, itertools.product(GARBAGE, (False, True), (False, True, False)))

    def one(number):
        with turns.take() as (wrong, is_shut, is_changed), target.tls(patience=5) as tls:
            counts["tried"] += 1
            wrong = wrong.replace(b"Host: A", b"Host: " + host)
            tls.sendall(change(wrong) if is_changed else wrong)
            if is_shut:
                end_input(tls)
            tls.settimeout(0.3)
            status = status_of(drain(tls))
            if status not in counts["statuses"]:
                counts["statuses"].append(status)
    rage(target, 8, one)
    with contextlib.suppress(*ENDS):
        for wrong in BARRED * LIMITS.MISDEEDS:
            with target.tls(patience=5) as tls:
                tls.sendall(wrong.replace(b"Host: A", b"Host: " + host))
                drain(tls)
            counts["leaked"] += 1
    return counts


UPGRADE = ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")
# target, headers (A: the right authority, P: the port), what may be answered
TRICKS = [
    ("/", "Host: A\r\nHost: A\r\n", {400}),
    ("/", "Host: A\r\nHost: evil.example\r\n", {400}),
    ("/", "", {400}),
    ("/", "Host:\r\n", {400}),
    ("/", "Host: u:p@A\r\n", {400}),
    ("/", "Host: A, A\r\n", {400}),
    ("/", "Host: evil.example:P\r\n", {421}),
    ("/room", "Host: evil.example\r\n", {400, 421}),
    ("/room", "Host: 192.168.77.77:P\r\n", {421}),
    ("/room", "Host: A.\r\n", {400, 421}),
    ("https://evil.example/room", "Host: A\r\n", {400}),
    ("http://evil.example:P/room", "Host: evil.example:P\r\n", {400, 421}),
    ("//evil.example/room", "Host: A\r\n", {400, 404}),
    ("*", "Host: A\r\n", {400, 404}),
    ("/chat", "Host: A\r\n", {426}),
    ("/chat", "Host: evil.example:P\r\n" + UPGRADE, {421}),
    ("/chat", "Host: evil.example:P\r\nOrigin: https://evil.example:P\r\n" + UPGRADE, {421}),
    ("/chat", "Host: A\r\nOrigin: https://evil.example\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: null\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: \r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: http://A\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: https://A.evil.example\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: https://A/\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: https://A@evil.example\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: https://A\r\nOrigin: https://evil.example\r\n" + UPGRADE, {403}),
    ("/chat", "Host: A\r\nOrigin: file://\r\n" + UPGRADE, {403}),
    ("/chat/", "Host: A\r\n" + UPGRADE, {404}),
    ("/CHAT", "Host: A\r\n" + UPGRADE, {404}),
    ("/chat", "Host: A\r\n" + UPGRADE.replace("13", "12"), {400, 426}),
    ("/chat", "Host: A\r\n" + UPGRADE.replace("Sec-WebSocket-Key", "X-Key"), {400}),
    ("/chat", "Host: A\r\nOrigin: https://A\r\n" + UPGRADE, {101}),
    ("/room", "Host: A\r\n", {200}),
]


def ask(target, path, headers, opener):
    with opener() as connection:
        authority = target.authority
        request = f"GET {path} HTTP/1.1\r\n{headers}Accept: */*\r\n\r\n"
        request = request.replace(":P", f":{target.port}")
        request = re.sub(r"(?<=[ /@])A(?=[\r./@,])", authority, request)
        connection.sendall(request.encode())
        answer = b""
        with contextlib.suppress(*ENDS):
            while b"\r\n\r\n" not in answer:
                more = connection.recv(65536)
                if not more:
                    break
                answer += more
        return status_of(answer), answer


def host_tricks(target):
    """Host, target and Origin; and the same without TLS, where nothing of the chat may answer."""
    counts = {"asked": 0, "wrong": []}
    turns = Turns(target, itertools.product(TRICKS, (target.tls, target.tcp)))

    def one(number):
        with turns.take() as ((path, headers, expected), opener):
            status, answer = ask(target, path, headers, opener)
        counts["asked"] += 1
        is_wrong = (status not in expected if opener == target.tls else
                    status == 101 or b'"locked"' in answer)
        if is_wrong and len(counts["wrong"]) < 10:
            counts["wrong"].append([opener.__name__, path, headers, status])
    rage(target, 4, one)
    return counts


PATHS = [
    "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd",
    "/./././../secret.txt", "/sub/../../secret.txt", "/..\\..\\secret.txt", "/..%5c..%5csecret.txt",
    "/.hidden", "/.git/config", "/sub/.hidden", "/%2ehidden", "/link", "/linked/secret.txt", "/absolute",
    "/sub", "/sub/", "/fifo", "/index.html%00.js", "/index.html%00", "/%c0%ae%c0%ae/secret.txt",
    "/..;/secret.txt", "/%252e%252e/secret.txt", "/proc/self/environ", "/index.html/",
    "/big", "/" + "a" * 5000, "/" + "sub/" * 2000, "/" + "../" * 2000 + "etc/passwd", "/%", "/%zz", "/\x01",
    "/resource:///index.html", "/file:///etc/passwd", "/INDEX.HTML", "/~root",
]


def asset_paths(target):
    """Ways out of the page's folder, which holds what must not be served."""
    counts = {"asked": 0, "found": []}
    turns = Turns(target, PATHS)

    def one(number):
        with turns.take() as path, target.tls(patience=5) as tls:
            tls.sendall(f"GET {path} HTTP/1.1\r\nHost: {target.authority}\r\n"
                        "Connection: close\r\n\r\n".encode())
            answer = drain(tls)
        counts["asked"] += 1
        if (status_of(answer) not in (0, 400, 404, 431) or b"root:" in answer or b"SECRET" in answer):
            if len(counts["found"]) < 10:
                counts["found"].append([path[:60], answer[:200].decode("latin-1")])
    rage(target, 4, one)
    return counts
