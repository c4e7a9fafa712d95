# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real notification daemon shows of the chat, and what a click on it does."""

import re

from desktop import run_in
from hubbub import poll
from page_guest import PageGuest

HOSTILE = "<b>Tom</b> & Jerry"


def notified():
    """What was said on the bus."""
    with open(desktop.path("notified"), encoding="utf-8", errors="replace") as file:
        return file.read()


def test_the_first_guest():
    with desktop.notifications() as shown, desktop.hidden_chat() as program:
        recorder = desktop.start("dbus-monitor", "--session", log="notified")
        poll(lambda: "NameAcquired" in notified(), "the recorder")
        desktop.wait_served(program.port)
        with PageGuest(program.port, HOSTILE), PageGuest(program.port, "Ana"):
            shown.find("Somebody Joined the Chat")
            # As people call it, not as it is typed.
            poll(lambda: re.search(r'member=Notify\n\s*string "Hubbub"', notified()), "its name")
            desktop.end(recorder)
            names = shown.tree().names()
            assert not any("Tom" in name or "Ana" in name for name in names), names
            shown.click("The first guest is here.")
            program.find("Ready · 2 people")
            assert program.is_visible()


def test_the_first_guest_may_come_unnoticed():
    settings = {"notify_first_guest": "false"}
    with desktop.notifications() as shown, desktop.hidden_chat(settings=settings) as program:
        desktop.wait_served(program.port)
        with PageGuest(program.port, "Ana"):
            desktop.launch()
            program.find("Ready · 1 person")
            # What the program had to say of it was said before this.
            desktop.output("gdbus", "call", "--session", "--dest", "org.freedesktop.Notifications",
                           "--object-path", "/org/freedesktop/Notifications", "--method",
                           "org.freedesktop.Notifications.Notify", "a test", "0", "", "A Mark", "",
                           "[]", "{}", "0")
            shown.find("A Mark")
            assert shown.tree().find("Somebody Joined the Chat") is None


def test_nothing_is_left_at_the_end():
    with desktop.notifications() as shown:
        with desktop.hidden_chat() as program:
            desktop.wait_served(program.port)
            with PageGuest(program.port, "Ana"):
                shown.find("Somebody Joined the Chat")
        poll(lambda: shown.tree().find("Somebody Joined the Chat") is None, "it to be withdrawn")


run_in(globals())
