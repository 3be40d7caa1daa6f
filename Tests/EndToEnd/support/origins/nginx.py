"""nginx: listings of folders in all its forms, and trees of pages in the form that is asked for."""

import shutil
from contextlib import contextmanager

from support.servers import free_port, running

CONFIG = """
daemon off;
master_process off;
pid {state}/pid;
error_log {state}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {state}/body;
  proxy_temp_path {state}/proxy;
  fastcgi_temp_path {state}/fastcgi;
  uwsgi_temp_path {state}/uwsgi;
  scgi_temp_path {state}/scgi;
  default_type application/octet-stream;
  map $http_accept $simple_form {{
    default html;
    "~*application/vnd\\.pypi\\.simple\\.(v1|latest)\\+json" v1_json;
  }}
  server {{
    listen 127.0.0.1:{port};
    absolute_redirect off;
    {locations}
  }}
}}
"""
LISTINGS = """
    location /html/ {{ alias {root}/; autoindex on; }}
    location /rounded/ {{ alias {root}/; autoindex on; autoindex_exact_size off; }}
    location /local/ {{ alias {root}/; autoindex on; autoindex_localtime on; }}
    location /json/ {{ alias {root}/; autoindex on; autoindex_format json; }}
    location /json-rounded/ {{
      alias {root}/; autoindex on; autoindex_format json;
      autoindex_exact_size off; autoindex_localtime on;
    }}
"""
TREE = """
    root {root};
    location /simple/ {{
      index index.$simple_form index.html;
      types {{ application/vnd.pypi.simple.v1+json v1_json; text/html html; }}
      add_header Vary Accept always;
    }}
    location / {{ types {{ application/jsonl jsonl; application/json json; text/html html; }} }}
    location {pool_url}/ {{ alias {pool}/; types {{}} }}
"""


@contextmanager
def listings(pool, state):
    """Every form of listing, each at a path of its own."""
    with serving(state, LISTINGS.format(root=pool.root)) as url:
        yield url


@contextmanager
def tree(root, files, state, files_url="/pool"):
    """A tree of pages at `/`, and the files that it links at `files_url`."""
    with serving(state, TREE.format(root=root, pool=files, pool_url=files_url)) as url:
        yield url


@contextmanager
def serving(state, locations):
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is missing; the README says how to install it"
    port = free_port()
    config = state / "nginx.conf"
    config.write_text(CONFIG.format(state=state, port=port, locations=locations))
    command = [program, "-p", state, "-e", state / "error.log", "-c", config]
    with running(command, state, port, {"TZ": "UTC"}):
        yield f"http://127.0.0.1:{port}"
