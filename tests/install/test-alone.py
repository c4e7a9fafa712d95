# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""hubbub-server is one file: alone in a system that has nothing but the libraries it is linked with,
it serves the page and a chat."""

import contextlib
import os
import re
import shutil
import stat
import subprocess
import tempfile

from hubbub import SERVER, Host, Skip, connect, request, run
from meson_tree import need
from page_guest import PageGuest

PROGRAM = "/alone/hubbub-server"
DATA = "/alone/data"
# Sanitizers read /proc, as the system's own programs do.
ENTER = 'mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"'


def enter(root, *command):
    """What runs @command in the system below @root, with mounts of its own."""
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--mount", "sh", "-c", ENTER, root, *command]


@contextlib.contextmanager
def nothing_but_libraries():
    """Yields: where it is"""
    need("ldd", "unshare", "chroot")
    probe = subprocess.run(enter("/", "true"), check=False, capture_output=True, text=True)
    if probe.returncode:
        raise Skip(f"no mounts of our own here: {probe.stderr.strip()}")
    told = subprocess.run(["ldd", SERVER], check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory(prefix="hub-") as root:
        # The loader looks where the system's own does: under the name that a library was found by.
        for path in re.findall(r"(/\S+) \(0x", told):
            os.makedirs(root + os.path.dirname(path), exist_ok=True)
            shutil.copy(path, root + path)
        os.mkdir(os.path.join(root, "proc"))
        os.mkdir(os.path.dirname(root + PROGRAM))
        shutil.copy(SERVER, root + PROGRAM)
        yield root


def test_alone():
    with nothing_but_libraries() as root:
        env = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        with Host(wrapper=enter(root), program=PROGRAM, data_dir=DATA, env=env) as host:
            with connect(host.port) as connection:
                address = f"Host: 127.0.0.1:{host.port}\n\n"
                for path, content in (("/", b"<!doctype html>"), ("/app.js", b"const "),
                                      ("/words-ar.json", b"{")):
                    status, _, body = request(connection, f"GET {path} HTTP/1.1\n{address}")
                    assert status == 200 and content in body, (path, status, body[:200])
            with PageGuest(host.port, "Zoë") as guest, PageGuest(host.port, "علي") as other:
                guest.tell(type="say", ref=1, text="Grüße 👋")
                assert other.wait("said")["text"] == "Grüße 👋"
            assert host.stop() == 0, host.errors
            complaints = [line for line in host.errors if "running as root" not in line]
            assert not complaints, complaints
        for name in ("ca-key.pem", "server-key.pem"):
            mode = stat.S_IMODE(os.stat(os.path.join(root + DATA, name)).st_mode)
            assert mode == 0o600, (name, oct(mode))


if __name__ == "__main__":
    run(globals())
