# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray of xfce4-panel, with the icons installed, which it colours for its dark bar."""

import glob
import os
import shutil

import tray_host
from desktop import Desktop
from hubbub import Skip, poll, run

CHANNEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/><value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
"""


class Xfce(tray_host.TrayHost):
    name = "xfce"
    bar = (0, 0, 1280, 32)

    def __init__(self, desktop):
        super().__init__(desktop)
        xfconfd = glob.glob("/usr/lib/*/xfce4/xfconf/xfconfd")
        if not xfconfd or not shutil.which("xfce4-panel"):
            raise Skip("xfce4-panel is not installed")
        folder = os.path.join(desktop.env["XDG_CONFIG_HOME"], "xfce4", "xfconf",
                              "xfce-perchannel-xml")
        os.makedirs(folder)
        with open(os.path.join(folder, "xfce4-panel.xml"), "w", encoding="utf-8") as file:
            file.write(CHANNEL)
        desktop.start(xfconfd[0], log="xfconfd.log")
        poll(lambda: self.bus.call("org.xfce.Xfconf", "/", "org.freedesktop.DBus.Peer", "Ping")
             is not None, "xfconfd")
        self.panel = None
        self.start()

    def start(self):
        self.panel = self.desktop.start("xfce4-panel", "--disable-wm-check", log="panel.log",
                                        env={**self.desktop.env, "XDG_CURRENT_DESKTOP": "XFCE"})
        self.wait_tray()

    def stop(self):
        self.desktop.end(self.panel)

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
