# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table that `./dev bench` prints: medians, ratios, targets, and what it refuses to compare."""

import sys
import xml.etree.ElementTree
from pathlib import Path

import hubbub

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bench_chart  # noqa: E402
import bench_table  # noqa: E402

SERVERS = ["hubbub", "bun", "axum", "node"]
CLEAN = {"lost": 0, "doubled": 0, "disordered": 0, "failed": 0, "cut": 0, "refused": 0,
         "guests": 10, "joined": 10, "resumed": 0, "rss_cycles_kb": [0, 0],
         "latency_ms": {"p50": 1.0, "p90": 2.0, "p99": 3.0, "max": 4.0}}


def run(server, number, name="saturated", **report):
    report = {**CLEAN, "per_s": 1e6, "cpu_us_each": 0.5, **report}
    return {"run": name, "server": server, "round": number, "report": report}


def rows_of(*runs):
    return bench_table.make_rows(list(runs), ["saturated"])


def test_ratio_is_of_each_round():
    # A machine twice as slow in the second round: the ratio stays.
    rows = rows_of(run("hubbub", 0, per_s=4e6), run("bun", 0, per_s=2e6),
                   run("hubbub", 1, per_s=2e6), run("bun", 1, per_s=1e6))
    assert rows[0].ratio("bun") == 2.0
    assert rows[0].median("hubbub") == 3.0
    assert rows[0].ratio("axum") is None


def test_targets():
    rows = rows_of(run("hubbub", 0, per_s=1.2e6, cpu_us_each=0.6),
                   run("bun", 0, per_s=1e6, cpu_us_each=0.5),
                   run("axum", 0, per_s=1e6, cpu_us_each=0.5))
    verdicts = dict(verdict for row in rows for verdict in row.verdicts())
    assert verdicts[">= 1 x bun"] is True
    assert verdicts[">= 1.5 x axum missed by 20%"] is False
    assert verdicts[">= 5 x node"] is None
    assert verdicts["<= 1 x bun missed by 20%"] is False
    table = bench_table.format_table(rows, SERVERS, False)
    assert "1.5 x axum MISSED by 20%" in table and "1 x bun met" in table, table


def test_own_targets():
    for growth, is_met in (((1000, 1010), True), ((1000, 1030), False)):
        rows = bench_table.make_rows([run("hubbub", 0, "cycles", rss_cycles_kb=growth)], ["cycles"])
        assert rows[0].verdicts()[0][1] is is_met, rows


def test_no_comparison_with_loss():
    for fault in ({"lost": 1}, {"doubled": 1}, {"disordered": 1}, {"cut": 1}, {"refused": 1},
                  {"failed": 1}, {"joined": 9}, {"resumed": 1}):
        for server in ("hubbub", "bun"):
            runs = [run(s, n) for n in range(2) for s in ("hubbub", "bun")]
            broken = next(r for r in runs if r["server"] == server)
            broken["report"].update(fault)
            row = rows_of(*runs)[0]
            assert row.ratio("bun") is None and server in row.faults, (fault, row)
            assert f"not compared: {server}" in bench_table.format_table([row], SERVERS, False)


def test_no_comparison_without_resumption():
    def row_of(resumed):
        return bench_table.make_rows([run("hubbub", 0, "resume", resumed=10, wall_s=1.0),
                                      run("bun", 0, "resume", resumed=resumed, wall_s=1.0)],
                                     ["resume"])[0]
    assert row_of(10).ratio("bun") == 1.0
    assert row_of(9).ratio("bun") is None and "9 of 10" in row_of(9).faults["bun"]


def test_fewer_rounds_are_told():
    rows = rows_of(run("hubbub", 0), run("hubbub", 1), run("bun", 0))
    assert bench_table.missing_rounds(rows, 2) == ["only 1 of 2 rounds: bun in saturated"]
    assert not bench_table.missing_rounds(rows, 1)


def test_missing_peer():
    rows = rows_of(run("hubbub", 0), {"run": "saturated", "server": "axum", "round": 0,
                                      "missing": "no cargo"})
    table = bench_table.format_table(rows, SERVERS, False)
    assert "not compared: axum in saturated: no cargo" in table, table


def test_chart_is_well_formed():
    rows = rows_of(run("hubbub", 0), run("bun", 0), {"run": "saturated", "server": "axum",
                                                    "round": 0, "missing": "<no> & \"such\""})
    about = {"cores": 2, "rounds": 1, "cipher": "C", "caps": "--max-guests 0",
             "doubts": ["Others & noise."]}
    root = xml.etree.ElementTree.fromstring(bench_chart.draw(rows, SERVERS, about))
    assert root.tag.endswith("svg")
    assert len(root.findall(".//{*}rect")) == 2 * 2
    texts = ["".join(text.itertext()) for text in root.findall(".//{*}text")]
    for wanted in ("Others & noise.", "hubbub with --max-guests 0", '<no> & "such"', "not measured"):
        assert wanted in texts, (wanted, texts)


hubbub.run(globals())
