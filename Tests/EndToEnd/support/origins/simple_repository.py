"""simple-repository-server over one folder a project: the simple API in both forms."""

import sys
from contextlib import contextmanager

from support.servers import free_port, running


@contextmanager
def serve(pool, state):
    port = free_port()
    command = [sys.executable, "-m", "simple_repository_server", "--host", "127.0.0.1"]
    # It reads ~/.netrc.
    home = {"HOME": str(state), "TZ": "UTC"}
    with running([*command, "--port", str(port), pool.projects], state, port, home):
        yield f"http://127.0.0.1:{port}"
