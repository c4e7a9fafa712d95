# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak from the manifest to the chat: built offline, made one file, installed from it and run
in its sandbox, as a person gets it; then once more as the development variant, beside it.

./dev test-flatpak makes what stands in for the runtime, which takes too long for every ./dev test: that
skips this as long as it is not there. HUB_TEST_FLATPAK_ID: do it all under this application id.
"""

import contextlib
import json
import os
import re
import shutil
import stat
import sys
import time

import accessible
from desktop import SUPPORT, run_in
from hubbub import PATIENCE, connect, poll, request, served_fingerprint
from netns import World
from page_guest import PageGuest
from plain_guest import Guest
from sandboxed import CACHE, App, flatpak_build, free_ports, windows
from stand_in import is_made, sources_folder
from tray_host import ITEM, Bus

ID = os.environ.get("HUB_TEST_FLATPAK_ID") or flatpak_build.ID
TOOLS = ("flatpak", "flatpak-builder", "bwrap", "xdg-dbus-proxy", "eu-strip", "unshare")
PERMISSION = re.compile(r"(?m)^  - --[\w-]+=(.*)$")
# The released id, however its parts are joined; not that of the development variant.
TRACE = re.compile(rb"io[./_]github[./_]hubbub[._-]?lan[./_]hubbub(?!.devel)", re.IGNORECASE)

# Without a network a sandbox finds the display by its file, in a folder that all display servers share.
OWN_DISPLAYS = """
mkdir -p -m 1777 /tmp/.X11-unix && mount -t tmpfs -o mode=1777 none /tmp/.X11-unix &&
exec env HUB_TEST_OWN_DISPLAYS=1 "$@"
"""

# Joins as the name it is given and says what came of it.
STRANGER = """
import sys
from plain_guest import Guest
try:
    guest = Guest(int(sys.argv[1]), sys.argv[3], sys.argv[2])
except AssertionError as refusal:
    print(refusal, flush=True)
else:
    print("in", flush=True)
    guest.read_close()
