#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""hubbub-server as a program: what it prints, what signals and options do, how it exits."""

import hashlib
import os
import pty
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from hubbub import PATIENCE, SERVER, Host, Skip, connect, free_port, poll, run
from languages import catalogue, environment, languages
from plain_guest import Guest

FINGERPRINT = re.compile(r"([0-9A-F]{2}:){31}[0-9A-F]{2}")
NOBODY = 65534
UNPRIVILEGED_PORTS = "/proc/sys/net/ipv4/ip_unprivileged_port_start"


def call(*options):
    """Runs the program to its end. Returns: (exit status, stdout, stderr)"""
    result = subprocess.run([SERVER, *options], stdin=subprocess.DEVNULL, capture_output=True,
                            timeout=PATIENCE, check=False)
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def test_ready_line():
    with Host() as host:
        first = host.events[0]
        assert first["type"] == "ready", first
        assert sorted(first) == ["code", "fingerprint", "local_url", "locked", "port", "type",
                                 "urls"], first
        assert first["urls"] == [f"https://127.0.0.1:{host.port}/"], first
        assert FINGERPRINT.fullmatch(first["fingerprint"]), first
        with connect(host.port) as connection:
            certificate = connection.getpeercert(binary_form=True)
        digest = hashlib.sha256(certificate).hexdigest().upper()
        assert first["fingerprint"].replace(":", "") == digest, digest
        assert host.stop() == 0
        assert host.lines[-1] == '{"type":"stopped"}', host.lines


def test_events():
    with Host() as host:
        ana = Guest(host.port, "Ana")
        with Guest(host.port, "سارا") as sara:
            ana.wait_line("* سارا joined")
            sara.say("secret words")
            ana.wait_line("سارا: secret words")
        ana.wait_line("* سارا left")
        host.wait_event("left")
        ana.close()
        host.wait_event("left", 2)
        assert host.stop() == 0
    told = [(e["type"], e.get("name") or e.get("count")) for e in host.events[1:]]
    assert told == [("joined", "Ana"), ("joined", "سارا"), ("said", 1), ("left", "سارا"),
                    ("left", "Ana"), ("stopped", None)], told
    assert "secret" not in "".join(host.lines)
    assert all(line.isascii() for line in host.lines)


def test_exits_at_once():
    status, out, err = call("--version")
    assert (status, err) == (0, "") and re.fullmatch(r"hubbub-server \d+\.\d+\.\d+\n", out), out
    status, out, err = call("--help")
    assert (status, err) == (0, "") and "--max-guests" in out, out


def test_usage_errors():
    for options in (["--port", "70000"], ["--nonsense"], ["surplus"], ["--address", "localhost"],
                    ["--certificate", "x"], ["--max-guests", "-1"]):
        status, out, err = call(*options)
        assert (status, out) == (2, ""), (options, status, out)
        assert err.startswith("hubbub-server: ") and "--help" in err, err
        assert len(err.splitlines()) == 2, err


def test_no_locale():
    """A service or an SSH session may have none: quotation marks are printed all the same."""
    result = subprocess.run([SERVER, "surplus"], stdin=subprocess.DEVNULL, capture_output=True,
                            timeout=PATIENCE, check=False, env={**os.environ, "LC_ALL": "C"})
    assert "“surplus”" in result.stderr.decode(), result.stderr
    assert "“hubbub-server --help”" in result.stderr.decode(), result.stderr


def test_languages():
    with tempfile.TemporaryDirectory() as folder:
        for language in languages():
            spoken = subprocess.run([SERVER, "--version", "more"], capture_output=True, check=False,
                                    timeout=PATIENCE, text=True,
                                    env={**os.environ, **environment(language, folder)})
            words = catalogue(language)[None, "“{}” is not understood: everything is said by options."]
            # What is quoted is set apart in its own direction where the sentence runs in another.
            said = re.sub("[\u2068\u2069]", "", spoken.stderr)
            assert words[0].replace("{}", "more") in said, spoken.stderr


