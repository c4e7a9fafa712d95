# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real notification daemon shows, seen and worked by a test."""

import accessible
from hubbub import poll

DAEMON = ("/usr/lib/notification-daemon/notification-daemon",
          "/usr/libexec/notification-daemon")


class Notifications:
    """What the notification daemon shows, seen through the accessibility bus."""

    def __init__(self, desktop, process):
        self._desktop = desktop
        self._process = process

    def tree(self):
        address = poll(lambda: self._desktop.accessibility.program(self._process.pid),
                       "the notification daemon on the accessibility bus")
        return self._desktop.accessibility.tree(address)

    def find(self, words):
        """Waits for a notification with @words. Returns: the Node of them"""
        return poll(lambda: self.tree().find(words), f"a notification {words}")

    def click(self, words):
        """Clicks with the mouse on a notification, or its button, where it says @words."""
        x, y, width, height = self.find(words).extents(accessible.SCREEN)
        self._desktop.output("xdotool", "mousemove", str(x + width // 2), str(y + height // 2),
                             "click", "1", "mousemove", "0", "0")
