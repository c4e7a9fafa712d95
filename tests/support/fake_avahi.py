# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Avahi that announces nothing: org.freedesktop.Avahi on the system bus until it is ended. Prints the
name of each method that is called."""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first

NAME = "org.freedesktop.Avahi"
XML = f"""<node><interface name="{NAME}.Server">
<method name="EntryGroupNew"><arg type="o" direction="out"/></method>
</interface></node>"""


def on_call(bus, sender, path, interface, method, parameters, invocation):
    print(method, flush=True)
    invocation.return_dbus_error(f"{NAME}.TooManyEntriesError", "it announces nothing")


connection = Gio.bus_get_sync(Gio.BusType.SYSTEM)
connection.register_object("/", Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
GLib.MainLoop().run()
