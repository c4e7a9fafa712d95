# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""HubLan in networks made for it: ranking, changes followed, throttle keys."""

import contextlib
import os
import signal
import sys

from hubbub import poll, run
from netns import World

LAN_PRINT = os.path.abspath(sys.argv.pop(1))  # nsenter changes the directory


@contextlib.contextmanager
def computer():
    """A namespace to look at (home) and one that the other ends of its cables are in (away)."""
    with World() as world:
        home, away = world.namespace(), world.namespace()

        def plug(name, *addresses):
            world.cable(home, name, away, f"p-{name}")
            for address in addresses:
                home.ip(f"addr add {address} dev {name} nodad")
        home.plug = plug
        yield home, away


@contextlib.contextmanager
def watching(home):
    program = home.start(LAN_PRINT)
    program.wait_line(lambda line: line.startswith("list"), "the first list")
    yield program
    status = program.end()
    assert status == 0, status


def add_bridge(home, name, address):
    """A bridge with one port, that has a link at once (no forwarding delay)."""
    home.ip(f"link add {name} type bridge forward_delay 0")
    home.ip(f"addr add {address} dev {name}")
    home.ip(f"link set {name} up")
    home.plug(f"v-{name}")
    home.ip(f"link set v-{name} master {name}")
    poll(lambda: "LOWER_UP" in home.ip(f"link show {name}"), f"{name} to have a link")


def rows(line):
    return line.split("\t")[1:]


def shown(home):
    with watching(home) as program:
        return rows(program.lines[0])


def wait_rows(program, expected):
    program.wait_line(lambda line: line.startswith("list") and rows(line) == expected,
                      f"the list {expected}")


def check(got, expected):
    assert got == expected, "\n".join(["got:", *got, "expected:", *expected])


TUN = """
import fcntl, struct, sys
tun = open("/dev/net/tun", "r+b", buffering=0)
fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH22x", b"tun0", 0x1001))  # TUNSETIFF: IFF_TUN, IFF_NO_PI
print("ready", flush=True)
sys.stdin.read()
"""


def open_tunnels(home):
    """Whatever tunnels this kernel makes, without a default route in the main table. Returns: the
    rows they are expected to be shown as."""
    for kind in ("wireguard", "gre local 192.168.1.23 remote 192.168.1.99"):
        if home.has(kind):
            home.ip(f"link add vpn0 type {kind}")
            home.ip("addr add 10.8.0.2/32 dev vpn0")
            home.ip("link set vpn0 up")
            home.ip("route add default dev vpn0 table 51820")
            yield "10.8.0.2/32 VPN (vpn0)"
            break
    if os.access("/dev/net/tun", os.R_OK | os.W_OK):
        home.start(sys.executable, "-c", TUN).wait_line(lambda line: line == "ready", "tun0")
        home.ip("addr add 10.20.0.2/24 dev tun0")
        home.ip("link set tun0 up")
        home.ip("route add 0.0.0.0/1 dev tun0")
        home.ip("route add default dev tun0 metric 5")
        yield "10.20.0.2/24 VPN (tun0)"


def test_nothing():
    with computer() as (home, _):
        check(shown(home), [])


def test_ranking():
    with computer() as (home, _):
        # Bottom first, so that the order of the kernel's answers is of no help.
        add_bridge(home, "docker0", "172.17.0.1/16")
        add_bridge(home, "virbr0", "192.168.122.1/24")
        home.plug("eth9", "10.77.0.1/24")
        tunnels = list(open_tunnels(home))
        home.plug("eth2", "169.254.7.7/16", "192.168.5.7/24")
        home.plug("eth1", "2001:db8:1::23/64", "fd12:3456::23/64", "192.168.1.23/24")
        home.ip("route add default via 192.168.5.1 dev eth2 metric 600")
        home.ip("route add default via 192.168.1.1 dev eth1 metric 100")

        check(shown(home), [
            "192.168.1.23/24 Wired (eth1)",
            "fd12:3456::23/64 Wired (eth1)",
            "2001:db8:1::23/64 Wired (eth1)",
            "192.168.5.7/24 Wired (eth2)",
            "169.254.7.7/16 Wired (eth2)",
            *sorted(tunnels, key=lambda row: "tun0" not in row),  # by their metric
            "10.77.0.1/24 Virtual (eth9)"])


def test_bridge_with_the_default_route():
    with computer() as (home, _):
        add_bridge(home, "br0", "192.168.1.23/24")
        check(shown(home), [])
        home.ip("route add default via 192.168.1.1")
        check(shown(home), ["192.168.1.23/24 Wired (br0)"])


def test_shared_default_route():
    with computer() as (home, _):
        home.plug("eth0", "192.168.1.23/24")
        home.plug("eth1", "192.168.2.23/24")
        home.ip("route add default nexthop via 192.168.1.1 dev eth0 nexthop via 192.168.2.1 dev eth1")
        check(shown(home), ["192.168.1.23/24 Wired (eth0)", "192.168.2.23/24 Wired (eth1)"])


