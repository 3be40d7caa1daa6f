"""Whatever a power cut leaves of what was not synced, the index is the old one or the new one.

The calls of a publication are recorded, and states worked out that a power cut may leave
(`support/crash_model.py`). LARDER_CRASHES is how many of each mode (20,000), LARDER_SEED picks other
ones; LARDER_SEED=N LARDER_CRASHES=1 is one that failed.
"""

import os
import random
import shutil
from collections import Counter

import pytest

from support.crash_judge import LIKE_NEW, LIKE_OLD, Judge, served
from support.files import files_in
from support.crash_model import Recording
from support.publisher import Publisher, names

CRASHES = int(os.environ.get("LARDER_CRASHES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "9000"))
OLD, NEW = names(6), names(9, "2.0")[1:4] + names(9)[4:]


class Site:
    """A recorded publication over an index."""

    def __init__(self, larder, folder, mode, durable=True):
        self.ground = folder / "ground"
        (self.ground / "public/pool").mkdir(parents=True)
        (self.ground / "public/pool/a-1.0.zip").write_bytes(b"not an archive")
        sink = {"type": "filesystem", "path": str(self.ground / "public"), "mode": mode}
        self.publisher = Publisher(larder, folder, {**sink, "durable": durable})
        for _ in range(2):
            assert self.publisher.run(OLD, "--rebuild").status == 0
        old = served(files_in(self.ground))
        self.recording = Recording(str(self.ground))
        done = self.recording.run(self.publisher.command(NEW), folder / "strace.log")
        assert done.returncode == 0, done.stderr
        self.end = len(self.recording.changes)
        self.judge = Judge(mode, old, served(files_in(self.ground)))
        assert served(self.recording.crash(None, self.end)) == self.judge.new, "the model errs"

    def crash(self, seed):
        """What a crash leaves, and what that is called."""
        rng = random.Random(seed)
        moment = self.end if rng.random() < 0.1 else rng.randrange(self.end)
        tree = self.recording.crash(rng, moment)
        try:
            return self.judge.judge(served(tree), is_over=moment == self.end), tree
        except AssertionError as failure:
            place = f"LARDER_SEED={seed}, after {moment} of {self.end} changes"
            raise AssertionError(f"{place}: {failure}") from failure

    def mends(self, tree):
        """Whether the next run makes the index of what a crash left."""
        shutil.rmtree(self.ground)
        for path, page in tree.items():
            (self.ground / path).parent.mkdir(parents=True, exist_ok=True)
            (self.ground / path).write_bytes(page)
        run = self.publisher.run(NEW)
        assert run.status == 0, run.stderr
        return served(files_in(self.ground)) == self.judge.new


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_power_cut_leaves_an_index(larder, tmp_path, mode):
    """Check 9: 20,000 states that a power cut may leave; some of them are published over."""
    site, counts = Site(larder, tmp_path, mode), Counter()
    for number in range(CRASHES):
        verdict, tree = site.crash(SEED + number)
        counts[verdict] += 1
        if number % max(1, CRASHES // 20) == 0:
            assert site.mends(tree), f"LARDER_SEED={SEED + number}: not mended"
    print(f"{mode}: {site.end} changes, {CRASHES} crashes: {dict(counts)}")
    if CRASHES > 100:
        assert counts[LIKE_OLD] and counts[LIKE_NEW]


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_publication_that_does_not_wait_for_the_device_is_found_out(larder, tmp_path, mode):
    """What the test above sees of the same publication with `"durable": false`."""
    site = Site(larder, tmp_path, mode, durable=False)
    with pytest.raises(AssertionError, match="LARDER_SEED="):
        for number in range(2000):
            site.crash(number)
