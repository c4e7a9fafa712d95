# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray of xfce4-panel, with the icons installed, which it colours for its dark bar."""

import tray_host
from desktop import Desktop
from hubbub import Skip, poll, run
from xfce_panel import XfcePanel

PLUGINS = {
    "separator": '<property name="expand" type="bool" value="true"/>'
                 '<property name="style" type="uint" value="0"/>',
    "systray": '<property name="square-icons" type="bool" value="true"/>',
}


class Xfce(tray_host.TrayHost):
    name = "xfce"
    bar = (0, 0, 1280, 32)

    def __init__(self, desktop):
        super().__init__(desktop)
        self.panel = XfcePanel(desktop, PLUGINS)
        self.start()

    def start(self):
        self.panel.start()
        self.wait_tray()

    def stop(self):
        self.panel.stop()

    def chat(self):
        # The tray of 4.18 sometimes crashes when a program ends whose menu was just used: a test
        # begins with one that lives.
        if not self.bus.has_tray():
            self.stop()
            self.start()
        return super().chat()


try:
    with Desktop() as desktop:
        tray_host.install_icons(desktop)
        host = Xfce(desktop)

        def test_click_shows_window():
            with host.chat() as program, tray_host.PageGuest(program.port, "Ana"):
                program.find("Ready · 1 person")
                host.hide_window(program)
                host.click(tray_host.middle(host.icon), 1)
                poll(lambda: host.sees_window(program), "the window")

        tray_host.add_tests(globals(), host)
        run(globals())
except Skip as reason:
    print(f"1..0 # SKIP {reason}")
