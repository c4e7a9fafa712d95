# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The load generator against the real host, and against a peer where there is one: is everything
delivered, and does the report say so? Speed is not looked at."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import hubbub

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import bench_servers  # noqa: E402
import bench_table  # noqa: E402

LOAD = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "tests", "bench", "hub-load")
NO_CAPS = [word for cap in bench_servers.NO_CAPS for word in (cap, "0")]
N = 20

# What is sent in each, and how many deliveries have to be told at least.
SCENARIOS = {
    "join": (["--warm-up", "5"], N),
    "paced": (["--rate", "40", "--seconds", "1"], 40 * N),
    "saturated": (["--window", "20", "--seconds", "0.5"], 20 * N),
    "reconnect": ([], 20 * N),
    "idle": (["--seconds", "0.2", "--cycles", "40"], 20 * N),
}


def fault_of(report):
    return bench_table.fault_of(report, bench_table.SCENARIOS[report["scenario"]])


def load(scenario, port, pid, *options):
    """Plays @scenario; returns its report."""
    done = subprocess.run(
        [LOAD, scenario, "--port", str(port), "--pid", str(pid), "--guests", str(N),
         "--patience", "60", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    if scenario in ("paced", "saturated"):
        assert "joined\n" in done.stderr
    return json.loads(done.stdout)


def check(report, scenario, least):
    assert report["scenario"] == scenario
    assert fault_of(report) is None, report
    assert report["joined"] == N and report["cipher"] == "TLS_AES_128_GCM_SHA256", report
    assert report["delivered"] == report["expected"] >= least, report
    assert report["latency_ms"]["p50"] <= report["latency_ms"]["p99"] <= report["latency_ms"]["max"]
    assert report["cpu_s"] > 0 and report["rss_kb"] > 0, report
    assert min(report["rss_cycles_kb"]) > 0 or scenario != "idle", report


def play_all(port, pid, *options):
    for scenario, (own, least) in SCENARIOS.items():
        check(load(scenario, port, pid, *own, *options), scenario, least)


def test_plain():
    with hubbub.Host(*NO_CAPS) as host:
        play_all(host.port, host.process.pid)


def test_json():
    with hubbub.Host(*NO_CAPS) as host:
        play_all(host.port, host.process.pid, "--protocol", "hubbub.v1")


def test_resumption():
    with hubbub.Host(*NO_CAPS) as host:
        report = load("join", host.port, host.process.pid, "--resume")
        assert report["resumed"] == N, report
        report = load("join", host.port, host.process.pid)
        assert report["resumed"] == 0, report


def test_loss_is_told():
    # A message a second each: what comes faster is refused, and so nobody gets it.
    with hubbub.Host("--max-message-rate", "1") as host:
        report = load("paced", host.port, host.process.pid, "--guests", "2", "--rate", "100",
                      "--seconds", "1", "--patience", "1")
        assert report["refused"] > 0 and report["lost"] == 2 * report["refused"], report
        assert fault_of(report)


def test_who_does_not_get_in_is_told():
    with hubbub.Host("--max-guests", "5") as host:
        report = load("join", host.port, host.process.pid, "--patience", "1")
        assert report["joined"] == 5 and report["lost"] >= N - 5, report


def test_nobody_there():
    done = subprocess.run([LOAD, "join", "--port", str(hubbub.free_port()), "--guests", "2"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                          check=False)
    assert done.returncode == 1 and "nobody" in done.stderr, done


def test_usage():
    for arguments in ([], ["dance", "--port", "1"], ["join"], ["join", "--port", "70000"],
                      ["join", "--port", "1", "--protocol", "x"],
                      ["join", "--port", "1", "--size", "15"]):
        done = subprocess.run([LOAD, *arguments], stderr=subprocess.PIPE, text=True, timeout=60,
                              check=False)
        assert done.returncode == 2 and done.stderr, (arguments, done)


def play_peer(server):
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as directory:
        certificate, key = bench_servers.make_certificate(Path(directory))
        try:
            with server.running(certificate, key, Path(directory), None) as (pid, port):
                play_all(port, pid)
        except bench_servers.Missing as missing:
            raise hubbub.Skip(f"{server.name}: {missing}") from None


def test_node():
    play_peer(bench_servers.Node())


def test_bun():
    play_peer(bench_servers.Bun())


hubbub.run(globals())
