"""`larder why` tells the way of every file, and what Docs/Transforms.md shows is true."""

import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from test_docs import REPOSITORY, blocks
from test_dumb_pypi_differential import HUGE, needs_lists

PAGE = (REPOSITORY / "Docs" / "Transforms.md").read_text()
NAMES = ["acme_core-4.2.0-py3-none-any.whl", "acme_core-4.2.0+debug-py3-none-any.whl"]


def why(larder, folder, name, *flags):
    return subprocess.run(
        [larder.binary, "why", *flags, name], cwd=folder, capture_output=True, text=True, timeout=120
    )


def write(folder: Path, lines, transforms, /, **source):
    (folder / "names.txt").write_text("".join(f"{line}\n" for line in lines))
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": "names.txt", "on_error": "skip", **source}],
        "transforms": transforms,
        "render": {},
        "sinks": [{"type": "filesystem", "path": "public"}],
    }
    (folder / "pipeline.json").write_text(json.dumps(pipeline, indent=2))


def test_the_documented_answer_is_given(larder, tmp_path):
    pipeline = blocks(PAGE, "json")[0]
    (shown,) = blocks(PAGE, "console")
    command, _, answer = shown.partition("\n")
    (tmp_path / "pipeline.json").write_text(pipeline)
    (tmp_path / "names.txt").write_text("".join(f"{name}\n" for name in NAMES))
    done = why(larder, tmp_path, re.search("'(.*)'", command)[1])
    assert (done.stdout, done.stderr, done.returncode) == (answer, "", 0)


def test_the_docs_name_each_transform_and_condition(larder, tmp_path):
    rows = re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    documented = set(re.findall(r"[\w-]+", " ".join(rows)))
    write(tmp_path, [], [{"type": "filter", "drop": {"x": 1}}, {"type": "x"}])
    said = why(larder, tmp_path, "a").stderr
    conditions = re.search("fields: (.*)", said)[1].split(", ")
    transforms = re.search("transform types in this build: (.*)", said)[1].split(", ")
    assert set(conditions) | set(transforms) - {"exec"} == documented


def test_a_file_in_the_index_is_told_with_its_edits(larder, tmp_path):
    write(tmp_path, NAMES, [{"type": "set", "values": {"yanked": "bad"}}, {"type": "sort"}])
    done = why(larder, tmp_path, NAMES[0])
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "source     file       read       names.txt:1",
        f'transform  set        edited     {{ "filename": "{NAMES[0]}", "yanked": "bad" }}',
        "transform  sort       kept",
        "catalog    catalog    in the index project acme-core, version 4.2.0",
    ]


def test_each_copy_and_each_skipped_line_is_told(larder, tmp_path):
    write(tmp_path, ["a-1.zip", "../a-1.zip", "b-1.zip", "a-1.zip"], [])
    done = why(larder, tmp_path, "a-1.zip", "-c", "pipeline.json")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "source     names.txt  SKIPPED    a file name must not contain a path  names.txt:2",
        "",
        "source     file       read       names.txt:1",
        "catalog    catalog    DROPPED    a later record has this file name (line 4)",
        "",
        "source     file       read       names.txt:4",
        "catalog    catalog    in the index project a, version 1",
    ]


def test_the_merge_and_the_transforms_of_a_source_are_told(larder, tmp_path):
    write(tmp_path, ["a-1.zip"], [], transforms=[{"type": "sort", "id": "inner"}])
    pipeline = json.loads((tmp_path / "pipeline.json").read_text())
    pipeline["sources"].append({"type": "file", "id": "other", "path": "other.txt"})
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    (tmp_path / "other.txt").write_text("a-1.zip\n")
    done = why(larder, tmp_path, "a-1.zip")
    assert done.stdout.splitlines() == [
        "source     file       read       names.txt:1",
        "transform  inner      kept",
        "merge      merge      kept",
        "catalog    catalog    in the index project a, version 1",
        "",
        "source     other      read       other.txt:1",
        'merge      merge      DROPPED    source "file" has this project',
    ]


