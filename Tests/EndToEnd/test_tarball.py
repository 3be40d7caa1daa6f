"""An index as one archive: every program unpacks the same tree, and the same input makes the same bytes.

LARDER_KILLS is the number of random moments at which a run is killed, 40 if it is not given.
"""

import collections
import fcntl
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import tarfile
import time
import zipfile

import pytest

from support.larder import finish
from support.records import rich_list

KILLS = int(os.environ.get("LARDER_KILLS", "40"))
NAMES = ["x.tar", "x.tar.gz", "x.tgz", "x.tar.zst", "x.tar.xz", "x.zip"]
#: A path over 100 bytes, one that no header of ustar holds, and one over 256.
LONG = [
    {"filename": "n" * 90 + "-1.0.tar.gz"},
    {"filename": "m" * 180 + "-1.0.tar.gz"},
    {"filename": "o" * 126 + "-" + "1." * 60 + "1.tar.gz"},
]


def records(seed=1):
    return [distribution.record for distribution in rich_list(seed)] + LONG


def pipeline_of(folder, items, name, also_tree=False, **fields):
    """A pipeline that makes an archive of a list, and the tree beside it if it is asked for."""
    folder.mkdir(exist_ok=True)
    (folder / "list.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    sinks = [{"type": "tarball", "id": "archive", "path": name} | fields]
    if also_tree:
        sinks.append({"type": "filesystem", "path": "public"})
    path = folder / "pipeline.json"
    source = {"type": "file", "path": "list.jsonl", "on_error": "skip"}
    path.write_text(
        json.dumps({"version": 1, "sources": [source], "render": {}, "sinks": sinks})
    )
    return path


def run(larder, pipeline, status=0):
    done = finish([larder.binary, "run", pipeline], pipeline.parent / "run")
    assert done.status == status, done.stderr
    return done


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def quiet(command, **options):
    """Runs a program that must succeed and say nothing."""
    done = subprocess.run([str(part) for part in command], capture_output=True, **options)
    assert (done.returncode, done.stderr) == (0, b""), (command, done.stderr[:2000])
    return done.stdout


# Programs that unpack it.


def python(archive, target):
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            assert opened.testzip() is None
            opened.extractall(target)
    elif archive.suffix == ".zst":
        content = quiet(["zstd", "-dc", archive])
        (target.parent / "python.tar").write_bytes(content)
        with tarfile.open(target.parent / "python.tar") as opened:
            opened.extractall(target, filter="data")
    else:
        with tarfile.open(archive) as opened:
            opened.extractall(target, filter="data")


def gnu_tar(archive, target):
    quiet(["tar", "-C", target, "-xf", archive])


def bsdtar(archive, target):
    # In no language at all: what is not ASCII must not disturb it.
    quiet(["bsdtar", "-C", target, "-xf", archive], env=os.environ | {"LC_ALL": "C"})


def unzip(archive, target):
    quiet(["unzip", "-q", archive, "-d", target])


def through(program):
    def unpack(archive, target):
        content = quiet([program, "-dc", archive])
        quiet(["tar", "-C", target, "-x"], input=content)

    return unpack


READERS = [
    *((name, reader) for name in NAMES for reader in (python, bsdtar)),
    *((name, gnu_tar) for name in NAMES if name != "x.zip"),
    ("x.zip", unzip), ("x.tar.gz", through("gzip")), ("x.tar.zst", through("zstd")),
    ("x.tar.xz", through("xz")),
]  # fmt: skip


@pytest.fixture(scope="module")
def published(larder, tmp_path_factory):
    """An archive of each kind, with the tree that a web server would serve."""
    folder = tmp_path_factory.mktemp("archives")
    for name in NAMES:
        run(larder, pipeline_of(folder / name, records(), name, also_tree=True))
    return folder


@pytest.mark.parametrize("name, reader", READERS)
def test_every_program_unpacks_the_tree(published, tmp_path, name, reader):
    target = tmp_path / "tree"
    target.mkdir()
    reader(published / name / name, target)
    assert tree(target) == tree(published / name / "public")


@pytest.mark.parametrize("name", NAMES)
def test_programs_find_no_fault_in_it(published, name):
    archive = published / name / name
    checks = {"gz": "gzip", "tgz": "gzip", "zst": "zstd", "xz": "xz"}
    if name.endswith(".zip"):
        quiet(["unzip", "-tqq", archive])
    elif (kind := name.rpartition(".")[2]) in checks:
        quiet([checks[kind], "-tq", archive])


def test_a_tar_archive_tells_nothing_of_who_made_it(published):
    with tarfile.open(published / "x.tar" / "x.tar") as archive:
        members = archive.getmembers()
    paths = [member.name.encode() for member in members]
    assert paths == sorted(paths) and len(set(paths)) == len(paths)
    assert max(map(len, paths)) > 256
    facts = {(m.uid, m.gid, m.uname, m.gname, m.mode, m.type) for m in members}
    assert facts == {(0, 0, "", "", 0o644, tarfile.REGTYPE)}
    assert not any(path.startswith(b"/") or b".." in path.split(b"/") for path in paths)
    for member in members:
        fits = len(member.name) <= 100 or any(
            c == "/" and i <= 155 and len(member.name) - i - 1 <= 100
            for i, c in enumerate(member.name)
        )
        # One of them all, which says how the archive was made.
        comment = {"comment": "Larder index; none; mtime newest upload"}
        assert member.pax_headers == comment | ({} if fits else {"path": member.name})


def test_the_files_are_as_old_as_the_newest_upload(larder, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    items = [
        {"filename": "a-1.0.zip", "upload_time": "2024-05-06T07:08:09.5Z"},
        {"filename": "b-1.0.zip", "upload_time": "2023-05-06T07:08:09Z", "summary": '"upload_time":"2099-01-01T00:00:00Z"'},
    ]  # fmt: skip

    def times(**fields):
        run(larder, pipeline_of(tmp_path, items, "x.tar", **fields))
        with tarfile.open(tmp_path / "x.tar") as archive:
            return {member.mtime for member in archive}

    assert times() == {1714979289}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert times() == {1234567890}
    assert times(mtime="2026-11-22T00:00:00Z") == {1795305600}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    run(larder, pipeline_of(tmp_path, items, "x.zip"))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert {member.date_time for member in archive.infolist()} == {(2024, 5, 6, 7, 8, 8)}
    items = [{"filename": "a-1.0.zip"}]
    assert times() == {0}


def test_a_zip_archive_with_more_members_than_16_bits_count(larder, tmp_path):
    items = [{"filename": f"p{n}-1.0.zip"} for n in range(14_000)]
    run(larder, pipeline_of(tmp_path, items, "x.zip", level=1))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        names = set(archive.namelist())
        assert len(names) > 65_535
        assert archive.read("simple/p9999/index.html").startswith(b"<!DOCTYPE html>")
    quiet(["unzip", "-tqq", tmp_path / "x.zip"])
    assert set(quiet(["bsdtar", "-tf", tmp_path / "x.zip"]).decode().split("\n")) - {""} == names


def test_a_prefix_is_a_folder_in_it(larder, tmp_path):
    run(larder, pipeline_of(tmp_path, LONG, "x.tar", also_tree=True, prefix="a/b"))
    (tmp_path / "out").mkdir()
    gnu_tar(tmp_path / "x.tar", tmp_path / "out")
    assert tree(tmp_path / "out/a/b") == tree(tmp_path / "public")


# The same bytes.


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_makes_the_same_bytes_anywhere(larder, published, tmp_path, name):
    digests = {digest(published / name / name)}
    surroundings = [
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}, 0o077, "0"),
        ({"TZ": "America/St_Johns", "LC_ALL": "C"}, 0o000, None),
        ({"TZ": "", "LC_ALL": "C.UTF-8"}, 0o022, None),
    ]
    for number, (environment, mask, cores) in enumerate(surroundings):
        folder = tmp_path / f"in {number}"
        shuffled = records()
        random.Random(number).shuffle(shuffled)
        # A little memory: pages wait in a file of another folder.
        fields = {"memory": "64KiB"} if number == 1 else {}
        pipeline_of(folder, shuffled, name, **fields)
        (folder / "temporary").mkdir()
        command = ["taskset", "-c", cores] if cores else []
        subprocess.run(
            [*command, larder.binary, "run", "pipeline.json" if number else str(folder / "pipeline.json")],
            cwd=folder if number else "/", umask=mask, check=True, capture_output=True,
            env=os.environ | environment | {"TMPDIR": str(folder / "temporary")},
        )  # fmt: skip
        assert os.listdir(folder / "temporary") == []
        digests.add(digest(folder / name))
    assert len(digests) == 1


