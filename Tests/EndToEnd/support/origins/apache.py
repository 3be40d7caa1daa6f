"""Apache httpd with mod_autoindex, in its styles, each at a path of its own."""

import os
import shutil
from contextlib import contextmanager

from support.servers import free_port, running

MODULES = ["mpm_event", "authz_core", "alias", "autoindex", "dir", "mime"]
#: What IndexOptions make of the listing at a path.
STYLES = {
    "plain": "None",
    "fancy": "FancyIndexing",
    "table": "FancyIndexing HTMLTable",
    "xhtml": "FancyIndexing HTMLTable XHTML Charset=UTF-8 NameWidth=*",
    "noisy": "FancyIndexing IconsAreLinks UseOldDateFormat FoldersFirst SuppressHTMLPreamble",
}
CONFIG = """
ServerRoot {state}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {state}/pid
ErrorLog {state}/error.log
DefaultRuntimeDir {state}
DocumentRoot {state}/empty
StartServers 1
ServerLimit 1
ThreadsPerChild 16
MaxRequestWorkers 16
{user}
{modules}
TypesConfig /dev/null
DirectoryIndex disabled
AddIcon /icons/compressed.png .whl .gz
DefaultIcon /icons/unknown.png
<Directory "{root}">
  Options Indexes
  Require all granted
</Directory>
{styles}
"""


@contextmanager
def serve(pool, state):
    program = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
    assert program, "apache2 is missing; the README says how to install it"
    port = free_port()
    (state / "empty").mkdir()
    config = state / "httpd.conf"
    config.write_text(
        CONFIG.format(
            state=state,
            port=port,
            root=pool.root,
            # Apache never serves as root; it would say so.
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
            modules="\n".join(map(load_module, MODULES)),
            styles="\n".join(style(name, pool.root) for name in STYLES),
        )
    )
    with running([program, "-d", state, "-f", config, "-DFOREGROUND"], state, port, {"TZ": "UTC"}):
        yield f"http://127.0.0.1:{port}"


def load_module(name):
    return f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"


def style(name, root):
    return (
        f'Alias "/{name}/" "{root}/"\n'
        f'<Location "/{name}/">\n  IndexOptions {STYLES[name]}\n</Location>'
    )
