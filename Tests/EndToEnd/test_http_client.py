"""The HTTP client against servers that fail, cheat and pry: checks 41 to 46.

What ends only by a limit of the client would never end without it: the tests measure no times.
"""

import base64
import re
import shutil
import ssl
import time
from email.utils import formatdate
from urllib.parse import quote

import pytest
import trustme

from support import servers
from support.faulty import PAGE, FaultyServer, deaf_port, wire
from support.http_probe import HTTPProbe

SECRET = "s3cr3t-canary-Zq/+="
FRAMINGS = ["length", "chunked", "close"]


@pytest.fixture(scope="module")
def server():
    with FaultyServer() as server:
        yield server


@pytest.fixture(scope="module")
def other():
    with FaultyServer() as server:
        yield server


@pytest.fixture(autouse=True)
def fresh(server, other):
    server.forget()
    other.forget()


@pytest.fixture(scope="module")
def probe():
    with HTTPProbe(connections=16) as probe:
        yield probe


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with FaultyServer(tls=context) as server:
        yield server


@pytest.fixture(scope="module")
def certificates(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def spellings(secret: str) -> list[bytes]:
    """A secret as it may be found: as it is, percent-encoded, and in base64 at each offset."""
    coded = [
        base64.b64encode(b"x" * shift + secret.encode())[4:-4].strip(b"=") for shift in range(3)
    ]
    return [secret.encode(), quote(secret, safe="").encode(), *coded]


def assert_hidden(secret: str, data: bytes | str) -> None:
    data = data.encode() if isinstance(data, str) else data
    for spelling in spellings(secret):
        assert spelling not in data


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
    # The rest is not taken for the next answer.
    assert probe.ask(server.url("/ok"))["body"].encode() == PAGE


def test_takes_identity_for_no_encoding(server, probe):
    answer = probe.ask(server.url("/field?name=Content-Encoding&value=Identity"))
    assert answer["body"].encode() == PAGE


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


# The environment, and who a server is.


def test_trusts_no_unknown_server(secure, certificates, tmp_path):
    environment = {"SSL_CERT_FILE": certificates, "CURL_CA_BUNDLE": certificates}
    with HTTPProbe(environment) as probe:
        assert probe.ask(secure.url("/ok"))["failure"] == "untrusted"
    with HTTPProbe(certificates=certificates) as probe:
        assert probe.ask(secure.url("/ok"))["status"] == 200
        assert probe.ask(secure.url("/ok", host="localhost"))["failure"] == "untrusted"
    with HTTPProbe(certificates=str(tmp_path / "none.pem")) as probe:
        assert probe.ask(secure.url("/ok"))["failure"] == "untrusted"


def test_never_goes_from_https_to_http(secure, other, certificates):
    with HTTPProbe(certificates=certificates, redirect_hosts=["*"]) as probe:
        url = secure.url(f"/redirect?to={quote(other.url('/ok'), safe='')}")
        assert probe.ask(url)["failure"] == "forbiddenRedirect"
    assert other.received == []


def test_goes_from_http_to_https_on_the_same_host(server, secure, certificates):
    with HTTPProbe(certificates=certificates) as probe:
        secure.forget()
        url = server.url(f"/redirect?to={quote(secure.url('/ok'), safe='')}")
        assert probe.ask(url, token=SECRET)["status"] == 200
    assert secure.requests[0].value("authorization") is None


def test_writes_no_keys_where_the_environment_says(secure, certificates, tmp_path):
    keys = tmp_path / "keys"
    with HTTPProbe({"SSLKEYLOGFILE": str(keys)}, certificates=certificates) as probe:
        assert probe.ask(secure.url("/ok"))["status"] == 200
    assert not keys.exists()


def test_reads_no_netrc(server, tmp_path):
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login user password {SECRET}\n")
    with HTTPProbe({"HOME": str(tmp_path), "NETRC": str(tmp_path / ".netrc")}) as probe:
        assert probe.ask(server.url("/ok"))["status"] == 200
    assert server.requests[0].value("authorization") is None


def test_uses_a_proxy_only_where_it_is_told_to(server, other):
    environment = {"http_proxy": other.url(), "all_proxy": other.url()}
    with HTTPProbe(environment) as probe:
        assert probe.ask(server.url("/ok"))["status"] == 200
    assert other.received == []
    with HTTPProbe(environment, proxy="environment") as probe:
        assert probe.ask("http://index.example/ok")["status"] == 200
    proxy = other.url(userinfo=f"me:{quote(SECRET, safe='')}@")
    with HTTPProbe({"no_proxy": "*"}, proxy=proxy) as probe:
        assert probe.ask("http://index.example/ok")["status"] == 200
    assert [request.target for request in other.requests] == ["http://index.example/ok"] * 2
    login = base64.b64encode(f"me:{SECRET}".encode()).decode()
    values = [request.value("proxy-authorization") for request in other.requests]
    assert values == [None, f"Basic {login}"]


def test_says_nothing_secret_of_a_proxy():
    proxy = f"http://me:{quote(SECRET, safe='')}@127.0.0.1:{servers.free_port()}/"
    with HTTPProbe(proxy=proxy) as probe:
        answer = probe.ask("http://index.example/ok")
    assert answer["failure"] == "transient"
    assert_hidden(SECRET, str(answer))


def test_speaks_http2_over_tls(authority, certificates, tmp_path):
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(tmp_path / "server.pem")
    )
    (tmp_path / "page.html").write_bytes(PAGE)
    port = servers.free_port()
    (tmp_path / "nginx.conf").write_text(
        f"""
        daemon off; master_process off; pid {tmp_path}/pid; events {{ }}
        http {{
          log_format protocol '$server_protocol $connection';
          access_log {tmp_path}/access.log protocol;
          server {{
            listen 127.0.0.1:{port} ssl http2; root {tmp_path};
            ssl_certificate {tmp_path}/server.pem; ssl_certificate_key {tmp_path}/server.pem;
          }}
        }}
        """
    )
    command = [nginx, "-p", tmp_path, "-e", tmp_path / "errors", "-c", tmp_path / "nginx.conf"]
    with servers.running(command, tmp_path, port):
        with HTTPProbe(certificates=certificates) as probe:
            url = f"https://127.0.0.1:{port}/page.html"
            answers = probe.ask_all([{"url": url}] * 50)
            assert {answer["body"] for answer in answers} == {PAGE.decode()}
    lines = (tmp_path / "access.log").read_text().splitlines()
    assert len(lines) == 50 and len(set(lines)) == 1
    assert lines[0].startswith("HTTP/2.0 ")


# Check 59: secrets.


def test_says_nothing_secret_of_a_failure(server, certificates):
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
