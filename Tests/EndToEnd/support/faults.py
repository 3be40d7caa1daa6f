"""What the faulty server does: each function is a path, and answers one `Call` of `support.faulty`.

It returns whether the connection stays open; without a word it is closed.
"""

import functools
import gzip
import itertools
import time

# What a listing looks like, and too irregular for gzip to make much less of.
PAGE = "".join(
    f'<a href="p-{n}-{n * n * 7919 % 100003}.tar.gz">p-{n}</a><br>\n' for n in range(60)
).encode()[:2040] + b"</html>\n"

BEHAVIOURS = {}


def behaviour(function):
    """Adds a behaviour under its own name: `reset_mid` is `/reset-mid`."""
    BEHAVIOURS["/" + function.__name__.replace("_", "-")] = function
    return function


# Answers without fault.


@behaviour
def ok(call):
    return call.reply(PAGE, "200 OK", 'ETag: "v1"', "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT")


@behaviour
def status(call):
    """The status `code`, with a body of `size` bytes."""
    return call.reply(b"x" * int(call.query.get("size", "5")), call.query["code"] + " Whatever")


@behaviour
def login(call):
    return call.reply(b"<html><form>Please log in</form></html>")


@behaviour
def store(call):
    """Takes PUT, POST and DELETE."""
    return call.reply(b"", {"PUT": "201 Created"}.get(call.request.method, "204 No Content"))


@behaviour
def cached(call):
    """304 for whoever knows the version."""
    known = call.request.value("if-none-match") == '"v1"'
    return call.reply(b"", "304 Not Modified", 'ETag: "v1"') if known else ok(call)


@behaviour
def ranges(call):
    """The asked part of the page; `shift` and `short` make it another one."""
    wanted = call.request.value("range")
    if wanted is None:
        return call.reply(PAGE)
    first, last = map(int, wanted.removeprefix("bytes=").split("-"))
    first += int(call.query.get("shift", "0"))
    last = min(last, len(PAGE) - 1)
    body = PAGE[first : last + 1 - int(call.query.get("short", "0"))]
    return call.reply(body, "206 Partial", f"Content-Range: bytes {first}-{last}/{len(PAGE)}")


@behaviour
def whole(call):
    """All of the page, whatever was asked for."""
    return call.reply(PAGE)


@behaviour
def informed(call):
    """Two informational answers come first."""
    call.send(b"HTTP/1.1 103 Early Hints\r\nETag: \"wrong\"\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")
    return ok(call)


@behaviour
def field(call):
    """A field of the query's choice."""
    return call.reply(PAGE, "200 OK", f"{call.query['name']}: {call.query['value']}")


# Answers that end too early.


@functools.cache
def wire(framing: str, encoding: str) -> tuple[bytes, bytes]:
    """The lines of the head and the bytes of the content of the page."""
    body = gzip.compress(PAGE, mtime=0) if encoding == "gzip" else PAGE
    lines = b"Content-Encoding: gzip\r\n" if encoding == "gzip" else b""
    if framing == "length":
        return lines + b"Content-Length: %d\r\n" % len(body), body
    if framing == "chunked":
        parts = [body[start : start + 500] for start in range(0, len(body), 500)]
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        return lines + b"Transfer-Encoding: chunked\r\n", chunks + b"0\r\n\r\n"
    return lines, body


@behaviour
def cut(call):
    """The page in a framing (length, chunked, close) and an encoding, `at` bytes of it."""
    lines, body = wire(call.query["framing"], call.query.get("encoding", "identity"))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n" + lines + b"\r\n"
    call.send(head + body[: int(call.query.get("at", len(body)))])


@behaviour
def reset_before(call):
    call.reset()


@behaviour
def reset_mid(call):
    call.head("200 OK", "Content-Length: 2048")
    call.send(PAGE[:1000])
    time.sleep(0.05)
    call.reset()


@behaviour
def nothing(call):
    """The end of the connection, without a byte."""


@behaviour
def half_head(call):
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: te")


@behaviour
def flaky(call):
    """500 for the first `times` requests."""
    if call.server.count("flaky") <= int(call.query.get("times", "2")):
        return call.reply(b"", "500 Internal Server Error")
    return ok(call)


@behaviour
def forgetful(call):
    """Closes the connection after each answer without saying so, as proxies do."""
    call.reply(PAGE)


# Answers that contradict themselves.


@behaviour
def short_length(call):
    """More content than announced."""
    call.head("200 OK", "Content-Length: 100")
    call.send(PAGE)


