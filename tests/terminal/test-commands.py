#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the host types: who, remove, lock, code, qr and quit, over a pipe."""

import asyncio
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import websockets
from hubbub import PATIENCE, SERVER, Host, Skip, client_context, connect, free_port, poll, run
from netns import World

CODE = re.compile(r"[23456789A-HJKMNP-Z]{6}")
REMOVED = "! The host has removed you from this chat."

# A plain guest for another network: prints each line and the code of the close.
STRANGER = """
import asyncio, sys, websockets
from hubbub import client_context
async def chat(url, name):
    async with websockets.connect(url, ssl=client_context()) as client:
        await client.send(name)
        try:
            async for line in client:
                print(line, flush=True)
        except websockets.ConnectionClosed:
            pass
        print("closed", client.close_code, flush=True)
asyncio.run(chat(*sys.argv[1:]))
"""


class TypingHost(Host):
    """A host with --json whose commands come through a pipe."""

    def __init__(self, *options, **keywords):
        super().__init__(*options, stdin=subprocess.PIPE, **keywords)

    def type(self, *lines):
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def ask(self, line, kind):
        """Types @line; returns the next event of @kind."""
        count = sum(event["type"] == kind for event in list(self.events))
        self.type(line)
        return self.wait_event(kind, count + 1)


def opened(host):
    return websockets.connect(f"wss://127.0.0.1:{host.port}/chat", ssl=client_context(),
                              open_timeout=PATIENCE)


async def say(client, text, answer):
    """Sends @text, and reads up to the line @answer."""
    await client.send(text)
    await read(client, answer)


async def read(client, line):
    while True:
        got = await asyncio.wait_for(client.recv(), PATIENCE)
        if got == line:
            return
        assert not got.startswith("!"), f"{got} instead of {line}"


async def wait_removed(client):
    lines = []
    with contextlib.suppress(websockets.ConnectionClosed):
        while True:
            lines.append(await asyncio.wait_for(client.recv(), PATIENCE))
    assert lines[-1] == REMOVED and client.close_code == 4002, (lines, client.close_code)


def test_who_and_remove():
    async def scenario(host):
        async with opened(host) as ana, opened(host) as bo:
            await say(ana, "Ana", "* Ana joined")
            await say(bo, 'Bo "B"', '* Bo "B" joined')
            host.wait_event("joined", 2)
            told = host.ask("who", "people")
            assert told["count"] == 2, told
            people = {person["name"]: person for person in told["people"]}
            assert sorted(people["Ana"]) == ["away", "device", "id", "joined_at", "name"], told
            assert people["Ana"]["away"] is False, told
            ids = {event["name"]: event["id"] for event in host.events if event["type"] == "joined"}
            assert {name: person["id"] for name, person in people.items()} == ids, (told, ids)

            assert "Type who" in host.ask("remove 4711", "error")["text"]
            assert "Type who" in host.ask("remove An", "error")["text"]
            gone = host.ask(f"remove {ids['Ana']}", "removed")
            assert (gone["id"], gone["name"]) == (ids["Ana"], "Ana"), gone
            await wait_removed(ana)
            gone = host.ask(r'remove "bo \"b\""', "removed")
            assert gone["id"] == ids['Bo "B"'], gone
            await wait_removed(bo)
            assert host.ask("who", "people")["people"] == []
            assert "left" not in [event["type"] for event in host.events]
    with TypingHost() as host:
        asyncio.run(scenario(host))
        assert host.stop() == 0


def test_removed_seat_does_not_come_back():
    async def scenario(host):
        hello = {"type": "hello", "name": "Ana", "join": "a" * 32}
        async with websockets.connect(f"wss://127.0.0.1:{host.port}/chat", ssl=client_context(),
                                      subprotocols=["hubbub.v1"]) as client:
            await client.send(json.dumps(hello))
            welcome = json.loads(await asyncio.wait_for(client.recv(), PATIENCE))
            assert welcome["type"] == "welcome", welcome
            host.wait_event("joined")
            host.ask("remove ana", "removed")
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    last = json.loads(await asyncio.wait_for(client.recv(), PATIENCE))
            assert (last["type"], last["why"]) == ("ended", "removed"), last
            assert client.close_code == 4002, client.close_code
        async with websockets.connect(f"wss://127.0.0.1:{host.port}/chat", ssl=client_context(),
                                      subprotocols=["hubbub.v1"]) as client:
            await client.send(json.dumps({**hello, "token": welcome["token"],
                                          "room_id": welcome["room"]["id"]}))
            refused = json.loads(await asyncio.wait_for(client.recv(), PATIENCE))
            assert (refused["type"], refused.get("code")) == ("refused", "removed"), refused
    with TypingHost() as host:
        asyncio.run(scenario(host))
        assert host.stop() == 0


