# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""HubMdnsName with real Avahi daemons: each in a namespace of its own, on a bus of its own."""

import contextlib
import os
import shutil
import sys
import tempfile

from hubbub import Skip, poll, run
from netns import World

MDNS_PRINT = os.path.abspath(sys.argv.pop(1))  # nsenter changes the directory

PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={directory}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="false"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
"""

AVAHI = """[server]
host-name={name}
use-ipv4=yes
use-ipv6=yes
enable-dbus=yes
disallow-other-stacks=no
ratelimit-interval-usec=0
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
"""

# The daemon keeps its pid and socket in a fixed place: each gets an empty one of its own.
START_AVAHI = ("mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon && "
               "exec avahi-daemon --no-chroot --no-drop-root --no-rlimits -f \"$0\"")


class Computer:
    """A namespace with a bus; avahi() starts its daemon."""

    def __init__(self, world, namespace, name):
        self.ns, self.name = namespace, name
        self.directory = tempfile.mkdtemp(prefix="hub-mdns-")
        world.on_end(lambda: shutil.rmtree(self.directory, ignore_errors=True))
        self.environment = {**os.environ, "PATH": PATH,
                            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.directory}/bus"}
        self._write("bus.conf", BUS.format(directory=self.directory))
        self._write("avahi.conf", AVAHI.format(name=name))
        self._log = open(os.path.join(self.directory, "log"), "w+", encoding="utf-8")
        world.on_end(self._log.close)
        bus = self.start("dbus-daemon", f"--config-file={self.directory}/bus.conf", "--nofork",
                         "--nopidfile", "--print-address")
        bus.wait_line(lambda line: line.startswith("unix:"), "the bus")

    def _write(self, name, text):
        with open(os.path.join(self.directory, name), "w", encoding="utf-8") as file:
            file.write(text)

    def start(self, *command):
        return self.ns.start(*command, env=self.environment, stderr=self._log)

    def avahi(self):
        daemon = self.start("sh", "-c", START_AVAHI, f"{self.directory}/avahi.conf")

        def is_up():
            assert daemon.process.poll() is None, self.log()
            return "Server startup complete" in self.log()
        start = len(self.log())
        poll(lambda: is_up() and "Server startup complete" in self.log()[start:], "avahi-daemon")
        return daemon

    def log(self):
        with open(self._log.name, encoding="utf-8") as file:
            return file.read()

    def publish(self, label, *addresses, service="A room", port="8443"):
        program = self.start(MDNS_PRINT, label, service, port)
        program.wait_line(lambda line: line == "-", "the start")
        program.say(" ".join(["addresses", *addresses]))
        return program

    def resolve(self, name, family="-4"):
        """The address of @name as this computer sees it; None if nobody answers."""
        finder = self.start("timeout", "3", "avahi-resolve", family, "-n", name)
        finder.end()
        return finder.lines[0].split("\t")[1] if finder.lines else None

    def name_of(self, address):
        finder = self.start("timeout", "10", "avahi-resolve", "-a", address)
        finder.end()
        return finder.lines[0].split("\t")[1] if finder.lines else None

    def services(self):
        """What is offered as _https._tcp: (instance, host, port, text)."""
        finder = self.start("timeout", "10", "avahi-browse", "-rtp", "_https._tcp")
        finder.end()
        fields = [line.split(";") for line in finder.lines if line.startswith("=")]
        return {(field[3].replace("\\032", " "), field[6], field[8], field[9])
                for field in fields}


@contextlib.contextmanager
def two_computers(names=("first-box", "second-box")):
    if os.geteuid() != 0:
        raise Skip("avahi-daemon runs as root only")
    for tool in ("avahi-daemon", "avahi-resolve", "avahi-browse", "dbus-daemon"):
        if not shutil.which(tool, path=PATH):
            raise Skip(f"{tool} is not installed")
    with World() as world:
        one, other = world.namespace(), world.namespace()
        world.cable(one, "eth0", other, "eth0")
        for number, namespace in enumerate((one, other), 1):
            namespace.ip(f"addr add 192.168.77.{number}/24 dev eth0")
            namespace.ip(f"addr add fd77::{number}/64 dev eth0 nodad")
        yield Computer(world, one, names[0]), Computer(world, other, names[1])


def is_label(label):
    return lambda line: line == label


def test_found_from_the_network():
    with two_computers() as (host, guest):
        host.avahi(), guest.avahi()
        program = host.publish("Party.Box", "192.168.77.1", "fd77::1", service="Ana's room")
        program.wait_line(is_label("party"), "the label")
        poll(lambda: guest.resolve("party.local") == "192.168.77.1", "the IPv4 address")
        poll(lambda: guest.resolve("party.local", "-6") == "fd77::1", "the IPv6 address")
        poll(lambda: ("Ana's room", "party.local", "8443", '"path=/"') in
             {(name.replace("\\039", "'"), *rest) for name, *rest in guest.services()},
             "the service")
        # The address still leads back to the computer's own name.
        assert guest.name_of("192.168.77.1") == "first-box.local"
        program.say("withdraw")
        poll(lambda: program.lines[-1] == "-", "the withdrawal")
        poll(lambda: guest.resolve("party.local") is None, "the name to be gone")
        assert program.end() == 0


def test_own_host_name():
    """Avahi publishes first-box.local by itself; the same name is no collision, and stays there
    when ours is withdrawn."""
    with two_computers() as (host, guest):
        host.avahi(), guest.avahi()
        program = host.publish("first-box", "192.168.77.1", "fd77::1")
        program.wait_line(lambda line: line != "-", "a label")
        assert program.lines == ["-", "first-box"], program.lines
        poll(lambda: guest.resolve("first-box.local") == "192.168.77.1", "the address")
        poll(lambda: guest.services(), "the service")
        program.say("withdraw")
        poll(lambda: not guest.services(), "the service to be gone")
        poll(lambda: guest.resolve("first-box.local") == "192.168.77.1", "the computer's own name")
        assert program.end() == 0
        assert "collision" not in host.log().lower(), host.log()


def test_collision():
    with two_computers() as (host, guest):
        host.avahi(), guest.avahi()
        first = guest.publish("party", "192.168.77.2")
        first.wait_line(is_label("party"), "the first to have it")
        second = host.publish("party", "192.168.77.1")
        second.wait_line(is_label("party-2"), "another label")
        poll(lambda: guest.resolve("party-2.local") == "192.168.77.1", "the second address")
        poll(lambda: host.resolve("party.local") == "192.168.77.2", "the first address")
        poll(lambda: {host for _, host, *_ in guest.services()} ==
             {"party.local", "party-2.local"}, "both services")
        assert first.lines == ["-", "party"], first.lines
        assert first.end() == 0 and second.end() == 0


def test_two_computers_of_one_name():
    """Avahi renames the second; what we publish there ends up as the same other name, or a third."""
    with two_computers(("box", "box")) as (host, guest):
        guest.avahi(), host.avahi()
        program = host.publish("box", "192.168.77.1")
        program.wait_line(lambda line: line != "-", "a label")
        label = poll(lambda: program.lines[-1] if program.lines[-1] != "-" else None, "a label")
        assert label != "box", program.lines
        poll(lambda: guest.resolve(f"{label}.local") == "192.168.77.1", "the address")
        poll(lambda: host.resolve("box.local") == "192.168.77.2", "the other computer's name")
        assert program.end() == 0


def test_daemon_restarts():
    with two_computers() as (host, guest):
        guest.avahi()
        program = host.publish("party", "192.168.77.1")
        daemon = host.avahi()
        program.wait_line(is_label("party"), "the label")
        daemon.kill()
        program.wait_line(is_label("-"), "the label to be gone", 2)
        host.avahi()
        program.wait_line(is_label("party"), "the label again", 3)
        poll(lambda: guest.resolve("party.local") == "192.168.77.1", "the address")
        assert program.end() == 0


def test_addresses_change():
    with two_computers() as (host, guest):
        host.avahi(), guest.avahi()
        program = host.publish("party", "192.168.77.1")
        program.wait_line(is_label("party"), "the label")
        host.ns.ip("addr add 192.168.77.9/24 dev eth0")
        program.say("addresses 192.168.77.9")
        poll(lambda: guest.resolve("party.local") == "192.168.77.9", "the new address")
        assert program.lines == ["-", "party"], program.lines
        program.say("addresses")
        poll(lambda: program.lines == ["-", "party", "-"], "no label without an address")
        assert program.end() == 0


def test_only_where_the_address_is():
    with two_computers() as (host, guest):
        host.ns.ip("link add other type bridge")
        host.ns.ip("addr add 10.5.5.5/24 dev other")
        host.avahi(), guest.avahi()
        program = host.publish("party", "10.5.5.5", "192.168.77.1")
        program.wait_line(is_label("party"), "the label")
        poll(lambda: guest.resolve("party.local") == "192.168.77.1", "the address")
        assert program.end() == 0


run(globals())
