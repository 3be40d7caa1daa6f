"""The HTTP client takes answers that are whole, and says why others are none: checks 41 and 42."""

import pytest

from support import servers
from support.faults import PAGE, wire
from support.http_fixtures import fresh, other, probe, server
from support.http_probe import HTTPProbe

FRAMINGS = ["length", "chunked", "close"]


# Answers as they should be.


def test_gives_the_content_the_final_url_and_the_validators(server, probe):
    answer = probe.ask(server.url("/ok"))
    assert answer["status"] == 200 and answer["body"].encode() == PAGE
    assert answer["url"] == server.url("/ok") and answer["redirects"] == []
    assert (answer["framing"], answer["etag"], answer["type"]) == ("length", '"v1"', "text/html")


def test_asks_for_nothing_that_it_does_not_want(server, probe):
    probe.ask(server.url("/ok"))
    names = [name for name, _ in server.requests[0].fields]
    assert sorted(names) == ["accept", "host", "user-agent"]


def test_takes_the_fields_of_the_last_answer_alone(server, probe):
    assert probe.ask(server.url("/informed"))["etag"] == '"v1"'
    answer = probe.ask(server.url("/trailers"))
    assert (answer["etag"], answer["framing"], answer["body"]) == ('"head"', "chunked", "hello")


def test_keeps_few_connections_for_many_requests(server):
    with HTTPProbe(connections=4) as probe:
        answers = probe.ask_all([{"url": server.url("/ok")}] * 300)
        assert {answer["status"] for answer in answers} == {200}
    assert len(server.requests) == 300
    assert server.connection_count <= 4


def test_uses_a_connection_again_that_the_server_has_closed(server, probe):
    for _ in range(20):
        assert probe.ask(server.url("/forgetful"))["status"] == 200
    body = "x" * 300_000
    server.on("/forgetful-store", lambda call: call.reply(b"", "201 Created") and False)
    for _ in range(5):
        answer = probe.ask(server.url("/forgetful-store"), method="PUT", body=body)
        assert answer["status"] == 201
        assert server.requests[-1].body == body.encode()


@pytest.mark.parametrize("method, status", [("PUT", 201), ("POST", 204), ("DELETE", 204)])
def test_writes(server, probe, method, status):
    content = {} if method == "DELETE" else {"body_size": 3_000_000}
    answer = probe.ask(server.url("/store"), method=method, **content)
    assert answer["status"] == status
    request = server.requests[0]
    assert request.method == method and len(request.body) == content.get("body_size", 0)
    assert request.value("expect") is None and request.value("transfer-encoding") is None


def test_reads_fields_alone(server, probe):
    answer = probe.ask(server.url("/ok"), method="HEAD", maximum_bytes=10)
    assert (answer["status"], answer["size"], answer["framing"]) == (200, 0, "length")


def test_leaves_nothing_of_a_method_behind(server):
    methods = ["GET", "PUT", "HEAD", "DELETE", "POST", "GET"] * 2
    with HTTPProbe(connections=1) as probe:
        for method in methods:
            assert probe.ask(server.url("/whole"), method=method)["status"] == 200
    assert [request.method for request in server.requests] == methods
    assert {request.body for request in server.requests} == {b""}


def test_asks_for_nothing_else_in_place_of_what_cannot_be_asked(server):
    with HTTPProbe(connections=1) as probe:
        assert probe.ask(server.url("/ok"))["status"] == 200
        answer = probe.ask(server.url("/" + "x" * 8_000_000))
        assert answer["failure"] == "invalidRequest"
        assert probe.ask(server.url("/login"))["size"] < len(PAGE)
    assert [request.target for request in server.requests] == ["/ok", "/login"]


# Check 41: content that was cut.


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("framing", FRAMINGS)
def test_never_takes_a_part_for_the_whole(server, probe, framing, encoding):
    size = len(wire(framing, encoding)[1])
    url = f"/cut?framing={framing}&encoding={encoding}&at="
    answers = probe.ask_all([{"url": server.url(f"{url}{at}")} for at in range(size + 1)])
    if encoding == "gzip":
        assert {answer.get("failure") for answer in answers} == {"broken"}
    elif framing == "close":
        assert {answer["framing"] for answer in answers} == {"untilClose"}
        assert [answer["body"].encode() for answer in answers] == [
            PAGE[:at] for at in range(size + 1)
        ]
    else:
        *cut, whole = answers
        assert whole["body"].encode() == PAGE and whole["framing"] == framing
        for answer in cut:
            assert answer.get("failure") == "transient" or answer["body"].encode() == PAGE


