"""The HTTP client ends what would not end, and says when to come back: checks 43, 44 and 46.

What ends only by a limit of the client would never end without it: the tests measure no times.
"""

import re
import time
from email.utils import formatdate
from urllib.parse import quote

import pytest

from support.faults import PAGE
from support.faulty import deaf_port
from support.http_fixtures import fresh, other, probe, server
from support.http_probe import HTTPProbe

FRAMINGS = ["length", "chunked", "close"]


# Check 43: answers without end.

CAP = 1 << 20


def received(trace: str) -> int:
    """The bytes that a process took from sockets."""
    return sum(int(count) for count in re.findall(r"^\d+ +recv.*= (\d+)$", trace, re.MULTILINE))


@pytest.mark.parametrize(
    "path, kind, limit",
    [
        ("/endless?framing=length", "tooLarge", 0),
        ("/endless?framing=chunked", "tooLarge", CAP),
        ("/endless?framing=close", "tooLarge", CAP),
        ("/endless?framing=close&code=404", "refused", 64 << 10),
        ("/endless?framing=close&code=302", "broken", 64 << 10),
        ("/bomb", "broken", 0),
        ("/endless?framing=length&code=404", "refused", 64 << 10),
        ("/many-fields", "tooLarge", 256 << 10),
        ("/long-field", "broken", 256 << 10),
        ("/many-trailers", "tooLarge", 256 << 10),
    ],
)
def test_stops_soon_after_a_limit(server, tmp_path, path, kind, limit):
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-qq", "-e", "trace=recvfrom,recvmsg", "-o", trace]
    with HTTPProbe(prefix=strace) as probe:
        answer = probe.ask(server.url(path), maximum_bytes=CAP)
        assert answer["failure"] == kind, answer
    taken = received(trace.read_text())
    assert 0 < taken <= limit + (64 << 10)


def test_needs_little_memory_for_answers_without_end(server):
    with HTTPProbe(connections=1) as probe:
        probe.ask(server.url("/ok"))
        base = probe.peak_memory()
        for path in ["/endless?framing=close", "/bomb", "/many-fields", "/long-field"]:
            probe.ask(server.url(path), maximum_bytes=16 << 20)
        assert probe.peak_memory() <= base + (64 << 20)


def test_takes_exactly_as_much_as_is_allowed(server, probe):
    for framing in FRAMINGS:
        url = server.url(f"/cut?framing={framing}")
        assert probe.ask(url, maximum_bytes=len(PAGE))["body"].encode() == PAGE
        assert probe.ask(url, maximum_bytes=len(PAGE) - 1)["failure"] == "tooLarge"


# Check 44: servers that take their time.


@pytest.mark.parametrize("path", ["/drip-body", "/drip-head", "/silence"])
def test_waits_for_a_slow_server_only_so_long(server, path):
    with HTTPProbe(idle_ms=1000, timeout_ms=3_600_000) as probe:
        assert probe.ask(server.url(path))["failure"] == "transient"


def test_waits_for_an_answer_only_so_long(server):
    with HTTPProbe(idle_ms=3_600_000, timeout_ms=1000) as probe:
        assert probe.ask(server.url("/drip-steadily"))["failure"] == "transient"
        assert probe.ask(server.url("/silence"))["failure"] == "transient"


def test_counts_redirects_into_the_time_of_a_request(server):
    def slow(call):
        time.sleep(0.4)
        return call.reply(b"", "302 Moved", f"Location: /slow?{call.server.count('slow')}")

    server.on("/slow", slow)
    with HTTPProbe(timeout_ms=1000) as probe:
        answer = probe.ask(server.url("/slow"))
        assert answer["failure"] == "transient" and answer["redirects"] == 2


def test_waits_for_a_connection_only_so_long():
    with deaf_port() as port, HTTPProbe(connect_ms=500, timeout_ms=3_600_000) as probe:
        assert probe.ask(f"http://127.0.0.1:{port}/")["failure"] == "transient"


def test_does_not_count_the_wait_for_a_turn(server):
    def slow(call):
        time.sleep(0.5)
        return call.reply(b"")

    server.on("/half-second", slow)
    with HTTPProbe(connections=1, timeout_ms=1500, connect_ms=300) as probe:
        answers = probe.ask_all([{"url": server.url("/half-second")}] * 5)
        assert [answer.get("status") for answer in answers] == [200] * 5


def test_ends_when_the_task_is_cancelled(server):
    with HTTPProbe(connections=2, idle_ms=3_600_000) as probe:
        requests = [{"url": server.url("/silence"), "cancel_after_ms": wait} for wait in range(40)]
        answers = probe.ask_all(requests)
        assert {answer["failure"] for answer in answers} == {"cancelled"}
        assert probe.ask(server.url("/ok"))["status"] == 200


# Check 46: when to come back.


@pytest.mark.parametrize(
    "after, wait",
    [
        (None, None),
        ("1", 1),
        ("0", 0),
        ("60", 60),
        ("61", 60),
        ("99999999999999999999", 60),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        (formatdate(0, usegmt=True), 0),
        (formatdate(4e9, usegmt=True), 60),
    ],
)
@pytest.mark.parametrize("code", [429, 503])
def test_reads_when_to_come_back(server, probe, code, after, wait):
    query = "" if after is None else f"&after={quote(after)}"
    answer = probe.ask(server.url(f"/retry?code={code}{query}"))
    assert (answer["failure"], answer["status"]) == ("transient", code)
    assert answer["retry_after"] == wait
    assert len(server.requests) == 1
