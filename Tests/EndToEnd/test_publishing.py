"""What holds for whoever publishes to a folder: one at a time, nothing lost, nothing of others."""

import json
import subprocess
from pathlib import Path

import pytest

from support.publisher import Publisher, kill, names

ROUNDS = 25


@pytest.fixture(params=["generation", "files"])
def make_publisher(larder, tmp_path, request):
    """Gives publishers to one folder, each with a pipeline of its own."""

    def make(name):
        folder = tmp_path / name
        folder.mkdir()
        # Two who wait for the disk at the same time would only be slower.
        sink = {"type": "filesystem", "path": str(tmp_path / "public"), "durable": False}
        sink["mode"] = request.param
        return Publisher(larder, folder, sink)

    return make


def tree(folder):
    """The bytes, the time and the mode of each file below a folder."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            found[str(path.relative_to(folder))] = (
                path.read_bytes(), status.st_mtime_ns, status.st_mode,
            )  # fmt: skip
    return found


def pages(folder):
    return {path: content for path, (content, _, _) in tree(folder).items()}


def is_locked(path):
    return f":{path.stat().st_ino} " in Path("/proc/locks").read_text()


def test_of_two_runs_at_once_one_publishes_and_the_other_changes_nothing(make_publisher, tmp_path):
    left, right = make_publisher("left"), make_publisher("right")
    statuses = []
    same = names(300)
    for number in range(ROUNDS):
        # What one of them changes the other one believes to be as it was.
        lists = names(150, f"{number}.1") + same[150:], same[:150] + names(300, f"{number}.2")[150:]
        runs = [publisher.start(given) for publisher, given in zip((left, right), lists, strict=True)]
        ended = [run.wait(timeout=60) for run in runs]
        statuses += ended
        assert 0 in ended and set(ended) <= {0, 75}, ended
        winners = [given for given, status in zip(lists, ended, strict=True) if status == 0]
        assert pages(tmp_path / "public") in [left.expected(given) for given in winners]
    assert 75 in statuses, "no two runs met"


def test_a_run_that_was_killed_keeps_nobody_out(make_publisher, tmp_path):
    publisher = make_publisher("only")
    assert publisher.run(names(9000)).status == 0
    child = publisher.start(names(9000, "2.0"))
    while not is_locked(tmp_path / ".public.larder-lock"):
        assert child.poll() is None, "the run ended before it was seen to lock"
    kill(child)
    next_run = publisher.run(names(3))
    assert next_run.status == 0, next_run.stderr
    assert pages(tmp_path / "public") == publisher.expected(names(3))


def test_what_others_keep_in_and_around_the_folder_stays(make_publisher, tmp_path):
    publisher = make_publisher("only")
    assert publisher.run(names(40)).status == 0
    foreign = {}
    folders = ["", "pool", "simple/project007", "simple/nobody", "../beside"]
    for number in range(2000):
        path = (tmp_path / "public" / folders[number % 5] / f"f{number}.whl").resolve()
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(number))
        foreign[path] = (path.read_bytes(), path.stat().st_mtime_ns)
    for number in range(20):
        run = publisher.run(names(40 - number, f"{number}.0"))
        assert run.status == 0, run.stderr
    found = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in foreign}
    assert found == foreign
    ours = {path: page for path, page in pages(tmp_path / "public").items() if path[-4:] != ".whl"}
    assert ours == publisher.expected(names(21, "19.0"))


@pytest.mark.parametrize("failing", range(3))
def test_a_source_that_fails_never_means_fewer_files(larder, failing, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"of-{number}-1.0.tar.gz\n")
    sources = [{"type": "file", "id": f"s{n}", "path": f"{n}.txt"} for n in range(3)]
    pipeline = {
        "version": 1,
        "sources": sources,
        "render": {"packages_url": "../../pool/"},
        "sinks": [{"type": "filesystem", "path": "public"}],
    }
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))

    def run():
        return subprocess.run([larder.binary, "run"], cwd=tmp_path, capture_output=True, text=True)

    assert run().returncode == 0
    before = tree(tmp_path / "public")
    (tmp_path / f"{failing}.txt").unlink()
    (tmp_path / f"{(failing + 1) % 3}.txt").write_text("")
    done = run()
    assert done.returncode != 0 and f"{failing}.txt" in done.stderr
    assert tree(tmp_path / "public") == before


@pytest.mark.parametrize("guard", ["max_removed_files", "max_removed_projects"])
def test_a_guard_lets_a_tenth_go_and_nothing_more(larder, guard, tmp_path):
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": "names.txt"}],
        "guards": {guard: "10%"},
        "render": {"packages_url": "../../pool/"},
        "sinks": [{"type": "filesystem", "path": "public"}],
    }
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))

    def publish(count, *flags):
        (tmp_path / "names.txt").write_text("\n".join(names(count)) + "\n")
        command = [larder.binary, "run", *flags]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert publish(100).returncode == 0
    before = tree(tmp_path / "public")
    refused = publish(89)
    assert refused.returncode == 1 and "error[guard-" in refused.stderr
    assert tree(tmp_path / "public") == before
    assert publish(90).returncode == 0
    assert publish(9, "--allow-removals", "81").returncode == 0
