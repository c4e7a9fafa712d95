# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each state of the window, reached by what causes it in real life, on networks of the test's own."""

import contextlib
import os
import subprocess
import sys

from accessible import State
from desktop import Desktop, run_in, scan
from hubbub import PATIENCE, Skip, poll
from netns import World

PORT = 8443
HOME, GUEST = "192.168.77.1", "192.168.77.2"
URL = f"https://{HOME}:{PORT}/"
PAGE_GUEST = os.path.join(os.environ["HUB_TEST_SOURCE_ROOT"], "tests", "support", "page_guest.py")

NOTE = ("Hubbub keeps messages in memory only and forgets them when you stop. Guests can keep their "
        "own copy. Anyone on this network can join.")
WAITING = "Waiting for people. Scan the code with a phone camera, or type the address."
NOBODY = "Nobody has reached this computer yet. Same Wi-Fi? Firewall?"
STUCK = "A device stopped at its browser’s security page."
NO_NETWORK = ("Not connected to a network. Join Wi-Fi, plug in a cable, or turn on a hotspot. Internet "
              "is not needed.")
VPN_ONLY = "Only a VPN address was found. Phones on your Wi-Fi may not reach it."
CHANGED = "Your network changed. Everyone needs to scan the QR code again."
PORT_BUSY = f"Port {PORT} is in use, so this chat is on {PORT + 1}."

# The program of a VPN: it holds the other end of tun0 (linux/if_tun.h: TUNSETIFF, IFF_TUN).
TUNNEL = """
import fcntl, struct, sys
tun = open("/dev/net/tun", "r+b", buffering=0)
fcntl.ioctl(tun, 0x400454CA, struct.pack("16sH22x", b"tun0", 0x0001))
print("up", flush=True)
sys.stdin.read()
"""

# What nobody has for a minute is waited for while the other tests run.
lonely = contextlib.ExitStack()


@contextlib.contextmanager
def network():
    """The host's computer and a guest's on one cable. Yields: their namespaces"""
    if os.geteuid() != 0:  # in a user namespace of its own the session's bus takes it for another
        raise Skip("networks for a desktop program need root")
    with World() as world:
        home, guest = world.namespace(), world.namespace()
        world.cable(home, "lan0", guest, "guest0")
        home.ip(f"addr add {HOME}/24 dev lan0")
        guest.ip(f"addr add {GUEST}/24 dev guest0")
        yield home, guest


def start(home, screen=None, gives_clipboard=False, **settings):
    """The program in the namespace @home. Returns: a Program, to be used as a context manager"""
    screen = screen or desktop
    screen.settings(**{"port": f"uint32 {PORT}", "first_run": "false", **settings})
    return screen.hubbub(wrapper=home.wrapper(), gives_clipboard=gives_clipboard)


def minimize(program):
    """Nobody looks at the window: what happens is told by notifications."""
    desktop.output("xdotool", "windowminimize", "--sync", program.window())
    poll(lambda: not program.is_visible(), "the window to be out of sight")


def join(guest, name, address=HOME, port=PORT):
    """Somebody joins from the namespace @guest. Returns: its netns.Program"""
    program = guest.start(sys.executable, PAGE_GUEST, address, str(port), name)
    program.wait_line(lambda line: '"welcome"' in line, "to be welcomed")
    return program


def portray(program, name, code=None):
    """Pictures of a state, light and dark, small and large. @code: what its QR code says; "": none;
    None: not looked at"""
    window = program.window()
    for width, height in ((360, 640), (1200, 800)):
        desktop.resize(window, width, height)
        for is_dark in (False, True):
            desktop.set_dark(is_dark)
            look = f"{name}-{width}-{'dark' if is_dark else 'light'}"
            if code is None:
                desktop.settled_picture(look, window)
            else:
                poll(lambda: scan(desktop.settled_picture(look, window)) == code,  # noqa: B023
                     f"the QR code in {look}")
    desktop.set_dark(False)
    desktop.resize(window, 400, 720)


def test_nobody_begins():
    """Not a state: starts the wait for test_nobody_for_a_minute."""
    screen = lonely.enter_context(Desktop())
    home, _ = lonely.enter_context(network())
    lonely.program = lonely.enter_context(start(home, screen))
    lonely.program.find("Ready")


def test_first_run():
    with network() as (home, _), start(home, first_run="true") as program:
        program.find("Ready")
        program.find(NOTE)
        portray(program, "first-run", URL)
        program.tab_to("Rename Room")
        desktop.key("Return")
        program.find("Everybody sees this name before they join.")
        desktop.key("Escape")
        program.wait_gone("Everybody sees this name before they join.")
        program.tab_to("Ask for a Code")
        desktop.key("space")
        code = program.code()
        poll(lambda: scan(desktop.picture("first-run-code", program.window())) == f"{URL}#{code}",
             "the QR code with the code")
        program.tab_to("Dismiss")
        desktop.key("Return")
        program.wait_gone(NOTE)
        assert desktop.setting("first-run") == "false"


def test_no_network():
    with network() as (home, guest), start(home) as program:
        program.find(URL)
        home.ip("link set lan0 down")
        program.find(NO_NETWORK)
        program.wait_gone(WAITING)
        portray(program, "no-network", "")
        home.ip("link set lan0 up")
        program.find(URL)
        program.wait_gone(NO_NETWORK)
        join(guest, "Ana")
        program.find("Ready · 1 person")


