"""Services that lie about their listings, refuse, are busy, or say what they were told."""

import base64
import itertools
from urllib.parse import quote

import pytest

from support import buckets
from support.buckets import Reader, error, page

KEYS = [f"pool/p{number:04}-1.0.zip" for number in range(3000)]


@pytest.fixture
def reader(larder, tmp_path):
    return Reader(larder, tmp_path)


def read(reader, answer, *, flags=(), environment=(), **more):
    """Reads a service that answers so; gives the run, and what was asked for."""
    with buckets.service(answer) as service:
        run = reader.run({**service.settings, **more}, flags=flags, **dict(environment))
        return run, service.asked


def three_pages(asked):
    start = int(asked.query.get("continuation-token", "0").removeprefix("t/+=&Ä"))
    rest = start + 1000 < len(KEYS)
    return page(KEYS[start : start + 1000], f"t/+=&amp;Ä{start + 1000}" if rest else None)


def test_three_honest_pages_are_read(reader):
    run, asked = read(reader, three_pages)
    assert run.status == 0, run.stderr
    assert sorted(reader.records) == sorted(key.removeprefix("pool/") for key in KEYS)
    assert [request.query["list-type"] for request in asked] == ["2"] * 3
    assert all(request.query["encoding-type"] == "url" for request in asked)
    assert [request.query.get("continuation-token") for request in asked] == [
        None, "t/+=&Ä1000", "t/+=&Ä2000",
    ]  # fmt: skip
    assert not any("authorization" in request.headers for request in asked)


def numbered(*pages):
    """Gives the pages in turn, the last one for ever."""
    turn = iter(pages)
    last = [pages[-1]]

    def answer(asked):
        return next(turn, last[0])

    return answer


def endless():
    """Promises ever new pages of the same keys, or of none."""
    tokens = itertools.count()

    def same(asked):
        return page(KEYS[:3], f"t{next(tokens)}")

    def empty(asked):
        return page(KEYS[:3] if not asked.query.get("continuation-token") else [], f"t{next(tokens)}")

    return same, empty