def test_removed_machine_does_not_come_back():
    """Over a network the machine is barred, under whatever name; another one is not."""
    with World() as world, tempfile.TemporaryDirectory(prefix="hub-") as folder:
        home, bad, good = world.namespace(), world.namespace(), world.namespace()
        for number, guest in ((77, bad), (78, good)):
            world.cable(home, f"lan{number}", guest, "guest0")
            home.ip(f"addr add 192.168.{number}.1/24 dev lan{number}")
            guest.ip(f"addr add 192.168.{number}.2/24 dev guest0")
        host = home.start(SERVER, "--json", "--data-dir", folder)
        port = json.loads(host.wait_line(lambda line: '"ready"' in line, "ready"))["port"]

        def join(guest, network, name):
            return guest.start(sys.executable, "-c", STRANGER,
                               f"wss://192.168.{network}.1:{port}/chat", name)

        ana = join(bad, 77, "Ana")
        ana.wait_line(lambda line: line == "* Ana joined", "Ana's join")
        host.wait_line(lambda line: '"joined"' in line, "the event")
        host.say("remove Ana")
        ana.wait_line(lambda line: line == "closed 4002", "her end")
        assert REMOVED in ana.lines, ana.lines

        again = join(bad, 77, "Eve")
        assert again.wait_line(lambda _: True, "an answer") == REMOVED
        bo = join(good, 78, "Bo")
        bo.wait_line(lambda line: line == "* Bo joined", "Bo's join")


def test_lock():
    async def scenario(host):
        async with opened(host) as ana, opened(host) as bo:
            await say(ana, "Ana", "* Ana joined")
            host.ask("lock", "locked")
            await bo.send("Bo")
            refused = await asyncio.wait_for(bo.recv(), PATIENCE)
            assert refused.startswith("! The room is locked."), refused
            await say(ana, "still here", "Ana: still here")
            # Said already, and said again.
            host.ask("LOCK", "locked")
            host.ask("unlock", "unlocked")
            await say(bo, "Bo", "* Bo joined")
    with TypingHost() as host:
        assert host.events[0]["locked"] is False
        asyncio.run(scenario(host))
        assert host.stop() == 0


def test_commands_in_one_go():
    """What is typed at once is done in its order, each with what the one before it changed."""
    with TypingHost() as host:
        host.type("code", "qr", "code new", "qr", "code off", "qr", "remove 9", "help")
        host.wait_event("help")
        told = [event for event in host.events if event["type"] != "ready"]
        assert [event["type"] for event in told] == ["code", "qr"] * 3 + ["error", "help"], told
        address = host.events[0]["urls"][0]
        for code, qr in ((told[i]["code"], told[i + 1]["text"]) for i in (0, 2, 4)):
            assert qr == (address + "#" + code if code else address), told
        assert len({event["code"] for event in told[:6:2]}) == 3, told
        assert host.stop() == 0

    with TypingHost() as host:
        host.type("lock", "unlock", "code", "code off", "lock", "who", "")
        host.wait_event("locked", 2)
        told = [event["type"] for event in host.events if event["type"] not in ("ready", "people")]
        assert told == ["locked", "unlocked", "code", "code", "locked"], told
        assert host.stop() == 0


def test_code():
    async def scenario(host):
        async with opened(host) as ana, opened(host) as bo, opened(host) as cy, opened(host) as di:
            await say(ana, "Ana", "* Ana joined")
            code = host.ask("code", "code")["code"]
            assert CODE.fullmatch(code), code
            assert host.ask("code", "code")["code"] == code
            await bo.send("222222")
            refused = await asyncio.wait_for(bo.recv(), PATIENCE)
            assert refused.startswith("! ") and " code" in refused, refused
            await bo.send(code.lower())
            await say(bo, "Bo", "* Bo joined")

            new = host.ask("code new", "code")["code"]
            assert CODE.fullmatch(new) and new != code, (new, code)
            await cy.send(code)
            refused = await asyncio.wait_for(cy.recv(), PATIENCE)
            assert refused.startswith("! ") and " code" in refused, refused
            await say(ana, "still here", "Ana: still here")
            await cy.send(new)
            await say(cy, "Cy", "* Cy joined")

            url = f"https://127.0.0.1:{host.port}/"
            assert host.ask("qr", "qr")["text"] == f"{url}#{new}"
            assert host.ask("code off", "code")["code"] is None
            assert host.ask("code off", "code")["code"] is None
            assert host.ask("qr", "qr")["text"] == url
            await say(di, "Di", "* Di joined")
    with TypingHost() as host:
        assert host.events[0]["code"] is None
        asyncio.run(scenario(host))
        assert host.stop() == 0


def test_ask_code():
    """A host that nobody types at asks from the start."""
    async def scenario(host):
        async with opened(host) as client:
            await client.send(host.events[0]["code"])
            await say(client, "Ana", "* Ana joined")
    with Host("--ask-code") as host:
        assert CODE.fullmatch(host.events[0]["code"]), host.events
        asyncio.run(scenario(host))
        assert host.stop() == 0


