#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host types at a terminal, alone there or beside a shell with its job control."""

import contextlib
import fcntl
import os
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import termios
import threading

from hubbub import PATIENCE, SERVER, Skip, connect, free_port, poll, run
from plain_guest import Guest


class Screen:
    """A terminal: what is on it, and somebody who types."""

    def __init__(self):
        self.controller, self.terminal = pty.openpty()
        self.text = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError):
            while data := os.read(self.controller, 65536):
                self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")

    def type(self, text):
        """Types @text; returns where its echo begins."""
        start = len(self.text)
        os.write(self.controller, text.encode())
        return start

    def wait(self, text, start=0):
        poll(lambda: text in self.text[start:], f"{text!r} on the screen")

    def start(self, command, **popen):
        """Runs @command as a login would: a session of its own on this terminal."""
        process = subprocess.Popen(command, stdin=self.terminal, stdout=self.terminal,
                                   stderr=self.terminal, start_new_session=True,
                                   preexec_fn=lambda: os.tcsetpgrp(0, self._take()), **popen)
        os.close(self.terminal)
        return process

    @staticmethod
    def _take():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        return os.getpgrp()


def environment():
    return {**{k: v for k, v in os.environ.items() if k != "JOURNAL_STREAM"},
            "TERM": "xterm", "PS1": "ready> ", "HISTFILE": "", "LC_ALL": "C.UTF-8"}


def end(process):
    if process.poll() is None:
        process.kill()
    return process.wait(PATIENCE)


def test_terminal():
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        screen, port = Screen(), free_port()
        process = screen.start([SERVER, "--data-dir", folder, "--port", str(port), "--address",
                                "127.0.0.1"], env=environment())
        try:
            screen.wait("Type help for what the host can do here.")
            screen.wait("remove \"NAME\"", screen.type("help\n"))

            with Guest(port, "Zoë 小") as guest:
                screen.wait("Zoë 小 joined (1 here)")
                start = screen.type("who\n")
                screen.wait("Device", start)
                screen.wait("1  Zoë 小 ", start)
                start = screen.type('remove "Zoë 小"\n')
                screen.wait("Zoë 小 was removed (0 here)", start)
                screen.wait("Others behind the same address are kept out too.", start)
                guest.wait_line("! The host has removed you from this chat.")
                assert guest.read_close() == 4002

            # Ctrl+D is no end here, and what stands before it is part of the line.
            screen.wait("Locked. ", screen.type("lo\x04\x04ck\n\x04"))
            screen.wait("Unlocked. ", screen.type("unlock\n"))
            start = screen.type("quit\n")
            assert process.wait(PATIENCE) == 0
            screen.wait("The chat has ended.", start)
        finally:
            end(process)


def state_of(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()[0]


def test_job_control():
    """In the background the terminal is the shell's: the host reads nothing of it and goes on."""
    if not shutil.which("bash"):
        raise Skip("bash is not installed")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        screen, port = Screen(), free_port()
        shell = screen.start(["bash", "--norc", "--noprofile", "-i"],
                             env={**environment(), "HOST": SERVER})
        try:
            screen.wait("ready> ")
            screen.type(f'"$HOST" --data-dir {folder} --port {port} --address 127.0.0.1 & \n')
            screen.wait("Ctrl+C ends the chat")
            pid = None
            for number in range(20):
                start = screen.type(f"echo shell-$((40 + {number})); lock\n")
                screen.wait(f"shell-{40 + number}\n", start)
                screen.wait("lock: command not found", start)
            start = screen.type("echo pid-$!-\n")
            poll(lambda: re.search(r"pid-\d+-", screen.text[start:]), "the host's id")
            pid = int(re.search(r"pid-(\d+)-", screen.text[start:]).group(1))
            connect(port).close()
            assert state_of(pid) != "T"

            screen.type("fg\n")
            poll(lambda: os.getpgid(pid) == os.tcgetpgrp(screen.controller), "the foreground")
            screen.wait("0 here", screen.type("who\n"))
            assert "Locked" not in screen.text and "not a command" not in screen.text, screen.text

            # Ctrl+Z stops it as it does any program; continued in the background it serves again.
            screen.type("\x1a")
            poll(lambda: state_of(pid) == "T", "the stop")
            screen.type("bg\n")
            poll(lambda: state_of(pid) != "T", "the host to go on")
            connect(port).close()
            screen.type("fg\n")
            poll(lambda: os.getpgid(pid) == os.tcgetpgrp(screen.controller), "the foreground")
            screen.wait("The chat has ended.", screen.type("quit\n"))
            screen.type("exit\n")
            shell.wait(PATIENCE)
        finally:
            if pid and os.path.exists(f"/proc/{pid}"):
                os.kill(pid, signal.SIGKILL)
            end(shell)


if __name__ == "__main__":
    run(globals())
