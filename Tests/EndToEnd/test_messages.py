"""Messages of runs that read exactly so; those of pipeline files are golden files of unit tests."""

import json
import subprocess

import pytest

UNSAFE = """\
error[unsafe-filename]: source "list" (file): a file name must not contain a path
   --> packages.txt:37:1
    |
 37 | ../../../etc/cron.d/evil-1.0-py3-none-any.whl
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not a plain file name
    |
    = note: names from sources become URLs and paths; separators, "..", control characters and absolute paths are always refused
    = help: "on_error": "skip" on this source drops such lines and counts them in the report

error: nothing was published; the sink is as it was
"""  # noqa: E501

REMOVED = """\
error[guard-max-removed]: refusing to publish: 812 of 1,024 projects would disappear from the index (79.3 %, limit 5 %)
   = sink "cdn" has 1,024 projects now; this run made 212
   = the largest loss is from source "list" (file): 212 records, 1,024 on the last published run
   = removed: acme-auth, acme-billing, acme-cache, acme-config, acme-core, ... 807 more
   = help: look at `larder plan`; if the removal is meant, run once with `--allow-removals 812`
   = at: pipeline.json:12 /guards/max_removed_projects

error: nothing was published; the 2 sinks are as they were
"""  # noqa: E501


@pytest.fixture
def run(larder, tmp_path):
    """Runs a list through a pipeline in its folder; gives the status and what is said."""

    def run(lines, sinks=("public",), guards=None):
        (tmp_path / "packages.txt").write_text("".join(f"{line}\n" for line in lines))
        pipeline = {
            "version": 1,
            "sources": [{"type": "file", "id": "list", "path": "packages.txt"}],
            "render": {},
        }
        if guards:
            pipeline["guards"] = guards
        pipeline["sinks"] = [
            {"type": "filesystem", "id": sink, "path": f"out/{sink}"} for sink in sinks
        ]
        (tmp_path / "pipeline.json").write_text(json.dumps(pipeline, indent=2))
        done = subprocess.run(
            [larder.binary, "run", "--quiet"], cwd=tmp_path, capture_output=True, text=True
        )
        return done.returncode, done.stderr

    return run


def test_a_hostile_line_is_refused_so(run):
    lines = [f"a-{n}.zip" for n in range(36)] + ["../../../etc/cron.d/evil-1.0-py3-none-any.whl"]
    assert run(lines) == (65, UNSAFE)


def test_a_guard_refuses_so(run):
    names = ["acme-auth", "acme-billing", "acme-cache", "acme-config", "acme-core"]
    gone = names + [f"gone-{n}" for n in range(807)]
    kept = [f"kept-{n}" for n in range(212)]
    sinks = ("cdn", "snapshot")
    status, said = run([f"{name}-1.0.tar.gz" for name in gone + kept], sinks)
    assert status == 0, said
    status, said = run(
        [f"{name}-1.0.tar.gz" for name in kept], sinks, guards={"max_removed_projects": "5%"}
    )
    assert status == 1
    assert said == REMOVED
