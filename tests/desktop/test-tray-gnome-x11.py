# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray of GNOME Shell on X11, with the icons installed, which it colours for its bar."""

import os

import tray_host
from gnome_shell import GnomeSession
from hubbub import Skip, run


class GnomeX11(tray_host.TrayHost):
    name = "gnome-x11"
    bar = (900, 0, 1280, 27)
    menu_button = 1
    # The shell keeps the clipboard, and asks and answers for it at any time: GTK 4.8 loses some bytes
    # when it does, below functions without names. Leaks are looked for with the other trays.
    env = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}

    def start(self):
        self.desktop.start_shell()

    def stop(self):
        self.desktop.end(self.desktop.shell)


try:
    with GnomeSession("--x11", with_icons=True) as desktop:
        tray_host.add_tests(globals(), GnomeX11(desktop))
        run(globals())
except Skip as reason:
    print(f"1..0 # SKIP {reason}")
