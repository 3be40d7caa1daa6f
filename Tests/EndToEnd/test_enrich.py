"""The transform `enrich` tells the truth, by few bytes, and does not fall for servers that lie."""

import contextlib
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest
from packaging.metadata import parse_email

from support import clients, file_server, pool, servers, wheels
from support.clients import NEWEST_PIP
from support.pool import Release, build_sdist, build_wheel

SHA = {name: getattr(hashlib, name) for name in ("sha256", "sha384", "sha512", "md5")}


class Started(subprocess.Popen):
    """A run that is under way."""

    #: The most memory that was seen in use, in KiB.
    peak = 0

    def finish(self):
        outputs = []
        reader = threading.Thread(target=lambda: outputs.extend(self.communicate(timeout=120)))
        reader.start()
        while reader.is_alive():
            # The kernel's own high-water mark, without that of the process that started it.
            with contextlib.suppress(OSError, ProcessLookupError):
                status = Path(f"/proc/{self.pid}/status").read_text()
                if found := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
                    self.peak = max(self.peak, int(found[1]))
            reader.join(0.02)
        done = subprocess.CompletedProcess(self.args, self.returncode, *outputs)
        done.peak = self.peak
        return done


class Enricher:
    """Runs a pipeline with `enrich`, always with one cache."""

    def __init__(self, larder, folder):
        self.larder, self.folder = larder, folder
        folder.mkdir(exist_ok=True)

    def run(self, records, environment=None, **options):
        (self.folder / "list.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        pipeline = {
            "version": 1,
            "sources": [{"type": "file", "path": "list.jsonl"}],
            "transforms": [{"type": "enrich", **options}],
            "render": {},
            "sinks": [{"type": "filesystem", "path": "public"}],
        }
        (self.folder / "pipeline.json").write_text(json.dumps(pipeline))
        return self.start(environment).finish()

    def start(self, environment=None):
        return Started(
            [self.larder.binary, "run", "--report", "report.json"],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "LARDER_CACHE_DIR": str(self.folder / "cache"),
                 "TMPDIR": str(self.folder), **(environment or {})},
        )

    def records(self, records, **options):
        """The records in the index, by file name; the run must go well."""
        done = self.run(records, **options)
        assert done.returncode == 0, done.stderr
        return self.written()

    def written(self):
        text = (self.folder / "public" / "larder" / "records.jsonl").read_text()
        return {record["filename"]: record for record in map(json.loads, text.splitlines())}

    @property
    def report(self):
        return json.loads((self.folder / "report.json").read_text())


@pytest.fixture
def enricher(larder, tmp_path):
    return Enricher(larder, tmp_path / "run")


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def server(files):
    with file_server.serving(files) as running:
        yield running


def listed(server, *paths, **known):
    return [{"filename": p.name, "url": f"{server.url}/{p.name}", **known} for p in paths]


def sha256(path_or_bytes):
    content = path_or_bytes if isinstance(path_or_bytes, bytes) else path_or_bytes.read_bytes()
    return hashlib.sha256(content).hexdigest()


def said(metadata):
    """What packaging reads in metadata, under the keys of a record."""
    fields, _ = parse_email(metadata)
    found = {
        "requires_python": fields.get("requires_python"),
        "requires_dist": fields.get("requires_dist", []),
        "license": fields.get("license"),
        "summary": fields.get("summary"),
    }
    return {key: value for key, value in found.items() if value is not None}


def agrees(record, path, *, sibling=None, algorithms=("sha256",)):
    """Whether a record says what hashlib, zipfile and packaging find in a wheel."""
    content = path.read_bytes()
    for name in algorithms:
        assert record["hashes"][name] == SHA[name](content).hexdigest()
    assert record["size"] == len(content)
    expected = said(wheels.metadata_in(path))
    assert {key: record.get(key) for key in expected} == expected
    if sibling is None:
        assert not record.get("core_metadata")
    else:
        assert record["core_metadata"] == f"sha256={sha256(sibling)}"
    return True


