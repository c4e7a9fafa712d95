# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest of the plain contract: a few lines of RFC 6455 over TLS, so that a test can misbehave."""

import os
import struct
import time

from hubbub import connect

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
ASK_AGAIN_S = 1.1


class Guest:
    """Joins as @name and then says and reads nothing unless asked to. A room that is locked is asked
    again until it is not."""

    def __init__(self, port, name, address="127.0.0.1"):
        self._open(port, address)
        self.say(name)
        while (line := self._read_line()) != f"* {name} joined":
            if line.startswith("! "):
                assert "locked" in line, line
                time.sleep(ASK_AGAIN_S)  # poll: one a second may ask
                self.say(name)

    def _open(self, port, address, headers=""):
        """Asks for the WebSocket, with more @headers, each with CR LF at its end."""
        self._socket = connect(port, address)
        self._data = b""
        self._socket.sendall((f"GET /chat HTTP/1.1\r\nHost: {address}:{port}\r\n"
                              "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                              "Sec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                              f"{headers}\r\n").encode())
        head = self._read_until(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _fill(self):
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("closed by the host")
        self._data += more

    def _read_until(self, mark):
        while mark not in self._data:
            self._fill()
        head, _, self._data = self._data.partition(mark)
        return head

    def _read_bytes(self, count):
        while len(self._data) < count:
            self._fill()
        head, self._data = self._data[:count], self._data[count:]
        return head

    def read_frame(self):
        """Returns: (opcode, payload) of the host's next frame."""
        first, length = self._read_bytes(2)
        assert first & 0x80 and not length & 0x80, (first, length)
        if length == 126:
            length = struct.unpack("!H", self._read_bytes(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._read_bytes(8))[0]
        return first & 0x0F, self._read_bytes(length)

    def _read_line(self):
        while True:
            opcode, payload = self.read_frame()
            if opcode == TEXT:
                return payload.decode()

    def wait_line(self, line):
        while self.read_frame() != (TEXT, line.encode()):
            pass

    def read_close(self):
        """Reads up to the host's close. Returns: its code"""
        while True:
            opcode, payload = self.read_frame()
            if opcode == CLOSE:
                return struct.unpack("!H", payload[:2])[0]

    def say(self, text):
        self.send_frame(TEXT, text.encode())

    def send_frame(self, opcode, payload):
        """Sends one frame of up to 64 KiB, whatever is in it."""
        mask = os.urandom(4)
        length = (bytes([0x80 | len(payload)]) if len(payload) < 126
                  else bytes([0x80 | 126]) + struct.pack("!H", len(payload)))
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self._socket.sendall(bytes([0x80 | opcode]) + length + mask + masked)

    def wait_ping(self):
        while self.read_frame()[0] != PING:
            pass

    def wait_end(self):
        """Reads until the host closes the connection."""
        while self._socket.recv(65536):
            pass

    def close(self):
        """Without a word, as when a lid is shut."""
        self._socket.close()
