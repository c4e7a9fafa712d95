# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who stops at the warning about the certificate: from their refusal to the host's terminal."""

import socket
import ssl

from hubbub import Host, connect, free_port, poll, request, run

# HUB_WARNING_PATIENCE_MS is 15 s.
PATIENCE = 60


def refuse(port):
    """What a browser does when it shows its warning."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as raw:
        try:
            ssl.create_default_context().wrap_socket(raw, server_hostname="127.0.0.1")
        except ssl.SSLCertVerificationError:
            return
    raise AssertionError("the certificate was trusted")


def go_on(port):
    with connect(port) as connection:
        status, _, _ = request(connection, f"GET / HTTP/1.1\nHost: 127.0.0.1:{port}\n\n")
        assert status == 200, status


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_host_is_told():
    port = free_port()
    with Host() as host, Host(port=port, json_lines=False) as words, Host() as other:
        poll(lambda: is_open(port), "the chat")
        refuse(other.port)
        go_on(other.port)
        refuse(host.port)
        refuse(port)
        host.wait_event("stuck", patience=PATIENCE)
        poll(lambda: any("stopped at" in line for line in words.lines), "the words", PATIENCE)
        assert not [event for event in other.events if event["type"] == "stuck"], other.events


run(globals())
