# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What OpenSSL thinks of the certificates: a reader of X.509 that shares nothing with GnuTLS."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile

from hubbub import Skip, run

IDENTITY_PRINT = sys.argv.pop(1)
ADDRESSES = ["192.168.1.5", "10.0.0.7", "100.64.3.3", "fd00::7", "8.8.8.8", "2001:db8::1"]


def openssl(*arguments):
    if shutil.which("openssl") is None:
        raise Skip("no openssl program")
    return subprocess.run(["openssl", *arguments], capture_output=True, text=True, timeout=60)


class Identity(tempfile.TemporaryDirectory):
    """A made identity in a folder of its own."""

    def __enter__(self):
        super().__enter__()
        self.data = os.path.join(self.name, "data")
        self.fingerprint = subprocess.check_output(
            [IDENTITY_PRINT, self.data, "pi", *ADDRESSES], text=True, timeout=60).strip()
        return self

    def path(self, name):
        return os.path.join(self.data, name)

    def verify(self, certificate, *arguments):
        """As one who trusts the CA, strictly."""
        return openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile",
                       self.path("ca.pem"), *arguments, certificate)

    def sign(self, names):
        """A certificate for @names that the CA's key has signed, whatever the CA may."""
        leaf, request, extensions = (os.path.join(self.name, n) for n in ("leaf", "csr", "ext"))
        with open(extensions, "w", encoding="utf-8") as file:
            file.write(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n"
                       "basicConstraints=critical,CA:FALSE\nkeyUsage=digitalSignature\n"
                       "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
        for arguments in (
                ["req", "-new", "-subj", "/CN=x", "-key", self.path("server-key.pem"),
                 "-out", request],
                ["x509", "-req", "-in", request, "-CA", self.path("ca.pem"), "-CAkey",
                 self.path("ca-key.pem"), "-days", "30", "-set_serial", "7", "-extfile", extensions,
                 "-out", leaf]):
            result = openssl(*arguments)
            assert result.returncode == 0, result.stderr
        return leaf


def test_leaf_verifies():
    with Identity() as identity:
        leaf = identity.path("server.pem")
        for arguments in (["-verify_ip", "192.168.1.5"], ["-verify_ip", "10.0.0.7"],
                          ["-verify_ip", "100.64.3.3"], ["-verify_ip", "fd00::7"],
                          ["-verify_hostname", "pi.local"], ["-verify_hostname", "localhost"]):
            result = identity.verify(leaf, *arguments)
            assert result.returncode == 0, (arguments, result.stdout, result.stderr)
        for arguments in (["-verify_ip", "192.168.1.6"], ["-verify_ip", "8.8.8.8"],
                          ["-verify_ip", "2001:db8::1"], ["-verify_hostname", "example.com"]):
            result = identity.verify(leaf, *arguments)
            assert result.returncode != 0, arguments
            assert "mismatch" in result.stderr, result.stderr


def test_constraints_hold():
    with Identity() as identity:
        for names in ("IP:192.168.1.5,DNS:localhost", "DNS:other.local", "IP:fe80::1,DNS:localhost"):
            result = identity.verify(identity.sign(names))
            assert result.returncode == 0, (names, result.stderr)
        for names in ("DNS:example.com", "DNS:localhost,DNS:example.com", "IP:8.8.8.8",
                      "IP:192.168.1.5,IP:8.8.8.8", "DNS:localhost,IP:2001:db8::1",
                      "DNS:examplelocal", "DNS:localhost.example.com"):
            result = identity.verify(identity.sign(names))
            assert result.returncode != 0, names
            assert "permitted subtree violation" in result.stderr, (names, result.stderr)


def test_authority_is_constrained():
    with Identity() as identity:
        text = openssl("x509", "-in", identity.path("ca.pem"), "-noout", "-text").stdout
        assert "X509v3 Name Constraints: critical" in text
        assert "CA:TRUE, pathlen:0" in text
        for part in ("IP:10.0.0.0/255.0.0.0", "IP:172.16.0.0/255.240.0.0", "DNS:local\n",
                     "IP:192.168.0.0/255.255.0.0", "IP:100.64.0.0/255.192.0.0", "DNS:localhost"):
            assert part in text, part


def test_fingerprint():
    with Identity() as identity:
        result = openssl("x509", "-in", identity.path("server.pem"), "-noout", "-fingerprint",
                         "-sha256")
        assert result.stdout.strip().split("=")[1] == identity.fingerprint


def test_keys_are_read():
    with Identity() as identity:
        for name in ("ca", "server"):
            key = openssl("pkey", "-in", identity.path(f"{name}-key.pem"), "-pubout").stdout
            certificate = openssl("x509", "-in", identity.path(f"{name}.pem"), "-noout",
                                  "-pubkey").stdout
            assert key and key == certificate, name


def kill_at(call, count, command):
    """Runs @command, killed when it makes its @count-th system call @call.
    Returns: whether it got that far"""
    if shutil.which("strace") is None:
        raise Skip("no strace program")
    # The leak checker cannot run in a process that is traced.
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
    tracer = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}",
              "-e", f"inject={call}:signal=KILL:when={count}"]
    result = subprocess.run([*tracer, *command], capture_output=True, text=True, timeout=60,
                            env=environment)
    if "ptrace" in result.stderr.lower():
        raise Skip(f"no tracing here: {result.stderr.strip()}")
    assert result.returncode in (0, -signal.SIGKILL), result.stderr
    return result.returncode != 0


def test_killed_while_writing():
    """Killed at every step of writing a file: the next start goes on from whatever is left."""
    kills = 0
    for call in ("write", "fchmod", "fsync", "renameat"):
        for count in itertools.count(1):
            with tempfile.TemporaryDirectory() as folder:
                data = os.path.join(folder, "data")
                command = [IDENTITY_PRINT, data, "pi", "10.0.0.1"]
                if not kill_at(call, count, command):
                    break
                kills += 1
                again = subprocess.run(command, capture_output=True, text=True, timeout=60)
                assert again.returncode == 0, (call, count, again.stderr)
                assert sorted(os.listdir(data)) == ["ca-key.pem", "ca.pem", "lock",
                                                    "server-key.pem", "server.pem"]
    # Four files, each written, opened to the right people, synced, renamed and synced again.
    assert kills >= 4 * 5, kills


run(globals())
