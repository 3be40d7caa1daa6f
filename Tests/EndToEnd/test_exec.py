"""Programs as stages that keep to the protocol."""

import json
import signal
import subprocess
import sys
import time

import pytest

from support.programs import LINES, Site, left_in, python, sh

ALL = sorted(LINES)


@pytest.fixture
def site(larder, tmp_path):
    return Site(larder, tmp_path)


def drops(run, stage):
    (found,) = [each for each in run.report["stages"] if each["id"] == stage]
    return found["dropped"]


def test_cat_changes_nothing(site):
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["cat"]})
    assert run.status == 0, run.stderr
    assert sorted(site.records) == ALL


def test_records_come_back_in_any_order(site):
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["sort", "-r"]})
    assert run.status == 0, run.stderr
    assert sorted(site.records) == ALL


def test_jq_is_a_transform(site):
    site.lines = [
        {"filename": "a-1.zip", "yanked": "broken"},
        {"filename": "a-2.zip", "summary": "Ä <b> \"x\" / \\ \u2028", "size": 3},
        {"filename": "b-1.zip", "requires_python": ">=3.9", "hashes": {"sha256": "0" * 64}},
    ]
    run = site.run({"type": "exec", "id": "unyanked", "protocol": "jsonl",
                    "command": ["jq", "-c", "select(.yanked == null)"]})
    assert run.status == 0, run.stderr
    assert drops(run, "unyanked") == {"not returned by unyanked": 1}
    assert sorted(site.records) == ["a-2.zip", "b-1.zip"]
    assert site.records["a-2.zip"]["summary"] == "Ä <b> \"x\" / \\ \u2028"


def test_jq_edits_records(site):
    edit = '.size = 7 | .summary = .project + " " + .version | del(.license)'
    site.lines = [{"filename": "A_b-1.0.zip", "license": "MIT"}, "C-2.zip"]
    site.lines[1] = {"filename": "C-2.zip"}
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["jq", "-c", edit]})
    assert run.status == 0, run.stderr
    assert site.records["A_b-1.0.zip"] == {
        "filename": "A_b-1.0.zip", "size": 7, "summary": "a-b 1.0"}
    assert site.records["C-2.zip"]["summary"] == "c 2"


def test_records_of_two_sources_are_told_apart(site, tmp_path):
    (tmp_path / "other.txt").write_text("q-1.zip\n")
    run = site.run(
        {"type": "exec", "id": "mine", "protocol": "jsonl",
         "command": ["jq", "-c", 'select(.source == "other")']},
        sources=[{"type": "file", "path": "list.txt"},
                 {"type": "file", "id": "other", "path": "other.txt"}],
    )
    assert run.status == 0, run.stderr
    assert list(site.records) == ["q-1.zip"]


def test_a_program_is_a_source(site):
    script = "for n in 1 2 3; do echo \"{\\\"filename\\\":\\\"a-$n.zip\\\",\\\"size\\\":$n}\"; done"
    run = site.run(sources=[{"type": "exec", "protocol": "jsonl", "command": sh(script)}])
    assert run.status == 0, run.stderr
    assert site.records["a-3.zip"]["size"] == 3


# Answers in reverse, edits, drops, adds, logs, counts, and remembers.
CLEVER = """
import json, os, sys
def say(**message): print(json.dumps(message))
init = json.loads(sys.stdin.readline())
say(type="ready", protocol=1, name="clever", version="1", unknown=[1])
sys.stdout.flush()
records = []
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "end": break
    records.append(message)
say(type="log", level="warning", message="now it begins")
say(type="progress", done=1, total=5)
for message in reversed(records):
    record, seq = message["record"], message["seq"]
    if seq == 2: say(type="drop", seq=seq, reason="two")
    elif seq == 3: say(type="keep", seq=seq, record=record | {"size": init["options"]["size"]})
    else: say(type="keep", seq=seq)
say(type="record", record={"filename": "z-1.zip", "summary": str(init["state"])})
say(type="state", state={"runs": (init["state"] or {"runs": 0})["runs"] + 1})
print(os.environ.get("LARDER_PROTOCOL"), os.environ.get("SECRET"), os.environ.get("GIVEN"),
      os.getcwd(), file=sys.stderr)
print(json.dumps(init), file=sys.stderr)
say(type="done", answered=len(records))
"""


