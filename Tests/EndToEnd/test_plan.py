"""`larder plan` says what `larder run` does, and writes nothing."""

import json
import random

import pytest

from support.larder import finish


def pipeline_of(folder, lines, **more):
    (folder / "list.txt").write_text("".join(f"{line}\n" for line in lines))
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": "list.txt"}],
        "render": {},
        "sinks": [{"type": "filesystem", "id": "site", "path": "public"}],
    } | more
    path = folder / "pipeline.json"
    path.write_text(json.dumps(pipeline))
    return path


def plan(larder, pipeline, *flags):
    return finish([larder.binary, "plan", pipeline, *flags], pipeline.parent / "plan", report=False)


def run(larder, pipeline, *flags):
    return finish([larder.binary, "run", pipeline, *flags], pipeline.parent / "run")


def tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(20))
def test_a_run_does_what_the_plan_said(larder, tmp_path, seed):
    numbers = random.Random(seed)
    names = [f"p{n % 7}-{n}.zip" for n in range(30)]
    run(larder, pipeline_of(tmp_path, numbers.sample(names, 20)))
    pipeline = pipeline_of(tmp_path, numbers.sample(names, 20))
    before = tree(tmp_path)
    planned = plan(larder, pipeline, "--format", "json")
    assert planned.status == 0, planned.stderr
    assert tree(tmp_path) == before
    done = run(larder, pipeline)
    assert json.loads(planned.stdout)["sinks"] == done.report["sinks"]
    after = plan(larder, pipeline, "--exit-code")
    assert after.status == 0, after.stdout


def test_a_plan_ends_with_2_for_changes_if_it_is_asked_to(larder, tmp_path):
    pipeline = pipeline_of(tmp_path, ["a-1.zip"])
    assert plan(larder, pipeline, "--exit-code").status == 2
    assert plan(larder, pipeline).status == 0
    assert not (tmp_path / "public").exists()


def test_a_plan_says_what_is_left_out_as_a_run_does(larder, tmp_path):
    source = {"type": "file", "path": "list.txt", "on_error": "skip"}
    pipeline = pipeline_of(
        tmp_path, ["a-1.zip", "two words"], sources=[source],
        transforms=[{"type": "filter", "drop": {"project": "absent"}}],
    )
    said = [
        [line for line in done.stderr.splitlines() if line.startswith(("skipped:", "warning["))]
        for done in (plan(larder, pipeline), run(larder, pipeline))
    ]
    assert said[0] == said[1] and len(said[0]) == 2, said


def test_a_missing_folder_is_planned_without_making_it(larder, tmp_path):
    pipeline = pipeline_of(
        tmp_path, ["a-1.zip"], sinks=[{"type": "filesystem", "path": "deep/er/public"}]
    )
    assert plan(larder, pipeline).status == 0
    assert not (tmp_path / "deep").exists()


def test_an_index_of_dumb_pypi_is_compared_too(larder, tmp_path):
    """Its pages are those of the same paths; its list of files is `packages.json`."""
    public = tmp_path / "public"
    (public / "simple/old").mkdir(parents=True)
    (public / "simple/old/index.html").write_text("old")
    (public / "packages.json").write_text('{"filename": "old-1.zip"}\n')
    (public / "pool").mkdir()
    (public / "pool/old-1.zip").write_bytes(b"kept")
    found = plan(larder, pipeline_of(tmp_path, ["new-1.zip"]), "--format", "json")
    (site,) = json.loads(found.stdout)["sinks"]
    assert site["removed_pages"] == ["simple/old/index.html"]
    assert site["changed_pages"] == ["packages.json"]


def test_an_unreadable_list_of_records_is_an_error_never_an_empty_index(larder, tmp_path):
    pipeline = pipeline_of(tmp_path, ["a-1.zip"])
    run(larder, pipeline)
    records = tmp_path / "public/larder/records.jsonl"
    records.write_text("not JSON\n")
    found = plan(larder, pipeline)
    assert found.status == 65
    assert "unreadable-state" in found.stderr
