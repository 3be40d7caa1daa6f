"""Distributions that are published beside their pages: to folders, servers and buckets."""

import hashlib
import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support import buckets, put_servers
from support.files import files_in
from support.larder import finish
from support.publisher import kill
from support.wheels import Shape, make_wheel, metadata_in

SMALL = Shape(20_000, 3, 400)
INTENT = "larder/intent.json"


@dataclass
class Site:
    """A folder of wheels, a sink that takes them, and what is there."""

    larder: object
    folder: Path
    sink: dict
    #: What a reader finds, by path.
    tree: callable
    #: Puts a file there, as somebody else would.
    put: callable
    #: What a run that is under way says of itself; nothing if it does not.
    intent: callable = None
    environment: dict = field(default_factory=dict)

    @property
    def wheels(self):
        return self.folder / "wheels"

    def wheel(self, name, version="1.0", seed=0, shape=SMALL):
        self.wheels.mkdir(exist_ok=True)
        return make_wheel(self.wheels, name, version, shape, seed)

    def command(self, verb, *flags, sources=(), source=None, render=None, **more):
        own = {"type": "directory", "path": "wheels"} | (source or {})
        pipeline = {
            "version": 1,
            "sources": [own, *sources],
            "render": render or {"packages_url": "../../files/"},
            "sinks": [{**self.sink, "publish_files": True, "stale": "delete", **more}],
        }
        (self.folder / "pipeline.json").write_text(json.dumps(pipeline))
        return [self.larder.binary, verb, self.folder / "pipeline.json", *flags]

    @property
    def variables(self):
        home = {"HOME": str(self.folder), "LARDER_CACHE_DIR": str(self.folder / "cache")}
        return {"PATH": os.environ["PATH"], **home, **self.environment}

    def run(self, *flags, **more):
        command = self.command("run", *flags, **more)
        return finish(command, self.folder / "run", env=self.variables)

    def plan(self):
        command = self.command("plan", "--format", "json")
        done = finish(command, self.folder / "plan", report=False, env=self.variables)
        return json.loads(done.stdout)["sinks"][0]["files"]

    def files(self):
        """What is there of files, by path."""
        return {path: data for path, data in self.tree().items() if path.startswith("files/")}

    def expected(self):
        """What should be there."""
        found = {}
        for path in self.wheels.iterdir():
            found[f"files/{path.name}"] = path.read_bytes()
            found[f"files/{path.name}.metadata"] = metadata_in(path)
        return found

    def listed(self):
        """What the manifest says of files."""
        lines = self.tree()["larder/manifest.jsonl"].splitlines()
        records = [json.loads(line) for line in lines]
        return {record["file"]: record["sha256"] for record in records if "file" in record}


def folder_site(larder, tmp_path, mode="generation"):
    public = tmp_path / "public"

    def put(path, data):
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_bytes(data)

    sink = {"type": "filesystem", "path": "public", "mode": mode}
    return Site(larder, tmp_path, sink, lambda: files_in(public), put, reader(public / INTENT))


def reader(path):
    def read():
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""

    return read


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        yield service


@pytest.fixture(params=["generation", "files", "nginx", "apache", "bucket"])
def site(request, larder, tmp_path):
    if request.param in ("generation", "files"):
        yield folder_site(larder, tmp_path, request.param)
    elif request.param == "bucket":
        yield bucket_site(larder, tmp_path, request.getfixturevalue("moto"))
    else:
        serve = getattr(put_servers, request.param)
        with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as place:
            os.chmod(place, 0o755)
            with serve(Path(place) / "root", Path(place) / "state") as server:

                def put(path, data):
                    (server.root / path).parent.mkdir(parents=True, exist_ok=True)
                    (server.root / path).parent.chmod(0o777)  # The server may be another user.
                    (server.root / path).write_bytes(data)

                sink = {"type": "http", "url": server.url, "retry": {"delay": "10ms"}}
                intent = reader(server.root / INTENT)
                yield Site(larder, tmp_path, sink, server.files, put, intent)


def bucket_site(larder, tmp_path, moto):
    bucket = "files-" + hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]
    client = moto.client()
    client.create_bucket(Bucket=bucket)

    def tree():
        found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return {
            entry["Key"]: client.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
            for entry in found
        }

    def put(path, data):
        client.put_object(Bucket=bucket, Key=path, Body=data)

    def intent():
        found = client.list_objects_v2(Bucket=bucket, Prefix=INTENT).get("Contents", [])
        return client.get_object(Bucket=bucket, Key=INTENT)["Body"].read() if found else b""

    sink = {**moto.settings(bucket), "retry": {"delay": "10ms"}}
    environment = {**moto.environment, "AWS_EC2_METADATA_DISABLED": "true"}
    return Site(larder, tmp_path, sink, tree, put, intent, environment)


