"""Pages that are replaced one by one: a run that dies is mended by the next, and breaks no link.

LARDER_KILLS is the number of random moments at which a run is killed, 40 if it is not given.
"""

import fcntl
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from support.files import files_in
from support.html import anchors
from support.larder import Larder
from support.publisher import Publisher, kill, names

KILLS = int(os.environ.get("LARDER_KILLS", "40"))
INTENT = "larder/intent.json"
MANIFEST = "larder/manifest.jsonl"
NOBODY = 65534


@pytest.fixture
def publisher(larder, tmp_path):
    sink = {"type": "filesystem", "path": str(tmp_path / "public"), "mode": "files"}
    return Publisher(larder, tmp_path, sink)


def indexes(folder):
    """What readers may look at."""
    return {path: page for path, page in files_in(folder).items() if not path.startswith("larder/.larder-new")}


def assert_no_link_dangles(folder):
    root = folder / "simple"
    links = [anchor["href"] for anchor in anchors((root / "index.html").read_bytes())]
    assert links
    for link in links:
        assert (root / link / "index.html").is_file(), link


def test_a_run_that_was_killed_breaks_no_link_and_is_finished_by_the_next(publisher, tmp_path):
    rng, public = random.Random(11), tmp_path / "public"
    lists = names(600), names(1200, "2.0")[400:]
    expected = [publisher.expected(given) for given in lists]
    start = time.monotonic()
    assert publisher.run(lists[0], durable=False).status == 0
    seconds = time.monotonic() - start
    unfinished = 0
    for number in range(KILLS):
        child = publisher.start(lists[1 - number % 2], durable=False)
        time.sleep(rng.uniform(0, seconds))
        kill(child)
        assert_no_link_dangles(public)
        for path, page in files_in(public).items():
            if not path.startswith("larder/"):
                assert page in [tree.get(path) for tree in expected], path
        unfinished += (public / INTENT).exists()
        if number % 3 == 0:
            target = rng.randrange(2)
            run = publisher.run(lists[target], durable=False)
            assert run.status == 0, run.stderr
            assert files_in(public) == expected[target]
    print(f"{unfinished} of {KILLS} runs were killed while they replaced pages")
    assert unfinished > KILLS / 10


