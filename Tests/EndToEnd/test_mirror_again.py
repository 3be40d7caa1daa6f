"""A mirror whose origin is as it was does nothing, and says no less than the run before."""

import json

import pytest

from support import simple_pages
from support.faulty import FaultyServer
from support.sources import SourceReader


class Mirror:
    """A pipeline from an index to a folder."""

    def __init__(self, larder, folder, server):
        self.reader = SourceReader(larder.binary, folder)
        self.folder = folder
        self.source = {"type": "http", "url": server.url("/simple/")}
        self.more = {"render": {"file_url": "upstream"}}

    def run(self, *flags):
        pipeline = self.reader.pipeline(self.source, **self.more)
        report = self.folder / "report.json"
        done = self.reader.run("run", pipeline, "--report", report, *flags)
        assert done.returncode == 0, done.stderr
        return json.loads(report.read_text())

    @property
    def records(self):
        lines = (self.folder / "public/larder/records.jsonl").read_text().splitlines()
        return {json.loads(line)["filename"] for line in lines}


@pytest.fixture
def server():
    with FaultyServer() as server:
        yield server


@pytest.fixture
def mirror(larder, tmp_path, server):
    return Mirror(larder, tmp_path, server)


@pytest.fixture
def index(server):
    index = simple_pages.make_index(7)
    simple_pages.serve(server, index, "json")
    return index


def kinds(report):
    return [stage["kind"] for stage in report["stages"]]


def names(index):
    return {file["filename"] for files in index.values() for file in files}


def test_nothing_is_grouped_or_rendered_if_the_origin_is_as_it_was(mirror, index):
    first = mirror.run()
    second = mirror.run()
    assert kinds(first) == ["source", "catalog", "render", "sink"]
    assert kinds(second) == ["source"]
    assert not second["published"]
    assert (second["projects"], second["distributions"]) == (
        first["projects"], first["distributions"],
    )  # fmt: skip
    pages = sum(path.is_file() for path in (mirror.folder / "public").rglob("*"))
    # The manifest does not count itself.
    assert second["sinks"][0]["unchanged"] == pages - 1


def test_a_change_at_the_origin_is_published(server, mirror, index):
    mirror.run()
    mirror.run()
    index["project-2"].pop()
    simple_pages.serve(server, index, "json")
    assert mirror.run()["published"]
    assert mirror.records == names(index)
    assert kinds(mirror.run()) == ["source"]
    assert mirror.run("--rebuild")["published"]
    assert mirror.records == names(index)


def test_another_title_is_published(mirror, index):
    mirror.run()
    mirror.more = {"render": {"file_url": "upstream", "title": "Another"}}
    assert mirror.run()["published"]
    assert "Another" in (mirror.folder / "public/index.html").read_text()


def test_a_folder_that_was_emptied_is_filled_again(mirror, index):
    mirror.run()
    (mirror.folder / "public/larder/manifest.jsonl").unlink()
    assert mirror.run()["published"]


def test_transforms_run_each_time(mirror, index):
    """What they decide may depend on the day, or on a program."""
    mirror.more |= {"transforms": [{"type": "filter", "drop": {"project": "project-1"}}]}
    mirror.run()
    assert "transform" in kinds(mirror.run())
    assert mirror.records == names(index) - names({"": index["project-1"]})


def test_what_is_left_out_is_said_in_each_run(server, mirror, index):
    mirror.source["on_error"] = "skip"
    stray = {"filename": "other-1.0.tar.gz", "url": "https://x.example/other-1.0.tar.gz"}
    index["project-1"].append(stray)
    simple_pages.serve(server, index, "json")
    assert [len(mirror.run()["skipped"]) for _ in range(3)] == [1, 1, 1]


def test_guards_that_came_later_are_kept(mirror, index):
    mirror.run()
    mirror.more |= {"guards": {"min_projects": 1000}}
    pipeline = mirror.reader.pipeline(mirror.source, **mirror.more)
    done = mirror.reader.run("run", pipeline)
    assert done.returncode != 0 and "guard-min-projects" in done.stderr
