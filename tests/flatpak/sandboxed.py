# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as Flatpak has it: built, installed for one person, running in its sandbox."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time

from hubbub import PATIENCE, free_port, poll

ROOT = os.environ["HUB_TEST_SOURCE_ROOT"]
# Kept between runs: the stand-in for the runtime, what is installed, what was built of modules. In
# .cache/flatpak, or in the folder HUB_TEST_FLATPAK.
CACHE = os.path.abspath(os.environ.get("HUB_TEST_FLATPAK") or os.path.join(ROOT, ".cache", "flatpak"))
sys.path.insert(0, os.path.join(ROOT, "flatpak"))
import build as flatpak_build  # noqa: E402  where it is, is known now

BUILT = os.path.join(CACHE, "built")


class App:
    """@desktop: the session of the person who has it installed; it is light, and keeps nothing."""

    def __init__(self, desktop, application_id, is_devel=False):
        self.desktop = desktop
        self.id = application_id
        self.is_devel = is_devel
        self.env = {**desktop.env, "FLATPAK_USER_DIR": os.path.join(CACHE, "installation")}
        del self.env["GSETTINGS_BACKEND"]  # a sandbox has one of its own
        self.object = "/" + application_id.replace(".", "/")

    def flatpak(self, *words):
        """Returns: what it printed"""
        done = subprocess.run(["flatpak", *words], env=self.env, check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, f"flatpak {' '.join(words)}: {done.stdout}"
        return done.stdout

    def build(self, sources):
        """Without any network; whatever ends this ends all of it. Returns: the file that people install"""
        devel = ["--devel"] if self.is_devel else []
        with open(self.desktop.path("build.log"), "w", encoding="utf-8") as log:
            done = subprocess.run(
                ["unshare", "--net", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child",
                 sys.executable, os.path.join(ROOT, "flatpak", "build.py"), *devel,
                 "--id", self.id.removesuffix(".Devel"), "--sources", sources, BUILT], env=self.env,
                check=False, stdout=subprocess.PIPE, stderr=log, text=True)
        with open(log.name, encoding="utf-8") as file:
            assert done.returncode == 0, "".join(file.readlines()[-30:])
        return done.stdout.strip()

    def install(self, bundle):
        """Over whatever is installed. Returns: which build it is"""
        self.flatpak("--user", "install", "-y", "--noninteractive", "--or-update", "--bundle", bundle)
        return re.search(r"[0-9a-f]{64}", self.flatpak("info", "--show-commit", self.id))[0]

    def uninstall(self):
        if self.id in self.flatpak("--user", "list", "--app", "--columns=application").split():
            self.flatpak("--user", "uninstall", "-y", "--noninteractive", self.id)

    def location(self):
        return self.flatpak("info", "--show-location", self.id).strip().splitlines()[-1]

    def exported(self, *parts):
        """The path of what the desktop sees of it."""
        return os.path.join(self.location(), "export", *parts)

    def next_build(self):
        """As if it had been built once more. Returns: the bundle"""
        bundle, repo = self.desktop.path("next.flatpak"), os.path.join(BUILT, "repo")
        self.flatpak("build-export", "--subject=the next one", repo,
                     flatpak_build.app_folder(BUILT, self.id), flatpak_build.BRANCH)
        self.flatpak("build-bundle", repo, bundle, self.id, flatpak_build.BRANCH)
        return bundle

    # ---- what it keeps ----

    def home(self, *parts):
        return os.path.join(self.desktop.home, ".var", "app", self.id, *parts)

    def data(self, name=""):
        return self.home("data", "hubbub", name)

    def authority(self):
        """The CA as it is kept, by which guests know this computer."""
        with open(self.data("ca.pem"), encoding="ascii") as file:
            return file.read()

    def choose_port(self, port):
        """As the person did before, in the window."""
        folder = self.home("config", "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
            file.write(f"[{self.object[1:]}]\nport=uint32 {port}\n")

    # ---- what it does ----

    def run(self, *flags):
        """Returns: a Sandboxed, to be used as a context manager"""
        return Sandboxed(self, flags)

    def kill(self):
        """Only what this session runs, which is told by XDG_RUNTIME_DIR; it may have ended by itself."""
        subprocess.run(["flatpak", "kill", self.id], env=self.env, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def launch(self):
        """As the menu does it: by the desktop entry, and so by the bus, which has the service."""
        shutil.copy(self.exported("share", "dbus-1", "services", f"{self.id}.service"),
                    self.desktop.path("services"))
        self.desktop.output("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/",
                            "--method", "org.freedesktop.DBus.ReloadConfig")
        subprocess.run(["dbus-update-activation-environment",
                        *(f"{name}={value}" for name, value in self.env.items())], env=self.env,
                       check=True, timeout=PATIENCE)
        subprocess.run(["gio", "launch", self.exported("share", "applications", f"{self.id}.desktop")],
                       env=self.env, check=True, timeout=PATIENCE)

    def activate(self, action):
        """One of the program's actions, which it has on the session bus."""
        self.desktop.output("gdbus", "call", "--session", "--dest", self.id, "--object-path", self.object,
                            "--method", "org.gtk.Actions.Activate", action, "[]", "{}")


class Sandboxed:
    """The installed program, running; a context manager."""

    def __init__(self, app, flags):
        self.app = app
        self._log = f"{app.id}.log"
        self._started = time.monotonic()
        self.process = app.desktop.start("flatpak", "run", *flags, app.id, env=app.env, log=self._log)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            self.app.kill()
            self.process.wait(PATIENCE)
        finally:
            self.app.desktop.end(self.process)
            with open(self.app.desktop.path(self._log), encoding="utf-8") as file:
                said = file.read()
            if kind is not None:
                print("".join(f"# {self.app.id}: {line}\n" for line in said.splitlines()))
        assert kind is not None or "CRITICAL" not in said, said

    def wait_served(self, port):
        poll(lambda: self.app.desktop.serves(port), f"the chat on port {port}")
        self._tell("chat")

    def window(self):
        """Returns: the X id of its window, once it is visible"""
        def found():
            assert self.process.poll() is None, "it ended"
            return next(iter(windows(self.app.desktop)), None)
        window = poll(found, "the window")
        self._tell("window")
        return window

    def _tell(self, what):
        print(f"# {self.app.id}: {what} after {time.monotonic() - self._started:.1f} s")


def windows(desktop):
    """Those of all programs of the name."""
    return desktop.output("xdotool", "search", "--onlyvisible", "--class", "hubbub").split()


def free_ports():
    """Returns: the first of two ports in a row that nobody listens on"""
    while True:
        port = free_port()
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port + 1))
            return port
