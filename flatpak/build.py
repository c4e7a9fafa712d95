# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Flatpak of this source tree as one file: ./dev flatpak [--devel] [--id ID]

What is built is the tree as it is, committed or not, without what git ignores.
"""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ID = "io.github.hubbub_lan.Hubbub"
MANIFEST = os.path.join(ROOT, "flatpak", f"{ID}.yml")
BRANCH = "stable"
# The last strips what is built of its debugging symbols.
TOOLS = ("flatpak", "flatpak-builder", "eu-strip")
# Where people who install the file get the runtime from.
RUNTIME_REPO = "https://dl.flathub.org/repo/flathub.flatpakrepo"


def runtime_version():
    with open(MANIFEST, encoding="utf-8") as file:
        return re.search(r"(?m)^runtime-version: '([^']+)'$", file.read())[1]


def variant(manifest: str, application_id: str, is_devel: bool) -> str:
    """@manifest, a text, of the program under another id; with @is_devel that says what it is, in the
    menu, too."""
    changes = {ID: application_id}
    if is_devel:
        changes["-Dprofile=release"] = "-Dprofile=devel"
        changes["command: hubbub\n"] = "command: hubbub\ndesktop-file-name-suffix: ' (Development)'\n"
    for old, new in changes.items():
        if old not in manifest:
            raise SystemExit(f"build.py: {MANIFEST} has no {old}")
        manifest = manifest.replace(old, new)
    return manifest


def with_sources(manifest: str, folder: str) -> str:
    """@manifest, a text, with the archive MODULE-*.tar.* of @folder for that of each module."""
    def module(match):
        found = glob.glob(os.path.join(folder, f"{match[1]}-*.tar.*"))
        archive = re.compile(r"url: https://\S+\n\s+sha256: [0-9a-f]{64}")
        if archive.search(match[0]) and len(found) != 1:
            raise SystemExit(f"build.py: {folder} should have one {match[1]}-*.tar.*")
        return archive.sub(lambda _: f"path: {found[0]}", match[0])

    return re.sub(r"(?ms)^  - name: (\S+)\n.*?(?=^  - name: |\Z)", module, manifest)


def copy_sources(target: str):
    """The files of this tree but those that git is told to ignore."""
    listing = shutil.which("git") and subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=False,
        stdout=subprocess.PIPE)
    if not listing or listing.returncode:  # a tarball has nothing but sources
        shutil.copytree(ROOT, target, symlinks=True,
                        ignore=shutil.ignore_patterns("build", ".cache", "node_modules"))
        return
    for path in listing.stdout.decode().split("\0"):
        source = os.path.join(ROOT, path)
        # What is deleted is listed until that is committed.
        if path and os.path.lexists(source) and not os.path.isdir(source):
            made = os.path.join(target, path)
            os.makedirs(os.path.dirname(made), exist_ok=True)
            shutil.copy2(source, made, follow_symlinks=False)


def need_tools():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"""build.py: not installed: {' '.join(missing)}. All that it takes, on
  Debian and Ubuntu: apt-get install flatpak flatpak-builder elfutils
  Fedora:            dnf install flatpak flatpak-builder elfutils
  Arch:              pacman -S flatpak flatpak-builder elfutils""")


def need_runtime():
    version = runtime_version()
    lacking = [f"org.gnome.{name}//{version}" for name in ("Platform", "Sdk")
               if subprocess.run(["flatpak", "info", f"org.gnome.{name}//{version}"], check=False,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode]
    if lacking:
        raise SystemExit(f"""build.py: not installed: {' '.join(lacking)}. This brings it, about 2 GB:
  flatpak --user remote-add --if-not-exists flathub {RUNTIME_REPO}
  flatpak --user install flathub {' '.join(lacking)}""")


def build(folder: str, application_id: str, is_devel: bool, sources: str | None) -> str:
    """Builds in @folder; with @sources, a folder, without any network, now and when it is installed.
    Returns: the bundle"""
    need_tools()
    need_runtime()
    offline = ["--disable-download"] if sources else []
    hint = [] if sources else [f"--runtime-repo={RUNTIME_REPO}"]
    source, repo = (os.path.join(folder, name) for name in ("source", "repo"))
    shutil.rmtree(source, ignore_errors=True)
    copy_sources(source)
    with open(MANIFEST, encoding="utf-8") as file:
        manifest = variant(file.read(), application_id, is_devel)
    if sources:
        manifest = with_sources(manifest, sources)
    path = os.path.join(source, "flatpak", f"{application_id}.yml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(manifest)
    os.makedirs(os.path.join(folder, "app"), exist_ok=True)
    subprocess.run(["flatpak-builder", "--user", "--force-clean", "--disable-rofiles-fuse",
                    "--disable-updates", "--ccache", f"--default-branch={BRANCH}", f"--repo={repo}",
                    f"--state-dir={os.path.join(folder, 'state')}", *offline,
                    app_folder(folder, application_id), path], check=True, stdout=sys.stderr)
    bundle = os.path.join(folder, "hubbub-devel.flatpak" if is_devel else "hubbub.flatpak")
    subprocess.run(["flatpak", "build-bundle", *hint, repo, bundle,
                    application_id, BRANCH], check=True, stdout=sys.stderr)
    return bundle


def app_folder(folder: str, application_id: str) -> str:
    """Where build() leaves what it made the bundle of."""
    return os.path.join(folder, "app", application_id)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--devel", action="store_true",
                        help="the variant that is installed beside the released one")
    parser.add_argument("--id", metavar="ID", default=ID,
                        help="under another application id, as a fork of the program needs one")
    parser.add_argument("--sources", metavar="FOLDER",
                        help="take the modules' archives from there (MODULE-*.tar.*), and nothing from the network")
    parser.add_argument("folder", help="where it is built; kept, it makes the next time short")
    args = parser.parse_args()
    folder = os.path.abspath(args.folder)
    os.makedirs(folder, exist_ok=True)
    try:
        print(build(folder, args.id + ".Devel" if args.devel else args.id, args.devel,
                    args.sources and os.path.abspath(args.sources)))
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"build.py: {error.cmd[0]} failed; what it says is above") from None


if __name__ == "__main__":
    main()
