"""The source `directory`: folders of real wheels and source archives, against what Python says."""

import email.parser
import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import threading
import time
import zipfile
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from support import clients, pool, servers
from support.clients import NEWEST_PIP
from support.larder import finish


@pytest.fixture
def site(larder, tmp_path, monkeypatch):
    return Site(larder, tmp_path, monkeypatch)


class Site:
    """A folder of distributions, and the pipeline that reads it."""

    def __init__(self, larder, folder, monkeypatch):
        self.larder, self.folder = larder, folder
        self.wheels, self.cache = folder / "wheels", folder / "cache"
        self.wheels.mkdir()
        monkeypatch.setenv("LARDER_CACHE_DIR", str(self.cache))

    def configure(self, sink="public", **fields):
        self.pipeline = self.folder / "pipeline.json"
        source = {"type": "directory", "path": "wheels"} | fields
        sinks = [{"type": "filesystem", "path": sink}]
        self.pipeline.write_text(
            json.dumps({"version": 1, "sources": [source], "render": {}, "sinks": sinks})
        )

    def run(self, verb="run", *, before=(), **fields):
        self.configure(**fields)
        command = [*before, self.larder.binary, verb, self.pipeline]
        return finish(command, self.folder / "run", report=verb == "run")

    def records(self, **fields):
        """The records of a run that goes well."""
        done = self.run(**fields)
        assert done.status == 0, done.stderr
        lines = (self.folder / "public/larder/records.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def cache_file(self):
        (path,) = self.cache.rglob("*.tsv")
        return path


def metadata_in(path):
    """The metadata file in a distribution, as Python reads it."""
    if path.name.endswith(".whl"):
        with zipfile.ZipFile(path) as archive:
            (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
            return archive.read(name)
    with tarfile.open(path) as archive:
        (name,) = [n for n in archive.getnames() if n.count("/") == 1 and n.endswith("/PKG-INFO")]
        return archive.extractfile(name).read()


def truth(path):
    """The record of a distribution."""
    content, status = path.read_bytes(), path.stat()
    record = {
        "filename": path.name,
        "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
        "size": len(content),
        "upload_time": moment(status.st_mtime_ns),
    }
    said = metadata_in(path)
    message = email.parser.BytesParser().parsebytes(said)
    if path.name.endswith(".whl"):
        record["requires_dist"] = message.get_all("Requires-Dist", [])
    values = {name: value.encode("ascii", "surrogateescape").decode() for name, value in message.raw_items()}
    texts = {
        "requires_python": values.get("Requires-Python"), "summary": values.get("Summary"),
        "license": values.get("License-Expression") or values.get("License"),
        # Each project of these tests has one release, or all of its files say the same.
        "description": message.get_payload(decode=True).decode() or None,
    }  # fmt: skip
    record |= {key: text for key, text in texts.items() if text}
    if pages := message.get_all("Project-URL"):
        record["project_urls"] = dict(page.split(", ") for page in pages)
    sibling = path.with_name(path.name + ".metadata")
    if path.name.endswith(".whl") and sibling.exists():
        record["core_metadata"] = "sha256=" + hashlib.sha256(sibling.read_bytes()).hexdigest()
    if path.with_name(path.name + ".asc").exists():
        record["gpg_sig"] = True
    return record


def moment(nanoseconds):
    time = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanoseconds // 1000)
    text = time.strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return text + "Z"


def make_wheel(path, name, version, text="", modules=()):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for module, content in modules:
            wheel.writestr(module, content)
        wheel.writestr(
            f"{name}-{version}.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{text}",
        )
    return path


def random_pool(folder, seed):
    """Wheels with metadata of all kinds, in folders of all kinds."""
    random = Random(seed)
    for number in range(80):
        place = folder / random.choice(["", "a", "a/b", "c d", "caf\u00e9", "e+f"])
        lines = random.sample(
            ["Summary: caf\u00e9 & <b>", "Requires-Python: >=3.8,!=3.9.*", "License: MIT",
             "Requires-Dist: beta>=1; extra == 'x'", "Requires-Dist: gamma", "License-Expression: BSD-2-Clause",
             "Classifier: Private :: Do Not Upload", "Project-URL: Home, https://a.example/"],
            random.randrange(7),
        )  # fmt: skip
        path = make_wheel(
            place / f"project{number}-1.{number}-py3-none-any.whl", f"project{number}", f"1.{number}",
            "\n".join([*lines, "", "A long text."]),
            [("m.py", random.randbytes(random.randrange(200_000)))],
        )  # fmt: skip
        if random.randrange(3) == 0:
            path.with_name(path.name + ".metadata").write_bytes(metadata_in(path))
        if random.randrange(5) == 0:
            path.with_name(path.name + ".asc").write_text("a signature")
        os.utime(path, ns=(0, random.randrange(10**9, 2 * 10**18)))


def by_name(records):
    return sorted(records, key=lambda record: record["filename"])


def test_the_records_are_what_python_says(site):
    pool.build_pool(site.wheels)
    random_pool(site.wheels, 4)
    for name in (".hidden-1.0.tar.gz", "README.md", "notes.txt", "setup.exe", "x-1.0.tar.gz.sha256"):
        (site.wheels / name).write_text("not a distribution")
    (site.wheels / ".git").mkdir()
    (site.wheels / ".git/y-1.0.tar.gz").write_text("not a distribution")
    paths = [path for path in site.wheels.rglob("*") if re.search(r"\.(whl|tar\.gz)$", path.name)
             and not any(part.startswith(".") for part in path.relative_to(site.wheels).parts)]
    expected = by_name(truth(path) for path in paths)
    assert len(expected) > 90
    assert by_name(site.records()) == expected
    # A second run knows all of it without looking.
    assert by_name(site.records()) == expected


def test_what_is_not_asked_for_is_not_said(site):
    random_pool(site.wheels, 5)
    paths = list(site.wheels.rglob("*.whl"))
    full = {path.name: truth(path) for path in paths}
    hashed = {"filename", "size", "hashes", "gpg_sig"}
    described = hashed - {"hashes"} | {
        "requires_dist", "requires_python", "summary", "license", "core_metadata", "upload_time",
        "project_urls", "description",
    }  # fmt: skip
    for fields, keys in [
        ({"metadata": False, "upload_time": "none"}, hashed),
        ({"hash": False}, described),
        ({}, described | hashed),
    ]:
        expected = [{key: value for key, value in full[path.name].items() if key in keys} for path in paths]
        assert by_name(site.records(**fields)) == by_name(expected), fields


@pytest.mark.parametrize("hole", ["relative_path", "filename"])
def test_urls_lead_to_the_files_whatever_folders_are_called(site, hole):
    odd = "a b%2e#?&\u00e9"
    make_wheel(site.wheels / odd / "acme-1.0+x-py3-none-any.whl", "acme", "1.0+x")
    folder = os.fsencode(site.wheels) + b"/latin-\xe9"
    os.mkdir(folder)
    shutil.copy(make_wheel(site.wheels / "b-1.0-py3-none-any.whl", "b", "1.0"), folder + b"/b-1.0-py3-none-any.whl")
    (site.wheels / "b-1.0-py3-none-any.whl").unlink()
    acme, b = site.records(file_url=f"https://files.example/pool/{{{hole}}}")
    if hole == "filename":
        assert acme["url"] == "https://files.example/pool/acme-1.0%2Bx-py3-none-any.whl"
    else:
        place = "a%20b%252e%23%3F%26%C3%A9"
        assert acme["url"] == f"https://files.example/pool/{place}/acme-1.0%2Bx-py3-none-any.whl"
        assert b["url"] == "https://files.example/pool/latin-%E9/b-1.0-py3-none-any.whl"


@pytest.mark.parametrize(
    "template, problem",
    [
        ("{filename}", "a folder"), ("pool{filename}", "a folder"), ("https://a.example/", "must end in"),
        ("../pool/{project}", "must end in"), ("javascript:/{filename}", "must be relative"),
        ("a/{filename}#x", "only a query"), ("a/{filename}/b", "only a query"), ("a?b/{filename}", "query"),
        ("a b/{filename}", "must not hold spaces"), ("a/{relative_path}{filename}", "only a query"),
    ],
)  # fmt: skip
def test_a_url_that_could_lead_anywhere_is_refused(site, template, problem):
    done = site.run("check", file_url=template)
    assert done.status == 78 and problem in done.stdout + done.stderr


def test_metadata_is_not_offered_behind_a_query(site):
    wheel = make_wheel(site.wheels / "acme-1.0-py3-none-any.whl", "acme", "1.0")
    wheel.with_name(wheel.name + ".metadata").write_bytes(metadata_in(wheel))
    (record,) = site.records(file_url="https://a.example/{filename}?sig=1")
    assert record["url"].endswith(".whl?sig=1") and "core_metadata" not in record
    (record,) = site.records()
    assert "core_metadata" in record


# What is kept from run to run.


def reads_of(site, **fields):
    """The distributions that a run opens, as strace sees them."""
    log = site.folder / "strace.log"
    strace = ["strace", "-f", "-qq", "-o", log, "-e", "trace=open,openat,openat2"]
    done = site.run(before=strace, **fields)
    assert done.status == 0, done.stderr
    return re.findall(r'"([^"]*\.(?:whl|tar\.gz|metadata))"', log.read_text())


def test_the_second_run_opens_no_distribution(site):
    pool.build_pool(site.wheels)
    count = len(list(site.wheels.iterdir()))
    assert len(reads_of(site)) == count
    assert reads_of(site) == []
    # Only what is new or changed is read.
    make_wheel(site.wheels / "new-1.0-py3-none-any.whl", "new", "1.0")
    changed = make_wheel(site.wheels / "beta-1.0-py3-none-any.whl", "beta", "1.0")
    changed.with_name(changed.name + ".metadata").unlink()
    assert sorted(reads_of(site)) == [changed.name, "new-1.0-py3-none-any.whl"]
    assert reads_of(site) == []
    assert len(reads_of(site, cache=False)) == count


def test_what_was_kept_answers_also_who_asks_for_more(site):
    pool.build_pool(site.wheels)
    assert len(reads_of(site, hash=False, metadata=False)) == 0
    wheels = [path for path in site.wheels.iterdir() if not path.name.endswith(".metadata")]
    assert len(reads_of(site, metadata=False)) == len(wheels)
    assert len(reads_of(site)) == len(list(site.wheels.iterdir()))
    assert reads_of(site, metadata=False) == []


def test_a_change_that_keeps_the_size_and_the_time_is_seen(site):
    wheel = make_wheel(site.wheels / "acme-1.0-py3-none-any.whl", "acme", "1.0", "Summary: one\n")
    before = wheel.stat()
    assert site.records()[0]["summary"] == "one"
    assert site.records()[0]["summary"] == "one"
    other = make_wheel(site.folder / "other.whl", "acme", "1.0", "Summary: two\n").read_bytes()
    assert len(other) == before.st_size
    wheel.write_bytes(other)
    os.utime(wheel, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert wheel.stat().st_ino == before.st_ino
    assert site.records()[0]["summary"] == "two"


def test_a_damaged_cache_is_said_and_not_used(site):
    pool.build_pool(site.wheels)
    expected = site.records()
    whole = site.cache_file().read_bytes()
    random = Random(4)
    places = random.sample(range(len(whole)), 12)
    damaged = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in places]
    damaged += [b"", whole[:-1], whole[: len(whole) // 2], whole + b"\n", b"\xff" * 200]
    for content in damaged:
        site.cache_file().write_bytes(content)
        done = site.run()
        assert done.status == 0 and "is not used" in done.stderr, done.stderr
        assert site.records() == expected
        assert site.cache_file().read_bytes().splitlines()[0] == whole.splitlines()[0]


def test_a_place_for_the_cache_that_cannot_be_written_is_no_error(site, monkeypatch):
    pool.build_pool(site.wheels)
    (site.folder / "file").write_text("")
    monkeypatch.setenv("LARDER_CACHE_DIR", str(site.folder / "file" / "cache"))
    done = site.run()
    assert done.status == 0 and "cannot" in done.stderr, done.stderr


# Metadata beside the wheels.


def test_metadata_is_published_where_that_is_asked_for(site):
    random_pool(site.wheels, 6)
    wheels = list(site.wheels.rglob("*.whl"))
    before = {path for path in site.wheels.rglob("*")}
    site.records()
    assert {path for path in site.wheels.rglob("*")} == before
    assert site.run("plan", publish_metadata=True).status in (0, 2)
    assert {path for path in site.wheels.rglob("*")} == before, "plan writes nothing"
    found = by_name(site.records(publish_metadata=True))
    for wheel in wheels:
        assert wheel.with_name(wheel.name + ".metadata").read_bytes() == metadata_in(wheel)
    assert len(list(site.wheels.rglob("*.metadata"))) == len(wheels)
    assert not [path for path in site.wheels.rglob(".*")]
    assert found == by_name(map(truth, wheels))
    assert all("core_metadata" in record for record in found)
    assert by_name(site.records(publish_metadata=True)) == found
    assert [path for path in reads_of(site, publish_metadata=True) if path.endswith(".whl")] == []


def test_metadata_beside_a_wheel_that_is_not_its_own_is_not_offered(site):
    wheel = make_wheel(site.wheels / "acme-1.0-py3-none-any.whl", "acme", "1.0")
    sibling = wheel.with_name(wheel.name + ".metadata")
    sibling.write_bytes(metadata_in(wheel) + b"\n")
    for fields in ({}, {"publish_metadata": True}):
        done = site.run(**fields)
        assert done.status == 0 and "is not the METADATA in the wheel" in done.stderr
        assert "core_metadata" not in site.records(**fields)[0]
    assert sibling.read_bytes() == metadata_in(wheel) + b"\n"


def test_metadata_that_cannot_be_written_is_an_error(site):
    make_wheel(site.wheels / "acme-1.0-py3-none-any.whl", "acme", "1.0")
    (site.wheels / ".acme-1.0-py3-none-any.whl.metadata.larder-new").mkdir()
    done = site.run(publish_metadata=True)
    assert done.status == 69 and "cannot write" in done.stderr
    assert not (site.folder / "public").exists()


@pytest.mark.parametrize("name", ["pip", "uv"])
def test_installers_install_from_a_folder_with_published_metadata(site, name):
    pool.build_pool(site.wheels)
    for path in site.wheels.glob("*.metadata"):
        path.unlink()
    site.records(publish_metadata=True, file_url="../../../wheels/{relative_path}")
    home = site.folder / "home"
    client = clients.uv(home) if name == "uv" else clients.pip(NEWEST_PIP, home)
    port = servers.free_port()
    command = ["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", site.folder]
    with servers.running(command, site.folder, port):
        url = f"http://127.0.0.1:{port}/public/simple/"
        done, installed = client.install(url, site.folder / "target", "alpha==2.0")
    assert done.returncode == 0, done.stderr
    assert installed == {"alpha": "2.0", "beta": "1.1+local.1"}


# What is in the way.


def test_folders_that_are_missing_empty_or_files(site):
    done = site.run()
    assert done.status == 0 and "wheels holds no distributions" in done.stderr
    assert done.report["warnings"]
    done = site.run(path="gone")
    assert done.status != 0 and "gone" in done.stderr
    (site.folder / "file").write_text("")
    done = site.run(path="file")
    assert done.status == 69 and "Not a directory" in done.stderr


def test_links_are_followed_to_files_and_never_to_folders(site):
    store = make_wheel(site.folder / "store/4f/blob", "acme", "1.0")
    (site.wheels / "acme-1.0-py3-none-any.whl").symlink_to(store)
    (site.wheels / "again").symlink_to(site.wheels)
    (site.wheels / "up").symlink_to("..")
    (site.wheels / "note").symlink_to("nowhere")
    done = site.run()
    assert done.status == 0, done.stderr
    for name in ("again", "up"):
        assert f"wheels/{name} is a link to a folder, which is not followed" in done.stderr
    (record,) = site.records()
    assert record["size"] == store.stat().st_size and record["requires_dist"] == []


@pytest.mark.parametrize("target", ["nowhere", "acme-1.0-py3-none-any.whl"])
def test_a_link_that_leads_nowhere_is_an_error(site, target):
    make_wheel(site.wheels / "b-1.0-py3-none-any.whl", "b", "1.0")
    (site.wheels / "acme-1.0-py3-none-any.whl").symlink_to(target)
    done = site.run(on_error="skip")
    assert done.status == 69 and "cannot read" in done.stderr
    assert "acme-1.0-py3-none-any.whl" in done.stderr


def test_a_pipe_with_the_name_of_a_wheel_is_an_error(site):
    os.mkfifo(site.wheels / "acme-1.0-py3-none-any.whl")
    assert site.run(on_error="skip").status == 69


@pytest.mark.parametrize(
    "call, fault", [("getdents64", "EIO:when=3+"), ("pread64", "EIO:when=2"), ("read", "EIO:when=2")]
)
def test_a_file_or_folder_that_cannot_be_read_is_an_error(site, call, fault):
    """strace makes calls on what is in the folder fail."""
    make_wheel(site.wheels / "a" / "acme-1.0-py3-none-any.whl", "acme", "1.0", "", [("m", os.urandom(1 << 20))])
    path = site.wheels / "a" / ("" if call == "getdents64" else "acme-1.0-py3-none-any.whl")
    fault = fault.replace("3+", "1")
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", path, "-e", f"inject={call}:error={fault}"]
    done = site.run(before=strace, on_error="skip")
    assert done.status == 69 and "Input/output error" in done.stderr, done.stderr
    assert "wheels/a" in done.stderr and not (site.folder / "public").exists()


def test_names_that_cannot_be_in_an_index(site):
    make_wheel(site.wheels / "good-1.0-py3-none-any.whl", "good", "1.0")
    for name in (b"caf\xe9-1.0.tar.gz", "caf\u00e9-1.0.zip".encode(), b"acme-1.0.whl", b"a b-1.0.tar.gz", b"-x-1.0.zip"):
        with open(os.fsencode(site.wheels) + b"/" + name, "wb") as file:
            file.write(b"x")
    done = site.run()
    assert done.status == 65 and "\"on_error\": \"skip\"" in done.stderr
    done = site.run(on_error="skip")
    assert done.status == 0 and len(done.report["skipped"]) == 5
    assert [record["filename"] for record in site.records(on_error="skip")] == ["good-1.0-py3-none-any.whl"]
    assert "wheels/acme-1.0.whl: not a wheel name" in done.stderr


def test_two_files_of_one_name(site):
    one = make_wheel(site.wheels / "a" / "acme-1.0-py3-none-any.whl", "acme", "1.0")
    (site.wheels / "b").mkdir()
    shutil.copy(one, site.wheels / "b")
    for fields in ({}, {"hash": False}):
        done = site.run(**fields)
        assert done.status == 0, done.stderr
        assert "b/acme-1.0-py3-none-any.whl is the same file as a/acme-1.0-py3-none-any.whl" in done.stderr
        assert len(site.records(**fields)) == 1
    make_wheel(site.wheels / "b" / one.name, "acme", "1.0", "Summary: another\n")
    for fields in ({}, {"hash": False}):
        done = site.run(**fields)
        assert done.status == 65 and "one name and different bytes" in done.stderr
        assert "a/acme-1.0" in done.stderr and "b/acme-1.0" in done.stderr


@pytest.mark.parametrize(
    "fields, names",
    [
        ({}, "abcd"), ({"recursive": False}, "a"), ({"exclude": ["x/**"]}, "ad"), ({"exclude": ["x/"]}, "ad"),
        ({"exclude": ["x"]}, "ad"), ({"exclude": ["x/y/*", "d*"]}, "abd"), ({"exclude": ["*"]}, ""),
        ({"exclude": ["*b-1.0*", "a-?.0-*"]}, "cd"), ({"exclude": ["**/d-[0-9].0-*"]}, "abc"),
    ],
)  # fmt: skip
def test_what_is_left_out(site, fields, names):
    for place, name in (("", "a"), ("x", "b"), ("x/y", "c"), ("z", "d")):
        make_wheel(site.wheels / place / f"{name}-1.0-py3-none-any.whl", name, "1.0")
    assert "".join(record["filename"][0] for record in site.records(**fields)) == names


def test_a_sink_inside_of_the_folder_is_found(site):
    make_wheel(site.wheels / "a-1.0-py3-none-any.whl", "a", "1.0")
    done = site.run(sink="wheels/public")
    assert done.status == 78 and "overlapping-paths" in done.stderr
    assert '"exclude": ["public/**"]' in done.stderr
    done = site.run(sink="wheels/public", exclude=["public/**"])
    assert done.status == 0, done.stderr
    # Who writes into the folder must not do so where a sink does.
    done = site.run(sink=".", publish_metadata=True)
    assert done.status == 78 and "overlapping-paths" in done.stderr


def test_a_file_that_is_written_meanwhile_is_waited_for(site):
    path = make_wheel(site.wheels / "acme-1.0-py3-none-any.whl", "acme", "1.0", "", [("m", os.urandom(64 << 20))])
    site.configure()
    is_done = threading.Event()

    def touch():
        number = 0
        while not is_done.is_set():
            number += 1
            os.utime(path, ns=(0, number))

    writer = threading.Thread(target=touch)
    writer.start()
    child = subprocess.Popen([site.larder.binary, "run", site.pipeline], stderr=subprocess.PIPE, text=True)
    said = []
    for line in child.stderr:
        said.append(line)
        if "was changed while it was read; attempt 2" in line:
            is_done.set()
    is_done.set()
    writer.join()
    assert child.wait(timeout=60) == 0, said
    assert any("attempt 2" in line for line in said), said
    assert site.records()[0]["size"] == path.stat().st_size


def test_all_cores_read(site):
    """The records do not depend on which core is first."""
    random_pool(site.wheels, 7)
    first = site.records(cache=False)
    assert all(site.records(cache=False) == first for _ in range(5))
