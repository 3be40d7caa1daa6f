"""Reads what servers show, in Python alone: what Larder reads is compared with the same truth."""

import hashlib
import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

JSON = "application/vnd.pypi.simple.v1+json"
DISTRIBUTION = re.compile(r"\.(whl|tar\.gz|zip)$")


@dataclass(frozen=True)
class Shown:
    """One file as a server shows it: where it is, and the text or the facts beside it."""

    url: str
    facts: dict | str


def get(url, accept="*/*"):
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def digests(urls):
    """The SHA-256 of what is at each of the URLs, by the key that each has."""
    with ThreadPoolExecutor(4) as pool:
        contents = pool.map(get, urls.values())
        return {key: hashlib.sha256(data).hexdigest() for key, data in zip(urls, contents)}


class _Anchors(HTMLParser):
    """The attributes of each link of a page, and the text from it to the next one."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(page.decode("utf-8", "replace"))
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            self.found.append((attributes, []))
        elif tag == "time" and self.found:
            self.handle_data(attributes["datetime"])

    def handle_data(self, data):
        if self.found:
            self.found[-1][1].append(data)


def _only_distributions(pairs):
    """By file name; a file that is shown twice must be shown at one place."""
    found = {}
    for url, facts in pairs:
        name = unquote(urlsplit(url).path.rpartition("/")[2])
        if DISTRIBUTION.search(name):
            assert found.setdefault(name, Shown(url, facts)).url == url, name
    return found


def read_listing(url):
    """A folder and those below it, in the HTML of any server."""
    return _only_distributions(_walk(url, _children_in_html))


def read_nginx_json(url):
    return _only_distributions(_walk(url, _children_in_nginx_json))


def read_caddy_json(url):
    return _only_distributions(_walk(url, _children_in_caddy_json))


def _walk(url, children):
    for child, facts in children(url):
        if child.endswith("/"):
            yield from _walk(child, children)
        else:
            yield child, facts


def _children_in_html(url):
    found = {}
    for attributes, text in _Anchors(get(url)).found:
        child = urljoin(url, attributes["href"])
        rest = child.removeprefix(url)
        if child.startswith(url) and re.fullmatch(r"[^/?#]+/?", rest):
            # With a link on the icon the text stands at the second one.
            found[child] = found.get(child, "") + "".join(text)
    return found.items()


def _children_in_nginx_json(url):
    for entry in json.loads(get(url)):
        slash = "/" if entry["type"] == "directory" else ""
        yield url + quote(entry["name"]) + slash, entry


def _children_in_caddy_json(url):
    for entry in json.loads(get(url, "application/json")):
        yield urljoin(url, entry["url"]), entry


def read_simple_html(url):
    """All projects of a simple index."""
    pages = {urljoin(url, link["href"]) for link, _ in _Anchors(get(url, "text/html")).found}
    return _only_distributions(pair for page in sorted(pages) for pair in _files_in_html(page))


def read_find_links(url):
    """One page with links to all files."""
    return _only_distributions(_files_in_html(url))


def _files_in_html(page):
    for attributes, _ in _Anchors(get(page, "text/html")).found:
        url, fragment = urldefrag(urljoin(page, attributes["href"]))
        hashes = dict([fragment.split("=", 1)]) if fragment else {}
        facts = {name.removeprefix("data-"): value for name, value in attributes.items()}
        yield url, {"hashes": hashes, **facts}


def read_simple_json(url):
    pairs = []
    for project in json.loads(get(url, JSON))["projects"]:
        page = urljoin(url, quote(project["name"]) + "/")
        for file in json.loads(get(page, JSON))["files"]:
            pairs.append((urljoin(page, file["url"]), file))
    return _only_distributions(pairs)


def read_list(url):
    """Lines of JSON without URLs: the files are in `pool/` at the root of the server."""
    records = map(json.loads, get(url).splitlines())
    return _only_distributions(
        (urljoin(url, "/pool/" + quote(record["filename"])), record) for record in records
    )
