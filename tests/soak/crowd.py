# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs hub-soak-crowd."""

import json
import os
import signal
import subprocess
import threading

from hubbub import poll

PROGRAM = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "tests", "soak", "hub-soak-crowd")
PATIENCE = 300.0


class Crowd:
    """A crowd as a process; `figures` is the latest that it told."""

    def __init__(self, port, returning=False, **options):
        arguments = [f"--{name}={value}" for name, value in options.items()]
        if returning:
            arguments.append("--returning")
        self.process = subprocess.Popen([PROGRAM, f"--port={port}", *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.figures = None
        self._counts = {}
        self._answers = {}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait("joined")

    def _read(self):
        for line in self.process.stdout:
            if line.startswith(b"{"):  # else it is the last word of a failed assertion
                self.figures = json.loads(line)
                kind = self.figures["type"]
                self._answers[kind] = self.figures
                self._counts[kind] = self._counts.get(kind, 0) + 1

    def check(self):
        assert self.process.poll() is None, f"a crowd ended with {self.process.returncode}"

    def tell(self, command):
        self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()

    def wait(self, kind, count=1):
        """The @count-th answer of this type."""
        def answered():
            self.check()
            return self._counts.get(kind, 0) >= count
        poll(answered, kind, PATIENCE)
        return self._answers[kind]

    def signal(self, number):
        self.process.send_signal(number)

    def wait_end(self):
        status = self.process.wait(PATIENCE)
        assert status == 0, f"a crowd ended with {status}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdin.close()
        self.process.stdout.close()