# The lie, and how many requests it takes to see it: of loops, at most two too many.
LIES = {
    "the same page for ever": (numbered(page(KEYS[:3], "t")), 2),
    "new tokens for the same keys": (endless()[0], 2),
    "new tokens for no keys": (endless()[1], 4),
    "an old token": (
        numbered(page(KEYS[:1], "t1"), page(KEYS[1:2], "t2"), page(KEYS[2:3], "t1")), 3,
    ),
    "a key twice": (numbered(page([KEYS[0], KEYS[0]])), 1),
    "a key on two pages": (numbered(page(KEYS[:2], "t"), page(KEYS[1:3])), 2),
    "more, and no token": (numbered(page(KEYS[:2], IsTruncated="true")), 1),
    "no more, and a token": (numbered(page(KEYS[:2], "t", IsTruncated="false")), 1),
    "no flag": (numbered(page(KEYS[:2], IsTruncated=None)), 1),
    "too few keys": (numbered(page(KEYS[:2], KeyCount=3)), 1),
    "a key outside of the prefix": (numbered(page([*KEYS[:2], "else/x-1.0.zip"])), 1),
    "another bucket's page for people": (
        numbered((200, {"Content-Type": "text/html"}, "<html><body>Sign in</body></html>")), 1,
    ),
    "an error with status 200": (numbered(error(200, "InternalError", "We failed")), 1),
    "an empty answer": (numbered((200, {}, "")), 1),
    "a cut page": (numbered((200, {}, page(KEYS[:5])[2][:-30])), 1),
    "no time": (numbered((200, {}, page(KEYS[:1])[2].replace("2026-01-02T03:04:05.000Z", "x"))), 1),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_lies_stop_the_run(reader, lie):
    answer, count = LIES[lie]
    run, asked = read(reader, answer, prefix="pool/")
    assert run.status == 65 and "broken-listing" in run.stderr, run.stderr
    assert len(asked) == count
    assert reader.is_untouched


def test_two_pages_without_keys_are_no_loop(reader):
    run, asked = read(
        reader, numbered(page([], "a"), page([], "b"), page(KEYS[:1]))
    )
    assert run.status == 0 and len(asked) == 3, run.stderr


def redirect(status, more=""):
    return error(status, "PermanentRedirect", "Use the right endpoint", more)


@pytest.mark.parametrize("answer", [
    error(301, "PermanentRedirect", "No", x_amz_bucket_region="eu-central-1"),
    error(301, "PermanentRedirect", "No", x_amz_bucket_region="eu-central-1",
          Location="https://elsewhere.example/"),
    error(307, "TemporaryRedirect", "No", x_amz_bucket_region="eu-central-1",
          Location="https://elsewhere.example/"),
    error(400, "AuthorizationHeaderMalformed", "No", "<Region>eu-central-1</Region>"),
    error(403, "AccessDenied", "No", x_amz_bucket_region="eu-central-1"),
])  # fmt: skip
def test_the_right_region_is_said(reader, answer):
    run, asked = read(reader, lambda _: answer, region="us-west-2")
    assert run.status == 78 and "wrong-region" in run.stderr, run.stderr
    assert 'give "region": "eu-central-1"' in run.stderr and len(asked) == 1


@pytest.mark.parametrize("answer, status, code, words", [
    (error(403, "AccessDenied", "Access Denied"), 69, "access-denied", "s3:ListBucket"),
    (error(404, "NoSuchBucket", "Not there"), 69, "no-bucket", 'check "bucket"'),
    (error(403, "SignatureDoesNotMatch", "No"), 69, "wrong-credentials", "access_key_id"),
    (error(400, "ExpiredToken", "Old"), 69, "wrong-credentials", "ExpiredToken: Old"),
    (error(403, "RequestTimeTooSkewed", "No", Date="Fri, 24 May 2013 00:00:00 GMT"), 69,
     "wrong-clock", "24 May 2013"),
    (error(503, "SlowDown", "Reduce your request rate"), 75, "busy-server", "SlowDown"),
    (error(400, "RequestTimeout", "Idle"), 75, "busy-server", "RequestTimeout"),
    ((403, {}, "<html>proxy</html>"), 69, "access-denied", "status 403"),
    (error(403, "AccessDenied", "evil\x1b[31m\nline"), 69, "access-denied", "access"),
])  # fmt: skip
def test_refusals_say_what_to_do(reader, answer, status, code, words):
    run, _ = read(reader, lambda _: answer)
    assert run.status == status and code in run.stderr and words in run.stderr, run.stderr
    assert "s3://acme/" in run.stderr and "\x1b" not in run.stderr


def test_a_busy_service_is_asked_again(reader):
    answers = iter([error(503, "SlowDown", "Slow", Retry_After="1"), page(KEYS[:1])])
    run, asked = read(reader, lambda _: next(answers), retry={"attempts": 2, "delay": "1s"})
    assert run.status == 0 and len(asked) == 2, run.stderr


def test_the_permission_that_reading_fields_needs_is_said(reader):
    def answer(asked):
        return (403, {}, "") if asked.method == "HEAD" else page(KEYS[:1])

    run, _ = read(reader, answer, checksums=True)
    assert run.status == 69 and "s3:GetObject" in run.stderr, run.stderr
    assert reader.is_untouched


@pytest.mark.parametrize("fields, found", [
    ({"x-amz-checksum-sha256": "A" * 43 + "="}, "00" * 32),
    ({"x-amz-checksum-sha256": "A" * 43 + "=-3"}, None),
    ({"x-amz-checksum-sha256": "A" * 43 + "=", "x-amz-checksum-type": "COMPOSITE"}, None),
    ({"x-amz-checksum-sha256": "A" * 43 + "=", "x-amz-checksum-type": "FULL_OBJECT"}, "00" * 32),
    ({"x-amz-checksum-sha256": "AAAA"}, None),
    ({"x-amz-checksum-sha256": "!" * 44}, None),
    ({}, None),
])  # fmt: skip
def test_only_checksums_of_whole_objects_are_digests(reader, fields, found):
    def answer(asked):
        return (200, fields, "") if asked.method == "HEAD" else page(KEYS[:1])

    run, asked = read(reader, answer, checksums=True)
    assert run.status == 0, run.stderr
    (record,) = reader.records.values()
    assert record.get("hashes", {}).get("sha256") == found
    assert asked[1].headers["x-amz-checksum-mode"] == "ENABLED"


def test_an_object_that_changes_meanwhile_is_no_record(reader):
    def answer(asked):
        return (200, {"ETag": '"new"'}, "") if asked.method == "HEAD" else page(KEYS[:1])

    run, _ = read(reader, answer, checksums=True)
    assert run.status == 75 and "changed while the bucket was read" in run.stderr, run.stderr
    assert reader.is_untouched


CANARIES = {
    "AWS_ACCESS_KEY_ID": "AKIACANARYCANARY",
    "AWS_SECRET_ACCESS_KEY": "canary/secret+KEY",
    "AWS_SESSION_TOKEN": "canary/token+VALUE==",
}
ECHOES = ["AccessDenied", "SlowDown", "SignatureDoesNotMatch", "InternalError"]


@pytest.mark.parametrize("code", ECHOES)
@pytest.mark.parametrize("status", [400, 403, 404, 500, 200])
@pytest.mark.parametrize("way", ["environment", "fields"])
def test_a_service_that_repeats_the_key_does_not_get_it_printed(reader, code, status, way):
    forms = [
        form
        for value in CANARIES.values()
        for form in [value, quote(value, safe=""), base64.b64encode(value.encode()).decode()]
    ]

    def answer(asked):
        said = [asked.headers["authorization"], asked.headers["x-amz-security-token"], *forms]
        # Some are cut where Larder cuts long messages.
        return error(status, code, "x" * 250 + " ".join(said))

    names = {"AWS_" + name.upper(): name for name in
             ["access_key_id", "secret_access_key", "session_token"]}  # fmt: skip
    fields = {} if way == "environment" else {
        name: "${env:%s}" % variable for variable, name in names.items()
    }  # fmt: skip
    with buckets.service(answer) as service:
        settings = {**service.settings, "anonymous": False, **fields}
        for flags in [("--log-format", "json"), ("--progress", "plain")]:
            run = reader.run(settings, flags=flags, **CANARIES)
            assert run.status in (65, 69, 75), run.stderr
            assert service.asked[-1].headers["x-amz-security-token"] in CANARIES.values()
            report = (reader.folder / "run.report.json").read_text()
            said = run.stderr + run.stdout + report
            assert [form for form in forms if form in said] == []
    for path in reader.folder.rglob("*"):
        if path.is_file():
            text = path.read_text(errors="replace")
            assert not any(form in text for form in forms), path