# What becomes of the archive that is there.


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_says_what_would_change_in_it(larder, tmp_path, name):
    pipeline = pipeline_of(tmp_path, [{"filename": "a-1.zip"}, {"filename": "b-1.zip"}], name)
    run(larder, pipeline)
    before = digest(tmp_path / name)
    pipeline_of(tmp_path, [{"filename": "a-2.zip"}, {"filename": "c-1.zip"}], name)
    done = finish(
        [larder.binary, "plan", pipeline, "--format", "json"], tmp_path / "plan", report=False
    )
    (planned,) = json.loads(done.stdout)["sinks"]
    assert "simple/a/index.html" in planned["changed_pages"]
    assert "simple/b/index.html" in planned["removed_pages"]
    assert "simple/c/index.html" in planned["added_pages"]
    assert digest(tmp_path / name) == before
    report = run(larder, pipeline).report
    for key in ("added", "changed", "removed", "unchanged"):
        assert report["sinks"][0][key] == planned[key]


@pytest.mark.parametrize("name", NAMES)
def test_an_unchanged_run_writes_nothing(larder, tmp_path, name):
    assert shutil.which("strace"), "install strace"
    pipeline = pipeline_of(tmp_path, LONG, name)
    run(larder, pipeline)
    before = (tmp_path / name).stat()
    log = tmp_path / "strace.log"
    quiet_run = subprocess.run(
        ["strace", "-ff", "-y", "-o", log, "-e", "trace=write,pwrite64,rename,renameat,renameat2,"
         "unlink,unlinkat,mkdirat,openat,fchmod,fchown,utimensat,ftruncate,fsync",
         larder.binary, "run", pipeline],
        capture_output=True,
    )  # fmt: skip
    assert quiet_run.returncode == 0, quiet_run.stderr
    # One file for each thread.
    lines = [line for path in tmp_path.glob("strace.log.*") for line in path.read_text().splitlines()]
    calls = [line for line in lines if str(tmp_path) in line]
    assert any(name in line for line in calls), "the trace shows nothing"
    changing = [
        line for line in calls
        if not line.startswith("openat(") or "O_WRONLY" in line or "O_CREAT" in line
    ]  # fmt: skip
    # The lock is opened, and is there already.
    assert [line for line in changing if "larder-lock" not in line] == []
    after = (tmp_path / name).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_another_time_or_level_makes_another_archive_of_the_same_pages(larder, tmp_path):
    run(larder, pipeline_of(tmp_path, LONG, "x.tar.gz"))
    digests = {digest(tmp_path / "x.tar.gz")}
    early = {"mtime": "2020-01-01T00:00:00Z"}
    for fields in ({"level": 1}, early, {"level": 1} | early):
        run(larder, pipeline_of(tmp_path, LONG, "x.tar.gz", **fields))
        digests.add(digest(tmp_path / "x.tar.gz"))
    assert len(digests) == 4


