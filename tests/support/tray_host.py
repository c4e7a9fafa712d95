# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests of real trays: what is seen of the icon on the screen, its menu worked with the mouse, and
what each item does to the real program. The tests are here, once; a panel is what TrayHost asks for."""

import contextlib
import os
import shutil
from collections import Counter

import gi

from accessible import connect
from desktop import application_id
from hubbub import PATIENCE, poll
from page_guest import PageGuest

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first
from PIL import Image, ImageChops  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
ICONS = os.path.join(os.environ["HUB_TEST_SOURCE_ROOT"], "data", "icons")
MENU = ["Show Hubbub", "Copy Address", "Lock Room", "Stop Chat", "Quit"]
MENU_REACH = 250  # pixels to the left of the icon: a menu's width
LOCKED = "Locked. People who are here can stay and come back; nobody new can join."


def install_icons(session):
    """Puts the icons where an installation for one person would."""
    hicolor = os.path.join(session.env["XDG_DATA_HOME"], "icons", "hicolor")
    for kind, names in (("scalable", ("",)),
                        ("symbolic", ("-symbolic", "-tray-running-symbolic",
                                      "-tray-stopped-symbolic", "-tray-attention-symbolic"))):
        folder = os.path.join(hicolor, kind, "apps")
        os.makedirs(folder)
        for name in names:
            shutil.copy(os.path.join(ICONS, f"hubbub{name}.svg"),
                        os.path.join(folder, f"{application_id()}{name}.svg"))


class Bus:
    """The session bus, as a program of the session sees it."""

    def __init__(self, session):
        self._connection = connect(session.env["DBUS_SESSION_BUS_ADDRESS"])

    def call(self, name, path, interface, method, parameters=None):
        """Returns: what was answered, or None for an error"""
        try:
            return self._connection.call_sync(name, path, interface, method, parameters, None,
                                              Gio.DBusCallFlags.NO_AUTO_START,
                                              int(PATIENCE * 1000), None).unpack()
        except GLib.Error:
            return None

    def get(self, name, path, interface, prop):
        answer = self.call(name, path, "org.freedesktop.DBus.Properties", "Get",
                           GLib.Variant("(ss)", (interface, prop)))
        return answer[0] if answer else None

    def has_tray(self):
        return bool(self.get(WATCHER, "/StatusNotifierWatcher", WATCHER,
                             "IsStatusNotifierHostRegistered"))

    def items(self):
        """What the watcher lists: names on the bus, some with a path behind."""
        return self.get(WATCHER, "/StatusNotifierWatcher", WATCHER,
                        "RegisteredStatusNotifierItems") or []

    def item(self, prop):
        """A property of the program's item. A watcher may list some that are gone."""
        for item in reversed(self.items()):
            value = self.get(item.split("/")[0].rstrip("@"), "/StatusNotifierItem", ITEM, prop)
            if value is not None:
                return value
        return None

    def wait_icon(self, state):
        """Until the icon says @state: running, stopped or attention."""
        name = f"{application_id()}-tray-{state}-symbolic"
        try:
            poll(lambda: self.item("IconName") == name, f"the icon {name}")
        except AssertionError as error:
            raise AssertionError(f"{error}; tray: {self.has_tray()}, {self.items()}") from None


def difference(one, other, within):
    """Where two pictures differ within the box @within. Returns: a box, or None"""
    with Image.open(one) as before, Image.open(other) as after:
        found = ImageChops.difference(before.convert("RGB").crop(within),
                                      after.convert("RGB").crop(within))
    box = found.point(lambda value: 255 if value > 24 else 0).getbbox()
    return box and (box[0] + within[0], box[1] + within[1], box[2] + within[0], box[3] + within[1])


def count_colour(picture, box, colour, tolerance=40):
    """How many pixels of @box have about this colour."""
    with Image.open(picture) as image:
        pixels = image.convert("RGB").crop(box).getdata()
    return sum(all(abs(a - b) <= tolerance for a, b in zip(pixel, colour)) for pixel in pixels)