@pytest.fixture
def wheel(files):
    return wheels.make_wheel(files, "acme-core", "1.0", wheels.Shape(150_000, 40))


def with_sibling(path, content=None):
    sibling = path.with_name(path.name + ".metadata")
    sibling.write_bytes(wheels.metadata_in(path) if content is None else content)
    return sibling


# What is found out, and by which requests.

def test_a_wheel_is_hashed_and_read_as_a_whole(enricher, server, wheel):
    record = enricher.records(listed(server, wheel))[wheel.name]
    assert agrees(record, wheel)
    assert [(a.method, a.path, a.status) for a in server.asked] == [
        ("GET", f"/{wheel.name}.metadata", 404), ("GET", f"/{wheel.name}", 200),
    ]


def test_a_served_metadata_file_is_claimed_with_its_digest(enricher, server, wheel):
    sibling = with_sibling(wheel)
    record = enricher.records(listed(server, wheel))[wheel.name]
    assert agrees(record, wheel, sibling=sibling)


def test_a_served_metadata_file_is_enough(enricher, server, wheel):
    sibling = with_sibling(wheel)
    known = {"hashes": {"sha256": sha256(wheel)}}
    record = enricher.records(listed(server, wheel, **known))[wheel.name]
    assert agrees(record, wheel, sibling=sibling)
    assert server.sent == sibling.stat().st_size
    assert server.paths("HEAD") == [f"/{wheel.name}"]


@pytest.mark.parametrize("size_is_known", [True, False])
def test_ranges_read_the_directory_and_the_metadata_only(
    enricher, server, wheel, size_is_known
):
    known = {"hashes": {"sha256": sha256(wheel)}}
    if size_is_known:
        known["size"] = wheel.stat().st_size
    record = enricher.records(listed(server, wheel, **known))[wheel.name]
    assert agrees(record, wheel)
    assert all(asked.range for asked in server.asked if asked.status != 404)
    assert server.sent < 20_000


def test_source_archives_are_read_as_a_whole(enricher, server, files):
    path = build_sdist(Release("acme", "1.0", requires_python=">=3.8"), files)
    record = enricher.records(listed(server, path))[path.name]
    assert record["hashes"] == {"sha256": sha256(path)}
    assert record["size"] == path.stat().st_size
    assert record["requires_python"] == ">=3.8"
    assert "core_metadata" not in record
    assert server.paths() == [f"/{path.name}"]


def test_several_digests_and_the_time_of_the_last_change(enricher, server, wheel):
    os.utime(wheel, (1_700_000_000, 1_700_000_000))
    record = enricher.records(
        listed(server, wheel), hashes=["sha256", "sha512", "sha384"], upload_time="last-modified"
    )[wheel.name]
    assert agrees(record, wheel, algorithms=("sha256", "sha384", "sha512"))
    assert record["upload_time"] == "2023-11-14T22:13:20Z"


def test_what_a_record_says_already_is_not_touched(enricher, server, wheel):
    known = {
        "requires_python": ">=3.11", "summary": "ours", "upload_time": "2020-01-01T00:00:00Z",
        "hashes": {"md5": hashlib.md5(wheel.read_bytes()).hexdigest()},
    }
    record = enricher.records(listed(server, wheel, **known), upload_time="last-modified")[wheel.name]
    assert {key: record[key] for key in known if key != "hashes"} == {
        key: value for key, value in known.items() if key != "hashes"
    }
    # MD5 alone is no digest that anyone should rely on.
    assert record["hashes"] == known["hashes"] | {"sha256": sha256(wheel)}


def test_records_that_say_all_are_not_asked_about(enricher, server, wheel):
    known = {
        "hashes": {"sha256": sha256(wheel)}, "size": wheel.stat().st_size,
        "requires_dist": [], "core_metadata": False,
    }
    enricher.records(listed(server, wheel, **known))
    assert server.asked == []


