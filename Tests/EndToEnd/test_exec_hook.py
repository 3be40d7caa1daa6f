"""Programs that are told what was published."""

import functools
import http.server
import json
import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import package_maker
from support import own_server, servers
from support.larder import finish
from support.programs import left_in, python, sh

#: Keeps what it is told in a file of its own for each time it is started.
NOTE = """
import os, sys
number = len([name for name in os.listdir() if name.startswith("told-")])
with open(f"told-{number}", "w") as file: file.write(sys.stdin.read())
"""
NOTER = {"type": "exec", "id": "note", "command": python(NOTE)}


class Place:
    """A pipeline with hooks, in a folder of its own."""

    def __init__(self, larder, folder):
        self.larder = larder
        self.folder = folder
        self.sinks = [{"type": "filesystem", "id": "site", "path": "public"}]
        self.environment = dict(os.environ, LARDER_CACHE_DIR=str(folder / "cache"))

    def run(self, names, *hooks, flags=(), verb="run", environment=None):
        (self.folder / "names.txt").write_text("".join(f"{name}\n" for name in names))
        pipeline = {
            "version": 1,
            "name": "acme",
            "sources": [{"type": "file", "path": "names.txt"}],
            "render": {"title": "Acme"},
            "sinks": self.sinks,
            "after_publish": list(hooks),
        }
        path = self.folder / "pipeline.json"
        path.write_text(json.dumps(pipeline, indent=1))
        env = self.environment | (environment or {})
        return finish(
            [self.larder.binary, verb, path, *flags], self.folder / "out", verb == "run", env
        )

    @property
    def told(self):
        """What the program was told, each time that it was started."""
        count = len(list(self.folder.glob("told-*")))
        texts = [(self.folder / f"told-{number}").read_text() for number in range(count)]
        return [[json.loads(line) for line in text.splitlines()] for text in texts]

    def changes(self, number=-1):
        """The changes of one time, as (what, change, path)."""
        told = self.told[number]
        assert told[0]["type"] == "publication"
        assert told[-1] == {"type": "end", "count": len(told) - 2}
        return [(line["type"], line["change"], line["path"]) for line in told[1:-1]]


@pytest.fixture
def place(larder, tmp_path):
    return Place(larder, tmp_path)


def test_a_program_is_told_of_each_page_in_all_forms(place):
    run = place.run(["acme-1.0.tar.gz", "gone-1.0.tar.gz"], NOTER)
    assert run.status == 0, run.stderr
    (told,) = place.told
    assert {key: told[0][key] for key in ("pipeline", "title", "projects", "distributions")} == {
        "pipeline": "acme", "title": "Acme", "projects": 2, "distributions": 2,
    }
    pages = {str(path.relative_to(place.folder / "public"))
             for path in (place.folder / "public").rglob("*") if path.is_file()}
    assert {path for _, change, path in place.changes() if change == "added"} == pages

    run = place.run(["acme-1.0.tar.gz", "acme-1.1+cpu.tar.gz"], NOTER)
    assert run.status == 0, run.stderr
    assert len(place.told) == 2
    line = {line["path"]: line for line in place.told[1][1:-1]}
    assert line["simple/acme/index.html"] == {
        "type": "page", "sink": "site", "sink_type": "filesystem",
        "place": str(place.folder / "public"), "change": "changed",
        "path": "simple/acme/index.html",
        "urls": ["simple/acme/", "simple/acme/index.html", "simple/acme"],
    }
    assert line["simple/acme/index.v1_json"]["urls"] == [
        "simple/acme/", "simple/acme/index.v1_json", "simple/acme",
    ]
    assert line["index.html"]["urls"] == ["", "index.html"]
    assert line["pypi/acme/1.1+cpu/json"]["urls"] == [
        "pypi/acme/1.1%2Bcpu/json", "pypi/acme/1.1+cpu/json",
    ]
    assert line["pypi/acme/1.1+cpu/json"]["change"] == "added"
    assert line["simple/gone/index.html"]["change"] == "removed"
    assert line["larder/manifest.jsonl"]["change"] == "changed"
    assert "pypi/acme/1.0/json" not in line


