# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever guests call themselves is shown as text, and nothing of theirs, nor anything that lets
somebody in, is on the session bus."""

import contextlib
import os
import time

from accessible import Role
from bus_dump import BusDump
from desktop import run_in
from hubbub import poll
from page_guest import PageGuest
from plain_guest import Guest

RIGHT_TO_LEFT_NAME = "\u05d3\u05e0\u05d4"  # Hebrew, as real people are called
NAMES = ("Tom & Jerry", "<b>x</b>", "<a href='x'>y</a>", "a_b", "__c", "100%s %n", "&amp;",
         RIGHT_TO_LEFT_NAME)
# What no name may hold, so that the host refuses it.
FORGED = ("Ana\u202egnp.exe", "Bob\u2066x", "\u202bEve")
REST_S = 3  # of the mouse; GTK shows a tooltip after half a second
SAID = "The-Words-That-Nobody-Else-May-Read"


def look_at_tooltip(program, name):
    """With the mouse on the row of @name."""
    x, y, _, height = program.find(f"{name}, iPhone, joined just now").extents()

    rested = 0

    def is_told():
        nonlocal rested
        # It moves as a hand does, and then rests, which is what tooltips come of.
        if time.monotonic() - rested > REST_S:
            for offset in (60, 64):
                desktop.output("xdotool", "mousemove", "--window", program.window(), str(x + offset),
                               str(y + height // 2))
            rested = time.monotonic()
        return len(list(program.tree().find_all(name, role=Role.LABEL))) == 2  # the row's and its own
    poll(is_told, f"the tooltip {name}")


def test_names_are_shown_as_they_are():
    with desktop.chat(settings={"window_height": "1000"}) as program, contextlib.ExitStack() as stack:
        for name in NAMES:
            stack.enter_context(PageGuest(program.port, name))
        program.find(f"Ready · {len(NAMES)} people")
        for name in NAMES:
            row = program.find(f"{name}, iPhone, joined just now")
            assert name in [child.name for child in row.all()], row
            program.find(f"Menu for {name}")
        desktop.picture("hostile-names", program.window())
        for name in NAMES:
            look_at_tooltip(program, name)


def test_removing_asks_with_the_name_as_it_is():
    name = "<b>Tom</b> & _Jerry"
    with desktop.chat() as program, PageGuest(program.port, name) as guest:
        program.find("Ready · 1 person")
        program.click(f"Menu for {name}")
        program.find("Remove", role=Role.MENU_ITEM)
        program.tab_to("Remove", key="Down")
        desktop.key("Return")
        program.find(contains=name, role=Role.LABEL)
        desktop.picture("hostile-remove")
        program.tab_to("Remove")
        desktop.key("Return")
        assert guest.wait("ended")["why"] == "removed"


def test_forged_directions_are_refused():
    with desktop.chat() as program, Guest(program.port, "Ana"):
        for name in FORGED:
            guest = PageGuest(program.port, name)
            assert guest.welcome["type"] == "refused" and guest.welcome["code"] == "name-bad", name
            guest.close()
        program.find("Ready · 1 person")


def test_nothing_of_it_is_on_the_session_bus():
    recorder = desktop.start("dbus-monitor", "--session", log="said-on-the-bus")
    with desktop.chat(settings={"ask_code": "true", "room_name": "'Secret Room'"}) as program:
        code = program.code()
        with PageGuest(program.port, "Zebedee", code=code) as guest:
            guest.tell(type="say", ref=1, text=SAID)
            guest.wait("accepted")
            program.find("Zebedee, iPhone, joined just now")
            text = BusDump(desktop).text_of(program.process.pid)
            token = guest.welcome["token"]
        assert "org.gtk.Actions" in text and "DescribeAll" in text, text
    desktop.end(recorder)
    with open(desktop.path("said-on-the-bus"), encoding="utf-8", errors="replace") as said:
        text += said.read()
    assert "org.gtk.Actions" in text and "NameAcquired" in text
    for secret in ("Zebedee", "iPhone", SAID, code, token, program.url, f":{program.port}",
                   "127.0.0.1", "Secret Room", desktop.home,
                   os.environ["HUB_TEST_BUILD_ROOT"]):
        assert secret not in text, secret


run_in(globals())