def test_an_approximate_size_gives_way_to_the_exact_one(enricher, server, wheel):
    record = enricher.records(listed(server, wheel, size=150_000, approximate=["size"]))[wheel.name]
    assert agrees(record, wheel)
    assert "approximate" not in record


def test_files_without_a_url_are_below_the_base_url(enricher, server, wheel):
    record = enricher.records(
        [{"filename": wheel.name}], base_url=f"{server.url}/"
    )[wheel.name]
    assert agrees(record, wheel)
    assert "url" not in record
    done = enricher.run([{"filename": wheel.name}])
    assert done.returncode != 0 and wheel.name in done.stderr and "base_url" in done.stderr


# Runs that follow.

def pool_of(files, count=12):
    return [
        wheels.make_wheel(files, f"acme-{number % 5}", f"1.{number}", wheels.Shape(40_000, 12))
        for number in range(count)
    ]


def test_a_second_run_asks_once_a_file_and_reads_nothing(enricher, server, files):
    paths = pool_of(files)
    first = enricher.records(listed(server, *paths))
    server.forget()
    assert enricher.records(listed(server, *paths)) == first
    assert server.sent == 0
    assert len(server.asked) == len(paths)
    assert all(a.method == "HEAD" and a.condition and a.status == 304 for a in server.asked)


def test_a_second_run_asks_nothing_where_the_record_has_a_digest(enricher, server, files):
    records = [listed(server, p, hashes={"sha256": sha256(p)})[0] for p in pool_of(files)]
    first = enricher.records(records)
    server.forget()
    assert enricher.records(records) == first
    assert server.asked == []


def test_a_changed_file_is_read_again(enricher, server, files):
    paths = pool_of(files)
    enricher.records(listed(server, *paths))
    wheels.make_wheel(files, "acme-0", "1.0", wheels.Shape(50_000, 9), seed=1)
    server.forget()
    found = enricher.records(listed(server, *paths))
    assert all(agrees(found[path.name], path) for path in paths)
    assert server.paths("GET") == [f"/{paths[0].name}.metadata", f"/{paths[0].name}"]


def test_without_an_etag_nothing_is_taken_for_unchanged(enricher, server, files):
    server.validators = False
    (path,) = pool_of(files, 1)
    enricher.records(listed(server, path))
    wheels.make_wheel(files, "acme-0", "1.0", wheels.Shape(50_000, 9), seed=1)
    assert agrees(enricher.records(listed(server, path))[path.name], path)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other", "folder"])
def test_a_damaged_cache_is_not_used(enricher, server, files, damage):
    paths = pool_of(files, 3)
    first = enricher.records(listed(server, *paths))
    (cache,) = (enricher.folder / "cache").rglob("*.facts.jsonl")
    text = cache.read_bytes()
    if damage == "folder":
        cache.unlink()
        cache.mkdir()
    else:
        position = text.index(b'"sha256":"') + 12
        cache.write_bytes({
            "cut": text[:-100], "empty": b"", "other": b"hello\n",
            "flip": text[:position] + b"f0"[text[position] == 0x66:][:1] + text[position + 1:],
        }[damage])
    server.forget()
    done = enricher.run(listed(server, *paths))
    assert done.returncode == 0, done.stderr
    assert enricher.written() == first
    assert server.sent > 0
    assert "is not used" in done.stderr


def test_what_was_found_out_outlives_a_failure(enricher, server, files):
    paths = pool_of(files, 8)
    gone = {"filename": "gone-1.0.tar.gz", "url": f"{server.url}/gone-1.0.tar.gz"}
    records = [*listed(server, *paths), gone]
    assert enricher.run(records, max_concurrency=1).returncode != 0
    server.forget()
    assert enricher.run(records, max_concurrency=1).returncode != 0
    assert server.sent == len(b"not here")


