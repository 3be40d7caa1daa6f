"""Web servers on free ports of this machine, and what they were asked for."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template


@dataclass(frozen=True)
class Request:
    """One line of an access log."""

    uri: str
    status: int
    file: str = ""
    type: str = ""
    sent: int = 0


@dataclass
class Server:
    """A running server: the URL of its index, and its log since a test began to look."""

    index_url: str
    log: Path
    parse: callable
    seen: int = 0

    def forget(self):
        """Leaves out of `requests` what was asked for so far."""
        self.seen = len(self.log.read_text().splitlines())

    @property
    def requests(self):
        lines = self.log.read_text().splitlines()[self.seen :]
        return [request for request in map(self.parse, lines) if request is not None]


@contextmanager
def nginx(index, pool, state, more=""):
    """nginx with the tree at `/` and the pool at `/pool/`; it negotiates HTML and JSON.

    `more` is further configuration of the server.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is missing; the README says how to install it"
    port = free_port()
    template = Template(Path(__file__).with_name("nginx.conf").read_text())
    config = state / "nginx.conf"
    config.write_text(template.substitute(state=state, index=index, pool=pool, port=port, more=more))
    with running([program, "-p", state, "-e", state / "error.log", "-c", config], state, port):
        yield Server(f"http://127.0.0.1:{port}/simple/", state / "access.log", parse_nginx)


@contextmanager
def http_server(site, state):
    """`python3 -m http.server` over a folder that holds `index/` and `pool/`."""
    port = free_port()
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        site,
    ]
    with running(command, state, port):
        yield Server(f"http://127.0.0.1:{port}/index/simple/", state / "stderr", parse_http_server)


@contextmanager
def running(command, state, port, variables=None, patience=10):
    """A child process that listens on a port; at the end it is ended with all that it started."""
    with (state / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            env={**os.environ, **(variables or {})},
            start_new_session=True,
        )
        try:
            wait_for(port, child, state, patience)
            yield
        finally:
            child.terminate()
            try:
                child.wait(timeout=10)
            finally:
                end_group(child)


def end_group(leader):
    """Ends what is left of the processes that a child started."""
    try:
        os.killpg(leader.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    leader.wait(timeout=10)


def wait_for(port, child, state, patience):
    """Waits until a child listens on its port, at most `patience` seconds."""
    for _ in range(20 * patience):
        assert child.poll() is None, (state / "stderr").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def parse_nginx(line):
    fields = json.loads(line)
    return Request(fields["uri"], fields["status"], fields["file"], fields["type"], fields["sent"])


def parse_http_server(line):
    found = re.search(r'"(?:GET|HEAD) (\S+) HTTP/1\.[01]" (\d+)', line)
    return Request(found[1], int(found[2])) if found else None


def get(url, accept=None):
    """The type and the bytes of an answer."""
    request = urllib.request.Request(url, headers={"Accept": accept} if accept else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers["Content-Type"], answer.read()
