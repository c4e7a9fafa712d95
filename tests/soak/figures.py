# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a running host takes of this computer, and whether that grows."""

import json
import os

MIB = 1024 * 1024
RISE = 0.02  # what still counts as flat


def get_rss(pid):
    """Resident memory in bytes, exact (the kernel's quick figures are not)."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Rss:"))


def count_descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def has_sanitizer():
    """Whether this build keeps freed memory for a while, so that its memory says nothing."""
    path = os.path.join(os.environ["HUB_TEST_BUILD_ROOT"], "meson-info", "intro-buildoptions.json")
    with open(path, encoding="utf-8") as file:
        return any(option["name"] == "b_sanitize" and option["value"] != "none"
                   for option in json.load(file))


def is_flat(before, after, slack):
    return after <= before * (1 + RISE) + slack


def describe_rise(before, after):
    return f"{before / MIB:.2f} -> {after / MIB:.2f} MiB ({(after - before) / before:+.1%})"
