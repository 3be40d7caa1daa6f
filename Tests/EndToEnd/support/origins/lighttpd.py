"""lighttpd with mod_dirlisting."""

import shutil
from contextlib import contextmanager

from support.servers import free_port, running

CONFIG = """
server.bind = "127.0.0.1"
server.port = {port}
server.document-root = "{root}"
server.modules = ( "mod_dirlisting" )
dir-listing.activate = "enable"
dir-listing.encoding = "utf-8"
mimetype.assign = ( "" => "application/octet-stream" )
"""


@contextmanager
def serve(pool, state):
    program = shutil.which("lighttpd") or shutil.which("lighttpd", path="/usr/sbin")
    assert program, "lighttpd is missing; the README says how to install it"
    port = free_port()
    config = state / "lighttpd.conf"
    config.write_text(CONFIG.format(port=port, root=pool.root))
    with running([program, "-D", "-f", config], state, port, {"TZ": "UTC"}):
        yield f"http://127.0.0.1:{port}"