def test_files_and_their_metadata_are_published_and_go_with_their_records(site):
    wheels = [site.wheel(name) for name in ("alpha", "beta", "gamma-tools")]
    run = site.run()
    assert run.status == 0, run.stderr
    assert site.files() == site.expected()
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in site.expected().items()}
    assert site.listed() == digests
    record = json.loads(site.tree()["larder/records.jsonl"].splitlines()[0])
    assert record["core_metadata"] == "sha256=" + digests["files/alpha-1.0-py3-none-any.whl.metadata"]

    site.put("files/theirs.txt", b"of others")
    wheels[1].unlink()
    site.wheel("alpha", "2.0")
    assert site.plan() == {
        "added": 2,
        "added_files": [
            "files/alpha-2.0-py3-none-any.whl", "files/alpha-2.0-py3-none-any.whl.metadata",
        ],
        "removed": 2,
        "removed_files": [
            "files/beta-1.0-py3-none-any.whl", "files/beta-1.0-py3-none-any.whl.metadata",
        ],
        "unchanged": 4,
        "linked": 0,
    }
    run = site.run()
    assert run.status == 0, run.stderr
    assert site.files() == site.expected() | {"files/theirs.txt": b"of others"}
    assert not [stage for stage in site.run().report["stages"] if stage["kind"] == "files"]


def test_signatures_are_published_with_what_they_sign(site):
    wheel = site.wheel("alpha")
    site.wheel("beta")
    signature = wheel.with_name(wheel.name + ".asc")
    signature.write_bytes(b"signed")
    run = site.run()
    assert run.status == 0, run.stderr
    assert site.files()[f"files/{signature.name}"] == b"signed" and len(site.files()) == 5
    for path in (wheel, signature):
        path.unlink()
    run = site.run()
    assert run.status == 0 and len(site.files()) == 2, run.stderr


def test_a_file_with_other_bytes_stops_the_run_before_anything_is_written(site):
    site.wheel("alpha")
    assert site.run().status == 0
    before = site.tree()
    site.wheel("beta")
    site.wheel("alpha", seed=1)
    run = site.run()
    assert run.status == 65 and "error[other-bytes]" in run.stderr, run.stderr
    assert "files/alpha-1.0-py3-none-any.whl" in run.stderr
    assert site.tree() == before


@pytest.mark.parametrize("size", ["same", "other"])
def test_a_file_of_others_with_other_bytes_stops_the_run_as_well(site, size):
    wheel = site.wheel("alpha")
    data = bytes(wheel.stat().st_size) if size == "same" else b"short"
    site.put(f"files/{wheel.name}", data)
    before = site.tree()
    run = site.run()
    assert run.status == 65 and "error[other-bytes]" in run.stderr, run.stderr
    assert site.tree() == before


def test_a_file_that_is_there_with_the_same_bytes_is_not_sent_and_not_deleted(site):
    wheel = site.wheel("alpha")
    site.put(f"files/{wheel.name}", wheel.read_bytes())
    run = site.run()
    assert run.status == 0, run.stderr
    (sent,) = [stage for stage in run.report["stages"] if stage["kind"] == "files"]
    assert sent["out"] == 1 and site.files() == site.expected()
    assert len(site.listed()) == 2
    assert not [stage for stage in site.run().report["stages"] if stage["kind"] == "files"]
    data = wheel.read_bytes()
    wheel.unlink()
    site.wheel("beta")
    run = site.run()
    assert run.status == 0, run.stderr
    assert site.files() == site.expected() | {f"files/{wheel.name}": data}


def test_a_rebuild_looks_at_what_is_there(site):
    site.wheel("alpha")
    assert site.run().status == 0
    run = site.run("--rebuild")
    assert run.status == 0, run.stderr
    assert not [stage for stage in run.report["stages"] if stage["kind"] == "files"]
    assert site.files() == site.expected()


def test_what_is_kept_by_stale_stays(site):
    wheel = site.wheel("alpha")
    site.wheel("beta")
    assert site.run(stale="keep").status == 0
    before = site.files()
    wheel.unlink()
    run = site.run(stale="keep")
    assert run.status == 0, run.stderr
    assert site.files() == before


