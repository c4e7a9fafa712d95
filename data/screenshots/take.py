# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of README.md and the AppStream metadata from the real programs: ./dev screenshots

A host and a phone on a network of their own, which needs root. What is shown says what program
this is to people who do not have it yet, so it is the program as it comes, in its usual places.
"""

import contextlib
import os
import shutil
import subprocess
import sys

import desktop
from desktop import Desktop
from hubbub import PATIENCE
from netns import World

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE_GUEST = os.path.join(os.path.dirname(desktop.__file__), "page_guest.py")
HOME = "192.168.1.5"
PEOPLE = ("Ana", "Ben", "Chidi", "Dilnoza", "Emre")
SIZE = 760, 620
# The window as it is first, and a phone beside it.
NARROW, PHONE = (400, 640), (360, 640)
# Nobody holds a session of a test's own awake, of which it tells at first.
SLEEP = "This computer may go to sleep."


def join(guest, name):
    program = guest.start(sys.executable, PAGE_GUEST, HOME, "8443", name)
    program.wait_line(lambda line: '"welcome"' in line, "to be welcomed")


def write(name, *picture):
    """What `convert` makes of @picture, into this folder, as small as it gets without a loss that is seen."""
    subprocess.run(["convert", *picture, "-strip", "+dither", "-colors", "255", "-depth", "8", "-define",
                    "png:compression-level=9", os.path.join(HERE, name + ".png")],
                   check=True, timeout=PATIENCE)


def keep(screen, name, window):
    write(name, screen.settled_picture(name, window))


def together(screen, program, guest):
    """The window and, beside it, the page of one of those who chat."""
    phone = screen.path("phone.png")
    node, people = shutil.which("node"), os.path.join(HERE, "people.mjs")
    crowd = guest.start(node, people, f"https://{HOME}:8443/", phone, *map(str, PHONE))
    crowd.wait_line(lambda line: line == "ready", "all to have chatted")
    program.find("Ready · 5 people")
    program.wait_gone(SLEEP)
    window = program.window()
    screen.resize(window, *NARROW)
    write("together", screen.settled_picture("together", window), "(", phone, "-bordercolor",
          "#b8b8b8", "-border", "1", ")", "-background", "none", "-gravity", "center", "+smush", "24")
    if crowd.end() != 0:
        raise AssertionError("the people with browsers did not end well")


def main():
    with contextlib.ExitStack() as stack:
        screen = stack.enter_context(Desktop(animations=False))
        world = stack.enter_context(World())
        home, guest = world.namespace(), world.namespace()
        world.cable(home, "lan0", guest, "guest0")
        home.ip(f"addr add {HOME}/24 dev lan0")
        guest.ip("addr add 192.168.1.20/24 dev guest0")
        screen.output("xdotool", "mousemove", "0", "0")
        screen.settings(first_run="false", room_name="'Room 2.14'")
        with screen.hubbub(wrapper=home.wrapper()) as program:
            program.find("Ready")
            together(screen, program, guest)
        program = stack.enter_context(screen.hubbub(wrapper=home.wrapper()))
        program.find("Ready")
        for name in PEOPLE:
            join(guest, name)
        program.find("Ready · 5 people")
        program.wait_gone(SLEEP)
        window = program.window()
        screen.resize(window, *SIZE)
        keep(screen, "window", window)

        program.tab_to("Enlarge")
        screen.key("Return")
        program.find("Hide Names")
        keep(screen, "poster", program.window("How to join"))
        screen.key("Escape")
        program.wait_gone("Hide Names")

        program.tab_to("Lock Room")
        screen.key("space")
        program.find("Unlock")
        screen.set_dark(True)
        keep(screen, "dark", window)


main()
