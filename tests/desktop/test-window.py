# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of a chat that runs: what it says and does, each action by the keyboard alone, its
effect seen by a real guest."""


from accessible import Role, State
from desktop import run_in, scan
from hubbub import connect, poll, request
from page_guest import PageGuest
from plain_guest import Guest

WAITING = "Waiting for people. Scan the code with a phone camera, or type the address."
LOCKED = "Locked. People who are here can stay and come back; nobody new can join."


def rows(program):
    """The accessible names of the people's rows."""
    return [name for name in program.tree().names() if name.endswith("joined just now")]


def test_opens_with_a_chat_that_is_ready():
    with desktop.chat() as program:
        program.find(WAITING)
        for words in (program.url, "Phones warn once, that is expected.", "Open Chat on This Computer",
                      "Copy", "Enlarge", "Lock Room", "Stop"):
            program.find(words)
        assert scan(desktop.picture("ready", program.window())) == program.url
        with connect(program.port) as connection:
            status, _, body = request(connection, f"GET / HTTP/1.1\nHost: 127.0.0.1:{program.port}\n\n")
        assert status == 200 and b"<html" in body


def test_people_come_and_go():
    with desktop.chat() as program:
        with PageGuest(program.port, "Ana") as ana:
            program.find("Ready · 1 person")
            program.find("Ana, iPhone, joined just now")
            assert program.tree().find(WAITING) is None
            with Guest(program.port, "Bob"):
                program.find("Ready · 2 people")
                assert rows(program) == ["Ana, iPhone, joined just now", "Bob, joined just now"]
            program.find("Ready · 1 person")
            assert rows(program) == ["Ana, iPhone, joined just now"]
            ana.tell(type="bye")
            program.find("Ready")
        program.find(WAITING)


def test_remove_by_keys():
    with desktop.chat() as program, PageGuest(program.port, "Ana") as ana:
        program.find("Ana, iPhone, joined just now")
        program.tab_to("Menu for Ana")
        desktop.key("space")
        program.find("Remove…")
        program.tab_to("Remove…", key="Down")
        desktop.key("Return")
        program.find("Cancel")
        desktop.key("Escape")
        program.wait_gone("Cancel")
        program.find("Ana, iPhone, joined just now")

        program.tab_to("Menu for Ana")
        desktop.key("space")
        program.find("Remove…")
        program.tab_to("Remove…", key="Down")
        desktop.key("Return")
        program.find("Remove", role=Role.PUSH_BUTTON)
        program.tab_to("Remove")
        desktop.key("Return")
        assert ana.wait("ended")["why"] == "removed"
        assert ana.wait("closed")["code"] == 4002
        program.find("Ready")


run_in(globals())
