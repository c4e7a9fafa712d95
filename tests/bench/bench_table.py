# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured, what is aimed at, and the table of both."""

from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One row: `key` of the load generator's report, times `scale`."""

    scenario: str
    label: str
    key: str
    scale: float = 1.0
    digits: int = 2
    more_is_better: bool = False
    # Peer -> the ratio of the host's to its figure that is aimed at.
    ratios: dict = field(default_factory=dict)
    # The host's own figure that is aimed at.
    most: float | None = None


@dataclass(frozen=True)
class Scenario:
    """What the load generator is asked for; the servers that take part."""

    name: str
    options: tuple
    servers: tuple = ("hubbub", "bun", "axum", "node")
    rounds: int | None = None
    # Whether the guests come by TLS tickets; a server that gives none is not compared.
    is_resuming: bool = False


# Node needs ten seconds to let a thousand guests in, so it is only in what it has a ratio for and
# what shows why.
FAST = ("hubbub", "bun", "axum")
SCENARIOS = {
    scenario.name: scenario for scenario in (
        Scenario("saturated", ("saturated", "--guests", "1000", "--seconds", "3")),
        Scenario("paced", ("paced", "--guests", "1000", "--rate", "50", "--seconds", "4")),
        Scenario("join", ("join", "--guests", "1000", "--warm-up", "200")),
        Scenario("resume", ("join", "--guests", "1000", "--resume"), FAST, is_resuming=True),
        Scenario("reconnect", ("reconnect", "--guests", "1000"), FAST),
        Scenario("idle", ("idle", "--guests", "1000", "--warm-up", "20", "--seconds", "2"), FAST),
        # The peers know no seats.
        Scenario("seats", ("idle", "--guests", "1000", "--warm-up", "20", "--seconds", "2",
                           "--protocol", "hubbub.v1"), ("hubbub",)),
        Scenario("cycles", ("idle", "--guests", "500", "--warm-up", "20", "--seconds", "1",
                            "--cycles", "10000"), ("hubbub",), 1),
        Scenario("crowd", ("paced", "--guests", "9000", "--rate", "5", "--seconds", "10"),
                 ("hubbub",), 1),
    )
}
# --quick: to see that everything runs. Crowds of this size are no measure of anything.
SMALL = {"--guests": "300", "--seconds": "1", "--warm-up": "20", "--cycles": "600"}

FIGURES = (
    Figure("saturated", "deliveries, million a second", "per_s", 1e-6, 2, True,
           {"bun": 1.0, "axum": 1.5, "node": 5.0}),
    Figure("saturated", "CPU a delivery, us", "cpu_us_each", 1, 3, False, {"bun": 1.0}),
    Figure("paced", "CPU a delivery, us", "cpu_us_each", 1, 2, False, {"bun": 1.1, "axum": 1.05}),
    Figure("paced", "latency, median, ms", "p50", 1, 1),
    Figure("paced", "latency, p99, ms", "p99", 1, 1, False, {"bun": 1.1}),
    Figure("join", "all in, s", "wall_s", 1, 2, False, {"bun": 1.1}),
    Figure("join", "CPU a guest, ms", "cpu_us_each", 1e-3, 2, False, {"bun": 1.1}),
    Figure("resume", "all in, s", "wall_s", 1, 2, False, {"bun": 1.0}),
    Figure("resume", "CPU a guest, ms", "cpu_us_each", 1e-3, 2, False, {"bun": 1.0}),
    Figure("reconnect", "all back, s", "wall_s", 1, 2),
    Figure("reconnect", "CPU a guest, ms", "cpu_us_each", 1e-3, 2),
    Figure("idle", "memory a guest, KB", "rss_kb_each", 1.024, 1, False, {}, 18.0),
    Figure("seats", "memory a guest, KB", "rss_kb_each", 1.024, 1, False, {}, 18.0),
    Figure("cycles", "memory, second time to first", "growth", 1, 3, False, {}, 1.02),
    Figure("crowd", "latency, p99, ms", "p99", 1, 1, False, {}, 200.0),
)


def value_of(figure: Figure, report: dict) -> float:
    """@figure in one report of the load generator."""
    if figure.key in report["latency_ms"]:
        return report["latency_ms"][figure.key] * figure.scale
    if figure.key == "growth":
        first, second = report["rss_cycles_kb"]
        return second / first
    return report[figure.key] * figure.scale


def fault_of(report: dict, scenario: Scenario) -> str | None:
    """Why @report of @scenario cannot be compared."""
    for count in ("lost", "doubled", "disordered", "failed", "cut", "refused"):
        if report[count]:
            return f"{report[count]:,} {count}"
    if report["joined"] < report["guests"]:
        return f"{report['guests'] - report['joined']} never got in"
    if report["resumed"] != (report["joined"] if scenario.is_resuming else 0):
        return f"{report['resumed']} of {report['joined']} TLS sessions resumed"
    return None


