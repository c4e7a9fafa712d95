# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's pings: every 20 s, and a peer that stops answering is gone 10 s later."""

import time

from hubbub import Host, connect, run

UPGRADE = """GET /chat HTTP/1.1
Host: 127.0.0.1:{port}
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

"""


def test_silent_peer_is_gone_after_its_ping():
    with Host() as host:
        connection = connect(host.port)
        connection.sendall(UPGRADE.format(port=host.port).replace("\n", "\r\n").encode())
        head = connection.recv(65536)
        assert head.startswith(b"HTTP/1.1 101"), head
        name = b"Ana"
        connection.sendall(b"\x81" + bytes([0x80 | len(name)]) + b"\0\0\0\0" + name)
        heard = time.monotonic()
        frames = b""
        while b"\x89\x00" not in frames:
            frames += connection.recv(65536)
        pinged = time.monotonic()
        assert 15 < pinged - heard < 40, pinged - heard
        while connection.recv(65536):
            pass
        assert 8 < time.monotonic() - pinged < 25, time.monotonic() - pinged
        assert host.wait_event("left")["name"] == "Ana"


def test_answering_peer_stays():
    with Host() as host:
        connection = connect(host.port)
        connection.sendall(UPGRADE.format(port=host.port).replace("\n", "\r\n").encode())
        connection.recv(65536)
        connection.settimeout(60)
        for _ in range(2):
            frames = b""
            while b"\x89\x00" not in frames:
                more = connection.recv(65536)
                assert more, "the host closed an answering peer"
                frames += more
            connection.sendall(b"\x8a\x80\0\0\0\0")
        connection.close()


run(globals())
