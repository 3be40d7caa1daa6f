"""Publishing into buckets of moto, which checks each signature, and of a service with whims."""

import base64
import hashlib
import json
import re
import threading

import pytest

from support import buckets, put_servers
from support.larder import finish
from support.publisher import Publisher, kill, names

MANIFEST = "larder/manifest.jsonl"
INTENT = "larder/intent.json"
SIMPLE = "application/vnd.pypi.simple.v1+json"


@pytest.fixture(scope="module")
def moto():
    with buckets.moto() as service:
        yield service


@pytest.fixture
def bucket(moto, request):
    """The name of an empty bucket."""
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower())[-60:].strip("-")
    moto.client().create_bucket(Bucket=name)
    return name


def publisher(larder, folder, moto, bucket, **more):
    (folder / "publisher").mkdir()
    sink = {**moto.settings(bucket), "retry": {"delay": "10ms"}, "stale": "delete", **more}
    environment = {**moto.environment, "AWS_EC2_METADATA_DISABLED": "true"}
    return Publisher(larder, folder / "publisher", sink, environment)


def objects(moto, bucket):
    """The bytes of each object, but for the word of a publication that is over."""
    client = moto.client()
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    found = {key: client.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}
    return put_servers.without_rest(found)


def times(moto, bucket):
    """When each object was written."""
    found = moto.client().list_objects_v2(Bucket=bucket)
    return {entry["Key"]: entry["LastModified"] for entry in found["Contents"]}


def test_a_bucket_gets_what_a_folder_gets_and_what_is_gone_goes(larder, moto, bucket, tmp_path):
    publish = publisher(larder, tmp_path, moto, bucket)
    run = publish.run(names(5))
    assert run.status == 0, run.stderr
    assert objects(moto, bucket) == publish.expected(names(5))
    before = times(moto, bucket)
    run = publish.run(names(5))
    assert run.status == 0 and times(moto, bucket) == before, run.stderr
    second = names(5)[1:] + ["project003-2.0.tar.gz"]
    run = publish.run(second)
    assert run.status == 0, run.stderr
    assert objects(moto, bucket) == publish.expected(second)
    assert "ignores conditions" not in run.stderr


#: What is asked for when a project has one file more: its pages, and those of the whole index.
ASKED = [
    ("GET", MANIFEST), ("GET", INTENT), ("PUT", INTENT),
    ("PUT", "changelog/page1.html"), ("PUT", "larder/records.jsonl"),
    ("PUT", "packages.json"), ("PUT", "project/project001/index.html"),
    ("PUT", "pypi/project001/2.0/json"), ("PUT", "pypi/project001/json"),
    ("PUT", "simple/project001/index.html"), ("PUT", "simple/project001/index.v1_json"),
    ("PUT", MANIFEST),
]


def test_one_file_more_sends_eight_pages_an_intent_and_a_manifest(larder, moto, bucket, tmp_path):
    publish = publisher(larder, tmp_path, moto, bucket)
    items = names(3)
    assert publish.run(items).status == 0
    # The second one after a publication that the manifest alone has ended.
    for version in ("2.0", "3.0"):
        items.append(f"project001-{version}.tar.gz")
        with moto.recorded() as asked:
            run = publish.run(items)
        assert run.status == 0, run.stderr
        asked = [
            (method, path.removeprefix(f"/{bucket}/").replace(version, "2.0")) for method, path in asked
        ]
        assert [*asked[:3], *sorted(asked[3:-1]), asked[-1]] == ASKED
    assert objects(moto, bucket) == publish.expected(items)


def test_a_lock_that_another_run_took_and_left_in_the_meantime_is_not_taken(whims):
    state, service, publish = whims
    assert publish.run(names(2)).status == 0
    before = dict(state.objects)

    def another(asked):
        if asked.method == "PUT" and INTENT in asked.path:
            state.whim = lambda asked: None
            said = json.loads(state.objects[INTENT])
            state.objects[INTENT] = json.dumps({**said, "run": "other"}).encode()
            before[INTENT] = state.objects[INTENT]

    state.whim = another
    run = publish.run(names(3))
    assert run.status == 75 and "in the meantime" in run.stderr, run.stderr
    assert state.objects == before


