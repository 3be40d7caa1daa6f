"""Caddy with `file_server browse`: HTML, or JSON for who asks for it."""

import shutil
from contextlib import contextmanager

from support.servers import free_port, running

# An `index.txt` would take the place of the listing.
CONFIG = """
{{
  admin off
  auto_https off
  storage file_system {state}/storage
}}
http://127.0.0.1:{port} {{
  bind 127.0.0.1
  root * {root}
  file_server {{
    browse
    index index.html
  }}
}}
"""


@contextmanager
def serve(pool, state):
    program = shutil.which("caddy")
    assert program, "caddy is missing; the README says how to install it"
    port = free_port()
    config = state / "Caddyfile"
    config.write_text(CONFIG.format(state=state, port=port, root=pool.root))
    home = {"HOME": str(state), "XDG_CONFIG_HOME": str(state), "XDG_DATA_HOME": str(state)}
    command = [program, "run", "--config", config, "--adapter", "caddyfile"]
    with running(command, state, port, home):
        yield f"http://127.0.0.1:{port}"
