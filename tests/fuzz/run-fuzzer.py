#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run one libFuzzer program for a few seconds.

What it finds worth keeping goes to a temporary directory, so that a run never changes the source
tree; an input that breaks a property is left among the artifacts.
"""

import argparse
import subprocess
import sys
import tempfile


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fuzzer")
    parser.add_argument("--corpus", required=True, help="the inputs to start from, only read")
    parser.add_argument("--dict", required=True, help="tokens worth trying")
    parser.add_argument("--artifacts", required=True, help="where a failing input is written")
    parser.add_argument("--seconds", type=int, default=10)
    args = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="hubbub-fuzz-") as found:
        command = [
            args.fuzzer,
            f"-max_total_time={args.seconds}",
            f"-dict={args.dict}",
            f"-artifact_prefix={args.artifacts}/",
            "-timeout=10",
            "-print_final_stats=1",
            found,
            args.corpus,
        ]
        # Not the code itself: libFuzzer's 77, "found something", is meson's "skipped".
        return 1 if subprocess.run(command, check=False).returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
