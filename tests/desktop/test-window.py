# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of a chat that runs: what it says and does, each action by the keyboard alone, its
effect seen by a real guest."""


import contextlib

from accessible import Role
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
        program.find("Remove", role=Role.MENU_ITEM)
        program.tab_to("Remove", key="Down")
        desktop.key("Return")
        program.find("Cancel")
        desktop.key("Escape")
        program.wait_gone("Cancel")
        program.find("Ana, iPhone, joined just now")

        program.tab_to("Menu for Ana")
        desktop.key("space")
        program.find("Remove", role=Role.MENU_ITEM)
        program.tab_to("Remove", key="Down")
        desktop.key("Return")
        program.find("Remove", role=Role.PUSH_BUTTON)
        program.tab_to("Remove")
        desktop.key("Return")
        assert ana.wait("ended")["why"] == "removed"
        assert ana.wait("closed")["code"] == 4002
        program.find("Ready")
        # The row that had the keyboard is gone: what is next to where it was has it.
        poll(lambda: (node := program.focused()) and node.name == "Open Chat on This Computer",
             "the focus beside the list")


def test_lock_by_keys():
    with desktop.chat() as program, PageGuest(program.port, "Ana") as ana:
        program.find("Ready · 1 person")
        program.tab_to("Lock Room")
        desktop.key("space")
        program.find(LOCKED)
        assert ana.wait("room")["locked"]
        with PageGuest(program.port, "Bob") as bob:
            assert (bob.welcome["type"], bob.welcome["code"]) == ("refused", "locked")
        assert scan(desktop.picture("locked", program.window())) == ""

        program.tab_to("Unlock")
        desktop.key("Return")
        program.wait_gone(LOCKED)
        assert not ana.wait("room")["locked"]
        with PageGuest(program.port, "Bob") as bob:
            assert bob.welcome["type"] == "welcome"
        desktop.key("ctrl+l")
        program.find(LOCKED)


def test_ask_for_a_code_by_keys():
    with desktop.chat() as program:
        program.choose("Ask for a Code")
        code = program.code()
        assert desktop.setting("ask-code") == "true"
        window = program.window()
        poll(lambda: scan(desktop.picture("code", window)) == f"{program.url}#{code}", "the QR code")
        with PageGuest(program.port, "Eve") as eve:
            assert (eve.welcome["type"], eve.welcome["code"]) == ("refused", "code")
        with PageGuest(program.port, "Ana", code=code) as ana:
            program.find("Ready · 1 person")
            program.choose("New Code")
            new = poll(lambda: program.code() != code and program.code(), "another code")
            ana.tell(type="say", ref=1, text="Still here")
            assert ana.wait("accepted")["ref"] == 1
            with PageGuest(program.port, "Eve", code=code) as eve:
                assert (eve.welcome["type"], eve.welcome["code"]) == ("refused", "code")
            with PageGuest(program.port, "Bob", code=new) as bob:
                assert bob.welcome["type"] == "welcome"
            program.choose("Ask for a Code")
            program.wait_gone(f"Code to join: {new}")
            with PageGuest(program.port, "Eve") as eve:
                assert eve.welcome["type"] == "welcome"


def test_a_new_code_is_offered_after_a_removal():
    with desktop.chat(settings={"ask_code": "true"}) as program:
        code = program.code()
        with PageGuest(program.port, "Ana", code=code) as ana:
            program.find("Ana, iPhone, joined just now")
            program.tab_to("Ana, iPhone, joined just now")
            desktop.key("Delete")
            program.find("Remove")
            program.tab_to("Remove")
            desktop.key("Return")
            assert ana.wait("ended")["why"] == "removed"
        program.find("New Code")
        program.tab_to("New Code")
        desktop.key("Return")
        poll(lambda: program.code() != code, "another code")


def test_stop_asks_and_start_again_by_keys():
    with desktop.chat() as program:
        with PageGuest(program.port, "Ana") as ana, PageGuest(program.port, "Bob") as bob:
            program.find("Ready · 2 people")
            program.tab_to("Stop")
            desktop.key("space")
            program.find("End the chat for 2 people?")
            program.find(contains="Its messages will be gone.")
            desktop.picture("stop-asks", program.window())
            desktop.key("Escape")
            program.wait_gone("End the chat for 2 people?")
            ana.tell(type="ping")
            ana.wait("pong")

            program.tab_to("Stop")
            desktop.key("space")
            program.find("End Chat")
            program.tab_to("End Chat")
            desktop.key("Return")
            for guest in (ana, bob):
                assert guest.wait("ended")["why"] == "stopped"
                assert guest.wait("closed")["code"] == 1001
        program.find(contains="Chat ended")
        program.find("Its messages are gone.")
        desktop.picture("stopped", program.window())
        program.tab_to("Start Again")
        desktop.key("Return")
        program.find("Ready")
        with PageGuest(program.port, "Ana"):
            program.find("Ready · 1 person")


def test_quit_asks_while_people_are_here():
    with desktop.chat() as program, PageGuest(program.port, "Ana") as ana:
        program.find("Ready · 1 person")
        program.choose("Quit")
        program.find("End the chat for 1 person?")
        desktop.key("Escape")
        program.wait_gone("End the chat for 1 person?")
        desktop.key("ctrl+q")
        program.find("End Chat")
        program.tab_to("End Chat")
        desktop.key("Return")
        assert ana.wait("ended")["why"] == "stopped"
        assert program.wait() == 0


def test_search_from_twelve_people():
    with desktop.chat() as program, contextlib.ExitStack() as stack:
        for number in range(12):
            stack.enter_context(Guest(program.port, f"Guest {number}"))
        program.find("Ready · 12 people")
        desktop.key("ctrl+f")
        program.find("Search People")
        desktop.type("guest 11")
        program.wait_gone("Guest 0, joined just now")
        assert rows(program) == ["Guest 11, joined just now"]
        desktop.key("Escape")
        program.find("Guest 0, joined just now")


run_in(globals())