"""


def released():
    return App(desktop, ID)


def development():
    return App(desktop, ID + ".Devel", is_devel=True)


def tray_ids():
    """What the programs that have an icon in the tray call themselves."""
    bus = Bus(desktop)
    ids = [bus.get(item, "/StatusNotifierItem", ITEM, "Id") for item in bus.items()]
    return sorted(id_ for id_ in ids if id_)


@contextlib.contextmanager
def played(name, bus_name=None):
    """What a sandbox asks on a bus, played by fake_NAME.py, which prints into NAME.log; with @bus_name
    once the session bus knows it by that."""
    player = desktop.start(sys.executable, os.path.join(SUPPORT, f"fake_{name}.py"), log=f"{name}.log")
    try:
        if bus_name:
            poll(lambda: bus_name in desktop.names_on_the_bus(), f"the {name} to be on the bus")
        yield
    finally:
        desktop.end(player)


def printed(log, number, patience=PATIENCE):
    """Returns: the line @number that a program of the session prints into @log, once it is there"""
    def found():
        with open(desktop.path(log), encoding="utf-8") as file:
            lines = file.read().splitlines(keepends=True)
        return len(lines) > number and lines[number].endswith("\n") and lines[number]
    return poll(found, f"line {number} of {log}", patience)


def check_its_own(app):
    """All that the desktop is told has the id in its name, and nothing is left of the released one."""
    exported = {os.path.relpath(os.path.join(where, name), app.exported())
                for where, _, names in os.walk(app.exported()) for name in names}
    assert {f"share/applications/{app.id}.desktop", f"share/dbus-1/services/{app.id}.service",
            f"share/metainfo/{app.id}.metainfo.xml",
            f"share/icons/hicolor/scalable/apps/{app.id}.svg",
            f"share/icons/hicolor/symbolic/apps/{app.id}-tray-running-symbolic.svg"} <= exported, exported
    if app.id == flatpak_build.ID:
        return
    found, seen = [], 0
    for where, folders, names in os.walk(app.location()):
        for name in (*folders, *names):
            path = os.path.join(where, name)
            content = b""
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    content = file.read()
                seen += 1
            if TRACE.search(name.encode()) or TRACE.search(content):
                found.append(path)
    assert seen > 10 and not found, found


def build_and_install(app):
    """Returns: which build it is"""
    started = time.monotonic()
    bundle = app.build(sources_folder(CACHE))
    print(f"# {app.id}: built in {time.monotonic() - started:.0f} s, {os.path.getsize(bundle)} bytes")
    app.uninstall()  # what is left of the last time; of the same build it would be refused
    commit = app.install(bundle)
    print(f"# {app.id}:", re.search(r"Installed:.*", app.flatpak("info", app.id))[0])
    return commit


def test_install():
    """From the manifest to one file, and from that to what a person has."""
    app, version = released(), flatpak_build.runtime_version()
    app.flatpak("--user", "remote-add", "--if-not-exists", "--no-gpg-verify", "stand-in",
                "file://" + os.path.join(CACHE, "runtime"))
    app.flatpak("--user", "install", "-y", "--noninteractive", "--or-update", "stand-in",
                *(f"org.gnome.{name}//{version}" for name in ("Platform", "Sdk")))
    build_and_install(app)
    for name in ("hubbub/LICENSE", "libqrencode/COPYING"):
        assert os.path.exists(os.path.join(app.location(), "files", "share", "licenses", app.id, name)), name
    check_its_own(app)
    with open(flatpak_build.MANIFEST, encoding="utf-8") as file:
        asked = PERMISSION.findall(file.read())
    granted = app.flatpak("info", "--show-permissions", app.id)
    assert asked and all(permission in granted for permission in asked), (asked, granted)


def test_launch():
    """From the menu; nothing of it needs a terminal."""
    app, port = released(), free_ports()
    app.choose_port(port)
    try:
        app.launch()
        poll(lambda: windows(desktop), "the window")
        desktop.wait_served(port)
    finally:
        app.kill()
    poll(lambda: f"'{app.id}'" not in desktop.names_on_the_bus(), "the program to be gone")


def test_run():
    """The window is there, the page and the chat are served, the tray knows it, keys are private."""
    app, port = released(), free_ports()
    app.choose_port(port)
    with desktop.tray(), app.run() as program:
        window = program.window()
        program.wait_served(port)
        with connect(port) as connection:
            status, headers, body = request(connection, f"GET / HTTP/1.1\nHost: 127.0.0.1:{port}\n\n")
        assert status == 200 and b"Hubbub" in body and "content-security-policy" in headers, (status, body[:200])
        with PageGuest(port, "Ana") as ana, Guest(port, "Ben") as ben:
            ben.say("hello from outside")
            assert ana.wait("said")["text"] == "hello from outside"
            desktop.settled_picture("flatpak-window", window)
        poll(lambda: tray_ids() == [app.id], "the icon in the tray")
        items = Bus(desktop).items()
        assert re.fullmatch(r":\d+\.\d+", items[0]), items  # nothing else may be owned in a sandbox
        assert stat.S_IMODE(os.stat(app.data()).st_mode) == 0o700
        for name in ("ca-key.pem", "server-key.pem"):
            assert stat.S_IMODE(os.stat(app.data(name)).st_mode) == 0o600, name


def test_background():
    """Without a tray, closing the window asks the portal, and the chat goes on."""
    app, port = released(), free_ports()
    app.choose_port(port)

    def close():
        """The first key of a session gets lost now and then on its way to the window manager."""
        desktop.key("alt+F4")
        with contextlib.suppress(AssertionError):
            return printed("portal.log", 0, patience=10)
        return None

    with played("portal", "portal.Desktop"), app.run() as program:
        window = program.window()
        program.wait_served(port)
        poll(lambda: desktop.output("xdotool", "getwindowfocus").strip() == window, "the focus")
        with PageGuest(port, "Ana"):
            asked = json.loads(poll(close, "the portal to be asked"))
            assert asked["method"] == "RequestBackground", asked
            poll(lambda: not windows(desktop), "the window to be closed")
            told = json.loads(printed("portal.log", 1))
            assert told["method"] == "SetStatus" and "1 person" in told["options"]["message"], told
            assert desktop.serves(port)


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
    with released().run("--unshare=network") as program:
        poll(lambda: shows("Not connected to a network"), "the state without a network")
        desktop.settled_picture("flatpak-no-network", program.window())
        assert program.process.poll() is None


def test_one_machine_is_one():
    """In the sandbox, too, the host tells machines by their link-layer address, which it asks the kernel
    for: who was removed does not come back with another IP address."""
    app, port = released(), free_ports()
    with World() as world:
        home, one, other = (world.namespace() for _ in range(3))
        for number, machine in ((77, one), (78, other)):
            world.cable(home, f"lan{number}", machine, "guest0")
            home.ip(f"addr add 192.168.{number}.1/24 dev lan{number}")
            machine.ip(f"addr add 192.168.{number}.2/24 dev guest0")
        host = home.start("flatpak", "run", "--die-with-parent", "--command=hubbub-server", app.id,
                          "--json", "--port", str(port), env=app.env)
        host.wait_line(lambda line: '"ready"' in line, "ready")

        def join(machine, address, name):
            stranger = machine.start(sys.executable, "-c", STRANGER, str(port), address, name)
            return stranger.wait_line(lambda _: True, f"what becomes of {name}")
        assert join(one, "192.168.77.1", "Eve") == "in"
        host.say('remove "Eve"')
        host.wait_line(lambda line: '"removed"' in line, "the removal")
        one.ip("addr flush dev guest0")
        one.ip("addr add 192.168.77.3/24 dev guest0")
        assert "The host has removed you" in join(one, "192.168.77.1", "Zoe")
        assert join(other, "192.168.78.1", "Ana") == "in"


def test_name_on_the_network():
    """The system's Avahi is within reach, which announces the chat by a name."""
    desktop.start_system_bus()
    with played("avahi"), released().run():
        assert printed("avahi.log", 0) == "EntryGroupNew\n"