# Files that are not what they should be.

def refuses(enricher, records, *words, **options):
    done = enricher.run(records, **options)
    assert done.returncode != 0, done.stdout
    assert not (enricher.folder / "public").exists()
    for word in words:
        assert word in done.stderr
    return done


@pytest.mark.parametrize("algorithm", ["sha256", "sha512", "md5"])
def test_a_claimed_digest_that_does_not_fit_fails_the_run(enricher, server, wheel, algorithm):
    claimed = SHA[algorithm](b"other").hexdigest()
    wanted = "sha384" if algorithm != "sha384" else "sha256"
    refuses(
        enricher, listed(server, wheel, hashes={algorithm: claimed}),
        claimed, SHA[algorithm](wheel.read_bytes()).hexdigest(), wheel.name, hashes=[wanted],
    )


@pytest.mark.parametrize("way", ["whole", "ranges"])
def test_a_claimed_size_that_does_not_fit_fails_the_run(enricher, server, wheel, way):
    wrong = wheel.stat().st_size - 1
    refuses(
        enricher, listed(server, wheel, size=wrong), f"{wrong:,}", f"{wrong + 1:,}",
        files=way, hashes=["sha256"] if way == "whole" else [],
    )


def test_a_missing_file_fails_the_run_or_is_left_out(enricher, server, wheel):
    gone = {"filename": "acme_core-2.0.tar.gz", "url": f"{server.url}/acme_core-2.0.tar.gz"}
    records = [*listed(server, wheel), gone]
    refuses(enricher, records, "404", "acme_core-2.0.tar.gz")
    found = enricher.records(records, on_error="skip")
    assert list(found) == [wheel.name]
    (stage,) = [s for s in enricher.report["stages"] if s["id"] == "enrich"]
    assert list(stage["dropped"].values()) == [1]


def test_a_broken_file_fails_the_run_or_is_left_out(enricher, server, files, wheel):
    broken = files / "acme_core-2.0-py3-none-any.whl"
    broken.write_bytes(b"this is no wheel" * 100)
    records = listed(server, wheel, broken)
    refuses(enricher, records, broken.name)
    assert list(enricher.records(records, on_error="skip")) == [wheel.name]


def test_a_server_that_refuses_or_fails_leaves_nothing_out(enricher, server, wheel):
    server.pages = {f"/{wheel.name}": b"<html>Please sign in</html>"}
    refuses(enricher, listed(server, wheel), "text/html", on_error="skip")
    server.pages = {}
    server.announces_length = False
    refuses(enricher, listed(server, wheel), "may be cut", on_error="skip")


def test_metadata_of_another_version_in_a_wheel_is_refused(enricher, server, wheel):
    other = wheel.with_name("acme_core-9.0-py3-none-any.whl")
    shutil.copy(wheel, other)
    refuses(enricher, listed(server, other), "not of the file's project and version")


# `.metadata` that lies.

@pytest.mark.parametrize("claim", [True, "sha256=" + "0" * 64])
def test_a_claimed_metadata_file_that_is_missing_is_claimed_no_more(
    enricher, server, wheel, claim
):
    record = enricher.records(listed(server, wheel, core_metadata=claim))[wheel.name]
    assert agrees(record, wheel)
    assert record["core_metadata"] is False
    assert wheel.name in json.dumps(enricher.report["warnings"])


def test_a_claimed_metadata_file_with_another_digest_gets_the_right_one(enricher, server, wheel):
    sibling = with_sibling(wheel)
    claim = "sha256=" + "0" * 64
    record = enricher.records(listed(server, wheel, core_metadata=claim))[wheel.name]
    assert agrees(record, wheel, sibling=sibling)
    assert wheel.name in json.dumps(enricher.report["warnings"])