@behaviour
def two_lengths(call):
    call.head("200 OK", "Content-Length: 100", f"Content-Length: {len(PAGE)}")
    call.send(PAGE)


@behaviour
def wrong_length(call):
    """A length of the query's choice."""
    call.head("200 OK", f"Content-Length: {call.query['value']}")
    call.send(PAGE)


@behaviour
def bad_chunk(call):
    call.head("200 OK", "Transfer-Encoding: chunked")
    call.send(b"7d0\r\n" + PAGE[:2000] + b"\r\nzz\r\nrest\r\n0\r\n\r\n")


@behaviour
def coded_transfer(call):
    """Compressed by the transfer, not the content."""
    call.head("200 OK", "Transfer-Encoding: gzip, chunked")
    call.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE)))


@behaviour
def bad_crc(call):
    data = bytearray(gzip.compress(PAGE))
    data[-8] ^= 0xFF
    return call.reply(bytes(data), "200 OK", "Content-Encoding: gzip")


@behaviour
def folded(call):
    """The encoding is on a line of its own, as it was allowed once."""
    return call.reply(gzip.compress(PAGE), "200 OK", "Content-Encoding:\r\n  gzip")


@behaviour
def garbage(call):
    call.send(bytes(range(256)) * 8)


@behaviour
def http09(call):
    call.send(PAGE)


@behaviour
def trailers(call):
    """Fields after the content, which are not those of the answer."""
    call.head("200 OK", "Transfer-Encoding: chunked", 'ETag: "head"')
    call.send(b'5\r\nhello\r\n0\r\nETag: "trailer"\r\n\r\n')
    return True


# Answers without end.


@functools.cache
def bomb_bytes() -> bytes:
    """A GiB of zeros."""
    member = gzip.compress(bytes(1 << 20), mtime=0)
    return member * 1024


@behaviour
def bomb(call):
    return call.reply(bomb_bytes(), "200 OK", "Content-Encoding: gzip")


@behaviour
def endless(call):
    """Content in a framing (length, chunked, close) that goes on and on."""
    framing, part = call.query["framing"], b"x" * 65536
    lines = {"length": ["Content-Length: 99999999999"], "chunked": ["Transfer-Encoding: chunked"]}
    call.head(f"{call.query.get('code', '200')} OK", *lines.get(framing, []))
    if framing == "chunked":
        part = b"10000\r\n" + part + b"\r\n"
    while not call.server.is_over.is_set():
        call.send(part)


@behaviour
def many_fields(call):
    """2 MB of fields."""
    call.send(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        if number > 20_000:
            break
        call.send(b"X-Field-%d: %s\r\n" % (number, b"x" * 80))
    call.send(b"Content-Length: 2\r\n\r\nok")


@behaviour
def long_field(call):
    """One field of 2 MB."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Field: " + b"x" * (2 << 20) + b"\r\nContent-Length: 2\r\n\r\nok")


@behaviour
def many_trailers(call):
    call.head("200 OK", "Transfer-Encoding: chunked")
    call.send(b"2\r\nok\r\n0\r\n")
    for number in range(20_000):
        call.send(b"X-Field-%d: %s\r\n" % (number, b"x" * 80))
    call.send(b"\r\n")


@behaviour
def drip_body(call):
    call.head("200 OK", "Content-Length: 1000000")
    call.drip(b"x")


@behaviour
def drip_head(call):
    call.send(b"HTTP/1.1 200 OK\r\n")
    call.drip(b"X: y\r\n")


@behaviour
def drip_steadily(call):
    """Fast enough for every limit but that of the whole request."""
    call.head("200 OK", "Content-Length: 1000000")
    call.drip(b"x" * 100)


@behaviour
def silence(call):
    call.wait()


# Answers that lead elsewhere, or to later.


@behaviour
def redirect(call):
    """To `to`, with status `code`."""
    location = [f"Location: {call.query['to']}"] if "to" in call.query else []
    return call.reply(b"moved", f"{call.query.get('code', '302')} Moved", *location)


@behaviour
def steps(call):
    """`count` redirects, then the page."""
    count = int(call.query["count"])
    if count == 0:
        return ok(call)
    return call.reply(b"", "301 Moved", f"Location: /steps?count={count - 1}")


@behaviour
def loop(call):
    return call.reply(b"", "302 Moved", "Location: /loop")


@behaviour
def retry(call):
    """Status `code`, to be tried again `after` (no such field without it)."""
    after = [f"Retry-After: {call.query['after']}"] if "after" in call.query else []
    return call.reply(b"later", f"{call.query.get('code', '503')} Later", *after)