def test_nobody_is_told_where_nothing_was_published(place):
    assert place.run(["a-1.zip"], NOTER, verb="plan").status == 0
    assert place.told == []
    assert place.run(["a-1.zip"], NOTER).status == 0
    assert place.run(["a-1.zip"], NOTER).status == 0
    assert place.run(["b-1.zip"], NOTER, flags=["--skip", "note"]).status == 0
    assert place.run(["a-1.zip"], NOTER | {"enabled": False}).status == 0
    assert len(place.told) == 1
    tests = {"tests": [{"name": "a", "pipeline": "pipeline.json", "sources": {"file": ["a-2.zip"]},
                        "expect": {"files": {"a": ["a-2.zip"]}}}]}
    (place.folder / "a.test.json").write_text(json.dumps(tests))
    place.run(["a-1.zip"], NOTER)
    done = finish([place.larder.binary, "test", place.folder / "a.test.json"],
                  place.folder / "test", report=False)
    assert done.status == 0, done.stdout
    assert len(place.told) == 1


def test_a_program_is_told_of_files_and_of_each_sink(place):
    for name in ["acme-1.0+cpu-py3-none-any.whl", "b-1.0-py3-none-any.whl"]:
        project, version = name.split("-")[:2]
        (place.folder / "pool").mkdir(exist_ok=True)
        package_maker.make(place.folder / "pool", name, project, version)
    source = {"type": "directory", "path": "pool"}
    place.sinks = [
        {"type": "filesystem", "id": "site", "path": "public", "publish_files": True,
         "stale": "delete"},
        {"type": "tarball", "id": "bundle", "path": "bundle.tar.gz"},
    ]
    flags = ["--set", f"/sources/0={json.dumps(source)}"]
    assert place.run([], NOTER, flags=flags).status == 0
    told = place.told[0]
    files = [line for line in told if line["type"] == "file"]
    assert {line["sink"] for line in files} == {"site"}
    (wheel,) = [line for line in files if line["path"].endswith("cpu-py3-none-any.whl")]
    assert wheel["change"] == "added" and wheel["urls"] == [
        wheel["path"].replace("+", "%2B"), wheel["path"],
    ]
    assert {line["sink"] for line in told if line["type"] == "page"} == {"site", "bundle"}
    (place.folder / "pool/b-1.0-py3-none-any.whl").unlink()
    assert place.run([], NOTER, flags=flags).status == 0
    removed = {path for kind, change, path in place.changes(1)
               if (kind, change) == ("file", "removed")}
    assert {Path(path).name for path in removed} == {
        "b-1.0-py3-none-any.whl", "b-1.0-py3-none-any.whl.metadata",
    }


def test_what_a_program_could_not_do_it_is_told_again(place):
    failing = NOTER | {"command": sh("echo no route to the cache >&2; exit 3")}
    run = place.run(["acme-1.0.tar.gz"], failing, NOTER | {"id": "other"})
    assert run.status == 76
    assert 'error[hook-failed]: hook "note" (exec) ended with exit status 3' in run.stderr
    assert "no route to the cache" in run.stderr and "the index is published" in run.stderr
    assert "nothing was published" not in run.stderr
    assert (place.folder / "public/simple/acme/index.html").exists()
    assert run.report["published"] is True
    assert run.report["hooks"] == [
        {"id": "note", "changes": 0, "failure": 'hook "note" (exec) ended with exit status 3'},
        {"id": "other", "changes": 15},
    ]
    # The other one was told all the same, and need not be told again.
    assert len(place.told) == 1
    assert place.run(["acme-1.0.tar.gz", "b-1.zip"], failing).status == 76
    run = place.run(["acme-1.0.tar.gz", "b-1.zip"], NOTER, NOTER | {"id": "other"})
    assert run.status == 0, run.stderr
    assert run.report["published"] is False
    changes = place.changes(1)
    assert ("page", "added", "pypi/acme/json") in changes
    assert ("page", "changed", "index.html") in changes
    assert len(changes) == len(set(changes))
    assert place.run(["acme-1.0.tar.gz", "b-1.zip"], NOTER).status == 0
    assert len(place.told) == 2


