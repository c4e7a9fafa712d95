# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installed into a prefix, Hubbub is in a real desktop's menu, and the desktop starts it from there.

Nothing here starts the program: a person's mouse and keys do, and what the system knows of the process
says who was asked to.
"""

import contextlib
import os
import re
import shutil
import signal
import tempfile

from accessible import SCREEN
from desktop import Desktop, application_id
from gnome_shell import GnomeSession
from hubbub import Skip, poll, run
from meson_tree import install_tested, need
from xfce_panel import XfcePanel

OVERVIEW = "Main.overview.visible && !Main.overview.animationInProgress"
FOCUSED_APP = "imports.gi.Shell.WindowTracker.get_default().focus_app?.id"
SANITIZER = re.compile(r"runtime error:|Sanitizer:")
PID_OF_WINDOW = re.compile(r"_NET_WM_PID\(CARDINAL\) = (\d+)")


def find_in_path(prefix, env):
    """What a session that knows @prefix has in its environment."""
    return {"XDG_DATA_DIRS": f"{prefix}/share:{env['XDG_DATA_DIRS']}",
            "PATH": f"{prefix}/bin:{env['PATH']}"}


@contextlib.contextmanager
def installed():
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        yield install_tested(folder)


def shown(desktop, pid, name):
    """Waits for what is called @name in the program @pid. Returns: its Node"""
    def found():
        program = desktop.accessibility.program(pid)
        return program and desktop.accessibility.tree(program).find(name)
    return poll(found, f"{name} to be shown")


def windows(desktop):
    """The program's windows: their X ids"""
    return desktop.output("xdotool", "search", "--onlyvisible", "--class", "^hubbub$").split()


def started(desktop, picture):
    """Waits for the program's window, which is left in @picture. Returns: the process behind it"""
    window = poll(lambda: windows(desktop), "the window")[-1]
    pid = int(PID_OF_WINDOW.search(desktop.output("xprop", "-id", window, "_NET_WM_PID"))[1])
    shown(desktop, pid, "Ready")
    desktop.settled_picture(picture, None)
    return pid


def of_process(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
        return file.read()


def parent(pid):
    return int(re.search(r"(?m)^PPid:\s+(\d+)", of_process(pid, "status"))[1])


def environment(pid):
    return dict(line.split("=", 1) for line in of_process(pid, "environ").split("\0") if "=" in line)


def has_ended(pid):
    try:
        return "\nState:\tZ" in of_process(pid, "status")  # not all desktops ask how it went
    except OSError:
        return True


def check_running(desktop, prefix, pid, port, log):
    """It is the installed program, its chat is on, it ends when it is told to, and complained of nothing
    in the session's file @log."""
    assert os.readlink(f"/proc/{pid}/exe") == os.path.join(prefix, "bin", "hubbub")
    desktop.wait_served(port)
    os.kill(pid, signal.SIGTERM)
    poll(lambda: has_ended(pid), "the program to end")
    with open(desktop.path(log), encoding="utf-8", errors="replace") as file:
        said = file.read()
    assert not SANITIZER.search(said), said


def test_xfce_menu():
    need("xfce4-panel")
    with installed() as prefix, Desktop() as desktop:
        desktop.env.update(find_in_path(prefix, desktop.env))
        port = desktop.choose_port()
        panel = XfcePanel(desktop, {"applicationsmenu": ""})
        panel.start()

        for name in ("Applications", "Internet", "Hubbub"):
            x, y, width, height = shown(desktop, panel.process.pid, name).extents(SCREEN)
            desktop.picture("launch-xfce")
            desktop.output("xdotool", "mousemove", str(x + width // 2), str(y + height // 2),
                           "click", "1")
        pid = started(desktop, "launched-xfce")
        assert parent(pid) == panel.process.pid, (pid, parent(pid), panel.process.pid)
        check_running(desktop, prefix, pid, port, "panel.log")


def test_gnome_overview():
    """The shell asks the session's bus for the program, as its desktop file says (DBusActivatable)."""
    need("gnome-shell")
    with installed() as prefix:
        known = find_in_path(prefix, {**os.environ, "XDG_DATA_DIRS": Desktop.DATA_DIRS})
        with GnomeSession("--x11", **known) as desktop:
            # The bus of a session of its own looks for services in one place only, and knows nothing of
            # what was started after it.
            service = application_id() + ".service"
            shutil.copy(os.path.join(prefix, "share", "dbus-1", "services", service),
                        desktop.path("services", service))
            desktop.env.update(known)
            # The shell asks for the clipboard at any time, by which GTK 4.8 loses some bytes.
            desktop.env["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
            desktop.tell_bus()
            port = desktop.choose_port()
            desktop.key("super")
            poll(lambda: desktop.eval(OVERVIEW), "the overview")
            desktop.type("hubbub")
            shown(desktop, desktop.shell.pid, "Hubbub")
            desktop.picture("launch-gnome")
            desktop.key("Return")
            pid = started(desktop, "launched-gnome")
            # By the bus, which the shell had asked, not by the shell itself.
            given = environment(pid)
            assert given["DBUS_STARTER_ADDRESS"].startswith(desktop.env["DBUS_SESSION_BUS_ADDRESS"]), given
            assert of_process(pid, "cmdline").split("\0")[1] == "--gapplication-service"
            # The shell knows which entry of its menu the window belongs to.
            assert poll(lambda: desktop.eval(FOCUSED_APP), "the focus") == application_id() + ".desktop"
            check_running(desktop, prefix, pid, port, "bus.log")


if __name__ == "__main__":
    run(globals())
