"""Runs a command where the network has nothing but this machine's loopback.

    python bare_network.py .venv/bin/pytest Tests/EndToEnd/test_origins.py

What needs a registry is fetched before; the environments of installers then come from uv's cache.
It needs the rights to make a network namespace, as root has.
"""

import errno
import fcntl
import os
import shutil
import socket
import struct
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import binary
from support.clients import NEWEST_PIP, make_environment

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
INSIDE = "--inside"
#: An address for documentation, which nobody has.
ELSEWHERE = ("192.0.2.1", 80)


def fill_cache():
    with tempfile.TemporaryDirectory() as folder:
        make_environment(Path(folder) / "environment", f"pip=={NEWEST_PIP}")


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def check_that_nothing_else_is_there():
    names = [name for _, name in socket.if_nameindex()]
    with socket.socket() as probe:
        answer = probe.connect_ex(ELSEWHERE)
    if names != ["lo"] or answer != errno.ENETUNREACH:
        sys.exit(f"this is no bare network: {names}, {os.strerror(answer)}")


def main(command):
    if command[:1] == [INSIDE]:
        raise_loopback()
        check_that_nothing_else_is_there()
        os.execvp(command[1], command[1:])
    fill_cache()
    unshare = shutil.which("unshare")
    inside = [unshare, "--net", sys.executable, __file__, INSIDE, *command]
    os.execve(unshare, inside, {**os.environ, "UV_OFFLINE": "1", "LARDER_BIN": binary.larder()})


if __name__ == "__main__":
    main(sys.argv[1:])
