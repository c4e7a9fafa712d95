# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host and its peers as processes: how each is started, and why one cannot be."""

import contextlib
import json
import os
import platform
import select
import shutil
import subprocess
import time
from pathlib import Path

PEERS = Path(__file__).resolve().parent / "peers"
START_S = 20
STOP_S = 5

# Admission and rates off: one machine plays all guests. Only what the program knows is given.
NO_CAPS = ("--max-guests", "--max-per-address", "--max-pending", "--max-attempts",
           "--max-message-rate")


class Missing(Exception):
    """A server that cannot be had here; the text says why."""


def make_certificate(directory: Path) -> tuple[Path, Path]:
    """A P-256 certificate that all servers use."""
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", certificate, "-days", "30", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return certificate, key


class Server:
    """What can be measured. `command(certificate, key, directory)` may raise Missing."""

    name = ""

    def command(self, certificate: Path, key: Path, directory: Path) -> list:
        raise NotImplementedError

    def read_port(self, line: str) -> int | None:
        """The port, if @line of the standard output tells it."""
        return int(line)

    @contextlib.contextmanager
    def running(self, certificate: Path, key: Path, directory: Path, cores: set[int] | None):
        """Starts a new process. Yields (pid, port); ends it, and only it."""
        process = subprocess.Popen(
            [str(part) for part in self.command(certificate, key, directory)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None)
        try:
            yield process.pid, self._wait_port(process)
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    def _wait_port(self, process: subprocess.Popen) -> int:
        deadline = time.monotonic() + START_S
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([process.stdout], [], [], left)[0]:
                break
            line = process.stdout.readline()
            if not line:
                break
            port = self.read_port(line)
            if port:
                return port
        raise Missing(f"{self.name} did not start")


class Hubbub(Server):
    """This project's host."""

    name = "hubbub"

    def __init__(self, program: Path):
        self.program = program
        known = subprocess.run([program, "--help"], check=True, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
        self.caps = [word for cap in NO_CAPS if cap + "=" in known for word in (cap, "0")]

    def command(self, certificate, key, directory):
        return [self.program, "--json", "--address", "127.0.0.1", "--port", "0", "--data-dir",
                directory / "hubbub", "--certificate", certificate, "--private-key", key, *self.caps]

    def read_port(self, line):
        event = json.loads(line) if line.startswith("{") else {}
        return event.get("port") if event.get("type") == "ready" else None


class Bun(Server):
    """Bun's own WebSocket server, uWebSockets."""

    name = "bun"

    def command(self, certificate, key, directory):
        program = PEERS / "bun/node_modules/@oven/bun-linux-x64-baseline/bin/bun"
        if platform.machine() != "x86_64":
            raise Missing(f"its package is for x86_64, this is {platform.machine()}")
        if not program.exists():
            raise Missing("its npm package is not installed (tests/bench/peers/bun: npm ci)")
        return [program, PEERS / "bun/chat.js", certificate, key]


class Axum(Server):
    """Tokio, Axum and rustls."""

    name = "axum"

    def __init__(self, program: Path):
        self.program = program

    def command(self, certificate, key, directory):
        if not self.program.exists():
            raise Missing("it is not built (tests/bench/peers/axum: cargo build --release)")
        return [self.program, certificate, key]


class Node(Server):
    """Node.js with ws."""

    name = "node"

    def command(self, certificate, key, directory):
        program = shutil.which("node")
        if not program:
            raise Missing("there is no node here")
        if not (PEERS / "node/node_modules/ws").exists():
            raise Missing("ws is not installed (tests/bench/peers/node: npm ci)")
        return [program, PEERS / "node/chat.js", certificate, key]
