"""The forty requests that each configuration of a server must answer."""

from dataclasses import dataclass, field

JSON = "application/vnd.pypi.simple.v1+json"
HTML = "text/html"
OCTETS = "application/octet-stream"

# What clients send, to the letter.
PIP = f"{JSON}, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
UV = f"{JSON}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01"
POETRY = f"{JSON}, */*;q=0.1"
BROWSER = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
BROWSER_CODINGS = "gzip, deflate, br, zstd"

PAGE, STATE, FILE = "max-age=60", "no-store", "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asked:
    """A request and the answer that is right; paths are below the prefix of the index."""

    what: str
    path: str
    sends: dict = field(default_factory=dict)
    method: str = "GET"
    status: int = 200
    #: The file whose bytes are the content, and its type.
    file: str | None = None
    type: str | None = None
    #: Which compressed copy of the file it may be; none means the file itself.
    codings: tuple = ()
    #: The bytes of the file that are sent.
    part: slice | None = None
    caching: str | None = PAGE
    vary: tuple = ()
    #: Where it leads to in the end.
    leads_to: str | None = None
    #: An earlier answer whose field becomes a condition: the condition, the field, what was sent.
    condition: tuple | None = None

    @property
    def name(self):
        return self.what.replace(" ", "-")


def page(what, accept, form, path="simple/alpha/", **more):
    """A page of the simple API, in the form that is right for what is accepted."""
    file = f"{path}index.{'v1_json' if form == JSON else 'html'}"
    sends = {"Accept": accept} if accept else {}
    sends |= more.pop("sends", {})
    return Asked(what, path, sends, file=file, type=form, vary=("accept",), **more)


def missing(what, path, accept=BROWSER, codings=()):
    sends = {"Accept": accept} | ({"Accept-Encoding": BROWSER_CODINGS} if codings else {})
    return Asked(what, path, sends, status=404, file="404.html", type=HTML, codings=codings, caching=None)


def redirect(what, path, leads_to):
    return Asked(what, path, {"Accept": PIP}, status=301, leads_to=leads_to, caching=None)


def part(what, wanted, sliced, status=206, **more):
    return Asked(
        what, WHEEL, {"Range": f"bytes={wanted}"}, status=status, file=WHEEL, type=OCTETS, part=sliced,
        caching=FILE, **more,
    )


def unchanged(what, path, condition, field, before, **sends):
    sends = {name.replace("_", "-"): value for name, value in sends.items()}
    return Asked(what, path, sends, status=304, condition=(condition, field, before), caching=None)


WHEEL = "pool/alpha-2.0-py3-none-any.whl"
GZIP = {"Accept-Encoding": "gzip"}

NEGOTIATION = [
    page("no accept", None, HTML),
    page("accept all", "*/*", HTML),
    page("browser", BROWSER, HTML),
    page("pip before 22.2", "text/html", HTML),
    page("pip", PIP, JSON),
    page("uv", UV, JSON),
    page("poetry", POETRY, JSON),
    page("latest json", "application/vnd.pypi.simple.latest+json", JSON),
    page("v1 html", "application/vnd.pypi.simple.v1+html", HTML),
    page("other json", "application/json", HTML),
    page("json refused", f"{JSON};q=0, text/html;q=0.5", HTML),
    page("html liked more", f"{JSON};q=0.5, text/html", HTML),
    page("list of projects in json", PIP, JSON, "simple/"),
    page("list of projects in html", BROWSER, HTML, "simple/"),
    page("head", PIP, JSON, method="HEAD"),
    Asked("legacy json", "pypi/alpha/json", file="pypi/alpha/json", type="application/json"),
    Asked("state", "larder/records.jsonl", file="larder/records.jsonl", caching=STATE),
]
ENCODINGS = [
    page("browser takes copies", BROWSER, HTML, codings=("gzip", "zstd"),
         sends={"Accept-Encoding": BROWSER_CODINGS}),
    page("pip takes copies", PIP, JSON, codings=("gzip",), sends={"Accept-Encoding": "gzip, deflate"}),
    page("gzip refused", PIP, JSON, sends={"Accept-Encoding": "gzip;q=0, identity"}),
    page("page without a copy", PIP, JSON, "simple/source-only/", sends=GZIP),
    Asked("legacy json takes gzip", "pypi/alpha/json", GZIP, file="pypi/alpha/json",
          type="application/json", codings=("gzip",)),
]
CONDITIONS = [
    unchanged("json not changed", "simple/alpha/", "If-None-Match", "ETag", {"Accept": PIP},
              Accept=PIP),
    unchanged("copy not changed", "simple/alpha/", "If-None-Match", "ETag", GZIP,
              Accept_Encoding="gzip"),
    unchanged("not changed since", "simple/alpha/", "If-Modified-Since", "Last-Modified", {}),
    page("tag of the copy is not that of the page", None, HTML,
         condition=("If-None-Match", "ETag", GZIP)),
    page("tag of json is not that of html", BROWSER, HTML,
         condition=("If-None-Match", "ETag", {"Accept": PIP})),
]
REDIRECTS = [
    redirect("legacy json with a slash", "pypi/alpha/2.0/json/", "pypi/alpha/2.0/json"),
    redirect("no slash", "simple/alpha", "simple/alpha/"),
    redirect("name as people write it", "simple/Mixed.Case_Name/", "simple/mixed-case-name/"),
    redirect("name in capitals without a slash", "simple/MIXED__CASE-.NAME", "simple/mixed-case-name/"),
    redirect("legacy json of a name as people write it", "pypi/Mixed_Case.Name/1.0/json",
             "pypi/mixed-case-name/1.0/json"),
]
MISSING = [
    missing("no project", "simple/nothing/", PIP),
    missing("no listing", "pool/", codings=("gzip", "zstd")),
    missing("no distribution", "pool/nothing-1.0.tar.gz"),
    missing("hidden file", ".hidden/index.html"),
    missing("strange and long name", "simple/" + "a%3f" + "b" * 300 + "/"),
]
FILES = [
    part("file", "0-", slice(0, None)),
    part("end of a file", "-200", slice(-200, None)),
    part("range of a file that changed", "0-9", None, status=200,
         condition=("If-Range", None, '"other"')),
]
ALL = [*NEGOTIATION, *ENCODINGS, *CONDITIONS, *REDIRECTS, *MISSING, *FILES]

# A bucket has no copies, and ranges of what has changed are CloudFront's own.
OF_BUCKETS = [
    asked for asked in ALL
    if asked.what not in ("tag of the copy is not that of the page", "range of a file that changed")
]