def text_lines(picture, box):
    """Returns: the middle of each line of text within @box, from above"""
    with Image.open(picture) as image:
        area = image.convert("L").crop(box)
    pixels, width = list(area.getdata()), area.width
    paper = Counter(pixels).most_common(1)[0][0]
    lines = []
    for y in range(area.height):
        row = pixels[y * width:(y + 1) * width]
        # A separator, too, goes through; a frame is at the edge.
        inked = [x for x, value in enumerate(row) if abs(value - paper) > 70 and 6 < x < width - 6]
        if len(inked) < 2 or len(inked) > width * 0.8:
            continue
        if lines and y - lines[-1][1] <= 3:
            lines[-1][1] = y
        else:
            lines.append([y, y])
    return [(box[0] + width // 2, box[1] + (top + bottom) // 2) for top, bottom in lines
            if bottom - top >= 6]


def middle(box):
    return (box[0] + box[2]) // 2, (box[1] + box[3]) // 2


class TrayHost:
    """A panel with a tray on a screen. What a subclass says:

    `name` of the pictures, `bar` (where on the screen the panel shows trays), `menu_button`; start()
    and stop() the panel; and, unless it is X11, click() and rest() the mouse, picture(),
    close_window(), sees_window(), and pasted(): what another program gets from the clipboard.
    """

    menu_button = 3
    env = None  # more environment for the program

    def __init__(self, desktop):
        self.desktop = desktop
        self.bus = Bus(desktop)
        self.empty = None
        self.icon = None

    def click(self, place, button):
        self.desktop.output("xdotool", "mousemove", *map(str, place), "click", str(button))

    def rest(self):
        """The mouse where nothing is."""
        self.desktop.output("xdotool", "mousemove", "1200", "880")

    def picture(self, name):
        return self.desktop.picture(name)

    def close_window(self, program):
        self.desktop.output("wmctrl", "-i", "-c", program.window())

    def sees_window(self, program):
        return program.is_visible()

    def pasted(self):
        return self.desktop.clipboard()

    def hide_window(self, program):
        self.close_window(program)
        poll(lambda: not self.sees_window(program), "the window to be hidden")

    def shot(self, name):
        return self.picture(f"tray-{self.name}-{name}")

    def wait_tray(self):
        poll(self.bus.has_tray, "the tray")

    def settled(self, name):
        """A picture of a screen on which nothing moves any more."""
        path = self.shot(name)
        for _ in range(50):
            with Image.open(path) as image:
                before = image.tobytes()
            path = self.shot(name)
            with Image.open(path) as image:
                if image.tobytes() == before:
                    return path
        raise AssertionError("the screen does not come to rest")

    @contextlib.contextmanager
    def chat(self):
        """The program, its icon in the tray."""
        self.rest()
        self.empty = self.settled("empty")
        with self.desktop.chat(env=self.env) as program:
            self.find_icon()
            yield program

    def find_icon(self):
        """Waits for the icon on the screen. Returns: its box"""
        self.bus.wait_icon("running")
        self.rest()
        self.icon = poll(lambda: difference(self.empty, self.shot("icon"), self.bar),
                         "the icon in the panel")
        return self.icon

    def wait_no_icon(self):
        self.rest()
        poll(lambda: not difference(self.empty, self.shot("icon"), self.bar), "the icon to be gone")

    def open_menu(self, name="menu"):
        """Opens it with the mouse. Returns: the places of its items"""
        closed = self.settled("closed")
        self.click(middle(self.icon), self.menu_button)
        with Image.open(closed) as image:
            below = (self.icon[0] - MENU_REACH, self.bar[3] + 1, image.width, image.height)
        lines = []

        def opened():
            nonlocal lines
            picture = self.settled(name)
            box = difference(closed, picture, below)
            lines = text_lines(picture, box) if box else []
            return len(lines) == len(MENU)
        try:
            poll(opened, "the menu", 20)
        except AssertionError as error:
            raise AssertionError(f"{error}: lines at {lines}") from None
        return lines

    def choose(self, item, name="menu"):
        places = self.open_menu(name)
        self.click(places[MENU.index(item)], 1)


# ---- the tests ----

def icon_is_seen(host):
    with host.chat():
        box = host.find_icon()
        assert 10 <= box[2] - box[0] <= 40 and 10 <= box[3] - box[1] <= 40, box
        host.shot("running")
    host.wait_no_icon()
    poll(lambda: not host.bus.items(), "the item to be forgotten")


def wants_attention(host):
    """A chat that could not be started."""
    host.rest()
    host.empty = host.settled("empty")
    with host.desktop.hubbub(env={**(host.env or {}), "XDG_DATA_HOME": "/dev/null"}) as program:
        program.find("Couldn’t start the chat.")
        host.bus.wait_icon("attention")
        poll(lambda: host.bus.item("Status") == "NeedsAttention", "the status")
        host.rest()
        poll(lambda: difference(host.empty, host.shot("attention"), host.bar), "the icon")
    host.wait_no_icon()


def tooltip_counts(host):
    with host.chat() as program, PageGuest(program.port, "Ana"):
        program.find("Ready · 1 person")
        poll(lambda: host.bus.item("ToolTip")[2] == "Hubbub: 1 person", "the tooltip")
        assert host.bus.item("Title") == "Hubbub"


def lock_and_stop(host):
    with host.chat() as program:
        host.choose("Lock Room")
        program.find(LOCKED)
        host.choose("Lock Room", "menu-locked")
        program.wait_gone(LOCKED)

        host.choose("Stop Chat")
        program.find("Start Again")
        host.bus.wait_icon("stopped")
        host.rest()
        host.settled("stopped")
        host.choose("Stop Chat", "menu-stopped")  # which is Start Chat now
        program.find("Ready")
        host.bus.wait_icon("running")


def show_hidden_window(host):
    with host.chat() as program, PageGuest(program.port, "Ana"):
        program.find("Ready · 1 person")
        host.hide_window(program)
        host.choose("Show Hubbub")
        poll(lambda: host.sees_window(program), "the window")


def copy_address(host):
    with host.chat() as program, PageGuest(program.port, "Ana"):
        program.find("Ready · 1 person")
        host.hide_window(program)
        host.choose("Copy Address")
        program.find("Address copied")
        poll(lambda: host.pasted() == program.url, "the address in the clipboard")
        host.shot("copied")


def restart_tray(host):
    with host.chat() as program:
        host.stop()
        poll(lambda: not host.bus.has_tray(), "the tray to be gone")
        host.start()
        host.find_icon()
        host.choose("Lock Room")
        program.find(LOCKED)


def quit_from_menu(host):
    with host.chat() as program:
        host.choose("Quit")
        program.wait()
    host.wait_no_icon()


TESTS = (icon_is_seen, wants_attention, tooltip_counts, lock_and_stop, show_hidden_window, copy_address,
         restart_tray, quit_from_menu)


def add_tests(namespace, host):
    """Puts the tests into @namespace, for hubbub.run()."""
    for test in TESTS:
        namespace[f"test_{test.__name__}"] = lambda test=test: test(host)