@pytest.mark.parametrize("name", NAMES)
def test_one_change_makes_the_archive_that_a_first_run_makes(larder, tmp_path, name):
    items = records(4)
    run(larder, pipeline_of(tmp_path / "changed", items[1:], name))
    for folder in ("changed", "new"):
        run(larder, pipeline_of(tmp_path / folder, items, name))
    assert digest(tmp_path / "changed" / name) == digest(tmp_path / "new" / name)


def test_a_tree_beside_it_gets_the_same_pages(larder, tmp_path):
    for items in (records(6), records(6)[2:], records(6)[1:]):
        run(larder, pipeline_of(tmp_path, items, "x.tar.gz", also_tree=True))
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        (tmp_path / "out").mkdir()
        gnu_tar(tmp_path / "x.tar.gz", tmp_path / "out")
        assert tree(tmp_path / "out") == tree(tmp_path / "public")


@pytest.mark.parametrize("name", NAMES)
def test_a_change_mends_what_nobody_had_looked_at(larder, tmp_path, name):
    """Of an archive that says how it was made, only that is read: all else is made anew."""
    run(larder, pipeline_of(tmp_path / "damaged", records(5), name))
    archive = tmp_path / "damaged" / name
    content = bytearray(archive.read_bytes())
    place = len(content) * 9 // 10
    content[place : place + 8] = bytes(byte ^ 0x55 for byte in content[place : place + 8])
    archive.write_bytes(content)
    for folder in ("damaged", "new"):
        run(larder, pipeline_of(tmp_path / folder, records(5)[1:], name))
    assert digest(archive) == digest(tmp_path / "new" / name)


