"""Archives that are built to deceive: each is refused for what is wrong with it, soon, in one line.

The shapes are those that PyPI takes and refuses; our own generator writes them.
"""

import gzip
import io
import json
import os
import re
import struct
import tarfile
import zipfile
import zlib

import pytest

from support import zips
from support.larder import finish
from support.process_meter import metered


def directory_pipeline(folder, **fields):
    pipeline = folder / "pipeline.json"
    source = {"type": "directory", "path": "wheels"} | fields
    pipeline.write_text(
        json.dumps(
            {
                "version": 1,
                "sources": [source],
                "render": {},
                "sinks": [{"type": "filesystem", "path": "public"}],
            }
        )
    )
    return pipeline


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    monkeypatch.setenv("LARDER_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


def records(folder):
    lines = (folder / "public/larder/records.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_each_shape_is_taken_or_refused_as_by_pypi(larder, wheels, tmp_path):
    good, bad = zips.good_archives(), zips.bad_archives()
    assert len(good) >= 10 and len(bad) >= 35
    for project, content in good.items():
        (wheels / zips.filename(project)).write_bytes(content)
        # The generator writes real archives, so that one trick is the only thing that is wrong.
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    for project, (content, _) in bad.items():
        (wheels / zips.filename(project)).write_bytes(content)
    done = finish([larder.binary, "run", directory_pipeline(tmp_path, on_error="skip")], tmp_path / "r")
    assert done.status == 0, done.stderr
    assert {record["filename"] for record in records(tmp_path)} == set(map(zips.filename, good))
    assert {record["summary"] for record in records(tmp_path)} == {"made by hand"}
    reasons = {line["text"]: line["reason"] for line in done.report["skipped"]}
    assert set(reasons) == set(map(zips.filename, bad))
    for project, (_, problem) in bad.items():
        assert re.search(problem, reasons[zips.filename(project)]), (project, reasons)


def test_the_first_broken_distribution_stops_the_run(larder, wheels, tmp_path):
    for project in ("b_bad", "a_bad"):
        (wheels / zips.filename(project)).write_bytes(b"no wheel")
    done = finish([larder.binary, "run", directory_pipeline(tmp_path)], tmp_path / "r")
    assert done.status == 65
    assert "wheels/a_bad-1.0-py3-none-any.whl: it is no zip archive" in done.stderr
    assert '"on_error": "skip"' in done.stderr


GIBIBYTE = 1 << 30


def zeros():
    """A gibibyte, deflated: the same block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    return b"".join([packer.compress(block) for _ in range(1 << 10)] + [packer.flush()])


class Bomb(zips.Member):
    """METADATA that is a gibibyte of zeros."""

    packed = None

    def data(self):
        Bomb.packed = Bomb.packed or zeros()
        return Bomb.packed


def bomb(project, size):
    members = zips.wheel_members(project)
    facts = {"size": size, "checksum": 0}
    members[1] = Bomb(members[1].name, local=facts, central=facts)
    return zips.archive(members)


def second_metadata(project):
    other = zips.Member(b"other-1.0.dist-info/METADATA", zips.metadata("other"))
    return zips.archive([*zips.wheel_members(project), other])


def lying_header(project):
    members = zips.wheel_members(project)
    members[1].local = {"size": 1, "packed": 1}
    return zips.archive(members)


def many_members(project):
    members = zips.wheel_members(project)
    return zips.archive([*members, *(zips.Member(b"%d" % n, method=0) for n in range(100_000))], zip64={})


def many_members_under_a_small_count(project):
    members = zips.wheel_members(project)
    members += [zips.Member(b"%d" % n, method=0) for n in range(60_000)]
    return zips.archive(members, on_disk=4, count=4)


def source_bomb(_):
    """A source archive whose first file is a gibibyte, so that PKG-INFO comes late."""
    header = tarfile.TarInfo("a-1.0/large")
    header.size = GIBIBYTE
    block = bytes(1 << 20)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(header.tobuf())
        for _ in range(1 << 10):
            stream.write(block)
    return packed.getvalue()


def many_files(_):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for number in range(100_000):
            archive.addfile(tarfile.TarInfo(f"a-1.0/{number}"))
    return packed.getvalue()


BOMBS = {
    "honest_bomb-1.0-py3-none-any.whl": (lambda name: bomb(name, GIBIBYTE), "50 times|10 MiB"),
    "lying_bomb-1.0-py3-none-any.whl": (lambda name: bomb(name, 100), "damaged"),
    "two_metadata-1.0-py3-none-any.whl": (second_metadata, "two METADATA files"),
    "lying_header-1.0-py3-none-any.whl": (lying_header, "contradicts the directory"),
    "many-1.0-py3-none-any.whl": (many_members, "65,535"),
    "uncounted-1.0-py3-none-any.whl": (many_members_under_a_small_count, "not as many members"),
    "source_bomb-1.0.tar.gz": (source_bomb, "50 times"),
    "many_files-1.0.tar.gz": (many_files, "65,535"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_two_seconds_and_128_mib(larder, wheels, tmp_path, name):
    make, problem = BOMBS[name]
    (wheels / name).write_bytes(make(name.partition("-")[0]))
    pipeline = directory_pipeline(tmp_path)
    used = metered([larder.binary, "run", pipeline], cpu_seconds=2)
    assert used.status == 65, used.stderr
    assert re.search(problem, used.stderr), used.stderr
    assert used.peak_memory <= 128 << 20


def test_a_wheel_that_is_cut_anywhere_is_refused(larder, wheels, tmp_path):
    whole = zips.archive(zips.wheel_members("acme"))
    for end in range(len(whole)):
        (wheels / f"acme-{end}.0-py3-none-any.whl").write_bytes(whole[:end])
    done = finish([larder.binary, "run", directory_pipeline(tmp_path, on_error="skip")], tmp_path / "r")
    assert done.status == 0, done.stderr
    assert len(done.report["skipped"]) == len(whole) and records(tmp_path) == []


def test_a_wheel_with_one_byte_of_its_metadata_changed_is_refused(larder, wheels, tmp_path):
    """Whatever the byte does: the checksum, the two headers or the format gives it away."""
    members = zips.wheel_members("acme")
    whole = zips.archive(members)
    start = len(zips.local_header(members[0]) + members[0].data())
    end = start + len(zips.local_header(members[1]) + members[1].data())
    # The version that a reader needs, the time and the date say nothing of the content.
    silent = {start + 4, start + 5, *range(start + 10, start + 14)}
    # Of the flags, those that tell how hard deflate tried.
    changes = [place for place in range(start, end) if place not in silent and place not in
               (start + 6, start + 7)]
    for place in changes:
        changed = bytearray(whole)
        changed[place] ^= 0x55
        (wheels / f"acme-1.0-{place}-py3-none-any.whl").write_bytes(changed)
    done = finish([larder.binary, "run", directory_pipeline(tmp_path, on_error="skip")], tmp_path / "r")
    assert done.status == 0, done.stderr
    assert len(done.report["skipped"]) == len(changes)


def packed(kind, files):
    content = io.BytesIO()
    mode = {"tgz": "gz", "tar.gz": "gz", "tar.bz2": "bz2", "tar.xz": "xz"}.get(kind, "")
    with tarfile.open(fileobj=content, mode=f"w:{mode}") as archive:
        for name, text in files:
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return content.getvalue()


SOURCE = (b"Metadata-Version: 2.2\nName: acme\nVersion: 1.0\nSummary: from source\n"
          b"Requires-Dist: beta\nRequires-Python: >=3.9\n")
SOURCE_FACTS = {"summary": "from source", "requires_dist": ["beta"], "requires_python": ">=3.9"}


@pytest.mark.parametrize("kind", ["tar", "tar.gz", "tgz", "tar.bz2", "tar.xz", "tar.zst", "zip"])
@pytest.mark.parametrize("late", [False, True])
def test_every_kind_of_source_archive_is_read(larder, wheels, tmp_path, kind, late):
    files = [("acme-1.0/PKG-INFO", SOURCE), ("acme-1.0/acme.egg-info/PKG-INFO", b"Summary: wrong\n"),
             ("acme-1.0/src/data.bin", os.urandom(200_000))]
    files = files[::-1] if late else files
    path = wheels / f"acme-1.0.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files:
                archive.writestr(name, text)
    elif kind == "tar.zst":
        path.write_bytes(zstd_frame(packed("tar", files)))
    else:
        path.write_bytes(packed(kind, files))
    done = finish([larder.binary, "run", directory_pipeline(tmp_path)], tmp_path / "r")
    assert done.status == 0, done.stderr
    (record,) = records(tmp_path)
    assert {key: record[key] for key in SOURCE_FACTS} == SOURCE_FACTS


def zstd_frame(content):
    """A frame of Zstandard that compresses nothing. Source: RFC 8878, 3.1.1."""
    frame = b"\x28\xb5\x2f\xfd" + b"\x00\x58"
    pieces = [content[start : start + 65536] for start in range(0, len(content), 65536)]
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        frame += struct.pack("<L", len(piece) << 3 | is_last)[:3] + piece
    return frame


def test_requirements_that_a_build_may_change_are_not_known(larder, wheels, tmp_path):
    text = SOURCE.replace(b"2.2", b"2.1", 1)
    (wheels / "acme-1.0.tar.gz").write_bytes(packed("tar.gz", [("acme-1.0/PKG-INFO", text)]))
    assert finish([larder.binary, "run", directory_pipeline(tmp_path)], tmp_path / "r").status == 0
    (record,) = records(tmp_path)
    assert "requires_dist" not in record and record["requires_python"] == ">=3.9"


def test_an_egg_and_a_source_archive_without_metadata(larder, wheels, tmp_path):
    with zipfile.ZipFile(wheels / "acme-1.0-py3.9.egg", "w") as egg:
        egg.writestr("EGG-INFO/PKG-INFO", "Metadata-Version: 1.0\nName: acme\nSummary: an egg\n")
    (wheels / "plain-1.0.tar.gz").write_bytes(packed("tar.gz", [("plain-1.0/setup.py", b"")]))
    done = finish([larder.binary, "run", directory_pipeline(tmp_path)], tmp_path / "r")
    assert done.status == 0, done.stderr
    egg, plain = records(tmp_path)
    assert egg["summary"] == "an egg" and "summary" not in plain
    assert "plain-1.0.tar.gz holds no PKG-INFO" in done.stderr


@pytest.mark.parametrize(
    "filename, folder, said, problem",
    [
        ("acme-1.0", "acme-1.0", "acme 1.0", None),
        ("acme-1.0", "Acme-1.0.0", "ACME 1", None),
        ("acme_core-1.0+cpu.1", "acme_core-1.0+cpu.1", "acme.core 1.0+cpu-1", None),
        ("acme-1.0", "beta-1.0", "acme 1.0", "folder of its METADATA"),
        ("acme-1.0", "acme-2.0", "acme 1.0", "folder of its METADATA"),
        ("acme-1.0", "acme-1.0", "beta 1.0", "its METADATA is of"),
        ("acme-1.0", "acme-1.0", "acme 1.0.1", "its METADATA is of"),
        ("acme-1.0", "acme", "acme 1.0", "folder of its METADATA"),
    ],
)
def test_metadata_must_be_of_the_wheel(larder, wheels, tmp_path, filename, folder, said, problem):
    name, version = said.split()
    with zipfile.ZipFile(wheels / f"{filename}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{folder}.dist-info/METADATA",
                       f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    done = finish([larder.binary, "run", directory_pipeline(tmp_path)], tmp_path / "r")
    assert done.status == (65 if problem else 0), done.stderr
    assert (problem or "") in done.stderr
