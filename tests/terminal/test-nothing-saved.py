# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is saved: not on disk, not in an output that is no terminal; and nobody is called."""

import asyncio
import os
import re
import shutil
import subprocess
import tempfile

import websockets
from hubbub import PATIENCE, Host, Skip, client_context, poll, run

NAME = "Marker7f3aName"
TEXT = "Marker91c2Text"


async def chat(port):
    url = f"wss://127.0.0.1:{port}/chat"
    async with websockets.connect(url, ssl=client_context(), open_timeout=PATIENCE) as client:
        await client.send(NAME)
        await client.send(TEXT)
        while True:
            line = await asyncio.wait_for(client.recv(), PATIENCE)
            if line == f"{NAME}: {TEXT}":
                return


def files_under(folder):
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                yield name, file.read()


def test_no_marker_in_files_or_output():
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home,
                       "XDG_CONFIG_HOME": home, "TMPDIR": home}
        with Host(json_lines=False, port="0", env=environment, cwd=home) as host:
            found = poll(lambda: re.search(r"https://127\.0\.0\.1:(\d+)", "\n".join(host.lines)), "the URL")
            asyncio.run(chat(int(found[1])))
            assert host.stop() == 0, host.errors
            output = "\n".join(host.lines + host.errors)
            assert "A guest joined (1 here)" in output and "1 message" in output, output
            kept = [*files_under(home), *files_under(host.data_dir)]
        assert kept, "there is a data directory to look into"
        for marker in (NAME, TEXT):
            assert marker not in output, output
            for name, data in kept:
                assert marker.encode() not in data, name


def test_json_has_names_but_no_texts():
    with Host() as host:
        asyncio.run(chat(host.port))
        assert host.wait_event("joined")["name"] == NAME
        assert host.wait_event("said")["count"] == 1
        host.stop()
        assert TEXT not in "\n".join(host.lines + host.errors)


def test_no_outgoing_connection():
    if not shutil.which("strace"):
        raise Skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], check=False,
                      stderr=subprocess.DEVNULL).returncode:
        raise Skip("this system lets nobody trace processes")
    with tempfile.NamedTemporaryFile() as trace:
        # LeakSanitizer cannot run under ptrace.
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
        with Host(wrapper=("strace", "-f", "-qq", "-e", "trace=connect", "-o", trace.name),
                  env=environment) as host:
            asyncio.run(chat(host.port))
            tracee = next(int(pid) for pid in os.listdir("/proc") if pid.isdigit()
                          and parent_of(pid) == host.process.pid)
            os.kill(tracee, 15)
            host.wait()
        calls = trace.read().decode().splitlines()
    outside = [call for call in calls if "connect(" in call and "AF_UNIX" not in call]
    assert not outside, outside


def parent_of(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return int(stat.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0


run(globals())
