"""Compressed copies beside pages: a server that sends them never answers an old page.

LARDER_COPIES is how many random changes of an index are made, of each mode (25).
"""

import gzip
import http.client
import json
import os
import random
import subprocess
from urllib.parse import urlsplit

import pytest

from support import clients, servers
from support.clients import NEWEST_PIP
from support.copies import assert_copies, copies_in
from support.pool import build_pool
from support.publisher import Publisher
from support.verifying import Verifier

CHANGES = int(os.environ.get("LARDER_COPIES", "25"))
MODES = ["generation", "files"]
JSON = "application/vnd.pypi.simple.v1+json"


def releases(project, count, first=1):
    return [f"{project}-{number}.0.tar.gz" for number in range(first, first + count)]


def index(large=("big",), small=("small",)):
    return [
        name
        for projects, count in ((large, 20), (small, 1))
        for project in projects
        for name in releases(project, count)
    ]


@pytest.fixture
def public(tmp_path):
    return tmp_path / "public"


@pytest.fixture(params=MODES)
def publisher(request, larder, tmp_path):
    """Publishes with copies in gzip, if a run does not say otherwise."""
    return make_publisher(larder, tmp_path, request.param)


@pytest.fixture
def page_by_page(larder, tmp_path):
    return make_publisher(larder, tmp_path, "files")


@pytest.fixture
def at_once(larder, tmp_path):
    return make_publisher(larder, tmp_path, "generation")


def make_publisher(larder, folder, mode):
    sink = {"type": "filesystem", "path": str(folder / "public"), "mode": mode, "durable": False}
    return Publisher(larder, folder, {**sink, "precompress": ["gzip"]})


def publish(publisher, items, *flags, **sink):
    run = publisher.run(items, *flags, **sink)
    assert run.status == 0, run.stderr
    return run


class Reader:
    """Asks nginx with `gzip_static on`."""

    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)

    def ask(self, path, coding=None, **fields):
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        if coding:
            fields["Accept-Encoding"] = coding
        self.connection.request("GET", path, headers=fields)
        answer = self.connection.getresponse()
        return answer, answer.read()

    def read(self, path, **fields):
        """A page, which is the same for who takes gzip; and whether it was sent compressed."""
        plain, page = self.ask(path, **fields)
        packed, copy = self.ask(path, "gzip", **fields)
        assert plain.status == packed.status and not plain.headers["Content-Encoding"]
        is_packed = packed.headers["Content-Encoding"] == "gzip"
        assert (gzip.decompress(copy) if is_packed else copy) == page, path
        assert plain.headers["Content-Type"] == packed.headers["Content-Type"]
        return plain.status, page, is_packed


@pytest.fixture
def reader(tmp_path):
    state = tmp_path / "nginx"
    state.mkdir()
    with servers.nginx(tmp_path / "public", tmp_path, state, "gzip_static on;") as server:
        yield Reader(server.index_url)


def test_nginx_answers_with_the_new_page_whatever_is_accepted(publisher, reader, public):
    publish(publisher, index(("big", "gone"), ("small",)))
    for path in ("/simple/big/", "/simple/gone/", "/pypi/big/json", "/", "/project/big/"):
        status, _, is_packed = reader.read(path)
        assert (status, is_packed) == (200, True), path
    assert reader.read("/simple/small/")[2] is False
    before = reader.read("/simple/big/", Accept=JSON)[1]
    # One page grows, one gets too small for a copy, one goes.
    publish(publisher, index(("small",), ("big",)))
    status, page, is_packed = reader.read("/simple/big/", Accept=JSON)
    assert (status, is_packed) == (200, False) and page != before
    assert reader.read("/simple/small/")[::2] == (200, True)
    assert reader.read("/simple/gone/")[0] == 404
    assert not (public / "simple/gone").exists()
    assert_copies(public, ["gzip"])
    publish(publisher, index(("small",), ("big",)), precompress=[])
    assert_copies(public, [])
    assert reader.read("/simple/small/")[::2] == (200, False)
    publish(publisher, index(("small", "big")), precompress=[])
    assert reader.read("/simple/small/")[::2] == (200, False)