def test_what_few_pages_may_leave_over_is_told_before_the_first_of_them(whims):
    state, service, publish = whims
    assert publish.run(names(3)).status == 0
    page = "pypi/project001/2.0/json"
    told = []

    def failing(asked):
        if asked.method == "PUT" and page in asked.path:
            told.append(json.loads(state.objects[INTENT])["leftovers"])
        if asked.method == "PUT" and asked.path.endswith("/acme/changelog/page1.html"):
            return buckets.error(403, "AccessDenied", "no")

    state.whim = failing
    assert publish.run([*names(3), "project001-2.0.tar.gz"]).status != 0
    assert page in told[0] and page in state.objects
    state.whim = lambda asked: None
    run = publish.run(names(3))
    assert run.status == 0, run.stderr
    assert put_servers.without_rest(state.objects) == publish.expected(names(3))


def test_a_service_that_ignores_conditions_from_now_on_is_found_out_in_a_day(whims):
    state, service, publish = whims
    assert publish.run(names(2)).status == 0

    def forgetful(asked):
        for name in ("if-match", "if-none-match"):
            asked.headers.pop(name, None)

    state.whim = forgetful
    said = json.loads(state.objects[INTENT])
    state.objects[INTENT] = json.dumps({**said, "honoured": said["honoured"] - 86_400}).encode()
    for items in (names(3), names(4)):
        run = publish.run(items)
        assert run.status == 0 and "ignores conditions" in run.stderr, run.stderr
    state.whim = lambda asked: None
    run = publish.run(names(5))
    assert run.status == 0 and "ignores conditions" not in run.stderr, run.stderr
    assert put_servers.without_rest(state.objects) == publish.expected(names(5))


def test_only_objects_below_the_prefix_are_touched(larder, moto, bucket, tmp_path):
    moto.client().put_object(Bucket=bucket, Key="simple/project000/index.html", Body=b"theirs")
    publish = publisher(larder, tmp_path, moto, bucket, prefix="python & <co>/")
    for items in (names(3), names(2)):
        run = publish.run(items)
        assert run.status == 0, run.stderr
        expected = {f"python & <co>/{key}": data for key, data in publish.expected(items).items()}
        expected["simple/project000/index.html"] = b"theirs"
        assert objects(moto, bucket) == expected


def test_each_page_says_what_it_is_and_how_long_it_holds(larder, moto, bucket, tmp_path):
    publish = publisher(
        larder, tmp_path, moto, bucket, json_at_slash=True, acl="public-read",
        storage_class="STANDARD_IA", cache_control={"root": "max-age=5"},
    )
    run = publish.run(names(1))
    assert run.status == 0, run.stderr
    client = moto.client()

    def head(key):
        answer = client.head_object(Bucket=bucket, Key=key)
        return answer["ContentType"], answer["CacheControl"]

    html = "text/html; charset=utf-8"
    assert head("simple/project000/index.html") == (html, "max-age=60")
    assert head("simple/project000/index.v1_json") == (SIMPLE, "max-age=60")
    assert head("simple/project000/") == (SIMPLE, "max-age=60")
    assert head("simple/") == (SIMPLE, "max-age=5")
    assert head("pypi/project000/json") == ("application/json", "max-age=60")
    assert head(MANIFEST) == ("application/x-ndjson", "no-store")
    answer = client.head_object(Bucket=bucket, Key="simple/", ChecksumMode="ENABLED")
    assert answer["StorageClass"] == "STANDARD_IA"
    grants = client.get_object_acl(Bucket=bucket, Key="simple/")["Grants"]
    assert any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)
    page = objects(moto, bucket)
    assert page["simple/project000/"] == page["simple/project000/index.v1_json"]
    assert publish.run(["other-1.0.tar.gz"]).status == 0
    assert not [key for key in objects(moto, bucket) if "project000" in key]


