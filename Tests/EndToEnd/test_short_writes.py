"""Writes that are interrupted, or take a part of what they are given, leave no trace.

A small library in C that is loaded before the C library shortens each write; strace interrupts them.
"""

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from support.publisher import Publisher, names

SINKS = {
    "generation": {"type": "filesystem", "path": "public"},
    "files": {"type": "filesystem", "path": "public", "mode": "files"},
    "tar": {"type": "tarball", "path": "public/index.tar"},
    "tar.gz": {"type": "tarball", "path": "public/index.tar.gz"},
    "tar.zst": {"type": "tarball", "path": "public/index.tar.zst"},
    "zip": {"type": "tarball", "path": "public/index.zip"},
}


class Shortened:
    """The environment of a program whose writes are short, and how often they were."""

    def __init__(self, folder):
        compiler = shutil.which("clang") or shutil.which("cc")
        assert compiler, "no C compiler; Swift comes with clang"
        source = Path(__file__).parent / "support/short_writes.c"
        library, self.counts = folder / "short_writes.so", folder / "counts"
        flags = ["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library]
        subprocess.run([compiler, *flags, source], check=True)
        self.counts.write_bytes(bytes(12))
        self.environment = {"LD_PRELOAD": str(library), "SHORT_WRITES": str(self.counts)}

    @property
    def seen(self):
        """The number of writes, of those interrupted, and of those shortened."""
        return struct.unpack("3I", self.counts.read_bytes())


@pytest.fixture
def shortened(tmp_path):
    return Shortened(tmp_path)


def published(larder, folder, sink, run):
    """What a sink holds after two publications, and what the second one said."""
    folder.mkdir()
    publisher = Publisher(larder, folder, {**sink, "path": str(folder / sink["path"])})
    (folder / "public/pool").mkdir(parents=True)
    (folder / "public/pool/a-1.0.zip").write_bytes(bytes(range(256)) * 999)
    for items in (names(9), names(12, "2.0")[3:]):
        status, said = run(publisher, items)
        assert status == 0, said
    paths = [path for path in (folder / "public").rglob("*") if path.is_file()]
    tree = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    assert len(tree) > 1
    return tree, re.sub(r"\d+(\.\d+)? m?s\b", "", said.replace(str(folder), ""))


def plainly(publisher, items):
    done = publisher.run(items)
    return done.status, done.stderr


@pytest.mark.parametrize("name", SINKS)
def test_short_writes_change_nothing(larder, shortened, tmp_path, name):
    """Check 5: each write takes a part of its bytes, or nothing; the result is the same."""
    expected = published(larder, tmp_path / "expected", SINKS[name], plainly)

    def run(publisher, items):
        publisher.environment = shortened.environment
        return plainly(publisher, items)

    assert published(larder, tmp_path / "short", SINKS[name], run) == expected
    writes, interrupted, cut = shortened.seen
    print(f"{name}: {writes} writes, {interrupted} interrupted, {cut} shortened")
    assert interrupted > 5 and cut > 10


@pytest.mark.parametrize("name", ["generation", "files", "tar.zst"])
def test_interrupted_writes_change_nothing(larder, tmp_path, name):
    """Check 5: the kernel interrupts every other write, the first one or the second one first."""
    expected = published(larder, tmp_path / "expected", SINKS[name], plainly)
    for first in (1, 2):
        log, interrupted = tmp_path / "strace.log", []

        def run(publisher, items, first=first, log=log, interrupted=interrupted):
            fault = f"inject=write,pwrite64:error=EINTR:when={first}+2"
            command = ["strace", "-f", "-qq", "-o", log, "-e", "trace=write,pwrite64", "-e", fault]
            command = map(str, [*command, *publisher.command(items)])
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
            interrupted.append(log.read_text().count("(INJECTED)"))
            return done.returncode, done.stderr

        assert published(larder, tmp_path / f"from-{first}", SINKS[name], run) == expected
        assert min(interrupted) > 3, interrupted


def test_a_program_that_does_not_look_would_lose_bytes(shortened, tmp_path):
    """What the tests above would see of a publisher that takes each write for whole."""
    program = "import os, sys; os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b'x' * 999)"
    subprocess.run(
        [sys.executable, "-S", "-c", program, tmp_path / "page"],
        env=shortened.environment, check=True,
    )  # fmt: skip
    assert (tmp_path / "page").stat().st_size < 999