def test_errors():
    with TypingHost() as host:
        for line in ("frobnicate", "remove", 'remove "Ana', "code maybe", "lock now", "remove 0"):
            assert host.ask(line, "error")["text"].endswith("."), line
        assert "who" in host.ask("help", "help")["commands"]
        assert host.stop() == 0


def test_flood():
    """However much is typed, nothing of it is lost, nor kept waiting in memory."""
    with TypingHost() as host:
        host.type(*["lock", "unlock"] * 5000, "who")
        host.wait_event("people")
        told = [event["type"] for event in host.events if event["type"] != "ready"]
        assert told == ["locked", "unlocked"] * 5000 + ["people"], len(told)
        assert host.stop() == 0


def test_long_line_and_garbage():
    with TypingHost() as host:
        host.type("x" * 3_000_000)
        assert "too long" in host.wait_event("error")["text"]
        noise = random.Random(4).randbytes(200_000).replace(b"\n", b"")
        host.process.stdin.write(noise + b"\nremove \"\0\"\n\xff\n")
        host.process.stdin.flush()
        host.wait_event("error", 4)
        assert host.ask("who", "people")["count"] == 0
        assert all(line.startswith("{") for line in host.lines), host.lines
        assert host.stop() == 0


def test_end_of_input():
    """Not the end of the chat; what came without a line's end counts."""
    with TypingHost() as host:
        host.process.stdin.write(b"lock")
        host.process.stdin.close()
        host.wait_event("locked")
        connect(host.port).close()
        assert host.stop() == 0


def test_input_closed():
    with Host(stdin=None, preexec_fn=lambda: os.close(0)) as host:
        connect(host.port).close()
        assert host.stop() == 0


def test_quit():
    async def scenario(host):
        async with opened(host) as ana:
            await say(ana, "Ana", "* Ana joined")
            host.type("quit", "lock")
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    await asyncio.wait_for(ana.recv(), PATIENCE)
            assert ana.close_code == 1001, ana.close_code
    with TypingHost() as host:
        asyncio.run(scenario(host))
        assert host.wait() == 0
        assert host.lines[-1] == '{"type":"stopped"}', host.lines
        assert "locked" not in [event["type"] for event in host.events]


def test_pipe_has_no_names():
    """Where names would be kept, `who` says how many, and a refusal repeats nothing."""
    async def scenario(host):
        async with opened(host) as client:
            await say(client, "Zqmarker", "* Zqmarker joined")
            await asyncio.to_thread(
                poll, lambda: any("A guest joined" in line for line in host.lines), "the news")
            host.type("who", "remove Zqmarke", "remove zqmarker")
            await wait_removed(client)
    with TypingHost(json_lines=False, port=free_port()) as host:
        host.port = int(host.process.args[host.process.args.index("--port") + 1])
        poll(lambda: any("is open" in line for line in host.lines), "the chat")
        asyncio.run(scenario(host))
        assert host.stop() == 0
    text = "\n".join(host.lines)
    assert "Zqmarke" not in text and "zqmarke" not in text, text
    assert "\n1 here\n" in text and "A guest was removed (0 here)" in text, text
    assert "Others behind the same address are kept out too." in text, text


def decode(text):
    """What zbarimg makes of the first QR code that is drawn in @text in half blocks, light on dark."""
    if not shutil.which("zbarimg"):
        raise Skip("zbarimg (zbar-tools) is not installed")
    rows, scale = [], 6
    drawn = re.search(r"(?:^[ ▀▄█]{20,}\n)+", text, re.M).group(0)
    for line in drawn.splitlines():
        rows.append([255 if block in "▀█" else 0 for block in line])
        rows.append([255 if block in "▄█" else 0 for block in line])
    pixels = b"".join(bytes(v for v in row for _ in range(scale)) * scale for row in rows)
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        file.write(b"P5 %d %d 255\n" % (len(rows[0]) * scale, len(rows) * scale) + pixels)
        file.flush()
        result = subprocess.run(["zbarimg", "--quiet", "--raw", file.name], check=True,
                                capture_output=True)
    return result.stdout.decode().strip()


def test_qr_carries_the_code():
    with TypingHost("--ask-code", json_lines=False) as host:
        poll(lambda: any("Code to join: " in line for line in host.lines), "the code")
        code = CODE.search(next(line for line in host.lines if "Code to join: " in line)).group(0)
        address = re.search(r"https://\S+/", "\n".join(host.lines)).group(0)
        assert decode("\n".join(host.lines)) == address + "#" + code

        before = len(host.lines)
        host.type("code off")
        poll(lambda: "No code is asked for." in host.lines[-1], "the answer")
        host.type("qr", "who")
        poll(lambda: host.lines[-1] == "0 here", "the code to scan")
        assert decode("\n".join(host.lines[before:])) == address
        assert host.stop() == 0


if __name__ == "__main__":
    run(globals())
