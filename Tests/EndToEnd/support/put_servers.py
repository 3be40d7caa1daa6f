"""Servers that take files by PUT: nginx, Apache and WsgiDAV, and what they were asked for."""

import contextlib
import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.page_digest import page_digest
from support.servers import free_port, running

INTENT, MANIFEST = "larder/intent.json", "larder/manifest.jsonl"

NGINX = """
daemon off;
master_process off;
pid {state}/pid;
error_log {state}/error.log;
worker_rlimit_nofile 4096;
events {{ worker_connections 1024; }}
http {{
  log_format requests escape=json
    '{{"method":"$request_method","uri":"$request_uri","status":$status,"login":"$http_authorization",'
    '"type":"$content_type","key":"$http_x_api_key"}}';
  access_log {state}/access.log requests;
  keepalive_requests 100000;
  client_body_temp_path {root}/.body;
  client_body_buffer_size 256k;
  client_max_body_size 1g;
  proxy_temp_path {state}; fastcgi_temp_path {state}; uwsgi_temp_path {state}; scgi_temp_path {state};
  types {{ text/html html; application/vnd.pypi.simple.v1+json v1_json; }}
  server {{
    listen 127.0.0.1:{port};
    root {root};
    dav_methods PUT DELETE MKCOL;
    create_full_put_path {full};
    location /simple/ {{ index index.html; error_page 403 =404 /404.html; }}
    location /larder/ {{ }}
  }}
}}
"""

APACHE = """
ServerRoot {state}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {state}/pid
ErrorLog {state}/error.log
DefaultRuntimeDir {state}
DocumentRoot {root}
StartServers 1
ServerLimit 1
ThreadsPerChild 40
MaxRequestWorkers 40
{user}
{modules}
TypesConfig /dev/null
AddType text/html .html
DavLockDB {state}/locks
LogFormat '{{"begun":%{{begin:usec}}t,"method":"%m","uri":"%U","status":%>s}}' requests
CustomLog {state}/access.log requests
DirectoryIndex index.html
<Directory "{root}">
  Dav On
  Require all granted
</Directory>
"""
MODULES = ["mpm_event", "authz_core", "dir", "mime", "dav", "dav_fs", "dav_lock"]

WSGIDAV = """
import json, sys
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp

root, port, log = sys.argv[1:]
app = WsgiDAVApp({
    "provider_mapping": {"/": root}, "simple_dc": {"user_mapping": {"*": True}},
    "verbose": 0, "logging": {"enable": False}, "dir_browser": {"enable": False},
})

def logged(environ, start_response):
    def start(status, headers, error=None):
        with open(log, "a") as file:
            file.write(json.dumps({"method": environ["REQUEST_METHOD"],
                "uri": environ["PATH_INFO"], "status": int(status.split()[0])}) + "\\n")
        return start_response(status, headers, error)
    return app(environ, start)

wsgi.Server(("127.0.0.1", int(port)), logged, numthreads=40).start()
"""


@dataclass
class PutServer:
    """A running server over a folder, and its log since a test began to look."""

    url: str
    root: Path
    log: Path
    #: Whether it keeps to If-None-Match and If-Match of a PUT.
    knows_conditions: bool
    seen: int = 0

    def lines(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def forget(self):
        _ = self.requests
        self.seen = len(self.lines())

    @property
    def requests(self):
        """What was asked, to the end: an answer may be there before its line in the log."""
        mark = f"/mark-{time.monotonic_ns()}"
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(urllib.parse.urljoin(self.url, mark), timeout=10)
        while not any(mark in line for line in self.lines()):
            time.sleep(0.01)
        asked = [json.loads(line) for line in self.lines()[self.seen :]]
        # Apache's threads answer first and write their lines then, so a later one may overtake.
        asked.sort(key=lambda request: request.get("begun", 0))
        return [request for request in asked if "/mark-" not in request["uri"]]

    def paths(self, method):
        """The paths that were asked for successfully with a method."""
        return sorted(
            asked["uri"] for asked in self.requests
            if asked["method"] == method and asked["status"] < 300
        )

    def files(self):
        """The bytes of each file that is served, but for the word of a publication that is over."""
        return without_rest({
            str(path.relative_to(self.root)): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and path.relative_to(self.root).parts[0] not in (".body", ".DAV")
        })


def without_rest(files):
    """The files but for the word of a publication that is over."""
    return {
        path: data for path, data in files.items()
        if not path.endswith(INTENT) or not is_over(data, files.get(path.replace(INTENT, MANIFEST), b""))
    }


def is_over(intent, manifest):
    """Whether a publication is over, as its intent and the manifest of the place say."""
    said = json.loads(intent)
    if said["stage"] != "writing" or not manifest or "replaces" not in said:
        return said["stage"] == "over"
    return said["replaces"] != page_digest(manifest)


def prepared(root, state):
    root.mkdir(parents=True)
    state.mkdir(parents=True)
    # A server that never serves as root writes as somebody else.
    root.chmod(0o777)
    state.chmod(0o777)
    return free_port()


@contextmanager
def nginx(root, state, full="on", prefix=""):
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is missing; the README says how to install it"
    port = prepared(root, state)
    (root / ".body").mkdir()
    config = state / "nginx.conf"
    config.write_text(NGINX.format(root=root, state=state, port=port, full=full))
    with running([program, "-p", state, "-e", state / "error.log", "-c", config], state, port):
        yield PutServer(f"http://127.0.0.1:{port}/{prefix}", root, state / "access.log", False)


def nginx_without_paths(root, state):
    """nginx that makes no folders by itself, and says 500 where one is missing."""
    return nginx(root, state, full="off")


@contextmanager
def apache(root, state):
    program = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
    assert program, "apache2 is missing; the README says how to install it"
    port = prepared(root, state)
    config = state / "httpd.conf"
    config.write_text(
        APACHE.format(
            root=root,
            state=state,
            port=port,
            user="User www-data\nGroup www-data" if os.geteuid() == 0 else "",
            modules="\n".join(
                f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
                for name in MODULES
            ),
        )
    )
    with running([program, "-f", config, "-D", "FOREGROUND"], state, port):
        yield PutServer(f"http://127.0.0.1:{port}/", root, state / "access.log", True)


@contextmanager
def wsgidav(root, state):
    port = prepared(root, state)
    script = state / "server.py"
    script.write_text(WSGIDAV)
    log = state / "access.log"
    with running([sys.executable, script, root, str(port), log], state, port, patience=20):
        yield PutServer(f"http://127.0.0.1:{port}/", root, log, True)


ALL = [nginx, nginx_without_paths, apache, wsgidav]
