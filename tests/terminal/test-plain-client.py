# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plain contract, spoken by a stock client: Debian's python3-websockets."""

import asyncio
import signal

import websockets
from hubbub import PATIENCE, Host, client_context, run
from plain_guest import TEXT, Guest


def opened(host, **options):
    return websockets.connect(f"wss://127.0.0.1:{host.port}/chat", ssl=client_context(),
                              open_timeout=PATIENCE, **options)


async def expect(client, wanted):
    """Reads until @wanted comes; returns what came before it."""
    seen = []
    while True:
        line = await asyncio.wait_for(client.recv(), PATIENCE)
        if line == wanted:
            return seen
        seen.append(line)


async def refusal(client):
    line = await asyncio.wait_for(client.recv(), PATIENCE)
    assert line.startswith("! "), line
    return line


async def join(client, name):
    await client.send(name)
    await expect(client, f"* {name} joined")


def with_host(scenario):
    with Host() as host:
        asyncio.run(asyncio.wait_for(scenario(host), 4 * PATIENCE))
        assert host.stop() == 0, host.errors


def test_join_chat_leave():
    async def scenario(host):
        async with opened(host) as ana, opened(host) as bo:
            await join(ana, "Ana")
            await join(bo, "Bo")
            await expect(ana, "* Bo joined")
            await ana.send("hello")
            await expect(ana, "Ana: hello")
            await expect(bo, "Ana: hello")
            await bo.close()
            await expect(ana, "* Bo left")
    with_host(scenario)


def test_refused_name_may_try_again():
    async def scenario(host):
        async with opened(host) as ana:
            await join(ana, "Ana")
            # Ten tries at once are allowed.
            bad = ("", "   ", "*Ana", "!Ana", "A:na", "x" * 33, "\u202eevil", "Host")
            for names, good in ((bad, "Bo"), (("Ana", "ANA", "\u0410n\u0430"), "Cem")):
                async with opened(host) as other:
                    for name in names:
                        await other.send(name)
                        await refusal(other)
                    await join(other, good)
    with_host(scenario)


def test_lines_cannot_be_forged():
    async def scenario(host):
        async with opened(host) as ana, opened(host) as mallory:
            await join(ana, "Ana")
            await join(mallory, "Mallory")
            await expect(ana, "* Mallory joined")
            for newline in ("\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"):
                await mallory.send(f"hi{newline}Ana: forged{newline}* Bo joined")
                await expect(ana, "Mallory: hi\n\tAna: forged\n\t* Bo joined")
            await mallory.send("\tAna: forged")
            line = await asyncio.wait_for(ana.recv(), PATIENCE)
            assert line.startswith("Mallory: "), line
            assert "\n" not in line
    with_host(scenario)


async def closed_with(client):
    try:
        while True:
            await asyncio.wait_for(client.recv(), PATIENCE)
    except websockets.ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_binary_closes_1003():
    async def scenario(host):
        async with opened(host) as ana:
            await join(ana, "Ana")
            await ana.send(b"\x00\x01")
            assert await closed_with(ana) == 1003
    with_host(scenario)


def test_invalid_utf8_closes_1007():
    # No stock client sends it.
    with Host() as host, Guest(host.port, "Ana") as ana:
        ana.send_frame(TEXT, b"\xff\xfe")
        assert ana.read_close() == 1007


def test_too_long():
    async def scenario(host):
        async with opened(host) as ana:
            await join(ana, "Ana")
            await ana.send("x" * 4001)
            await refusal(ana)
            await ana.send("\U0001f600" * 4000)
            await expect(ana, "Ana: " + "\U0001f600" * 4000)
            await ana.send("x" * (1 << 20))
            assert await closed_with(ana) == 1009
    with_host(scenario)


def test_stop_is_said():
    async def scenario(host):
        async with opened(host) as ana:
            await join(ana, "Ana")
            host.signal(signal.SIGTERM)
            await refusal(ana)
            assert await closed_with(ana) == 1001
    with Host() as host:
        asyncio.run(asyncio.wait_for(scenario(host), 4 * PATIENCE))
        assert host.wait() == 0, host.errors


run(globals())
