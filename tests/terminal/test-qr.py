# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The QR code that guests pass on says what it should to a reader of somebody else's."""

import os
import re
import shutil
import subprocess
import tempfile

from hubbub import Host, Skip, connect, request, run

# Pixels a module.
SCALE = 4


def ask(host, authority):
    with connect(host.port) as connection:
        status, headers, body = request(connection, f"GET /qr.svg HTTP/1.1\nHost: {authority}\n\n")
    assert status == 200 and headers["content-type"] == "image/svg+xml", (status, headers)
    return body.decode()


def draw(svg):
    """A portable graymap of the one path, whose rectangles are all that a drawing program needs."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        rows[int(y)][int(x):int(x) + int(width)] = bytes(int(width))
    pixels = b"".join(b"".join(bytes([value]) * SCALE for value in row) * SCALE for row in rows)
    return b"P5 %d %d 255\n" % (side * SCALE, side * SCALE) + pixels


def read(svg):
    with tempfile.TemporaryDirectory(prefix="hub-qr-") as folder:
        path = os.path.join(folder, "qr.pgm")
        with open(path, "wb") as file:
            file.write(draw(svg))
        done = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", path], check=True,
                              capture_output=True, text=True)
    return done.stdout.strip()


def test_says_the_address_of_the_request():
    if not shutil.which("zbarimg"):
        raise Skip("zbarimg is not installed: nothing reads the code back")
    with Host("--allow-host", "chat.example.org", "--ask-code") as host:
        code = host.wait_event("ready")["code"]
        for authority, address in (
                (f"chat.example.org:{host.port}", f"https://chat.example.org:{host.port}/"),
                (f"127.0.0.1:{host.port}", host.urls[0])):
            said = read(ask(host, authority))
            assert said == address, (said, address)
            assert len(code) == 6 and code not in said


run(globals())
