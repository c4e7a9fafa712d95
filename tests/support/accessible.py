# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and works a program through the accessibility bus, as a screen reader does.

Straight over D-Bus: AT-SPI's own library keeps a cache that GTK 4.8 does not keep fresh, has no
deadlines and knows one bus a process.
"""

import enum

import gi

from hubbub import PATIENCE, poll

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first

LAUNCHER = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
CALL_MS = int(PATIENCE * 1000)
SCREEN = 0  # ATSPI_COORD_TYPE_SCREEN
WINDOW = 1  # ATSPI_COORD_TYPE_WINDOW


class Role(enum.IntEnum):
    """Of atspi-constants.h; the ones that are asked for."""
    ALERT = 2
    CHECK_BOX = 7
    CHECK_MENU_ITEM = 8
    DIALOG = 16
    FRAME = 23
    IMAGE = 27
    LABEL = 29
    LIST = 31
    LIST_ITEM = 32
    MENU_ITEM = 35
    PAGE_TAB = 37
    PUSH_BUTTON = 43
    RADIO_MENU_ITEM = 45
    TEXT = 61
    TOGGLE_BUTTON = 62
    WINDOW = 69
    HEADING = 83


class State(enum.IntEnum):
    """Of atspi-constants.h; the ones that are asked for."""
    ACTIVE = 1
    CHECKED = 4
    EXPANDED = 10
    FOCUSABLE = 11
    FOCUSED = 12
    PRESSED = 20
    SELECTED = 23
    SENSITIVE = 24
    SHOWING = 25
    VISIBLE = 30


def plain_name(name):
    """@name, once: old GTK names what has a mnemonic twice, "_Copy Copy"."""
    half = len(name) // 2
    mnemonic, label = name[:half], name[half + 1:]
    return label if "_" in mnemonic and mnemonic.replace("_", "", 1) == label else name


class Gone(Exception):
    """The object, or its program, is no more."""


class Node:
    """One accessible object as it was when the tree was read, and what can be done with it now."""

    def __init__(self, bus, address, parent=None):
        self._bus = bus
        self.address = address
        self.parent = parent
        self.role = 0
        self.name = ""
        self.description = ""
        self.states = frozenset()
        self.children = []

    def __repr__(self):
        role = next((role.name.lower() for role in Role if role == self.role), self.role)
        states = ",".join(state.name.lower() for state in State if state in self.states)
        return f"{role} {self.name!r} [{states}]"

    def is_in(self, state):
        return state in self.states

    def all(self):
        """This one and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.all()

    def find_all(self, name=None, role=None, showing=True, contains="", matches=None):
        """Those called @name, or whose name holds @contains and fits the pattern @matches."""
        for node in self.all():
            if ((name is None or node.name == name) and (role is None or node.role == role)
                    and contains in node.name and (not matches or matches.search(node.name))
                    and (not showing or node.is_in(State.SHOWING))):
                yield node

    def find(self, *args, **kwargs):
        """The first that matches, or None."""
        return next(self.find_all(*args, **kwargs), None)

    def has_nameless_menu(self):
        """In GTK 4.18 a menu's items are named by labels that are only for show, so by nothing."""
        return any(node.role in (Role.MENU_ITEM, Role.CHECK_MENU_ITEM, Role.RADIO_MENU_ITEM)
                   and not node.name and node.is_in(State.SHOWING) for node in self.all())

    def names(self, role=None):
        """What is shown and has a name."""
        return [node.name for node in self.find_all(role=role) if node.name]

    def dump(self, depth=0):
        """The tree as text, for a failed test's report."""
        lines = ["  " * depth + repr(self)]
        return "\n".join(lines + [child.dump(depth + 1) for child in self.children])

    def call(self, interface, method, parameters=None):
        return self._bus.call(self.address, f"org.a11y.atspi.{interface}", method, parameters)

    def actions(self):
        try:
            return [action[0].lower() for action in self.call("Action", "GetActions")[0]]
        except Gone:
            return []

    def act(self, action="click"):
        """Does what a screen reader's user would ask for."""
        assert self.call("Action", "DoAction", GLib.Variant("(i)", (self.actions().index(action),)))

    def extents(self, kind=WINDOW):
        """Returns: (x, y, width, height)"""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (kind,)))[0]


