"""What programs and libraries need, and stripping them."""

import re
import subprocess
from pathlib import Path

# What every machine with glibc has, says the manylinux policy (PEP 600); libz is left out, since
# small images have none.
SYSTEM = {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libc.so.6", "libdl.so.2", "libgcc_s.so.1",
          "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1", "libstdc++.so.6"}


def strip(path: Path, output: Path):
    """Writes the file without symbols that only debuggers want."""
    subprocess.run(["strip", "-o", output, path], check=True)


def needed(path: Path) -> set[str]:
    """The names of the libraries that the file is linked with."""
    return set(re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("-d", path)))


def glibc(path: Path) -> tuple[int, int]:
    """The oldest glibc that the file starts with."""
    found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", readelf("-V", path))
    return max((int(major), int(minor)) for major, minor in found)


def readelf(flag: str, path: Path) -> str:
    return subprocess.run(
        ["readelf", "-W", flag, path], check=True, capture_output=True, text=True
    ).stdout
