# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest by two POSTs, as the page is one where WebSocket does not work."""

import json
import os
import queue
import threading
import time

from hubbub import PATIENCE, connect, read_response


def post(connection, port, path, object_, *headers, address="127.0.0.1"):
    """Sends @object_, as bytes or to be written as JSON, as a page of the host's own would."""
    body = object_ if isinstance(object_, bytes) else json.dumps(object_).encode()
    connection.sendall("\r\n".join([
        f"POST {path} HTTP/1.1", f"Host: {address}:{port}", f"Origin: https://{address}:{port}",
        "Sec-Fetch-Site: same-origin", "Content-Type: application/json",
        f"Content-Length: {len(body)}", *headers, "", ""]).encode() + body)


class LineGuest:
    """Says hello as @name, with @more members. `welcome` is what the host answered; a thread reads the
    stream. What the guest says goes over one connection, which is kept."""

    def __init__(self, port, name, join=None, **more):
        self.port = port
        self.join = join or os.urandom(16).hex()
        self.blank_lines = []  # when each came
        self._arrived = queue.SimpleQueue()
        self.stream = connect(port)
        self.sayer = connect(port)
        post(self.stream, port, "/stream",
             {"type": "hello", "name": name, "join": self.join, **more})
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.welcome = self.wait("welcome", "refused")
        self.token = self.welcome.get("token")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.stream.close()
        self.sayer.close()

    def _read(self):
        self.stream.settimeout(None)
        try:
            with self.stream.makefile("rb") as lines:
                status = lines.readline()
                assert status.startswith(b"HTTP/1.1 200 "), status
                while lines.readline() != b"\r\n":
                    pass
                for line in lines:
                    if line == b"\n":
                        self.blank_lines.append(time.monotonic())
                    else:
                        self._arrived.put(json.loads(line))
            self._arrived.put({"type": "closed"})
        except (OSError, ValueError):  # ValueError: we closed it
            self._arrived.put({"type": "lost"})

    def say(self, object_):
        """Returns: the status"""
        post(self.sayer, self.port, "/say", object_, f"Authorization: Bearer {self.token}")
        return read_response(self.sayer)[0]

    def wait(self, *kinds):
        """Returns: the next object that is one of @kinds; the end is "closed" if it was polite, else
        "lost"."""
        while True:
            try:
                object_ = self._arrived.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"nothing came for {PATIENCE} s before {kinds}") from None
            if object_["type"] in kinds:
                return object_
            assert object_["type"] not in ("closed", "lost"), (object_, kinds)