def test_a_plugin_can_do_all_that_the_protocol_says(site, tmp_path):
    stage = {"type": "exec", "id": "clever", "command": python(CLEVER), "env": ["GIVEN"],
             "options": {"size": 9, "nested": [True, None, 1.5, {"a": "ä"}]}}
    environment = {"SECRET": "s", "GIVEN": "g"}
    run = site.run(stage, environment=environment)
    assert run.status == 0, run.stderr
    assert sorted(site.records) == sorted({*ALL, "z-1.zip"} - {"p1-1.zip"})
    assert drops(run, "clever") == {"two": 1}
    assert site.records["p2-1.zip"]["size"] == 9
    assert "clever: warning: now it begins" in run.stderr
    assert f"clever: 1 None g {tmp_path}" in run.stderr
    (line,) = [line for line in run.stderr.splitlines() if '"type": "init"' in line]
    init = json.loads(line.removeprefix("clever: "))
    assert init["options"] == stage["options"]
    assert init["kind"] == "transform" and init["mode"] == "run" and init["protocol"] == 1
    assert init["config_dir"] == str(tmp_path) and init["id"] == "clever"
    assert init["cache_dir"].startswith(str(tmp_path / "cache")) and init["state"] is None
    assert init["limits"] == {"line_bytes": 8 << 20}
    assert site.records["z-1.zip"]["summary"] == "None"
    # What it remembers is kept by a run that goes well, and by no plan.
    site.run(stage, verb="plan", environment=environment)
    site.run(stage, environment=environment)
    assert site.records["z-1.zip"]["summary"] == "{'runs': 1}"


def test_a_run_that_fails_keeps_no_state(site):
    stage = {"type": "exec", "id": "clever", "command": python(CLEVER), "options": {"size": 9}}
    assert site.run(stage, {"type": "exec", "protocol": "jsonl", "command": ["false"]}).status == 65
    assert site.run(stage).status == 0
    assert site.records["z-1.zip"]["summary"] == "None"


def error(**message):
    message = {"type": "error", "message": "sorry"} | message
    return python(f"input(); print('{{\"type\":\"ready\",\"protocol\":1}}')\n"
                  f"print({json.dumps(message)!r})")


@pytest.mark.parametrize("kind, status", [
    ("config", 78), ("data", 65), ("unavailable", 69), ("transient", 75), ("bug", 65),
])
def test_a_plugin_says_what_went_wrong(site, kind, status):
    command = error(kind=kind, help="ask Ann", field="/allow/1")
    run = site.run({"type": "exec", "command": command, "options": {"allow": ["MIT", "X"]}})
    assert run.status == status, run.stderr
    assert "error[plugin-error]" in run.stderr
    assert 'transform "exec" (exec) failed: sorry' in run.stderr
    assert "help: ask Ann" in run.stderr and "/transforms/0/options/allow/1" in run.stderr


def busy(times, records=""):
    """A source that is busy the first few times that it is asked."""
    return python(f"""
import json, pathlib
input()
seen = pathlib.Path("seen"); count = len(seen.read_text()) if seen.exists() else 0
seen.write_text("x" * (count + 1))
print('{{"type":"ready","protocol":1}}')
{records}
if count < {times}:
    print('{{"type":"error","kind":"transient","message":"busy","retry_after":0.1}}')
else:
    print('{{"type":"record","record":{{"filename":"a-1.zip"}}}}')
    print('{{"type":"done","answered":1}}')
""")


