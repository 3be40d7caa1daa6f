"""pypiserver over the flat folder: `/simple/`, and `/packages/` with all files on one page."""

import sys
from contextlib import contextmanager

from support.servers import free_port, running


@contextmanager
def serve(pool, state):
    port = free_port()
    command = [sys.executable, "-m", "pypiserver", "run", "--interface", "127.0.0.1"]
    command += ["--port", str(port), "--disable-fallback", "--hash-algo", "sha256", pool.flat]
    with running(command, state, port):
        yield f"http://127.0.0.1:{port}"
