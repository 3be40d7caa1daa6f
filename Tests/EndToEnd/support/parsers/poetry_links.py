"""Prints what poetry's own parser finds on the pages that are named as URL and path in turn."""

import json
import sys

from poetry.repositories.link_sources.html import HTMLPage
from poetry.repositories.link_sources.json import SimpleJsonPage


def links(url, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    page = HTMLPage(url, text) if path.endswith(".html") else SimpleJsonPage(url, json.loads(text))
    return [
        [
            link.filename,
            link.url_without_fragment,
            link.yanked_reason if link.yanked else None,
            link.requires_python,
        ]
        for link in page.links
    ]


print(json.dumps([links(url, path) for url, path in map(str.split, sys.stdin)]))
