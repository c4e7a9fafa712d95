#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a chat ends, and what must not end it: signals, hangups, readers and terminals that go away."""

import fcntl
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import termios
import time
from signal import SIGHUP, SIGINT, SIGTERM

from hubbub import (Host, Skip, connect, free_port, make_pair, poll, request, run,
                    served_fingerprint)
from plain_guest import Guest

# By itself an end takes less than 2 s; as much again is for a busy machine. One that is held up takes
# longer: by libsoup's closes 4.8 s, by others for ever.
STOP_SECONDS = 4.0


def is_serving(port):
    try:
        with connect(port) as connection:
            status, _, body = request(connection, f"GET /room HTTP/1.1\nHost: 127.0.0.1:{port}\n\n")
    except ConnectionRefusedError:
        return False
    assert status == 200 and b'"locked":false' in body, (status, body)
    return True


def stop_with_silent_guests(number):
    with Host("--max-message-rate", "0") as host:
        guests = [Guest(host.port, f"Guest {i}") for i in range(50)]
        host.wait_event("joined", 50)
        began = time.monotonic()
        host.signal(number)
        assert host.wait() == 0
        took = time.monotonic() - began
        assert took < STOP_SECONDS, f"took {took} s"
        for guest in guests:
            assert guest.read_close() == 1001
            guest.close()
    return took


def test_sigterm_with_silent_guests():
    print(f"# took {stop_with_silent_guests(SIGTERM):.2f} s")


def test_sigint_with_silent_guests():
    print(f"# took {stop_with_silent_guests(SIGINT):.2f} s")


def test_frozen_peers():
    """Connections that never say anything do not hold the end up either."""
    with Host() as host:
        silent = [socket.create_connection(("127.0.0.1", host.port)) for _ in range(20)]
        shaken = [connect(host.port) for _ in range(5)]
        began = time.monotonic()
        assert host.stop() == 0
        assert time.monotonic() - began < STOP_SECONDS
        for peer in silent + shaken:
            peer.close()


def test_second_signal():
    with Host(json_lines=False) as host:
        poll(lambda: any("is open" in line for line in host.lines), "the chat")
        port = int(re.search(r":(\d+)/", "\n".join(host.lines)).group(1))
        guest = Guest(port, "Ana")
        host.signal(SIGINT)
        poll(lambda: any("Ending" in line for line in host.lines), "the end")
        host.signal(SIGTERM)
        assert host.wait() == 128 + SIGTERM
        guest.close()


def test_reader_gone():
    """EPIPE: nobody reads what is printed any more, the chat goes on."""
    read_end, write_end = os.pipe()
    port = free_port()
    with Host(port=port, stdout=write_end, wait=False) as host:
        os.close(write_end)
        assert os.read(read_end, 4096).startswith(b'{"type":"ready"')
        os.close(read_end)
        for name in ("Ana", "Bob"):
            Guest(port, name).close()
        assert is_serving(port)
        assert host.stop() == 0


def test_output_closed():
    """Started without a standard output: nothing else takes its place."""
    port = free_port()
    with Host(port=port, stdout=None, wait=False, preexec_fn=lambda: os.close(1)) as host:
        poll(lambda: is_serving(port), "the chat")
        Guest(port, "Ana").close()
        assert os.readlink(f"/proc/{host.process.pid}/fd/1") == "/dev/null"
        assert host.stop() == 0


def test_reader_frozen():
    """A pipe that nobody reads from fills up; neither the chat nor its end waits for it."""
    read_end, write_end = os.pipe()
    fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, 4096)
    port = free_port()
    with Host(port=port, stdout=write_end, wait=False) as host:
        os.close(write_end)
        poll(lambda: is_serving(port), "the chat")
        for i in range(60):
            Guest(port, f"Guest with quite a long name {i}").close()
        assert is_serving(port)
        began = time.monotonic()
        assert host.stop() == 0
        assert time.monotonic() - began < STOP_SECONDS
        os.close(read_end)


def test_input_ends():
    with Host(stdin=subprocess.PIPE) as host:
        host.process.stdin.close()
        Guest(host.port, "Ana").close()
        host.wait_event("left")
        assert is_serving(host.port)
        assert host.stop() == 0


def take_terminal(terminal):
    """For a child: a session of its own whose controlling terminal is @terminal."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def test_terminal_hangs_up():
    """A closed window or a lost SSH connection: SIGHUP, and EIO from then on."""
    controller, terminal = pty.openpty()
    port = free_port()
    with Host(port=port, stdin=terminal, stdout=terminal, stderr=terminal, wait=False,
              preexec_fn=lambda: take_terminal(terminal)) as host:
        os.close(terminal)
        assert b"ready" in read_terminal(controller, b"ready")
        guest = Guest(port, "Ana")
        began = time.monotonic()
        os.close(controller)
        assert guest.read_close() == 1001
        assert host.wait() == 0
        assert time.monotonic() - began < STOP_SECONDS
        guest.close()


def read_terminal(controller, mark):
    printed = b""
    while mark not in printed:
        printed += os.read(controller, 65536)
    return printed


def test_hangup_ignored():
    """nohup(1) ignores the hangup for the program; so does the program then."""
    controller, terminal = pty.openpty()

    def prepare():
        take_terminal(terminal)
        signal.signal(SIGHUP, signal.SIG_IGN)

    with Host(preexec_fn=prepare, stdin=terminal) as host:
        os.close(terminal)
        os.close(controller)
        Guest(host.port, "Ana").close()
        host.wait_event("left")
        assert is_serving(host.port)
        assert host.stop() == 0


def test_hangup_reloads_certificate():
    """A service has no terminal: SIGHUP reads the owner's files again, or keeps the old ones."""
    if not shutil.which("openssl"):
        raise Skip("openssl is not installed")
    with tempfile.TemporaryDirectory() as folder:
        make_pair(folder)
        certificate = os.path.join(folder, "certificate.pem")
        with Host("--certificate", certificate, "--private-key", os.path.join(folder, "key.pem"),
                  start_new_session=True) as host:
            first = served_fingerprint(host.port)
            assert host.fingerprint.replace(":", "") == first
            guest = Guest(host.port, "Ana")

            make_pair(folder)
            host.signal(SIGHUP)
            second = host.wait_event("certificate")["fingerprint"].replace(":", "")
            assert second != first
            assert served_fingerprint(host.port) == second

            with open(certificate, "w", encoding="ascii") as file:
                file.write("broken")
            host.signal(SIGHUP)
            assert "certificate" in host.wait_event("warning")["text"]
            assert served_fingerprint(host.port) == second

            guest.say("still here")
            guest.wait_line("Ana: still here")
            guest.close()
            assert host.stop() == 0


if __name__ == "__main__":
    run(globals())
