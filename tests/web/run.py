#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one of the web client's checks, or says why it cannot run here (exit status 77)."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODULES = HERE / "node_modules"
SKIP = 77


def skip(reason):
    print(f"SKIP: {reason}")
    sys.exit(SKIP)


def node_tests(folder):
    return ["--test", *sorted(str(path) for path in (HERE / folder).glob("*.test.mjs"))]


def tool(name, script, *args):
    if not (MODULES / name).is_dir():
        skip(f"{name} is not installed: run `npm ci` in tests/web")
    return [str(MODULES / name / script), *args]


# What a browser engine takes: a module of npm that drives it, and programs.
ENGINES = {
    "chromium": ("playwright-core", "chromium"),
    "firefox": ("puppeteer-core", "firefox-esr"),
    "webkit": ("selenium-webdriver", "WebKitWebDriver", "Xvfb", "xdotool"),
}


def lack(engine, *programs):
    """What is missing here for @engine and @programs, or nothing."""
    driver, *needed = ENGINES[engine]
    if not (MODULES / driver).is_dir():
        return f"{driver} is not installed: run `npm ci` in tests/web"
    for program in (*needed, *programs):
        if not shutil.which(program):
            return f"there is no {program}"
    for browsers in sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")):
        os.environ["HUB_TEST_MINIBROWSER"] = str(browsers)
    if engine == "webkit" and "HUB_TEST_MINIBROWSER" not in os.environ:
        return "there is no MiniBrowser of webkit2gtk-4.1"
    return ""


def need_engine(engine, *programs):
    reason = lack(engine, *programs)
    if reason:
        skip(reason)
    server = Path(os.environ.setdefault(
        "HUBBUB_SERVER",
        str(Path(os.environ["HUB_TEST_BUILD_ROOT"]) / "src" / "terminal" / "hubbub-server")))
    if not server.is_file():
        skip(f"{server} was not built")


def browser(name, *programs):
    need_engine("chromium", *programs)
    return ["--test", str(HERE / "e2e" / f"{name}.test.mjs")]


def accessibility():
    if not (MODULES / "axe-core").is_dir():
        skip("axe-core is not installed: run `npm ci` in tests/web")
    return browser("axe")


def run_on_two_machines(command, is_inside):
    """Runs node with two machines and a cable between them; on the other one if @is_inside."""
    sys.path.insert(0, str(HERE.parent / "support"))
    netns = importlib.import_module("netns")
    try:
        with netns.World() as world:
            host, other = world.namespace(), world.namespace()
            world.cable(host, "eth0", other, "eth0")
            host.ip("addr add 10.77.0.1/24 dev eth0")
            other.ip("addr add 10.77.0.2/24 dev eth0")
            os.environ["HUB_TEST_HOST_ADDRESS"] = "10.77.0.1"
            enter = host.neighbor_wrapper() if is_inside else host.wrapper()
            os.environ["HUB_TEST_HOST_MACHINE"] = json.dumps(enter)
            os.environ["HUB_TEST_OTHER_MACHINE"] = json.dumps(other.wrapper())
            run = [*(other.wrapper() if is_inside else []), shutil.which("node"), *command]
            sys.exit(subprocess.run(run, check=False).returncode)
    except netns.Skip as reason:
        skip(reason)


def two_machines(name):
    """Runs the browser test @name with two machines and a cable between them."""
    run_on_two_machines(browser(name), is_inside=False)


# What a test in every engine takes beside the engine.
PROGRAMS = {"fallback": ["openssl"], "tools": ["zbarimg"], "trusted": ["certutil"]}


def everywhere(name, engine):
    """Runs the test @name in @engine, all of it on the other one of two machines."""
    need_engine(engine, *PROGRAMS.get(name, []))
    os.environ["HUB_TEST_ENGINE"] = engine
    run_on_two_machines(["--test", str(HERE / "everywhere" / f"{name}.test.mjs")], is_inside=True)