def test_a_failure_may_be_only_a_warning(place):
    hook = {"type": "exec", "command": sh("exit 1"), "on_error": "warn"}
    run = place.run(["a-1.zip"], hook)
    assert run.status == 0
    assert 'warning: hook "exec" (exec) ended with exit status 1; the next run' in run.stderr
    assert run.report["hooks"][0]["failure"] and run.report["warnings"]


def test_a_run_that_is_killed_after_the_switch_owes_it(place):
    killer = {"type": "exec", "id": "killer", "command": sh("kill -9 $PPID")}
    assert place.run(["acme-1.0.tar.gz"], killer, NOTER).status == -9
    assert (place.folder / "public/simple/acme/index.html").exists()
    assert place.told == []
    assert place.run(["acme-1.0.tar.gz"], NOTER).status == 0
    assert ("page", "added", "simple/acme/index.html") in place.changes()


def test_what_one_sink_shows_is_owed_if_another_one_fails(place):
    fails = """
import json, sys
def say(**message): print(json.dumps(message), flush=True)
say(type="ready", protocol=1, name="fails", version="1")
for line in sys.stdin:
    kind = json.loads(line)["type"]
    if kind == "inventory": say(type="entries", count=0)
    if kind == "end": say(type="staged")
    if kind == "commit": sys.exit(1)
"""
    sinks = list(place.sinks)
    place.sinks.append({"type": "exec", "id": "other", "command": python(fails)})
    assert place.run(["acme-1.0.tar.gz"], NOTER).status != 0
    assert place.told == []
    place.sinks = sinks
    assert place.run(["acme-1.0.tar.gz"], NOTER).status == 0
    assert {line["sink"] for line in place.told[0][1:-1]} >= {"site"}
    place.sinks.append({"type": "exec", "id": "other", "on_error": "warn", "command": python(fails)})
    assert place.run(["b-1.0.tar.gz"], NOTER).status == 0
    assert {line["sink"] for line in place.told[1][1:-1]} == {"site"}


def test_a_rebuild_tells_of_every_page(place):
    assert place.run(["acme-1.0.tar.gz"], NOTER).status == 0
    assert place.run(["acme-1.0.tar.gz"], NOTER, flags=["--rebuild"]).status == 0
    assert {path for *_, path in place.changes(0)} == {path for *_, path in place.changes(1)}


def test_a_program_runs_as_others_do(place):
    show = ("import os, sys; print(os.getcwd()); print(sorted(os.environ));"
            " print('for people', file=sys.stderr)")
    hook = {"type": "exec", "command": python(show), "env": ["GIVEN"]}
    run = place.run([f"p{number}-1.zip" for number in range(500)], hook,
                    environment={"GIVEN": "1", "SECRET": "1"})
    # It read nothing of more than a pipe holds.
    assert run.status == 0, run.stderr
    assert f"exec: {place.folder}\n" in run.stderr and "exec: for people\n" in run.stderr
    assert "'GIVEN'" in run.stderr and "'SECRET'" not in run.stderr


def test_a_program_that_takes_too_long_is_stopped(place):
    hook = {"type": "exec", "command": sh("sleep 1000 & sleep 1000"), "timeout": "300ms"}
    run = place.run(["a-1.zip"], hook)
    assert run.status == 76
    assert "did not end within 0.3 seconds" in run.stderr
    assert left_in(place.folder) == []