@pytest.mark.parametrize("content", [
    b"", b"<!doctype html><title>Not found</title>", b"\x00" * 100,
    b"Metadata-Version: 2.1\nName: acme-core\nVersion: 2.0\n",
    b"Metadata-Version: 2.1\nName: other\nVersion: 1.0\nRequires-Dist: evil\n",
    # This one names the file, and only the file itself tells that it is wrong.
    b"Metadata-Version: 2.1\nName: acme-core\nVersion: 1.0\nRequires-Dist: evil\n",
])
def test_a_wrong_metadata_file_is_neither_believed_nor_claimed(enricher, server, wheel, content):
    with_sibling(wheel, content)
    record = enricher.records(listed(server, wheel))[wheel.name]
    assert agrees(record, wheel)


def test_no_metadata_file_is_looked_for_behind_a_query(enricher, server, wheel):
    records = [{"filename": wheel.name, "url": f"{server.url}/{wheel.name}?signature=x"}]
    with_sibling(wheel)
    assert agrees(enricher.records(records)[wheel.name], wheel)
    assert {path.partition("?")[0] for path in server.paths()} == {f"/{wheel.name}"}


# Servers without ranges, or with wrong ones.

@pytest.mark.parametrize("ranges", ["ignored", "refused", "shifted", "lying", "starred"])
@pytest.mark.parametrize("size_is_known", [True, False])
def test_where_ranges_do_not_work_the_whole_file_does(
    enricher, server, wheel, ranges, size_is_known
):
    server.ranges = ranges
    known = {"hashes": {"sha256": sha256(wheel)}}
    if size_is_known:
        known["size"] = wheel.stat().st_size
    record = enricher.records(listed(server, wheel, **known))[wheel.name]
    assert agrees(record, wheel)


@pytest.mark.parametrize("ranges", ["ignored", "refused", "shifted", "lying", "starred"])
def test_without_leave_for_whole_files_wrong_ranges_fail_the_run(enricher, server, wheel, ranges):
    server.ranges = ranges
    known = {"hashes": {"sha256": sha256(wheel)}}
    refuses(enricher, listed(server, wheel, **known), wheel.name, files="ranges")
    assert not any(a.sent == wheel.stat().st_size and a.status == 206 for a in server.asked)


def test_a_server_that_ignores_ranges_is_asked_for_them_no_more(enricher, server, files):
    server.ranges = "ignored"
    paths = [
        wheels.make_wheel(files, "acme", f"1.{n}", wheels.Shape(300_000, 12)) for n in range(6)
    ]
    records = [listed(server, p, hashes={"sha256": sha256(p)})[0] for p in paths]
    found = enricher.records(records, max_concurrency=1)
    assert all(agrees(found[path.name], path) for path in paths)
    assert len([a for a in server.asked if a.range]) == 1


@pytest.mark.parametrize("changes", [1, 100])
def test_a_file_that_changes_between_two_requests(enricher, server, files, changes):
    path = wheels.make_wheel(files, "acme", "1.0", wheels.Shape(400_000, 300))
    numbers = itertools.count()

    def change(asked):
        if asked == f"/{path.name}" and (number := next(numbers)) % 2 == 1 and number < 2 * changes:
            wheels.make_wheel(files, "acme", "1.0", wheels.Shape(400_000, 300 + number), number)

    server.on_request = change
    options = {"hashes": [], "files": "ranges"}
    if changes == 1:
        assert agrees_without_hash(enricher.records(listed(server, path), **options), path)
    else:
        refuses(enricher, listed(server, path), "it changes while it is read", **options)


def agrees_without_hash(records, path):
    record = records[path.name]
    assert "hashes" not in record
    assert record["size"] == path.stat().st_size
    expected = said(wheels.metadata_in(path))
    return {key: record.get(key) for key in expected} == expected


# Logins.

