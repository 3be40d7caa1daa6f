"""Programs as sinks."""

import json

import pytest

from support.programs import Site, left_in, python

# Keeps pages in the folder `store`, and their ids in `ids.json`.
STORE = """
import json, pathlib, shutil, sys
def say(**message): print(json.dumps(message), flush=True)
root, table = pathlib.Path("store"), pathlib.Path("ids.json")
ids = json.loads(table.read_text()) if table.exists() else {}
init = json.loads(sys.stdin.readline())
say(type="ready", protocol=1)
changes = []
for line in sys.stdin:
    message = json.loads(line)
    open("seen.txt", "a").write(message["type"] + " " + message.get("path", "") + "\\n")
    at(message["type"])
    if message["type"] == "inventory":
        for path, id in ids.items():
            more = {"file": str(root.absolute() / path)} if path == "larder/records.jsonl" else {}
            say(type="entry", path=path, id=id, **more)
        say(type="entries", count=len(ids))
    elif message["type"] in ("artifact", "delete"): changes.append(message)
    elif message["type"] == "end": say(type="staged")
    elif message["type"] == "discard": break
    elif message["type"] == "commit":
        for change in changes:
            target = root / change["path"]
            if change["type"] == "delete":
                target.unlink(); del ids[change["path"]]
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(change["file"], target)
                assert target.stat().st_size == change["size"]
                ids[change["path"]] = change["id"]
        table.write_text(json.dumps(ids))
        say(type="done", answered=len(changes))
        break
"""


def store(at="pass"):
    return python(f"def at(moment):\n    {at}\n{STORE}")


@pytest.fixture
def site(larder, tmp_path):
    return Site(larder, tmp_path)


def sinks(at="pass"):
    stage = {"type": "exec", "id": "store", "command": store(at), "stop_grace": "1s",
             "silence_timeout": "2s"}
    return [stage, {"type": "filesystem", "path": "public"}]


def tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*") if path.is_file() and path.name != "robots.txt"
    }


def seen(folder):
    path = folder / "seen.txt"
    lines = path.read_text().splitlines()
    path.unlink()
    return lines


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files of one test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_a_sink_gets_what_changed(site, tmp_path, temporary):
    run = site.run(sinks=sinks())
    assert run.status == 0, run.stderr
    assert tree(tmp_path / "store") == tree(tmp_path / "public")
    messages = seen(tmp_path)
    assert messages[0] == "inventory " and messages[-2:] == ["end ", "commit "]
    places = [messages.index(f"artifact {path}") for path in
              ("simple/p0/index.html", "simple/index.html", "larder/records.jsonl")]
    assert places == sorted(places)
    assert site.run(sinks=sinks()).status == 0
    assert [line for line in seen(tmp_path) if line.startswith(("art", "del"))] == []
    site.lines = site.lines[1:]
    planned = site.run(sinks=sinks(), verb="plan")
    assert "p0" in planned.stdout and seen(tmp_path) == ["inventory ", "discard "]
    assert site.run(sinks=sinks()).status == 0
    assert "delete simple/p0/index.html" in seen(tmp_path)
    assert tree(tmp_path / "store") == tree(tmp_path / "public")
    assert list(temporary.iterdir()) == [] and left_in(tmp_path) == []


@pytest.mark.parametrize("moment", ["inventory", "artifact", "end"])
@pytest.mark.parametrize("action", ["sys.exit(0)", "print('x')", "import time; time.sleep(60)"])
def test_a_sink_that_misbehaves_leaves_all_as_it_was(site, tmp_path, temporary, moment, action):
    run = site.run(sinks=sinks(f"if moment == {moment!r}: {action}"))
    assert run.status == 65, run.stderr
    assert 'sink "store" (exec)' in run.stderr
    assert not (tmp_path / "store").exists()
    site.check_untouched()
    assert list(temporary.iterdir()) == []


def test_a_sink_can_say_what_went_wrong(site):
    error = {"type": "error", "kind": "publish", "message": "the store is full"}
    run = site.run(sinks=sinks(f"if moment == 'end': say(**{error})"))
    assert run.status == 74
    assert "the store is full" in run.stderr
    site.check_untouched()


def test_a_sink_speaks_messages_only(site):
    stage = {"type": "exec", "protocol": "jsonl", "command": ["cat"]}
    run = site.run(sinks=[stage])
    assert run.status == 78 and "protocol" in json.dumps(run.stderr)
