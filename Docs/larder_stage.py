"""Write a stage of Larder in Python: put this file beside your program.

    import larder_stage

    def no_nightlies(record, stage):
        return larder_stage.drop("a nightly") if ".dev" in record["version"] else record

    larder_stage.transform(no_nightlies, summary="Drops nightly builds")

It needs Python 3.8 and nothing else. What a stage prints goes to the log of the run.
"""

import json
import os
import sys
import traceback

__all__ = ["Failure", "Stage", "drop", "source", "transform"]


class Failure(Exception):
    """Why a stage cannot do its work; `kind` decides what Larder does about it.

    The kinds are `config`, `data`, `unavailable` and `transient`. `field` points into the options,
    such as `/allow/0`; `retry_after` is in seconds.
    """

    def __init__(self, kind, message, *, field=None, help=None, retry_after=None):
        super().__init__(message)
        more = {"field": field, "help": help, "retry_after": retry_after}
        self.fields = {key: value for key, value in more.items() if value is not None}
        self.fields.update(kind=kind, message=message)


class drop:
    """What a transform returns instead of a record that is to be left out, and why."""

    def __init__(self, reason):
        self.reason = str(reason)


class Stage:
    """What a stage is told, and what it can say."""

    def __init__(self, init, say):
        self.options = init.get("options") or {}
        self.id = init.get("id", "")
        self.mode = init.get("mode", "run")
        self.config_dir = init.get("config_dir")
        self.cache_dir = init.get("cache_dir")
        #: What was assigned here by the last run that went well; None at first.
        self.state = init.get("state")
        self._say = say

    def log(self, message, level="info"):
        self._say(type="log", level=level, message=str(message))

    def progress(self, done, total=0):
        self._say(type="progress", done=done, total=total)


def transform(decide, *, summary="", name=None, version="1"):
    """Runs a transform: `decide(record, stage)` returns the record, changed or not, or a `drop`."""

    def work(stage, say):
        answered = 0
        for line in sys.stdin:
            message = json.loads(line)
            if message["type"] == "end":
                break
            before = json.dumps(message["record"])
            answer = decide(message["record"], stage)
            if isinstance(answer, drop):
                say(type="drop", seq=message["seq"], reason=answer.reason)
            elif not isinstance(answer, dict):
                raise TypeError(f"{decide.__name__} must return a record or a drop")
            elif json.dumps(answer) == before:
                say(type="keep", seq=message["seq"])
            else:
                say(type="keep", seq=message["seq"], record=answer)
            answered += 1
        return answered

    _run("transform", decide, summary, name, version, work)


def source(read, *, summary="", name=None, version="1"):
    """Runs a source: `read(stage)` yields records, of which only `filename` must be there."""

    def work(stage, say):
        given = 0
        for record in read(stage):
            say(type="record", record=record)
            given += 1
        return given

    _run("source", read, summary, name, version, work)


def _run(kind, function, summary, name, version, work):
    name = name or function.__name__.replace("_", "-")
    if sys.stdin.isatty():
        program = sys.argv[0]
        print(f"{name} is a {kind} for Larder: {summary or 'it has no summary'}.\n"
              f'Use it in a pipeline file: {{ "type": "exec", "command": ["{program}"] }}\n'
              f"Test it: larder plugin verify -- {program}")
        sys.exit(2)
    # Standard output carries the protocol: what the stage prints must not get into it.
    output = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")

    def say(**message):
        output.write(json.dumps(message, ensure_ascii=False, allow_nan=False) + "\n")

    init = json.loads(sys.stdin.readline())
    stage = Stage(init, say)
    told = stage.state
    status = 1
    try:
        if init.get("protocol") != 1:
            raise Failure("config", f"{name} speaks protocol 1, not {init.get('protocol')}")
        describe = {"kind": kind, "summary": summary}
        say(type="ready", protocol=1, name=name, version=version, describe=describe)
        output.flush()
        if stage.mode != "describe":
            count = work(stage, say)
            if stage.state != told:
                say(type="state", state=stage.state)
            say(type="done", answered=count)
        status = 0
    except Failure as failure:
        say(type="error", **failure.fields)
    except Exception as error:
        traceback.print_exc()
        say(type="error", kind="bug", message=f"{type(error).__name__}: {error}")
    output.close()
    sys.exit(status)
