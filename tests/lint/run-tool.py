# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one tool over the code, zero findings allowed. Usage: run-tool.py TOOL

A result depends only on the sources, the tool's version and its configuration, so a clean one is
remembered in the build directory and the next run takes no time.
"""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SKIP = 77
ROOT = Path(os.environ["HUB_TEST_SOURCE_ROOT"])
BUILD = Path(os.environ["HUB_TEST_BUILD_ROOT"])
JOBS = os.cpu_count() or 1


def skip(reason: str) -> int:
    print(f"SKIP: {reason}")
    return SKIP


def sources(*suffixes: str, under: tuple[str, ...] = ("src", "tests")) -> list[Path]:
    return sorted(p for d in under for p in (ROOT / d).rglob("*")
                  if p.suffix in suffixes and "node_modules" not in p.parts)


def version_of(tool: str) -> str:
    out = subprocess.run([tool, "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, check=False).stdout
    return out.strip()


def major(tool: str) -> int:
    match = re.search(r"version (\d+)", version_of(tool))
    return int(match[1]) if match else 0


def digest(tool: str, paths: list[Path]) -> str:
    state = hashlib.sha256(version_of(tool).encode())
    for path in [*paths, Path(__file__), ROOT / ".clang-tidy", ROOT / ".clang-format",
                 ROOT / "gobject-linter.toml", *sources(".build", under=("src", "tests")),
                 ROOT / "meson.build"]:
        state.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def each(command: list[str], paths: list[Path]) -> int:
    """Runs @command once a file, JOBS at a time; prints what failed."""

    def one(path: Path) -> tuple[int, str]:
        run = subprocess.run([*command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, check=False, cwd=ROOT)
        return run.returncode, run.stdout

    worst = 0
    with ThreadPoolExecutor(JOBS) as pool:
        for code, output in pool.map(one, paths):
            if code:
                print(output)
                worst = 1
    return worst


def compiled(under: str) -> dict[str, list[str]]:
    """source -> compiler arguments, as meson wrote them."""
    commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    found = {}
    for entry in commands:
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        if path.suffix == ".c" and path.is_relative_to(ROOT / under):
            found[str(path)] = shlex.split(entry["command"])
    return found


def run_format() -> int:
    # Its output changes with each major version; 14 is the one of the format's definition.
    if major("clang-format") != 14:
        return skip(f"clang-format 14 defines the format, this is {version_of('clang-format')}")
    return each(["clang-format", "--dry-run", "--Werror"], sources(".c", ".h"))


def run_clang_tidy() -> int:
    if major("clang-tidy") != 14:
        return skip("clang-tidy 14's findings were dealt with; other versions have others")
    return each(["clang-tidy", "--quiet", "-p", str(BUILD),
                 "--extra-arg=-Wno-unknown-warning-option",
                 # The way on after a caller's mistake is not worth analysing.
                 "--extra-arg=-DG_DISABLE_CHECKS"],
                [Path(p) for p in sorted(compiled("src"))])


def run_cppcheck() -> int:
    command = ["cppcheck", "--quiet", "--error-exitcode=1", "--std=c11", "--library=gtk",
               "--enable=warning,performance,portability", "--inline-suppr", f"-j{JOBS}",
               # GLib's macros are not expanded here, so their syntax is unknown to it.
               "--suppress=unknownMacro", "--suppress=missingInclude",
               # Does not know that a container takes what is put into it.
               "--suppress=leakNoVarFunctionCall",
               # Only says that it could look longer.
               "--suppress=normalCheckLevelMaxBranches",
               "-DG_DEFINE_FINAL_TYPE(a,b,c)=", "-DG_BEGIN_DECLS=", "-DG_END_DECLS=",
               f"-I{ROOT / 'src'}", str(ROOT / "src")]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def run_analyzer() -> int:
    """gcc's -fanalyzer, with the flags that each file is compiled with."""
    compiler = next(iter(compiled("src").values()))[0]
    if "Free Software Foundation" not in version_of(compiler):
        return skip(f"-fanalyzer is gcc's; this build is by {compiler}")
    release = subprocess.run([compiler, "-dumpversion"], stdout=subprocess.PIPE, text=True, check=False)
    if not release.stdout.startswith("12"):
        return skip(f"gcc 12's findings were dealt with; {release.stdout.strip()} has others")

    def one(item: tuple[str, list[str]]) -> str:
        keep = [a for a in item[1] if not a.startswith(("-o", "-M", "-fsanitize", "-W", "-fdiagnostics"))
                and not a.endswith((".o", ".o.d"))]
        # Without g_return_if_fail(), as above.
        return subprocess.run([*keep, "-fanalyzer", "-DG_DISABLE_CHECKS", "-O1", "-S", "-o", os.devnull], cwd=BUILD, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout

    with ThreadPoolExecutor(JOBS) as pool:
        findings = [out for out in pool.map(one, sorted(compiled("src").items())) if out.strip()]
    print("\n".join(findings))
    return 1 if findings else 0


def run_gobject_linter() -> int:
    tool = shutil.which("gobject-linter") or str(ROOT / ".cache/gobject-linter/bin/gobject-linter")
    if not os.access(tool, os.X_OK):
        return skip("gobject-linter is not installed (it is built where a recent cargo is)")
    return subprocess.run([tool, "--config", str(ROOT / "gobject-linter.toml"), str(ROOT)],
                          check=False, cwd=ROOT).returncode


def run_shellcheck() -> int:
    scripts = [ROOT / "dev", ROOT / ".ci/run", *sources(".sh", ".bash", under=("src", "tests", "data"))]
    return subprocess.run(["shellcheck", *map(str, scripts)], check=False).returncode


TOOLS = {
    "format": ("clang-format", run_format, (".c", ".h")),
    "clang-tidy": ("clang-tidy", run_clang_tidy, (".c", ".h")),
    "cppcheck": ("cppcheck", run_cppcheck, (".c", ".h")),
    "analyzer": ("gcc", run_analyzer, (".c", ".h")),
    "gobject-linter": ("git", run_gobject_linter, (".c", ".h")),
    "shellcheck": ("shellcheck", run_shellcheck, (".sh", ".bash")),
}


def main() -> int:
    name = sys.argv[1]
    tool, run, suffixes = TOOLS[name]
    if not shutil.which(tool):
        return skip(f"{tool} is not installed")
    stamp = BUILD / f"lint-{name}.clean"
    state = digest(tool, [*sources(*suffixes, under=("src", "tests", "data")), ROOT / "dev"])
    if stamp.exists() and stamp.read_text(encoding="ascii") == state:
        print("unchanged since it was clean")
        return 0
    code = run()
    if code == 0:
        stamp.write_text(state, encoding="ascii")
    return code


if __name__ == "__main__":
    sys.exit(main())
