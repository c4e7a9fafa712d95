# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real desktop program in a session of the test's own: with the keyboard, through the
accessibility bus, over the session bus; and takes its picture."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading

import accessible
import notifications
from accessible import Role, State
from display import Session
from hubbub import PATIENCE, Skip, connect, free_port, poll, request, run

BUILD = os.environ["HUB_TEST_BUILD_ROOT"]
HUBBUB = os.path.join(BUILD, "src", "app", "hubbub")
SUPPORT = os.path.dirname(os.path.abspath(__file__))
PICTURES = os.path.join(BUILD, "tests", "desktop", "pictures")

# What newcomers may be asked for.
CODE = re.compile(r"\b[23456789A-HJKMNP-Z]{6}\b")

# GLib's messages that nobody should see, and what the sanitizers say.
COMPLAINT = re.compile(r"\b(WARNING|CRITICAL|ERROR) \*\*|-(WARNING|CRITICAL|ERROR)\b"
                       r"|runtime error:|Sanitizer:")
# AdwMessageDialog 1.7 asks how high its heading is at widths that it cannot have, of which GTK 4.18 warns.
NOT_OURS = re.compile(r"Gtk-WARNING.*Trying to measure GtkLabel \w+ for width of")


def application_id():
    with open(os.path.join(BUILD, "hub-config.h"), encoding="utf-8") as config:
        return re.search(r'HUB_APPLICATION_ID "([^"]+)"', config.read())[1]


