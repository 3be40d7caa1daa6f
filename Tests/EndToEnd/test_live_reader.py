"""A reader who never stops sees no torn page, no missing page and no page older than what led to it.

The same reader looks at six publishers that do it wrong, and must find each of them out.
LARDER_READING is for how many seconds it reads what Larder publishes (10).
"""

import itertools
import os
import re
import shutil
import threading
import time
from collections import Counter

import pytest

from support.publisher import Publisher

SECONDS = float(os.environ.get("LARDER_READING", "10"))
PROJECTS = 12
END = b"</html>\n"


class Reader(threading.Thread):
    """Reads the root page and all that it links to, again and again."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.stopped, self.seen = folder, False, Counter()

    def run(self):
        while not self.stopped:
            self.seen["passes"] += 1
            root = self.read("index.html")
            for name in re.findall(rb'href="([^"/]+)/"', root or b""):
                page = self.read(f"{name.decode()}/index.html")
                if page and generation(page) < generation(root):
                    self.seen["older than the root"] += 1

    def read(self, path):
        try:
            page = (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            self.seen["missing"] += 1
            return None
        if page.endswith(END) and page.startswith(b"<!DOCTYPE html>"):
            return page
        self.seen["torn"] += 1
        return None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stopped = True
        self.join()

    @property
    def faults(self):
        return {name: count for name, count in self.seen.items() if name != "passes"}


def generation(page):
    """The number that the newest project of a root page, or the file of a project's page, has."""
    return max(map(int, re.findall(rb"g(\d+)", page)), default=0)


def files(number):
    """The list of a generation: the root page tells its number by the last project."""
    return [f"project{n}-1.0+g{number}.tar.gz" for n in range(PROJECTS)] + [f"g{number}-1.0.zip"]


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_a_reader_finds_nothing_wrong(larder, mode, tmp_path):
    sink = {"type": "filesystem", "path": str(tmp_path / "public"), "mode": mode, "durable": False}
    publisher = Publisher(larder, tmp_path, sink)
    # Pages that go may be read a moment after the root page that still led to them.
    publisher.sink["stale"] = "keep"
    assert publisher.run(files(1)).status == 0
    number, until = 1, time.monotonic() + SECONDS
    with Reader(tmp_path / "public/simple") as reader:
        while time.monotonic() < until:
            number += 1
            assert publisher.run(files(number)).status == 0
    print(f"{number} publications, {dict(reader.seen)}")
    assert number > SECONDS * 2 and reader.seen["passes"] > SECONDS * 100
    assert not reader.faults


# Publishers that do it wrong. Each is given a folder and the pages of a generation, root page first.


def write_in_place(folder, pages):
    for path, page in pages:
        with open(folder / path, "wb") as file:
            file.write(page[: len(page) // 2])
            file.flush()
            file.write(page[len(page) // 2 :])


def replace_root_first(folder, pages):
    for path, page in pages:
        replace(folder / path, page)


def swap_by_two_renames(folder, pages):
    fresh = fill(folder, pages)
    folder.rename(folder.with_name("old"))
    fresh.rename(folder)
    shutil.rmtree(folder.with_name("old"))


def remove_and_fill(folder, pages):
    shutil.rmtree(folder)
    folder.mkdir()
    for path, page in reversed(pages):
        (folder / path).parent.mkdir(exist_ok=True)
        replace(folder / path, page)


def remove_pages_before_the_root_changes(folder, pages):
    for path, page in reversed(pages):
        if path != "index.html":
            (folder / path).unlink()
            replace(folder / path, page)
    replace(folder / pages[0][0], pages[0][1])


def copy_over(folder, pages):
    fresh = fill(folder, pages)
    shutil.copytree(fresh, folder, dirs_exist_ok=True)
    shutil.rmtree(fresh)


def replace(path, page):
    new = path.with_name(".new")
    new.write_bytes(page)
    new.rename(path)


def fill(folder, pages):
    fresh = folder.with_name("fresh")
    for path, page in pages:
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).write_bytes(page)
    return fresh


BAD = [
    write_in_place, replace_root_first, swap_by_two_renames, remove_and_fill,
    remove_pages_before_the_root_changes, copy_over,
]  # fmt: skip


@pytest.mark.parametrize("publish", BAD)
def test_the_reader_finds_out_who_publishes_wrongly(publish, tmp_path):
    folder = tmp_path / "simple"
    fill(folder, pages_of(1)).rename(folder)
    until = time.monotonic() + 20
    with Reader(folder) as reader:
        for number in itertools.count(2):
            publish(folder, pages_of(number))
            if reader.faults or time.monotonic() > until:
                break
    print(f"{publish.__name__}: {number} publications, {dict(reader.seen)}")
    assert reader.faults


def pages_of(number):
    """The pages of a generation, as long as real ones."""
    names = [f"project{n}" for n in range(PROJECTS)]
    links = "".join(f'<a href="{name}/">{name}</a>\n' for name in names)
    bodies = {"index.html": f"{links}<!-- g{number} -->"}
    for name in names:
        bodies[f"{name}/index.html"] = f"<a href=x.zip>x g{number}</a>\n" * 200
    return [
        (path, f"<!DOCTYPE html>\n{body}\n".encode() + END) for path, body in bodies.items()
    ]
