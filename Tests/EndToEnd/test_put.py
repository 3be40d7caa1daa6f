"""Publishing by PUT to servers that people use: what is sent, in which order, and what is left."""

import fcntl
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

import package_maker
from support import clients, put_servers
from support.clients import NEWEST_PIP
from support.faulty import FaultyServer
from support.publisher import Publisher, kill, names

MANIFEST = "/larder/manifest.jsonl"
INTENT = "/larder/intent.json"
SECRET = "s3cr3t-canary-Zq"


@pytest.fixture
def place():
    """A folder of servers; also those that give up root may read it."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@pytest.fixture(params=put_servers.ALL, ids=lambda serve: serve.__name__)
def server(request, place):
    with request.param(place / "root", place / "state") as server:
        yield server


@pytest.fixture
def nginx(place):
    with put_servers.nginx(place / "root", place / "state") as server:
        yield server


def publisher(larder, folder, url, **more):
    (folder / "publisher").mkdir()
    sink = {"type": "http", "url": url, "retry": {"delay": "10ms"}, "stale": "delete", **more}
    return Publisher(larder, folder / "publisher", sink)


def test_a_server_gets_what_a_folder_gets_and_then_only_what_changed(larder, server, tmp_path):
    publish = publisher(larder, tmp_path, server.url)
    first = names(6)
    run = publish.run(first)
    assert run.status == 0, run.stderr
    assert server.files() == publish.expected(first)
    assert ("ignores conditions" in run.stderr) == (not server.knows_conditions)

    server.forget()
    run = publish.run(first)
    assert run.status == 0, run.stderr
    assert {asked["method"] for asked in server.requests} == {"GET"}

    server.forget()
    second = first[1:] + ["project003-2.0.tar.gz"]
    run = publish.run(second)
    assert run.status == 0, run.stderr
    assert server.files() == publish.expected(second)
    sent = server.paths("PUT")
    assert not [path for path in sent if "project" in path and "project003" not in path]
    removed = server.paths("DELETE")
    assert removed and all("project000" in path for path in removed)


def test_pages_come_before_what_links_to_them_and_the_manifest_last(larder, server, tmp_path):
    publish = publisher(larder, tmp_path, server.url)
    run = publish.run(names(30))
    assert run.status == 0, run.stderr
    server.forget()
    assert publish.run(names(31)[1:]).status == 0
    done = [(asked["method"], asked["uri"]) for asked in server.requests if asked["status"] < 300]
    changes = [(method, uri) for method, uri in done if method in ("PUT", "DELETE") and uri != INTENT]
    project = [i for i, (method, uri) in enumerate(changes) if method == "PUT" and "project0" in uri]
    root = changes.index(("PUT", "/simple/index.html"))
    manifest = changes.index(("PUT", MANIFEST))
    removals = [i for i, (method, _) in enumerate(changes) if method == "DELETE"]
    assert project and removals
    assert max(project) < root < manifest < min(removals)
    assert done[-1] == ("PUT", INTENT)  # the manifest is not the end where pages are deleted


#: What one file more in a project changes, in the order in which it must come.
PAGES = [
    "/project/project001/index.html", "/pypi/project001/2.0/json", "/pypi/project001/json",
    "/simple/project001/index.html", "/simple/project001/index.v1_json",
]
ROOTS = ["/changelog/page1.html"]
LISTS = ["/larder/records.jsonl", "/packages.json"]


def test_one_file_more_sends_eight_pages_an_intent_and_a_manifest(larder, server, tmp_path):
    publish = publisher(larder, tmp_path, server.url)
    assert publish.run(names(3)).status == 0
    # Until then Apache has only a weak tag for the page that the lock replaces.
    while time.time() - (server.root / INTENT[1:]).stat().st_mtime < 2:
        time.sleep(0.1)
    server.forget()
    run = publish.run([*names(3), "project001-2.0.tar.gz"])
    assert run.status == 0, run.stderr
    asked = [(each["method"], each["uri"]) for each in server.requests if each["status"] < 400]
    # nginx locks nothing: that no other run came in between can only be looked at.
    looks = [] if server.knows_conditions else [("GET", MANIFEST)]
    begin = [("GET", MANIFEST), ("GET", INTENT), ("PUT", INTENT), *looks]
    assert asked[: len(begin)] == begin
    sent = [uri for method, uri in asked[len(begin) :] if method == "PUT"]
    assert sorted(sent[:5]) == PAGES and sent[5:6] == ROOTS and sorted(sent[6:8]) == LISTS
    assert sent[8:] == [MANIFEST]
    made = [uri for method, uri in asked[len(begin) :] if method != "PUT"]
    assert made in ([], ["/pypi/project001/2.0/"])
    # A page whose folder is missing is refused; and so is the folder of the changelog, which is
    # there, but has not taken a page yet.
    refused = [each["uri"] for each in server.requests if each["status"] >= 400]
    assert refused == (["/pypi/project001/2.0/json", "/changelog/"] if made else [])


def test_what_is_gone_stays_unless_it_is_to_be_deleted(larder, nginx, tmp_path):
    publish = publisher(larder, tmp_path, nginx.url, stale="keep")
    assert publish.run(names(3)).status == 0
    assert publish.run(names(2)).status == 0
    assert not nginx.paths("DELETE")
    assert "simple/project002/index.html" in nginx.files()
    assert b"project002" not in nginx.files()["simple/index.html"]


def test_an_index_below_a_path_that_is_not_there_yet(larder, place, tmp_path):
    with put_servers.apache(place / "root", place / "state") as server:
        publish = publisher(larder, tmp_path, server.url + "python")
        run = publish.run(names(3))
        assert run.status == 0, run.stderr
        expected = {f"python/{path}": data for path, data in publish.expected(names(3)).items()}
        assert server.files() == expected


@pytest.mark.parametrize("name", ["pip", "uv"])
def test_installers_install_from_what_was_published(larder, nginx, name, tmp_path):
    wheel = "acme_core-1.0-py3-none-any.whl"
    (nginx.root / "pool").mkdir()
    package_maker.make(nginx.root / "pool", wheel, "acme-core", "1.0")
    publish = publisher(larder, tmp_path, nginx.url)
    run = publish.run([*names(3), wheel])
    assert run.status == 0, run.stderr
    home = tmp_path / "home"
    client = clients.uv(home) if name == "uv" else clients.pip(NEWEST_PIP, home)
    done, installed = client.install(nginx.url + "simple/", tmp_path / "target", "acme-core")
    assert done.returncode == 0, done.stderr
    assert installed == {"acme-core": "1.0"}


def test_a_run_that_was_killed_is_finished_by_the_next(larder, nginx, tmp_path):
    publish = publisher(larder, tmp_path, nginx.url, max_concurrency=1)
    assert publish.run(names(200)).status == 0
    changed = names(200, "2.0")
    for wanted in (1, 40, 150, 390):
        nginx.forget()
        child = publish.start(changed)
        while len(nginx.paths("PUT")) < wanted and child.poll() is None:
            pass
        kill(child)
        run = publish.run(names(200))
        assert run.status == 0, run.stderr
        assert nginx.files() == publish.expected(names(200)), wanted


def test_what_a_run_left_over_is_not_forgotten_by_one_that_fails(larder, server, tmp_path):
    publish = publisher(larder, tmp_path, server.url)
    assert publish.run(names(2)).status == 0
    page = server.root / "simple/project009/index.html"
    page.parent.mkdir()
    page.parent.chmod(0o777)  # the server may not be root
    page.write_text("left over")
    intent = server.root / INTENT[1:]
    leftovers = [str(page.relative_to(server.root))]
    of_the_dead = {"run": "x", "stage": "removing", "started": 1, "until": 2, "leftovers": leftovers}
    intent.write_text(json.dumps(of_the_dead))
    command = publish.command(names(3))
    path = publish.folder / "pipeline.json"
    pipeline = json.loads(path.read_text())
    pipeline["sinks"].append({"type": "filesystem", "path": "locked"})
    path.write_text(json.dumps(pipeline))
    with open(publish.folder / ".locked.larder-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 75 and "error[locked]" in done.stderr, done.stderr
    assert json.loads(intent.read_text())["leftovers"] == leftovers
    assert publish.run(names(3)).status == 0
    assert server.files() == publish.expected(names(3))


def test_a_first_publication_that_was_killed_is_resumed(larder, nginx, tmp_path):
    publish = publisher(larder, tmp_path, nginx.url, max_concurrency=1)
    items = names(200)
    child = publish.start(items)
    while len(nginx.paths("PUT")) < 200:
        assert child.poll() is None
    kill(child)
    before = set(nginx.files())
    nginx.forget()
    run = publish.run(items)
    assert run.status == 0, run.stderr
    assert nginx.files() == publish.expected(items)
    again = {path[1:] for path in nginx.paths("PUT")} & before - {INTENT[1:], MANIFEST[1:]}
    assert not again


class Store:
    """A faulty server that keeps files, and misbehaves at one change."""

    def __init__(self, fault, at):
        self.files, self.fault, self.at, self.changes = {}, fault, at, 0

    def answer(self, call):
        method = call.request.method
        if method == "GET":
            if call.path in self.files:
                return call.reply(self.files[call.path])
            return call.reply(b"", "404 Not Found")
        if method == "MKCOL":
            return call.reply(b"", "201 Created")
        if call.path != INTENT:
            self.changes += 1
            if self.changes == self.at:
                return self.fault(self, call)
        return self.apply(call) and call.reply(b"", "204 No Content")

    def apply(self, call):
        if call.request.method == "DELETE":
            self.files.pop(call.path, None)
        else:
            self.files[call.path] = call.request.body
        return True


def lost_answer(store, call):
    store.apply(call)
    call.reset()


def reset(store, call):
    call.reset()


def half_an_answer(store, call):
    store.apply(call)
    call.send(b"HTTP/1.1 204 No")


def says(status):
    def fault(store, call):
        if status == "404 No" and call.request.method == "DELETE":
            # So it is where somebody else was faster.
            store.apply(call)
        return call.reply(b"", status, "Location: http://127.0.0.1:1/")

    fault.__name__ = status.replace(" ", "_")
    return fault


FAULTS = [lost_answer, reset, half_an_answer] + [
    says(status)
    for status in (
        "301 Moved", "302 Found", "307 Moved", "308 Moved", "400 Bad", "401 Who", "403 No",
        "404 No", "405 No", "408 Late", "409 Conflict", "411 Length", "413 Large", "423 Locked",
        "425 Early", "429 Many", "500 Error", "501 No", "502 Bad", "503 Busy", "504 Late",
        "507 Full",
    )
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_fault_of_a_server_fails_the_run_or_does_not_matter(larder, fault, place, tmp_path):
    with FaultyServer() as server:
        store = Store(fault, at=None)
        server.answer = lambda connection, request: store.answer(call(server, connection, request))
        publish = publisher(larder, tmp_path, server.url("/"), max_concurrency=1)
        first, second = names(4), names(5)[1:]
        assert publish.run(first).status == 0
        count = store.changes
        assert publish.run(second).status == 0
        expected = put_servers.without_rest(store.files)
        changes = store.changes - count
        assert publish.run(first).status == 0
        store.changes, store.at = 0, {"first": 1, "middle": changes // 2, "last": changes}[place]
        run = publish.run(second)
        served = {path: data for path, data in store.files.items() if path != INTENT}
        # What could not be deleted is warned of; everything else fails the run.
        assert run.status != 0 or served == expected or "could not be deleted" in run.stderr
        run = publish.run(second)
        assert run.status == 0, run.stderr
        assert put_servers.without_rest(store.files) == expected


def test_a_server_that_refuses_a_page_is_not_sent_the_rest(larder, tmp_path):
    with FaultyServer() as server:
        store = Store(None, at=None)

        def answer(connection, request):
            asked = call(server, connection, request)
            is_page = request.method == "PUT" and asked.path != INTENT
            if is_page and len(store.files) > 20:
                return asked.reply(b"", "403 No")
            return store.answer(asked)

        server.answer = answer
        publish = publisher(larder, tmp_path, server.url("/"), max_concurrency=4)
        run = publish.run(names(150))
        assert run.status != 0 and "partial-publish" in run.stderr, run.stderr
        sent = [each for each in server.requests if each.method == "PUT" and each.target != INTENT]
        assert 20 <= len(sent) <= 24


def call(server, connection, request):
    from support.faulty import Call

    return Call(server, connection, request)


@pytest.mark.parametrize(
    "status, body",
    [("403 No", b""), ("500 Error", b""), ("200 OK", b"<html>sign in</html>"), ("200 OK", b"")],
)
def test_a_manifest_that_cannot_be_read_never_counts_as_none(larder, status, body, tmp_path):
    with FaultyServer() as server:
        server.on(MANIFEST, lambda call: call.reply(body, status))
        publish = publisher(larder, tmp_path, server.url("/"), retry={"attempts": 1})
        run = publish.run(names(2))
        assert run.status != 0
        assert {asked.method for asked in server.requests} == {"GET"}


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "simple/../../x/index.html", "notes.txt", "simple/project001/a.whl"]
)
def test_a_manifest_cannot_have_foreign_files_deleted(larder, nginx, path, tmp_path):
    publish = publisher(larder, tmp_path, nginx.url)
    assert publish.run(names(3)).status == 0
    manifest = nginx.root / MANIFEST[1:]
    lines = manifest.read_text().splitlines()
    last = json.loads(lines[-1])
    last["pages"][path] = "0" * 32
    manifest.write_text("\n".join([*lines[:-1], json.dumps(last)]) + "\n")
    nginx.forget()
    run = publish.run(names(2))
    assert run.status == 65, run.stderr
    assert not nginx.paths("DELETE") and not nginx.paths("PUT")


def test_another_run_keeps_this_one_out_where_the_server_can(larder, server, tmp_path):
    publish = publisher(larder, tmp_path, server.url)
    assert publish.run(names(2)).status == 0
    if not server.knows_conditions:
        return
    intent = server.root / INTENT[1:]
    intent.write_text('{"run":"other","stage":"writing","started":1,"until":9999999999}')
    before = server.files()
    run = publish.run(names(3))
    assert run.status == 75 and "another-publisher" in run.stderr, run.stderr
    assert server.files() == before
    intent.write_text('{"run":"other","stage":"writing","started":1,"until":2}')
    run = publish.run(names(3))
    assert run.status == 0, run.stderr
    assert server.files() == publish.expected(names(3))


def test_no_secret_is_said_and_none_goes_elsewhere(larder, tmp_path):
    with FaultyServer() as server, FaultyServer() as other:
        target = other.url("/")
        server.answer = lambda connection, request: call(server, connection, request).reply(
            b"", "404 No" if request.method == "GET" else "307 Moved", f"Location: {target}"
        )
        publish = publisher(
            larder, tmp_path, server.url("/"), bearer_token="${env:TOKEN}",
            api_key="${env:KEY}",
        )
        publish.environment = {"TOKEN": SECRET, "KEY": SECRET + "2"}
        run = publish.run(names(2))
        assert run.status not in (0, 64)
        assert not other.requests
        assert SECRET not in run.stdout + run.stderr + json.dumps(run.report)
        sent = [request for request in server.requests if request.method == "PUT"]
        assert sent and sent[0].value("authorization") == f"Bearer {SECRET}"
        assert {asked.value("x-api-key") for asked in server.requests} == {SECRET + "2"}


def test_servers_and_caches_are_told_what_a_page_is(larder, tmp_path):
    with FaultyServer() as server:
        store = Store(None, at=None)
        server.answer = lambda connection, request: store.answer(call(server, connection, request))
        publish = publisher(
            larder, tmp_path, server.url("/"), index_keys="both",
            cache_control={"project": "max-age=7"}, headers={"X-Repository": "python"},
        )
        assert publish.run(names(1)).status == 0
        told = {
            asked.target: (asked.value("content-type"), asked.value("cache-control"))
            for asked in server.requests
            if asked.method == "PUT"
        }
        html, simple = "text/html; charset=utf-8", "application/vnd.pypi.simple.v1+json"
        assert told["/simple/project000/index.html"] == (html, "max-age=7")
        assert told["/simple/project000/"] == (html, "max-age=7")
        assert told["/simple/project000/index.v1_json"] == (simple, "max-age=7")
        assert told["/simple/index.html"] == (html, "max-age=60")
        assert told[MANIFEST] == ("application/x-ndjson", "no-store")
        assert all(a.value("x-repository") == "python" for a in server.requests if a.method == "PUT")
