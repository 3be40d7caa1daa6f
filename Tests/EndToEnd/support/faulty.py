"""An HTTP server that misbehaves in every way a client has to survive, and remembers all it got.

Each behaviour of `support.faults` is a path; a query chooses the details:
`server.url("/cut?framing=chunked&at=7")`. A test adds its own with
`server.pages["/simple/"] = b"..."` or `server.on("/path", function)`.

    with FaultyServer() as server:
        ask(server.url("/silence"))
        assert [request.target for request in server.requests] == ["/silence"]
"""

import contextlib
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from support.faults import BEHAVIOURS


@dataclass
class Request:
    """What a client sent."""

    method: str = ""
    target: str = ""
    fields: list = field(default_factory=list)
    body: bytes = b""
    raw: bytes = b""

    def value(self, name: str) -> str | None:
        """The value of a field, given in lower case; the last one if there are several."""
        return dict(self.fields).get(name)


class Call:
    """One request and the connection that waits for the answer."""

    def __init__(self, server, connection, request):
        self.server, self.connection, self.request = server, connection, request
        parts = urlsplit(request.target)
        self.path, self.query = parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def head(self, status="200 OK", *lines: str, type="text/html") -> None:
        self.send("\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *lines, "", ""]).encode())

    def reply(self, body=b"", status="200 OK", *lines: str, type="text/html") -> bool:
        """A faultless answer; the connection stays open."""
        content = b"" if self.request.method == "HEAD" else body
        length = [] if status[:3] in ("204", "304") else [f"Content-Length: {len(body)}"]
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *length, *lines, "", ""])
        self.send(head.encode() + content)
        return True

    def reset(self) -> None:
        """Ends the connection so that the client sees an error, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def drip(self, part: bytes) -> None:
        """Sends a part ten times a second until the client or the test has enough."""
        while not self.server.is_over.wait(0.1):
            self.send(part)

    def wait(self) -> None:
        """Sends nothing until the client or the test has enough."""
        self.connection.settimeout(0.1)
        while not self.server.is_over.is_set():
            with contextlib.suppress(TimeoutError):
                if not self.connection.recv(65536):
                    return


class FaultyServer:
    """The server; with a TLS context (`ssl.SSLContext`) it speaks https."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"):
        self.tls, self.host = tls, host
        self.pages, self.handlers = {}, dict(BEHAVIOURS)
        self.requests, self.received, self.connection_count = [], [], 0
        self.counts = {}
        self.lock, self.is_over = threading.Lock(), threading.Event()

    def __enter__(self):
        self.listener = socket.create_server((self.host, 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def url(self, path: str = "/", host: str | None = None, userinfo: str = "") -> str:
        return f"http{'s' if self.tls else ''}://{userinfo}{host or self.host}:{self.port}{path}"

    def on(self, path: str, handler) -> None:
        """Lets a function answer requests of a path; it returns whether more may follow."""
        self.handlers[path] = handler

    def forget(self) -> None:
        with self.lock:
            self.requests, self.received, self.connection_count = [], [], 0
            self.counts = {}

    @property
    def everything(self) -> bytes:
        """All bytes that came, also those of no request."""
        with self.lock:
            return b"".join(self.received)

    def count(self, key: str) -> int:
        """How often this was called with the key, this time included."""
        with self.lock:
            self.counts[key] = self.counts.get(key, 0) + 1
            return self.counts[key]

    def accept(self) -> None:
        while not self.is_over.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection) -> None:
        with self.lock:
            self.connection_count += 1
        # The client is free to go whenever it likes.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            rest = b""
            while (request := self.read(connection, rest)) and self.answer(connection, request[0]):
                rest = request[1]
            with contextlib.suppress(OSError):
                if self.tls:
                    connection.unwrap()
            connection.close()

    def read(self, connection, data: bytes):
        """The next request and what came after it; None at the end."""
        while b"\r\n\r\n" not in data:
            if not (part := self.receive(connection)):
                return None
            data += part
        head, _, data = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines]
        request = Request(*first.split(" ")[:2], [(n.lower(), v.strip()) for n, _, v in pairs])
        length = int(request.value("content-length") or 0)
        while len(data) < length:
            if not (part := self.receive(connection)):
                return None
            data += part
        request.body, request.raw = data[:length], head
        with self.lock:
            self.requests.append(request)
        return request, data[length:]

    def receive(self, connection) -> bytes:
        part = connection.recv(65536)
        if part:
            with self.lock:
                self.received.append(part)
        return part

    def answer(self, connection, request) -> bool:
        call = Call(self, connection, request)
        if (page := self.pages.get(call.path)) is not None:
            return call.reply(page)
        handler = self.handlers.get(call.path)
        return handler(call) if handler else call.reply(b"nothing here", "404 Not Found")


@contextlib.contextmanager
def deaf_port():
    """A port that takes no connections and does not refuse any: its queue is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
