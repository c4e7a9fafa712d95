# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chat by two POSTs, asked of the real program over its real certificate."""

import json
import os
import time

from hubbub import Host, connect, poll, read_response, run
from line_guest import LineGuest, post
from page_guest import PageGuest


def joins(host):
    return [event["name"] for event in list(host.events) if event["type"] == "joined"]


def peers_of(port):
    """The ports at the other ends of the TCP connections that the host has open at @port."""
    peers = []
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in list(table)[1:]:
            _, local, remote, state = line.split()[:4]
            if local.endswith(f":{port:04X}") and state == "01":
                peers.append(int(remote.rpartition(":")[2], 16))
    return sorted(peers)


def test_both_ways_in_one_room():
    with Host() as host, LineGuest(host.port, "Ana") as ana, PageGuest(host.port, "Bo") as bo:
        assert ana.say({"type": "say", "ref": 1, "text": "by a POST"}) == 202
        assert bo.wait("said")["text"] == "by a POST"
        assert ana.wait("said")["id"] == ana.wait("accepted")["id"]
        bo.tell(type="say", ref=1, text="by a WebSocket")
        assert ana.wait("said")["text"] == "by a WebSocket"
        assert ana.say({"type": "who", "page": 0}) == 202
        assert [g["name"] for g in ana.wait("guests")["guests"]] == ["Ana", "Bo"]
        assert ana.say({"type": "bye"}) == 202
        ana.wait("closed")
        assert host.wait_event("left")["name"] == "Ana"
        assert ana.say({"type": "ping"}) == 401


def test_twenty_messages_and_no_handshake():
    with Host("--max-message-rate", "0") as host, LineGuest(host.port, "Ana") as ana:
        before = peers_of(host.port)
        assert len(before) == 2, before
        for ref in range(1, 21):
            assert ana.say({"type": "say", "ref": ref, "text": f"number {ref}"}) == 202
            assert ana.wait("accepted")["ref"] == ref
        assert before == peers_of(host.port)


def test_there_and_back_is_one_join():
    with Host() as host, PageGuest(host.port, "Bo") as bo:
        ana = PageGuest(host.port, "Ana")
        bo.tell(type="say", ref=1, text="one")
        seat = {"room_id": ana.welcome["room"]["id"], "last_seen": 0}
        with LineGuest(host.port, "Ana", token=ana.welcome["token"], **seat) as lines:
            assert ana.wait("ended")["why"] == "elsewhere"
            assert ana.wait("closed")["code"] == 4001
            assert lines.welcome["you"] == ana.welcome["you"]
            assert lines.wait("said")["text"] == "one"
            bo.tell(type="say", ref=2, text="two")
            assert lines.wait("said")["text"] == "two"
            with LineGuest(host.port, "Ana", token=lines.token, **{**seat, "last_seen": 1}) as again:
                assert lines.wait("ended")["why"] == "elsewhere"
                lines.wait("closed")
                assert again.wait("said")["text"] == "two"
                assert again.welcome["you"] == ana.welcome["you"]
                assert again.say({"type": "ping"}) == 202
                again.wait("pong")
        assert sorted(joins(host)) == ["Ana", "Bo"], host.events


def test_lost_welcome_is_one_join():
    join = os.urandom(16).hex()
    with Host() as host:
        with connect(host.port) as lost:
            post(lost, host.port, "/stream", {"type": "hello", "name": "Ana", "join": join})
            host.wait_event("joined")
        for _ in range(3):
            with LineGuest(host.port, "Ana", join=join) as ana:
                assert ana.welcome["type"] == "welcome", ana.welcome
                assert ana.welcome["you"]["name"] == "Ana"
        assert joins(host) == ["Ana"], host.events


def test_refused_and_then_let_in():
    with Host() as host, PageGuest(host.port, "Ana"):
        with LineGuest(host.port, "Ana") as second:
            assert second.welcome["code"] == "name-taken"
            second.wait("closed")
            name = second.welcome["suggestion"]
        with LineGuest(host.port, name, join=second.join) as third:
            assert third.welcome["you"]["name"] == name


def test_stop_tells_and_ends():
    with Host() as host, LineGuest(host.port, "Ana") as ana:
        host.wait_event("joined")
        began = time.monotonic()
        assert host.stop() == 0, host.errors
        assert ana.wait("ended")["why"] == "stopped"
        ana.wait("closed")
        assert time.monotonic() - began < 20, "a busy machine is patient, a hung stop is not"


def test_slow_reader_is_cut():
    """Who reads nothing while others say more than may wait for him."""
    longest = json.dumps(4000 * "\N{GRINNING FACE}", ensure_ascii=False).encode()
    with Host("--max-message-rate", "0", "--max-per-address", "0") as host, \
            connect(host.port) as slow:
        post(slow, host.port, "/stream",
             {"type": "hello", "name": "Slow", "join": os.urandom(16).hex()})
        host.wait_event("joined")
        slow_port = slow.getsockname()[1]

        def say_until_cut():
            with LineGuest(host.port, f"Talker {os.urandom(4).hex()}") as talker:
                for ref in range(1, 51):  # as much as one connection may send at once
                    assert talker.say(b'{"type":"say","ref":%d,"text":%b}' % (ref, longest)) == 202
                    talker.wait("accepted")
            return slow_port not in peers_of(host.port)
        poll(say_until_cut, "the cut")


def test_flood_is_too_fast():
    with Host() as host, LineGuest(host.port, "Ana") as ana:
        for ref in range(1, 12):
            assert ana.say({"type": "say", "ref": ref, "text": "x"}) == 202
        assert ana.wait("refused")["code"] == "too-fast"
        assert ana.say({"type": "ping"}) == 202
        ana.wait("pong")


def test_pages_of_other_sites_are_refused():
    with Host() as host, connect(host.port) as stranger:
        stranger.sendall((f"POST /stream HTTP/1.1\r\nHost: 127.0.0.1:{host.port}\r\n"
                          "Origin: https://evil.example\r\nContent-Type: application/json\r\n"
                          "Content-Length: 2\r\n\r\n{}").encode())
        status, headers, _ = read_response(stranger)
        assert status == 403
        assert not [name for name in headers if name.startswith("access-control")], headers


run(globals())
