"""`python3 -m http.server` over the pool."""

import sys
from contextlib import contextmanager

from support.servers import free_port, running


@contextmanager
def serve(pool, state):
    port = free_port()
    command = [sys.executable, "-u", "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with running([*command, "--directory", pool.root], state, port):
        yield f"http://127.0.0.1:{port}"
