"""What each server shows of the pool: where, in which form, and which facts of a file it carries.

`Carries` says what Larder can know at best; every line was compared with what the server sends.
"""

from dataclasses import dataclass, field

from support import listings
from support.origins import (
    apache,
    bandersnatch,
    caddy,
    devpi,
    dumb_pypi,
    larder,
    lighttpd,
    nginx,
    pypiserver,
    python_http,
    simple_repository,
)

MINUTE = 60


@dataclass(frozen=True)
class Carries:
    """The facts of a file that a server tells, and how well."""

    hashes: bool = False
    #: `exact`; or `rounded`: then a size is exact or it is not given.
    size: str | None = None
    #: Seconds: 1 for an exact time, 60 for a minute.
    precision: int | None = None
    requires_python: bool = False
    #: `digest`, or `flag`; `beside`: the file lies beside the distribution in the same listing;
    #: `wheels`: the server makes it for every wheel.
    metadata: str | None = None
    #: `reason`; `flag`; or `words`: it was given a reason where there was none.
    yanked: str | None = None


@dataclass(frozen=True)
class View:
    """One form of one server: where it is, and how to read it without Larder."""

    serve: callable
    path: str
    read: callable
    carries: Carries
    #: Fields of the source beside `type` and `url`.
    options: dict = field(default_factory=dict)
    #: How a time stands beside a file, as strftime has it; nil if none does, or it is in JSON.
    time: str | None = None
    #: Whether the server shows a distribution.
    shows: callable = lambda file: True

    def source(self, url):
        return {"type": "http", "url": url + self.path, **self.options}


NGINX = Carries(size="exact", precision=MINUTE, metadata="beside")
NGINX_TIME = "%d-%b-%Y %H:%M"
APACHE = Carries(size="rounded", precision=MINUTE, metadata="beside")
APACHE_TIME = "%Y-%m-%d %H:%M"
EXACT = Carries(size="exact", precision=1, metadata="beside")
NAMES = Carries(metadata="beside")
HASHES = Carries(hashes=True)
DEEP = {"depth": 3}
HTML = {"as": "simple-html"}


def listing(serve, path, carries, time=None, read=listings.read_listing, **options):
    return View(serve, path, read, carries, options, time)


def nginx_html(path, carries=NGINX, **options):
    return listing(nginx.listings, path, carries, NGINX_TIME, **options)


def nginx_json(path, **options):
    return listing(nginx.listings, path, EXACT, None, listings.read_nginx_json, **options)


def apache_style(path, carries=APACHE, time=APACHE_TIME, **options):
    return listing(apache.serve, path, carries, time, **options)


LISTINGS = {
    "nginx-html": nginx_html("/html/flat/"),
    "nginx-html-nested": nginx_html("/html/nested/", **DEEP),
    "nginx-html-rounded": nginx_html(
        "/rounded/flat/", Carries(size="rounded", precision=MINUTE, metadata="beside")
    ),
    "nginx-html-local-time": nginx_html("/local/flat/"),
    "nginx-json": nginx_json("/json/flat/"),
    "nginx-json-nested": nginx_json("/json/nested/", **DEEP),
    # JSON knows no rounding and no local time, whatever is asked for.
    "nginx-json-rounded": nginx_json("/json-rounded/flat/"),
    "apache-plain": apache_style("/plain/flat/", NAMES, None),
    "apache-fancy": apache_style("/fancy/flat/"),
    "apache-table": apache_style("/table/flat/"),
    "apache-table-nested": apache_style("/table/nested/", **DEEP),
    "apache-xhtml": apache_style("/xhtml/flat/"),
    "apache-noisy": apache_style("/noisy/flat/", time=NGINX_TIME),
    "lighttpd": listing(
        lighttpd.serve,
        "/flat/",
        Carries(size="rounded", precision=1, metadata="beside"),
        "%Y-%b-%d %H:%M:%S",
    ),
    "lighttpd-nested": listing(
        lighttpd.serve,
        "/nested/",
        Carries(size="rounded", precision=1, metadata="beside"),
        "%Y-%b-%d %H:%M:%S",
        **DEEP,
    ),
    "http-server": listing(python_http.serve, "/flat/", NAMES),
    "http-server-nested": listing(python_http.serve, "/nested/", NAMES, **DEEP),
}
CADDY = {
    "caddy": listing(caddy.serve, "/flat/", EXACT, None, listings.read_caddy_json),
    "caddy-nested": listing(caddy.serve, "/nested/", EXACT, None, listings.read_caddy_json, **DEEP),
    "caddy-html": listing(
        caddy.serve,
        "/flat/",
        Carries(size="rounded", precision=1, metadata="beside"),
        "%Y-%m-%dT%H:%M:%SZ",
        **{"as": "listing"},
    ),
}


def in_json(serve, path, carries, **options):
    """A simple index that answers in JSON if it is asked to, as Larder does."""
    return View(serve, path, listings.read_simple_json, carries, options)


def in_html(serve, path, carries, **options):
    return View(serve, path, listings.read_simple_html, carries, options)


def without_epochs(file):
    """dumb-pypi takes an epoch for an unsafe name, and leaves the file out."""
    return "!" not in file.version


SIMPLE = {
    "pypiserver": in_html(pypiserver.serve, "/simple/", HASHES),
    "simple-repository-json": in_json(
        simple_repository.serve, "/simple/", Carries(size="exact", precision=1, metadata="wheels")
    ),
    "simple-repository-html": in_html(
        simple_repository.serve, "/simple/", Carries(metadata="wheels"), **HTML
    ),
    "devpi-json": in_json(devpi.serve, "/+simple/", Carries(hashes=True, requires_python=True)),
    "devpi-html": in_html(
        devpi.serve, "/+simple/", Carries(hashes=True, requires_python=True), **HTML
    ),
    "dumb-pypi": View(
        dumb_pypi.serve,
        "/simple/",
        listings.read_simple_html,
        Carries(hashes=True, requires_python=True, metadata="digest", yanked="words"),
        shows=without_epochs,
    ),
    "bandersnatch-json": in_json(
        bandersnatch.serve,
        "/simple/",
        Carries(True, size="exact", precision=1, requires_python=True, yanked="flag"),
    ),
    "bandersnatch-html": in_html(
        bandersnatch.serve,
        "/simple/",
        Carries(hashes=True, requires_python=True, yanked="reason"),
        **HTML,
    ),
    "larder-json": in_json(
        larder.serve, "/simple/", Carries(True, "exact", 1, True, "digest", "reason")
    ),
    "larder-html": in_html(
        larder.serve, "/simple/", Carries(True, "exact", 1, True, "digest", "reason"), **HTML
    ),
}

FLAT_PAGES = {
    "pypiserver-packages": View(
        pypiserver.serve, "/packages/", listings.read_find_links, HASHES
    ),
    "dumb-pypi-list": View(
        dumb_pypi.serve,
        "/packages.json",
        listings.read_list,
        Carries(True, None, 1, True, "digest", "words"),
        shows=without_epochs,
    ),
    "larder-list": View(
        larder.serve,
        "/larder/records.jsonl",
        listings.read_list,
        Carries(True, "exact", 1, True, "digest", "reason"),
    ),
}
