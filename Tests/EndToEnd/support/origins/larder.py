"""Larder's own tree, served by nginx as Docs/Tree.md says: both forms of the simple API, lists."""

from contextlib import contextmanager

import binary
from support.larder import Larder
from support.origins import nginx, records


@contextmanager
def serve(pool, state):
    items = records.for_larder().encode()
    made = Larder(binary.larder()).generate(items, state / "tree")
    assert made.status == 0, made.stderr
    with nginx.tree(state / "tree", pool.flat, state) as url:
        yield url
