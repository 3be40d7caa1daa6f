"""Check 37: with `--confine`, the kernel keeps a run and its programs from writing elsewhere.

Where the kernel has no Landlock, a run says so, and these tests see that it does.
"""

import ctypes
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.programs import sh


IMPOSSIBLE = "warning[cannot-confine]: this kernel has no Landlock"
# landlock_create_ruleset, asked for its version.
IS_POSSIBLE = ctypes.CDLL(None).syscall(444, 0, 0, 1) > 0


@dataclass
class Site:
    """A pipeline in a folder, and a folder that it has nothing to do with."""

    larder: object
    folder: Path

    def __post_init__(self):
        self.outside = self.folder / "outside"
        self.work = self.folder / "work"
        for each in (self.outside, self.work / "reports", self.folder / "tmp"):
            each.mkdir(parents=True)

    def run(self, *flags, script="cat", sink=None, source=None, before=()):
        """Runs a pipeline with a shell script as its transform."""
        (self.work / "list.txt").write_text("a-1.zip\nb-1.zip\n")
        pipeline = {
            "version": 1,
            "sources": [source or {"type": "file", "path": "list.txt"}],
            "transforms": [{"type": "exec", "protocol": "jsonl", "command": sh(script)}],
            "render": {},
            "sinks": [sink or {"type": "filesystem", "path": "public"}],
        }
        (self.work / "pipeline.json").write_text(json.dumps(pipeline))
        environment = {
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(self.folder / "tmp"),
            "LARDER_CACHE_DIR": str(self.folder / "cache"),
        }
        command = [*before, self.larder.binary, "run", "pipeline.json", *flags]
        return subprocess.run(
            command, cwd=self.work, env=environment, capture_output=True, text=True, timeout=120
        )


@pytest.fixture
def site(larder, tmp_path):
    return Site(larder, tmp_path)


@pytest.mark.parametrize(
    "sink",
    [
        {"type": "filesystem", "path": "public"},
        {"type": "filesystem", "path": "public", "mode": "files"},
        {"type": "filesystem", "path": "new/folders/public"},
        {"type": "tarball", "path": "index.tar.zst"},
    ],
    ids=["generation", "files", "new", "tarball"],
)
def test_what_a_run_is_for_it_can_still_do(site, sink):
    for script in ("cat", "grep a-1", "tee $TMPDIR/seen 2>/dev/null"):
        flags = ["--confine", "--report", "reports/run.json"]
        run = site.run(*flags, script=script, sink=sink)
        assert run.returncode == 0, run.stderr
        assert (site.work / sink["path"]).exists()
        assert json.loads((site.work / "reports/run.json").read_text())["sinks"]


def test_a_program_writes_nowhere_else(site):
    script = f"echo stolen > {site.outside}/file && cat"
    run = site.run("--confine", script=script)
    if not IS_POSSIBLE:
        assert run.returncode == 0 and IMPOSSIBLE in run.stderr, run.stderr
        return
    assert run.returncode == 65 and "Permission denied" in run.stderr, run.stderr
    assert list(site.outside.iterdir()) == []
    run = site.run(script=script)
    assert run.returncode == 0, run.stderr
    assert (site.outside / "file").exists()


def test_a_program_writes_where_it_is_allowed_to(site):
    run = site.run(
        "--confine", "--may-write", str(site.outside), script=f"tee {site.outside}/file"
    )
    assert run.returncode == 0, run.stderr
    assert "a-1.zip" in (site.outside / "file").read_text()


def test_a_folder_that_becomes_a_link_leads_the_run_nowhere(site):
    script = f"mv reports old; ln -s {site.outside} reports; cat"
    flags = ["--report", "reports/run.json"]
    run = site.run("--confine", *flags, script=script)
    if not IS_POSSIBLE:
        assert run.returncode == 0 and IMPOSSIBLE in run.stderr, run.stderr
        return
    assert run.returncode == 74 and "Permission denied" in run.stderr, run.stderr
    assert list(site.outside.iterdir()) == []
    # Without it, the report goes there: it is Landlock that keeps it away.
    (site.work / "reports").unlink()
    (site.work / "old").rename(site.work / "reports")
    run = site.run(*flags, script=script)
    assert run.returncode == 0, run.stderr
    assert (site.outside / "run.json").exists()


def test_a_kernel_without_landlock_is_told_of(site):
    strace = ["strace", "-f", "-qq", "-o", "/dev/null"]
    strace += ["-e", "inject=landlock_create_ruleset:error=ENOSYS"]
    run = site.run("--confine", before=strace)
    assert run.returncode == 0, run.stderr
    assert IMPOSSIBLE in run.stderr


def test_a_place_that_is_not_there_stops_the_run(site):
    run = site.run("--confine", "--may-write", "nowhere")
    if not IS_POSSIBLE:
        assert run.returncode == 0 and IMPOSSIBLE in run.stderr, run.stderr
        return
    assert run.returncode == 64, run.stderr
    assert "error[cannot-confine]" in run.stderr and "nowhere" in run.stderr
    assert not (site.work / "public").exists()


def test_stdin_is_not_read_twice(site):
    run = site.run("--confine", "-c", "-")
    assert run.returncode == 64, run.stderr


def test_a_sink_on_the_web_gives_no_folder_to_write(site):
    sink = {"type": "s3", "bucket": "acme", "endpoint": "http://127.0.0.1:9", "anonymous": True,
            "retry": {"attempts": 1}}  # fmt: skip
    script = "echo stolen > stolen; echo '{\"filename\": \"a-1.zip\"}'"
    source = {"type": "exec", "protocol": "jsonl", "command": sh(script)}
    site.run("--confine", sink=sink, source=source)
    assert (site.work / "stolen").exists() != IS_POSSIBLE
