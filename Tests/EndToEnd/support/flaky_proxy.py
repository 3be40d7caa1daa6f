"""Stands between publishers and a bucket: refuses some requests, and loses some answers."""

import http.client
import random
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit

from support import own_server

BUSY = (
    b"<Error><Code>ConditionalRequestConflict</Code><Message>try again</Message></Error>"
)


@dataclass
class Write:
    """A change that the bucket took, in the order in which it took them."""

    publisher: str
    method: str
    key: str
    body: bytes
    headers: dict
    tag: str


@dataclass
class Trouble:
    """What happens to requests, and what came of them, for all proxies of one bucket."""

    url: str
    seed: int
    conflicts: float = 0.05
    losses: float = 0.05
    writes: list = field(default_factory=list)
    counts: dict = field(default_factory=lambda: {"answered": 0, "refused": 0, "lost": 0})

    def __post_init__(self):
        self.rng, self.lock = random.Random(self.seed), threading.Lock()

    def fate(self, method):
        """What becomes of the next request."""
        with self.lock:
            chance = self.rng.random()
            fate = "answered"
            if chance < self.losses:
                fate = "lost"
            elif chance < self.losses + self.conflicts and method == "PUT":
                fate = "refused"
            self.counts[fate] += 1
            return fate

    def forward(self, publisher, handler, body):
        """Asks the bucket; one at a time, for it looks at a condition before it takes the lock."""
        host, port = urlsplit(self.url).netloc.split(":")
        with self.lock:
            connection = http.client.HTTPConnection(host, int(port), timeout=30)
            connection.putrequest(handler.command, handler.path, skip_host=True, skip_accept_encoding=True)
            for name, value in handler.headers.items():
                if name.lower() != "connection":
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            if handler.command in ("PUT", "POST", "DELETE") and answer.status < 300:
                key = unquote(urlsplit(handler.path).path).split("/", 2)[-1]
                headers = {name.lower(): value for name, value in handler.headers.items()}
                write = Write(publisher, handler.command, key, body, headers, answer.headers.get("ETag"))
                self.writes.append(write)
            return answer, content


@contextmanager
def proxy(trouble, publisher):
    """The URL of a proxy of one publisher."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fate = trouble.fate(self.command)
            if fate == "refused":
                return self.reply(409, {"Content-Type": "application/xml"}, BUSY)
            answer, content = trouble.forward(publisher, self, body)
            if fate == "lost":
                self.close_connection = True
                return
            skipped = ("connection", "transfer-encoding", "content-length", "date", "server")
            fields = {name: value for name, value in answer.getheaders() if name.lower() not in skipped}
            self.reply(answer.status, fields, content)

        do_PUT = do_POST = do_DELETE = do_HEAD = do_GET

        def reply(self, status, fields, content):
            self.send_response(status)
            for name, value in {**fields, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def log_message(self, *_):
            pass

    with own_server.serving(Handler) as url:
        yield url
