# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Flatpak needs that is not here where there is no Flathub: a runtime and the modules' sources.

The runtime stands in for org.gnome.Platform and org.gnome.Sdk: the packages of the Debian release that
has the same GNOME. Made once, in about a minute: stand_in.py FOLDER. Needs root, mmdebstrap, ostree,
flatpak, and Debian's packages from the network.
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from signal import SIGTERM, default_int_handler, signal

TOOLS = ("unshare", "mmdebstrap", "ostree", "flatpak")
# Which Debian has the libraries of which GNOME.
SUITES = {"48": "trixie"}

PLATFORM = ("usr-is-merged", "bash", "coreutils", "libc-bin", "sed", "grep", "findutils", "gzip",
            "ca-certificates", "libadwaita-1-0", "libgtk-4-1", "libsoup-3.0-0", "libjson-glib-1.0-0",
            "libgnutls30t64", "libicu76", "glib-networking", "gsettings-desktop-schemas",
            "adwaita-icon-theme", "libglib2.0-bin", "fonts-dejavu-core", "librsvg2-common")
SDK = (*PLATFORM, "gcc", "libc6-dev", "meson", "ninja-build", "pkgconf", "make", "cmake", "patch",
       "tar", "xz-utils", "bzip2", "file", "ccache", "python3", "libadwaita-1-dev", "libgtk-4-dev",
       "libsoup-3.0-dev", "libjson-glib-dev", "libgnutls28-dev", "libicu-dev", "libglib2.0-dev",
       "libglib2.0-dev-bin", "gettext", "desktop-file-utils", "appstream", "appstream-compose")
# Neither read in a sandbox nor built with.
LEFT_OUT = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/info/*", "/usr/share/locale/*",
            "/usr/share/lintian/*", "/usr/share/gtk-doc/*", "/usr/lib/*/libLLVM*",
            "/usr/lib/*/libgallium*", "/usr/lib/*/libz3*", "/usr/lib/*/dri/*", "/usr/lib/*/libicu*.a",
            "/usr/lib/*/libcrypto.a", "/usr/bin/*lto-dump*", "/usr/lib/*/lib[altu]*san.so*")
# Flatpak's own, or of a system that starts.
NOT_IN_A_RUNTIME = ("passwd", "passwd-", "group", "group-", "shadow", "shadow-", "gshadow", "gshadow-",
                    "machine-id", "resolv.conf", "hostname", "hosts", "host.conf", "apt", "dpkg",
                    "systemd", "init.d", "pam.d", "security", "skel", ".pwd.lock", "localtime",
                    "timezone", "mtab", "fstab", "ld.so.cache")

# flatpak-builder 1.2 runs appstream-compose, which AppStream 1.0 calls otherwise.
COMPOSE = """#!/bin/sh
for word; do case $word in --prefix=*) p=${word#*=};; --basename=*) id=${word#*=};; esac; done
mkdir -p "$p/share/app-info/xmls" "$p/share/app-info/icons/flatpak"
if [ -f "$p/share/appdata/$id.appdata.xml" ]; then
  mkdir -p "$p/share/metainfo"
  mv "$p/share/appdata/$id.appdata.xml" "$p/share/metainfo/$id.metainfo.xml"
fi
exec appstreamcli compose --prefix=/ --origin="$id" --result-root="$p" --components="$id" \\
  --data-dir="$p/share/app-info/xmls" --icons-dir="$p/share/app-info/icons/flatpak" "$p"
"""

METADATA = """[Runtime]
name={name}
runtime=org.gnome.Platform/{arch}/{version}
sdk=org.gnome.Sdk/{arch}/{version}

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
GSK_RENDERER=cairo
"""


def run(*words, **options):
    subprocess.run(words, check=True, **options)


def suite(version: str) -> str:
    """The Debian that stands in for GNOME's runtime @version."""
    if version not in SUITES:
        raise SystemExit(f"stand_in.py: which Debian has GNOME {version}? SUITES in {__file__} has to say it")
    return SUITES[version]


