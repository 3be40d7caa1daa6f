"""Whatever happens to a run, the output folder holds the old index or the new one.

LARDER_KILLS is the number of random moments at which a run is killed, 40 if it is not given. From
200 on, every call is made to fail that a run makes, rather than some of each kind.
"""

import collections
import hashlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import time

import pytest

import binary

KILLS = int(os.environ.get("LARDER_KILLS", "40"))


class Publication:
    """Two lists and the folder that their indexes take turns in."""

    def __init__(self, folder: pathlib.Path, projects: int):
        self.folder, self.output = folder, folder / "served" / "index"
        self.output.mkdir(parents=True)
        # What is not Larder's belongs to both indexes.
        (self.output / "pool").mkdir()
        (self.output / "pool/a-1.0.zip").write_bytes(b"not an archive")
        (self.output / "robots.txt").write_text("User-agent: *\n")
        self.lists = {}
        for name, version in (("old", "1.0"), ("new", "2.0")):
            self.lists[name] = folder / name
            shared = [f"shared{n}-{version}.tar.gz" for n in range(projects // 2)]
            own = [f"{name}{n}-1.0-py3-none-any.whl" for n in range(projects - projects // 2)]
            self.lists[name].write_text("\n".join(shared + own) + "\n")
        self.digests = {}
        for name in ("new", "old"):
            self.complete(name)
            self.digests[name] = self.digest()
        assert self.digests["old"] != self.digests["new"]

    def command(self, name: str) -> list[str]:
        return [
            *(binary.larder(), "generate", "--package-list", str(self.lists[name])),
            *("--output-dir", str(self.output), "--packages-url", "../../pool/"),
            "--no-generate-timestamp",
        ]

    def complete(self, name: str) -> float:
        """Publishes a list without trouble; returns the seconds that it takes."""
        start = time.monotonic()
        done = subprocess.run(self.command(name), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        seconds = time.monotonic() - start
        if name in self.digests:
            assert self.digest() == self.digests[name]
        # The generation before and the lock stay; nothing else does.
        beside = {path.name for path in self.output.parent.iterdir()}
        assert beside <= {"index", ".index.larder-previous", ".index.larder-lock"}
        return seconds

    def digest(self) -> str:
        """A digest of all names and bytes in the output folder."""
        state = hashlib.sha256()
        for folder, folders, files in os.walk(self.output):
            folders.sort()
            for name in [*sorted(files), ""]:
                path = os.path.join(folder, name)
                content = pathlib.Path(path).read_bytes() if name else b""
                state.update(f"{path}\0{len(content)}\0".encode() + content)
        return state.hexdigest()

    def state(self) -> str:
        """Which index the output folder holds: `old`, `new`, or a mix, which is a failure."""
        digest = self.digest()
        return next((name for name, known in self.digests.items() if known == digest), "a mix")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("faults")


# Killed runs.


def test_a_mix_would_be_seen(folder):
    publication = Publication(folder / "mix", projects=4)
    assert publication.state() == "old"
    page = publication.output / "simple/shared0/index.html"
    page.write_bytes(page.read_bytes().replace(b"-1.0.", b"-2.0."))
    assert publication.state() == "a mix"
    publication.complete("new")
    (publication.output / "simple/new0/index.html").unlink()
    assert publication.state() == "a mix"


def test_a_killed_run_leaves_the_old_index_or_the_new_one(folder):
    publication = Publication(folder / "killed", projects=2000)
    seconds = max(publication.complete(name) for name in ("new", "old"))
    rng = random.Random(7)
    counts = collections.Counter()
    served, other = "old", "new"
    for number in range(KILLS):
        run = subprocess.Popen(
            publication.command(other), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0, seconds * 1.1))
        run.kill()
        counts["killed" if run.wait() == -signal.SIGKILL else "ended"] += 1
        state = publication.state()
        counts[state if state == "a mix" else "as before" if state == served else "switched"] += 1
        assert state in ("old", "new"), f"kill {number} left a mix"
        if state == other:
            served, other = other, served
        if number % 4 == 3:
            publication.complete(other)
            served, other = other, served
    publication.complete(other)
    print(f"{KILLS} runs: {dict(counts)}")
    assert counts["killed"] > KILLS / 2, "the runs were too quick to be killed"


# Failing calls. Only calls that concern the output folder are counted and fail: strace selects
# them by the folders and pages that they name.


class Trace:
    """Runs larder under strace, which makes calls fail."""

    def __init__(self, publication: Publication):
        assert shutil.which("strace"), "install strace"
        self.publication, self.log = publication, publication.folder / "strace.log"
        served = publication.output.parent
        generation = served / ".index.larder-next"
        publication.complete("new")
        tree = [path.relative_to(publication.output) for path in publication.output.rglob("*")]
        paths = [served, publication.output, generation, *(generation / path for path in tree)]
        self.paths = [argument for path in paths for argument in ("-P", str(path))]

    def run(self, call: str, fault: str | None) -> subprocess.CompletedProcess:
        """Publishes the new list; `fault` is what follows the call in strace's `inject`."""
        inject = ["-e", f"inject={call}:{fault}"] if fault else []
        done = subprocess.run(
            [
                *("strace", "-f", "-qq", "-o", str(self.log), "-e", f"trace={call}", *inject),
                *(*self.paths, "--", *self.publication.command("new")),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done

    def counts(self) -> collections.Counter:
        """How often each thread made the calls of the last run."""
        lines = self.log.read_text().splitlines()
        return collections.Counter(
            line.split()[0] for line in lines if re.match(r"\d+ +\w+\(", line)
        )


@pytest.fixture(scope="module")
def traced(folder):
    return Trace(Publication(folder / "traced", projects=40))


#: The calls that make an index, and those that clean up behind it.
CALLS = [
    *("openat", "mkdirat", "write", "linkat", "utimensat", "close", "syncfs", "fsync"),
    *("renameat2", "unlinkat", "getdents64"),
]


def moments(count: int) -> list[int]:
    """Some of the first `count` calls, the first three and the last two among them, or all."""
    if KILLS >= 200:
        return list(range(1, count + 1))
    return sorted({1, 2, 3, count // 4, count // 2, count - 1, count} & set(range(1, count + 1)))


#: Faults that only some calls have.
RARE = [
    ("openat", "EACCES"), ("openat", "EMFILE"), ("mkdirat", "EROFS"), ("mkdirat", "ENOMEM"),
    ("write", "EDQUOT"),
]  # fmt: skip


@pytest.mark.parametrize(
    "call, error", [(call, error) for call in CALLS for error in ("ENOSPC", "EIO")] + RARE
)
def test_a_failing_call_leaves_the_old_index(traced, call, error):
    publication = traced.publication
    if publication.state() != "old":
        publication.complete("old")
    assert traced.run(call, None).returncode == 0
    most = max(traced.counts().values(), default=0)
    assert most, f"no {call} concerns the output folder: the test tests nothing"
    faults = [f"error={error}:when={n}" for n in moments(most)] + [f"error={error}:when=1+"]
    failed = 0
    for fault in faults:
        publication.complete("old")
        done = traced.run(call, fault)
        if "(INJECTED)" not in traced.log.read_text():
            assert done.returncode == 0  # another thread made that call this time
            continue
        place = f"{call}:{fault}: status {done.returncode}\n{done.stderr}"
        state = publication.state()
        assert (done.returncode, state) in [(1, "old"), (0, "new")], f"{state}, {place}"
        if state == "old":
            failed += 1
            assert str(publication.output) in done.stderr, place
            name = {"utimensat": "futimens"}.get(call, call)  # the C library's word for it
            assert f"({error})" in done.stderr and name in done.stderr, place
            assert "nothing was published; the sink is as it was" in done.stderr, place
        elif call != "close":
            # After the switch, a failure is said but changes nothing. What a failing close could
            # tell has been told by syncfs.
            assert "warning: " in done.stderr, f"the failure was not seen: {place}"
    print(f"{call} {error}: {len(faults)} faults, {failed} runs stopped")
    assert failed or call == "close", f"no failure of {call} stopped a run"
    publication.complete("new")
    publication.complete("old")


def test_the_new_index_is_on_the_disk_before_the_switch_and_the_switch_before_the_end(traced):
    traced.publication.complete("old")
    assert traced.run("write,syncfs,renameat2,fsync", None).returncode == 0
    calls = re.findall(r"^\d+ +(.*)", traced.log.read_text(), re.MULTILINE)
    [switch] = [at for at, call in enumerate(calls) if '"index", RENAME_EXCHANGE' in call]
    writes, syncs, folder_syncs = (
        [at for at, call in enumerate(calls) if call.startswith(f"{name}(")]
        for name in ("write", "syncfs", "fsync")
    )
    assert writes and max(writes) < syncs[0] < switch < folder_syncs[-1]


def test_a_run_killed_around_the_switch_leaves_one_index(traced):
    publication = traced.publication
    counts = collections.Counter()
    for call in ("renameat2", "renameat", "syncfs", "fsync", "fchmod", "unlinkat"):
        publication.complete("old")
        assert traced.run(call, None).returncode == 0
        for number in moments(max(traced.counts().values(), default=0)):
            publication.complete("old")
            traced.run(call, f"signal=KILL:when={number}")
            counts[publication.state()] += 1
    publication.complete("old")
    print(dict(counts))
    assert counts["a mix"] == 0 and counts["old"] and counts["new"], counts
