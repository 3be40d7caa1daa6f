"""URLs and dates of HTTP against the steps of RFC 3986 and Python's own, on random cases.

LARDER_CASES is the number of cases of each test (20,000), LARDER_SEED picks other ones.
"""

import os
import re
import string
from datetime import UTC, datetime
from email.utils import formatdate
from random import Random
from urllib.parse import urljoin, urlsplit

import pytest

from probe import Probe

CASES = int(os.environ.get("LARDER_CASES", "20000"))
SEED = int(os.environ.get("LARDER_SEED", "503"))

SEGMENTS = ["", ".", "..", "...", "a", "b.whl", "%2e%2e", "x;p=1", "a:b", "c@d", "-", "~e", "%41"]
HOSTS = ["a", "index.example", "127.0.0.1", "[::1]", "a-b.c", "x_y"]


@pytest.fixture(scope="module")
def probe():
    probe = Probe()
    yield probe
    probe.close()


def path(random: Random, segments=SEGMENTS) -> str:
    return "/".join(random.choice(segments) for _ in range(random.randint(1, 6)))


def query(random: Random) -> str:
    return random.choice(["", "", "?", "?q", "?a=b/../c", "?x?y", "?a:b"])


def authority(random: Random) -> str:
    return random.choice(HOSTS) + random.choice(["", "", ":8080", ":80", ":443", ":"])


def base(random: Random) -> str:
    """Without dot segments: whether they are resolved at once is left open (RFC 3986 5.2.1)."""
    start = random.choice(["http://", "https://"]) + authority(random)
    whole = [segment for segment in SEGMENTS if segment not in (".", "..")]
    return start + random.choice(["", "/" + path(random, whole)]) + query(random)


def reference(random: Random) -> str:
    end = query(random) + random.choice(["", "", "#", "#sha256=00", "#a/../b?c"])
    kind = random.randint(0, 9)
    if kind == 0:
        return end
    if kind == 1:
        return random.choice(["http:", "https:", "HTTP:"]) + f"//{authority(random)}/{path(random)}{end}"
    if kind == 2:
        return f"//{authority(random)}/{path(random)}{end}"
    # No two slashes at the start: what follows would be a host.
    rest = path(random).lstrip("/") + end
    return f"/{rest}" if kind < 5 else rest


def normal(url: str) -> str:
    """The form that HTTP gives it: RFC 9110 4.2.3, without the fragment."""
    parts = urlsplit(url.partition("#")[0])
    port = parts.port
    netloc = parts.netloc.lower().partition("@")[2] or parts.netloc.lower()
    netloc = netloc.rpartition(":")[0] if netloc.endswith(":") else netloc
    if port == {"http": 80, "https": 443}[parts.scheme]:
        netloc = netloc.removesuffix(f":{port}")
    mark = "?" if "?" in url.partition("#")[0] else ""
    return f"{parts.scheme}://{netloc}{parts.path or '/'}{mark}{parts.query}"


# The regular expression of RFC 3986, appendix B.
COMPONENTS = re.compile(r"^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?")


def split(url: str) -> tuple:
    return COMPONENTS.match(url).group(2, 4, 5, 7)


def without_dots(rest: str) -> str:
    """RFC 3986 5.2.4, step by step; neither `urllib` nor the `rfc3986` package keeps to it."""
    output = ""
    while rest:
        if rest.startswith(("../", "./")):
            rest = rest.partition("/")[2]
        elif rest.startswith("/./") or rest == "/.":
            rest = "/" + rest[3:]
        elif rest.startswith("/../") or rest == "/..":
            rest, output = "/" + rest[4:], output.rpartition("/")[0]
        elif rest in (".", ".."):
            rest = ""
        else:
            end = rest.find("/", 1)
            end = len(rest) if end < 0 else end
            rest, output = rest[end:], output + rest[:end]
    return output


def resolved(base: str, reference: str) -> str:
    """RFC 3986 5.2.2, step by step, in normal form."""
    base_scheme, base_authority, base_path, base_query = split(base)
    scheme, authority, path, query = split(reference)
    if scheme is None and authority is None:
        authority = base_authority
        if path == "":
            path, query = base_path, base_query if query is None else query
        elif path.startswith("/"):
            path = without_dots(path)
        else:
            path = without_dots(base_path.rpartition("/")[0] + "/" + path)
    else:
        path = without_dots(path)
    end = "" if query is None else f"?{query}"
    return normal(f"{scheme or base_scheme}://{authority}{path}{end}")