def states(folder):
    """All that a write of any kind would change."""
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        found[str(path.relative_to(folder))] = status.st_ino, status.st_mtime_ns, status.st_size
    return found


    publish(publisher, index(("one", "two")))
    before = states(public)
    publish(publisher, index(("one", "two")))
    assert states(public) == before
    publish(publisher, index(("one", "two")) + releases("two", 1, 30))
    after = states(public)
    same = [path for path in before if "/one/" in path and path.endswith(".gz")]
    assert len(same) > 4 and all(before[path] == after[path] for path in same)
    changed = [path for path in before if path.startswith("simple/two/")]
    assert len(changed) == 4 and all(before[path] != after[path] for path in changed)


def test_other_copies_than_before_are_made_for_all_pages(publisher, public):
    items = index(("one", "two"))
    for codings in ([], ["gzip"], ["gzip", "zstd"], ["zstd"], ["zstd", "gzip"], []):
        publish(publisher, items, precompress=codings)
        assert_copies(public, codings)
        before = states(public)
        publish(publisher, items, precompress=codings[::-1])
        assert states(public) == before


@pytest.mark.parametrize("mode", MODES)
def test_random_changes_leave_each_page_with_its_copy(larder, mode, tmp_path, public):
    publisher, rng = make_publisher(larder, tmp_path, mode), random.Random(int(os.environ.get("LARDER_SEED", "5")))
    codings = ["gzip"]
    foreign = ["pool/big-1.0.tar.gz", "notes.html.gz", "simple/readme.gz"]
    for path in foreign:
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_text(path)
    for count in (1, 2):
        publish(publisher, releases("a", count))
    for _ in range(CHANGES):
        if rng.random() < 0.3:
            codings = rng.choice([[], ["gzip"], ["zstd"], ["gzip", "zstd"]])
        projects = rng.sample("abcdefgh", rng.randint(1, 8))
        # About as many releases as make pages that are large enough, and not.
        items = [name for project in projects for name in releases(project, rng.randint(1, 16))]
        other = MODES[1 - MODES.index(mode)]
        sink = {"mode": other if rng.random() < 0.2 else mode, "precompress": codings}
        sink["stale"] = "keep" if rng.random() < 0.3 else "delete"
        publish(publisher, items, *(["--rebuild"] if rng.random() < 0.1 else []), **sink)
        assert_copies(public, codings, foreign)
        if sink["mode"] == "generation" and rng.random() < 0.3:
            roll_back(larder, tmp_path)
            head = json.loads((public / "larder/manifest.jsonl").read_text().splitlines()[0])
            assert_copies(public, head.get("codings", []), foreign)
    assert all((public / path).read_text() == path for path in foreign)


def roll_back(larder, folder):
    done = subprocess.run(
        [larder.binary, "rollback", folder / "pipeline.json"], capture_output=True, text=True
    )
    assert done.returncode == 0 or "no-earlier-index" in done.stderr, done.stderr


@pytest.mark.parametrize("durable", [False, True])
@pytest.mark.parametrize("after", ["the same", "the old", "no copies", "generation"])
def test_a_killed_run_leaves_no_old_copy_behind_the_next(page_by_page, after, durable, public):
    old, new = index(("one", "two", "gone"), ("small",)), index(("one", "small"), ("two",))
    old, new = old + releases("one", 2, 40), new + releases("new", 20)
    killed = 0
    for moment in (1, 2, 3, 5, 8, 13, 21, 30):
        publish(page_by_page, old, durable=durable)
        command = ["strace", "-f", "-qq", "-o", "/dev/null"]
        command += ["-e", f"inject=renameat:signal=SIGKILL:when={moment}"]
        command += page_by_page.command(new, durable=durable)
        done = subprocess.run([*map(str, command)], capture_output=True, timeout=60)
        killed += done.returncode != 0
        sink = {
            "the same": {}, "the old": {}, "no copies": {"precompress": []},
            "generation": {"mode": "generation"},
        }[after]  # fmt: skip
        publish(page_by_page, old if after == "the old" else new, durable=durable, **sink)
        assert_copies(public, sink.get("precompress", ["gzip"]))
        assert not (public / "larder/intent.json").exists()
    assert killed > 5


def test_a_copy_that_is_first_asked_for_in_a_run_that_is_killed_goes(page_by_page, public):
    items = index(("one", "two"))
    publish(page_by_page, items, precompress=[])
    command = ["strace", "-f", "-qq", "-o", "/dev/null"]
    command += ["-e", "inject=renameat:signal=SIGKILL:when=9"]
    command += page_by_page.command(items)
    assert subprocess.run([*map(str, command)], capture_output=True, timeout=60).returncode
    assert copies_in(public, "gzip")
    publish(page_by_page, items, precompress=[])
    assert_copies(public, [])


