"""What a power cut leaves of an index on ext4 and xfs, with the kernel's own journal.

The file system is in a file. In the midst of a publication the file is copied, which is what the
device holds at that moment; the copy is mounted, which replays the journal. Not part of a CI run, for
it takes minutes and needs loop devices, and `xfsprogs`: `pytest Tests/EndToEnd/power_cuts.py`.
LARDER_CUTS is how often the power is cut in each case (10).
"""

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from support.crash_judge import LIKE_NEW, Judge, served
from support.files import files_in
from support.publisher import Publisher, names

CUTS = int(os.environ.get("LARDER_CUTS", "10"))
EXT4 = (48, ["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"])
XFS = (300, ["mkfs.xfs", "-q", "-f"])
# Kinds of file systems, the MiB that they take, how they are made, and how they are mounted.
KINDS = {
    "ext4": (*EXT4, "defaults"),
    "ext4, noauto_da_alloc": (*EXT4, "noauto_da_alloc,commit=1"),
    # The copy has the name of the one that is there.
    "xfs": (*XFS, "nouuid"),
}
OLD, NEW = names(60), names(80, "2.0")[20:50] + names(80)[50:]


def do(*command):
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


@contextmanager
def mounted(image, folder, options):
    folder.mkdir(exist_ok=True)
    do("mount", "-o", f"loop,{options}", image, folder)
    try:
        yield folder
    finally:
        do("umount", folder)


@pytest.fixture(params=KINDS)
def disk(request, tmp_path):
    """A file with a file system that has nothing left to do in the background, and how to mount it."""
    size, make, options = KINDS[request.param]
    path = tmp_path / "image"
    with path.open("wb") as file:
        file.truncate(size << 20)
    do(*make, path)
    return path, options


class Cuts:
    """Publishes the old list and the new one in turn, and cuts the power in between."""

    def __init__(self, larder, folder, image, options, mode, durable=True):
        self.image, self.copy, self.options, self.folder = image, folder / "copy", options, folder
        self.public = folder / "disk/public"
        sink = {"type": "filesystem", "path": str(self.public), "mode": mode, "durable": durable}
        self.publisher, self.rng = Publisher(larder, folder, sink), random.Random(8)
        self.trees = {}
        for items, name in ((NEW, "new"), (OLD, "old")):
            start = time.monotonic()
            self.complete(items)
            self.seconds = time.monotonic() - start
            self.trees[name] = served(files_in(self.public.parent))
        self.judge = Judge(mode, self.trees["old"], self.trees["new"])

    def complete(self, items):
        run = self.publisher.run(items)
        assert run.status == 0, run.stderr
        do("sync")

    def cut(self):
        """Cuts the power while the new list is published; gives what is there then."""
        self.complete(OLD)
        child = self.publisher.start(NEW)
        time.sleep(self.rng.uniform(0, self.seconds * 1.3))
        is_over = child.poll() is not None
        if not is_over:
            # What is under way in the kernel still goes on, as it may on a device.
            child.send_signal(signal.SIGSTOP)
        # As fast as possible: what the kernel writes meanwhile is in it too.
        shutil.copyfile(self.image, self.copy)
        if not is_over:
            child.send_signal(signal.SIGCONT)
        assert child.wait(timeout=60) == 0
        with mounted(self.copy, self.folder / "after", self.options) as after:
            return self.judge.judge(served(files_in(after)), is_over=is_over)


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_power_cut_leaves_an_index(larder, tmp_path, disk, mode):
    """Check 8: no page is torn; what ended with status 0 before the cut is there after it."""
    with mounted(disk[0], tmp_path / "disk", disk[1]):
        cuts = Cuts(larder, tmp_path, *disk, mode)
        counts = Counter(cuts.cut() for _ in range(CUTS))
    print(f"{mode}: {CUTS} cuts: {dict(counts)}")
    assert CUTS < 10 or len(counts) > 1 and counts[LIKE_NEW]


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_publication_that_does_not_wait_for_the_device_is_found_out(larder, tmp_path, disk, mode):
    """What the test above sees of the same publication with `"durable": false`."""
    with mounted(disk[0], tmp_path / "disk", disk[1]):
        cuts = Cuts(larder, tmp_path, *disk, mode, durable=False)
        with pytest.raises(AssertionError):
            for _ in range(100):
                cuts.cut()