def test_files_that_no_source_has_are_linked_or_stay(site):
    first = site.wheel("alpha")
    assert site.run().status == 0
    record = site.tree()["larder/records.jsonl"]
    there = site.files()
    (site.folder / "published.jsonl").write_bytes(
        record + b'{"filename":"other-1.0-py3-none-any.whl"}\n'
    )
    first.unlink()
    site.wheel("beta")
    run = site.run(sources=[{"type": "file", "path": "published.jsonl"}])
    assert run.status == 0, run.stderr
    assert site.files() == site.expected() | there
    assert run.report["sinks"][0]["files"]["linked"] == 1


def test_a_large_file_is_never_in_memory_as_a_whole(site):
    size, limit = 250_000_000, 150_000_000
    site.wheels.mkdir()
    with (site.wheels / "alpha-1.0.tar.gz").open("wb") as file:
        file.seek(size - 1)
        file.write(b"x")
    for flags in ([], ["--rebuild"]):  # The second run reads what is there.
        command = site.command("run", *flags, source={"metadata": False})
        limited = ["prlimit", f"--data={limit}", *command]
        run = finish(limited, site.folder / "run", env=site.variables)
        assert run.status == 0, run.stderr
    assert len(site.files()["files/alpha-1.0.tar.gz"]) == size


def is_under_way(site):
    """Whether a run publishes, or died when it did."""
    intent = site.intent()
    is_told = intent and json.loads(intent)["stage"] != "over"
    return bool(is_told) or (site.folder / ".public.larder-next").exists()


