"""Web servers with the configurations that `larder init --server` prints, around a published tree.

What is around the printed text is what Debian has around it: where the server listens, whose it is,
which modules there are, and where it writes.
"""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager

from support import servers
from support.servers import Request, Server, free_port, running

NGINX = """
daemon off;
master_process off;
pid {state}/pid;
events {{}}
http {{
  include /etc/nginx/mime.types;
  log_format requests escape=json
    '{{"uri":"$request_uri","file":"$uri","status":$status,"type":"$sent_http_content_type",'
    '"sent":$body_bytes_sent}}';
  access_log {state}/access.log requests;
  client_body_temp_path {state}; proxy_temp_path {state}; fastcgi_temp_path {state};
  uwsgi_temp_path {state}; scgi_temp_path {state};
  gzip on;
  include {state}/printed.conf;
}}
"""

# As Debian has it: compression is on, and the types of copies are known.
APACHE = """
ServerRoot {state}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {state}/pid
ErrorLog {state}/error.log
DefaultRuntimeDir {state}
StartServers 1
{user}
{modules}
TypesConfig {state}/mime.types
AddType application/x-gzip .gz .tgz
AddOutputFilterByType DEFLATE text/html application/json
LogFormat '{{"line":"%r","file":"%f","status":%>s,"type":"%{{Content-Type}}o","sent":%B}}' requests
CustomLog {state}/access.log requests
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
Include {state}/printed.conf
"""
MODULES = [
    "mpm_event", "alias", "authz_core", "autoindex", "deflate", "dir", "filter", "headers", "mime",
    "negotiation", "rewrite",
]

CADDY = """
{{
  admin off
}}
import {state}/printed.conf
"""


def printed(larder, server, **options):
    """What `larder init --server` prints."""
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    done = subprocess.run(
        [larder.binary, "init", "--server", server, *flags], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(larder, server, folder, state, prefix="/"):
    """A server over a published folder, with the printed configuration."""
    port = free_port()
    state.mkdir()
    options = {"folder": folder, "host": "127.0.0.1", "port": port, "prefix": prefix}
    (state / "printed.conf").write_text(printed(larder, server, **options))
    program, around, variables = {"nginx": nginx, "apache": apache, "caddy": caddy}[server](state)
    config = state / "around.conf"
    config.write_text(
        around.format(
            state=state, port=port, modules="\n".join(map(loaded, MODULES)),
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
        )
    )
    parse = {"nginx": servers.parse_nginx, "apache": parse_apache, "caddy": parse_caddy}[server]
    log = state / ("stderr" if server == "caddy" else "access.log")
    with running([*program, config], state, port, variables):
        yield Server(f"http://127.0.0.1:{port}{prefix}simple/", log, parse)


def loaded(name):
    return f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"


def found(name):
    program = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    assert program, f"{name} is missing; the README says how to install it"
    return program


def nginx(state):
    return [found("nginx"), "-p", state, "-e", state / "error.log", "-c"], NGINX, {}


def apache(state):
    state.chmod(0o777)
    (state / "mime.types").write_text("text/html html\napplication/gzip gz\napplication/zstd zst\n")
    return [found("apache2"), "-D", "FOREGROUND", "-f"], APACHE, {}


def caddy(state):
    places = {name: str(state) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return [found("caddy"), "run", "--adapter", "caddyfile", "--config"], CADDY, places


def parse_apache(line):
    fields = json.loads(line)
    uri = fields["line"].split()[1]
    return Request(uri, fields["status"], fields["file"], fields["type"], fields["sent"])


def parse_caddy(line):
    entry = json.loads(line)
    if "resp_headers" not in entry:
        return None
    return Request(
        entry["request"]["uri"], entry["status"], "",
        entry["resp_headers"].get("Content-Type", [""])[0], entry["size"],
    )
