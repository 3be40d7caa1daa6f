"""The HTTP client tells nobody a secret, redirects or not: checks 45 and 59."""

import base64
from urllib.parse import quote

import pytest

from support import servers
from support.http_fixtures import SECRET, assert_hidden, fresh, other, probe, server
from support.http_probe import HTTPProbe

# Check 45: redirects.


def test_follows_five_redirects_and_no_more(server, probe):
    answer = probe.ask(server.url("/steps?count=5"))
    assert answer["url"] == server.url("/ok").replace("/ok", "/steps?count=0")
    assert len(answer["redirects"]) == 5
    assert probe.ask(server.url("/steps?count=6"))["failure"] == "forbiddenRedirect"
    server.forget()
    answer = probe.ask(server.url("/loop"))
    assert answer["failure"] == "forbiddenRedirect" and answer["redirects"] == 5
    assert len(server.requests) == 6


def test_needs_to_know_where_a_redirect_leads(server, probe):
    assert probe.ask(server.url("/redirect"))["failure"] == "broken"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_sends_nothing_but_questions_elsewhere(server, probe, method, code):
    answer = probe.ask(server.url(f"/redirect?code={code}&to=/ok"), method=method)
    assert answer["failure"] == "forbiddenRedirect" and len(server.requests) == 1


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_keeps_the_method_the_range_and_the_login_on_the_same_server(server, probe, code):
    url = server.url(f"/redirect?code={code}&to=/ranges", userinfo="user:pass@")
    answer = probe.ask(url, range=[0, 9])
    assert answer["status"] == 206
    login = "Basic " + base64.b64encode(b"user:pass").decode()
    assert [request.value("authorization") for request in server.requests] == [login] * 2
    assert probe.ask(url.replace("ranges", "ok"), method="HEAD")["status"] == 200
    assert [request.method for request in server.requests[2:]] == ["HEAD", "HEAD"]


CREDENTIALS = {
    "userinfo": {"userinfo": f"user:{quote(SECRET, safe='')}@"},
    "basic": {"user": "user", "password": SECRET},
    "bearer": {"token": SECRET},
    "authorization": {"fields": {"Authorization": f"AWS4-HMAC-SHA256 {SECRET}"}},
    "fields": {"fields": {"X-Amz-Security-Token": SECRET, "Cookie": f"a={SECRET}"}},
}
TARGETS = {
    "port": "http://127.0.0.1:{port}/ok",
    "host": "http://localhost:{port}/ok",
    "scheme-relative": "//127.0.0.1:{port}/ok",
    "userinfo": "http://user:password@127.0.0.1:{port}/ok",
    "own-name-as-user": "http://127.0.0.1:{own}@127.0.0.1:{port}/ok",
    "tls": "https://127.0.0.1:{port}/ok",
    "slash": "http:///127.0.0.1:{port}/ok",
    "backslash": "http:\\\\127.0.0.1:{port}/ok",
    "ftp": "ftp://127.0.0.1:{port}/ok",
    "file": "file:///etc/hostname",
    "gopher": "gopher://127.0.0.1:{port}/_GET",
    "by-itself": "/redirect?to=http://127.0.0.1:{port}/ok",
}
REACHED = {"port", "host", "scheme-relative", "userinfo", "own-name-as-user", "by-itself"}


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("hosts", [["*"], ["127.0.0.1", "localhost"], None])
def test_shows_no_credentials_to_another_server(server, other, method, hosts):
    redirects = {} if hosts is None else {"redirect_hosts": hosts}
    options = {"connect_ms": 2000, "idle_ms": 2000, **redirects}
    with HTTPProbe(**options) as probe:
        for name, target in TARGETS.items():
            to = quote(target.format(port=other.port, own=server.port), safe="")
            requests = []
            for credentials in CREDENTIALS.values():
                given = dict(credentials)
                url = server.url(f"/redirect?to={to}", userinfo=given.pop("userinfo", ""))
                requests.append({"url": url, "method": method, **given})
            other.forget()
            answers = probe.ask_all(requests)
            reached = method == "GET" and hosts is not None and name in REACHED
            for answer in answers:
                assert (answer.get("status") == 200) == reached, (name, answer)
                assert_hidden(SECRET, str(answer))
            assert len(other.requests) == (len(CREDENTIALS) if reached else 0)
            for request in other.requests:
                assert {name for name, _ in request.fields} == {"accept", "host", "user-agent"}
            assert_hidden(SECRET, other.everything)
    # They were sent to where they belong.
    sent = server.everything
    assert SECRET.encode() in sent and base64.b64encode(f"user:{SECRET}".encode()) in sent


def test_forgets_credentials_for_good_at_another_server(server, other):
    with HTTPProbe(redirect_hosts=["*"]) as probe:
        back = quote(server.url("/ok"), safe="")
        to = quote(other.url(f"/redirect?to={back}"), safe="")
        answer = probe.ask(server.url(f"/redirect?to={to}"), token=SECRET)
        assert answer["status"] == 200 and len(answer["redirects"]) == 2
    first, last = server.requests
    assert first.value("authorization") and last.value("authorization") is None


def test_follows_only_to_the_hosts_that_are_named(server, other):
    with HTTPProbe(redirect_hosts=["files.example"]) as probe:
        url = server.url(f"/redirect?to={quote(other.url('/ok'), safe='')}")
        assert probe.ask(url)["failure"] == "forbiddenRedirect"
    assert other.received == []


# Check 59: secrets.


def test_says_nothing_secret_of_a_failure(server):
    paths = ["/silence", "/endless?framing=close", "/garbage", "/nothing", "/loop", "/retry"]
    paths += ["/status?code=401", "/status?code=403", "/half-head", "/many-fields", "/bomb"]
    requests = []
    for path in paths:
        for credentials in CREDENTIALS.values():
            given = dict(credentials)
            url = server.url(path, userinfo=given.pop("userinfo", ""))
            requests.append({"url": url, "maximum_bytes": 100_000, **given})
    closed = servers.free_port()
    requests.append({"url": f"http://user:{SECRET.replace('/', '')}@127.0.0.1:{closed}/"})
    requests.append({"url": server.url("/ok"), "token": f"{SECRET} with spaces"})
    requests.append({"url": f"http://user:{SECRET}%zz@127.0.0.1/"})
    with HTTPProbe(idle_ms=1000, connections=64) as probe:
        answers = probe.ask_all(requests)
        line = open(f"/proc/{probe.child.pid}/cmdline").read()
    assert all("failure" in answer for answer in answers)
    assert_hidden(SECRET, str(answers) + line)
    assert SECRET.replace("/", "") not in str(answers)


def test_shows_no_query_which_may_be_signed(server, probe):
    answer = probe.ask(server.url("/status?code=404&X-Amz-Signature=canary"))
    assert answer["description"].startswith(server.url("/status?...: "))