def test_addresses_that_do_not_stay():
    with computer() as (home, _):
        home.run("sh", "-c", "mount -t proc proc /proc 2>/dev/null;"
                             "echo 2 >/proc/sys/net/ipv6/conf/default/use_tempaddr")
        home.plug("eth0")
        home.ip("addr add 192.168.1.23/24 dev eth0")
        home.ip("addr add 192.168.1.24/24 dev eth0")  # IFA_F_SECONDARY has IFA_F_TEMPORARY's bit
        home.ip("addr add fd00::23/64 dev eth0 nodad")
        home.ip("addr add fd00::24/64 dev eth0 nodad preferred_lft 0")
        home.ip("addr add fd00::25/64 dev eth0 mngtmpaddr")
        home.ip("route add default via 192.168.1.1")
        poll(lambda: " temporary " in home.ip("-6 addr show dev eth0"), "a temporary address")
        with watching(home) as program:
            expected = [f"{address} Wired (eth0)" for address in (
                "192.168.1.23/24", "192.168.1.24/24", "fd00::23/64", "fd00::25/64")]
            # IPv6 in the kernel's order, which is not ours to test.
            program.wait_line(lambda line: sorted(rows(line)) == expected, expected)


def test_changes():
    with computer() as (home, away):
        home.plug("eth0", "192.168.1.23/24")
        home.plug("eth1", "192.168.2.23/24")
        home.ip("route add default via 192.168.1.1 metric 100")
        home.ip("route add default via 192.168.2.1 metric 200")
        first, second = "192.168.1.23/24 Wired (eth0)", "192.168.2.23/24 Wired (eth1)"
        with watching(home) as program:
            check(rows(program.lines[0]), [first, second])

            home.ip("route add default via 192.168.2.1 metric 50")
            wait_rows(program, [second, first])

            home.ip("addr add fd00::23/64 dev eth1 nodad")
            wait_rows(program, [second, "fd00::23/64 Wired (eth1)", first])

            home.ip("addr del 192.168.2.23/24 dev eth1")
            wait_rows(program, [first, "fd00::23/64 Virtual (eth1)"])

            away.ip("link set p-eth1 down")  # the cable is pulled
            wait_rows(program, [first])

            home.ip("link set eth0 down")
            wait_rows(program, [])
            assert program.ask("own 192.168.1.23") == "own\tyes"

            home.ip("link del eth0")
            poll(lambda: program.ask("own 192.168.1.23") == "own\tno", "the address to be gone")


def test_flood_of_changes():
    """More than the socket holds: the kernel drops some and says so (ENOBUFS)."""
    with computer() as (home, _):
        home.plug("eth0", "192.168.1.23/24")
        home.ip("route add default via 192.168.1.1")
        with watching(home) as program:
            batch = "".join(f"addr add 10.{i // 250}.{i % 250}.1/32 dev lo\n"
                            f"addr del 10.{i // 250}.{i % 250}.1/32 dev lo\n" for i in range(3000))
            program.process.send_signal(signal.SIGSTOP)
            try:
                home.run("ip", "-batch", "-", text=batch)
                home.ip("addr add 192.168.1.24/24 dev eth0")
            finally:
                program.process.send_signal(signal.SIGCONT)
            wait_rows(program, ["192.168.1.23/24 Wired (eth0)", "192.168.1.24/24 Wired (eth0)"])


def test_admission():
    with computer() as (home, _):
        home.plug("eth0", "203.0.113.9/28", "2001:db8:5::9/64")
        home.ip("route add default via 203.0.113.1")
        with watching(home) as program:
            for peer, answer in (("203.0.113.14", "yes"), ("203.0.113.17", "no"),
                                 ("::ffff:203.0.113.14", "yes"), ("::ffff:203.0.113.17", "no"),
                                 ("2001:db8:5::77", "yes"), ("2001:db8:6::77", "no"),
                                 ("10.1.2.3", "yes"), ("fe80::1", "yes"), ("127.0.0.1", "yes")):
                assert program.ask(f"admits {peer}") == f"admits\t{answer}", peer


def test_throttle_keys():
    with computer() as (home, away):
        home.plug("eth0", "192.168.1.23/24", "fd00::23/64")
        away.ip("addr add 192.168.1.40/24 dev p-eth0")
        mac = away.ip("-o link show p-eth0").split("link/ether ")[1].split()[0]
        known = f"key\tlladdr:{mac}"
        home.ip("neigh add fd00::77 lladdr 02:00:00:00:00:77 dev eth0 nud stale")
        home.ip("neigh add fd00::78 lladdr 02:00:00:00:00:77 dev eth0 nud reachable")
        with watching(home) as program:
            assert program.ask("key 192.168.1.23") == "key\tloopback"
            assert program.ask("key fd00::23") == "key\tloopback"
            assert program.ask("key 192.168.1.40") == "key\tip:192.168.1.40"  # never met

            # They meet: refused by the port, but the neighbour is known from then on.
            away.run("python3", "-c",
                     "import socket; socket.socket().connect_ex(('192.168.1.23', 9))")
            assert program.ask("key 192.168.1.40") == known
            assert program.ask("key ::ffff:192.168.1.40") == known

            assert program.ask("key fd00::77") == "key\tlladdr:02:00:00:00:00:77"
            assert program.ask("key fd00::78") == "key\tlladdr:02:00:00:00:00:77"
            assert program.ask("key fd00::79") == "key\tnet6:fd00::/64"
            assert program.ask("key 192.168.9.1") == "key\tip:192.168.9.1"


run(globals())
