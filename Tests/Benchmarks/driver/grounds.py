"""Where trees are written: every case gets a new folder, and removing it is never timed."""

import os
import shutil
from pathlib import Path

from .processes import must


class Tmpfs:
    """A folder in memory."""

    name = "tmpfs"

    def __init__(self, folder):
        self.folder = Path(folder) / "tmpfs"
        self.folder.mkdir(parents=True)

    def fresh(self):
        """A path in the ground at which nothing is."""
        self.clear()
        return self.folder / "tree"

    def clear(self):
        for child in self.folder.iterdir():
            shutil.rmtree(child) if child.is_dir() else child.unlink()

    def close(self):
        self.clear()


class Ext4:
    """A file system with a journal in a file in memory, made anew for every case.

    Never measured in a used one: ext4 slows down after deletions, and without a journal by ten
    times, since it then looks for inodes that were deleted in the last minutes.
    """

    name = "ext4"

    def __init__(self, folder, size):
        self.image = Path(folder) / "ext4.img"
        self.folder = Path(folder) / "ext4"
        self.folder.mkdir()
        self.size = size
        self.is_mounted = False

    @staticmethod
    def obstacle():
        """Why there can be no such ground here, or None."""
        if os.geteuid() != 0:
            return "mounting a loop image needs root"
        if shutil.which("mkfs.ext4") is None:
            return "there is no mkfs.ext4"
        if not Path("/dev/loop-control").exists():
            return "there are no loop devices"
        return None

    def fresh(self):
        """A path in a new file system."""
        self.clear()
        with open(self.image, "wb") as image:
            image.truncate(self.size)
        # Nothing is left to do for the kernel in the background while a case is measured.
        options = "lazy_itable_init=0,lazy_journal_init=0"
        must(["mkfs.ext4", "-q", "-F", "-i", "8192", "-E", options, self.image])
        must(["mount", "-o", "loop", self.image, self.folder])
        self.is_mounted = True
        must(["sync"])
        return self.folder / "tree"

    def clear(self):
        if self.is_mounted:
            must(["umount", self.folder])
            self.is_mounted = False
        self.image.unlink(missing_ok=True)

    def close(self):
        self.clear()
