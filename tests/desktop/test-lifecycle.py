# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One program a session, started and ended in every way there is."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time

from bus_dump import BusDump
from desktop import HUBBUB, SUPPORT, application_id, run_in
from display import Session
from hubbub import PATIENCE, poll
from page_guest import PageGuest

# What a stop may take, with `ended` and the goodbye of each connection. By itself it takes less than
# 2 s; as much again is for a busy machine and the sanitizers. One that is held up takes longer: by
# libsoup's closes 4.8 s, by others for ever.
STOP_S = 4.0

# How soon after the last guest has left the computer may sleep again.
RELEASE_S = 5.0


def is_active(program):
    active = desktop.output("xdotool", "getactivewindow").strip()
    return active and active == program.window()


def test_a_second_launch_raises_the_window():
    with desktop.chat() as program:
        window = program.window()
        poll(lambda: is_active(program), "the window to be active")
        desktop.output("xdotool", "windowminimize", "--sync", window)
        poll(lambda: not program.is_visible(), "the window to be out of sight")
        assert desktop.launch() == 0
        poll(lambda: is_active(program), "the window to be back")
        assert program.window() == window


def test_in_the_background_there_is_no_window():
    with desktop.hidden_chat() as program:
        desktop.wait_served(program.port)
        assert not program.is_visible()
        assert desktop.launch("--background") == 0
        assert not program.is_visible()
        assert desktop.launch() == 0
        program.find("Ready")
        assert program.is_visible()


def test_started_by_the_bus():
    port = desktop.choose_port()
    name = application_id()
    desktop.install_service()
    bus = BusDump(desktop)
    path = "/" + name.replace(".", "/").replace("-", "_")
    desktop.output("gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method",
                   "org.freedesktop.Application.Activate", "{}")
    desktop.wait_served(port)
    pid = bus.pid_of(name)
    poll(lambda: desktop.output("xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name",
                                "."), "its window")
    os.kill(pid, signal.SIGTERM)
    poll(lambda: not desktop.serves(port) and name not in bus.ask_bus("ListNames"), "its end")


def test_every_signal_ends_the_chat():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        with desktop.chat() as program, PageGuest(program.port, "Ana") as ana:
            program.find("Ready · 1 person")
            started = time.monotonic()
            program.process.send_signal(number)
            assert ana.wait("ended")["why"] == "stopped"
            assert ana.wait("closed")["code"] == 1001
            assert time.monotonic() - started < STOP_S
            assert program.wait() == 0


def test_logind():
    """It keeps the computer awake while people are present, and has it wait for the end of the chat."""
    told = "logind.log"

    def wait_told(words, times=1):
        def is_told():
            with open(desktop.path(told), encoding="utf-8") as file:
                return file.read().splitlines().count(words) == times
        poll(is_told, f"logind: {words}")

    before = desktop.env["DBUS_SYSTEM_BUS_ADDRESS"]
    desktop.start_system_bus()
    logind = desktop.start(sys.executable, os.path.join(SUPPORT, "fake_logind.py"), log=told)
    wait_told("up")
    try:
        with desktop.chat() as program:
            wait_told("held shutdown delay")
            with PageGuest(program.port, "Ana") as ana:
                wait_told("held sleep block")
                ana.tell(type="bye")
                left = time.monotonic()
                wait_told("released sleep block")
                assert time.monotonic() - left < RELEASE_S
            with PageGuest(program.port, "Bob") as bob:
                wait_told("held sleep block", 2)
                started = time.monotonic()
                logind.send_signal(signal.SIGUSR1)
                assert bob.wait("ended")["why"] == "stopped"
                assert bob.wait("closed")["code"] == 1001
                wait_told("released shutdown delay")
                assert time.monotonic() - started < STOP_S
                assert program.wait() == 0
    finally:
        desktop.end(logind)
        desktop.env["DBUS_SYSTEM_BUS_ADDRESS"] = before


def start_in(session, data_home):
    """The program in @session with what it keeps in @data_home."""
    env = {**session.env, "XDG_DATA_HOME": data_home, "GSETTINGS_SCHEMA_DIR": desktop.schema()}
    return session.start(HUBBUB, env=env, log="hubbub.log")


def assert_starts(data_home):
    with desktop.chat(env={"XDG_DATA_HOME": data_home}) as program:
        assert desktop.serves(program.port)


def test_a_display_that_dies_leaves_nothing_in_the_way():
    with tempfile.TemporaryDirectory(prefix="hub-") as data_home:
        with Session() as session:
            process = start_in(session, data_home)
            poll(lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "."],
                env=session.env, capture_output=True, check=False).stdout, "the window")
            session.end(session.display)
            assert process.wait(PATIENCE) != 0
        assert_starts(data_home)


def test_killed_while_it_starts_for_the_first_time():
    with Session() as session:
        # As soon as there is anything of its own, and a little later each time.
        for later_ms in (0, 1, 3, 10, 30, 100):
            with tempfile.TemporaryDirectory(prefix="hub-") as data_home:
                process = start_in(session, data_home)
                poll(lambda folder=data_home: any(files for _, _, files in os.walk(folder)),
                     "the first file")
                time.sleep(later_ms / 1000)  # poll: what is being written then differs
                process.kill()
                process.wait(PATIENCE)
                assert_starts(data_home)


# ---- closing the window, a line of the rules each ----

def close(program):
    """As the title bar's button does."""
    desktop.output("wmctrl", "-i", "-c", program.window())


def test_closing_an_empty_chat_ends_it():
    with desktop.chat(settings={"keep_running": "false"}) as program:
        close(program)
        assert program.wait() == 0


def test_closing_with_a_tray_hides_the_window():
    with desktop.tray(), desktop.chat() as program, PageGuest(program.port, "Ana") as ana:
        program.find("Ready · 1 person")
        close(program)
        poll(lambda: not program.is_visible(), "the window to be gone")
        ana.tell(type="ping")
        ana.wait("pong")


def test_a_tray_that_vanishes_brings_the_window_back():
    with contextlib.ExitStack() as stack:
        with desktop.tray():
            program = stack.enter_context(desktop.chat(settings={"keep_running": "true"}))
            close(program)
            poll(lambda: not program.is_visible(), "the window to be gone")
        poll(program.is_visible, "the window to be back")


def test_closing_without_a_tray_asks():
    with desktop.notifications() as notifications, desktop.chat() as program, \
            PageGuest(program.port, "Ana") as ana:
        program.find("Ready · 1 person")
        close(program)
        program.find("Keep the chat running?")
        for choice in ("Keep Running", "End Chat", "Cancel"):
            program.find(choice)
        desktop.picture("close-asks", program.window())
        desktop.key("Escape")
        program.wait_gone("Keep the chat running?")
        assert program.is_visible()

        close(program)
        program.click("Cancel")
        program.wait_gone("Keep the chat running?")

        close(program)
        program.tab_to("Keep Running")
        desktop.key("Return")
        poll(lambda: not program.is_visible(), "the window to be gone")
        ana.tell(type="ping")
        ana.wait("pong")

        notifications.find("The Chat Keeps Running")
        notifications.click("Show Window")
        poll(program.is_visible, "the window to be back")
        close(program)
        program.tab_to("End Chat")
        desktop.key("Return")
        assert ana.wait("ended")["why"] == "stopped"
        assert program.wait() == 0


run_in(globals())
