# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the main menu, the card's buttons and the shortcuts open, by the keyboard alone."""

import os

from desktop import run_in, scan
from hubbub import connect, poll, request
from page_guest import PageGuest

LOCKED = "Locked. People who are here can stay and come back; nobody new can join."
BROWSER = """[Desktop Entry]
Type=Application
Name=A browser that only writes down where it was sent
Exec=sh -c 'printf "%%s" "$1" > {place}' sh %u
MimeType=x-scheme-handler/http;
"""


def test_copy():
    with desktop.chat(gives_clipboard=True) as program:
        program.tab_to("Copy")
        desktop.key("Return")
        program.find("Address copied")
        assert desktop.clipboard() == program.url
        desktop.copy("something else")
        desktop.key("ctrl+shift+c")
        poll(lambda: desktop.clipboard() == program.url, "the address on the clipboard")


def test_copy_address_from_outside():
    with desktop.hidden_chat(gives_clipboard=True) as program:
        desktop.wait_served(program.port)
        assert desktop.launch("--copy-address") == 0
        poll(lambda: desktop.clipboard() == program.url, "the address on the clipboard")
        assert program.is_visible()


def test_enlarge():
    with desktop.chat() as program, PageGuest(program.port, "Ana"):
        program.find("Ready · 1 person")
        program.tab_to("Enlarge")
        desktop.key("Return")
        program.find("Hide Names")
        card = program.window("How to join")
        for words in ("Phones warn once, that is expected.", program.url, "Ana"):
            program.find(contains=words)
        poll(lambda: scan(desktop.picture("enlarged", card)) == program.url, "its QR code")
        small = desktop.path("small.png")
        desktop.output("convert", desktop.picture("enlarged", card), "-resize", "25%", small)
        assert scan(small) == program.url
        program.tab_to("Hide Names")
        desktop.key("space")
        poll(lambda: desktop.setting("hide-names") == "true", "the names to be hidden")
        desktop.key("Escape")
        program.wait_gone("Hide Names")
        desktop.key("F11")
        program.find("Hide Names")
        # What the program's keys do they do here, too.
        desktop.key("ctrl+l")
        program.find(LOCKED)
        desktop.key("ctrl+l")
        program.wait_gone(LOCKED)
        program.tab_to("Close")
        desktop.key("Return")
        program.wait_gone("Hide Names")


def test_open_chat_on_this_computer():
    place = desktop.path("visited")
    folder = os.path.join(desktop.env["XDG_DATA_HOME"], "applications")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "browser.desktop"), "w", encoding="utf-8") as file:
        file.write(BROWSER.format(place=place))
    with open(os.path.join(folder, "mimeapps.list"), "w", encoding="utf-8") as file:
        file.write("[Default Applications]\nx-scheme-handler/http=browser.desktop\n")
    with desktop.chat() as program:
        for keys in ("Return", "ctrl+o"):
            program.tab_to("Open Chat on This Computer")
            desktop.key(keys)
            poll(lambda: os.path.exists(place) and os.path.getsize(place), "the browser")
            with open(place, encoding="utf-8") as file:
                assert file.read().startswith("http://127.0.0.1:")
            os.remove(place)


def test_preferences():
    with desktop.chat() as program:
        program.choose("Preferences")
        program.find("Room Name")
        desktop.picture("preferences", program.window("Preferences"))
        program.tab_to("Ask for a Code")
        desktop.key("shift+Tab", "ctrl+a")
        desktop.type("Physics")
        desktop.key("Return")
        poll(lambda: desktop.setting("room-name") == "'Physics'", "the name to be kept")
        desktop.key("Escape")
        program.wait_gone("Room Name")
        desktop.key("ctrl+comma")
        program.find("Room Name")
        # The program ends while somebody types.
        program.tab_to("Ask for a Code")
        desktop.key("shift+Tab", "x")


def test_rename_room():
    with desktop.chat() as program:
        desktop.key("F2")
        program.find("Name of the room")
        desktop.key("ctrl+a")
        desktop.type("Year Seven")
        desktop.key("Return")
        poll(lambda: desktop.setting("room-name") == "'Year Seven'", "the name to be kept")
        program.find("Year Seven")
        desktop.wait_served(program.port)
        with connect(program.port) as connection:
            _, _, room = request(connection, f"GET /room HTTP/1.1\nHost: 127.0.0.1:{program.port}\n\n")
        assert b"Year Seven" in room, room


def test_help():
    with desktop.chat() as program:
        program.choose("Help Connecting")
        program.find("Firewall of This Computer")
        for firewall in ("firewalld", "ufw", "nftables"):
            program.find(f"Command for {firewall}")
        program.find(contains=f"{program.port}/tcp")
        desktop.picture("help", program.window("Help"))
        desktop.key("Escape")
        program.wait_gone("Firewall of This Computer")
        desktop.key("F1")
        program.find("Firewall of This Computer")


def test_keyboard_shortcuts():
    with desktop.chat() as program:
        program.choose("Keyboard Shortcuts")
        program.find("Copy the address")
        desktop.picture("shortcuts")
        desktop.key("Escape")
        program.wait_gone("Copy the address")
        desktop.key("ctrl+question")
        program.find("Copy the address")


def test_about():
    with desktop.chat() as program:
        program.choose("About Hubbub")
        program.find("The Hubbub developers")
        desktop.picture("about")
        desktop.key("Escape")
        program.wait_gone("The Hubbub developers")


def test_without_its_schema():
    with desktop.hubbub(schema=False) as program:
        program.find("Ready")
        program.choose("Preferences")
        program.find("Settings aren’t kept")


run_in(globals())
