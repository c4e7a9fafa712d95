# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest of the JSON contract, as the page is one: it has a device, a seat and may be away.

As a program, for a guest in a network of its own: page_guest.py ADDRESS PORT NAME [CODE] joins and
prints every object it is sent, a line each, then {"type": "closed", "code": …}.
"""

import contextlib
import json
import os
import queue
import select
import struct
import sys
import threading

from hubbub import PATIENCE
from plain_guest import CLOSE, PING, PONG, TEXT, Guest

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


class PageGuest(Guest):
    """Joins as @name. `welcome` is what the host answered. A thread reads what comes and answers
    pings, so that a guest who has nothing to do stays."""

    def __init__(self, port, name, address="127.0.0.1", code=None, agent=IPHONE):
        self._turn = threading.Lock()  # a TLS connection is for one thread at a time
        self._open(port, address, "Sec-WebSocket-Protocol: hubbub.v1\r\n"
                                  f"User-Agent: {agent}\r\nOrigin: https://{address}:{port}\r\n")
        hello = {"type": "hello", "name": name, "join": os.urandom(16).hex()}
        self._arrived = queue.SimpleQueue()
        self.tell(**hello, **({"code": code} if code else {}))
        threading.Thread(target=self._read, daemon=True).start()
        self.welcome = self.wait("welcome", "refused")

    def tell(self, **object_):
        self.say(json.dumps(object_))

    def send_frame(self, opcode, payload):
        with self._turn:
            super().send_frame(opcode, payload)

    def _fill(self):
        if not self._socket.pending():
            select.select([self._socket], [], [])
        with self._turn:
            super()._fill()

    def _read(self):
        with contextlib.suppress(OSError, ValueError):  # ValueError: we closed it
            while True:
                opcode, payload = self.read_frame()
                if opcode == TEXT:
                    self._arrived.put(json.loads(payload))
                elif opcode == PING:
                    self.send_frame(PONG, payload)
                elif opcode == CLOSE:
                    code = struct.unpack("!H", payload[:2])[0]
                    self._arrived.put({"type": "closed", "code": code})
                    return
        self._arrived.put({"type": "closed", "code": None})  # without a goodbye

    def objects(self, patience=PATIENCE):
        """Yields what the host sends; its close as {"type": "closed"}, the last one."""
        while True:
            try:
                object_ = self._arrived.get(timeout=patience)
            except queue.Empty:
                raise AssertionError(f"nothing came for {patience} s") from None
            yield object_
            if object_["type"] == "closed":
                return

    def wait(self, *kinds):
        """Returns: the next object that is one of @kinds"""
        for object_ in self.objects():
            if object_["type"] in kinds:
                return object_
        raise AssertionError(f"closed before {kinds}")


def main(address, port, name, *code):
    guest = PageGuest(int(port), name, address, *code)
    print(json.dumps(guest.welcome), flush=True)
    for object_ in guest.objects(patience=None):
        print(json.dumps(object_), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
