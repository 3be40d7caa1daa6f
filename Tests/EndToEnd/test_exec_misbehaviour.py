"""Programs that do not keep to the protocol: each is told what it did, nothing is published, and no
process is left behind."""

import textwrap
import time

import pytest

from support.programs import Site, python

# Reads `init`, says `ready`, reads all records, and keeps the first `KEEP` of them.
GOOD = """
import json, os, signal, subprocess, sys, time
def say(**message): print(json.dumps(message), flush=True)
init = json.loads(sys.stdin.readline())
at("init")
say(type="ready", protocol=1, name="x", version="1")
if init["mode"] == "describe": sys.exit(0)
at("ready")
count = 0
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "end": break
    count += 1
    answer(message["seq"])
    at("record")
at("end")
say(type="done", answered=count)
at("done")
"""


def plugin(at="pass", answer="say(type='keep', seq=seq)"):
    """A program that does something at a moment, and answers records in its own way."""
    body = "def at(moment):\n" + textwrap.indent(textwrap.dedent(at), "    ")
    body += "\ndef answer(seq):\n" + textwrap.indent(textwrap.dedent(answer), "    ")
    return python(body + GOOD)


def when(moment, action):
    return plugin(at=f"if moment == {moment!r}: {action}")


FAST = {"startup_timeout": "2s", "silence_timeout": "2s", "stop_grace": "1s"}

V1 = {
    "handshake missing": (
        python("import time; time.sleep(60)"),
        ["plugin-timeout", "wrote no line within 2", "0 of 5 records answered"],
    ),
    "handshake late": (
        when("init", "time.sleep(4)"),
        ["plugin-timeout", "wrote no line within 2"],
    ),
    "no handshake but an answer": (
        python("input(); print('{\"type\":\"keep\",\"seq\":1}')"),
        ["plugin-protocol", 'began with "keep", not with "ready"'],
    ),
    "wrong version": (
        python("input(); print('{\"type\":\"ready\",\"protocol\":2}', flush=True); input()"),
        ["plugin-protocol", "speaks protocol 2", "speaks protocol 1"],
    ),
    "garbage on stdout": (
        when("ready", "print('Loading license database...', flush=True); time.sleep(60)"),
        [
            "wrote something other than JSON to its standard output",
            'stdout line 2: "Loading license database..."',
            "print for people on standard error",
            "0 of 5 records answered; the plugin was stopped (SIGTERM) and its output was discarded",
        ],
    ),
    "garbage between answers": (
        when("record", "print('note', flush=True)"),
        ["wrote something other than JSON", "stdout line 3"],
    ),
    "line over the limit": (
        when("ready", "print('x' * 3_000_000, flush=True)"),
        ["plugin-protocol", "wrote more than 1048576 bytes on line 2"],
    ),
    "missing final newline": (
        python(
            "import json\ninput()\nprint('{\"type\":\"ready\",\"protocol\":1}', flush=True)\n"
            "for n in range(5): print(json.dumps({'type': 'keep', 'seq': n + 1}))\n"
            "print('{\"type\":\"done\",\"answered\":5}', end='')"
        ),
        ["plugin-protocol", "ended its output in the midst of a line"],
    ),
    "exit 0 without done": (
        when("end", "sys.exit(0)"),
        ["plugin-protocol", 'ended its output without "done"', "5 of 5 records answered",
         "ended with exit status 0"],
    ),
    "wrong count": (
        when("end", "say(type='done', answered=4); time.sleep(60)"),
        ["plugin-protocol", "counted 4 answers instead of 5"],
    ),
    "seq answered twice": (
        plugin(answer="say(type='keep', seq=seq); say(type='keep', seq=seq)"),
        ["plugin-protocol", "answered record 1 twice"],
    ),
    "seq answered never": (
        plugin(answer="if seq != 3: say(type='keep', seq=seq)"),
        ["plugin-protocol", "never answered record 3", "4 of 5 records answered"],
    ),
    "seq unknown": (
        plugin(answer="say(type='drop', seq=seq + 5, reason='x')"),
        ["plugin-protocol", "answered record 6, which does not exist"],
    ),
    "no reading": (
        when("ready", "time.sleep(60)"),
        ["plugin-timeout", "neither read nor wrote for 2"],
    ),
    "an unknown type": (
        when("ready", "say(type='kepe', seq=1)"),
        ["plugin-protocol", 'unknown type "kepe"'],
    ),
    "a line after done": (
        when("done", "say(type='keep', seq=1)"),
        ["plugin-protocol", "wrote a line after its last message"],
    ),
    "status 3 after done": (
        when("done", "sys.exit(3)"),
        ["plugin-failed", "ended with exit status 3"],
    ),
    "does not end": (
        when("done", "time.sleep(60)"),
        ["plugin-timeout", "did not end within 1"],
    ),
    "a drop without a reason": (
        plugin(answer="say(type='drop', seq=seq)"),
        ["plugin-protocol", 'sent "drop" without the text "reason"'],
    ),
    "a grandchild keeps the pipe open": (
        when("done", "subprocess.Popen(['sleep', '60'])"),
        ["plugin-", "kept its output open"],
    ),
    "SIGTERM ignored": (
        when("ready", "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"),
        ["neither read nor wrote for 2", "ignored SIGTERM and was stopped (SIGKILL)"],
    ),
} | {
    f"dying at {moment}": (
        when(moment, "print('out of memory', file=sys.stderr); os.kill(os.getpid(), 9)"),
        ["plugin-failed", "signal 9 (SIGKILL)", "stderr, last line:", "out of memory"],
    )
    for moment in ["init", "ready", "record", "end", "done"]
}


