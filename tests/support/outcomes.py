# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the JSON log of `meson test`: prints "PASSED FAILED SKIPPED", then why tests were skipped or
failed, so that the end of a long log tells.

A test counts as failed unless meson says it went well: a time-out or a crash is a failure.
"""

import json
import re
import sys

# Of what a failed test said.
LAST_LINES = 30

passed = failed = skipped = 0
notes = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        test = json.loads(line)
        result = test["result"]
        if result in ("OK", "EXPECTEDFAIL"):
            passed += 1
        elif result == "SKIP":
            skipped += 1
        else:
            failed += 1
            notes.append(f"FAILED: {test['name']} ({result})")
            for stream in ("stdout", "stderr"):
                last = (test.get(stream) or "").splitlines()[-LAST_LINES:]
                notes += [f"  {stream}: {line}" for line in last]
        # Many parts of a test may be skipped for one reason.
        reasons = {
            re.split(r"# SKIP|SKIP:", part, maxsplit=1)[1].strip()
            for text in (test.get("stdout") or "", test.get("stderr") or "")
            for part in text.splitlines()
            if "# SKIP" in part or part.startswith("SKIP:")
        }
        if result == "SKIP" and not reasons:
            reasons = {"it does not say why"}
        notes += [f"skipped: {test['name']}: {reason}" for reason in sorted(reasons)]
print(passed, failed, skipped)
for note in notes:
    print(note)
