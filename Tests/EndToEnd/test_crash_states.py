"""Whatever a power cut leaves of what was not synced, the index is the old one or the new one.

The calls of a publication are recorded, and states worked out that a power cut may leave
(`support/crash_model.py`). LARDER_CRASHES is how many of each mode (5,000), LARDER_SEED picks other
ones; LARDER_SEED=N LARDER_CRASHES=1 is one that failed.
"""

import os
import random
import re
import shutil
from collections import Counter

import pytest

from support.crash_model import Recording
from support.publisher import Publisher, names

CRASHES = int(os.environ.get("LARDER_CRASHES", "5000"))
SEED = int(os.environ.get("LARDER_SEED", "9000"))
OLD, NEW = names(6), names(9, "2.0")[1:4] + names(9)[4:]
LIKE_OLD, LIKE_NEW, MIXED = "as before", "published", "to be mended"


class Site:
    """A recorded publication over an index."""

    def __init__(self, larder, folder, mode, durable=True):
        self.folder, self.mode, ground = folder, mode, folder / "ground"
        (ground / "public/pool").mkdir(parents=True)
        (ground / "public/pool/a-1.0.zip").write_bytes(b"not an archive")
        sink = {"type": "filesystem", "path": str(ground / "public"), "mode": mode}
        self.publisher = Publisher(larder, folder, {**sink, "durable": durable})
        for _ in range(2):
            assert self.publisher.run(OLD, "--rebuild").status == 0
        self.old = served(tree_of(ground))
        self.recording = Recording(str(ground))
        done = self.recording.run(self.publisher.command(NEW), folder / "strace.log")
        assert done.returncode == 0, done.stderr
        self.end = len(self.recording.changes)
        tree = self.recording.crash(random.Random(0), self.end)
        self.new = served(tree_of(ground))
        if durable:
            assert served(tree) == self.new, "the model does not know what happened"

    def judge(self, crashed, *, is_over=False):
        """What is there after a crash; an assertion fails for what must not be there."""
        tree = served(crashed)
        if tree == self.new:
            return LIKE_NEW
        if is_over:
            # What was the last to go may come back, and goes again in the next run.
            tree.pop("larder/intent.json", None)
            assert self.mode == "files" and tree == self.new, "the new index is not there"
            return LIKE_NEW
        if tree == self.old:
            return LIKE_OLD
        assert self.mode == "files", differences(tree, self.old, self.new)
        # The next run reads all pages where it finds this, which must not be lost before they differ.
        assert "larder/intent.json" in tree, "nobody sees that the pages differ from the manifest"
        for path, page in tree.items():
            if path != "larder/intent.json":
                assert page in (self.old.get(path), self.new.get(path)), f"{path} is torn: {page[:99]}"
        for path in self.old.keys() & self.new.keys():
            assert path in tree, f"{path} is lost"
        for name in re.findall(r'href="([^"/]+)/"', tree["simple/index.html"].decode()):
            assert f"simple/{name}/index.html" in tree, f"the link to {name} dangles"
        return MIXED

    def crash(self, seed):
        rng = random.Random(seed)
        moment = self.end if rng.random() < 0.1 else rng.randrange(self.end)
        tree = self.recording.crash(rng, moment)
        try:
            return self.judge(tree, is_over=moment == self.end), tree
        except AssertionError as failure:
            raise AssertionError(f"LARDER_SEED={seed}, after {moment} of {self.end} changes") from failure

    def mends(self, tree):
        """Whether the next run makes the index of what a crash left."""
        ground = self.folder / "ground"
        shutil.rmtree(ground)
        for path, page in tree.items():
            (ground / path).parent.mkdir(parents=True, exist_ok=True)
            (ground / path).write_bytes(page)
        run = self.publisher.run(NEW)
        assert run.status == 0, run.stderr
        return served(tree_of(ground)) == self.new


def tree_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*") if path.is_file()
    }  # fmt: skip


def served(tree):
    """What is in the folder that is served, but for pages on their way."""
    return {
        path.removeprefix("public/"): page
        for path, page in tree.items()
        if path.startswith("public/") and not path.startswith("public/larder/.larder-new-")
    }


def differences(tree, old, new):
    paths = {path for path in tree.keys() | new.keys() if tree.get(path) not in (old.get(path), new.get(path))}
    return f"neither the old index nor the new one: {sorted(paths)[:9] or 'pages of both'}"


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