def test_runs_that_were_killed_are_finished_and_leave_no_file(site):
    shape, quick = Shape(400_000, 2), {}
    quick = {"durable": False} if "mode" in site.sink else {"lease": "1s"}

    def add(batch):
        return [site.wheel(f"new{batch}{number:02}", shape=shape) for number in range(12)]

    start = time.monotonic()
    wheels = add("first")
    assert site.run(**quick).status == 0
    seconds, unfinished = time.monotonic() - start, 0
    for moment in range(1, 8):
        for wheel in wheels[:6]:
            wheel.unlink()
        wheels = wheels[6:] + (new := add(moment))
        child = subprocess.Popen(
            site.command("run", **quick), env=site.variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # The first ones are killed as soon as they publish.
        while child.poll() is None and not is_under_way(site):
            time.sleep(0.001)
        time.sleep(seconds * max(0, moment - 3) / 8)
        kill(child)
        unfinished += is_under_way(site)
        # What only the run that died wanted must go again.
        for wheel in new[::2]:
            wheel.unlink()
            wheels.remove(wheel)
        while (run := site.run(**quick)).status == 75:
            pass
        assert run.status == 0, run.stderr
        assert site.files() == site.expected()
    print(f"{unfinished} of 7 runs were killed while they published")
    assert unfinished


def test_a_folder_that_is_read_and_published_to_keeps_its_wheels(larder, tmp_path):
    site = folder_site(larder, tmp_path)
    here = {"path": "public/files"}
    (tmp_path / "public").mkdir()
    site.wheel("beta")
    wheel = site.wheel("alpha")
    site.wheels.rename(tmp_path / "public/files")
    assert site.run(source=here).status == 0
    assert site.run(source=here | {"exclude": [wheel.name]}).status == 0
    assert f"files/{wheel.name}" in site.files()
    assert f"files/{wheel.name}.metadata" not in site.files()


def test_a_link_that_leads_out_of_the_index_stops_the_run(larder, tmp_path):
    site = folder_site(larder, tmp_path)
    site.wheel("alpha")
    for url in ("https://files.example/", "../../../files/", "/files/"):
        run = site.run(render={"packages_url": url})
        assert run.status == 78 and "error[file-outside-index]" in run.stderr, run.stderr
    assert not (tmp_path / "public").exists()


def test_files_come_first_and_what_goes_goes_last(larder, tmp_path):
    with put_servers.nginx(tmp_path / "root", tmp_path / "state") as server:
        sink = {"type": "http", "url": server.url, "retry": {"delay": "10ms"}}
        site = Site(larder, tmp_path, sink, server.files, None)
        first = site.wheel("alpha")
        site.wheel("beta")
        assert site.run().status == 0
        server.forget()
        first.unlink()
        site.wheel("gamma")
        run = site.run()
        assert run.status == 0, run.stderr
        asked = [(item["method"], item["uri"]) for item in server.requests]
    changes = [item for item in asked if item[0] != "GET" and item[1] != f"/{INTENT}"]
    kinds = [
        "look" if method == "HEAD" else "gone" if method == "DELETE"
        else "file" if uri.startswith("/files/") else "manifest" if "manifest" in uri else "page"
        for method, uri in changes
    ]  # fmt: skip
    order = [kind for number, kind in enumerate(kinds) if kind not in kinds[:number]]
    assert order == ["look", "file", "page", "manifest", "gone"]
    last = [kinds[::-1].index(kind) for kind in order]
    assert last == sorted(last, reverse=True)
    assert ("DELETE", "/files/alpha-1.0-py3-none-any.whl") in asked


def test_caches_keep_files_long_and_pages_short(larder, tmp_path, moto):
    site = bucket_site(larder, tmp_path, moto)
    site.wheel("alpha")
    client, bucket = moto.client(), site.sink["bucket"]

    def headers():
        heads = [
            client.head_object(Bucket=bucket, Key=f"files/alpha-1.0-py3-none-any.whl{end}")
            for end in ("", ".metadata")
        ]  # fmt: skip
        return {(head["CacheControl"], head["ContentType"]) for head in heads}

    assert site.run().status == 0
    binary = "application/octet-stream"
    assert headers() == {("public, max-age=31536000, immutable", binary)}
    page = client.head_object(Bucket=bucket, Key="simple/alpha/index.html")
    assert page["CacheControl"] == "max-age=60"
    (tmp_path / "wheels/alpha-1.0-py3-none-any.whl").unlink()
    assert site.run().status == 0
    site.wheel("alpha")
    assert site.run(cache_control={"file": "max-age=7"}).status == 0
    assert headers() == {("max-age=7", binary)}


def test_a_file_that_no_service_takes_at_once_stops_the_run_before_it(larder, tmp_path, moto):
    site = bucket_site(larder, tmp_path, moto)
    site.wheels.mkdir()
    with (site.wheels / "alpha-1.0.tar.gz").open("wb") as file:
        file.truncate((5 << 30) + 1)
    run = site.run(source={"metadata": False})
    assert run.status == 78 and "error[object-too-large]" in run.stderr, run.stderr
    assert not site.tree()


def test_verify_knows_published_files_and_finds_their_damages(larder, tmp_path):
    site = folder_site(larder, tmp_path)
    site.wheel("alpha")
    site.wheel("beta")
    assert site.run().status == 0

    def verify():
        command = [larder.binary, "verify", tmp_path / "public"]
        return subprocess.run(command, capture_output=True, text=True)

    done = verify()
    assert done.returncode == 0, done.stdout
    files = tmp_path / "public/files"
    (files / "alpha-1.0-py3-none-any.whl.metadata").unlink()
    wheel = files / "beta-1.0-py3-none-any.whl"
    wheel.write_bytes(bytes(wheel.stat().st_size))
    done = verify()
    assert done.returncode == 1
    assert "alpha-1.0-py3-none-any.whl.metadata" in done.stdout
    assert "beta-1.0-py3-none-any.whl" in done.stdout


def test_a_rollback_brings_back_the_files_of_before(larder, tmp_path):
    site = folder_site(larder, tmp_path)
    first = site.wheel("alpha")
    assert site.run().status == 0
    before = site.files()
    first.unlink()
    site.wheel("beta")
    assert site.run().status == 0 and site.files() == site.expected()
    command = [larder.binary, "rollback", tmp_path / "pipeline.json"]
    assert finish(command, tmp_path / "back", report=False).status == 0
    assert {path: site.files().get(path) for path in before} == before
    run = site.run()
    assert run.status == 0 and site.files() == site.expected(), run.stderr


def test_an_archive_takes_no_files_and_check_says_where_they_can_go(larder, tmp_path):
    site = folder_site(larder, tmp_path)
    site.wheel("alpha")
    site.sink = {"type": "tarball", "path": "index.tar"}
    pipeline = json.loads((site.command("check")[2]).read_text())
    del pipeline["sinks"][0]["stale"]
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    done = finish([larder.binary, "check", tmp_path / "pipeline.json"], tmp_path / "x", report=False)
    assert done.status == 78
    assert 'has no field "publish_files"' in done.stderr
    assert '"publish_files" is a field of sink "filesystem"' in done.stderr
