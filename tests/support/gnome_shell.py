# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME Shell with its tray extension, on a display of the test's own."""

import glob
import json
import os
import re

from accessible import Bus as Accessibility
from desktop import BUILD, HUBBUB, Desktop, application_id
from display import Session
from hubbub import Skip, poll
from tray_host import Bus, GLib, install_icons

EXTENSION = "ubuntu-appindicators@ubuntu.com"
SETTINGS = f"""[org/gnome/shell]
enabled-extensions=['{EXTENSION}']
disable-user-extensions=false
welcome-dialog-last-shown-version='99'

[org/gnome/desktop/interface]
enable-animations=false

[org/gnome/desktop/notifications]
show-banners=false
"""


class GnomeSession(Desktop):
    """A session whose window manager is GNOME Shell. @options: of gnome-shell; @with_icons: the
    program's are installed; @env: of the shell alone."""

    TOOLS = ("gnome-shell", "xdotool", "import", "xprop", "xclip", "wmctrl")

    def __init__(self, *options, with_icons=False, **env):
        if not any(glob.glob(f"{folder}/gnome-shell/extensions/*appindicator*")
                   for folder in ("/usr/share", "/usr/local/share")):
            raise Skip("the appindicator extension of gnome-shell is not installed")
        super().__init__()
        self._options = options
        self._with_icons = with_icons
        self._more_env = env

    def __enter__(self):
        Session.__enter__(self)
        try:
            # The shell looks for much on it, and goes on without; but there has to be one.
            self.start_system_bus()
            self.accessibility = Accessibility(self)
            folder = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
                file.write(SETTINGS)
            if self._with_icons:
                install_icons(self)
            self.bus_of_tray = Bus(self)
            self.start_shell()
        except BaseException:
            Session.__exit__(self)
            raise
        return self

    def settings(self, **values):
        """The shell's settings stay in the file that it shares with the program."""
        super().settings(**values)
        folder = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        with open(os.path.join(folder, "keyfile"), "a", encoding="utf-8") as file:
            file.write(SETTINGS)

    def install_desktop_file(self):
        """Where an installation for one person would: the shell shows notifications of programs that it
        knows."""
        folder = os.path.join(self.env["XDG_DATA_HOME"], "applications")
        os.makedirs(folder, exist_ok=True)
        name = application_id() + ".desktop"
        with open(os.path.join(BUILD, "data", name), encoding="utf-8") as file:
            entry = re.sub(r"(?m)^Exec=\S+", f"Exec={HUBBUB}", file.read())
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(entry)
        poll(lambda: self.eval("imports.gi.Shell.AppSystem.get_default()"
                               f".lookup_app('{name}') !== null"), "the shell to know the program")

    def start_shell(self):
        env = {name: value for name, value in self.env.items()
               if not name.startswith(("GDK_", "GSK_"))}
        self.shell = self.start("gnome-shell", *self._options, "--unsafe-mode", log="shell.log",
                                env={**env, "XDG_CURRENT_DESKTOP": "GNOME", **self._more_env})
        try:
            poll(self._is_up, "gnome-shell with a tray")
        except AssertionError as error:
            with open(self.path("shell.log"), encoding="utf-8", errors="replace") as log:
                raise AssertionError(f"{error}: {log.read()[-3000:]}") from None
        self.eval("Main.overview.hide()")
        poll(lambda: self.eval("Main.overview.visible") is False, "the overview to be gone")

    def _is_up(self):
        assert self.shell.poll() is None, "gnome-shell has ended"
        return (self.bus_of_tray.has_tray()
                and self.eval("Main.layoutManager._startingUp") is False)

    def eval(self, script):
        """Returns: what @script says within the shell; None if it cannot be asked"""
        answer = self.bus_of_tray.call("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell",
                                       "Eval", GLib.Variant("(s)", (script,)))
        if not answer or not answer[0]:
            return None
        return json.loads(answer[1]) if answer[1] else None

    def set_tray(self, is_on):
        """Switches the extension, as restarting the shell would its tray."""
        method = "EnableExtension" if is_on else "DisableExtension"
        self.bus_of_tray.call("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell.Extensions",
                              method, GLib.Variant("(s)", (EXTENSION,)))
