# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each cap that is an option is reached, and its refusal seen."""

import asyncio
import json
import resource
import socket
import time

import websockets
from hubbub import PATIENCE, Host, client_context, connect, poll, run


def opened(host):
    return websockets.connect(f"wss://127.0.0.1:{host.port}/chat", ssl=client_context(),
                              subprotocols=["hubbub.v1"], open_timeout=PATIENCE)


async def hello(client, name):
    await client.send(json.dumps({"type": "hello", "name": name, "join": name.encode().hex().rjust(32, "0")}))
    return await answer(client, "welcome", "refused")


async def answer(client, *kinds):
    while True:
        reply = json.loads(await asyncio.wait_for(client.recv(), PATIENCE))
        if reply["type"] in kinds:
            return reply


def test_max_guests():
    async def scenario(host):
        async with opened(host) as a, opened(host) as b, opened(host) as c:
            assert (await hello(a, "Ana"))["type"] == "welcome"
            assert (await hello(b, "Bo"))["type"] == "welcome"
            refused = await hello(c, "Cy")
            assert (refused["type"], refused["code"]) == ("refused", "full"), refused
            await b.send('{"type":"bye"}')
            await b.wait_closed()
            assert (await hello(c, "Cy"))["type"] == "welcome"
    with Host("--max-guests", "2") as host:
        asyncio.run(scenario(host))


# HUB_RESERVED_DESCRIPTORS, and three for guests.
DESCRIPTORS = 64 + 32 + 3


def test_max_guests_zero_means_what_descriptors_allow():
    async def scenario(host):
        async with opened(host) as a, opened(host) as b, opened(host) as c:
            for client, name in ((a, "Ana"), (b, "Bo"), (c, "Cy")):
                assert (await hello(client, name))["type"] == "welcome"
            assert is_dropped(host.port)
    with Host("--max-guests", "0", preexec_fn=limit_descriptors) as host:
        asyncio.run(scenario(host))
        assert host.stop() == 0
        assert "warning" not in [event["type"] for event in host.events], host.events


def test_max_guests_beyond_what_descriptors_allow_is_said():
    with Host("--max-guests", "4", preexec_fn=limit_descriptors) as host:
        assert "3 guests at once, not 4" in host.wait_event("warning")["text"]


def limit_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def is_dropped(port):
    """Whether a new connection is closed before TLS has begun."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as probe:
        probe.settimeout(1)
        try:
            return probe.recv(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False


def test_max_per_address():
    with Host("--max-per-address", "3") as host:
        kept = [connect(host.port) for _ in range(3)]
        assert is_dropped(host.port)
        kept.pop().close()
        poll(lambda: not is_dropped(host.port), "the freed place")
        for connection in kept:
            connection.close()


def test_max_per_address_zero_means_no_limit():
    with Host("--max-per-address", "0") as host:
        kept = [connect(host.port) for _ in range(150)]
        assert not is_dropped(host.port)
        for connection in kept:
            connection.close()


def silent_connections(port, n):
    return [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(n)]


def is_closed(connection):
    """Whether the host has closed @connection by now."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_max_pending():
    """One too many waits for its handshake until the oldest that says nothing has made room."""
    with Host("--max-pending", "3") as host:
        silent = silent_connections(host.port, 3)
        connect(host.port).close()
        assert is_closed(silent[0])
        for connection in silent:
            connection.close()


def test_max_pending_zero_means_no_limit():
    with Host("--max-pending", "0", "--max-per-address", "0") as host:
        silent = silent_connections(host.port, 600)
        connect(host.port).close()
        assert not any(is_closed(connection) for connection in silent)
        for connection in silent:
            connection.close()


# HUB_ATTEMPTS_BURST, which may come at once, and what a slow machine gives back meanwhile.
ATTEMPTS = 1000 + 100


def come_and_go(port, n):
    for connection in (socket.create_connection(("127.0.0.1", port)) for _ in range(n)):
        connection.close()


def test_max_attempts():
    with Host("--max-attempts", "1") as host:
        come_and_go(host.port, ATTEMPTS)
        assert is_dropped(host.port)
        poll(lambda: not is_dropped(host.port), "the next second")


def test_max_attempts_zero_means_no_limit():
    with Host("--max-attempts", "0") as host:
        come_and_go(host.port, ATTEMPTS)
        assert not is_dropped(host.port)


async def flood(host, n):
    """Says @n messages at once; returns (accepted, refused objects)."""
    async with opened(host) as a:
        await hello(a, "Ana")
        for ref in range(1, n + 1):
            await a.send(json.dumps({"type": "say", "ref": ref, "text": "x"}))
        answers = [await answer(a, "accepted", "refused") for _ in range(n)]
    return ([r for r in answers if r["type"] == "accepted"],
            [r for r in answers if r["type"] == "refused"])


def test_max_message_rate():
    with Host("--max-message-rate", "1") as host:
        accepted, refused = asyncio.run(flood(host, 60))
    assert accepted and refused, (len(accepted), len(refused))
    for reply in refused:
        assert reply["code"] == "too-fast" and reply["ref"] > 0, reply
    # The next is due within the second; by default it would be within a fifth of one.
    assert 200 < max(reply["retry_after"] for reply in refused) <= 1000, refused


def test_max_message_rate_zero_means_no_limit():
    with Host("--max-message-rate", "0") as host:
        accepted, refused = asyncio.run(flood(host, 60))
    assert len(accepted) == 60 and not refused


# HUB_KEY_BURST_BYTES, HUB_KEY_RATE_BYTES, HUB_MESSAGE_EXTRA_BYTES, HUB_MESSAGE_BURST
KEY_BURST, KEY_RATE, EXTRA, MESSAGE_BURST = 1024 * 1024, 128 * 1024, 256, 10
LONGEST = "\U0001f600" * 4000


async def paste(host, number):
    """Says the longest text as often as a guest may at once; returns the answers."""
    async with opened(host) as client:
        await hello(client, f"Guest {number}")
        for ref in range(1, MESSAGE_BURST + 1):
            say = {"type": "say", "ref": ref, "text": LONGEST}
            await client.send(json.dumps(say, ensure_ascii=False))
        return [await answer(client, "accepted", "refused") for _ in range(MESSAGE_BURST)]


async def paste_all(host, guests):
    answers = await asyncio.gather(*(paste(host, number) for number in range(guests)))
    return [reply for each in answers for reply in each]


def test_one_machine_says_no_more_than_a_class():
    begin = time.monotonic()
    with Host() as host:
        answers = asyncio.run(paste_all(host, 10))
    seconds = time.monotonic() - begin
    refused = [reply for reply in answers if reply["type"] == "refused"]
    size = (len(answers) - len(refused)) * (len(LONGEST.encode()) + EXTRA)
    assert refused and size <= KEY_BURST + KEY_RATE * seconds, (size, seconds)
    assert {reply["code"] for reply in refused} == {"too-fast"}, refused
    assert all(reply["retry_after"] > 0 for reply in refused), refused


def test_no_limit_per_address_is_none_on_what_is_said():
    with Host("--max-per-address", "0") as host:
        answers = asyncio.run(paste_all(host, 10))
    assert {reply["type"] for reply in answers} == {"accepted"}, answers


run(globals())
