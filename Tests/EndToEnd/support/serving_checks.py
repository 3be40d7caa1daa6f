"""Asks a server, or what stands for one, and compares its answers with what is right."""

import http.client
import random
import re
from urllib.parse import urlsplit

from packaging.utils import canonicalize_name

ENDINGS = {None: "", "gzip": ".gz", "zstd": ".zst"}


class Reader:
    """Asks a server, and is led nowhere by itself."""

    def __init__(self, server, prefix):
        self.server, self.prefix = server, prefix
        self.connection = http.client.HTTPConnection(urlsplit(server.index_url).netloc, timeout=10)

    def ask(self, path, sends=None, method="GET"):
        """Status, fields and content."""
        self.connection.request(method, path, headers=sends or {})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()


def follow(ask, path, sends, most=6):
    """Where redirects lead to, and the status there; each of them names a path only."""
    for _ in range(most):
        status, fields, _ = ask(path, sends)
        if status not in (301, 308):
            return path, status
        path = fields["Location"]
        assert re.match("/[^/]", path), path
    raise AssertionError(f"redirects do not end: {path}")


def check(ask, prefix, tree, asked, codings=None):
    """Asks, and compares with what is right; `codings` are those that a server knows."""
    path = prefix + asked.path
    if asked.leads_to:
        assert follow(ask, path, asked.sends) == (prefix + asked.leads_to, 200)
        return
    status, fields, content = ask(path, asked.sends | condition(ask, path, asked), asked.method)
    assert status == asked.status, fields
    check_fields(asked, fields, asked.codings if codings is None else codings)
    if asked.file is None:
        assert content == b""
        return
    whole = (tree / f"{asked.file}{ENDINGS[fields['Content-Encoding']]}").read_bytes()
    right = whole[asked.part] if asked.part else whole
    if asked.method == "HEAD":
        assert content == b"" and int(fields["Content-Length"]) == len(right)
    else:
        assert content == right


def condition(ask, path, asked):
    """The fields that make a request one of a client that has an earlier answer."""
    if asked.condition is None:
        return {}
    name, field, before = asked.condition
    if field is None:
        return {name: before}
    status, fields, _ = ask(path, before)
    assert status == 200
    return {name: fields[field]}


def check_fields(asked, fields, codings):
    if asked.status != 304:
        assert fields["Content-Encoding"] in (codings or (None,))
        assert fields["X-Content-Type-Options"] == "nosniff"
    if asked.type:
        assert fields.get_content_type() == asked.type
    if asked.caching:
        assert fields["Cache-Control"] == asked.caching
    else:
        assert "immutable" not in fields.get("Cache-Control", "")
    vary = {word.strip().lower() for line in fields.get_all("Vary", []) for word in line.split(",")}
    assert vary >= set(asked.vary) | ({"accept-encoding"} if codings else set())


def check_spellings(ask, prefix):
    rng = random.Random(3)
    for _ in range(20):
        parts = ["".join(rng.choices("abcXYZ019", k=rng.randint(1, 4))) for _ in range(rng.randint(1, 7))]
        name = "".join(part + rng.choice(["-", "_", ".", "--", "-_.", "Q"]) for part in parts) + "z"
        page = f"{prefix}simple/{canonicalize_name(name)}/"
        assert follow(ask, f"{prefix}simple/{name}/", {}, most=30) == (page, 404)
    # Where a server rewrites step by step, it does not do so for ever.
    assert follow(ask, f"{prefix}simple/{'a.' * 200}a/", {})[1] == 404