def test_a_run_that_holds_the_lease_keeps_others_out(larder, moto, bucket, tmp_path):
    publish = publisher(larder, tmp_path, moto, bucket)
    assert publish.run(names(2)).status == 0
    before = objects(moto, bucket)
    intent = {"run": "other", "stage": "writing", "started": 1, "until": 9_999_999_999}
    moto.client().put_object(Bucket=bucket, Key=INTENT, Body=json.dumps(intent))
    run = publish.run(names(3))
    assert run.status == 75 and "another-publisher" in run.stderr, run.stderr
    present = objects(moto, bucket)
    assert json.loads(present.pop(INTENT)) == intent and present == before
    intent["until"] = 2
    moto.client().put_object(Bucket=bucket, Key=INTENT, Body=json.dumps(intent))
    run = publish.run(names(3))
    assert run.status == 0, run.stderr
    assert objects(moto, bucket) == publish.expected(names(3))


def test_a_run_that_was_killed_is_finished_when_its_lease_is_over(larder, moto, bucket, tmp_path):
    publish = publisher(larder, tmp_path, moto, bucket, max_concurrency=1, lease="1s")
    assert publish.run(names(10)).status == 0
    child = publish.start(names(40, "2.0"))
    while len(times(moto, bucket)) < 100:
        assert child.poll() is None
    kill(child)
    while (run := publish.run(names(10))).status == 75:
        pass
    assert run.status == 0, run.stderr
    assert objects(moto, bucket) == publish.expected(names(10))


