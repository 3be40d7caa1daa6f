"""The layout of the tree: checks 1 to 10."""

import random
import re
import signal
import subprocess
import time

import pytest

from support.corpus import HOSTILE_FILENAMES

NAMES = ["alpha-1.0.tar.gz", "alpha-2.0-py3-none-any.whl", "Beta_Two-1.0.zip", "gamma-1.0.tar.gz"]


def test_01_an_empty_list_makes_a_simple_root_without_links(build_index):
    index = build_index([])
    root = index.read("simple", "index.html")
    assert b"<a" not in root
    assert b"<!DOCTYPE html>" in root
    assert index.read_json("simple", "index.v1_json")["projects"] == []


def test_02_every_project_has_a_page_in_html_and_one_in_json(rich_index, rich):
    """There is no `index.v1_html`: `text/html` serves every client."""
    assert rich_index.projects == sorted({distribution.project for distribution in rich})
    for project in rich_index.projects:
        folder = rich_index.root / "simple" / project
        assert {page.name for page in folder.iterdir()} == {"index.html", "index.v1_json"}


def test_03_folders_of_projects_are_normalized_names(rich_index):
    for tree in ("simple", "pypi", "project"):
        assert rich_index.folders(tree) == rich_index.projects
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in rich_index.projects)


def test_04_two_runs_make_the_same_bytes(build_index, rich, rich_index):
    again = build_index([distribution.record for distribution in rich])
    assert again.files() == rich_index.files()


def test_05_the_order_of_the_input_does_not_matter(build_index, rich, rich_index):
    records = [distribution.record for distribution in rich]
    random.Random(5).shuffle(records)
    assert build_index(records).files() == rich_index.files()


def test_06_there_is_a_page_for_what_is_not_found(build_index):
    page = build_index([]).read("404.html")
    assert page.startswith(b"<!DOCTYPE html>")


def test_07_a_killed_run_leaves_the_old_tree_or_the_new_one(larder, build_index, tmp_path):
    old = [f"project{number}-1.0.tar.gz" for number in range(60)]
    new = [f"project{number}-2.0.tar.gz" for number in range(20, 80)]
    trees = [build_index(names).files() for names in (old, new)]
    (tmp_path / "new.list").write_text("\n".join(new))
    command = [
        larder.binary,
        "generate",
        "--package-list",
        tmp_path / "new.list",
        "--output-dir",
        tmp_path / "out",
        "--packages-url",
        "../../pool/",
        "--no-generate-timestamp",
    ]
    delays = random.Random(7)
    outcomes = set()
    for _ in range(12):
        index = build_index(old, output=tmp_path / "out")
        child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(delays.uniform(0, 0.1))
        child.send_signal(signal.SIGKILL)
        child.wait()
        outcomes.add(trees.index(index.files()))
    assert 0 in outcomes


def test_08_no_line_makes_a_file_outside_the_output_folder(build_index, tmp_path):
    """NUL and controls are escapes in JSON, as a list of names could hold them raw."""
    output = tmp_path / "a" / "b" / "out"
    output.parent.mkdir(parents=True)
    records = [{"filename": name} for name in [*HOSTILE_FILENAMES, NAMES[0]]]
    index = build_index(records, output=output)
    assert index.projects == ["alpha"]
    assert len(index.run.report["skipped"]) == len(HOSTILE_FILENAMES)
    beside = {path.name for path in output.parent.iterdir()}
    assert {name for name in beside if not name.startswith((".", "out"))} == set()
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"b"}
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


@pytest.mark.parametrize("line", [name for name in HOSTILE_FILENAMES if name.isprintable()])
def test_08_each_hostile_line_is_skipped_alone_and_named(build_index, line):
    index = build_index([line, NAMES[0]])
    assert index.projects == ["alpha"]
    assert [number for number, _ in index.run.skipped] == [1]
    assert ":1: " in index.run.stderr


@pytest.mark.parametrize("incremental", [False, True])
def test_09_a_project_without_files_leaves_no_page(build_index, tmp_path, incremental):
    build_index(NAMES, output=tmp_path / "out")
    rest = [name for name in NAMES if not name.startswith("alpha")]
    previous = {"previous": NAMES} if incremental else {}
    index = build_index(rest, output=tmp_path / "out", **previous)
    assert index.projects == ["beta-two", "gamma"]
    assert index.folders("pypi") == index.folders("project") == index.projects
    mentions = [path for path, page in index.files().items() if b"alpha" in page]
    assert mentions == []


def test_10_an_incremental_build_makes_what_a_full_one_makes(build_index, rich, tmp_path):
    before = [distribution.record for distribution in rich]
    after = before[7:] + [{"filename": "brand_new-1.0.tar.gz"}]
    after[40] = after[40] | {"yanked": True}
    build_index(before, output=tmp_path / "out")
    index = build_index(after, output=tmp_path / "out", previous=before)
    assert index.files() == build_index(after).files()