@pytest.mark.parametrize("name", ["never-1.zip", "", "\x1b[31m"])
def test_a_file_that_no_source_has_is_status_1(larder, tmp_path, name):
    write(tmp_path, NAMES, [])
    done = why(larder, tmp_path, name)
    assert done.returncode == 1
    assert done.stdout.startswith("no source has a file") and "\x1b" not in done.stdout


def test_what_stops_a_run_stops_why(larder, tmp_path):
    write(tmp_path, [], [{"type": "x"}])
    assert why(larder, tmp_path, "a-1.zip").returncode == 78
    write(tmp_path, [], [{"type": "filter", "drop": {"project": {"file": "missing.txt"}}}])
    done = why(larder, tmp_path, "a-1.zip")
    assert done.returncode == 78 and "cannot read missing.txt" in done.stderr
    write(tmp_path, [], [])
    (tmp_path / "names.txt").unlink()
    assert why(larder, tmp_path, "a-1.zip").returncode == 69


def test_every_dropped_record_is_explained(larder, tmp_path):
    """The ledger, `why` and the index agree for each record."""
    lines = [
        f"p{number % 7}-{number % 5}.{number % 3}{suffix}"
        for number in range(60)
        for suffix in (".zip", ".egg")
    ]
    lines = sorted(set(lines))
    transforms = [
        {"type": "filter", "id": "eggs", "drop": {"kind": "egg", "not": {"project": "p1"}}},
        {"type": "latest", "count": 2},
    ]
    write(tmp_path, lines, transforms)
    done = subprocess.run([larder.binary, "run"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    records = (tmp_path / "public" / "larder" / "records.jsonl").read_text()
    kept = {json.loads(line)["filename"] for line in records.splitlines()}
    assert 0 < len(kept) < len(lines)
    for name in lines:
        told = why(larder, tmp_path, name).stdout
        assert ("in the index" in told) == (name in kept), told
        dropped = re.findall(r"DROPPED +(.*)", told)
        assert len(dropped) == (name not in kept)
        assert all(re.search(r"\S  pipeline.json:\d+$", line) for line in dropped), told


@needs_lists
def test_why_explains_what_is_left_out_of_the_huge_list(larder, tmp_path):
    transforms = [
        {"type": "filter", "id": "no-installers", "drop": {"filename": ["*.exe", "*.msi", "*.egg"]}},
        {"type": "normalize", "id": "no-legacy", "legacy_versions": "drop"},
        {"type": "latest", "id": "newest", "count": 20},
    ]
    lines = HUGE.read_text().splitlines()
    write(tmp_path, lines, transforms)
    kept = subprocess.run(
        [larder.binary, "show", "records"], cwd=tmp_path, capture_output=True, text=True
    )
    assert kept.returncode == 0, kept.stderr
    kept = {json.loads(line)["filename"] for line in kept.stdout.splitlines()}
    out = sorted(set(lines) - kept)
    assert len(out) > 10_000
    # Each is asked about by a process of its own: some hundreds must do, and all odd names.
    plain = [name for name in out if re.fullmatch(r"[A-Za-z0-9._+-]+", name)]
    odd = sorted(set(out) - set(plain))
    ids = {"no-installers", "no-legacy", "newest"}
    seen = set()
    for name in [*odd, *random.Random(5).sample(plain, 150)]:
        done = why(larder, tmp_path, name) if not name.startswith("-") else None
        if done is None:
            continue  # a name that looks like a flag is no file name either
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
        last = done.stdout.splitlines()[-1]
        reason = re.search(r"(?:DROPPED|SKIPPED|skipped) +\S", done.stdout)
        assert reason, f"{name}: {done.stdout}"
        seen |= {stage for stage in ids if f" {stage} " in last}
    assert seen == ids


def test_a_filter_that_matched_nothing_is_warned_of_once(larder, tmp_path):
    write(tmp_path, NAMES, [{"type": "filter", "id": "f", "drop": {"filename": ["*.egg", "*.exe"]}}])
    done = subprocess.run(
        [larder.binary, "run"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stderr.count("warning[empty-filter]") == 1
    assert '"*.egg", "*.exe" matched nothing' in done.stderr