@pytest.mark.parametrize("name", ["x.tar", "x.zip"])
def test_an_archive_of_something_else_is_not_replaced(larder, tmp_path, name):
    (tmp_path / "file.txt").write_text("precious")
    kind = "zip" if name == "x.zip" else "tar"
    shutil.make_archive(str(tmp_path / "x"), kind, tmp_path, "file.txt")
    before = digest(tmp_path / name)
    done = run(larder, pipeline_of(tmp_path, LONG, name), status=74)
    assert "unreadable-archive" in done.stderr and "no page of an index" in done.stderr
    assert digest(tmp_path / name) == before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fields", [{}, {"mtime": "2020-01-01T00:00:00Z"}])
def test_guards_know_what_is_in_it(larder, tmp_path, name, fields):
    """From what it says of itself, and from its pages if it was made another way."""
    items = [{"filename": f"p{n}-1.0.zip"} for n in range(20)]
    run(larder, pipeline_of(tmp_path, items, name, **fields))
    before = digest(tmp_path / name)
    pipeline = pipeline_of(tmp_path, items[:10], name)
    content = json.loads(pipeline.read_text()) | {"guards": {"max_removed_projects": "10%"}}
    pipeline.write_text(json.dumps(content))
    done = run(larder, pipeline, status=1)
    assert "guard-max-removed" in done.stderr and "10 of 20 projects" in done.stderr
    assert digest(tmp_path / name) == before


