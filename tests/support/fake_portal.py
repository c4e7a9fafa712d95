# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A background portal that grants what it is asked: org.freedesktop.portal.Background on the session
bus until it is ended. Prints each call and its options as a JSON object a line.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Background.html
"""

import json

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  the version comes first

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"
XML = """<node><interface name="org.freedesktop.portal.Background">
<method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method>
<method name="SetStatus"><arg type="a{sv}" direction="in"/></method>
<property name="version" type="u" access="read"/>
</interface></node>"""


def on_call(bus, sender, path, interface, method, parameters, invocation):
    options = parameters.unpack()[-1]
    print(json.dumps({"method": method, "options": options}), flush=True)
    if method != "RequestBackground":
        invocation.return_value(None)
        return
    handle = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options.get('handle_token', 't')}"
    invocation.return_value(GLib.Variant("(o)", (handle,)))
    granted = {"background": GLib.Variant("b", True),
               "autostart": GLib.Variant("b", options.get("autostart", False))}
    bus.emit_signal(sender, handle, REQUEST, "Response", GLib.Variant("(ua{sv})", (0, granted)))


connection = Gio.bus_get_sync(Gio.BusType.SESSION)
connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call,
                           lambda *_: GLib.Variant("u", 2), None)
Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
GLib.MainLoop().run()