def test_a_source_that_is_busy_is_asked_again(site, tmp_path):
    run = site.run(sources=[{"type": "exec", "command": busy(2)}])
    assert run.status == 0, run.stderr
    assert list(site.records) == ["a-1.zip"]
    assert "attempt 3 of 4 in 0.1 seconds" in run.stderr
    assert (tmp_path / "seen").read_text() == "xxx"


def test_a_source_is_not_asked_for_ever(site, tmp_path):
    assert site.run(sources=[{"type": "exec", "command": busy(9)}]).status == 75
    assert (tmp_path / "seen").read_text() == "xxxx"


def test_a_source_that_gave_a_record_is_not_asked_again(site, tmp_path):
    record = "print('{\"type\":\"record\",\"record\":{\"filename\":\"a-1.zip\"}}')"
    assert site.run(sources=[{"type": "exec", "command": busy(1, record)}]).status == 75
    assert (tmp_path / "seen").read_text() == "x"


def test_a_relative_program_starts_at_the_folder_of_the_file(site, tmp_path):
    program = tmp_path / "plugins/filter.sh"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\npwd >&2\nexec cat\n")
    program.chmod(0o755)
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["plugins/filter.sh"]})
    assert run.status == 0, run.stderr
    assert f"exec: {tmp_path}" in run.stderr


def test_a_program_that_is_missing_is_said(site):
    run = site.run({"type": "exec", "command": ["no-such-program"]})
    assert run.status == 78
    assert "cannot start no-such-program: not in PATH" in run.stderr


def test_a_command_is_an_array(site):
    run = site.run({"type": "exec", "command": "jq -c 'select(.yanked == null)'"})
    assert run.status == 78
    assert 'write "command": ["jq", "-c", "select(.yanked == null)"]' in run.stderr


def test_options_are_for_messages_only(site):
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["cat"], "options": {}})
    assert run.status == 78 and "options" in run.stderr


def test_programs_can_be_forbidden(site):
    run = site.run({"type": "exec", "command": ["cat"]}, environment={"LARDER_NO_EXEC": "1"})
    assert run.status == 78 and "error[program-refused]" in run.stderr


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("script", ["sleep 60", "trap '' TERM INT; while :; do sleep 1; done"])
def test_a_signal_gives_the_run_up(larder, site, tmp_path, number, status, script):
    site.run({"type": "exec", "protocol": "jsonl", "command": ["false"]})
    pipeline = json.loads((tmp_path / "pipeline.json").read_text())
    pipeline["transforms"][0] |= {"command": ["sh", "-c", f"touch up; {script}"],
                                  "stop_grace": "1s"}
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    command = [larder.binary, "run", tmp_path / "pipeline.json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 20
        while not (tmp_path / "up").exists() and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        said = process.stderr.read()
        assert process.wait(timeout=20) == status, said
    assert "error[interrupted]" in said and "nothing was published" in said
    site.check_untouched()


def test_a_signal_interrupts_the_wait_for_input(larder, tmp_path):
    pipeline = {"version": 1, "sources": [{"type": "stdin"}], "render": {},
                "sinks": [{"type": "filesystem", "path": "public"}]}
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    command = [larder.binary, "run", tmp_path / "pipeline.json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    assert not (tmp_path / "public").exists()
    assert left_in(tmp_path) == []


def test_a_thousand_records_and_more_go_through(site):
    site.lines = [{"filename": f"p{n}-1.zip", "size": n} for n in range(20_000)]
    keep_odd = [sys.executable, "-c",
                "import json, sys\nfor line in sys.stdin:\n"
                "  if json.loads(line)['size'] % 2: sys.stdout.write(line)"]
    run = site.run({"type": "exec", "id": "odd", "protocol": "jsonl", "command": keep_odd})
    assert run.status == 0, run.stderr
    assert len(site.records) == 10_000 and "p3-1.zip" in site.records
    assert drops(run, "odd") == {"not returned by odd": 10_000}