def test_a_run_that_is_interrupted_stops_the_program_and_owes_it(place):
    place.run(["a-1.zip"])
    hook = {"type": "exec", "command": sh("echo at work; exec sleep 1000")}
    (place.folder / "pipeline.json").write_text(
        (place.folder / "pipeline.json").read_text().replace(
            '"after_publish": []', f'"after_publish": [{json.dumps(hook)}]'
        )
    )
    (place.folder / "names.txt").write_text("b-1.zip\n")
    command = [place.larder.binary, "run", place.folder / "pipeline.json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=place.environment) as run:
        for line in run.stderr:
            if "at work" in line:
                run.send_signal(signal.SIGINT)
        assert run.wait(timeout=30) == 130
    assert left_in(place.folder) == []
    assert place.run(["b-1.zip"], NOTER | {"id": "exec"}).status == 0
    assert ("page", "added", "simple/b/index.html") in place.changes()


def test_a_program_that_is_not_there_fails_after_the_publication_or_in_a_check(place):
    hook = {"type": "exec", "command": ["./nowhere"]}
    run = place.run(["a-1.zip"], hook)
    assert run.status == 76 and "error[program-not-started]" in run.stderr
    assert "the index is published" in run.stderr and (place.folder / "public").exists()
    done = place.run(["a-1.zip"], hook, verb="check", flags=["--online"])
    assert done.status == 78 and "program-not-started" in done.stderr + done.stdout


@pytest.mark.parametrize(
    "hook, message",
    [
        ({"command": "purge --all"}, '"command" must be an array, not a string'),
        ({"command": ["x"], "protocol": "v1"}, 'hook "exec" (exec) has no field "protocol"'),
        ({"command": ["x"], "retry": {}}, 'hook "exec" (exec) has no field "retry"'),
        ({"type": "exce", "command": ["x"]}, '"exce" is not a hook type'),
        ({"command": ["x"], "id": "site"}, 'two stages have the id "site"'),
    ],
)
def test_mistakes_are_said_before_anything_runs(place, hook, message):
    run = place.run(["a-1.zip"], {"type": "exec"} | hook)
    assert run.status == 78 and message in run.stderr
    assert not (place.folder / "public").exists()


def test_programs_may_be_forbidden(place):
    run = place.run(["a-1.zip"], NOTER, flags=["--no-exec"])
    assert run.status == 78 and "program-refused" in run.stderr


@pytest.fixture
def cache(place):
    """nginx that keeps for an hour what another server answers; a key names its file."""
    public = place.folder / "public"
    public.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=public)
    handler.log_message = lambda *_: None
    with own_server.serving(handler) as origin:
        state = place.folder / "nginx"
        (state / "kept").mkdir(parents=True)
        port = servers.free_port()
        user = "user root;" if os.getuid() == 0 else ""
        temporary = " ".join(f"{name}_temp_path {state}/{name};" for name in
                             ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        (state / "nginx.conf").write_text(
            f"{user} daemon off; pid {state}/pid; events {{}} http {{ access_log off; {temporary}"
            f" proxy_cache_path {state}/kept keys_zone=kept:1m; server {{ listen 127.0.0.1:{port};"
            f" location / {{ proxy_pass {origin};"
            " proxy_cache kept; proxy_cache_valid any 1h; proxy_cache_key $request_uri; } } }"
        )
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
        command = [program, "-p", state, "-e", state / "error.log", "-c", state / "nginx.conf"]
        with servers.running(command, state, port):
            yield f"http://127.0.0.1:{port}/"


PURGE = """
import hashlib, json, os, sys
for line in sys.stdin:
    for url in json.loads(line).get("urls", []):
        name = hashlib.md5(b"/" + url.encode()).hexdigest()
        if os.path.exists(f"nginx/kept/{name}"): os.unlink(f"nginx/kept/{name}")
"""


def test_a_cache_that_is_purged_has_nothing_old(place, cache):
    def ask(url):
        try:
            with urllib.request.urlopen(cache + url) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            return error.code

    urls = ["", "index.html", "simple/", "simple/index.html", "simple/new", "simple/acme",
            "simple/acme/", "simple/acme/index.html", "simple/acme/index.v1_json",
            "pypi/acme/json", "pypi/acme/1.1%2Bcpu/json", "pypi/acme/1.1+cpu/json",
            "simple/old/", "simple/old/index.html", "larder/manifest.jsonl"]
    # Python's server follows no redirection of its own, so that each is kept as it was.
    assert place.run(["acme-1.0.zip", "old-1.zip"]).status == 0
    before = {url: ask(url) for url in urls}
    names = ["acme-1.0.zip", "acme-1.1+cpu.zip", "new-1.zip"]
    assert place.run(names).status == 0
    assert {url: ask(url) for url in urls} == before
    purge = {"type": "exec", "id": "purge", "command": python(PURGE)}
    assert place.run(["acme-1.0.zip", "old-1.zip"]).status == 0
    assert place.run(names, purge).status == 0
    stale = [url for url in urls if ask(url) == before[url]]
    assert stale == []
