# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""xfce4-panel along the top of a session's screen, with the plugins that a test is about."""

import glob
import os
import shutil

from hubbub import Skip, poll

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
      <property name="plugin-ids" type="array">{ids}</property>
    </property>
  </property>
  <property name="plugins" type="empty">{plugins}</property>
</channel>
"""


class XfcePanel:
    """@plugins: name -> its properties as XML, from left to right."""

    def __init__(self, desktop, plugins):
        xfconfd = glob.glob("/usr/lib/*/xfce4/xfconf/xfconfd")
        if not xfconfd or not shutil.which("xfce4-panel"):
            raise Skip("xfce4-panel is not installed")
        self._desktop = desktop
        self.process = None
        folder = os.path.join(desktop.env["XDG_CONFIG_HOME"], "xfce4", "xfconf",
                              "xfce-perchannel-xml")
        os.makedirs(folder)
        numbers = range(1, len(plugins) + 1)
        with open(os.path.join(folder, "xfce4-panel.xml"), "w", encoding="utf-8") as file:
            file.write(CHANNEL.format(
                ids="".join(f'<value type="int" value="{number}"/>' for number in numbers),
                plugins="".join(f'<property name="plugin-{number}" type="string" value="{name}">'
                                f"{properties}</property>"
                                for number, (name, properties) in zip(numbers, plugins.items()))))
        desktop.start(xfconfd[0], log="xfconfd.log")
        poll(lambda: "org.xfce.Xfconf" in desktop.names_on_the_bus(), "xfconfd")

    def start(self):
        env = {**self._desktop.env, "XDG_CURRENT_DESKTOP": "XFCE"}
        self.process = self._desktop.start("xfce4-panel", "--disable-wm-check", log="panel.log",
                                           env=env)

    def stop(self):
        self._desktop.end(self.process)
