"""The tarball: a prefix to unpack anywhere, which needs nothing but glibc and libstdc++."""

import gzip
import io
import tarfile
from pathlib import Path

from prefix import File


def write(output: Path, version: str, machine: str, files: list[File], moment: int) -> Path:
    """Writes the tarball and gives its path."""
    name = f"larder-{version}-linux-{machine}"
    path = output / f"{name}.tar.gz"
    with (
        path.open("wb") as raw,
        # Without the name and the time that gzip would put in.
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for file in files:
            member = tarfile.TarInfo(f"{name}/{file.path}")
            member.size, member.mode, member.mtime = len(file.content), file.mode, moment
            member.uname = member.gname = "root"
            tar.addfile(member, io.BytesIO(file.content))
    return path