def test_upgrade():
    """Another build takes the place of the one before; guests meet the computer that they know."""
    app, port = released(), free_ports()
    app.choose_port(port)
    before = app.flatpak("info", "--show-commit", app.id)
    with app.run() as program:
        program.wait_served(port)
        known, shown = app.authority(), served_fingerprint(port)
    assert app.install(app.next_build()) not in before
    with app.run() as program:
        program.wait_served(port)
        assert app.authority() == known and served_fingerprint(port) == shown


def test_beside():
    """The development variant is another program, with a name, data, a port and an icon of its own."""
    app, devel, port = released(), development(), free_ports()
    build_and_install(devel)
    check_its_own(devel)
    with open(devel.exported("share", "applications", f"{devel.id}.desktop"), encoding="utf-8") as file:
        assert "\nName=Hubbub (Development)\n" in file.read()
    # Both want the one port; there is a next one.
    app.choose_port(port)
    devel.choose_port(port)
    with desktop.tray(), app.run() as one:
        one.wait_served(port)
        known = app.authority()
        with devel.run() as other:
            other.wait_served(port + 1)
            poll(lambda: len(windows(desktop)) == 2, "both windows")
            poll(lambda: tray_ids() == [app.id, devel.id], "both icons in the tray")
            names = desktop.names_on_the_bus()
            assert f"'{app.id}'" in names and f"'{devel.id}'" in names, names
            assert served_fingerprint(port) != served_fingerprint(port + 1)
            with PageGuest(port, "Ana") as ana:
                assert ana.welcome["type"] == "welcome", ana.welcome
                desktop.picture("flatpak-beside")
            devel.activate("quit")
            other.process.wait(PATIENCE)
        poll(lambda: tray_ids() == [app.id] and len(windows(desktop)) == 1, "the one to stay")
        assert desktop.serves(port) and not desktop.serves(port + 1)
        assert app.authority() == known != devel.authority()


def why_not():
    """Returns: why it cannot be done here; or None"""
    if not is_made(CACHE, flatpak_build.runtime_version()):
        return "there is no runtime for it yet; as root, ./dev test-flatpak makes one"
    if os.geteuid() != 0:
        return "it runs as root only"
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    return f"not installed: {' '.join(missing)}; ./dev test-flatpak installs it" if missing else None


if __name__ == "__main__":
    reason = why_not()
    if reason:
        print(f"1..0 # SKIP {reason}")
    elif "HUB_TEST_OWN_DISPLAYS" in os.environ:
        run_in(globals())
    else:
        os.execvp("unshare", ["unshare", "--mount", "sh", "-c", OWN_DISPLAYS, "sh", sys.executable, *sys.argv])