def test_two_runs_at_once_leave_the_index_of_one_of_them(larder, moto, bucket, tmp_path):
    lists = [names(8), names(8, "2.0")]
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    both = [publisher(larder, folder, moto, bucket) for folder in folders]
    for _ in range(5):
        runs = [None, None]

        def go(number):
            runs[number] = both[number].run(lists[number])

        threads = [threading.Thread(target=go, args=[number]) for number in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {run.status for run in runs} <= {0, 75}, [run.stderr for run in runs]
        assert 0 in {run.status for run in runs}
        found = objects(moto, bucket)
        trees = [publish.expected(items) for publish, items in zip(both, lists)]
        assert found in trees
        lists.reverse()


class Whims:
    """A service that keeps objects and conditions, and does one thing wrong."""

    def __init__(self):
        self.objects, self.whim, self.removed = {}, lambda asked: None, []

    def answer(self, asked):
        if (said := self.whim(asked)) is not None:
            return said
        key = asked.path.removeprefix("/acme/")
        if asked.method in ("GET", "HEAD"):
            if key not in self.objects:
                return buckets.error(404, "NoSuchKey", "none")
            return 200, {"ETag": self.tag(key)}, self.objects[key]
        if asked.method == "POST":
            assert base64.b64decode(asked.headers["content-md5"]) == (
                hashlib.md5(asked.body).digest()
            )
            keys = re.findall("<Key>([^<]*)</Key>", asked.body.decode())
            self.removed.append(keys)
            for key in keys:
                self.objects.pop(key, None)
            return 200, {}, "<DeleteResult/>"
        given = base64.b64decode(asked.headers["x-amz-checksum-sha256"])
        assert given == hashlib.sha256(asked.body).digest()
        tag = asked.headers.get("if-match")
        if asked.headers.get("if-none-match") == "*" and key in self.objects:
            return buckets.error(412, "PreconditionFailed", "it is there")
        if tag and tag != self.tag(key):
            return buckets.error(412, "PreconditionFailed", "it is another")
        self.objects[key] = asked.body
        return 200, {"ETag": self.tag(key)}, ""

    def tag(self, key):
        return f'"{hashlib.md5(self.objects.get(key, b"")).hexdigest()}"'


@pytest.fixture
def whims(larder, tmp_path):
    """A service, and how to publish to it."""
    state = Whims()
    with buckets.service(state.answer) as service:
        (tmp_path / "publisher").mkdir()
        sink = {**service.settings, "retry": {"delay": "1ms"}, "stale": "delete"}
        yield state, service, Publisher(larder, tmp_path / "publisher", sink)


def test_the_manifest_is_written_only_over_the_one_that_was_read(whims):
    state, service, publish = whims
    assert publish.run(names(2)).status == 0
    puts = [asked for asked in service.asked if asked.method == "PUT" and MANIFEST in asked.path]
    assert [asked.headers.get("if-none-match") for asked in puts] == ["*"]
    tag = state.tag(MANIFEST)
    service.asked.clear()

    def another(asked):
        if asked.method == "PUT" and "simple/index.html" in asked.path:
            state.objects[MANIFEST] += b" "

    state.whim = another
    run = publish.run(names(3))
    assert run.status == 75 and "another-publisher" in run.stderr, run.stderr
    assert "nothing was published" not in run.stderr
    puts = [asked for asked in service.asked if asked.method == "PUT" and MANIFEST in asked.path]
    assert [asked.headers.get("if-match") for asked in puts] == [tag]


def test_a_service_that_compares_bare_tags_keeps_its_conditions(whims):
    """As Ceph does, which knows the tag only as it keeps it."""
    state, service, publish = whims

    def bare(asked):
        tag, key = asked.headers.get("if-match"), asked.path.removeprefix("/acme/")
        if asked.method == "PUT" and tag:
            if tag != state.tag(key).strip('"'):
                return buckets.error(412, "PreconditionFailed", "it is another")
            asked.headers["if-match"] = f'"{tag}"'

    def another(asked):
        if asked.method == "PUT" and "simple/index.html" in asked.path:
            state.objects[MANIFEST] += b" "
        return bare(asked)

    state.whim = bare
    for items in (names(2), names(3), names(1)):
        run = publish.run(items)
        assert run.status == 0, run.stderr
        assert put_servers.without_rest(state.objects) == publish.expected(items)
    state.whim = another
    run = publish.run(names(4))
    assert run.status == 75 and "another-publisher" in run.stderr, run.stderr


def test_conflicts_and_lost_answers_are_tried_again(whims):
    state, service, publish = whims
    counts = {}

    def whim(asked):
        counts[asked.method, asked.path] = counts.get((asked.method, asked.path), 0) + 1
        if asked.method != "PUT" or counts[asked.method, asked.path] > 1:
            return None
        if len(counts) % 2:
            return buckets.error(409, "ConditionalRequestConflict", "busy")
        state.whim = lambda asked: None
        state.answer(asked)
        state.whim = whim
        return buckets.error(503, "SlowDown", "it may be done")

    state.whim = whim
    run = publish.run(names(4))
    assert run.status == 0, run.stderr
    assert put_servers.without_rest(state.objects) == publish.expected(names(4))


def test_a_request_that_arrived_twice_is_no_other_publisher(whims):
    """A library sends a request again whose connection was closed; the first one was done."""
    state, service, publish = whims
    seen = set()

    def whim(asked):
        if asked.method == "PUT" and asked.path.startswith("/acme/larder/") and asked.path not in seen:
            seen.add(asked.path)
            state.whim = lambda asked: None
            state.answer(asked)
            state.whim = whim
            return buckets.error(412, "PreconditionFailed", "it is there")

    for count in (2, 3):
        seen.clear()
        state.whim = whim
        run = publish.run(names(count))
        assert run.status == 0, run.stderr
        index = {key: body for key, body in state.objects.items() if key != INTENT}
        assert index == publish.expected(names(count))
        assert {f"/acme/{MANIFEST}", f"/acme/{INTENT}"} <= seen


PARTIAL = """\
error[partial-publish]: sink "cdn" (s3) stopped after 311 of 404 changes: PUT s3://acme/PAGE: SlowDown: Reduce your request rate
   = attempts: 3 over 2 s; the last Retry-After was 1 s
   = published: 311 project pages (new and changed); not published: 93 pages; the root index and deletions had not started
   = effect: installers see the old root index and a mix of old and new project pages; every link they see works
   = sink "snapshot" (tarball) was not written: sinks commit only after all uploads succeed
   = help: run the same command again: unchanged pages are skipped, 93 uploads remain
"""  # noqa: E501


def test_a_publication_that_stops_half_way_says_how_far_it_came(whims, larder, tmp_path):
    state, service, _ = whims
    (tmp_path / "names.txt").write_text("".join(f"project-{n}-1.0.tar.gz\n" for n in range(79)))
    cdn = {"retry": {"attempts": 3, "delay": "1ms"}, "max_concurrency": 1}
    pipeline = {
        "version": 1,
        "sources": [{"type": "file", "path": "names.txt"}],
        "render": {"packages_url": "https://files.example/"},
        "sinks": [
            {**service.settings, "id": "cdn", **cdn},
            {"type": "tarball", "id": "snapshot", "path": "index.tar"},
        ],
    }
    (tmp_path / "pipeline.json").write_text(json.dumps(pipeline))
    taken = []

    def whim(asked):
        if asked.method != "PUT" or asked.path.startswith("/acme/larder/"):
            return None
        taken.append(asked.path)
        if len(taken) > 311:
            return buckets.error(503, "SlowDown", "Reduce your request rate", Retry_After="1")
        return None

    state.whim = whim
    command = [larder.binary, "run", "--quiet", tmp_path / "pipeline.json"]
    failed = finish(command, tmp_path / "failed")
    assert failed.status == 75
    assert re.sub("s3://acme/[^:]*", "s3://acme/PAGE", failed.stderr.rstrip()) == PARTIAL.rstrip()
    assert "simple/index.html" not in state.objects and not (tmp_path / "index.tar").exists()
    state.whim = lambda asked: None
    assert finish(command, tmp_path / "again").status == 0
    assert "simple/index.html" in state.objects and (tmp_path / "index.tar").exists()


def test_deletions_are_batched_and_those_that_fail_are_tried_again(whims):
    state, service, publish = whims
    items = names(400)
    assert publish.run(items).status == 0

    def refuses(asked):
        if asked.method == "POST" and "project" in asked.body.decode():
            key = re.findall("<Key>([^<]*)</Key>", asked.body.decode())[0]
            return 200, {}, (
                f"<DeleteResult><Error><Key>{key}</Key><Code>AccessDenied</Code></Error>"
                "</DeleteResult>"
            )

    state.whim = refuses
    run = publish.run(items[399:])
    assert run.status == 0 and "could not be deleted" in run.stderr, run.stderr
    state.whim = lambda asked: None
    state.removed.clear()
    run = publish.run(items[399:])
    assert run.status == 0, run.stderr
    assert put_servers.without_rest(state.objects) == publish.expected(items[399:])
    assert max(len(keys) for keys in state.removed) == 1000


@pytest.mark.parametrize("status, code", [(403, "AccessDenied"), (404, "NoSuchBucket")])
def test_what_may_be_hidden_never_counts_as_nothing(whims, status, code):
    state, service, publish = whims
    state.whim = lambda asked: buckets.error(status, code, "no")
    run = publish.run(names(2))
    assert run.status == 69, run.stderr
    assert {asked.method for asked in service.asked} == {"GET"}
    if status == 403:
        assert "s3:ListBucket" in run.stderr


def test_no_part_of_a_key_is_said(larder, moto, bucket, tmp_path):
    publish = publisher(
        larder, tmp_path, moto, bucket, access_key_id="${env:ID}",
        secret_access_key="${env:SECRET}", session_token="${env:TOKEN}",
    )
    secrets = {"ID": "AKIACANARY0000", "SECRET": "canary/secret+1", "TOKEN": "canary-token-1"}
    publish.environment = secrets
    run = publish.run(names(1))
    assert run.status == 69, run.stderr
    said = run.stdout + run.stderr + json.dumps(run.report)
    assert not [value for value in secrets.values() if value in said]
