# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Autobahn test suite against echo-host, over wss. Usage: run.py CACHE ECHO-HOST...

Autobahn's suite needs Python 2, so the first run makes a Debian 11 system in CACHE (about a minute;
needs root, mmdebstrap and the network), in which all later runs happen. Reports are in CACHE.
"""

import collections
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGES = ("python2.7", "python2.7-dev", "virtualenv", "python3-virtualenv", "gcc", "libc6-dev",
            "libssl-dev", "libffi-dev", "ca-certificates")
WSTEST = "/autobahn/bin/wstest"
# 9.* measure speed; 12.* and 13.* are permessage-deflate, which the host does not offer.
EXCLUDED = ["9.*", "12.*", "13.*"]
CASES = 247
DEADLINE_S = 900
SANITIZED = {**os.environ, "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1"}
GOOD = {"OK", "NON-STRICT", "INFORMATIONAL"}


def die(text: str):
    sys.exit(f"autobahn: {text}")


def mirror() -> list[str]:
    """Where this system's own packages come from, if it is a Debian; else mmdebstrap knows one."""
    if not shutil.which("apt-get"):
        return []
    targets = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
         "Label: Debian"], stdout=subprocess.PIPE, text=True, check=False).stdout.split()
    return targets[:1]


def in_root(root: Path, *command: str, **options) -> subprocess.CompletedProcess:
    """Runs @command in the old system; what it needs mounted goes with it."""
    mounts = " && ".join(f"mount --bind /{name} {shlex.quote(str(root / name))}"
                         for name in ("dev", "proc"))
    return subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c",
         f'{mounts} && exec chroot {shlex.quote(str(root))} timeout {DEADLINE_S} "$@"', "sh",
         *command], check=False, **options)


def make_root(root: Path):
    """Debian 11 with Autobahn's suite, whole or not at all."""
    new = root.with_name(root.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    print("autobahn: making a Debian 11 system for Python 2; this happens once", flush=True)
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(PACKAGES)}",
                    "bullseye", str(new), *mirror()], check=True)
    for name in ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"):
        if os.path.exists(name):
            shutil.copy(name, new / name.lstrip("/"))
    pip = ("/autobahn/bin/python", "-m", "pip", "install", "--quiet")
    for command in (("virtualenv", "--quiet", "-p", "python2.7", "/autobahn"),
                    (*pip, "--force-reinstall", "pip==20.3.4"),  # Debian's own builds no wheels
                    (*pip, "autobahntestsuite==0.8.2")):
        done = in_root(new, *command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            die(f"{' '.join(command)}: {done.stdout}")
    new.rename(root)


def run_cases(root: Path, port: int) -> dict:
    """All cases against @port. Returns: their outcomes, by number."""
    work = root / "cases"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    (work / "spec.json").write_text(json.dumps({
        "outdir": "/cases/reports",
        "servers": [{"agent": "hubbub", "url": f"wss://127.0.0.1:{port}/chat"}],
        "cases": ["*"], "exclude-cases": EXCLUDED, "exclude-agent-cases": {}}), encoding="utf-8")
    with open(work / "log", "wb") as log:
        status = in_root(root, WSTEST, "-m", "fuzzingclient", "-s", "/cases/spec.json",
                         stdout=log, stderr=subprocess.STDOUT).returncode
    index = work / "reports" / "index.json"
    if status != 0 or not index.exists():
        die(f"the suite ended with {status}; its last words are in {work / 'log'}")
    return json.loads(index.read_text(encoding="utf-8"))["hubbub"]


def judge(program: Path, cases: dict) -> bool:
    """Prints what came out. Returns: whether nothing failed"""
    outcomes = collections.Counter(case["behavior"] for case in cases.values())
    bad = sorted(number for number, case in cases.items()
                 if not {case["behavior"], case["behaviorClose"]} <= GOOD)
    counts = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    print(f"autobahn: {program}: {len(cases)} cases: {counts}; failed: {' '.join(bad) or 'none'}",
          flush=True)
    return len(cases) == CASES and not bad


def test(root: Path, program: Path) -> bool:
    """One echo-host, started, tested and stopped; its own sanitizers have a say at its end."""
    with tempfile.TemporaryDirectory(prefix="hub-") as directory:
        host = subprocess.Popen([program, "--port=0", "--data-dir", directory, "--json"],
                                stdout=subprocess.PIPE, text=True, env=SANITIZED)
        try:
            cases = run_cases(root, json.loads(host.stdout.readline())["port"])
        finally:
            host.terminate()
            status = host.wait()
    good = judge(program, cases)
    if status != 0:
        print(f"autobahn: {program} ended with {status}")
    return good and status == 0


def main() -> int:
    cache, programs = Path(sys.argv[1]).resolve(), [Path(name) for name in sys.argv[2:]]
    if os.geteuid() != 0:
        die("this needs root, to make a Debian 11 system (chroot) that has Python 2")
    root = cache / "debian-11"
    cache.mkdir(parents=True, exist_ok=True)
    if not (root / WSTEST.lstrip("/")).exists():
        make_root(root)
    good = True
    for program in programs:
        good = test(root, program) and good
        shutil.rmtree(cache / "reports", ignore_errors=True)
        shutil.copytree(root / "cases" / "reports", cache / "reports")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
