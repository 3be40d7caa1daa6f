"""Makes a pool of real distributions as they are found on servers, and says what is true of it.

One pool, three layouts, all of hard links: `flat/` holds every file beside what else people keep
in such folders; `nested/` has folders of folders; `projects/` one folder a project, and nothing
but distributions. The content of a file depends on its name only, so two pools are alike.
"""

import gzip
import hashlib
import io
import os
import random
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

from packaging.utils import canonicalize_name

from support.pool import BACKEND, PROJECT, urlsafe_digest

KIB = 1 << 10
ANY = "py3-none-any.whl"

#: Project as it is spelled, version, file endings, and facts: the first row of each project says
#: how its name is spelled in metadata.
ROWS = [
    ("alpha", "1.0", [ANY, ".tar.gz"], {"requires_python": ">=3.7"}),
    ("alpha", "2.0", [ANY, ".tar.gz"], {"requires": ("beta>=1.0",), "requires_python": ">=3.7"}),
    ("alpha", "2.1", [ANY], {"requires": ("beta>=1.0",), "yanked": 'broken on "Sun" & <Mon>'}),
    ("alpha", "3.0", [ANY], {"requires_python": ">=9.9"}),
    ("beta", "1.0", [ANY, ".zip"], {"requires_python": ">=2.7, !=3.0.*, !=3.1.*, <4"}),
    ("beta", "1.1+local.1", [ANY, ".tar.gz"], {}),
    ("beta", "1.1+cu126.git0e2f", ["cp311-cp311-linux_x86_64.whl"], {}),
    ("epochal", "2024.1", [ANY], {}),
    ("epochal", "1!1.0", [ANY, ".tar.gz"], {}),
    ("Mixed.Case_Name", "1.0", [ANY, ".tar.gz"], {"requires_python": "~=3.9"}),
    ("Mixed.Case_Name", "1.1", [ANY], {"requires": ("alpha[extra]>=1; python_version>'3'",)}),
    ("zope.interface", "5.0", [".tar.gz", ".zip"], {}),
    ("zope.interface", "5.1", [ANY, ".tar.gz"], {"requires_python": ">=3.7"}),
    ("under_score", "0.1", [ANY, ".tar.gz"], {}),
    ("CAPITALS", "10.0", [ANY, ".zip"], {}),
    ("pre", "1.0.dev3", [ANY], {}),
    ("pre", "1.0a1", [ANY, ".tar.gz"], {}),
    ("pre", "1.0b2.post1.dev4", [ANY], {}),
    ("pre", "1.0rc1", [ANY, ".tar.gz"], {}),
    ("pre", "1.0", [ANY], {}),
    ("pre", "1.0.post2", [ANY, ".tar.gz"], {}),
    ("built", "1.0", ["1-" + ANY, "2b-" + ANY, "10_x-" + ANY, ANY], {}),
    (
        "native",
        "1.0",
        [
            "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            "cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
            "cp311-cp311-musllinux_1_2_x86_64.whl",
            "cp311-cp311-macosx_10_9_universal2.whl",
            "cp311-cp311-macosx_11_0_arm64.whl",
            "cp311-cp311-win_amd64.whl",
            "cp311-cp311-win32.whl",
            "cp313-cp313-manylinux_2_28_x86_64.whl",
            "cp313-cp313t-manylinux_2_28_x86_64.whl",
            "cp314-cp314t-win_arm64.whl",
            "cp38-abi3-manylinux_2_5_x86_64.manylinux1_x86_64.whl",
            "cp38-abi3-macosx_10_12_x86_64.whl",
            "pp310-pypy310_pp73-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            ".tar.gz",
        ],
        {"requires_python": ">=3.8", "padding": 9 * KIB},
    ),
    ("native", "1.1", ["cp38-abi3-win_amd64.whl", ".tar.gz"], {"yanked": "", "padding": 99 * KIB}),
    ("universal", "1.0", ["py2.py3-none-any.whl", ".tar.gz"], {}),
    ("universal", "1.0.1", ["py2-none-any.whl", ANY], {"requires": ("alpha", "beta<2")}),
    ("heavy", "1.0", [ANY], {"padding": 1023 * KIB}),
    ("heavy", "1.5", [ANY], {"padding": 1534 * KIB}),
    ("heavy", "0.9", [".tar.gz"], {"padding": 700 * KIB}),
    ("source-only", "1.0", [".tar.gz"], {"requires_python": ">=3.6"}),
    ("source-only", "1.1", [".zip"], {}),
    ("withdrawn", "1.0", [ANY], {"yanked": ""}),
    ("a", "1", [ANY, ".tar.gz"], {}),
    ("9lives", "9", [ANY], {}),
    ("long" + "-name" * 8, "2026.11.22.1", [ANY, ".tar.gz"], {}),
]