def mirror() -> list[str]:
    """Where this system's own packages come from, if it is a Debian; else mmdebstrap knows one."""
    if not shutil.which("apt-get"):
        return []
    targets = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
         "Label: Debian"], stdout=subprocess.PIPE, text=True, check=False).stdout.split()
    return targets[:1]


def make_tree(folder: str, name: str, version: str, packages: tuple):
    """A folder as ostree commits it: metadata, and in files/ what will be /usr."""
    root, tree = (os.path.join(folder, f"{name}.{kind}") for kind in ("root", "tree"))
    # Whatever ends this, its mounts and programs are gone before the folder is removed.
    run("unshare", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child",
        "mmdebstrap", "--quiet", "--variant=essential", "--components=main",
        "--aptopt=Apt::Install-Recommends \"false\"", "--dpkgopt=force-unsafe-io",
        *(f"--dpkgopt=path-exclude={path}" for path in LEFT_OUT),
        f"--include={','.join(packages)}", suite(version), root, *mirror())
    files = os.path.join(tree, "files")
    os.makedirs(tree)
    os.rename(os.path.join(root, "usr"), files)
    shutil.rmtree(os.path.join(files, "etc"), ignore_errors=True)
    os.rename(os.path.join(root, "etc"), os.path.join(files, "etc"))
    shutil.rmtree(root)
    for unwanted in NOT_IN_A_RUNTIME:
        path = os.path.join(files, "etc", unwanted)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.unlink(path)
    # Only into an empty one Flatpak writes where the program's own libraries are; and it has no /usr/sbin.
    with open(os.path.join(files, "etc", "ld.so.conf"), "w", encoding="ascii"):
        pass
    os.symlink("../sbin/ldconfig", os.path.join(files, "bin", "ldconfig"))
    run("chmod", "-R", "u+rwX", files)
    run("find", files, "(", "-type", "b", "-o", "-type", "c", "-o", "-type", "p", "-o", "-type", "s",
        ")", "-delete")
    run("find", files, "-type", "f", "-perm", "/6000", "-exec", "chmod", "ug-s", "{}", "+")
    compose = os.path.join(files, "bin", "appstream-compose")
    if "appstream-compose" in packages:
        with open(compose, "w", encoding="ascii") as file:
            file.write(COMPOSE)
        os.chmod(compose, 0o755)
    arch = subprocess.run(["flatpak", "--default-arch"], check=True, stdout=subprocess.PIPE,
                          text=True).stdout.strip()
    metadata = METADATA.format(name=name, arch=arch, version=version)
    with open(os.path.join(tree, "metadata"), "w", encoding="utf-8") as file:
        file.write(metadata)
    return tree, f"runtime/{name}/{arch}/{version}", metadata


def recipe(version: str) -> str:
    """What the runtimes are made by; another one, and they are made again."""
    with open(__file__, "rb") as file:
        return hashlib.sha256(version.encode() + file.read()).hexdigest()


def places(cache: str) -> tuple[str, str]:
    """Returns: the repository with the runtimes, and what is there once that is complete"""
    return os.path.join(cache, "runtime"), os.path.join(cache, "runtime.stamp")


def is_made(cache: str, version: str) -> bool:
    repo, stamp = places(cache)
    if not os.path.isdir(repo) or not os.path.exists(stamp):
        return False
    with open(stamp, encoding="ascii") as file:
        return file.read() == recipe(version)


def make_runtime(cache: str, version: str):
    """A repository with both runtimes, unless it is there."""
    if is_made(cache, version):
        return
    repo, stamp = places(cache)
    if os.path.exists(stamp):
        os.unlink(stamp)  # half a repository would be taken for a whole one
    shutil.rmtree(repo, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="hub-", dir=cache) as folder, ThreadPoolExecutor(2) as pool:
        os.chmod(folder, 0o755)
        making = [pool.submit(make_tree, folder, name, version, packages) for name, packages in
                  (("org.gnome.Platform", PLATFORM), ("org.gnome.Sdk", SDK))]
        run("ostree", "init", f"--repo={repo}", "--mode=bare-user-only")
        run("ostree", "config", f"--repo={repo}", "set", "core.fsync", "false")
        for made in making:
            tree, ref, metadata = made.result()
            run("ostree", "commit", f"--repo={repo}", f"--branch={ref}", "--owner-uid=0",
                "--owner-gid=0", "--no-xattrs", "--canonical-permissions", "-s", "stand-in",
                f"--add-metadata-string=xa.metadata={metadata}", tree, stdout=subprocess.DEVNULL)
    run("flatpak", "build-update-repo", "--no-update-appstream", repo, stdout=subprocess.DEVNULL)
    with open(stamp, "w", encoding="ascii") as file:
        file.write(recipe(version))


