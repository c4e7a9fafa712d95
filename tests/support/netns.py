# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of a test's own: Linux network namespaces joined by cables (veth pairs).

Works as root, and as an ordinary user where user namespaces are allowed. A namespace is held by a
process that reads from a pipe of ours: whatever ends the test ends the pipe, that process and with
it the namespace. Nothing gets a name that could stay behind.
"""

import contextlib
import os
import shutil
import subprocess
import threading

from hubbub import PATIENCE, Skip, poll

# A mount of sysfs shows the interfaces of the namespace that it was made in. In some containers
# it may not be mounted; what is under test must do without it as well.
HOLD = "mount -t sysfs none /sys 2>/dev/null; echo ready; exec cat >/dev/null"


class Program:
    """A process with pipes; `lines` is what it has printed so far."""

    def __init__(self, command, **popen):
        popen.setdefault("stderr", None)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1, **popen)
        self.pid = self.process.pid
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def say(self, line):
        self.process.stdin.write(line + "\n")

    def wait_line(self, matches, what, start=0):
        """The first line from number @start on for which @matches(line) is true."""
        def found():
            for line in self.lines[start:]:
                if matches(line):
                    return line
            if self.process.poll() is not None and not self._reader.is_alive():
                raise AssertionError(f"{self.process.args} ended before {what}: {self.lines}")
            return None
        try:
            return poll(found, what)
        except AssertionError as error:
            raise AssertionError(f"{error}; printed: {self.lines[start:]}") from None

    def ask(self, line):
        """Says @line and returns the next line printed."""
        start = len(self.lines)
        self.say(line)
        return self.wait_line(lambda _: True, f"an answer to {line}", start)

    def end(self, patience=PATIENCE):
        """Closes its standard input and returns its exit status; killed if that takes too long."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self._reader.join(patience)
            self.process.stdout.close()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.end()


class Namespace:
    def __init__(self, world, holder):
        self._world = world
        self.pid = holder.pid

    def _enter(self, command):
        # The holder's root and folder: in a chroot ours are places that its mounts do not have.
        user = [] if self._world.is_root else ["-U", "--preserve-credentials"]
        return ["nsenter", "-t", str(self.pid), *user, "-n", "-m", "--root", "--wd", "--", *command]

    def wrapper(self):
        """What to put before a command so that it runs in here."""
        return self._enter([])

    def neighbor_wrapper(self):
        """The same for who runs in another namespace of this world."""
        return ["nsenter", "-t", str(self.pid), "-n", "-m", "--root", "--wd", "--"]

    def run(self, *command, text=""):
        """Runs @command in here with @text as its input; returns its output."""
        done = subprocess.run(self._enter(command), input=text, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def ip(self, line):
        return self.run("ip", *line.split())

    def has(self, kind):
        """Whether this kernel makes links of @kind."""
        try:
            self.ip(f"link add probe type {kind}")
        except AssertionError:
            return False
        self.ip("link del probe")
        return True

    def start(self, *command, **popen):
        """A Program that runs in here and ends with the world."""
        program = Program(self._enter(command), **popen)
        self._world.on_end(program.kill)
        return program


class World:
    """Use as a context manager. Skips the test where there is no way to have a namespace."""

    def __init__(self):
        self.is_root = os.geteuid() == 0
        self._stack = contextlib.ExitStack()
        self._first = None

    def __enter__(self):
        for tool in ("ip", "unshare", "nsenter"):
            if not shutil.which(tool):
                raise Skip(f"{tool} (iproute2, util-linux) is not installed")
        return self

    def __exit__(self, *_):
        self._stack.close()

    def on_end(self, function):
        self._stack.callback(function)

    def namespace(self):
        """An empty one: its loopback is up, and there is nothing else."""
        command = ["unshare", "-n", "-m", "sh", "-c", HOLD]
        if not self.is_root:
            command[1:1] = ["-U", "-r"]
        # An ordinary user's namespaces must belong to one user namespace to be joined by cables.
        if not self.is_root and self._first:
            command = ["nsenter", "-t", str(self._first.pid), "-U", "--preserve-credentials",
                       "unshare", *command[3:]]
        holder = Program(command, stderr=subprocess.PIPE)
        self._stack.callback(holder.kill)
        try:
            holder.wait_line(lambda line: line == "ready", "a network namespace")
        except AssertionError:
            reason = " ".join(holder.process.stderr.read().split())
            raise Skip(f"no network namespaces here: {reason}") from None
        made = Namespace(self, holder)
        self._first = self._first or made
        made.ip("link set lo up")
        return made

    @staticmethod
    def cable(one, one_name, other, other_name):
        """Joins two namespaces; both ends are up."""
        one.ip(f"link add {one_name} type veth peer name {other_name} netns {other.pid}")
        one.ip(f"link set {one_name} up")
        other.ip(f"link set {other_name} up")