#: Times at which rounding, a leap day or a change of year shows; the others come after them.
TIMES = ["2012-02-29T23:59:59", "2019-12-31T23:59:01", "2024-12-31T23:59:59", "2020-01-01T00:00:00"]

#: What else lies in the folder: no distributions, and names that are awkward in HTML and in URLs.
OTHERS = [
    "README.txt",
    "index.txt",
    "SHA256SUMS",
    "constraints & more <b>.txt",
    "100% \"odd\" 'names'.txt",
    "a:b;c=d?e#f.txt",
    "caf\N{LATIN SMALL LETTER E WITH ACUTE} [1].txt",
    "notes+1.txt",
]
ODD_FOLDER = "odd & 100% [1]+\N{LATIN SMALL LETTER E WITH ACUTE}"


@dataclass(frozen=True)
class Distribution:
    """One file, and what its metadata says."""

    name: str
    version: str
    ending: str
    time: int
    requires: tuple[str, ...] = ()
    requires_python: str | None = None
    yanked: str | None = None
    padding: int = 0

    @property
    def project(self):
        return canonicalize_name(self.name)

    @property
    def module(self):
        return self.project.replace("-", "_")

    @property
    def is_wheel(self):
        return self.ending.endswith(".whl")

    @property
    def stem(self):
        """Old source archives keep the spelling of a name, as dots and capitals show."""
        name = self.name if not self.is_wheel and "-" not in self.name else self.module
        return f"{name}-{self.version}"

    @property
    def filename(self):
        return f"{self.stem}-{self.ending}" if self.is_wheel else self.stem + self.ending

    @property
    def folder(self):
        """Where it is in the nested layout."""
        return ODD_FOLDER if self.name == "Mixed.Case_Name" else f"{self.project[0]}/{self.project}"

    @property
    def has_metadata(self):
        """Whether its metadata lies beside it; of some projects only, as in real pools."""
        return self.is_wheel and self.name in ("alpha", "beta", "Mixed.Case_Name", "epochal")

    @property
    def has_signature(self):
        return self.name == "universal" and self.version == "1.0"

    @cached_property
    def metadata(self):
        lines = ["Metadata-Version: 2.1", f"Name: {self.name}", f"Version: {self.version}"]
        lines += [f"Requires-Dist: {requirement}" for requirement in self.requires]
        if "alpha[extra]" in "".join(self.requires) or self.name == "alpha":
            lines.append("Provides-Extra: extra")
        if self.requires_python is not None:
            lines.append(f"Requires-Python: {self.requires_python}")
        return ("\n".join(lines) + "\n").encode()

    @cached_property
    def content(self):
        return self._wheel() if self.is_wheel else self._archive()

    @property
    def _padding(self):
        return random.Random(self.filename).randbytes(self.padding)

    def _wheel(self):
        info = f"{self.module}-{self.version}.dist-info"
        tag = self.ending.removesuffix(".whl").split("-")[-3:]
        pure = str(tag[1] == "none").lower()
        files = {
            f"{self.module}/__init__.py": f"version = {self.version!r}\n".encode(),
            f"{self.module}/data": self._padding,
            f"{info}/METADATA": self.metadata,
            f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: {pure}\n"
            f"Tag: {'-'.join(tag)}\n".encode(),
        }
        rows = [f"{name},sha256={urlsafe_digest(data)},{len(data)}" for name, data in files.items()]
        files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
        return _zip(files)

    def _archive(self):
        stem = f"{self.module}-{self.version}"
        files = {
            "PKG-INFO": self.metadata,
            "pyproject.toml": PROJECT.encode(),
            "backend.py": BACKEND.format(stem=stem, module=self.module).encode(),
            f"{self.module}.py": f"version = {self.version!r}\n".encode(),
            "data": self._padding,
        }
        files = {f"{self.stem}/{name}": data for name, data in files.items()}
        return _zip(files) if self.ending == ".zip" else _tar(files)


