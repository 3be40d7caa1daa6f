"""Makes real, small packages: wheels with their metadata beside them, and source archives."""

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Release:
    """One version of a project, and what its files say."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    requires_python: str | None = None
    yanked: str | None = None
    kinds: tuple[str, ...] = ("wheel",)

    @property
    def stem(self):
        return f"{canonicalize_name(self.name).replace('-', '_')}-{self.version}"

    @property
    def module(self):
        return canonicalize_name(self.name).replace("-", "_")

    def metadata(self):
        lines = ["Metadata-Version: 2.1", f"Name: {self.name}", f"Version: {self.version}"]
        lines += [f"Requires-Dist: {requirement}" for requirement in self.requires]
        if self.requires_python is not None:
            lines.append(f"Requires-Python: {self.requires_python}")
        return ("\n".join(lines) + "\n").encode()


# What the tests install: `alpha` needs `beta`; its best version is yanked, a later one needs a
# Python that does not exist.
RELEASES = [
    Release("alpha", "1.0", kinds=("wheel", "sdist")),
    Release("alpha", "2.0", requires=("beta>=1.0",)),
    Release("alpha", "2.1", requires=("beta>=1.0",), yanked="broken on Sundays"),
    Release("alpha", "3.0", requires_python=">=9.9"),
    Release("beta", "1.0"),
    Release("beta", "1.1+local.1"),
    Release("epoch", "1!1.0"),
    Release("epoch", "2.0"),
    Release("Mixed.Case_Name", "1.0"),
    Release("source-only", "1.0", kinds=("sdist",)),
    Release("withdrawn", "1.0", yanked=""),
]


def build_pool(folder: Path):
    """Makes the files of all releases, and gives their records."""
    records = []
    for number, release in enumerate(RELEASES):
        for kind in release.kinds:
            build = {"wheel": build_wheel, "sdist": build_sdist}[kind]
            path = build(release, folder)
            records.append(record(release, path) | {"upload_timestamp": 1_700_000_000 + number})
    return records


def record(release, path):
    content = path.read_bytes()
    found = {
        "filename": path.name,
        "size": len(content),
        "hash": f"sha256={hashlib.sha256(content).hexdigest()}",
    }
    metadata = path.with_name(path.name + ".metadata")
    if metadata.exists():
        found["core_metadata"] = f"sha256={hashlib.sha256(metadata.read_bytes()).hexdigest()}"
    if release.requires_python is not None:
        found["requires_python"] = release.requires_python
    if release.yanked is not None:
        found["yanked"] = release.yanked
    return found


def build_wheel(release, folder):
    path = folder / f"{release.stem}-py3-none-any.whl"
    info = f"{release.stem}.dist-info"
    files = {
        f"{release.module}.py": f"version = {release.version!r}\n".encode(),
        f"{info}/METADATA": release.metadata(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [
        f"{name},sha256={urlsafe_digest(content)},{len(content)}" for name, content in files.items()
    ]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    path.with_name(path.name + ".metadata").write_bytes(release.metadata())
    return path


def urlsafe_digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


# A build backend that stands in the archive: building needs no other package.
BACKEND = """
import pathlib, zipfile

def _write(folder, name):
    stem = "{stem}"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as archive:
        archive.write("{module}.py")
        archive.write("PKG-INFO", stem + ".dist-info/METADATA")
        archive.writestr(stem + ".dist-info/WHEEL",
                         "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        archive.writestr(stem + ".dist-info/RECORD", "")
    return name

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return _write(wheel_directory, "{stem}-py3-none-any.whl")
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def build_sdist(release, folder):
    path = folder / f"{release.stem}.tar.gz"
    files = {
        "PKG-INFO": release.metadata(),
        "pyproject.toml": PROJECT.encode(),
        "backend.py": BACKEND.format(stem=release.stem, module=release.module).encode(),
        f"{release.module}.py": f"version = {release.version!r}\n".encode(),
    }
    with gzip.GzipFile(path, "wb", mtime=0) as stream:
        with tarfile.open(fileobj=stream, mode="w") as archive:
            for name, content in files.items():
                member = tarfile.TarInfo(f"{release.stem}/{name}")
                member.size = len(content)
                member.mtime = 1_700_000_000  # A wheel cannot hold a time before 1980.
                archive.addfile(member, io.BytesIO(content))
    return path
