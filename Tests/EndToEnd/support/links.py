"""Resolves the links of a tree as a browser does, and says which lead nowhere."""

import json
from urllib.parse import unquote, urljoin, urlsplit

from support.html import parse_strictly

HOST = "https://index.example"
LINK_ATTRIBUTES = ("href", "src", "action")
INFO_URLS = ("package_url", "project_url", "release_url")


def links_of(path, page):
    """The URLs that a page of the tree holds; a parse error of HTML5 is an exception."""
    if path.endswith(".html"):
        for element in parse_strictly(page).iter():
            for name in LINK_ATTRIBUTES:
                if element.get(name) is not None:
                    yield element.get(name)
    elif path.endswith("index.v1_json"):
        yield from (file["url"] for file in json.loads(page).get("files", []))
    elif path.endswith("/json"):
        document = json.loads(page)
        yield from (document["info"][key] for key in INFO_URLS)
        files = document["urls"] + sum(document.get("releases", {}).values(), [])
        yield from (file["url"] for file in files)


def address(path, mount):
    """The URL that a page is read at: folders stand for their `index.html`."""
    for index in ("index.html", "index.v1_json"):
        if path == index or path.endswith("/" + index):
            path = path.removesuffix(index)
    return f"{HOST}{mount}{path}"


def broken_links(files, pool, elsewhere, mount="/"):
    """The links of a tree that lead neither to a page of it nor to a file of the pool.

    `files` holds the pages by path, `pool` the paths of distributions from the host's root,
    `elsewhere` the URLs that records name, and `mount` is where the host serves the tree.
    """
    known = {f"{mount}{path}" for path in files} | set(pool)
    known |= {path.removesuffix("index.html") for path in known}
    broken = []
    for path, page in files.items():
        base = address(path, mount)
        for link in links_of(path, page):
            if link in elsewhere:
                continue
            target = urlsplit(urljoin(base, link))
            if target.scheme == "data":
                continue  # It holds what it links: an empty icon, say.
            if f"{target.scheme}://{target.netloc}" != HOST or unquote(target.path) not in known:
                broken.append((path, link))
    return broken