def _zip(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _tar(files):
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for name, data in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                member.mtime = 1_700_000_000  # A wheel cannot hold a time before 1980.
                archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def _times():
    """Times of uploads, without end; no two fall on one day."""
    for text in TIMES:
        yield datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
    time = datetime(2010, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    while True:
        yield time
        time += timedelta(days=67, hours=5, minutes=7, seconds=11)


def _distributions():
    times = _times()
    for name, version, endings, facts in ROWS:
        for ending in endings:
            yield Distribution(name, version, ending, int(next(times).timestamp()), **facts)


DISTRIBUTIONS = list(_distributions())


@dataclass(frozen=True)
class File:
    """What is true of a file of the pool."""

    filename: str
    project: str
    version: str
    #: Its path in the nested layout.
    path: str
    size: int
    sha256: str
    time: int
    requires_python: str | None
    yanked: str | None
    #: The digest of what lies beside it; nil if nothing does.
    metadata_sha256: str | None
    has_signature: bool


@dataclass(frozen=True)
class Pool:
    """A folder with the three layouts."""

    root: Path

    @property
    def flat(self):
        return self.root / "flat"

    @property
    def nested(self):
        return self.root / "nested"

    @property
    def projects(self):
        return self.root / "projects"


def build(root):
    """Makes the pool in a folder that exists."""
    pool = Pool(root)
    for folder in (pool.flat, pool.nested, pool.projects, pool.flat / ODD_FOLDER):
        folder.mkdir()
    for name in OTHERS:
        _write(pool.flat / name, f"{name}\n".encode(), 1_600_000_000)
        _link(pool.flat / name, pool.nested)
        _link(pool.flat / name, pool.flat / ODD_FOLDER)
    for distribution in DISTRIBUTIONS:
        path = pool.flat / distribution.filename
        _write(path, distribution.content, distribution.time)
        _link(path, pool.nested / distribution.folder)
        _link(path, pool.projects / distribution.project)
        beside = {}
        if distribution.has_metadata:
            beside[".metadata"] = distribution.metadata
        if distribution.has_signature:
            beside[".asc"] = b"-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n"
        for ending, data in beside.items():
            sibling = path.with_name(path.name + ending)
            _write(sibling, data, distribution.time)
            _link(sibling, pool.nested / distribution.folder)
    return pool


def _write(path, data, time):
    path.write_bytes(data)
    os.utime(path, (time, time))


def _link(path, folder):
    folder.mkdir(parents=True, exist_ok=True)
    os.link(path, folder / path.name)


def truth():
    """The files of the pool by name, as the recipe has them: nothing is read back from a disk."""
    return {
        distribution.filename: File(
            filename=distribution.filename,
            project=distribution.project,
            version=distribution.version,
            path=f"{distribution.folder}/{distribution.filename}",
            size=len(distribution.content),
            sha256=hashlib.sha256(distribution.content).hexdigest(),
            time=distribution.time,
            requires_python=distribution.requires_python,
            yanked=distribution.yanked,
            metadata_sha256=hashlib.sha256(distribution.metadata).hexdigest()
            if distribution.has_metadata
            else None,
            has_signature=distribution.has_signature,
        )
        for distribution in DISTRIBUTIONS
    }
