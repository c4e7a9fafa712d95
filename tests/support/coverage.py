# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how many lines of each room of src/ the tests of a coverage build reached.

base, chat and wire decide what a guest may do, so their share has a floor; falling below it fails.
"""

import json
import subprocess
import sys

FLOOR = {"base": 90, "chat": 90, "wire": 90}

report = subprocess.run(
    ["gcovr", "--json", "--exclude-throw-branches", "--filter", "src/", "--root", ".", sys.argv[1]],
    check=True,
    stdout=subprocess.PIPE,
    text=True,
).stdout

rooms: dict[str, list[int]] = {}
for entry in json.loads(report)["files"]:
    room = entry["file"].split("/")[1]
    lines = [line for line in entry["lines"] if not line.get("gcovr/noncode")]
    counts = rooms.setdefault(room, [0, 0])
    counts[0] += sum(1 for line in lines if line["count"])
    counts[1] += len(lines)

low = []
for room, (reached, lines) in sorted(rooms.items()):
    share = 100 * reached / max(lines, 1)
    print(f"  {room:10} {share:5.1f} %  ({reached} of {lines} lines)")
    if share < FLOOR.get(room, 0):
        low.append(f"{room} is below {FLOOR[room]} %")
total = [sum(pair) for pair in zip(*rooms.values())]
print(f"  {'all':10} {100 * total[0] / max(total[1], 1):5.1f} %")
if low:
    sys.exit("; ".join(low))
