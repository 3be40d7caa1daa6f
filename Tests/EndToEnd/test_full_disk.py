"""A file system too small for an index, by any number of blocks or of files, keeps the old one."""

import os
import shutil
import subprocess
from collections import Counter

import pytest

from support.html import anchors
from support.publisher import Publisher, names

BLOCK = 4096
OLD, NEW = names(4), names(24, "2.0")[2:]


class Volume:
    """A file system in memory whose size changes."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64M", "tmpfs", folder], check=True)

    def resize(self, option, count):
        value = count * BLOCK if option == "size" else count
        options = f"remount,{option}={value}"
        subprocess.run(["mount", "-o", options, self.folder], check=True)

    def used(self, option):
        """Blocks or files in use."""
        room = os.statvfs(self.folder)
        if option == "size":
            return room.f_blocks - room.f_bfree
        return room.f_files - room.f_ffree


@pytest.fixture
def volume(tmp_path):
    volume = Volume(tmp_path / "volume")
    yield volume
    subprocess.run(["umount", volume.folder], check=True)


def pages(folder):
    """The pages that readers may look at."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_relative_to(folder / "larder")
    }


def without_state(tree):
    return {path: page for path, page in tree.items() if not path.startswith("larder/")}


@pytest.mark.parametrize("option, rounds", [("size", 36), ("nr_inodes", 12)])
@pytest.mark.parametrize("mode", ["generation", "files"])
def test_what_does_not_fit_is_not_published(larder, volume, tmp_path, mode, option, rounds):
    """Check 7: 36 sizes and 12 numbers of files, from none that is free to enough of them."""
    public = volume.folder / "public"
    publisher = Publisher(larder, tmp_path, {"type": "filesystem", "path": str(public), "mode": mode})
    old, new = (without_state(publisher.expected(items)) for items in (OLD, NEW))
    largest = {"size": 16 << 10, "nr_inodes": 100_000}[option]

    def publish_old():
        """The old index, with the same one before it, so that nothing else fills the disk."""
        volume.resize(option, largest)
        for _ in range(2):
            run = publisher.run(OLD, "--rebuild")
            assert run.status == 0, run.stderr
        assert pages(public) == old

    publish_old()
    least = volume.used(option)
    # The whole new index beside all that is there.
    assert publisher.run(NEW, path=str(volume.folder / "other")).status == 0
    most = volume.used(option) + 4
    shutil.rmtree(volume.folder / "other")
    (volume.folder / ".other.larder-lock").unlink()
    counts = Counter()
    for number in range(rounds):
        publish_old()
        volume.resize(option, least + (most - least) * number // (rounds - 1))
        run = publisher.run(NEW)
        found = pages(public)
        if run.status == 0:
            assert found == new
            counts["published"] += 1
            continue
        place = f"{option}, {number} of {rounds}: {run.stderr}"
        assert run.status == 74 and "(ENOSPC)" in run.stderr and str(public) in run.stderr, place
        counts["as before" if found == old else "a mix"] += 1
        if mode == "generation":
            assert found == old, place
        for path, page in found.items():
            assert page in (old.get(path), new.get(path)), f"{path} is torn: {place}"
        links = [anchor["href"] for anchor in anchors(found["simple/index.html"])]
        assert links
        for link in links:
            assert f"simple/{link}index.html" in found, place
        volume.resize(option, largest)
        run = publisher.run(NEW)
        assert run.status == 0, run.stderr
        assert pages(public) == new and not (volume.folder / ".public.larder-next").exists()
    print(f"{mode}, {option} from {least} to {most}: {dict(counts)}")
    assert counts["published"] and counts["as before"] and counts["published"] < rounds / 2
