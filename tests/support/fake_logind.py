# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A logind that only gives locks: org.freedesktop.login1 on the system bus until it is ended. Prints
"held WHAT MODE" for each lock that is taken and "released WHAT MODE" once its descriptor is closed. By
SIGUSR1 the computer shuts down.

https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html
"""

import os
import signal

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first

NAME, PATH, INTERFACE = ("org.freedesktop.login1", "/org/freedesktop/login1",
                         "org.freedesktop.login1.Manager")
XML = f"""<node><interface name="{INTERFACE}">
<method name="Inhibit">
<arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="h" direction="out"/>
</method>
<signal name="PrepareForShutdown"><arg type="b"/></signal>
</interface></node>"""


def on_call(bus, sender, path, interface, method, parameters, invocation):
    what, _, _, mode = parameters.unpack()
    reading, writing = os.pipe()
    descriptors = Gio.UnixFDList.new()
    descriptors.append(writing)
    os.close(writing)
    print(f"held {what} {mode}", flush=True)

    def on_closed(descriptor, condition):
        os.close(descriptor)
        print(f"released {what} {mode}", flush=True)
        return GLib.SOURCE_REMOVE

    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, reading, GLib.IOCondition.HUP, on_closed)
    invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), descriptors)


def on_signal():
    connection.emit_signal(None, PATH, INTERFACE, "PrepareForShutdown", GLib.Variant("(b)", (True,)))
    return GLib.SOURCE_CONTINUE


connection = Gio.bus_get_sync(Gio.BusType.SYSTEM)
connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, on_signal)
Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE,
                               lambda *_: print("up", flush=True), None)
GLib.MainLoop().run()
