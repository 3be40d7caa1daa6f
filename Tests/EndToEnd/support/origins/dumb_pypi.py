"""dumb-pypi's output, served by nginx, with its list."""

from contextlib import contextmanager

import dumb_pypi_tree
from support.origins import nginx, records


@contextmanager
def serve(pool, state):
    listed = state / "packages.jsonl"
    listed.write_text(records.for_dumb_pypi())
    dumb_pypi_tree.run(listed, state / "tree", "../../pool/", is_json=True)
    with nginx.tree(state / "tree", pool.flat, state) as url:
        yield url
