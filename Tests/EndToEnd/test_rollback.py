"""The last publication can be taken back."""

import json
import os
import subprocess

import pytest


class Site:
    def __init__(self, larder, folder):
        self.larder, self.folder = larder, folder
        self.public = folder / "public"
        sinks = [{"type": "filesystem", "path": "public"}]
        pipeline = {
            "version": 1,
            "sources": [{"type": "file", "path": "names.txt"}],
            "render": {"packages_url": "../../pool/"},
            "sinks": sinks,
        }
        (folder / "pipeline.json").write_text(json.dumps(pipeline))

    def run(self, *arguments):
        return subprocess.run(
            [self.larder.binary, *arguments], cwd=self.folder, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip

    def publish(self, *names):
        (self.folder / "names.txt").write_text("".join(f"{name}\n" for name in names))
        done = self.run("run")
        assert done.returncode == 0, done.stderr

    def roll_back(self, *arguments):
        done = self.run("rollback", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def projects(self):
        return sorted(path.name for path in (self.public / "simple").iterdir() if path.is_dir())

    def tree(self):
        return {
            path.relative_to(self.public): path.read_bytes()
            for path in self.public.rglob("*") if path.is_file()
        }  # fmt: skip


@pytest.fixture
def site(larder, tmp_path):
    return Site(larder, tmp_path)


def test_a_rollback_brings_the_index_before_back_and_another_one_the_new_one(site):
    site.publish("a-1.0.tar.gz")
    before = site.tree()
    site.publish("a-1.0.tar.gz", "b-1.0.tar.gz")
    after = site.tree()
    said = site.roll_back()
    assert said == 'sink "filesystem" has the index again that was there before\n'
    assert site.tree() == before
    site.roll_back()
    assert site.tree() == after


def test_a_publication_goes_on_from_where_the_rollback_went(site):
    site.publish("a-1.0.tar.gz")
    site.publish("a-1.0.tar.gz", "b-1.0.tar.gz")
    site.roll_back()
    site.publish("a-1.0.tar.gz", "c-1.0.tar.gz")
    assert site.projects == ["a", "c"]
    site.publish("a-1.0.tar.gz", "b-1.0.tar.gz", "c-1.0.tar.gz")
    assert site.projects == ["a", "b", "c"]


def test_files_of_others_stay(site):
    site.publish("a-1.0.tar.gz")
    (site.public / "robots.txt").write_text("old")
    site.publish("b-1.0.tar.gz")
    (site.public / "robots.txt").unlink()
    (site.public / "robots.txt").write_text("new")
    os.utime(site.public / "robots.txt", (4_000_000_000, 4_000_000_000))
    (site.public / "pool").mkdir()
    (site.public / "pool/b-1.0.tar.gz").write_text("wheel")
    site.roll_back()
    assert site.projects == ["a"]
    assert (site.public / "robots.txt").read_text() == "new"
    assert (site.public / "pool/b-1.0.tar.gz").read_text() == "wheel"


@pytest.mark.parametrize("publications", [0, 1])
def test_without_an_index_before_there_is_nothing_to_go_back_to(site, publications):
    for _ in range(publications):
        site.publish("a-1.0.tar.gz")
    done = site.run("rollback")
    assert done.returncode == 74 and "error[no-earlier-index]" in done.stderr, done
    assert "pipeline.json" in done.stderr


def test_a_sink_that_keeps_nothing_says_so(site):
    pipeline = json.loads((site.folder / "pipeline.json").read_text())
    pipeline["sinks"].append({"type": "exec", "command": ["true"]})
    (site.folder / "pipeline.json").write_text(json.dumps(pipeline))
    done = site.run("rollback", "--only", "exec")
    assert "error[no-earlier-index]: a sink of type exec keeps no index" in done.stderr


def test_nobody_else_may_publish_meanwhile(site):
    import fcntl

    site.publish("a-1.0.tar.gz")
    site.publish("b-1.0.tar.gz")
    (lock,) = site.folder.glob(".public.larder-lock")
    with open(lock, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = site.run("rollback")
    assert done.returncode == 75 and "error[locked]" in done.stderr
    assert site.projects == ["b"]