@pytest.mark.parametrize("way", ["whole", "ranges"])
def test_a_login_goes_to_its_origin_alone(enricher, server, files, wheel, tmp_path, way):
    other_folder = tmp_path / "elsewhere"
    other_folder.mkdir()
    moved = wheels.make_wheel(other_folder, "acme-moved", "1.0", wheels.Shape(90_000, 10))
    with file_server.serving(other_folder) as other:
        server.redirects = {f"/{moved.name}": f"{other.url}/{moved.name}"}
        records = [
            *listed(server, wheel),
            {"filename": moved.name, "url": f"{server.url}/{moved.name}"},
            *listed(other, wheels.make_wheel(other_folder, "acme-far", "1.0", wheels.Shape(90_000, 3))),
        ]
        secret = "canary-7f3a"
        done = enricher.run(
            records, environment={"TOKEN": secret}, bearer_token="${env:TOKEN}",
            origin=server.url, files=way, hashes=["sha256"] if way == "whole" else [],
        )
        assert done.returncode == 0, done.stderr
        assert {a.login for a in server.asked} == {f"Bearer {secret}"}
        assert {a.login for a in other.asked} == {None}
    everything = done.stdout + done.stderr
    for path in enricher.folder.rglob("*"):
        everything += path.read_text(errors="replace") if path.is_file() else ""
    assert secret not in everything


def test_a_login_needs_its_origin(enricher, server, wheel):
    done = enricher.run(listed(server, wheel), environment={"T": "x"}, bearer_token="${env:T}")
    assert done.returncode != 0 and '"origin"' in done.stderr
    assert server.asked == []


def test_a_url_with_a_login_is_refused_without_showing_it(enricher, server, wheel):
    url = f"{server.url}/{wheel.name}".replace("://", "://someone:canary@")
    done = refuses(enricher, [{"filename": wheel.name, "url": url}], "login")
    assert "canary" not in done.stdout + done.stderr
    assert server.asked == []


# All or none.

LETTERS = ["", "a", "b", "ab"]
CASES = list(itertools.product(["fail", "none", "keep"], LETTERS, LETTERS))


@pytest.mark.parametrize("incomplete, claimed, readable", CASES)
def test_a_project_has_a_digest_on_all_files_or_none(
    enricher, server, files, incomplete, claimed, readable
):
    """`claimed` are the files whose records have a digest, `readable` those small enough."""
    paths = {
        letter: wheels.make_wheel(
            files, "acme", f"1.{number}", wheels.Shape(30_000 if letter in readable else 200_000, 9)
        )
        for number, letter in enumerate("ab")
    }
    other = wheels.make_wheel(files, "other", "1.0", wheels.Shape(30_000, 9))
    records = listed(server, *paths.values(), other)
    for record, letter in zip(records, "ab"):
        if letter in claimed:
            record["hashes"] = {"sha256": sha256(paths[letter])}
    options = {"incomplete": incomplete, "max_file_size": "100KiB"}
    known = set(claimed) | set(readable)
    if known != {"a", "b"} and incomplete == "fail":
        refuses(enricher, records, "acme", **options)
        return
    found = enricher.records(records, **options)
    assert found[other.name]["hashes"] == {"sha256": sha256(other)}
    having = {letter for letter, path in paths.items() if "hashes" in found[path.name]}
    if known == {"a", "b"} or incomplete == "keep":
        assert having == known
    else:
        assert having == set()
    for letter in having:
        path = paths[letter]
        assert found[path.name]["hashes"] == {"sha256": sha256(path)}
    assert bool(enricher.report["warnings"]) == (known != {"a", "b"})
    # Metadata and sizes do not depend on the digest.
    for path in paths.values():
        assert found[path.name]["size"] == path.stat().st_size
        assert found[path.name]["summary"]


# Real servers and clients.

@pytest.fixture
def real(larder, tmp_path):
    """nginx before a tree that is not there yet and a pool; gives the pool and the URL of it."""
    folder = tmp_path / "site"
    packages = folder / "pool"
    packages.mkdir(parents=True)
    tree = folder / "tree"
    tree.mkdir()
    state = tmp_path / "nginx"
    state.mkdir()
    with servers.nginx(tree, packages, state) as nginx:
        yield packages, nginx, tree


