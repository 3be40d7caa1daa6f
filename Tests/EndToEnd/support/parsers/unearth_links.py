"""Prints what pdm's own parser finds on the pages that are named as URL and path in turn."""

import json
import sys

from unearth.collector import IndexPage, parse_html_page, parse_json_response
from unearth.link import Link


def links(url, path):
    with open(path, "rb") as file:
        page = IndexPage(Link(url), file.read(), "utf-8", "")
    parse = parse_html_page if path.endswith(".html") else parse_json_response
    return [
        [link.filename, link.url_without_fragment, link.yank_reason, link.requires_python]
        for link in parse(page)
    ]


print(json.dumps([links(url, path) for url, path in map(str.split, sys.stdin)]))