def is_http(reference: str) -> bool:
    """Whether it has no other scheme by chance."""
    first = reference.partition("/")[0].partition("?")[0].partition("#")[0]
    return ":" not in first or first.lower() in ("http:", "https:")


def test_resolves_references_as_rfc3986_does(probe):
    random, cases = Random(SEED), []
    while len(cases) < CASES:
        case = base(random), reference(random)
        if is_http(case[1]):
            cases.append(case)
    requests = [("resolve", base.encode(), reference.encode()) for base, reference in cases]
    for (start, relative), answer in zip(cases, probe.ask_all(requests)):
        assert answer == resolved(normal(start), relative), (start, relative)


def test_takes_nothing_for_a_url_that_browsers_and_http_do_not(probe):
    random, alphabet = Random(SEED), "htps:/?#@[]%. \t\x00\x7fa1-\\é\"<>"
    texts = ["".join(random.choices(alphabet, k=random.randint(0, 12))) for _ in range(CASES)]
    requests = [("resolve", b"http://index.example/s/", text.encode()) for text in texts]
    allowed = set(string.ascii_letters + string.digits + "-._~:/?@!$&'()*+,;=%[]")
    for text, answer in zip(texts, probe.ask_all(requests)):
        if answer == "none":
            continue
        assert set(answer) <= allowed and answer.startswith(("http://", "https://")), text
        parts = urlsplit(answer)
        assert parts.hostname and "@" not in parts.netloc and "#" not in answer
        assert not {".", ".."} & set(parts.path.split("/")), text


def test_encodes_what_no_url_may_hold(probe):
    random = Random(SEED)
    names = [bytes(random.choices(range(0x20, 0x100), k=8)) for _ in range(CASES)]
    names = [name.translate(None, b"/?#:\x7f") for name in names]
    requests = [("resolve", b"http://a/b/", b"x" + name + b"y") for name in names]
    safe = set((string.ascii_letters + string.digits + "-._~!$&'()*+,;=@%").encode())
    for name, answer in zip(names, probe.ask_all(requests)):
        coded = "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in name)
        assert answer == f"http://a/b/x{coded}y"


def test_agrees_with_python_about_references_of_real_pages(probe):
    random = Random(SEED)
    names = ["../../packages/ab/cd/x-1.0.tar.gz#sha256=00", "x-1.0-py3-none-any.whl", "/files/x.zip"]
    names += ["https://files.example/x.whl", "//files.example/x.whl", "./x.whl", "?C=M;O=A", "sub/"]
    # Python joins the slashes of empty segments.
    starts = [base(random).partition("?")[0] for _ in range(2000)]
    starts = [start for start in starts if "//" not in start.partition("//")[2]]
    cases = [(start, name) for name in names for start in starts]
    requests = [("resolve", start.encode(), name.encode()) for start, name in cases]
    for (start, name), answer in zip(cases, probe.ask_all(requests)):
        assert answer == normal(urljoin(normal(start), name)), (start, name)


def test_reads_and_writes_dates_as_python_does(probe):
    random = Random(SEED)
    seconds = [random.randint(-62_135_596_800, 253_402_300_799) for _ in range(CASES)]
    seconds += [0, -1, 951_782_400, 951_868_799, 951_868_800, 4_107_542_400]
    texts = [formatdate(value, usegmt=True) for value in seconds]
    requests = [("date", text.encode()) for text in texts]
    for value, text, answer in zip(seconds, texts, probe.ask_all(requests)):
        assert answer == f"{value}\t{text}"


def test_takes_no_day_that_the_calendar_does_not_have(probe):
    random = Random(SEED)
    texts = [
        f"Sun, {random.randint(0, 33):02} {random.choice(['Jan', 'Feb', 'Jun', 'Dec', 'jan'])} "
        f"{random.choice([1900, 1999, 2000, 2024, 9999])} {random.randint(0, 25):02}:00:00 GMT"
        for _ in range(CASES)
    ]
    for text, answer in zip(texts, probe.ask_all([("date", text.encode()) for text in texts])):
        try:
            found = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
            expected = "none" if "jan" in text else str(int(found.timestamp()))
        except ValueError:
            expected = "none"
        assert answer.partition("\t")[0] == expected, text