def test_ranges_of_a_real_server_take_less_than_two_percent(enricher, real):
    packages, nginx, _ = real
    base = nginx.index_url.replace("/simple/", "/pool/")
    paths = [
        wheels.make_wheel(packages, f"acme-{number}", f"1.{number}", shape)
        for number, shape in enumerate(wheels.SHAPES * 3)
    ]
    records = [{"filename": path.name, "url": base + path.name} for path in paths]
    found = enricher.records(records, hashes=[], files="ranges")
    assert all(agrees_without_hash(found, path) for path in paths)
    requests = nginx.requests
    sent = sum(r.sent for r in requests if r.status == 206)
    total = sum(path.stat().st_size for path in paths)
    assert {r.status for r in requests} == {404, 206}
    assert sent < 0.02 * total, f"{sent / total:.2%}"


def test_a_large_file_is_never_in_memory(enricher, real):
    packages, nginx, _ = real
    path = packages / "acme_core-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open(zipfile.ZipInfo("acme_core/data.bin"), "w", force_zip64=True) as data:
            for number in range(320):
                data.write(bytes([number % 256]) * (1 << 20))
        archive.writestr(
            "acme_core-1.0.dist-info/METADATA", wheels.metadata_of("acme-core", "1.0")
        )
    url = nginx.index_url.replace("/simple/", "/pool/") + path.name
    done = enricher.run([{"filename": path.name, "url": url}])
    assert done.returncode == 0, done.stderr
    assert agrees(enricher.written()[path.name], path)
    assert 0 < done.peak < 128 << 10
    assert not list(enricher.folder.glob(".larder-*"))


@pytest.mark.parametrize("name", ["pip", "uv"])
def test_pip_and_uv_install_what_was_hashed(enricher, real, tmp_path, name):
    packages, nginx, tree = real
    base = nginx.index_url.replace("/simple/", "/pool/")
    plain = Release("plain", "1.0")
    for release in pool.RELEASES:
        for kind in release.kinds:
            {"wheel": build_wheel, "sdist": build_sdist}[kind](release, packages)
    without = build_wheel(plain, packages)
    without.with_name(without.name + ".metadata").unlink()
    paths = [path for path in packages.iterdir() if path.suffix != ".metadata"]
    records = [{"filename": path.name, "url": base + path.name} for path in paths]
    found = enricher.records(records)
    for path in paths:
        record = found[path.name]
        assert record["hashes"] == {"sha256": sha256(path)}
        sibling = path.with_name(path.name + ".metadata")
        claim = f"sha256={sha256(sibling)}" if sibling.exists() else None
        assert record.get("core_metadata") == claim
    shutil.copytree(enricher.folder / "public", tree, dirs_exist_ok=True)
    home = tmp_path / "home"
    client = clients.uv(home) if name == "uv" else clients.pip(NEWEST_PIP, home)
    done, there = client.install(nginx.index_url, tmp_path / "free", "alpha==2.0", "plain")
    assert done.returncode == 0, done.stderr
    assert there == {"alpha": "2.0", "beta": "1.1+local.1", "plain": "1.0"}
    wanted = {"plain": "1.0", "epoch": "2.0"}
    locked = tmp_path / "requirements.txt"
    lines = []
    for project, version in wanted.items():
        digest = found[f"{project}-{version}-py3-none-any.whl"]["hashes"]["sha256"]
        lines.append(f"{project}=={version} --hash=sha256:{digest}\n")
    locked.write_text("".join(lines))
    target = tmp_path / "target"
    done, there = client.install(nginx.index_url, target, "--require-hashes", "-r", locked)
    assert done.returncode == 0, done.stderr
    assert there == wanted
