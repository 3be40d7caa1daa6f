"""The same list makes the same bytes, whatever its order and whatever stood there before."""

import os
import random

import pytest

from support.records import rich_list


def records(seed, **options):
    return [distribution.record for distribution in rich_list(seed, **options)]


@pytest.mark.parametrize("seed", range(3))
def test_a_shuffled_list_makes_the_same_tree(build_index, seed):
    lines = records(seed)
    tree = build_index(lines).files()
    random.Random(seed).shuffle(lines)
    assert build_index(lines).files() == tree


def test_time_zone_language_and_mask_do_not_matter(build_index, monkeypatch):
    lines = records(1)
    tree = build_index(lines).files()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    mask = os.umask(0o077)
    try:
        assert build_index(lines).files() == tree
    finally:
        os.umask(mask)


def test_a_rerun_over_an_old_tree_makes_the_new_one_only(build_index, tmp_path):
    build_index(records(1), output=tmp_path / "out")
    again = build_index(records(2, projects=40), output=tmp_path / "out")
    assert again.files() == build_index(records(2, projects=40)).files()


def changed(lines, kind):
    """A list after one change of a kind that people make."""
    lines = list(lines)
    if kind == "a new project":
        return lines + [{"filename": "brand_new-1.0.tar.gz"}]
    if kind == "a new file":
        return lines + [{"filename": "a-99.0.tar.gz", "upload_timestamp": 2_000_000_000}]
    if kind == "a file gone":
        return lines[:50] + lines[51:]
    if kind == "a project gone":
        return [line for line in lines if not line["filename"].lower().startswith("zope")]
    if kind == "a yank":
        return lines[:50] + [lines[50] | {"yanked_reason": "broken"}] + lines[51:]
    if kind == "a new time":
        return lines[:50] + [lines[50] | {"upload_time": "2030-01-01T00:00:00Z"}] + lines[51:]
    if kind == "another order":
        return lines[::-1]
    raise ValueError(kind)


@pytest.mark.parametrize(
    "kind",
    [
        "a new project",
        "a new file",
        "a file gone",
        "a project gone",
        "a yank",
        "a new time",
        "another order",
    ],
)
def test_an_incremental_run_makes_what_a_full_run_makes(build_index, tmp_path, kind):
    before = records(1)
    after = changed(before, kind)
    build_index(before, output=tmp_path / "out")
    index = build_index(after, output=tmp_path / "out", previous=before)
    assert index.files() == build_index(after).files()


def test_many_incremental_runs_in_a_row_lose_nothing(build_index, tmp_path):
    everything = records(4)
    random_ = random.Random(4)
    before = random_.sample(everything, 200)
    build_index(before, output=tmp_path / "out")
    for _ in range(8):
        after = random_.sample(everything, 200)
        index = build_index(after, output=tmp_path / "out", previous=before)
        assert index.files() == build_index(after).files()
        before = after


def test_an_unchanged_list_writes_nothing(build_index, tmp_path):
    before = records(1)
    build_index(before, output=tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    index = build_index(before, output=tmp_path / "out", previous=before)
    assert index.run.report["published"] is False
    assert {path: path.stat().st_mtime_ns for path in index.root.rglob("*")} == times


def test_the_records_of_a_tree_make_the_same_tree(build_index, rich_index):
    """They are what another pipeline reads, and must lose nothing."""
    again = build_index(rich_index.read("larder", "records.jsonl"))
    assert again.files() == rich_index.files()
