# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""hubbub-server on networks made for it: the addresses it shows, follows and certifies, and whom it
lets in."""

import contextlib
import json
import os
import subprocess
import tempfile

from hubbub import SERVER, poll, run
from netns import World

PORT = 8443


@contextlib.contextmanager
def network():
    """The host's computer (home, 192.168.77.1) and a guest's (192.168.77.2) on one cable."""
    with World() as world, tempfile.TemporaryDirectory(prefix="hub-") as folder:
        home, guest = world.namespace(), world.namespace()
        world.cable(home, "lan0", guest, "guest0")
        home.ip("addr add 192.168.77.1/24 dev lan0")
        home.ip("route add default via 192.168.77.2")
        guest.ip("addr add 192.168.77.2/24 dev guest0")
        home.folder = folder
        yield home, guest


def start(home, *options):
    """The host; its first line, `ready`."""
    program = home.start(SERVER, "--json", "--port", str(PORT), "--data-dir", home.folder, *options)
    line = program.wait_line(lambda text: '"ready"' in text, "ready")
    return program, json.loads(line)


def event(program, kind, matches=lambda _: True):
    line = program.wait_line(
        lambda text: json.loads(text)["type"] == kind and matches(json.loads(text)), f"event {kind}")
    return json.loads(line)


def exported_ca(home):
    path = os.path.join(home.folder, "exported.pem")
    subprocess.run([SERVER, "--data-dir", home.folder, "--export-ca", path], check=True,
                   stdout=subprocess.DEVNULL)
    return path


def get(guest, url, *options):
    """The page's status as the guest's curl sees it: the certificate must be right."""
    return guest.run("curl", "--silent", "--show-error", "--max-time", "20", "--output", "/dev/null",
                     "--write-out", "%{http_code}", *options, url)


def is_refused(guest, url, *options):
    try:
        get(guest, url, *options)
    except AssertionError as error:
        return "curl: (" in str(error)
    return False


def test_shows_its_address_with_a_certificate_for_it():
    with network() as (home, guest):
        _, ready = start(home)
        assert ready["urls"][0] == f"https://192.168.77.1:{PORT}/", ready
        ca = exported_ca(home)
        assert get(guest, ready["urls"][0], "--cacert", ca) == "200"
        assert is_refused(guest, ready["urls"][0]), "without the CA nobody knows this certificate"


def test_follows_the_network():
    with network() as (home, guest):
        program, _ = start(home)
        ca = exported_ca(home)
        new = f"https://192.168.78.1:{PORT}/"
        home.ip("addr add 192.168.78.1/24 dev lan0")
        guest.ip("addr add 192.168.78.2/24 dev guest0")
        event(program, "places", lambda e: new in e["urls"])
        event(program, "certificate")
        assert get(guest, new, "--cacert", ca) == "200"
        home.ip("addr del 192.168.78.1/24 dev lan0")
        event(program, "places", lambda e: new not in e["urls"])


def test_starts_without_a_network():
    with network() as (home, guest):
        home.ip("addr flush dev lan0")
        program, ready = start(home)
        assert ready["urls"] == [], ready
        home.ip("addr add 192.168.77.1/24 dev lan0")
        url = f"https://192.168.77.1:{PORT}/"
        event(program, "places", lambda e: e["urls"] == [url])
        assert get(guest, url, "--cacert", exported_ca(home)) == "200"


def test_drops_who_is_not_of_this_network():
    with network() as (home, guest):
        guest.ip("addr add 203.0.113.5/32 dev guest0")
        home.ip("route add 203.0.113.0/24 via 192.168.77.2")
        from_outside = ("--insecure", "--interface", "203.0.113.5")
        program, ready = start(home)
        url = ready["urls"][0]
        assert get(guest, url, "--insecure") == "200"
        assert is_refused(guest, url, *from_outside)
        program.kill()
        poll(lambda: is_refused(guest, url, "--insecure"), "the port to be free")
        start(home, "--allow-remote")
        assert get(guest, url, *from_outside) == "200"


def test_answers_to_its_own_names_only():
    with network() as (home, guest):
        _, ready = start(home, "--allow-host", "chat.example.org")
        url = ready["urls"][0]
        for host, status in (("chat.example.org:8443", "200"), ("evil.example.org:8443", "421"),
                             ("192.168.77.99:8443", "421"), ("localhost:8443", "421")):
            assert get(guest, url, "--insecure", "--header", f"Host: {host}") == status, host


run(globals())