def test_who_makes_copies_without_larder_keeps_them(publisher, public):
    items = index(("one", "two"))
    publish(publisher, items, precompress=[])
    for path in ("simple/one/index.html.gz", "index.html.gz"):
        (public / path).write_text("of somebody else")
    publish(publisher, items + releases("two", 1, 30), precompress=[])
    assert copies_in(public, "gzip") == {"simple/one/index.html.gz", "index.html.gz"}
    publish(publisher, items)
    assert_copies(public, ["gzip"])


def test_generate_takes_copies_away_that_it_does_not_make(at_once, larder, public):
    publish(at_once, index())
    assert copies_in(public, "gzip")
    run = larder.generate(index(), public)
    assert run.status == 0 and not copies_in(public, "gzip"), run.stderr


def test_a_copy_that_changed_is_never_answered_as_unchanged(publisher, reader):
    """Also where changes follow each other in less than a second, and sizes are the same."""
    paths = ["/simple/big/", "/project/big/", "/changelog/page1.html"]
    for number in range(6):
        first = 100 + 10 * number
        publish(publisher, releases("big", 10, first) + releases("same", 20))
        if number:
            for path in paths:
                tag, time = known[path]
                for fields in ({"If_None_Match": tag}, {"If_Modified_Since": time}):
                    assert reader.ask(path, "gzip", **fields)[0].status == 200, path
            tag, _ = known["/simple/"]
            assert reader.ask("/simple/same/", "gzip", If_None_Match=same)[0].status == 304
        answers = {path: reader.ask(path, "gzip")[0] for path in [*paths, "/simple/"]}
        known = {path: (a.headers["ETag"], a.headers["Last-Modified"]) for path, a in answers.items()}
        same = reader.ask("/simple/same/", "gzip")[0].headers["ETag"]


def test_pip_installs_by_copies(publisher, public, tmp_path):
    (tmp_path / "pool").mkdir()
    publish(publisher, build_pool(tmp_path / "pool"))
    (tmp_path / "nginx").mkdir()
    with servers.nginx(public, tmp_path / "pool", tmp_path / "nginx", "gzip_static on;") as server:
        client = clients.pip(NEWEST_PIP, tmp_path / "home")
        done, installed = client.install(server.index_url, tmp_path / "target", "alpha")
        assert done.returncode == 0, done.stderr
        assert installed == {"alpha": "2.0", "beta": "1.1+local.1"}
        (page,) = [request for request in server.requests if request.uri == "/simple/alpha/"]
    copy = public / "simple/alpha/index.v1_json.gz"
    assert page.sent == copy.stat().st_size


def test_verify_finds_copies_that_are_not_their_pages(at_once, larder, public):
    verify = Verifier(larder)
    publish(at_once, index(), precompress=["gzip", "zstd"])
    (public / "pool").mkdir()
    for name in index():
        (public / "pool" / name).write_text("")
    assert verify(public).findings == []
    page, copy = public / "simple/big/index.html", public / "simple/big/index.html.gz"
    sound = copy.read_bytes()
    damages = [gzip.compress(b"old"), sound[:-9], b"", sound + b"x", gzip.compress(page.read_bytes() + b"x")]
    for damage in damages:
        copy.write_bytes(damage)
        found = verify(public)
        assert found.status == 1 and found.codes == {"stale-copy"}, found
        assert found.names("simple/big/index.html.gz")
    copy.write_bytes(sound)
    (public / "simple/big/index.html.zst").write_bytes(b"no zstd")
    assert verify(public).codes == {"stale-copy"}
    (public / "simple/big/index.html.zst").unlink()
    assert verify(public).codes == {"lost-copy"}
    publish(at_once, index(), "--rebuild", precompress=["gzip", "zstd"])
    assert verify(public).findings == []
    orphan = public / "pypi/small/9.0/json.gz"
    orphan.parent.mkdir()
    orphan.write_bytes(sound)
    found = verify(public)
    assert found.codes == {"unlisted-copy"} and found.names("pypi/small/9.0/json.gz")


def test_a_coding_that_does_not_exist_is_refused(at_once):
    run = at_once.run(index(), precompress=["gz"])
    assert run.status == 78 and "gzip, zstd" in run.stderr, run.stderr