def test_another_prefix_does_not_make_the_guards_blind(larder, tmp_path):
    run(larder, pipeline_of(tmp_path, LONG, "x.tar.gz", prefix="a"))
    done = run(larder, pipeline_of(tmp_path, LONG, "x.tar.gz", prefix="b"), status=74)
    assert 'in its folder "b"' in done.stderr and "move it away" in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_that_tar_made_of_a_tree_is_taken_over(larder, tmp_path, name):
    command = ["bsdtar", "--format", "zip", "-cf"] if name == "x.zip" else ["tar", "-acf"]
    pipeline = pipeline_of(tmp_path, records(), name, also_tree=True)
    run(larder, pipeline)
    whole = digest(tmp_path / name)
    quiet([*command, tmp_path / name, "-C", tmp_path / "public", "."])
    assert digest(tmp_path / name) != whole
    report = run(larder, pipeline).report
    assert report["sinks"][0]["unchanged"] > 0 == report["sinks"][0]["changed"]
    assert digest(tmp_path / name) == whole


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_archive_is_an_error_never_an_empty_index(larder, tmp_path, name):
    pipeline = pipeline_of(tmp_path, records(2), name)
    run(larder, pipeline)
    whole = (tmp_path / name).read_bytes()
    numbers = random.Random(3)
    cuts = [0, 1, len(whole) // 2, *(numbers.randrange(len(whole) - 1100) for _ in range(12))]
    if name == "x.tar":
        # Between two files, where the archive is whole but for its end.
        with tarfile.open(tmp_path / name) as archive:
            cuts += [member.offset for member in archive.getmembers()[1::40]]
    pipeline_of(tmp_path, records(3), name)
    for cut in cuts:
        (tmp_path / name).write_bytes(whole[:cut])
        done = run(larder, pipeline, status=74)
        assert "unreadable-archive" in done.stderr and "move it away" in done.stderr
        assert (tmp_path / name).read_bytes() == whole[:cut]


def test_the_place_of_an_archive_may_be_a_link_and_keeps_its_permissions(larder, tmp_path):
    pipeline = pipeline_of(tmp_path, LONG, "x.tar")
    (tmp_path / "real").mkdir()
    (tmp_path / "x.tar").symlink_to("real/y.tar")
    run(larder, pipeline)
    assert (tmp_path / "x.tar").is_symlink() and (tmp_path / "real/y.tar").exists()
    (tmp_path / "real/y.tar").chmod(0o640)
    run(larder, pipeline_of(tmp_path, records(), "x.tar"))
    assert (tmp_path / "real/y.tar").stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path / "real")) == [".y.tar.larder-lock", "y.tar"]


def test_a_folder_is_no_archive(larder, tmp_path):
    (tmp_path / "x.tar").mkdir()
    done = run(larder, pipeline_of(tmp_path, LONG, "x.tar"), status=74)
    assert "not-an-archive" in done.stderr


# Whatever happens to a run, the old archive or the new one is there.


def test_a_killed_run_leaves_the_old_archive_or_the_new_one(larder, tmp_path):
    lists = {
        name: [{"filename": f"{name}{n}-1.0.zip"} for n in range(3000)] for name in ("old", "new")
    }
    digests, seconds = {}, 0
    for name, items in lists.items():
        pipeline = pipeline_of(tmp_path, items, "x.tar")
        start = time.monotonic()
        run(larder, pipeline)
        seconds = max(seconds, time.monotonic() - start)
        digests[digest(tmp_path / "x.tar")] = name
    rng, counts = random.Random(7), collections.Counter()
    served = "new"
    for number in range(KILLS):
        other = "old" if served == "new" else "new"
        pipeline = pipeline_of(tmp_path, lists[other], "x.tar")
        killed = subprocess.Popen(
            [larder.binary, "run", pipeline], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0, seconds * 1.1))
        killed.kill()
        counts["killed" if killed.wait() == -signal.SIGKILL else "ended"] += 1
        counts["orphans"] += (tmp_path / ".x.tar.larder-next").exists()
        state = digests.get(digest(tmp_path / "x.tar"))
        assert state, f"kill {number} left a cut archive"
        served = state
        if number % 4 == 3:
            other = "old" if served == "new" else "new"
            run(larder, pipeline_of(tmp_path, lists[other], "x.tar"))
            served = other
            assert not (tmp_path / ".x.tar.larder-next").exists()
    print(dict(counts))
    assert counts["killed"] > KILLS / 2, "the runs were too quick to be killed"


def test_what_a_killed_run_left_is_removed(larder, tmp_path):
    orphan = tmp_path / ".x.tar.larder-next"
    foreign = tmp_path / ".y.tar.larder-next"
    pipeline = pipeline_of(tmp_path, LONG, "x.tar")
    orphan.write_bytes(b"half")
    foreign.write_bytes(b"of another archive")
    run(larder, pipeline)
    assert not orphan.exists() and foreign.exists()


