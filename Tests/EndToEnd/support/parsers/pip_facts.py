"""Prints all that pip's own parser finds on the pages that are named as URL and path in turn."""

import json
import sys
from types import SimpleNamespace

from pip._internal.index.collector import parse_links


def facts(url, path):
    with open(path, "rb") as file:
        page = SimpleNamespace(
            content=file.read(), content_type="text/html", encoding="utf-8", url=url,
            cache_link_parsing=False,
        )
    return [
        {
            "filename": link.filename,
            "url": link.url_without_fragment,
            "hashes": dict(link._hashes),
            "requires_python": link.requires_python,
            "yanked": link.yanked_reason,
            "metadata": link.metadata_file_data and link.metadata_file_data.hashes,
        }
        for link in parse_links(page)
    ]


print(json.dumps([facts(url, path) for url, path in map(str.split, sys.stdin)]))