def sources_folder(cache: str) -> str:
    """Returns: for build.py --sources"""
    return os.path.join(cache, "sources")


def fetch_sources(cache: str, gnome: str, manifest: str):
    """What the modules of @manifest are made of, from the source packages that the Debian of the runtime
    @gnome has of the same versions."""
    folder = sources_folder(cache)
    os.makedirs(folder, exist_ok=True)
    with open(manifest, encoding="utf-8") as file:
        wanted = re.findall(r"url: https://\S+/(\w+)/archive/refs/tags/v([\d.]+)\.tar\.gz\n\s+sha256: ", file.read())
    here = {path for name, version in wanted
            for path in glob.glob(os.path.join(folder, f"{name}-{version}.tar.*"))}
    for other in set(glob.glob(os.path.join(folder, "*"))) - here:
        os.unlink(other)
    for name, version in wanted:
        if not glob.glob(os.path.join(folder, f"{name}-{version}.tar.*")):
            download_source(name, version, suite(gnome), folder)


def download_source(name: str, version: str, debian: str, target: str):
    """With apt as it is set up here, in lists of its own: most systems list no sources."""
    mirrors = mirror()
    if not mirrors:
        raise SystemExit(f"stand_in.py: this system's packages are not Debian's: put {name}-{version}.tar.* into "
                         f"{target}")
    package = name.removeprefix("lib")
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        os.chmod(folder, 0o755)
        os.makedirs(os.path.join(folder, "lists", "partial"))
        listed = os.path.join(folder, "sources.list")
        with open(listed, "w", encoding="utf-8") as file:
            file.write(f"deb-src {mirrors[0]} {debian} main\n")
        options = ["-q", "-o", f"Dir::Etc::sourcelist={listed}", "-o", "Dir::Etc::sourceparts=-",
                   "-o", f"Dir::State::lists={os.path.join(folder, 'lists')}", "-o",
                   "APT::Sandbox::User=root"]
        for verb in (["update"], ["source", "--download-only", "--only-source", package]):
            run("apt-get", *options, *verb, cwd=folder, stdout=subprocess.DEVNULL)
        found = [path for path in glob.glob(os.path.join(folder, f"{package}_{version}.orig.tar.*"))
                 if not path.endswith(".asc")]
        if not found:
            raise SystemExit(f"stand_in.py: {debian} has no {package} {version}; a {name}-{version}.tar.* put "
                             f"into {target} does as well")
        _, ending = found[0].split(".orig")
        shutil.move(found[0], os.path.join(target, f"{name}-{version}{ending}"))


def main(cache: str):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "flatpak"))
    import build  # where it is, is known now

    started = time.monotonic()
    signal(SIGTERM, default_int_handler)  # it puts away what it has begun
    os.makedirs(cache, exist_ok=True)
    version = build.runtime_version()
    if not is_made(cache, version):
        missing = [tool for tool in TOOLS if not shutil.which(tool)]
        if missing:
            raise SystemExit(f"stand_in.py: not installed: {' '.join(missing)}")
        print(f"stand_in.py: making a runtime of {suite(version)}'s packages: a minute or a few", file=sys.stderr)
    try:
        make_runtime(cache, version)
        fetch_sources(cache, version, build.MANIFEST)
    except subprocess.CalledProcessError:
        raise SystemExit("stand_in.py: that failed, as is said above. It needs a network that reaches Debian's "
                         f"packages, and 2 GB of space in {cache}") from None
    print(f"stand_in.py: the runtime is there after {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