def test_only_a_vpn():
    with network() as (home, _):
        home.ip("link set lan0 down")
        tunnel = home.start(sys.executable, "-c", TUNNEL)
        tunnel.wait_line(lambda line: line == "up", "the tunnel")
        home.ip("addr add 10.8.0.2/24 dev tun0")
        home.ip("link set tun0 up")
        with start(home) as program:
            program.find(VPN_ONLY)
            portray(program, "vpn-only", f"https://10.8.0.2:{PORT}/")
            program.tab_to("Dismiss")
            desktop.key("Return")
            program.wait_gone(VPN_ONLY)


def test_network_changed():
    with desktop.notifications() as shown, network() as (home, guest), \
            start(home, gives_clipboard=True) as program:
        program.find(URL)
        join(guest, "Ana")
        program.find("Ready · 1 person")
        minimize(program)
        home.ip("addr add 192.168.78.1/24 dev lan0")
        home.ip(f"addr del {HOME}/24 dev lan0")
        guest.ip("addr add 192.168.78.2/24 dev guest0")
        shown.find("Your Network Changed")
        shown.click("Copy Address")
        poll(lambda: desktop.clipboard() == f"https://192.168.78.1:{PORT}/", "the new address")
        program.find(CHANGED)
        portray(program, "network-changed", f"https://192.168.78.1:{PORT}/")
        join(guest, "Bob", "192.168.78.1")
        program.wait_gone(CHANGED)


def test_port_busy():
    with network() as (home, guest):
        other = home.start(sys.executable, "-c", "import socket, sys; "
                           f"s = socket.create_server(('', {PORT}), family=socket.AF_INET6, "
                           "dualstack_ipv6=True); print('up', flush=True); sys.stdin.read()")
        other.wait_line(lambda line: line == "up", "the port to be taken")
        with start(home) as program:
            program.find("Starting…")
            program.find(PORT_BUSY)
            portray(program, "port-busy", f"https://{HOME}:{PORT + 1}/")
            join(guest, "Ana", port=PORT + 1)
            program.tab_to("Dismiss")
            desktop.key("Return")
            program.wait_gone(PORT_BUSY)
            assert desktop.setting("port") == f"uint32 {PORT}"


def test_stuck_at_the_warning():
    with desktop.notifications() as shown, network() as (home, guest), start(home) as program:
        program.find(URL)
        minimize(program)
        # As a browser that was told to go back: it does not know who signed this, and says so.
        done = subprocess.run([*guest.wrapper(), "openssl", "s_client", "-connect", f"{HOME}:{PORT}",
                               "-verify_return_error"], stdin=subprocess.DEVNULL, check=False,
                              capture_output=True, timeout=PATIENCE)
        assert done.returncode != 0 and b"verify error" in done.stderr, done
        shown.find("Somebody Cannot Get In")
        shown.click("How to Continue")
        assert program.find("Security").is_in(State.SELECTED)
        desktop.key("Escape")
        program.wait_gone("Copy: Fingerprint of the certificate")
        program.find(STUCK)
        portray(program, "stuck", URL)
        program.tab_to("How to Continue")
        desktop.key("Return")
        assert program.find("Security").is_in(State.SELECTED)
        program.find("Copy: Fingerprint of the certificate")
        desktop.key("Escape")
        program.wait_gone("Copy: Fingerprint of the certificate")
        join(guest, "Ana")
        program.wait_gone(STUCK)


def test_failed_and_tried_again():
    with network() as (home, _):
        folder = os.path.join(desktop.made("read-only"), "hubbub")
        home.run("mount", "-t", "tmpfs", "-o", "ro", "none", os.path.dirname(folder))
        desktop.settings(port=f"uint32 {PORT}", first_run="false")
        with desktop.hubbub(wrapper=home.wrapper(), gives_clipboard=True,
                            env={"XDG_DATA_HOME": os.path.dirname(folder)}) as program:
            program.find("Couldn’t start the chat.")
            # What the person can do; no other folder can be chosen here.
            program.find(contains=f"{folder}\u2069” can’t be made or opened: Read-only file system.\n"
                         "Hubbub keeps its certificate there: see that the folder is yours")
            portray(program, "failed", "")
            program.tab_to("Copy Details")
            desktop.key("Return")
            poll(lambda: f"“{folder}” can’t be made" in desktop.clipboard(), "the details on the clipboard")
            home.run("mount", "-o", "remount,rw", os.path.dirname(folder))
            program.tab_to("Try Again")
            desktop.key("Return")
            program.find("Ready")


def test_ready_with_people():
    with network() as (home, guest), start(home) as program:
        program.find(URL)
        portray(program, "empty", URL)
        for name in ("Ana", "Bob", "Chidi Anagonye", "Dana", "Élodie Lacroix-Vandermeer"):
            join(guest, name)
        program.find("Ready · 5 people")
        portray(program, "people", URL)
        program.tab_to("Lock Room")
        desktop.key("space")
        program.find("Unlock")
        portray(program, "people-locked", "")


def test_nobody_for_a_minute():
    if not hasattr(lonely, "program"):
        raise Skip("nobody began to wait")
    with lonely:
        lonely.program.find(NOBODY)
        assert scan(lonely.program.desktop.picture("nobody", lonely.program.window())) == URL
        lonely.program.tab_to("Help Connecting")
        lonely.program.desktop.key("Return")
        lonely.program.find("Phones must be on the same network as this computer. It needs no "
                            "internet.")


run_in(globals())
