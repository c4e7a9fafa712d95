# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a real hubbub-server from Python tests.

A test is a script of functions called test_*(); `run(globals())` at its end calls each and prints
TAP. A function that raises Skip("reason") is skipped with the reason printed.
"""

import contextlib
import hashlib
import json
import os
import queue
import random
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from signal import SIG_DFL, SIGHUP, SIGTERM, default_int_handler
from signal import signal as set_signal_handler

SERVER = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "src", "terminal", "hubbub-server")
# Generous: the sanitizers, valgrind and a busy machine make everything slow.
PATIENCE = 60.0

# nohup has what it starts ignore this, and the programs go by that: not what the tests are about.
set_signal_handler(SIGHUP, SIG_DFL)


class Skip(Exception):
    """The test cannot run here; the text says why."""


def poll(condition, what, patience=PATIENCE):
    """Returns @condition()'s first true value; fails after @patience seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)  # poll
    raise AssertionError(f"waited {patience} s for {what}")


class Host:
    """A hubbub-server with --json on loopback and a data directory of its own.

    `events` is every JSON object it printed so far.
    """

    def __init__(self, *options, data_dir=None, wrapper=(), json_lines=True, address="127.0.0.1",
                 port="0", wait=True, program=SERVER, **popen):
        self.owns_data_dir = data_dir is None
        self.data_dir = data_dir or tempfile.mkdtemp(prefix="hub-")
        command = [*wrapper, program, "--data-dir", self.data_dir, "--port", str(port)]
        if json_lines:
            command.append("--json")
        if address:
            command += ["--address", address]
        popen.setdefault("stdin", subprocess.DEVNULL)
        popen.setdefault("stdout", subprocess.PIPE)
        popen.setdefault("stderr", subprocess.PIPE)
        self.process = subprocess.Popen([*command, *options], **popen)
        self.events = []
        self.lines = []
        self.errors = []
        self._new = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read, args=(stream, keep), daemon=True)
            for stream, keep in ((self.process.stdout, self._keep_line),
                                 (self.process.stderr, self.errors.append)) if stream]
        for thread in self._threads:
            thread.start()
        self.port = 0
        if wait and json_lines:
            self._wait_ready()

    def _wait_ready(self):
        try:
            ready = self.wait_event("ready")
        except BaseException:
            self.__exit__()  # nobody else has it yet
            raise
        self.port, self.urls = ready["port"], ready["urls"]
        self.fingerprint = ready["fingerprint"]

    @staticmethod
    def _read(stream, keep):
        for line in stream:
            keep(line.decode("utf-8", "replace").rstrip("\n"))

    def _keep_line(self, line):
        self.lines.append(line)
        if line.startswith("{"):
            self.events.append(json.loads(line))

    def wait_event(self, kind, count=1, patience=PATIENCE):
        """The @count-th event of type @kind."""
        def found():
            events = [e for e in list(self.events) if e["type"] == kind]
            if len(events) >= count:
                return events[count - 1]
            if self.process.poll() is not None and not self._threads[0].is_alive():
                raise AssertionError(f"exited with {self.process.returncode}: {self.errors}")
            return None
        return poll(found, f"event {kind}", patience)

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, patience=PATIENCE):
        """Exit status, once the output has been read to its end."""
        status = self.process.wait(patience)
        for thread in self._threads:
            thread.join(patience)
        return status

    def stop(self, number=SIGTERM):
        if self.process.poll() is None:
            self.signal(number)
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            if self.process.poll() is None:
                self.process.kill()
            self.wait()
        finally:
            if self.owns_data_dir:
                shutil.rmtree(self.data_dir, ignore_errors=True)


def client_context():
    """TLS as a guest's after going past the warning. It knows no authority: reading the system's takes
    longer than everything else that a guest does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connect(port, address="127.0.0.1"):
    """A TLS connection."""
    raw = socket.create_connection((address, port), timeout=PATIENCE)
    return client_context().wrap_socket(raw)


def request(connection, text):
    """Sends @text (a request head, LF for line ends) and reads one response with its body.
    Returns: (status, headers as a dict with lower-case names, body)"""
    connection.sendall(text.replace("\n", "\r\n").encode())
    return read_response(connection, head_only=text.startswith("HEAD"))


def read_response(connection, head_only=False):
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError(f"closed after {data!r}")
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip()
               for name, _, value in (line.partition(":") for line in lines[1:])}
    length = 0 if head_only else int(headers.get("content-length", "0"))
    while len(body) < length:
        body += connection.recv(65536)
    return int(lines[0].split()[1]), headers, body


def make_pair(folder, days="30"):
    """A certificate and key as an owner would bring them, both under their final names."""
    certificate, key = os.path.join(folder, "new.pem"), os.path.join(folder, "new.key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", days, "-subj", "/CN=chat.example",
                    "-addext", "subjectAltName=DNS:chat.example,IP:127.0.0.1", "-keyout", key,
                    "-out", certificate], check=True, capture_output=True)
    os.chmod(key, 0o600)
    os.replace(key, os.path.join(folder, "key.pem"))
    os.replace(certificate, os.path.join(folder, "certificate.pem"))


def served_fingerprint(port):
    with connect(port) as connection:
        return hashlib.sha256(connection.getpeercert(binary_form=True)).hexdigest().upper()


def free_port():
    """A port that nobody listens on, and that the system gives to nobody's connection."""
    while True:
        port = random.randrange(10000, 32000)
        with contextlib.closing(socket.socket()) as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def run(namespace):
    """Calls every test_*() of @namespace and prints TAP; exits."""
    # As Ctrl+C: what a test has started ends with it.
    set_signal_handler(SIGTERM, default_int_handler)
    tests = [(name, f) for name, f in namespace.items()
             if name.startswith("test_") and callable(f)]
    wanted = sys.argv[1:]
    tests = [t for t in tests if not wanted or t[0] in wanted]
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: a test's every end is reported
            failed += 1
            print(f"not ok {number} {name}", flush=True)
            # Meson shows what a failed test said on standard error, of a TAP stream only the verdicts.
            print(f"{name}: {traceback.format_exc()}", file=sys.stderr, flush=True)
    sys.exit(1 if failed else 0)
