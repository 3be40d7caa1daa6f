"""The package for Debian and Ubuntu. It brings no libraries: the system has them, and mends them."""

import gzip
import os
import subprocess
from pathlib import Path

from prefix import File

# Where Debian has another place for what the tree holds.
PLACES = {"share/zsh/site-functions/": "share/zsh/vendor-completions/"}
# Since 2024, some names end in t64.
LIBRARIES = [
    "libarchive13t64 | libarchive13", "libcurl4t64 (>= 7.85) | libcurl4 (>= 7.85)", "libdeflate0",
    "libgcc-s1", "liblzma5", "libmd4c0", "libssl3t64 | libssl3", "libstdc++6 (>= 11)", "libxml2",
    "libzstd1",
]


def write(
    output: Path, scratch: Path, version: str, glibc: tuple[int, int], files: list[File], moment: int
) -> Path:
    """Writes the package and gives its path."""
    root = scratch / "deb"
    for file in files:
        place(root / "usr", file)
    size = sum(len(file.content) for file in files) // 1024
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control(version, architecture, glibc, size))
    path = output / f"larder_{version}-1_{architecture}.deb"
    subprocess.run(
        # By one thread: more would cut it otherwise on each machine.
        ["dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zzstd", "-z10", "--build", root, path],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"SOURCE_DATE_EPOCH": str(moment)},
    )
    return path


def place(usr: Path, file: File):
    path = file.path
    for common, own in PLACES.items():
        path = path.replace(common, own)
    content = file.content
    if "/man/" in path:
        path, content = path + ".gz", gzip.compress(content, 9, mtime=0)
    target = usr / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(file.mode)


def control(version: str, architecture: str, glibc: tuple[int, int], size: int) -> str:
    depends = [f"libc6 (>= {glibc[0]}.{glibc[1]})", *LIBRARIES]
    return (
        "Package: larder\n"
        f"Version: {version}-1\n"
        f"Architecture: {architecture}\n"
        "Maintainer: The Larder developers <larder@index.example>\n"
        f"Installed-Size: {size}\n"
        f"Depends: {', '.join(depends)}\n"
        "Recommends: ca-certificates\n"
        "Section: devel\n"
        "Priority: optional\n"
        "Description: static Python package index generator\n"
        " Larder makes every page that pip, uv, poetry and people read out of a list of\n"
        " wheels and source archives. Any web server or object store serves them.\n"
    )