@dataclass
class Row:
    """A figure's values, a list for each server in the order of the rounds, and why one has none."""

    figure: Figure
    values: dict
    faults: dict

    @property
    def servers(self) -> tuple:
        """Who takes part."""
        return SCENARIOS[self.figure.scenario].servers

    def median(self, server: str) -> float | None:
        """What is shown of @server."""
        return median(self.values[server]) if self.values.get(server) else None

    def ratio(self, peer: str) -> float | None:
        """The host's to @peer's, each round by itself: a machine that slows down slows both."""
        pairs = list(zip(self.values.get("hubbub", ()), self.values.get(peer, ())))
        return median(ours / theirs for ours, theirs in pairs if theirs > 0) if pairs else None

    def spread(self, server: str) -> float | None:
        """Half the distance of the extremes, as a share of the median."""
        values = self.values.get(server)
        if not values or not median(values):
            return None
        return (max(values) - min(values)) / 2 / abs(median(values))

    def verdicts(self) -> list[tuple[str, bool | None]]:
        """Each target and whether it is met; None: not to be told."""
        figure, verdicts = self.figure, []
        for peer, wanted in figure.ratios.items():
            is_met, ratio = None, self.ratio(peer)
            if ratio is not None:
                is_met = ratio >= wanted if figure.more_is_better else ratio <= wanted
            sign = ">=" if figure.more_is_better else "<="
            text = f"{sign} {wanted:g} x {peer}"
            if is_met is False:
                text += f" missed by {abs(ratio / wanted - 1):.0%}"
            verdicts.append((text, is_met))
        ours = self.median("hubbub")
        if figure.most is not None:
            is_met = None if ours is None else ours <= figure.most
            text = f"<= {figure.most:g}"
            if is_met is False:
                text += f" missed by {ours / figure.most - 1:.0%}"
            verdicts.append((text, is_met))
        return verdicts


def make_rows(runs: list[dict], names: list[str]) -> list[Row]:
    """A row for each figure of the scenarios @names, from all @runs."""
    rows = []
    for figure in FIGURES:
        if figure.scenario not in names:
            continue
        values, faults = {}, {}
        for run in (r for r in runs if r["run"] == figure.scenario):
            fault = run.get("missing") or fault_of(run["report"], SCENARIOS[run["run"]])
            if fault:
                faults[run["server"]] = fault
            else:
                values.setdefault(run["server"], []).append(value_of(figure, run["report"]))
        # Not even one round of a server that lost something in another one.
        rows.append(Row(figure, {s: v for s, v in values.items() if s not in faults}, faults))
    return rows


def missing_rounds(rows: list[Row], rounds: int) -> list[str]:
    """Where the time did not suffice, so that a median is of fewer rounds than asked for."""
    found = set()
    for row in rows:
        wanted = min(rounds, SCENARIOS[row.figure.scenario].rounds or rounds)
        found |= {f"only {len(values)} of {wanted} rounds: {server} in {row.figure.scenario}"
                  for server, values in row.values.items() if len(values) < wanted}
    return sorted(found)


def format_table(rows: list[Row], servers: list[str], is_small: bool) -> str:
    """The table, for a terminal of 120 columns."""
    peers = [server for server in servers if server != "hubbub"]
    lines = [f"{'':44}" + "".join(f"{server:>9}" for server in servers) + "  "
             + "".join(f"{'x ' + peer:>8}" for peer in peers) + "  targets"]
    for row in rows:
        cells = [row.median(server) for server in servers]
        ratios = [row.ratio(peer) for peer in peers]
        marks = {True: "met", False: "MISSED", None: "?"}
        targets = "" if is_small else "; ".join(
            f"{text} {marks[is_met]}" if is_met is not False else text.replace("missed", "MISSED")
            for text, is_met in row.verdicts())
        lines.append(
            f"{row.figure.scenario:10}{row.figure.label:34}"
            + "".join(f"{'-' if c is None else format(c, f'.{row.figure.digits}f'):>9}" for c in cells)
            + "  " + "".join(f"{'-' if r is None else format(r, '.2f'):>8}" for r in ratios)
            + "  " + targets)
    faults = sorted({(row.figure.scenario, server, fault)
                     for row in rows for server, fault in row.faults.items()})
    lines += [f"not compared: {server} in {scenario}: {fault}" for scenario, server, fault in faults]
    return "\n".join(line.rstrip() for line in lines)
