"""What `larder run` and `larder show records` tell people and programs."""

import json
import re

import pytest

from support.larder import finish

LINES = ["a-1.zip", "a-2.zip", "b-1.tar.gz"]


@pytest.fixture
def pipeline(tmp_path):
    (tmp_path / "list.txt").write_text("".join(f"{line}\n" for line in LINES))
    path = tmp_path / "pipeline.json"
    path.write_text(
        json.dumps(
            {
                "version": 1,
                "name": "acme | main",
                "sources": [{"type": "file", "id": "list", "path": "list.txt"}],
                "transforms": [
                    {"type": "filter", "id": "no-b", "drop": {"project": "b"}},
                    {"type": "latest", "id": "newest", "count": 1},
                ],
                "render": {},
                "sinks": [{"type": "filesystem", "id": "site", "path": "public"}],
            }
        )
    )
    return path


def larder_run(larder, pipeline, *flags):
    return finish([larder.binary, "run", pipeline, *flags], pipeline.parent / "run")


def test_each_line_of_the_log_is_json_if_that_is_asked_for(larder, pipeline):
    done = larder_run(larder, pipeline, "--log-format", "json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(line["v"] == 1 and line["msg"] for line in lines)
    stages = [line["id"] for line in lines if line["event"] == "stage_finished"]
    assert stages == ["list", "no-b", "newest", "catalog", "render", "site"]
    assert lines[-1]["event"] == "summary" and lines[-1]["exit"] == 0
    assert all(re.fullmatch(r"[0-9-]+T[0-9:]+Z", line["time"]) for line in lines)


def test_a_failure_is_json_too(larder, pipeline):
    pipeline.write_text(pipeline.read_text().replace("list.txt", "gone.txt"))
    done = larder_run(larder, pipeline, "--log-format", "json")
    assert done.status == 69
    events = [json.loads(line)["event"] for line in done.stderr.splitlines()]
    assert events[-2:] == ["diagnostic", "end"]
    pipeline.write_text("{")
    done = larder_run(larder, pipeline, "--log-format", "json")
    assert done.status == 78
    assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == [
        "diagnostic", "end",
    ]  # fmt: skip


def test_a_quiet_run_says_nothing_if_nothing_is_wrong(larder, pipeline):
    assert larder_run(larder, pipeline, "--quiet").stderr == ""


def test_a_run_without_progress_says_only_how_it_ended(larder, pipeline):
    done = larder_run(larder, pipeline, "--progress", "none")
    assert done.stderr.splitlines() == ["published 1 distribution of 1 project; 0 lines skipped"]


def test_the_summary_is_appended_as_markdown(larder, pipeline):
    summary = pipeline.parent / "summary.md"
    summary.write_text("before\n")
    larder_run(larder, pipeline, "--summary-file", summary)
    lines = summary.read_text().splitlines()
    assert lines[:4] == ["before", "### larder: acme \\| main", "", "Published."]
    cells = [line for line in lines if line.startswith("| transform `no-b` | 3 | 2 | 1 ")]
    assert len(cells) == 1


def test_the_metrics_are_those_of_the_report(larder, pipeline):
    metrics = pipeline.parent / "larder.prom"
    done = larder_run(larder, pipeline, "--metrics-file", metrics)
    values = {}
    for line in metrics.read_text().splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            values[name] = int(value)
    labels = '{pipeline="acme | main"'
    assert values["larder_run_exit_status" + labels + "}"] == 0
    assert values["larder_index_distributions" + labels + "}"] == 1
    for stage in done.report["stages"]:
        key = labels + f',kind="{stage["kind"]}",stage="{stage["id"]}"' + "}"
        assert values["larder_stage_out" + key] == stage["out"]
    (site,) = done.report["sinks"]
    key = labels + ',sink="site",change="added"}'
    assert values["larder_sink_pages" + key] == site["added"]


def show(larder, pipeline, *flags):
    done = finish(
        [larder.binary, "show", "records", pipeline, *flags], pipeline.parent / "x", report=False
    )
    return done.status, [json.loads(line)["filename"] for line in done.stdout.splitlines()]


def test_records_are_shown_after_any_stage(larder, pipeline):
    assert show(larder, pipeline) == (0, ["a-2.zip"])
    assert show(larder, pipeline, "--after", "no-b") == (0, ["a-1.zip", "a-2.zip"])
    assert show(larder, pipeline, "--after", "list") == (0, LINES)
    assert show(larder, pipeline, "--after", "list", "--limit", "1") == (0, LINES[:1])
    condition = json.dumps({"filename": "*.tar.gz"})
    assert show(larder, pipeline, "--after", "list", "--where", condition) == (0, LINES[2:])
    assert show(larder, pipeline, "--after", "nobody")[0] == 78
    assert show(larder, pipeline, "--where", "{}")[0] == 78
    assert not (pipeline.parent / "public").exists()