def test_failures():
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "file")
        with open(file, "w", encoding="utf-8") as handle:
            handle.write("not a certificate")
        somewhere = ["--data-dir", os.path.join(folder, "data"), "--port", "0", "--address"]
        data = [*somewhere, "127.0.0.1"]
        for options in (["--data-dir", file], [*somewhere, "10.254.253.252"],
                        [*data, "--web-root", file], [*data, "--web-root", folder + "/missing"],
                        [*data, "--certificate", file, "--private-key", file],
                        ["--export-ca", "-", "--data-dir", file],
                        [*data, "--export-ca", folder + "/missing/ca.pem"]):
            status, out, err = call(*options)
            assert (status, out) == (1, ""), (options, status, out, err)
            complaint = [line for line in err.splitlines() if "running as root" not in line]
            assert len(complaint) == 1 and complaint[0].startswith("hubbub-server: "), err
            # What helps is an option of this program alone.
            names_folder = "Another folder is chosen with --data-dir." in complaint[0]
            assert names_folder == (options[-2:] == ["--data-dir", file]), err


def test_busy_port():
    """The next free one is taken after two seconds, and that is said."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        began = time.monotonic()
        with Host(port=busy) as host:
            assert time.monotonic() - began >= 2.0
            assert busy < host.port <= busy + 20, (busy, host.port)
            assert host.stop() == 0
            warnings = [event["text"] for event in host.events if event["type"] == "warning"]
            assert warnings == [f"Port {busy} is in use, so this chat is on {host.port}."], warnings


def test_port_free_again():
    """A port that is free again at the second try is used: a restart keeps its address."""
    other = socket.socket()
    other.bind(("127.0.0.1", 0))
    other.listen()
    busy = other.getsockname()[1]
    with Host(port=busy, json_lines=False) as host:
        poll(lambda: any(line.endswith(f"Port {busy} is in use; trying again…")
                         for line in host.lines), "the first try")
        other.close()
        poll(lambda: f"  https://127.0.0.1:{busy}/  This computer only" in host.lines, "the second")
        assert host.stop() == 0
    assert "so this chat is on" not in "\n".join(host.lines), host.lines


def test_address_twice():
    with Host("--address", "127.0.0.1") as host:
        assert host.urls == [f"https://127.0.0.1:{host.port}/"], host.urls
        assert host.stop() == 0


def test_given_port():
    port = free_port()
    with Host(port=port) as host:
        assert host.port == port
        assert host.stop() == 0


def as_nobody(folder):
    """How to run a copy of the program as an account without any right.
    Returns: (program, keyword arguments for Popen)"""
    if os.geteuid() != 0:
        return SERVER, {}
    os.chmod(folder, 0o755)
    program = shutil.copy(SERVER, folder)
    os.chmod(program, 0o755)
    return program, {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def test_port_without_right():
    with open(UNPRIVILEGED_PORTS, encoding="ascii") as setting:
        if int(setting.read()) <= 1:
            raise Skip("every port is free to use on this system")
    with tempfile.TemporaryDirectory() as folder:
        program, account = as_nobody(folder)
        data_dir = os.path.join(folder, "data")
        os.mkdir(data_dir, 0o700)
        if account:
            os.chown(data_dir, NOBODY, NOBODY)
        result = subprocess.run([program, "--port", "1", "--address", "127.0.0.1", "--data-dir",
                                 data_dir], stdin=subprocess.DEVNULL, capture_output=True,
                                timeout=PATIENCE, check=False, **account)
        assert (result.returncode, result.stdout) == (1, b""), result
        assert b"Port 1 " in result.stderr and b"1024" in result.stderr, result.stderr
        assert b"running as root" not in result.stderr, result.stderr


def test_root_warning():
    if os.geteuid() != 0:
        raise Skip("this test is not run by root")
    with Host() as host:
        assert host.stop() == 0
        warnings = [line for line in host.errors if "running as root" in line]
        assert len(warnings) == 1 and len(host.errors) == 1, host.errors


def test_export_ca():
    with tempfile.TemporaryDirectory() as folder:
        data_dir = os.path.join(folder, "data")
        file = os.path.join(folder, "ca.pem")
        status, out, _ = call("--export-ca", "-", "--data-dir", data_dir)
        assert status == 0 and out.startswith("-----BEGIN CERTIFICATE-----"), (status, out)
        assert call("--export-ca", file, "--data-dir", data_dir)[:2] == (0, "")
        with open(file, encoding="ascii") as pem:
            assert pem.read() == out
        assert os.stat(file).st_mode & 0o777 == 0o644

        with Host(data_dir=data_dir) as host:
            raw = socket.create_connection(("127.0.0.1", host.port), timeout=PATIENCE)
            with ssl.create_default_context(cafile=file).wrap_socket(
                    raw, server_hostname="127.0.0.1") as connection:
                assert connection.getpeercert()["subjectAltName"]
            assert host.stop() == 0


def test_export_ca_where_it_cannot():
    with tempfile.TemporaryDirectory() as folder:
        status, out, err = call("--export-ca", folder, "--data-dir", folder)
        assert (status, out) == (1, "") and folder in err and "rename" not in err, err


MARKER_NAME = "Zqmarkername"
MARKER_TEXT = "zqmarkertext"


def chat_with_markers(port):
    with Guest(port, MARKER_NAME) as guest:
        guest.say(MARKER_TEXT)
        guest.wait_line(f"{MARKER_NAME}: {MARKER_TEXT}")


def printed_to_file(*options):
    """What a chat leaves in a file, and in the data directory."""
    with tempfile.TemporaryFile() as file, Host(*options, json_lines=False, stdout=file,
                                                port=free_port()) as host:
        port = int(host.process.args[host.process.args.index("--port") + 1])
        poll(lambda: is_open(port), "the chat")
        chat_with_markers(port)
        poll(lambda: os.pread(file.fileno(), 1 << 20, 0).count(b" left (0"), "the guest's end")
        assert host.stop() == 0
        kept = b"".join(read_all(os.path.join(root, name))
                        for root, _, names in os.walk(host.data_dir) for name in names)
        assert MARKER_NAME.encode() not in kept and MARKER_TEXT.encode() not in kept
        return os.pread(file.fileno(), 1 << 20, 0).decode()


def read_all(path):
    with open(path, "rb") as file:
        return file.read()


def is_open(port):
    try:
        connect(port).close()
    except OSError:
        return False
    return True


def printed_to_terminal(*options, **environment):
    """The same on a terminal."""
    controller, terminal = pty.openpty()
    port = free_port()
    printed = []

    def collect():
        try:
            while data := os.read(controller, 65536):
                printed.append(data)
        except OSError:
            pass

    reader = threading.Thread(target=collect)
    reader.start()
    env = {name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"}
    with Host(*options, json_lines=False, stdout=terminal, port=port,
              env={**env, **environment}) as host:
        poll(lambda: is_open(port), "the chat")
        chat_with_markers(port)
        poll(lambda: b" left (0" in b"".join(printed), "the guest's end")
        assert host.stop() == 0
    os.close(terminal)
    reader.join()
    os.close(controller)
    return b"".join(printed).decode()


def test_file_has_no_names():
    text = printed_to_file()
    assert MARKER_NAME not in text and MARKER_TEXT not in text, text
    assert "A guest joined (1 here)" in text and "1 message" in text, text
    assert "\033" not in text, text


def test_file_has_names_on_request():
    text = printed_to_file("--log-names")
    assert f"{MARKER_NAME} joined (1 here)" in text and MARKER_TEXT not in text, text


def test_terminal_has_names():
    text = printed_to_terminal()
    assert f"{MARKER_NAME} joined (1 here)" in text, text
    assert f"{MARKER_NAME}: {MARKER_TEXT}" in text, text


def test_journal_has_no_names():
    """systemd may give a service a terminal: what it prints is kept all the same."""
    text = printed_to_terminal(JOURNAL_STREAM="8:12345")
    assert MARKER_NAME not in text and MARKER_TEXT not in text, text
    assert "A guest joined (1 here)" in text, text


if __name__ == "__main__":
    run(globals())
