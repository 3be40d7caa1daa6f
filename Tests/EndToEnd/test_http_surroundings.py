"""The HTTP client trusts no server without proof, and does nothing that only the environment says."""

import base64
import ctypes
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

from probe import binary
from support import servers
from support.faults import PAGE
from support.http_fixtures import (
    SECRET,
    assert_hidden,
    authority,
    certificates,
    fresh,
    other,
    secure,
    server,
)
from support.http_probe import HTTPProbe


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
    assert len(lines) == 50 and len(set(lines)) <= 8
    assert all(line.startswith("HTTP/2.0 ") for line in lines)


def test_says_what_is_missing_without_the_library(tmp_path):
    ctypes.CDLL("libcurl.so.4")
    maps = Path("/proc/self/maps").read_text()
    file = Path(re.search(r"/\S*/libcurl\.so\S*", maps)[0])
    # The loader may ask for it through a link of a folder, and by its short name.
    names = [file, file.with_name("libcurl.so.4")]
    names += [Path("/", *name.parts[2:]) for name in names if name.parts[1] == "usr"]
    command = ["strace", "-f", "-qq", "-o", tmp_path / "trace", *(f"-P{name}" for name in names)]
    command += ["-e", "trace=openat,open", "-e", "inject=openat,open:error=ENOENT"]
    done = subprocess.run(
        [*command, binary(), "http", "{}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )
    assert "libcurl.so.4" in done.stdout and '"start"' in done.stdout
