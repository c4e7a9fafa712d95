# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a program exports on the session bus, as text: anybody on the bus can read it."""

import gi

from accessible import connect

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first

CALL_MS = 20000
STANDARD = "org.freedesktop.DBus."
# How many groups of a menu are asked for; a GMenuModel numbers each of its submenus.
MENU_GROUPS = 64

# What tells more than the properties of its object do: interface -> (method, parameters).
TELLING = {
    "org.gtk.Actions": [("DescribeAll", None)],
    "org.gtk.Menus": [("Start", lambda: GLib.Variant("(au)", (list(range(MENU_GROUPS)),)))],
    "com.canonical.dbusmenu": [
        ("GetLayout", lambda: GLib.Variant("(iias)", (0, -1, []))),
        ("GetGroupProperties", lambda: GLib.Variant("(aias)", (list(range(200)), []))),
    ],
}


class BusDump:
    """@session: a display.Session."""

    def __init__(self, session):
        self._bus = connect(session.env["DBUS_SESSION_BUS_ADDRESS"])

    def call(self, name, path, interface, method, parameters=None):
        return self._bus.call_sync(name, path, interface, method, parameters, None,
                                   Gio.DBusCallFlags.NONE, CALL_MS, None)

    def ask_bus(self, method, parameters=None):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         method, parameters).unpack()[0]

    def names_of(self, pid):
        """The names on the bus, unique ones too, of the process @pid."""
        def is_its(name):
            try:
                return self.ask_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", (name,))) == pid
            except GLib.Error:
                return False  # it has just left
        return [name for name in self.ask_bus("ListNames") if is_its(name)]

    def pid_of(self, name):
        return self.ask_bus("GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))

    def text_of(self, pid):
        """Its names, its objects with their interfaces and properties, actions and menus."""
        names = self.names_of(pid)
        connections = [name for name in names if name.startswith(":")]
        return "\n".join([*names, *(line for name in connections for line in self._walk(name, "/"))])

    def _walk(self, name, path):
        xml = self.call(name, path, STANDARD + "Introspectable", "Introspect").unpack()[0]
        node = Gio.DBusNodeInfo.new_for_xml(xml)
        yield path
        yield xml
        for interface in node.interfaces:
            if interface.name.startswith(STANDARD):
                continue
            for method, parameters in (
                    (STANDARD + "Properties.GetAll",
                     lambda i=interface.name: GLib.Variant("(s)", (i,))),
                    *((f"{interface.name}.{m}", p) for m, p in TELLING.get(interface.name, []))):
                owner, _, method = method.rpartition(".")
                yield f"{path} {interface.name}.{method}: " + self.call(
                    name, path, owner, method, parameters and parameters()).print_(False)
        for child in node.nodes:
            yield from self._walk(name, f"{path.rstrip('/')}/{child.path}")
