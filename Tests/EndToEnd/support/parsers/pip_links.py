"""Prints what pip's own parser finds on the pages that are named as URL and path in turn."""

import json
import sys
from types import SimpleNamespace

from pip._internal.index.collector import parse_links

TYPES = {"html": "text/html", "v1_json": "application/vnd.pypi.simple.v1+json"}


def links(url, path):
    with open(path, "rb") as file:
        page = SimpleNamespace(
            content=file.read(),
            content_type=TYPES[path.rpartition(".")[2]],
            encoding="utf-8",
            url=url,
            cache_link_parsing=False,
        )
    return [
        [link.filename, link.url_without_fragment, link.yanked_reason, link.requires_python]
        for link in parse_links(page)
    ]


print(json.dumps([links(url, path) for url, path in map(str.split, sys.stdin)]))