class Bus:
    """The accessibility bus of a Session."""

    def __init__(self, session):
        launcher = next((path for path in LAUNCHER if GLib.file_test(path, GLib.FileTest.EXISTS)))
        session.start(launcher, "--launch-immediately", "--a11y=1", log="a11y.log")
        self._session_bus = connect(session.env["DBUS_SESSION_BUS_ADDRESS"])
        address = poll(self._ask_address, "the accessibility bus")
        self._connection = connect(address)
        session.env["AT_SPI_BUS_ADDRESS"] = address

    def _ask_address(self):
        try:
            return self._session_bus.call_sync(
                "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                Gio.DBusCallFlags.NO_AUTO_START, CALL_MS, None).unpack()[0]
        except GLib.Error:
            return None

    def call(self, address, interface, method, parameters=None):
        """Returns: what the object at @address, a pair of name and path, answered"""
        try:
            return self._connection.call_sync(*address, interface, method, parameters, None,
                                              Gio.DBusCallFlags.NONE, CALL_MS, None).unpack()
        except GLib.Error as error:
            raise Gone(f"{interface}.{method}: {error.message}") from None

    def program(self, pid):
        """Returns: the root object of the program with @pid, or None"""
        try:
            programs = self.call((REGISTRY, ROOT), "org.a11y.atspi.Accessible", "GetChildren")[0]
        except Gone:
            return None
        for name, path in programs:
            try:
                if self.call(("org.freedesktop.DBus", "/"), "org.freedesktop.DBus",
                             "GetConnectionUnixProcessID",
                             GLib.Variant("(s)", (name,)))[0] == pid:
                    return (name, path)
            except Gone:
                continue
        return None

    def tree(self, address):
        """Returns: the Node at @address with all below it. A level of the tree at a time, all its
        questions at once: one after the other would take seconds."""
        root = Node(self, address)
        level = [root]
        while level:
            below = []
            for node, answers in zip(level, self._ask_all(level)):
                if any(answer is None for answer in answers):
                    if node.parent:
                        node.parent.children.remove(node)
                    continue
                role, states, properties, children = answers
                node.role = role[0]
                node.states = frozenset(
                    32 * word + bit for word, bits in enumerate(states[0]) for bit in range(32)
                    if bits >> bit & 1)
                node.name = plain_name(properties[0].get("Name", ""))
                node.description = properties[0].get("Description", "")
                node.children = [Node(self, child, node) for child in children[0]
                                 if child[1] != "/org/a11y/atspi/null"]
                below += node.children
            level = below
        say_what_shows(root)
        return root

    def _ask_all(self, nodes):
        questions = (
            ("org.a11y.atspi.Accessible", "GetRole", None),
            ("org.a11y.atspi.Accessible", "GetState", None),
            ("org.freedesktop.DBus.Properties", "GetAll",
             GLib.Variant("(s)", ("org.a11y.atspi.Accessible",))),
            ("org.a11y.atspi.Accessible", "GetChildren", None),
        )
        answers = [[None] * len(questions) for _ in nodes]
        pending = len(nodes) * len(questions)

        def answered(connection, result, place):
            nonlocal pending
            pending -= 1
            try:
                answers[place[0]][place[1]] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass  # it went away while the tree was read: left out

        for number, node in enumerate(nodes):
            for which, question in enumerate(questions):
                self._connection.call(*node.address, *question, None, Gio.DBusCallFlags.NONE,
                                      CALL_MS, None, answered, (number, which))
        while pending:
            GLib.MainContext.default().iteration(True)
        return answers


def say_what_shows(root):
    """Old GTK says at most of windows that they are showing; what it hides is not in the tree."""
    if any(node.is_in(State.SHOWING) for window in root.children for node in window.all()
           if node is not window):
        return
    for window in root.children:
        for node in window.all():
            if node.is_in(State.VISIBLE) and (node is window or node.parent.is_in(State.SHOWING)):
                node.states |= {State.SHOWING}


def connect(address):
    """Returns: a connection of its own to the bus at @address"""
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
