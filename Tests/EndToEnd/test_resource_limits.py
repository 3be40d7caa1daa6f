"""A run that may not use what it needs says so, or dies; the index that was there stays."""

import hashlib
import resource
import signal
import subprocess

import pytest

from support.publisher import Publisher, names


@pytest.fixture(params=["generation", "files"])
def site(larder, tmp_path, request):
    """An index of four projects, and how to publish another one under a limit."""
    sink = {"type": "filesystem", "path": str(tmp_path / "public"), "mode": request.param}
    return Site(larder, tmp_path, {**sink, "durable": False})


class Site(Publisher):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.public = self.folder / "public"
        assert self.run(names(4)).status == 0
        self.before = self.state()

    def state(self):
        """The bytes and the times of all pages; not those of a publication under way."""
        return {
            str(path.relative_to(self.public)): (
                hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns,
            )
            for path in self.public.rglob("*")
            if path.is_file() and not path.match("larder/.larder-new-*")
        }  # fmt: skip

    def run_limited(self, items, limit, soft, hard=None):
        """Publishes under a limit, of which the process knows nothing."""
        def restrict():
            resource.setrlimit(limit, (soft, soft if hard is None else hard))

        # Not to a file, which would be limited too.
        return subprocess.run(
            list(map(str, self.command(items))), env=self.variables, capture_output=True,
            text=True, timeout=100, preexec_fn=restrict,
        )  # fmt: skip

    def assert_stays(self, items):
        """The index is as it was; page by page, each page is the old one or the new one."""
        after = self.state()
        if self.sink["mode"] == "generation":
            assert after == self.before
            return
        new = {path: hashlib.sha256(page).hexdigest() for path, page in self.expected(items).items()}
        for path, (digest, _) in after.items():
            if path != "larder/intent.json":
                assert digest in (self.before.get(path, [None])[0], new.get(path)), path

    def mend(self):
        """The next run makes the index of another list, and leaves nothing of the one before."""
        run = self.run(names(5))
        assert run.status == 0, run.stderr
        found = {path: page for path, (page, _) in self.state().items()}
        expected = self.expected(names(5)).items()
        assert found == {path: hashlib.sha256(page).hexdigest() for path, page in expected}
        assert not (self.folder / ".public.larder-next").exists()


@pytest.mark.parametrize("size", [0, 1, 100, 2000, 6000])
def test_a_file_that_may_not_grow_is_an_error(site, size):
    """Check 12: RLIMIT_FSIZE is no death by SIGXFSZ but an error that names the page."""
    items = names(40, "2.0")
    done = site.run_limited(items, resource.RLIMIT_FSIZE, size)
    assert done.returncode == 74, done.stderr
    assert f"{site.public}" in done.stderr and "(EFBIG)" in done.stderr, done.stderr
    assert "raise the limit with ulimit -f" in done.stderr, done.stderr
    site.assert_stays(items)
    site.mend()


def test_32_descriptors_are_enough(site):
    """Check 12: RLIMIT_NOFILE 32; twelve are the least that end in an error that says so."""
    failed = 0
    for limit in (12, 13, 14, 15, 16, 32):
        items = names(40, f"{limit}.0")
        done = site.run_limited(items, resource.RLIMIT_NOFILE, limit)
        if done.returncode:
            assert limit < 20 and done.returncode == 74, done.stderr
            assert "(EMFILE)" in done.stderr and "ulimit -n" in done.stderr, done.stderr
            site.assert_stays(items)
            failed += 1
            site.run(names(4))
        site.before = site.state()
    assert failed and done.returncode == 0
    site.mend()


def test_256_megabytes_of_address_space_are_enough(site):
    """Check 12: RLIMIT_AS; much less, and the threads do not start that a run waits for."""
    done = site.run_limited(names(1000, "2.0"), resource.RLIMIT_AS, 256 << 20)
    assert done.returncode == 0, done.stderr
    site.mend()


def test_a_run_out_of_time_leaves_the_index(larder, tmp_path):
    """Check 12: RLIMIT_CPU of a second ends the run, not the index."""
    sink = {"type": "filesystem", "path": str(tmp_path / "public"), "mode": "generation"}
    site = Site(larder, tmp_path, {**sink, "durable": False})
    done = site.run_limited(names(60_000), resource.RLIMIT_CPU, 1, 2)
    assert done.returncode == -signal.SIGXCPU, done.returncode
    assert (tmp_path / ".public.larder-next").exists()
    assert site.state() == site.before
    site.mend()