@pytest.mark.parametrize("name", V1)
def test_a_plugin_that_misbehaves(larder, tmp_path, name):
    command, messages = V1[name]
    site = Site(larder, tmp_path)
    stage = {"type": "exec", "id": "gate", "command": command, **FAST,
             "limits": {"line_bytes": "1MiB"}}
    start = time.monotonic()
    run = site.run(stage)
    assert run.status == 65, run.stderr
    assert time.monotonic() - start < 30
    for message in [*messages, 'transform "gate" (exec)', "= command: ", "/transforms/0"]:
        assert message in run.stderr
    assert "nothing was published" in run.stderr
    site.check_untouched()


MESSAGE = """\
error[plugin-protocol]: transform "license-gate" (exec) wrote something other than JSON to its \
standard output
   = command: python3 plugins/license_gate.py
   = stdout line 1: "Loading license database..."
   = note: standard output carries protocol messages only; print for people on standard error
   = state: 0 of 5 records answered; the plugin was stopped (SIGTERM) and its output was discarded
   = stderr, last 2 lines:
       license_gate: 18,224 licenses known
       license_gate: ready
   = help: `larder plugin verify -- python3 plugins/license_gate.py` checks a plugin step by step
   = at: {}/pipeline.json:10 /transforms/0
"""


def test_the_message_reads_as_it_was_designed(larder, tmp_path):
    site = Site(larder, tmp_path)
    program = tmp_path / "plugins/license_gate.py"
    program.parent.mkdir()
    program.write_text(
        "import sys, time\n"
        "print('license_gate: 18,224 licenses known', file=sys.stderr)\n"
        "print('license_gate: ready', file=sys.stderr, flush=True)\n"
        "print('Loading license database...', flush=True)\ntime.sleep(60)\n"
    )
    run = site.run({"type": "exec", "id": "license-gate",
                    "command": ["python3", "plugins/license_gate.py"]})
    assert MESSAGE.format(tmp_path) in run.stderr


def test_a_flood_on_stderr_is_no_failure(larder, tmp_path):
    site = Site(larder, tmp_path)
    flood = when("ready", "sys.stderr.write(('x' * 99_999 + '\\n') * 200)")
    run = site.run({"type": "exec", "command": flood, **FAST})
    assert run.status == 0, run.stderr[-1000:]
    assert len(site.records) == 5


JSONL = {
    "exit status 3": ("cat; exit 3", ["plugin-failed", "ended with exit status 3"]),
    "missing final newline": (
        "printf '{\"filename\":\"p0-1.zip\"}'", ["plugin-protocol", "in the midst of a line"]),
    "no JSON": ("echo hello", ["something other than JSON", 'stdout line 1: "hello"']),
    "a record that was not sent": (
        "cat; echo '{\"filename\":\"z-1.zip\"}'", ["that it was not given: z-1.zip"]),
    "a record twice": ("cat; echo '{\"filename\":\"p0-1.zip\"}'", ["twice: p0-1.zip"]),
    "a key that no record has": (
        "sed 's/}$/,\"sise\":3}/'", ["plugin-record", 'a record has no key "sise"']),
    "no file name": ("echo '{}'", ['a record without a "filename"']),
    "silence": ("exec sleep 60", ["neither read nor wrote for 2", "0 of 5 records came back"]),
    "too long": ("while sleep 0.1; do echo >&2; done", ["did not end within 3"]),
}


@pytest.mark.parametrize("name", JSONL)
def test_a_filter_that_misbehaves(larder, tmp_path, name):
    script, messages = JSONL[name]
    site = Site(larder, tmp_path)
    run = site.run({"type": "exec", "protocol": "jsonl", "command": ["sh", "-c", script],
                    "silence_timeout": "2s", "timeout": "3s", "stop_grace": "1s"})
    assert run.status == 65, run.stderr
    for message in messages:
        assert message in run.stderr
    site.check_untouched()


SOURCES = {
    "exit status 1": (
        "jsonl", "echo '{\"filename\":\"a-1.zip\"}'; exit 1", ["ended with exit status 1"]),
    "no record": ("jsonl", "echo '{\"filename\":\"../x\"}'", ["plugin-record", "stdout line 1"]),
    "exit 0 without done": (
        "v1", "echo '{\"type\":\"ready\",\"protocol\":1}'", ['without "done"', "0 records given"]),
    "wrong count": (
        "v1",
        "echo '{\"type\":\"ready\",\"protocol\":1}'; echo '{\"type\":\"done\",\"answered\":3}'",
        ["counted 3 records, and gave 0 records"]),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_misbehaves(larder, tmp_path, name):
    protocol, script, messages = SOURCES[name]
    site = Site(larder, tmp_path)
    run = site.run(sources=[{"type": "exec", "protocol": protocol,
                             "command": ["sh", "-c", script], **FAST}])
    assert run.status == 65, run.stderr
    for message in [*messages, 'source "exec" (exec)']:
        assert message in run.stderr
    site.check_untouched()
