# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray of GNOME Shell on Wayland, without a screen, and without the icons installed: it shows the
picture that the program brings along, in its colours."""

import os
import subprocess
import sys

import tray_host
from desktop import PICTURES
from gnome_shell import GnomeSession, GLib
from hubbub import PATIENCE, Skip, poll, run

# Of another program: a window that pastes when it has the focus and there is something to paste, which
# it is told of a moment later.
PASTE = """
import gi
gi.require_version("Gtk", "4.0")
from gi.repository import Gtk, GLib
loop = GLib.MainLoop()
def pasted(clipboard, result):
    print(clipboard.read_text_finish(result), end="", flush=True)
    loop.quit()
def look(*_):
    clipboard = window.get_clipboard()
    if window.is_active() and clipboard.get_formats().contain_mime_type("text/plain;charset=utf-8"):
        clipboard.read_text_async(None, pasted)
Gtk.init()
window = Gtk.Window(default_width=200, default_height=100)
window.connect("notify::is-active", look)
window.get_clipboard().connect("changed", look)
window.present()
GLib.timeout_add_seconds(10, loop.quit)
loop.run()
"""

MOUSE = """
const {Clutter, GLib} = imports.gi;
global.hubMouse ??= Clutter.get_default_backend().get_default_seat()
    .create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE);
global.hubMouse.notify_absolute_motion(GLib.get_monotonic_time(), %d, %d);
"""
# Without a keyboard nobody has its focus; nor the clipboard, which goes with it.
KEYBOARD = """
const {Clutter} = imports.gi;
global.hubKeyboard = Clutter.get_default_backend().get_default_seat()
    .create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE);
global.hubKeyboard.notify_keyval(imports.gi.GLib.get_monotonic_time(), Clutter.KEY_Shift_L,
    Clutter.KeyState.PRESSED);
global.hubKeyboard.notify_keyval(imports.gi.GLib.get_monotonic_time(), Clutter.KEY_Shift_L,
    Clutter.KeyState.RELEASED);
"""
PRESS = """
const {Clutter, GLib} = imports.gi;
global.hubMouse.notify_button(GLib.get_monotonic_time(), %d, Clutter.ButtonState.%s);
"""
WINDOWS = """
global.get_window_actors().map(actor => actor.meta_window)
    .filter(window => window.get_pid() === %d && window.showing_on_its_workspace())
"""


class Paster:
    """Another program."""

    def __init__(self, desktop):
        self.process = desktop.start(sys.executable, "-c", PASTE, stdout=subprocess.PIPE)


class GnomeWayland(tray_host.TrayHost):
    name = "gnome-wayland"
    bar = (900, 0, 1280, 27)
    menu_button = 1

    def start(self):
        self.desktop.set_tray(True)
        self.wait_tray()

    def stop(self):
        self.desktop.set_tray(False)

    def click(self, place, button):
        self.desktop.eval(MOUSE % place)
        self.desktop.eval(PRESS % (button, "PRESSED"))
        self.desktop.eval(PRESS % (button, "RELEASED"))

    def rest(self):
        self.desktop.eval(MOUSE % (1200, 880))

    def picture(self, name):
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, name + ".png")
        taken = self.bus.call("org.gnome.Shell.Screenshot", "/org/gnome/Shell/Screenshot",
                              "org.gnome.Shell.Screenshot", "Screenshot",
                              GLib.Variant("(bbs)", (False, False, path)))
        assert taken and taken[0], "no picture of the screen"
        return path

    def close_window(self, program):
        poll(lambda: self.sees_window(program), "the window")
        self._each_window(program, "window.delete(global.get_current_time())")

    def sees_window(self, program):
        return bool(self.desktop.eval(WINDOWS % program.process.pid + ".length"))

    def _each_window(self, program, script):
        self.desktop.eval(WINDOWS % program.process.pid + f".forEach(window => {script})")

    def pasted(self):
        """A program of Wayland may paste when it has the focus, which it cannot take by itself."""
        program = Paster(self.desktop)
        poll(lambda: self.sees_window(program), "the window that pastes")
        self._each_window(program, "window.activate(global.get_current_time())")
        return program.process.communicate(timeout=PATIENCE)[0].decode()


def test_icon_has_our_colours():
    def is_coloured():
        picture = host.shot("colours")
        return all(tray_host.count_colour(picture, host.bar, colour) >= 5
                   for colour in ((0x35, 0x84, 0xe4), (0xff, 0x78, 0x00), (0x33, 0xd1, 0x7a)))
    with host.chat():
        poll(is_coloured, "blue, orange and green in the panel")
    host.wait_no_icon()
    assert not is_coloured()


NOTIFICATIONS = "Main.messageTray.getSources().flatMap(source => source.notifications)"


def test_notification():
    """The shell shows it, and what the host chooses there happens."""
    def titles():
        return desktop.eval(NOTIFICATIONS + ".map(notification => notification.title)")
    desktop.install_desktop_file()
    with desktop.hidden_chat(env=host.env) as program:
        desktop.wait_served(program.port)
        with tray_host.PageGuest(program.port, "Ana"):
            poll(lambda: "Somebody Joined the Chat" in titles(), "the notification")
            assert not host.sees_window(program)
            desktop.eval(NOTIFICATIONS + ".forEach(notification => notification.activate())")
            poll(lambda: host.sees_window(program), "the window")
            # It has been read.
            poll(lambda: "Somebody Joined the Chat" not in titles(), "it to be withdrawn")


try:
    with GnomeSession("--headless", "--wayland", "--no-x11", "--virtual-monitor", "1280x900",
                      "--wayland-display", "wl-hubbub", XDG_SESSION_TYPE="wayland") as desktop:
        desktop.env.update({"WAYLAND_DISPLAY": "wl-hubbub", "GDK_BACKEND": "wayland"})
        desktop.eval(KEYBOARD)
        host = GnomeWayland(desktop)
        tray_host.add_tests(globals(), host)
        run(globals())
except Skip as reason:
    print(f"1..0 # SKIP {reason}")
