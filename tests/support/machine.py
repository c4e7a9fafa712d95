# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who else uses this computer while something is measured on it."""

import os
import resource
import time

# The share that others may take before figures are doubted.
DISTURBED = 0.1


def busy_seconds() -> float:
    """CPU time that this machine has spent on anything."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def our_seconds(pid: int) -> float:
    """CPU time of the child @pid, of every child that has ended, and of this program."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        user, system = map(int, file.read().rpartition(")")[2].split()[11:13])
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return ((user + system) / os.sysconf("SC_CLK_TCK")
            + sum(usage.ru_utime + usage.ru_stime for usage in usages))


class Others:
    """Looks from now on; @pid: a child that is still there when share() is asked."""

    def __init__(self, pid: int):
        self._pid = pid
        self._began_at = time.monotonic()
        self._busy = busy_seconds()
        self._ours = our_seconds(pid)

    def share(self) -> float:
        """What has been used since by all that is not ours, of all that there is."""
        ours = our_seconds(self._pid) - self._ours
        length = time.monotonic() - self._began_at
        others = busy_seconds() - self._busy - ours
        return max(0.0, others / length / os.sysconf("SC_NPROCESSORS_ONLN"))


def doubt(share: float) -> str | None:
    """What to say beside figures while others took @share."""
    if share <= DISTURBED:
        return None
    return f"Something else took {share:.0%} of this machine: believe none of this."


def wait_quiet(pid: int, patience: float = 60.0) -> None:
    """Waits until others leave the machine to us and the child @pid, or for @patience seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        others = Others(pid)
        time.sleep(1)  # poll
        if others.share() <= DISTURBED:
            return