@pytest.mark.parametrize("call", ["write", "fsync", "renameat", "close"])
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_failing_call_leaves_the_old_archive(larder, tmp_path, call, error):
    pipeline = pipeline_of(tmp_path, [{"filename": "a-1.zip"}], "x.tar")
    run(larder, pipeline)
    before = digest(tmp_path / "x.tar")
    pipeline_of(tmp_path, records(), "x.tar")
    new = tmp_path / ".x.tar.larder-next"
    # What is renamed is named from the folder on.
    concerned = tmp_path if call == "renameat" else new
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", tmp_path / "log", "-e", f"trace={call}",
         "-e", f"inject={call}:error={error}:when=1", "-P", concerned, larder.binary, "run", pipeline],
        capture_output=True, text=True,
    )  # fmt: skip
    assert "(INJECTED)" in (tmp_path / "log").read_text(), "the call does not occur"
    assert done.returncode == 74 and f"({error})" in done.stderr, done.stderr
    assert str(tmp_path / "x.tar") in done.stderr
    assert digest(tmp_path / "x.tar") == before and not new.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_the_old_archive(larder, tmp_path, name):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk], capture_output=True
    )
    assert mount.returncode == 0, "mounting a tmpfs needs root"
    try:
        items = [{"filename": "a-1.zip"}]
        pipeline = pipeline_of(tmp_path, items, f"disk/{name}")
        run(larder, pipeline)
        before = digest(disk / name)
        size = (disk / name).stat().st_size
        # Leave less room than any new archive needs.
        free = os.statvfs(disk).f_bavail * 4096
        (disk / "filler").write_bytes(b"x" * (free - 8192))
        pipeline_of(tmp_path, records(), f"disk/{name}")
        done = run(larder, pipeline, status=74)
        assert "disk-full" in done.stderr and "(ENOSPC)" in done.stderr
        assert digest(disk / name) == before and (disk / name).stat().st_size == size
        assert not (disk / f".{name}.larder-next").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_two_runs_at_once_do_not_disturb_each_other(larder, tmp_path):
    pipeline = pipeline_of(tmp_path, LONG, "x.tar")
    with open(tmp_path / ".x.tar.larder-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run(larder, pipeline, status=75)
        assert "locked" in done.stderr and not (tmp_path / "x.tar").exists()
    run(larder, pipeline)


# What a pipeline file may say.


@pytest.mark.parametrize(
    "name, fields, said",
    [
        ("x.bin", {}, "does not tell what kind of archive"),
        ("x.zip", {"compression": "zstd"}, "no zip archive is compressed with zstd"),
        ("x.tar", {"compression": "deflate"}, "no tar archive is compressed with deflate"),
        ("x.tar", {"level": 3}, 'there is no "level" without a compression'),
        ("x.tar.gz", {"level": 13}, '"level" must be 1 to 12 for gzip'),
        ("x.tar", {"prefix": "../up"}, '"prefix" must be a relative path'),
        ("x.tar", {"prefix": "/root"}, '"prefix" must be a relative path'),
        ("x.tar", {"mtime": "yesterday"}, "is no time from 1970 to 2242"),
        ("x.tar", {"mtime": "1969-01-01T00:00:00Z"}, "is no time from 1970 to 2242"),
    ],
)
def test_what_makes_no_sense_is_refused(larder, tmp_path, name, fields, said):
    pipeline = pipeline_of(tmp_path, LONG, name, **fields)
    done = finish([larder.binary, "check", pipeline], tmp_path / "check", report=False)
    assert done.status != 0 and said in done.stderr + done.stdout


@pytest.mark.parametrize("fields", [{"compression": "zstd"}, {"format": "zip"}, {"format": "tar"}])
def test_a_name_that_tells_nothing_needs_a_format(larder, tmp_path, fields):
    run(larder, pipeline_of(tmp_path, LONG, "x.bin", also_tree=True, **fields))
    (tmp_path / "out").mkdir()
    quiet(["bsdtar", "-C", tmp_path / "out", "-xf", tmp_path / "x.bin"])
    assert tree(tmp_path / "out") == tree(tmp_path / "public")
