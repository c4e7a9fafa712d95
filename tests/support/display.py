# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of a test's own: X server, session bus, home. Nothing of it touches the session
of the person who runs the tests, and nothing is left of it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile

from hubbub import PATIENCE, Skip, poll

SUPPRESSIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lsan.supp")

# No services but those a test puts there: nothing is started that a test did not ask for.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# Whose services are what a test puts there.
SYSTEM_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/system-bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# What the person's own session says, and what it would change about a program.
FOREIGN = ("DBUS_", "XDG_", "GTK_", "GDK_", "GSK_", "ADW_", "AT_SPI_", "DESKTOP_", "LANG", "LC_",
           "WAYLAND_DISPLAY", "DISPLAY", "XAUTHORITY", "SESSION_MANAGER", "NO_AT_BRIDGE",
           "GSETTINGS_", "INVOCATION_ID", "JOURNAL_STREAM")

LOOKS = """[Settings]
gtk-font-name=Cantarell 11
gtk-icon-theme-name=Adwaita
gtk-enable-animations={animations}
"""


class Session:
    """Use as a context manager. `env` is what a program of this session runs with, `folder` is for
    whatever the test likes to put there, `home` is the person's."""

    DATA_DIRS = "/usr/local/share:/usr/share"

    def __init__(self, screen="1280x900x24", animations=True):
        for tool in ("Xvfb", "dbus-daemon"):
            if not shutil.which(tool):
                raise Skip(f"{tool} is not installed")
        self.screen = screen
        self._animations = animations
        self._stack = contextlib.ExitStack()
        self._processes = []

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.folder = stack.enter_context(tempfile.TemporaryDirectory(
                prefix="hub-", ignore_cleanup_errors=True))
            self._stack = stack
            stack.callback(self._end_processes)
            self._make_home()
            self._start_display()
            self._start_bus()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def _make_home(self):
        self.home = self.path("home")
        settings = self.path("home", ".config", "gtk-4.0")
        for folder in (settings, self.path("services"), self.path("home", ".local", "share")):
            os.makedirs(folder)
        os.mkdir(self.path("run"), 0o700)
        with open(os.path.join(settings, "settings.ini"), "w", encoding="utf-8") as file:
            file.write(LOOKS.format(animations=int(self._animations)))
        self.env = {name: value for name, value in os.environ.items()
                    if not name.startswith(FOREIGN)}
        self.env.update({
            "HOME": self.home,
            "XDG_CONFIG_HOME": self.path("home", ".config"),
            "XDG_DATA_HOME": self.path("home", ".local", "share"),
            "XDG_CACHE_HOME": self.path("home", ".cache"),
            "XDG_STATE_HOME": self.path("home", ".local", "state"),
            "XDG_RUNTIME_DIR": self.path("run"),
            "XDG_DATA_DIRS": self.DATA_DIRS,
            "XDG_SESSION_TYPE": "x11",
            "LC_ALL": "C.UTF-8",
            "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo",  # no graphics driver under a virtual display:
            "GDK_DEBUG": "gl-disable",  # not even looked for
            "GDK_DISABLE": "gl,vulkan",  # by which GTK 4.16 wants to be told
            "GSETTINGS_BACKEND": "keyfile",
            "G_ENABLE_DIAGNOSTIC": "0",  # libadwaita 1.7 itself sets what it has deprecated
            "ADW_DISABLE_PORTAL": "1",
            "LSAN_OPTIONS": f"{os.environ.get('LSAN_OPTIONS', '')}:suppressions={SUPPRESSIONS}",
            "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=" + self.path("no-system-bus"),
        })

    def start(self, *command, log=None, env=None, **popen):
        """A process of this session, which ends with it; in a group of its own, so that what it
        starts ends, too. Its output goes to the file @log of the session's folder."""
        output = subprocess.DEVNULL
        if log:
            output = self._stack.enter_context(open(self.path(log), "wb"))
        popen.setdefault("stdout", output)
        popen.setdefault("stderr", output)
        popen.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen(command, env=env or self.env, start_new_session=True, **popen)
        self._processes.append(process)
        return process

    def end(self, process):
        """Ends @process and what it started."""
        if process not in self._processes:
            return
        self._processes.remove(process)
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
        process.wait(PATIENCE)

    def _end_processes(self):
        # The last one first: nobody loses its display or bus.
        for process in reversed(list(self._processes)):
            self.end(process)

    def _start_display(self):
        reading, writing = os.pipe()
        self.display = self.start("Xvfb", "-displayfd", str(writing), "-screen", "0", self.screen,
                                  "-nolisten", "tcp", "-noreset", "-wr", "-dpi", "96", log="xvfb.log",
                                  pass_fds=[writing])
        os.close(writing)
        with open(reading, encoding="ascii") as answer:
            number = answer.readline().strip()
        if not number:
            with open(self.path("xvfb.log"), encoding="utf-8") as log:
                raise AssertionError("no display: " + log.read())
        self.env["DISPLAY"] = ":" + number

    def _start_bus(self):
        config = self.path("bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(BUS_CONFIG.format(folder=self.folder))
        self.bus = self.start("dbus-daemon", "--nofork", "--config-file", config, log="bus.log")
        poll(lambda: os.path.exists(self.path("bus")), "the session bus")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + self.path("bus")

    def start_system_bus(self):
        """One of the test's own, for programs that are started from now on; without it there is none."""
        config = self.path("system-bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(SYSTEM_BUS.format(folder=self.folder))
        self.start("dbus-daemon", "--nofork", "--config-file", config, log="system-bus.log")
        poll(lambda: os.path.exists(self.path("system-bus")), "the system bus")
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + self.path("system-bus")
