"""`larder plugin`, and the Python helper for those who write stages."""

import json
import pty
import subprocess
import sys

import pytest

from support.programs import Site, run_tool
from test_docs import REPOSITORY, write_plugins
from test_exec_misbehaviour import V1, plugin

HELPER = REPOSITORY / "Docs" / "larder_stage.py"
GATE = REPOSITORY / "Pipelines/plugin/plugins/license_gate.py"
BLOCKED = json.dumps({"blocked": ["acme-core"]})


@pytest.fixture
def plugins(tmp_path):
    write_plugins("Programs.md", tmp_path)
    return tmp_path / "plugins"


def verify(larder, command, *flags):
    return run_tool(larder, "plugin", "verify", *flags, "--", *command)


def test_the_example_is_short():
    lines = [line for line in GATE.read_text().splitlines() if line.strip()]
    assert len(lines) <= 15


def test_documented_plugins_are_conformant(larder, plugins, tmp_path):
    gate = verify(larder, [sys.executable, plugins / "gate.py"], "--options", BLOCKED)
    assert gate.returncode == 0, gate.stdout
    assert gate.stdout.count("ok  ") == 7 and "FAIL" not in gate.stdout
    options = json.dumps({"folder": str(tmp_path / "pool")})
    wheels = verify(larder, [sys.executable, plugins / "wheels.py"], "--options", options)
    assert wheels.returncode == 0, wheels.stdout
    assert "wheels 1, source" in wheels.stdout and "2 answers" in wheels.stdout


def test_a_plugin_is_described(larder, plugins):
    shown = run_tool(larder, "plugin", "describe", "--", sys.executable, plugins / "gate.py")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == "gate 1\ntransform: Drops blocked projects\n"


@pytest.mark.parametrize("name", [
    "wrong version", "garbage on stdout", "exit 0 without done", "wrong count",
    "seq answered never", "seq unknown", "status 3 after done", "dying at record",
])
def test_a_plugin_that_misbehaves_is_not_conformant(larder, name):
    done = verify(larder, V1[name][0], "--kind", "transform")
    assert done.returncode == 1, done.stdout
    assert "FAIL " in done.stdout
    assert done.stdout.endswith("the program does not keep to the protocol\n")


def test_a_plugin_that_does_not_stop_is_not_conformant(larder):
    command = plugin(at="""
        if moment == "init": signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if moment == "end" and '"end"' not in globals().get("line", ""): time.sleep(60)
    """)
    done = verify(larder, command, "--kind", "transform")
    assert done.returncode == 1
    assert "FAIL SIGTERM: ignored SIGTERM" in done.stdout
    assert "FAIL end of input: " in done.stdout


def test_the_verbs_want_a_program(larder):
    assert run_tool(larder, "plugin", "verify").returncode == 64
    assert run_tool(larder, "plugin", "verify", "--options", "[", "--", "cat").returncode == 64
    missing = run_tool(larder, "plugin", "describe", "--", "no-such-program")
    assert missing.returncode == 1 and "not in PATH" in missing.stderr


def test_a_plugin_run_by_hand_says_what_it_is():
    controller, terminal = pty.openpty()
    done = subprocess.run([sys.executable, GATE], stdin=terminal, capture_output=True, text=True)
    assert done.returncode == 2
    assert "license-gate is a transform for Larder" in done.stdout
    assert f"larder plugin verify -- {GATE}" in done.stdout


def helper(larder, tmp_path, script, **stage):
    (tmp_path / "larder_stage.py").write_text(HELPER.read_text())
    (tmp_path / "plugin.py").write_text(f"import larder_stage\n{script}\n")
    site = Site(larder, tmp_path)
    stage = {"type": "exec", "id": "x", "command": [sys.executable, "plugin.py"]} | stage
    return site, site.run(stage)


def test_prints_of_a_stage_do_not_harm(larder, tmp_path):
    script = ("def f(record, stage):\n  print('hello')\n  return record\n"
              "larder_stage.transform(f)")
    site, run = helper(larder, tmp_path, script)
    assert run.status == 0, run.stderr
    assert "x: hello" in run.stderr and len(site.records) == 5


@pytest.mark.parametrize("body, message, status", [
    ("raise larder_stage.Failure('unavailable', 'no way', field='/a')", "failed: no way", 69),
    ("return None", "f must return a record or a drop", 65),
    ("return record['nothing']", "KeyError: 'nothing'", 65),
])
def test_failures_of_a_stage_are_told(larder, tmp_path, body, message, status):
    script = f"def f(record, stage):\n  {body}\nlarder_stage.transform(f)"
    site, run = helper(larder, tmp_path, script, options={"a": 1})
    assert run.status == status, run.stderr
    assert message in run.stderr
    site.check_untouched()


def test_a_stage_remembers(larder, tmp_path):
    script = ("def f(record, stage):\n  stage.state = (stage.state or 0) + 1\n"
              "  record['size'] = stage.state\n  return record\nlarder_stage.transform(f)")
    helper(larder, tmp_path, script)
    site, run = helper(larder, tmp_path, script)
    assert run.status == 0, run.stderr
    assert site.records["p4-1.zip"]["size"] == 10


def test_the_helper_needs_the_standard_library_only():
    done = subprocess.run([sys.executable, "-I", "-S", HELPER], capture_output=True)
    assert done.returncode == 0, done.stderr
