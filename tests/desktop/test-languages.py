# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in each of its languages, as narrow as its windows get: the words are translated, they
run in their direction, and none is cut off."""

import contextlib
import os
import re
import signal
import socket

from accessible import Role, State
from desktop import run_in
from hubbub import poll
from languages import catalogue, environment
from page_guest import PageGuest

BUILD = os.environ["HUB_TEST_BUILD_ROOT"]
# A tour of everything makes so many quarks that GLib gives up its first table of them, a leak which no
# suppression can name (lsan.supp). Leaks are looked for by the other tests, a window at a time.
ASAN_OPTIONS = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0:detect_leaks=0"
PROBE = os.path.join(BUILD, "tests", "desktop", "libhub-label-probe.so")
SIZES = ((360, 640), (400, 720))
NAMES = ("Ana", "Bob", "Chloé", "Dmitri", "سارا")
RIGHT_TO_LEFT = ("ar",)
# A layout that is still in motion is not judged.
REST_S = 10


class Tour:
    """The program in @language (None: in English) with windows of @size."""

    def __init__(self, stack, language, size, variables=None, **settings):
        self.language = language
        self.size = size
        self.texts = catalogue(language) if language else {}
        self.file = desktop.path("labels")
        self.port = desktop.choose_port(window_width=str(size[0]), window_height=str(size[1]), **settings)
        env = {**desktop.env, **(variables or {}), "LD_PRELOAD": PROBE, "HUB_LABELS": self.file,
               "ASAN_OPTIONS": ASAN_OPTIONS}
        if language:
            env |= environment(language, desktop.made("locales"))
        self.program = stack.enter_context(desktop.hubbub(env=env))

    def say(self, text, context=None):
        """@text as it is on the screen."""
        forms = self.texts.get((context, text))
        return re.sub(r"_(?=\w)", "", forms[0] if forms else text)

    def find(self, text, context=None):
        return self.program.find(self.say(text, context))

    def click(self, text, role=None):
        """Clicks what shows @text with the mouse; the lowest within the window: tabs are at its lower
        edge while it is narrow, else above, and the others are behind what is shown or beyond it."""
        window = self.active()

        def place():
            nodes = self.program.tree().find_all(self.say(text), role)
            places = [(x, y, width, height) for x, y, width, height in [node.extents() for node in nodes]
                      if width > 1 and y + height <= self.size[1]]
            return max(places, key=lambda place: place[1], default=None)
        x, y, width, height = poll(place, f"{text} somewhere")
        desktop.output("xdotool", "mousemove", "--window", window, str(x + width // 2),
                       str(y + height // 2), "click", "1", "mousemove", "0", "0")

    def labels(self):
        """Returns: (width of the active window, list of (direction, state, text) of what is shown)"""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.file)
        self.program.process.send_signal(signal.SIGUSR1)
        poll(lambda: os.path.exists(self.file), "the labels")
        with open(self.file, encoding="utf-8") as file:
            lines = [line.rstrip("\n").split("\t", 2) for line in file]
        widths = [int(line[1]) for line in lines if line[0] == "window"]
        return widths[-1] if widths else 0, [line for line in lines if line[0] != "window"]

    def look(self, name, narrow=True):
        """Takes a picture of what is shown and judges it."""
        found = []

        def is_good():
            found[:] = self.complaints(narrow)
            return not found
        with contextlib.suppress(AssertionError):
            poll(is_good, "a layout at rest", REST_S)
        tag = self.language or "en"
        desktop.picture(f"language-{tag}-{self.size[0]}-{name}", self.active())
        assert not found, f"{tag} {name}: " + "\n".join(found)

    def complaints(self, narrow):
        width, labels = self.labels()
        direction = "rtl" if self.language in RIGHT_TO_LEFT else "ltr"
        originals = {re.sub(r"_(?=\w)", "", text.replace('\\"', '"')) for (_, text), forms
                     in self.texts.items() if text not in forms}
        found = [f"{state}: {text}" for _, state, text in labels if state != "whole"]
        found += [f"runs {way}: {text}" for way, _, text in labels if way != direction]
        found += [f"not translated: {text}" for _, _, text in labels if text in originals]
        if narrow and not 0 < width <= self.size[0]:
            found.append(f"{width} pixels wide, not {self.size[0]}")
        return found if labels else ["nothing is shown"]

    def shrink(self):
        """Makes the active window as small as the tour's, where it can be."""
        window = self.active()
        frame = desktop.output("xprop", "-id", window, "_GTK_FRAME_EXTENTS")
        left, right, top, bottom = [int(n) for n in re.findall(r"\d+", frame)] or [0] * 4
        desktop.output("xdotool", "windowsize", window, str(self.size[0] + left + right),
                       str(self.size[1] + top + bottom))

    def wait_active(self, is_wanted):
        """Waits until the active window is wanted. Returns: it"""
        def found():
            window = self.active()
            return window if window and is_wanted(window) else None
        return poll(found, "another window")

    @staticmethod
    def active():
        """Returns: the X id of the window that has the keyboard, if one has"""
        return desktop.output("xdotool", "getactivewindow").strip()

    def visit(self, name, key, pages=(), close="ctrl+w", narrow=True):
        """Opens a window by @key, looks at its @pages, and closes it."""
        desktop.key(key)
        opened = self.wait_active(lambda window: window != self.main)
        self.shrink()
        for page in pages or [None]:
            if page:
                self.click(page, Role.PAGE_TAB)
                poll(lambda: any(tab.is_in(State.SELECTED) for tab in self.program.tree().find_all(
                    self.say(page), Role.PAGE_TAB)), f"the page {page}")
            self.look(f"{name}-{page.strip('_').lower()}" if page else name, narrow)
        desktop.key(close)
        self.wait_active(lambda window: window == self.main)


