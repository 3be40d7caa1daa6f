"""A server of files that behaves, or misbehaves, as a test says, and counts what it sends."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from support import own_server


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    range: str | None
    condition: str | None
    login: str | None
    status: int
    sent: int


class FileServer:
    """Serves the files of a folder.

    `ranges` is how it answers a range: `"right"`; `"ignored"`: with all; `"refused"`: with 416;
    `"shifted"`: with the bytes behind, and a `Content-Range` that says so; `"lying"`: with the
    bytes behind, as if they were the right ones; `"starred"`: without the size of the file.
    `knows_head` says whether it answers HEAD; `validators` says whether it sends an ETag;
    `on_request` sees each path first, and may change
    the folder; `redirects` leads paths elsewhere; `pages` answers paths with a page of HTML.
    """

    def __init__(self, folder):
        self.folder = folder
        self.ranges = "right"
        self.validators = True
        self.announces_length = True
        self.knows_head = True
        self.on_request = lambda path: None
        self.redirects = {}
        self.pages = {}
        self.asked = []

    def forget(self):
        self.asked.clear()

    @property
    def sent(self):
        """The bytes of content that were sent."""
        return sum(request.sent for request in self.asked)

    def paths(self, method=None):
        return [asked.path for asked in self.asked if method in (None, asked.method)]


@contextmanager
def serving(folder):
    server = FileServer(folder)
    handler = type("Handler", (_Handler,), {"server_of_files": server})
    with own_server.serving(handler) as server.url:
        yield server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else a body waits until the client has received the fields, which it says late.
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        server = self.server_of_files
        path = urlsplit(self.path).path
        server.on_request(path)
        if self.command == "HEAD" and not server.knows_head:
            self.reply(405, b"", {})
            return
        if path in server.redirects:
            self.reply(302, b"", {"Location": server.redirects[path]})
            return
        if path in server.pages:
            self.reply(200, server.pages[path], {"Content-Type": "text/html; charset=utf-8"})
            return
        file = server.folder / path.lstrip("/")
        if not file.is_file():
            self.reply(404, b"not here", {})
            return
        content = file.read_bytes()
        status, body, fields = self.part(content)
        if server.validators:
            status_of_file = file.stat()
            fields["ETag"] = f'"{status_of_file.st_mtime_ns:x}-{len(content):x}"'
            fields["Last-Modified"] = self.date_time_string(int(status_of_file.st_mtime))
            if self.headers.get("If-None-Match") == fields["ETag"]:
                self.reply(304, b"", fields)
                return
        self.reply(status, body, fields)

    def part(self, content):
        """The status, the bytes and the fields that answer the range of the request."""
        server = self.server_of_files
        found = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if found is None or server.ranges == "ignored":
            return 200, content, {}
        if server.ranges == "refused":
            return 416, b"", {"Content-Range": f"bytes */{len(content)}"}
        if found[1]:
            start, end = int(found[1]), min(int(found[2] or len(content)) + 1, len(content))
        else:
            start, end = max(0, len(content) - int(found[2])), len(content)
        size = "*" if server.ranges == "starred" else len(content)
        shown = f"bytes {start}-{end - 1}/{size}"
        if server.ranges == "shifted":
            start, end = max(0, start - 7), end - 7
            shown = f"bytes {start}-{end - 1}/{size}"
        elif server.ranges == "lying":
            content = content[7:] + content[:7]
        return 206, content[start:end], {"Content-Range": shown}

    def reply(self, status, body, fields):
        server = self.server_of_files
        is_empty = self.command == "HEAD" or status == 304
        asked = Asked(
            self.command, self.path, self.headers.get("Range"), self.headers.get("If-None-Match"),
            self.headers.get("Authorization"), status, 0 if is_empty else len(body),
        )  # fmt: skip
        # Whoever has the answer may look at once.
        server.asked.append(asked)
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if server.announces_length:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if not is_empty:
            try:
                self.wfile.write(body)
            except OSError:
                server.asked[server.asked.index(asked)] = replace(asked, sent=0)
                self.close_connection = True
