# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the host beside its peers, in turns, and prints one table. See README.md."""

import argparse
import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import bench_chart
import bench_servers
import bench_table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import machine  # noqa: E402

# A run of the load generator that takes longer is ended; the slowest takes half of it.
RUN_S = 240


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO",
                        help="of " + " ".join(bench_table.SCENARIOS) + " (all)")
    parser.add_argument("--quick", action="store_true", help="one round with small crowds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=40,
                        help="begin nothing after so long (40)")
    parser.add_argument("--only", action="append", metavar="SERVER",
                        help="only this server; may be repeated")
    parser.add_argument("--pin", action="store_true",
                        help="the server on one core, the load generator on another")
    parser.add_argument("--host", type=Path, required=True, help="the hubbub-server to measure")
    parser.add_argument("--load", type=Path, required=True, help="hub-load")
    parser.add_argument("--axum", type=Path, default=Path("build/peers/axum/release/hubbub-bench-axum"))
    parser.add_argument("--output", type=Path, default=Path("build/bench"))
    arguments = parser.parse_args()
    unknown = set(arguments.scenarios) - set(bench_table.SCENARIOS)
    if unknown:
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}")
    arguments.scenarios = arguments.scenarios or list(bench_table.SCENARIOS)
    if arguments.quick:
        arguments.rounds = 1
    return arguments


def shrink(options: tuple) -> list[str]:
    """The same scenario in small."""
    small = list(options)
    for index, option in enumerate(options):
        if option in bench_table.SMALL:
            small[index + 1] = bench_table.SMALL[option]
    return small


class Bench:
    """All runs of one invocation."""

    def __init__(self, arguments, directory: Path):
        self.arguments = arguments
        self.directory = directory
        self.certificate, self.key = bench_servers.make_certificate(directory)
        hubbub = bench_servers.Hubbub(arguments.host)
        self.caps = hubbub.caps
        servers = (hubbub, bench_servers.Bun(), bench_servers.Axum(arguments.axum),
                   bench_servers.Node())
        self.servers = {s.name: s for s in servers if not arguments.only or s.name in arguments.only}
        self.cores = sorted(os.sched_getaffinity(0))
        self.runs = []

    def run_all(self) -> None:
        """Round by round, so that what is compared was measured one after another, and what the
        time does not suffice for is missing at the end."""
        end = time.monotonic() + self.arguments.minutes * 60
        for number in range(self.arguments.rounds):
            for scenario in map(bench_table.SCENARIOS.get, self.arguments.scenarios):
                if number >= (scenario.rounds or self.arguments.rounds):
                    continue
                for name in scenario.servers:
                    if name not in self.servers:
                        continue
                    if time.monotonic() > end:
                        print("the time is up", file=sys.stderr)
                        return
                    self.run_one(scenario, name, number)

    def run_one(self, scenario, name: str, number: int) -> None:
        run = {"run": scenario.name, "server": name, "round": number}
        # Somebody looks on: what has no figure yet is said at once.
        print(f"{scenario.name} {name} {number + 1}", end=" ", file=sys.stderr, flush=True)
        try:
            run["report"] = self.measure(scenario, self.servers[name])
            print(bench_table.fault_of(run["report"], scenario) or "", file=sys.stderr)
        except bench_servers.Missing as missing:
            run["missing"] = str(missing)
            print(missing, file=sys.stderr)
        self.runs.append(run)

    def measure(self, scenario, server) -> dict:
        options = shrink(scenario.options) if self.arguments.quick else scenario.options
        server_cores = load_cores = None
        if self.arguments.pin and len(self.cores) > 1:
            server_cores, load_cores = {self.cores[0]}, {self.cores[1]}
        with server.running(self.certificate, self.key, self.directory, server_cores) as (pid, port):
            others = machine.Others(pid)
            try:
                done = subprocess.run(
                    [self.arguments.load, *options, "--port", str(port), "--pid", str(pid)],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    text=True, timeout=RUN_S, check=False,
                    preexec_fn=(lambda: os.sched_setaffinity(0, load_cores)) if load_cores else None)
            except subprocess.TimeoutExpired:
                raise bench_servers.Missing(f"took longer than {RUN_S} s") from None
            share = others.share()
        if not done.stdout:
            raise bench_servers.Missing(f"the load generator failed: {done.stderr.strip()[-200:]}")
        return {**json.loads(done.stdout), "others": share}


def describe(bench: Bench) -> dict:
    """What somebody has to know to judge the figures."""
    ciphers = {run["report"]["cipher"] for run in bench.runs if "report" in run}
    others = median([r["report"]["others"] for r in bench.runs if "report" in r] or [0])
    doubts = [doubt] if (doubt := machine.doubt(others)) else []
    if bench.arguments.quick:
        doubts.append("Small crowds, to see that everything runs: these are no figures.")
    return {
        "cores": len(bench.cores),
        "kernel": platform.release(),
        "rounds": bench.arguments.rounds,
        "pinned": bench.arguments.pin,
        "small": bench.arguments.quick,
        "caps": " ".join(bench.caps),
        "others": others,
        "doubts": doubts,
        "cipher": " ".join(sorted(ciphers - {""})),
    }


def main() -> int:
    arguments = parse_arguments()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # So that servers are ended however this program is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

    with tempfile.TemporaryDirectory(prefix="hub-bench-") as directory:
        bench = Bench(arguments, Path(directory))
        bench.run_all()

    rows = bench_table.make_rows(bench.runs, arguments.scenarios)
    about = describe(bench)
    servers = list(bench.servers)
    print(f"{about['cores']} cores, medians of {about['rounds']} round(s), {about['cipher']}, messages of"
          f" 100 bytes; hubbub with {about['caps']}")
    print("".join(f"{doubt}\n" for doubt in about["doubts"])
          + bench_table.format_table(rows, servers, arguments.quick))
    print("".join(f"{line}\n" for line in bench_table.missing_rounds(rows, arguments.rounds)), end="")

    arguments.output.mkdir(parents=True, exist_ok=True)
    figures = [{"scenario": row.figure.scenario, "figure": row.figure.label,
                "medians": {s: row.median(s) for s in servers},
                "spreads": {s: row.spread(s) for s in servers},
                "ratios": {s: row.ratio(s) for s in servers if s != "hubbub"},
                "targets": [] if arguments.quick else row.verdicts(), "not_compared": row.faults} for row in rows]
    (arguments.output / "bench.json").write_text(
        json.dumps({"about": about, "figures": figures, "runs": bench.runs}, indent=1) + "\n")
    (arguments.output / "bench.svg").write_text(bench_chart.draw(rows, servers, about))
    print(f"{arguments.output}/bench.json, {arguments.output}/bench.svg")
    return 1 if any("hubbub" in row.faults for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