def take_tour(language, size):
    with contextlib.ExitStack() as stack:
        tour = Tour(stack, language, size)
        tour.find("Ready")
        tour.main = tour.wait_active(lambda window: True)
        tour.look("empty")
        guests = [stack.enter_context(PageGuest(tour.port, name)) for name in NAMES]
        tour.program.find(contains=NAMES[-1])
        tour.look("people")
        desktop.key("F10")
        tour.find("_Preferences")
        tour.look("menu")
        desktop.key("Escape")
        poll(lambda: tour.say("_Preferences") not in [text for _, _, text in tour.labels()[1]],
             "the menu to be gone")
        tour.visit("preferences", "ctrl+comma", ("_Chat", "_Network", "_Program"))
        tour.visit("help", "F1", ("_Connecting", "_Security"))
        tour.visit("rename", "F2", close="Escape")
        tour.visit("join-card", "F11", close="Escape", narrow=False)
        tour.visit("shortcuts", "ctrl+question", close="Escape", narrow=False)
        tour.click(NAMES[0])
        poll(lambda: (node := tour.program.focused()) and NAMES[0] in node.name, "the focus")
        tour.visit("remove", "Delete", close="Escape")
        tour.visit("close", "ctrl+w", close="Escape")
        tour.click("_Stop")
        tour.wait_active(lambda window: window != tour.main)
        tour.find("_End Chat")
        tour.look("stop")
        desktop.key("Escape")
        tour.wait_active(lambda window: window == tour.main)
        tour.click("_Lock Room")
        tour.find("_Unlock")
        tour.look("locked")
        for guest in guests:
            guest.tell(type="bye")
        tour.find("Ready")
        tour.click("_Stop")
        tour.find("_Start Again")
        tour.look("stopped")


def take_detour(language, size):
    """What a chat meets that does not start as usual."""
    with contextlib.ExitStack() as stack, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        tour = Tour(stack, language, size, first_run="true", ask_code="true", port=f"uint32 {port}")
        tour.find("Ready")
        poll(lambda: any(str(port) in name for name in tour.program.tree().names()), "the busy port")
        tour.look("first-run")
    with contextlib.ExitStack() as stack:
        tour = Tour(stack, language, size, {"XDG_DATA_HOME": "/dev/null"})
        tour.find("_Try Again")
        tour.look("failed")


def take_look(language):
    """Of people who see little: large letters and high contrast."""
    size = SIZES[0]
    with contextlib.ExitStack() as stack:
        stack.enter_context(desktop.large_text())
        tour = Tour(stack, language, size)
        tour.find("Ready")
        desktop.set_high_contrast()
        tour.main = tour.wait_active(lambda window: True)
        tour.look("large-empty")
        guests = [stack.enter_context(PageGuest(tour.port, name)) for name in NAMES]
        tour.program.find(contains=NAMES[-1])
        tour.look("large-people")
        tour.visit("large-close", "ctrl+w", close="Escape")
        desktop.key("ctrl+l")
        tour.find("_Unlock")
        tour.look("large-locked")
        assert guests


def test_large_text():
    for language in (None, "ar"):
        take_look(language)


def test_english():
    take_tour(None, SIZES[0])
    take_detour(None, SIZES[0])


def test_german():
    for size in SIZES:
        take_tour("de", size)
        take_detour("de", size)


def test_arabic():
    for size in SIZES:
        take_tour("ar", size)
        take_detour("ar", size)


run_in(globals())
