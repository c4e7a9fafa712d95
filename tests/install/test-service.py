# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit of hubbub-server: systemd understands it, and finds little that it still may do."""

import contextlib
import os
import re
import subprocess
import tempfile

from hubbub import SERVER, Skip, run
from meson_tree import BUILD, ROOT, need

# systemd's figure for what a service may do: 10 is everything. Ours was 1.8 with systemd 252.
MAX_EXPOSURE = 2.0


@contextlib.contextmanager
def unit():
    """The unit as it is installed, for the program that is tested. Yields: its path, its environment"""
    need("systemd-analyze")
    with open(os.path.join(BUILD, "data", "hubbub-server.service"), encoding="utf-8") as file:
        text = file.read()
    text, changed = re.subn(r"(?m)^(ExecStart=)\S+(.*)$", rf"\g<1>{SERVER}\g<2>", text)
    assert changed == 1, text
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        manual = os.path.join(folder, "man", "man1")
        os.makedirs(manual)
        os.symlink(os.path.join(ROOT, "data", "man", "hubbub-server.1"),
                   os.path.join(manual, "hubbub-server.1"))
        path = os.path.join(folder, "hubbub-server.service")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        yield path, {**os.environ, "XDG_RUNTIME_DIR": folder, "HOME": folder,
                     "MANPATH": os.path.join(folder, "man"), "SYSTEMD_COLORS": "0"}


def analyze(env, *words):
    return subprocess.run(["systemd-analyze", "--user", *words], check=False, env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_systemd_understands_it():
    with unit() as (path, env):
        with open(path, encoding="utf-8") as file:
            whole = file.read()
        done = analyze(env, "verify", path)
        assert (done.returncode, done.stdout) == (0, ""), done.stdout
        # It does tell of a word that it does not know.
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole.replace("NoNewPrivileges=", "NoMorePrivileges="))
        assert "NoMorePrivileges" in analyze(env, "verify", path).stdout


def test_it_may_do_little():
    with unit() as (path, env):
        if "--offline" not in analyze(env, "--help").stdout:
            raise Skip("this systemd-analyze judges loaded units only")
        shown = analyze(env, "security", "--offline=true", "--no-pager", path).stdout
        exposure = float(re.search(r"exposure level for \S+: ([0-9.]+)", shown)[1])
        print(f"# exposure level: {exposure}")
        assert exposure <= MAX_EXPOSURE, shown


if __name__ == "__main__":
    run(globals())
