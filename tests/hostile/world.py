# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host under attack, the honest guests on it, and what is measured of both."""

import json
import os
import subprocess
import sys
import threading

import hubbub
import netns
from hubbub import PATIENCE, Host, Skip, poll
from peer import Chat, secret

GUESTS = 50
RATE = 50  # messages a second of all of them together
SECONDS = 3
BUILD = os.environ["HUB_TEST_BUILD_ROOT"]
HUB_LOAD = os.path.join(BUILD, "tests", "bench", "hub-load")
HERE = os.path.dirname(os.path.abspath(__file__))
# Sanitizers keep freed memory back and pad what is in use: there is nothing to be learnt of memory.
IS_SANITIZED = os.environ.get("HUB_TEST_SANITIZE", "none") != "none"


class Network:
    """Two computers on one cable: the host's and the attackers'. Where no namespaces can be had,
    `home` and `away` are None and everybody is on loopback, and so shares one throttle key."""

    def __init__(self):
        self._world = netns.World()
        self.home = self.away = None
        self.why_not = None
        self._machines = 0

    def __enter__(self):
        try:
            self._world.__enter__()
            home, away = self._world.namespace(), self._world.namespace()
            self._join(home, away)
            self.home, self.away = home, away
        except Skip as reason:
            self.why_not = str(reason)
        return self

    def __exit__(self, *failure):
        self._world.__exit__(*failure)

    def change_machine(self):
        """The attackers come from another machine from now on: nothing is counted against it yet."""
        if not self.home:
            return
        self._machines += 1
        self.away.ip(f"link set guest0 address 02:00:00:00:01:{self._machines:02x}")
        self.home.ip("neigh flush dev lan0")

    def _join(self, home, away):
        self._world.cable(home, "lan0", away, "guest0")
        home.ip("addr add 192.168.77.1/24 dev lan0")
        home.ip("addr add fd77::1/64 dev lan0 nodad")
        home.ip("route add default via 192.168.77.2")
        away.ip("addr add 192.168.77.2/24 dev guest0")
        away.ip("addr add 203.0.113.5/32 dev guest0")
        away.run("ip", "-batch", "-", text="".join(
            f"addr add fd77::{i:x}/64 dev guest0 nodad\n" for i in range(0x1000, 0x1000 + 1000)))


class Attack:
    """An attack under way."""

    def __init__(self, name, address, port, prefix):
        command = [*prefix, sys.executable, os.path.join(HERE, "attacker.py"), name, address, str(port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.errors = []
        self._reader = threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True)
        self._reader.start()
        self.name = name

    def wait_on(self):
        line = self.process.stdout.readline()
        self._check(line == "on\n")

    def _check(self, is_well):
        if not is_well:
            self.kill()
            self._reader.join(PATIENCE)
            raise AssertionError(f"the attack {self.name} itself failed: {''.join(self.errors)}")

    def stop(self):
        """Returns: what the attackers saw"""
        self.process.stdin.close()
        try:
            seen = self.process.stdout.readline()
            self._check(self.process.wait(PATIENCE) == 0)
            return json.loads(seen)
        finally:
            self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class World:
    """One host, and the honest guests of its own computer."""

    def __init__(self, network, *options, is_leaky=False):
        self._home = network.home.wrapper() if network.home else []
        self._away = network.away.wrapper() if network.away else []
        self._address = "192.168.77.1" if network.home else "127.0.0.1"
        if not network.home:
            options = ("--max-per-address", "0", "--max-attempts", "0", *options)
        # Where a library is made to leak, the leak sanitizer would say so at the end.
        asan = os.environ.get("ASAN_OPTIONS", "") + (":detect_leaks=0" if is_leaky else "")
        self.host = Host(*options, wrapper=self._home, address=None if network.home else "127.0.0.1",
                         stdin=subprocess.PIPE, env={**os.environ, "ASAN_OPTIONS": asan})
        self.pid = self.host.process.pid
        self._told = len(self.host.errors)  # running as root, for one
        self.code = None
        self.measure_baseline()
        self.descriptors = self.count_descriptors()

    def measure_baseline(self):
        """How long messages take while nothing is wrong."""
        self.baseline = self.chat()
        poll(lambda: self.count_guests() == 0, "the honest guests to have left")

    def close(self):
        """Ends the host, which has to end well."""
        status = self.host.stop()
        errors = self.host.errors
        self.host.__exit__()
        assert status == 0, (status, errors)

    def kill(self):
        self.host.__exit__()

    def start_chat(self):
        """Lets the honest guests in: half of them speak plain text, half JSON."""
        crowds = []
        for protocol in ("plain", "hubbub.v1"):
            command = [*self._home, HUB_LOAD, "paced", "--port", str(self.host.port),
                       "--protocol", protocol, "--name", protocol.replace(".", " "), "--guests", str(GUESTS // 2),
                       "--rate", str(RATE // 2), "--seconds", str(SECONDS)]
            crowds.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                           text=True))
        for crowd in crowds:
            assert crowd.stderr.readline() == "joined\n", self.finish_chat(crowds)
        return crowds

    @staticmethod
    def finish_chat(crowds):
        """Waits until the honest guests have left. Every message has to have reached each of them.
        Returns: the 99th percentile of how long that took, in milliseconds, of the worse half"""
        worst = 0
        try:
            for crowd in crowds:
                out, err = crowd.communicate(timeout=PATIENCE)
                assert crowd.returncode == 0, (crowd.returncode, err)
                fared = json.loads(out)
                assert fared["delivered"] == fared["expected"] > 0, fared
                assert fared["lost"] == fared["doubled"] == fared["failed"] == fared["cut"] == 0, fared
                worst = max(worst, fared["latency_ms"]["p99"])
        finally:
            for crowd in crowds:
                crowd.kill()
                crowd.wait()
        return worst

    def chat(self):
        """Fifty honest guests come in, talk and leave. Returns: see finish_chat()"""
        return self.finish_chat(self.start_chat())

    def command(self, line):
        """Types @line at the host."""
        self.host.process.stdin.write(line.encode() + b"\n")
        self.host.process.stdin.flush()

    def attack(self, name, address=None):
        return Attack(name, address or self._address, self.host.port, self._away)

    # ---- what is measured ----

    def complaints(self):
        """What the host said on standard error since it was ready."""
        return self.host.errors[self._told:]

    def count_descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def _status(self, field):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field + ":"))

    def begin_memory(self):
        """Begins to measure memory. Returns: bytes resident now"""
        with open(f"/proc/{self.pid}/clear_refs", "w", encoding="ascii") as peak:
            peak.write("5")  # proc(5): the peak begins anew
        return self._status("VmRSS")

    def most_memory(self):
        return self._status("VmHWM")

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def count_guests(self, code=""):
        """Who is in the room, as somebody sees who joins, with @code if that is asked for, and leaves."""
        probe = subprocess.run(
            [*self._home, sys.executable, os.path.abspath(__file__), str(self.host.port), code],
            capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert probe.returncode == 0, probe.stderr
        return int(probe.stdout)


def probe(port, code):
    """How many others are in the room of the host at @port."""
    with hubbub.connect(port) as connection:
        chat = Chat(connection, f"127.0.0.1:{port}", "hubbub.v1")
        chat.tell(type="hello", name="Probe", join=secret(), **({"code": code} if code else {}))
        answer = chat.read_object("welcome", "refused")
        assert answer["type"] == "welcome", answer
        count = answer["count"]
        chat.tell(type="bye")
        chat.read_end()
    return count - 1


if __name__ == "__main__":
    print(probe(int(sys.argv[1]), sys.argv[2]))