def test_the_other_mode_makes_everything_anew_after_a_run_that_was_killed(publisher, tmp_path):
    public = tmp_path / "public"
    assert publisher.run(names(3)).status == 0
    (public / INTENT).write_text('{"version":1,"stage":"writing"}')
    (public / "simple/project001/index.html").write_text("of the run that was killed")
    run = publisher.run(names(4), mode="generation")
    assert run.status == 0, run.stderr
    assert files_in(public) == publisher.expected(names(4))


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EROFS"])
@pytest.mark.parametrize("call", ["renameat", "mkdirat", "syncfs"])
def test_after_a_failing_call_the_next_run_makes_the_index(publisher, call, error, tmp_path):
    public = tmp_path / "public"
    assert publisher.run(names(4)).status == 0
    before, changed, failed = indexes(public), names(7, "2.0")[2:], 0
    for number in (1, 2, 5, 12):
        command = ["strace", "-f", "-qq", "-o", tmp_path / "strace.log", "-P", public / "larder"]
        command += ["-P", public, "-e", f"inject={call}:error={error}:when={number}"]
        done = subprocess.run(
            [*map(str, command), *map(str, publisher.command(changed))],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        if done.returncode:
            failed += 1
            assert f"({error})" in done.stderr and str(public) in done.stderr, done.stderr
            if "what was there before is unchanged" in done.stderr:
                assert indexes(public) == before
        assert_no_link_dangles(public)
        run = publisher.run(changed)
        assert run.status == 0, run.stderr
        assert files_in(public) == publisher.expected(changed)
        assert publisher.run(names(4)).status == 0
    assert failed, "no call failed"


def test_the_page_of_links_waits_for_pages_and_the_manifest_for_all(publisher, tmp_path):
    assert publisher.run(names(9)).status == 0
    log = tmp_path / "strace.log"
    calls = "trace=renameat,syncfs,fsync,unlinkat"
    command = ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", calls]
    done = subprocess.run([*command, *map(str, publisher.command(names(10, "2.0")[1:]))])
    assert done.returncode == 0
    lines = re.findall(r"^\d+ +(\w+\(.*)", log.read_text(), re.MULTILINE)
    public = str(tmp_path / "public")

    def at(pattern):
        return [n for n, line in enumerate(lines) if re.search(pattern, line)]

    projects = at(rf'renameat\(.*<{public}/simple/project\d+>, "index.html"')
    [root] = at(rf'renameat\(.*<{public}/simple>, "index.html"')
    [manifest] = at(rf'renameat\(.*<{public}/larder>, "manifest.jsonl"')
    gone = at(rf'unlinkat\(.*<{public}/simple/project000>, "index.html"')
    assert len(projects) == 9
    assert max(projects) < root < manifest < min(gone)
    assert [n for n in at("syncfs") if root < n < manifest]
    assert [n for n in at(rf"fsync\(\d+<{public}/larder>") if n > manifest]


def test_nothing_is_written_through_a_link_in_the_folder(publisher, tmp_path):
    assert publisher.run(names(2)).status == 0
    outside, public = tmp_path / "outside", tmp_path / "public"
    (public / "simple/project000").rename(outside)
    (public / "simple/project000").symlink_to(outside)
    before = files_in(outside)
    run = publisher.run(names(2, "2.0"))
    assert run.status == 74 and "simple/project000" in run.stderr, run.stderr
    assert files_in(outside) == before


def test_a_rollback_says_that_there_is_none(publisher, larder, tmp_path):
    for count in (1, 2):
        assert publisher.run(names(count)).status == 0
    done = subprocess.run(
        [larder.binary, "rollback", tmp_path / "pipeline.json"], capture_output=True, text=True
    )
    assert done.returncode == 74 and "error[no-earlier-index]" in done.stderr


def test_a_page_is_at_least_a_second_younger_than_the_one_before(publisher, tmp_path):
    page, times = tmp_path / "public/simple/project000/index.html", []
    for version in ("1.0", "2.0", "3.0"):
        assert publisher.run(names(1, version)).status == 0
        times.append(int(page.stat().st_mtime))
    assert times[0] < times[1] < times[2]


@pytest.fixture
def volume(tmp_path):
    """A filesystem of its own where the index goes."""
    public = tmp_path / "public"
    public.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", public], check=True)
    yield public
    subprocess.run(["umount", public], check=True)


def test_a_mount_point_takes_an_index(publisher, volume):
    refused = publisher.run(names(2), mode="generation")
    assert refused.status == 74 and '"mode": "files"' in refused.stderr, refused.stderr
    run = publisher.run(names(2))
    assert run.status == 0, run.stderr
    assert files_in(volume) == publisher.expected(names(2))


def test_a_mount_point_takes_an_index_unasked_and_it_is_said(publisher, volume):
    warning = "it is a mount point: readers could see pages of both indexes"
    for items in (names(4), names(2), names(2)[1:] + names(3, "2.0")):
        run = publisher.run(items, mode="auto")
        assert run.status == 0 and warning in run.stderr, run.stderr
        assert files_in(volume) == publisher.expected(items)
    assert warning not in publisher.run(items, mode="auto").stderr


@pytest.fixture
def foreign(larder):
    """Publishes as another user into a folder of theirs, in one that is not."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        folder = Path(folder)
        folder.chmod(0o755)
        (folder / "public").mkdir()
        os.chown(folder / "public", NOBODY, NOBODY)
        binary = Path(shutil.copy(larder.binary, folder))
        publisher = Publisher(Larder(binary), folder, {"type": "filesystem", "path": "public"})
        yield publisher


def as_nobody(publisher, *arguments, **sink):
    command = publisher.command(*arguments, **sink)
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return subprocess.run(
        [*user, *command], env=publisher.variables, capture_output=True, text=True, timeout=60
    )


def test_who_may_write_the_folder_only_publishes_page_by_page(foreign):
    public = foreign.folder / "public"
    for items in (names(4), names(2)):
        run = as_nobody(foreign, items)
        assert run.returncode == 0, run.stderr
        assert "this user may not write the folder around it" in run.stderr
        assert files_in(public) == foreign.expected(items)
    refused = as_nobody(foreign, names(3), mode="generation")
    assert refused.returncode == 74 and "no-permission" in refused.stderr, refused.stderr
    assert files_in(public) == foreign.expected(names(2))


def test_of_two_who_may_write_the_folder_only_one_publishes(foreign):
    public = foreign.folder / "public"
    lock = os.open(public, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    run = as_nobody(foreign, names(2))
    assert run.returncode == 75 and "another larder is publishing" in run.stderr, run.stderr
    assert files_in(public) == {}
    os.close(lock)
    assert as_nobody(foreign, names(2)).returncode == 0


def test_generate_fills_a_volume(publisher, volume, larder):
    run = larder.generate(names(3), volume, no_per_release_json=True)
    assert run.status == 0, run.stderr
    assert (volume / "simple/project002/index.html").exists()
    assert_no_link_dangles(volume)


def test_a_volume_in_the_folder_stays_there(publisher, tmp_path):
    pool = tmp_path / "public/pool"
    pool.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", pool], check=True)
    try:
        (pool / "a-1.0.zip").write_bytes(b"a distribution")
        run = publisher.run(names(3), mode="auto")
        assert run.status == 0 and "pool in it is a mount point" in run.stderr, run.stderr
        assert (pool / "a-1.0.zip").read_bytes() == b"a distribution"
        assert publisher.expected(names(3)).items() <= files_in(tmp_path / "public").items()
    finally:
        subprocess.run(["umount", pool], check=True)


@pytest.mark.parametrize("free", [0, 4, 20, 60, 120])
def test_after_a_full_disk_the_next_run_makes_the_index(publisher, volume, free):
    assert publisher.run(names(4)).status == 0
    ballast = volume / "ballast"
    room = os.statvfs(volume)
    ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - free * 1024))
    run = publisher.run(names(40, "2.0"))
    assert run.status == 74 and "(ENOSPC)" in run.stderr, run.stderr
    assert_no_link_dangles(volume)
    ballast.unlink()
    run = publisher.run(names(40, "2.0"))
    assert run.status == 0, run.stderr
    assert files_in(volume) == publisher.expected(names(40, "2.0"))
