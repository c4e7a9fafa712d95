# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What attackers are made of: sockets that expect nothing of the host, and frames made beforehand.

Each attack is a function of a Target, runs in a process of its own until it is told to stop, and
returns what it saw as a dictionary.
"""

import contextlib
import itertools
import json
import os
import random
import socket
import ssl
import struct
import threading
import time

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FIN = 0x80
# An end that the host may choose: a reset, a close, an alert of TLS, silence.
ENDS = (OSError, EOFError)  # ssl.SSLError and TimeoutError are OSErrors


class Target:
    """The host under attack. `stop` is set when the attack is to end: when it is told to and, where
    it has Turns, each of them was had."""

    def __init__(self, address, port):
        self.address = address
        self.port = port
        self.stop = threading.Event()
        self.turns = None
        self._is_on = threading.Event()
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    @property
    def authority(self):
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    def on(self):
        """The attack is in force: only now the honest crowd comes in."""
        if not self._is_on.is_set():
            self._is_on.set()
            print("on", flush=True)

    def tcp(self, patience=20, receive_bytes=0, source=None):
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        raw = socket.socket(family, socket.SOCK_STREAM)
        try:
            if receive_bytes:  # before connecting: it decides the window that is offered
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
            if source:
                raw.bind((source, 0))
            raw.settimeout(patience)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            raw.connect((self.address, self.port))
        except OSError:
            raw.close()
            raise
        return raw

    def tls(self, **options):
        raw = self.tcp(**options)
        try:
            return self.context.wrap_socket(raw)
        except OSError:
            raw.close()
            raise

    def chat(self, protocol=None, **options):
        return Chat(self.tls(**options), self.authority, protocol)

    def guest(self, name, **options):
        """A Chat that has joined the plain chat as @name."""
        chat = self.chat(**options)
        chat.say(name)
        while True:
            line = chat.read_text()
            if line == f"* {name} joined":
                return chat
            if line.startswith("! "):
                chat.close()
                raise PermissionError(line)


class Turns:
    """What an attack tries, one after another by all its threads together, and again."""

    def __init__(self, target, kinds):
        self.kinds = list(kinds)
        self.tried = itertools.count()
        self._left = set(range(len(self.kinds)))
        target.turns = self

    @contextlib.contextmanager
    def take(self):
        """The next kind. An exception means that it could not be tried."""
        at = next(self.tried) % len(self.kinds)
        yield self.kinds[at]
        self._left.discard(at)

    def count_left(self):
        """How many have not been tried yet."""
        return len(self._left)


class Chat:
    """A WebSocket connection after its upgrade."""

    def __init__(self, connection, authority, protocol=None):
        self.connection = connection
        self._data = b""
        wanted = f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol else ""
        connection.sendall((f"GET /chat HTTP/1.1\r\nHost: {authority}\r\nConnection: Upgrade\r\n"
                            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + wanted +
                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").encode())
        while b"\r\n\r\n" not in self._data:
            self._fill()
        head, _, self._data = self._data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101 "):
            connection.close()
            raise ConnectionError(head)

    def _fill(self):
        more = self.connection.recv(65536)
        if not more:
            raise EOFError
        self._data += more

    def _take(self, count):
        while len(self._data) < count:
            self._fill()
        head, self._data = self._data[:count], self._data[count:]
        return head

    def read_frame(self):
        """Returns: (opcode, payload)"""
        first, length = self._take(2)
        if length == 126:
            length = struct.unpack("!H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._take(8))[0]
        return first & 0x0F, self._take(length)

    def read_text(self):
        """The next text; what else comes is passed over. EOFError at the host's close."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == TEXT:
                return payload.decode()
            if opcode == CLOSE:
                raise EOFError

    def read_object(self, *kinds):
        """The next JSON object of one of these types."""
        while True:
            found = json.loads(self.read_text())
            if found["type"] in kinds:
                return found

    def read_end(self):
        """Reads to the end. Returns: the close code, or 0 where there was none"""
        code = 0
        with contextlib.suppress(*ENDS):
            while True:
                opcode, payload = self.read_frame()
                if opcode == CLOSE:
                    code = struct.unpack("!H", payload[:2])[0] if payload else 1005
        return code

    def send(self, data):
        self.connection.sendall(data)

    def say(self, text):
        self.send(frame(TEXT, text.encode()))

    def tell(self, **members):
        self.say(json.dumps(members))

    def close(self):
        self.connection.close()


def frame(opcode, payload=b"", first=FIN, is_masked=True, length=None):
    """A frame as a client sends it; @first is the upper half of its first byte, @length what it
    says its length is. The mask is zero, which is as good as any."""
    length = len(payload) if length is None else length
    bit = 0x80 if is_masked else 0
    if length < 126:
        size = bytes([bit | length])
    elif length < 65536:
        size = bytes([bit | 126]) + struct.pack("!H", length)
    else:
        size = bytes([bit | 127]) + struct.pack("!Q", length)
    return bytes([first | opcode]) + size + (bytes(4) if is_masked else b"") + payload


def secret():
    return os.urandom(16).hex()


def letters(count=8):
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=count))


def pour(connection, data, stop, most=1 << 30):
    """Sends @data again and again until the host ends it. Returns: the bytes that were taken"""
    sent = 0
    with contextlib.suppress(*ENDS):
        while not stop.is_set() and sent < most:
            sent += connection.send(data)
    return sent


def drain(connection):
    """Reads to the end. Returns: what came"""
    data = b""
    with contextlib.suppress(*ENDS):
        while True:
            more = connection.recv(65536)
            if not more:
                break
            data += more
    return data


def reset(connection):
    """Closes without a word: the host gets a reset."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hold(target, count, opener):
    """@count connections that @opener() makes, or as many as the host allows; closed at the end."""
    held = contextlib.ExitStack()
    kept = []
    for _ in range(count):
        if target.stop.is_set():
            break
        with contextlib.suppress(*ENDS):
            kept.append(held.enter_context(contextlib.closing(opener())))
    return held, kept


def crowd(target, count, body):
    """Runs @body(number) again and again in @count threads until the stop. What the host does to a
    connection ends one round, with a short rest: at most some hundred rounds a second in all."""
    failures = []

    def live(number):
        while not target.stop.is_set() and not failures:
            try:
                body(number)
            except ENDS:
                target.stop.wait(0.1)
            except Exception as problem:  # what an attack did not expect fails its test
                failures.append(problem)

    threads = [threading.Thread(target=live, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads, failures


def wait_crowd(target, threads, failures, patience=0.5):
    """Waits for the stop. Who still waits for the host @patience seconds later goes with the process."""
    while not target.stop.wait(0.1) and not failures:
        pass
    deadline = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    if failures:
        raise failures[0]


def rage(target, count, body, patience=0.5):
    """crowd() from its beginning to its end."""
    threads, failures = crowd(target, count, body)
    target.on()
    wait_crowd(target, threads, failures, patience)