@pytest.mark.parametrize(
    "path", ["/reset-before", "/reset-mid", "/nothing", "/half-head", "/retry?code=500"]
)
def test_says_that_another_try_may_succeed(server, probe, path):
    assert probe.ask(server.url(path))["failure"] == "transient"


def test_says_that_a_server_may_come_back(probe):
    url = f"http://127.0.0.1:{servers.free_port()}/"
    assert probe.ask(url)["failure"] == "transient"


# Check 42: statuses, and answers that contradict themselves.


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_takes_only_the_statuses_that_mean_success(server, probe, method):
    codes = [200, 201, 202, 203, 204, 205, 206, 226, 300, 304, 305, 400, 401, 403, 404, 405, 409]
    codes += [408, 410, 412, 416, 425, 429, 451, 499, 500, 501, 502, 503, 504, 505, 599]
    urls = [{"url": server.url(f"/status?code={code}"), "method": method} for code in codes]
    good = {"GET": {200}, "HEAD": {200}, "PUT": {200, 201, 204}, "DELETE": {200, 202, 204}}[method]
    for code, answer in zip(codes, probe.ask_all(urls)):
        assert answer["status"] == code
        transient = code in (408, 425, 429) or code >= 500
        expected = None if code in good else "transient" if transient else "refused"
        assert answer.get("failure") == expected, answer


def test_takes_304_for_an_answer_only_where_it_was_asked_for(server, probe):
    answer = probe.ask(server.url("/cached"), etag='"v1"')
    assert (answer["status"], answer["size"], answer["etag"]) == (304, 0, '"v1"')
    assert probe.ask(server.url("/cached"), etag='"v2"')["status"] == 200
    probe.ask(server.url("/cached"), last_modified="Sun, 06 Nov 1994 08:49:37 GMT")
    assert server.requests[-1].value("if-modified-since") == "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize("tag", ['"a\rb"', '"a"b"', '"a b"', "*", '"a\x80b"', '"', "W/"])
def test_sends_no_strange_tag_back(server, probe, tag):
    server.on("/tag", lambda call: call.reply(b"", "200 OK", f"ETag: {tag}"))
    answer = probe.ask(server.url("/tag"))
    assert ("etag" in answer) == (tag == "W/")
    probe.ask(server.url("/tag"), etag=tag)
    assert server.requests[-1].value("if-none-match") == answer.get("etag")


def test_takes_the_part_that_was_asked_for_or_the_whole(server, probe):
    answer = probe.ask(server.url("/ranges"), range=[10, 30])
    assert (answer["status"], answer["range"]) == (206, "10..<30")
    assert answer["body"].encode() == PAGE[10:30]
    answer = probe.ask(server.url("/ranges"), range=[2000, 9999])
    assert answer["body"].encode() == PAGE[2000:]
    assert probe.ask(server.url("/whole"), range=[10, 30])["status"] == 200
    for path in ["/ranges?shift=1", "/ranges?short=1", "/status?code=206"]:
        assert probe.ask(server.url(path), range=[10, 30])["failure"] == "broken"


@pytest.mark.parametrize(
    "path",
    [
        "/two-lengths",
        "/wrong-length?value=abc",
        "/wrong-length?value=-5",
        "/wrong-length?value=99999999999999999999999",
        "/wrong-length?value=5,5",
        "/coded-transfer",
        "/bad-crc",
        "/bomb",
        "/folded",
        "/field?name=Content-Encoding&value=br",
        "/garbage",
        "/http09",
        "/bad-chunk",
    ],
)
def test_refuses_what_contradicts_itself(server, probe, path):
    assert probe.ask(server.url(path))["failure"] in ("broken", "tooLarge", "transient")


def test_takes_no_more_than_was_announced(server, probe):
    answer = probe.ask(server.url("/short-length"))
    assert answer["body"].encode() == PAGE[:100]
    # The rest may break the next answer, which comes over the same connection, but is none.
    for _ in range(5):
        answer = probe.ask(server.url("/ok"))
        assert answer.get("body", PAGE.decode()) == PAGE.decode()


def test_takes_identity_for_no_encoding(server, probe):
    answer = probe.ask(server.url("/field?name=Content-Encoding&value=Identity"))
    assert answer["body"].encode() == PAGE
