"""`larder verify` finds each of many planted damages, and nothing in what is sound.

LARDER_DAMAGES says how many damages are planted, LARDER_CLEAN how many sound indexes are looked at:

LARDER_DAMAGES=1000 LARDER_CLEAN=100 .venv/bin/pytest -q Tests/EndToEnd/test_verify.py
"""

import json
import os
import random
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

import dumb_pypi_tree
from support import buckets, servers
from support.damages import IN_FOLDERS, IN_LISTED, EVERYWHERE, Bucket, Damages, Folder
from support.damages import FolderDamages, is_distribution
from support.pool import RELEASES, build_pool
from support.publisher import Publisher, names
from support.records import rich_list
from support.verifying import Verifier, plant

DAMAGES = int(os.environ.get("LARDER_DAMAGES", "150"))
CLEAN = int(os.environ.get("LARDER_CLEAN", "10"))
# How many of them are planted where; the rest is planted in a folder, which is fastest.
SERVED, KEPT = DAMAGES // 5, DAMAGES // 30
WAYS = [{"index_keys": "both"}, {"index_keys": "slash"}, {"json_at_slash": True}]


@pytest.fixture(scope="session")
def verify(larder):
    return Verifier(larder)


@pytest.fixture(scope="module")
def published(larder, tmp_path_factory):
    """An index with its pool in one folder, and what the publication before had, by key."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "pool").mkdir()
    records = build_pool(folder / "pool")
    output = folder / "public"
    for items in (records[1:], records):
        run = larder.run(items, output, packages_url="../../pool/")
        assert run.status == 0, run.stderr
        if items != records:
            old = {key: Folder(output).read(key) for key in Folder(output).keys()}
    shutil.copytree(folder / "pool", output / "pool")
    return output, old


def test_each_damage_to_a_folder_is_found(verify, published):
    root, old = published
    assert verify(root).findings == []
    plant(
        DAMAGES - SERVED - KEPT * len(WAYS), 1,
        lambda random_: FolderDamages(random_, Folder(root), old), IN_FOLDERS, lambda key: True,
        lambda: verify(root),
    )
    assert verify(root).findings == []


def test_each_damage_behind_a_server_is_found(verify, published, tmp_path):
    root, old = published
    with servers.nginx(root, root / "pool", tmp_path) as server:
        url = server.index_url.removesuffix("simple/")
        sound = verify(url)
        assert sound.status == 0 and sound.findings == []
        assert sound.summary["files"] > len(RELEASES) and sound.summary["manifest"]
        plant(
            SERVED, 2, lambda random_: Damages(random_, Folder(root), old), EVERYWHERE,
            lambda key: not is_distribution(key), lambda: verify(url),
        )


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        yield service


def publish_to_bucket(larder, moto, root, folder, prefix="", **fields):
    """Makes a bucket with the same files as a folder."""
    name = folder.name.replace("_", "-")
    moto.client().create_bucket(Bucket=name)
    bucket = Bucket(moto.client(), name)
    for path in (root / "pool").iterdir():
        bucket.write(f"{prefix}pool/{path.name}", path.read_bytes())
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": str(root.with_name("public.list"))}],
        "render": {"packages_url": "../../pool/"},
        "sinks": [moto.settings(name, prefix=prefix, **fields)],
    }
    (folder / "pipeline.json").write_text(json.dumps(pipeline))
    done = subprocess.run(
        [larder.binary, "run", "--quiet", folder / "pipeline.json"], capture_output=True, text=True,
        env={**os.environ, **moto.environment},
    )
    assert done.returncode == 0, done.stderr
    return bucket


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_each_damage_to_a_bucket_is_found(larder, moto, published, tmp_path, number):
    root, old = published
    bucket = publish_to_bucket(larder, moto, root, tmp_path, **WAYS[number])
    verify = Verifier(larder, moto.environment)

    def look():
        return verify(f"s3://{bucket.name}", "--endpoint", moto.url)

    # Pages in JSON are all that this way shows of folders, and people ask for others.
    warnings = {"no-folder-pages"} if "json_at_slash" in WAYS[number] else set()
    sound = look()
    assert sound.status == 0 and sound.codes == warnings
    plant(
        KEPT, number, lambda random_: Damages(random_, bucket, old), IN_LISTED,
        lambda key: not is_distribution(key), look,
    )


def test_what_a_bucket_is_told_of_pages_is_looked_at(larder, moto, published, tmp_path):
    root, _ = published
    bucket = publish_to_bucket(larder, moto, root, tmp_path, index_keys="both", prefix="python/")
    verify = Verifier(larder, moto.environment)
    target = [f"s3://{bucket.name}/python", "--endpoint", moto.url]
    key = "simple/alpha/index.v1_json"
    content = bucket.read(f"python/{key}")
    bucket.write(f"python/{key}", content, ContentType="application/json")
    found = verify(*target)
    assert found.status == 1 and "wrong-content-type" in found.codes and found.names(key)
    bucket.write(f"python/{key}", content, CacheControl="max-age=86400",
                 ContentType="application/vnd.pypi.simple.v1+json")
    found = verify(*target)
    assert found.status == 0 and found.codes == {"long-cache"}


def test_an_index_is_looked_at_as_installers_find_it(published, verify):
    root, _ = published
    files = {f"/{key}": Folder(root).read(key) for key in Folder(root).keys()}
    answers = {}

    def answer(asked):
        path = asked.path + "index.html" if asked.path.endswith("/") else asked.path
        kind = "text/html"
        if path.endswith("json"):
            simple = path.startswith("/simple/")
            kind = "application/vnd.pypi.simple.v1+json" if simple else "application/json"
        if asked.path.endswith("/simple/") and "json" in asked.headers["accept"]:
            path, kind = answers.get("negotiated", (path, kind))
        kept = {"Content-Type": kind, "Cache-Control": "max-age=60", **answers.get("fields", {})}
        if path not in files or path.startswith(answers.get("hidden", "!")):
            return answers.get("unknown", 404), kept, answers.get("page", b"none")
        return 200, kept, files[path]

    def found(**changes):
        answers.clear()
        answers.update(changes)
        return verify(service.url)

    with buckets.service(answer) as service:
        assert found().findings == []
        assert found(unknown=403).codes == {"wrong-answer"}
        assert found(unknown=200, page=files["/index.html"]).codes == {"wrong-answer"}
        cached = found(fields={"Cache-Control": "public, max-age=3600"})
        assert cached.status == 0 and cached.codes == {"long-cache"}
        typed = found(fields={"Content-Type": "application/octet-stream"})
        assert typed.status == 1 and typed.codes == {"wrong-content-type"}
        form = ("/simple/index.v1_json", "application/vnd.pypi.simple.v1+json")
        assert found(negotiated=form).codes == {"no-vary"}
        assert found(negotiated=form, fields={"Vary": "Origin, Accept"}).codes == set()
        # Without a manifest, as an index that somebody else made.
        assert found(hidden="/larder/").findings == []
        assert found(hidden="/pool/epoch-2.0").codes == {"dead-link"}
        assert found(hidden="/simple/beta/").codes == {"lost-page", "lost-project"}
        answers.clear()
        secret = service.url.replace("//", "//user:canary-word@")
        done = verify.start(secret)
        assert done.returncode == 0 and "canary-word" not in done.stdout + done.stderr


@pytest.mark.parametrize("seed", range(CLEAN))
def test_nothing_is_found_in_what_is_sound(larder, verify, tmp_path, seed):
    random_ = random.Random(seed)
    items = [distribution.record for distribution in rich_list(seed + 10, projects=30)]
    if seed % 5 == 0:
        items = [item["filename"] for item in items] + [f"acme-{seed}.0.odd", "acme-2.0.rpm"]
    # Warnings tell of what a list lacks, and of a reason of 100,000 bytes.
    warnings = {"partial-hashes", "unchecked-page"}
    output = tmp_path / "public"
    url = random_.choice(["../../pool/", "https://files.example/pool/", "/pool/", "../../../pool/"])
    if seed % 2:
        flags = {"no_per_release_json": True} if random_.random() < 0.5 else {"title": "<A & B>"}
        assert larder.generate(items, output, packages_url=url, **flags).status == 0
    else:
        render = {"packages_url": url, "timestamps": random_.random() < 0.5}
        for part in (items[: len(items) // 2], items):
            assert larder.run(part, output, **render).status == 0
    for target in (output, output / "simple"):
        found = verify(target)
        assert found.status == 0, found.errors
        assert found.codes <= warnings and found.summary["projects"] in (30, 31)


@pytest.mark.parametrize("mode", ["generation", "files"])
def test_nothing_is_found_whatever_way_a_folder_is_written(larder, verify, tmp_path, mode):
    tree = tmp_path / "public"
    sink = {"type": "filesystem", "path": str(tree), "mode": mode}
    publish = Publisher(larder, tmp_path, sink)
    for items in (names(5), names(7)[2:]):
        run = publish.run(items)
        assert run.status == 0, run.stderr
        assert verify(tree).findings == []


def dumb_pypi(tmp_path, *lists):
    """What dumb-pypi makes of lists, one after another in one folder."""
    for number, records in enumerate(lists):
        path = tmp_path / f"list-{number}"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        dumb_pypi_tree.run(path, tmp_path / "dumb", "../../pool/", True)
    return tmp_path / "dumb"


def test_the_known_faults_of_dumb_pypi_are_found(larder, verify, tmp_path):
    time = {"upload_timestamp": 1_500_000_000}
    digest = {"hash": f"sha256={'a' * 64}"}
    records = [
        {"filename": "acme-1.0.zip", **time, **digest},
        {"filename": "acme-1.5.tgz", **digest},
        {"filename": "acme-1.0+cu118-py3-none-any.whl", **digest},
        {"filename": "acme-2.0rc1.zip"},
    ]
    many = [{"filename": f"gone-{number}.0.zip"} for number in range(5001)]
    twice = [{"filename": "acme-1.0.zip", "requires_python": ">=3"}]
    tree = dumb_pypi(tmp_path, many, records + twice)
    found = verify(tree)
    assert found.status == 1
    assert found.codes == {
        "dead-link",  # A relative URL does not fit the pages of releases,
        "other-url",  # nor those of the changelog.
        "unlisted-project",  # Pages of projects that are gone stay,
        "unlisted-page",  # and those of the changelog.
        "wrong-version",  # `.tgz` takes a part of the version with it.
        "unencoded-url",  # `+` is a space for S3.
        "listed-twice",  # One file with different facts.
        "wrong-latest",  # The latest is a pre-release.
        "legacy-time",  # A space where PyPI has a `T`.
        "root-link",  # `name/index.html`, which Poetry takes for the name.
        "no-not-found-page",
        "partial-hashes",
    }
    paths = {(finding["code"], finding["path"]) for finding in found.findings}
    assert paths >= {
        ("other-url", "changelog/page1.html"), ("dead-link", "pypi/acme/1.0/json"),
        ("unlisted-page", "changelog/page2.html"), ("unlisted-project", "simple/gone/"),
        ("unencoded-url", "simple/acme/index.html"),
    }
    run = larder.generate(many, tmp_path / "ours")
    run = larder.generate(records, tmp_path / "ours")
    assert run.status == 0 and verify(tmp_path / "ours").codes == {"partial-hashes"}


def test_links_of_others_lead_nowhere_but_into_the_tree(verify, tmp_path):
    links = ["%2e%2e/%2e%2e/", "a%00/", "javascript:", "//[/"]
    page = "".join(f'<a href="{link}six-1.0.zip">six-1.0.zip</a>' for link in links)
    (tmp_path / "six-1.0.zip").write_bytes(b"")
    tree = Folder(tmp_path / "public")
    tree.write("simple/index.html", b'<html><a href="six/">six</a></html>')
    tree.write("simple/six/index.html", f"<html>{page}</html>".encode())
    found = verify(tree.root)
    assert found.status == 1
    cannot = [finding for finding in found.findings if "cannot follow" in finding["msg"]]
    assert len(cannot) == len(links) and found.summary["files"] == 0


def test_an_empty_folder_of_a_project_is_found(published, verify):
    root, _ = published
    folder = root / "simple" / "gone"
    folder.mkdir()
    found = verify(root)
    folder.rmdir()
    assert found.status == 1 and found.codes == {"empty-folder"} and found.names("simple/gone")


@pytest.fixture
def damaged(larder, tmp_path):
    """An index with a page that is cut, and a file without a digest: an error and a warning."""
    records = [{"filename": "six-1.0.zip"}, {"filename": "six-2.0.zip", "hash": f"md5={'0' * 32}"}]
    assert larder.run(records, tmp_path / "public", packages_url="https://f.example/").status == 0
    page = tmp_path / "public" / "simple" / "six" / "index.v1_json"
    Folder(tmp_path / "public").write("simple/six/index.v1_json", page.read_bytes()[:100])
    return tmp_path / "public"


def test_people_read_what_is_wrong_and_what_to_do(verify, damaged):
    done = verify.start(damaged)
    assert done.returncode == 1 and done.stderr == ""
    assert "error[changed-page]: simple/six/index.v1_json: its 100 bytes are not" in done.stdout
    assert "error[damaged-page]: simple/six/index.v1_json:1: it cannot be read" in done.stdout
    assert "   = help: publish with `larder run --rebuild`" in done.stdout
    assert "warning[partial-hashes]" in done.stdout
    assert f"{damaged}: 2 errors, 1 warning\n" in done.stdout


def test_ci_reads_junit(verify, damaged):
    done = verify.start(damaged, "--format", "junit")
    assert done.returncode == 1
    (suite,) = ElementTree.fromstring(done.stdout).iter("testsuite")
    failed = {case.get("name") for case in suite if case.find("failure") is not None}
    assert failed == {"changed-page", "damaged-page"}
    assert suite.get("failures") == "2" and int(suite.get("tests")) == len(list(suite)) > 20


def test_warnings_do_not_count(verify, larder, tmp_path):
    records = [{"filename": "six-1.0.zip"}, {"filename": "six-2.0.zip", "hash": f"md5={'0' * 32}"}]
    assert larder.run(records, tmp_path / "public", packages_url="https://f.example/").status == 0
    found = verify(tmp_path / "public")
    assert found.status == 0 and found.codes == {"partial-hashes"}


@pytest.mark.parametrize(
    "target, status, words",
    [
        ("nowhere", 69, "cannot-read"),
        ("empty", 69, "not-an-index"),
        ("index.tar", 69, "cannot read"),
        ("http://", 78, "invalid-url"),
        ("http://127.0.0.1:1/?a=b", 78, "has no query"),
        ("s3://", 78, ""),
        ("", 64, "larder verify"),
    ],
)
def test_what_is_no_index_is_said(verify, tmp_path, target, status, words):
    (tmp_path / "empty").mkdir()
    (tmp_path / "index.tar").write_bytes(b"")
    place = [tmp_path / target] if target and "://" not in target else [target] * bool(target)
    done = verify.start(*place) if place else subprocess.run(
        [verify.larder.binary, "verify"], capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    assert words in done.stderr and done.stdout == ""