class Desktop(Session):
    """A session with window manager, compositor and accessibility bus."""

    TOOLS = ("openbox", "xcompmgr", "xdotool", "import", "xprop", "xclip")

    def __init__(self, *args, **kwargs):
        missing = [tool for tool in self.TOOLS if not shutil.which(tool)]
        if missing:
            raise Skip(f"not installed: {' '.join(missing)}")
        super().__init__(*args, **kwargs)

    def __enter__(self):
        super().__enter__()
        try:
            self.start("openbox", log="openbox.log")
            self.start("xcompmgr", "-n", log="xcompmgr.log")
            self.accessibility = accessible.Bus(self)
            poll(lambda: "WINDOW" in self.output("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"),
                 "the window manager")
        except BaseException:
            super().__exit__()
            raise
        return self

    def output(self, *command, **options):
        """What @command prints."""
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False,
                              timeout=PATIENCE, **options).stdout

    # ---- the person at the keyboard ----

    def key(self, *keys):
        """Presses keys as xdotool names them, in whatever window has the focus."""
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=self.env, check=True,
                       timeout=PATIENCE)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "30", text], env=self.env, check=True,
                       timeout=PATIENCE)

    def clipboard(self):
        return self.output("xclip", "-selection", "clipboard", "-out")

    def copy(self, text):
        """As another program does; it stays to give it out (its output would be waited for)."""
        subprocess.run(["xclip", "-selection", "clipboard"], env=self.env, input=text, text=True,
                       check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def picture(self, name, window=None):
        """Saves what is on the screen, or in @window (its X id), under @name. Returns: the path"""
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, name + ".png")
        crop = ["-crop", self._visible_part(window), "+repage"] if window else []
        subprocess.run(["import", "-window", "root", *crop, path], env=self.env, check=True,
                       timeout=PATIENCE)
        return path

    def _visible_part(self, window):
        """The geometry of @window without the shadow that GTK draws around it."""
        shell = self.output("xdotool", "getwindowgeometry", "--shell", window)
        at = dict(line.split("=") for line in shell.split())
        frame = self.output("xprop", "-id", window, "_GTK_FRAME_EXTENTS")
        left, right, top, bottom = [int(n) for n in re.findall(r"\d+", frame)] or [0] * 4
        return (f"{int(at['WIDTH']) - left - right}x{int(at['HEIGHT']) - top - bottom}"
                f"+{int(at['X']) + left}+{int(at['Y']) + top}")

    def settled_picture(self, name, window):
        """As picture(), once nothing moves any more."""
        last = []

        def still():
            with open(self.picture(name, window), "rb") as file:
                last.append(hashlib.sha256(file.read()).digest())
            return len(last) > 1 and last[-1] == last[-2]
        poll(still, f"{name} to come to rest")
        return os.path.join(PICTURES, name + ".png")

    def resize(self, window, width, height):
        self.output("xdotool", "windowsize", "--sync", window, str(width), str(height))

    def set_dark(self, is_dark):
        """As the switch of the desktop's settings does, while programs run."""
        path = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        group = "[org/gnome/desktop/interface]\n"
        with open(path, encoding="utf-8") as file:
            kept = re.sub(re.escape(group) + r"([^\[\n].*\n?)*", "", file.read()).rstrip("\n")
        with open(path + ".new", "w", encoding="utf-8") as file:
            scheme = "prefer-dark" if is_dark else "default"
            file.write(f"{kept}\n\n{group}color-scheme='{scheme}'\n")
        os.replace(path + ".new", path)

    def set_high_contrast(self):
        """As the switch of the desktop's settings does, until settings are written anew."""
        path = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        with open(path, "a", encoding="utf-8") as file:
            file.write("\n[org/gnome/desktop/a11y/interface]\nhigh-contrast=true\n")

    @contextlib.contextmanager
    def large_text(self):
        """Letters a quarter larger, as by GNOME's switch, for programs that are started meanwhile."""
        resources = ("xprop", "-root", "-format", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER")
        self.output(*resources, f"Xft.dpi:\t{96 * 5 // 4}\n")
        try:
            yield
        finally:
            self.output(*resources, "")

    # ---- the program ----

    def settings(self, **values):
        """Writes what the person chose before; values as GVariant text, "_" for "-"."""
        folder = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(folder, exist_ok=True)
        lines = [f"{name.replace('_', '-')}={value}" for name, value in values.items()]
        with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
            file.write("\n".join([f"[{application_id().replace('.', '/')}]", *lines, ""]))

    def setting(self, name):
        """What is kept of it, as GVariant text; None: nothing"""
        path = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        with open(path, encoding="utf-8") as file:
            found = re.search(rf"^{name}=(.*)$", file.read(), re.MULTILINE)
        return found and found[1]

    def schema(self):
        """Compiles the program's schema for this session, as an installation would. Returns: where"""
        folder = self.path("schemas")
        if not os.path.isdir(folder):
            source = self._built(application_id() + ".gschema.xml")
            subprocess.run(["glib-compile-schemas", "--strict", "--targetdir", self.made("schemas"),
                            os.path.dirname(shutil.copy(source, self.made("schema-source")))],
                           check=True)
        return folder

    def made(self, name):
        os.makedirs(self.path(name), exist_ok=True)
        return self.path(name)

    def choose_port(self, **settings):
        """Writes the settings of a chat for this computer only. Returns: its port"""
        port = free_port()
        self.settings(**{"port": f"uint32 {port}", "addresses": "['127.0.0.1']",
                         "first_run": "false", **settings})
        return port

    @contextlib.contextmanager
    def hidden_chat(self, *options, settings=None, **how):
        """The program with a chat for this computer only, but without its window. Yields: a Program
        with `port` and `url`"""
        port = self.choose_port(**(settings or {}))
        with self.hubbub("--background", *options, **how) as program:
            program.port, program.url = port, f"https://127.0.0.1:{port}/"
            yield program

    @contextlib.contextmanager
    def chat(self, *options, settings=None, **how):
        """As hidden_chat(), with the window, which says that it is ready; nobody is in."""
        port = self.choose_port(**(settings or {}))
        with self.hubbub(*options, **how) as program:
            program.port, program.url = port, f"https://127.0.0.1:{port}/"
            program.find("Ready")
            yield program

    def launch(self, *options):
        """A second launch, while a Program runs. Returns: its exit status"""
        env = {**self.env, "GSETTINGS_SCHEMA_DIR": self.schema()}
        return subprocess.run([HUBBUB, *options], env=env, check=False, timeout=PATIENCE).returncode

    @contextlib.contextmanager
    def tray(self):
        """A tray that says it shows what registers. Yields: its process"""
        watcher = self.start(sys.executable, os.path.join(SUPPORT, "fake_watcher.py"), log="tray.log")
        poll(lambda: "StatusNotifierWatcher" in self.names_on_the_bus(), "the tray")
        try:
            yield watcher
        finally:
            self.end(watcher)

    @contextlib.contextmanager
    def notifications(self):
        """A real notification daemon. Yields: its Notifications"""
        daemon = next((path for path in notifications.DAEMON if os.path.exists(path)), None)
        if not daemon:
            raise Skip("notification-daemon is not installed")
        process = self.start(daemon, log="notifications.log")
        poll(lambda: "freedesktop.Notifications" in self.names_on_the_bus(), "the notifications")
        try:
            yield notifications.Notifications(self, process)
        finally:
            self.end(process)

    @staticmethod
    def serves(port):
        """Whether a chat on @port answers."""
        try:
            with connect(port) as connection:
                ask = f"GET /room HTTP/1.1\nHost: 127.0.0.1:{port}\n\n"
                return request(connection, ask)[0] == 200
        except OSError:
            return False

    def wait_served(self, port):
        poll(lambda: self.serves(port), f"a chat on port {port}")

    def names_on_the_bus(self):
        return self.output("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus",
                           "--object-path", "/", "--method", "org.freedesktop.DBus.ListNames")

    def install_service(self):
        """The program's D-Bus service, as an installation has it, for the program that is tested."""
        name = application_id() + ".service"
        with open(self._built(name), encoding="utf-8") as file:
            service = re.sub(r"(?m)^Exec=\S+", f"Exec={HUBBUB}", file.read())
        with open(self.path("services", name), "w", encoding="utf-8") as file:
            file.write(service)
        self.tell_bus(GSETTINGS_SCHEMA_DIR=self.schema())

    def tell_bus(self, **more):
        """Of new services, and of the environment that what it starts is to have."""
        variables = [f"{name}={value}" for name, value in {**self.env, **more}.items()]
        self.output("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
                    "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.ReloadConfig")
        subprocess.run(["dbus-update-activation-environment", *variables], env=self.env, check=True,
                       timeout=PATIENCE)

    @staticmethod
    def _built(name):
        """Where a file of data/ is, whether it is made by the build or not."""
        places = [os.path.join(root, "data", name)
                  for root in (BUILD, os.environ["HUB_TEST_SOURCE_ROOT"])]
        return next(path for path in places if os.path.exists(path))

    def hubbub(self, *options, **how):
        """Starts the program. Returns: a Program, to be used as a context manager"""
        return Program(self, *options, **how)


class Program:
    """The desktop program. Whatever GLib, GTK or a sanitizer complains of fails the test."""

    def __init__(self, desktop, *options, wrapper=(), schema=True, env=None, expect_status=0,
                 gives_clipboard=False):
        self.desktop = desktop
        self.errors = []
        self._expect_status = expect_status
        environment = {**desktop.env, **(env or {})}
        if gives_clipboard:  # GTK 4.8 loses memory with each transfer over X11
            environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        if schema:
            environment["GSETTINGS_SCHEMA_DIR"] = desktop.schema()
        self.process = desktop.start(*wrapper, HUBBUB, *options, env=environment,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._address = None

    def _read(self):
        for line in self.process.stdout:
            self.errors.append(line.decode("utf-8", "replace").rstrip("\n"))

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        try:
            if self.process.poll() is None and kind is None:
                self.end(signal.SIGTERM)
            elif kind is None:
                self.check()
        finally:
            if error is not None:
                print("\n".join(f"# hubbub: {line}" for line in self.errors), flush=True)
            self.desktop.end(self.process)

    def end(self, number):
        """Ends it by signal @number and looks at what it left. Returns: its exit status"""
        self.process.send_signal(number)
        return self.wait()

    def wait(self, patience=PATIENCE):
        """Waits for it to end by itself. Returns: its exit status"""
        self.process.wait(patience)
        self.check()
        return self.process.returncode

    def check(self):
        self._reader.join(PATIENCE)
        bad = [line for line in self.errors
               if COMPLAINT.search(line) and not NOT_OURS.search(line)]
        assert not bad, "\n".join(self.errors)
        if self._expect_status is not None:
            assert self.process.returncode == self._expect_status, (self.process.returncode,
                                                                   self.errors)

    # ---- what it shows ----

    def tree(self):
        """All its windows as a tree of accessible.Node."""
        if self._address is None:
            self._address = poll(self._find, "the program on the accessibility bus")
        return self.desktop.accessibility.tree(self._address)

    def _find(self):
        assert self.process.poll() is None, (self.process.returncode, self.errors)
        return self.desktop.accessibility.program(self.process.pid)

    def find(self, name=None, role=None, patience=PATIENCE, **how):
        """Waits for the one that is shown under @name. Returns: its Node"""
        tree = None

        def found():
            nonlocal tree
            tree = self.tree()
            node = tree.find(name, role, **how)
            if node is None and tree.has_nameless_menu():
                raise Skip("this GTK gives the items of menus no names to find them by")
            return node
        try:
            return poll(found, f"{name or how or role}", patience)
        except AssertionError as error:
            shown = tree.dump() if tree else "nothing"
            raise AssertionError(f"{error}; shown:\n{shown}\n" + "\n".join(self.errors)) from None

    def wait_gone(self, name, role=None):
        poll(lambda: self.tree().find(name, role) is None, f"{name} to be gone")

    def click(self, name, role=None):
        """Works the button of that name, once it can be."""
        def ready():
            return next((node for node in self.tree().find_all(name, role)
                         if node.is_in(State.SENSITIVE) and "click" in node.actions()), None)
        poll(ready, f"a button {name}").act()

    def focused(self):
        """Returns: the Node that has the keyboard, in the active window, or None"""
        nodes = [node for node in self.tree().all() if node.is_in(State.FOCUSED)
                 and node.role not in (Role.FRAME, Role.WINDOW)]
        return nodes[-1] if nodes else None

    def tab_to(self, name, key="Tab", limit=60):
        """Presses @key until the one called @name has the keyboard. Returns: its Node"""
        seen = []
        for _ in range(limit):
            node = self.focused()
            if node and node.name == name and node.is_in(State.SHOWING):
                return node
            seen.append(node)
            self.desktop.key(key)
        raise AssertionError(f"no way to {name} by {key}; on the way: {seen}")

    def window(self, title=None):
        """Returns: the X id of its window, once it is visible"""
        def found():
            search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid)]
            windows = self.desktop.output(*search, "--name", title or ".").split()
            return windows[-1] if windows else None
        return poll(found, "a window")

    def choose(self, item):
        """Chooses @item of the main menu by keys."""
        self.desktop.key("F10")
        self.find(item)
        self.tab_to(item, key="Down")
        self.desktop.key("Return")

    def code(self):
        """Returns: the code that it shows"""
        return CODE.search(self.find(contains="Code to join", matches=CODE).name)[0]

    def is_visible(self):
        return bool(self.desktop.output("xdotool", "search", "--all", "--onlyvisible", "--pid",
                                        str(self.process.pid), "--name", ".").split())


def scan(picture):
    """What the QR code of @picture says, as a phone would read it; "": nothing"""
    if not shutil.which("zbarimg"):
        raise Skip("zbarimg (zbar-tools) is not installed")
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
                          capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.stdout.strip()


def run_in(namespace, **session):
    """As hubbub.run(), with one Desktop for all tests of @namespace, where it is `desktop`."""
    try:
        with Desktop(**session) as desktop:
            desktop.output("xdotool", "mousemove", "0", "0")  # over nothing
            namespace["desktop"] = desktop
            run(namespace)
    except Skip as reason:
        print(f"1..0 # SKIP {reason}")