def together():
    """Runs one test with two engines, and the third where it is installed."""
    for engine in ("chromium", "firefox"):
        need_engine(engine)
    os.environ["HUB_TEST_ENGINES"] = " ".join(each for each in ENGINES if not lack(each))
    return ["--test", str(HERE / "everywhere" / "together.test.mjs")]


THEMES = ["light", "dark"]
# How wide a picture of each size may be on a contact sheet, and how many stand in a row.
SHEETS = {"320x568": ("320", "8x"), "390x844": ("312", "8x"), "844x390": ("633", "4x"),
          "1280x800": ("640", "4x")}


def tour(*wanted):
    """Takes a picture of every state of the page, in each engine and theme or in those @wanted."""
    for program, package in (("montage", "ImageMagick"), ("openssl", "OpenSSL")):
        if not shutil.which(program):
            skip(f"there is no {program}, which {package} has")
    album = Path(os.environ["HUB_TEST_BUILD_ROOT"]) / "tests" / "web" / "tour"
    for engine in [each for each in ENGINES if each in wanted] or ENGINES:
        need_engine(engine)
        for theme in [each for each in THEMES if each in wanted] or THEMES:
            pictures = album / f"{engine}-{theme}"
            shutil.rmtree(pictures, ignore_errors=True)
            env = {**os.environ, "HUB_TEST_ENGINE": engine, "HUB_TEST_THEME": theme,
                   "HUB_TEST_PICTURES": str(pictures)}
            subprocess.run([shutil.which("node"), "--test", str(HERE / "everywhere" / "tour.mjs")],
                           env=env, check=True)
            for size, (width, row) in SHEETS.items():
                sheet = album / f"{engine}-{theme}-{size}.png"
                subprocess.run(["montage", "-label", "%t", *sorted((pictures / size).iterdir()),
                                "-geometry", f"{width}x+6+6", "-background", "#888", "-tile", row,
                                sheet], check=True)
                print(sheet)
    sys.exit(0)


CHECKS = {
    "unit": lambda: node_tests("unit"),
    "types": lambda: tool("typescript", "bin/tsc", "--project", str(HERE)),
    "eslint": lambda: tool("eslint", "bin/eslint.js", "--max-warnings", "0", "--config",
                           str(HERE / "eslint.config.mjs"), "ui/web", "tests/web/unit",
                           "tests/web/e2e", "tests/web/engines", "tests/web/everywhere"),
    "prettier": lambda: tool("prettier", "bin/prettier.cjs", "--config",
                             str(HERE / ".prettierrc.json"), "--check", "ui/web/**/*.{js,css,html}",
                             "ui/help/*.{css,html}", "data/screenshots/*.mjs",
                             "tests/web/{unit,e2e,engines,everywhere}/*.mjs",
                             "tests/web/*.{mjs,json}"),
    "everywhere": everywhere,
    "together": together,
    "tour": tour,
    "actions": lambda: browser("actions"),
    "axe": accessibility,
    "arrival": lambda: browser("arrival"),
    "removal": lambda: two_machines("removal"),
    "chat": lambda: browser("chat"),
    "focus": lambda: browser("focus"),
    "languages": lambda: browser("languages"),
    "limits": lambda: browser("limits"),
    "manners": lambda: browser("manners"),
    "mentions": lambda: browser("mentions"),
    "menu": lambda: browser("menu"),
    "reading": lambda: browser("reading"),
    "speed": lambda: browser("speed"),
    "fallback": lambda: browser("fallback", "openssl"),
    "return": lambda: browser("return", "openssl"),
    "transport": lambda: browser("transport", "openssl"),
    "trust": lambda: browser("trust", "certutil"),
}


def main():
    node = shutil.which("node")
    if not node:
        skip("there is no node")
    os.chdir(ROOT)
    command = [node, *CHECKS[sys.argv[1]](*sys.argv[2:])]
    sys.stdout.flush()
    os.execv(node, command)


if __name__ == "__main__":
    main()
