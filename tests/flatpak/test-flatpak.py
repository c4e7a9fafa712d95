# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak from the manifest to the chat: built offline, made one file, installed from it and run
in its sandbox, as a person gets it. Run by ./dev test-flatpak.

HUB_TEST_FLATPAK is a folder that is kept between runs: the stand-in for the runtime is there.
"""

import json
import os
import re
import stat
import subprocess
import sys
import time

import accessible
from desktop import SUPPORT, Desktop, run_in
from hubbub import PATIENCE, Skip, connect, poll, request
from netns import World
from page_guest import PageGuest
from plain_guest import Guest
from stand_in import fetch_sources, make_runtime
from tray_host import ITEM, Bus

ROOT = os.environ["HUB_TEST_SOURCE_ROOT"]
CACHE = os.environ["HUB_TEST_FLATPAK"]
sys.path.insert(0, os.path.join(ROOT, "flatpak"))
import build as flatpak_build  # noqa: E402  where it is, is known now

ID, PORT = flatpak_build.ID, 8443
REFERENCE = f"{ID}//{flatpak_build.BRANCH}"
MAC = "02:00:00:00:00:42"

# Asks the kernel for its table of neighbours, as the host does (rtnetlink(7): RTM_GETNEIGH is 30).
NEIGHBOURS = """
import socket, struct
kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
kernel.send(struct.pack("=IHHIIBxxxiHBB", 28, 30, 0x301, 1, 0, 2, 0, 0, 0, 0))
print(kernel.recv(65536).hex())
"""


def flatpak(*words, env=None, wrapper=()):
    """Returns: what it printed"""
    done = subprocess.run([*wrapper, "flatpak", *words], env=env or world_env(), check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, f"flatpak {' '.join(words)}: {done.stdout}"
    return done.stdout


def world_env():
    """As desktop.env (which run_in() puts here), with the installation that is kept."""
    return {**desktop.env, "FLATPAK_USER_DIR": os.path.join(CACHE, "installation")}


class Sandboxed:
    """The installed program, running; a context manager. `log` is the path of what it printed."""

    def __init__(self, *options, flags=(), wrapper=()):
        self.started = time.monotonic()
        self.log = desktop.path("sandboxed.log")
        self.process = desktop.start(*wrapper, "flatpak", "run", *flags, ID, *options,
                                     env=world_env(), log="sandboxed.log")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        with open(self.log, encoding="utf-8") as file:
            said = file.read()
        if kind is not None:
            print("".join(f"# sandboxed: {line}\n" for line in said.splitlines()))
        subprocess.run(["flatpak", "kill", ID], env=world_env(), check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.process.wait(PATIENCE)
        desktop.end(self.process)
        assert kind is not None or "CRITICAL" not in said, said

    def wait_served(self):
        poll(lambda: desktop.serves(PORT), "the chat of the sandbox")

    def window(self):
        """Returns: the X id of its window, once it is visible"""
        def found():
            assert self.process.poll() is None, "it ended"
            return next(iter(windows()), None)
        return poll(found, "the window")


def windows():
    return desktop.output("xdotool", "search", "--onlyvisible", "--class", "hubbub").split()


def data(*parts):
    return os.path.join(desktop.home, ".var", "app", ID, "data", *parts)


def authority():
    """The CA as it is kept, by which guests know this computer."""
    with open(data("hubbub", "ca.pem"), encoding="ascii") as file:
        return file.read()


def install(bundle):
    flatpak("--user", "install", "-y", "--noninteractive", "--or-update", "--bundle", bundle)
    return re.search(r"[0-9a-f]{64}", flatpak("info", "--show-commit", ID))[0]


def test_build():
    """From the manifest to one file, without a network."""
    started = time.monotonic()
    version = flatpak_build.runtime_version()
    runtime = make_runtime(CACHE, version)
    print(f"# runtime there after {time.monotonic() - started:.0f} s")
    flatpak("--user", "remote-add", "--if-not-exists", "--no-gpg-verify", "stand-in", f"file://{runtime}")
    flatpak("--user", "install", "-y", "--noninteractive", "--or-update", "stand-in",
            *(f"org.gnome.{name}//{version}" for name in ("Platform", "Sdk")))
    sources = fetch_sources(CACHE, flatpak_build.MANIFEST)
    with open(desktop.path("build.log"), "w", encoding="utf-8") as log:
        done = subprocess.run(
            ["unshare", "--net", sys.executable, os.path.join(ROOT, "flatpak", "build.py"), "--sources",
             sources, os.path.join(CACHE, "built")], env=world_env(), check=False,
            stdout=subprocess.PIPE, stderr=log, text=True)
    with open(log.name, encoding="utf-8") as file:
        assert done.returncode == 0, "".join(file.readlines()[-30:])
    built.bundle = done.stdout.strip()
    print(f"# bundle there after {time.monotonic() - started:.0f} s: {os.path.getsize(built.bundle)} bytes")


def test_install():
    # What is left of the last time; of the same build it would be refused.
    if ID in flatpak("--user", "list", "--app", "--columns=application").split():
        flatpak("--user", "uninstall", "-y", "--noninteractive", ID)
    built.commit = install(built.bundle)
    print("#", re.search(r"Installed:.*", flatpak("info", ID))[0])
    location = flatpak("info", "--show-location", ID).strip().splitlines()[-1]
    for name in ("hubbub/LICENSE", "libqrencode/COPYING"):
        assert os.path.exists(os.path.join(location, "files", "share", "licenses", ID, name)), name
    exported = {os.path.relpath(os.path.join(where, name), os.path.join(location, "export"))
                for where, _, names in os.walk(os.path.join(location, "export")) for name in names}
    assert {f"share/applications/{ID}.desktop", f"share/dbus-1/services/{ID}.service",
            f"share/metainfo/{ID}.metainfo.xml",
            f"share/icons/hicolor/scalable/apps/{ID}.svg"} <= exported, exported
    with open(flatpak_build.MANIFEST, encoding="utf-8") as file:
        asked = set(re.findall(r"(?m)^  - --(.*)$", file.read()))
    granted = flatpak("info", "--show-permissions", ID)
    for permission in asked:
        assert permission.split("=", 1)[1] in granted, (permission, granted)


def test_run():
    """The window is there, the page and the chat are served, the tray knows it, keys are private."""
    with desktop.tray() as _, Sandboxed() as program:
        window = program.window()
        print(f"# window after {time.monotonic() - program.started:.1f} s")
        program.wait_served()
        print(f"# chat after {time.monotonic() - program.started:.1f} s")
        with connect(PORT) as connection:
            status, headers, body = request(connection, f"GET / HTTP/1.1\nHost: 127.0.0.1:{PORT}\n\n")
        assert status == 200 and b"Hubbub" in body and "content-security-policy" in headers, (status, body[:200])
        with PageGuest(PORT, "Ana") as ana, Guest(PORT, "Ben") as ben:
            ben.say("hello from outside")
            assert ana.wait("said")["text"] == "hello from outside"
            desktop.settled_picture("flatpak-window", window)
        with open(desktop.path("tray.log"), encoding="utf-8") as log:
            item = poll(lambda: log.read().strip(), "the icon in the tray").split()[0]
        assert re.fullmatch(r":\d+\.\d+", item), item  # nothing else may be owned in a sandbox
        bus = Bus(desktop)
        assert bus.get(item, "/StatusNotifierItem", ITEM, "Id") == ID
        folder = os.stat(data("hubbub"))
        assert stat.S_IMODE(folder.st_mode) == 0o700, oct(folder.st_mode)
        for name in ("ca-key.pem", "server-key.pem"):
            mode = stat.S_IMODE(os.stat(data("hubbub", name)).st_mode)
            assert mode == 0o600, (name, oct(mode))


def test_background():
    """Without a tray, closing the window asks the portal, and the chat goes on."""
    portal = desktop.start(sys.executable, os.path.join(SUPPORT, "fake_portal.py"),
                           stdout=subprocess.PIPE)
    poll(lambda: "portal.Desktop" in desktop.names_on_the_bus(), "the portal")
    with Sandboxed() as program:
        program.window()
        program.wait_served()
        with PageGuest(PORT, "Ana"):
            desktop.key("alt+F4")
            asked = json.loads(portal.stdout.readline())
            assert asked["method"] == "RequestBackground", asked
            poll(lambda: not windows(), "the window to be closed")
            told = json.loads(portal.stdout.readline())
            assert told["method"] == "SetStatus" and "1 person" in told["options"]["message"], told
            assert desktop.serves(PORT)
    desktop.end(portal)


def shows(words):
    """Whether any program of the session shows @words; in a sandbox it has another process id."""
    bus = desktop.accessibility
    try:
        programs = bus.call((accessible.REGISTRY, accessible.ROOT), "org.a11y.atspi.Accessible",
                            "GetChildren")[0]
        return any(bus.tree(program).find(contains=words) for program in programs)
    except accessible.Gone:
        return False


def test_no_network():
    """What a person sees who took the permission away."""
    # Without the network a sandbox reaches the display by its file only, which is gone where several
    # displays of one number, each with a network of its own, shared the folder.
    number = desktop.env["DISPLAY"].lstrip(":")
    if not os.path.exists(f"/tmp/.X11-unix/X{number}"):
        raise Skip("another display server took the file of this display away")
    with Sandboxed(flags=["--unshare=network"]) as program:
        poll(lambda: shows("Not connected to a network"), "the state without a network")
        desktop.settled_picture("flatpak-no-network", program.window())
        assert program.process.poll() is None


def test_neighbours():
    """The host counts a machine's connections by its link-layer address, which it must see."""
    with World() as world:
        home, guest = world.namespace(), world.namespace()
        world.cable(home, "lan0", guest, "guest0")
        home.ip("addr add 192.168.77.1/24 dev lan0")
        home.ip(f"neigh add 192.168.77.2 lladdr {MAC} dev lan0 nud permanent")
        told = flatpak("run", "--devel", "--command=python3", ID, "-c", NEIGHBOURS, wrapper=home.wrapper())
        assert MAC.replace(":", "") in told, told


def test_upgrade():
    """Another build takes the place of the one before; guests meet the computer that they know."""
    known = authority()
    repo = os.path.join(CACHE, "built", "repo")
    flatpak("build-export", "--subject=the next one", repo, os.path.join(CACHE, "built", "app"),
            flatpak_build.BRANCH)
    bundle = desktop.path("next.flatpak")
    flatpak("build-bundle", repo, bundle, ID, flatpak_build.BRANCH)
    assert install(bundle) != built.commit
    with Sandboxed() as program:
        program.wait_served()
        assert authority() == known


class Built:
    bundle = commit = None


built = Built()
if __name__ == "__main__":
    run_in(globals())
