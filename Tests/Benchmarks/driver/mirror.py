"""Reading another index: all pages of its projects, then the same when nothing has changed."""

import os
import random
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import json

from . import bars
from .processes import must
from .rounds import Rounds, wall

PROJECTS = 5000
FORMS = ["json", "html"]
# Libraries that make a record of each file, as Larder does.
PEERS = ["pypi-simple", "simple-repository"]
# What makes none: the pages are fetched, parsed, and thrown away.
SCRIPT = "aiohttp"
NGINX = """
{user}
daemon off;
worker_processes 2;
pid {state}/pid;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {state}/body;
  proxy_temp_path {state}/proxy;
  fastcgi_temp_path {state}/fastcgi;
  uwsgi_temp_path {state}/uwsgi;
  scgi_temp_path {state}/scgi;
  map $http_accept $form {{
    default html;
    "~*application/vnd\\.pypi\\.simple\\.v1\\+json" v1_json;
  }}
  server {{
    listen 127.0.0.1:{port};
    root {root};
    location /simple/ {{
      index index.$form;
      types {{
        application/vnd.pypi.simple.v1+json v1_json;
        text/html html;
      }}
    }}
    location /html/ {{
      alias {root}/simple/;
      index index.html;
    }}
  }}
}}
"""


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    root = bench.folder / "origin"
    files = make_origin(bench, root)
    size = {form: pages_size(root, form) for form in FORMS}
    title = f"Reading an index: {PROJECTS:,} projects, {files:,} files, from nginx"
    table = bench.report.ratios(title)
    with nginx(root, bench.folder / "nginx") as url:
        for form in FORMS:
            measure(bench, table, url[form], form, size[form])


def measure(bench, table, url, form, size):
    python = bench.tools.peer_python("mirror", [*PEERS, SCRIPT])
    peer = Path(__file__).with_name("mirror_peer.py")
    cases = {
        "larder": lambda: first(bench, read, url, form),
        "larder, mirrored": lambda: first(bench, mirror, url, form),
        "larder, mirrored again": lambda: mirror(bench, url, form),
    }
    for name in [*PEERS, SCRIPT]:
        cases[name] = lambda name=name: bench.meter.run([python, peer, name, url, form, PROJECTS])
    rounds = Rounds()
    rounds.measure(bench.rounds, cases)
    best = min(PEERS, key=lambda name: rounds.middle(name, wall))
    kind = f"{form.upper()}, {size / 2**20:.0f} MiB"
    table.compare(f"all pages, {kind}, wall", bars.MIRROR, rounds, "larder", best, wall)
    table.compare(
        f"the same, to a script, {form.upper()}, wall", bars.NO_MORE_IS_BETTER, rounds,
        "larder", SCRIPT, wall,
    )  # fmt: skip
    table.compare(
        f"nothing changed, {form.upper()}, wall", bars.MIRROR_AGAIN, rounds,
        "larder, mirrored again", "larder, mirrored", wall,
    )  # fmt: skip


def first(bench, work, url, form):
    for folder in ["cache", "mirror"]:
        shutil.rmtree(bench.folder / folder, ignore_errors=True)
    return work(bench, url, form)


def read(bench, url, form):
    """Reads all records, and shows one of them."""
    path = pipeline(bench, url, form)
    return bench.meter.run([bench.tools.larder, "show", "records", path, "--limit", "1"])


def mirror(bench, url, form):
    """Makes an index of what another has."""
    return bench.meter.run([bench.tools.larder, "run", pipeline(bench, url, form)])


def pipeline(bench, url, form):
    path = bench.folder / "mirror.json"
    source = {"type": "http", "url": url, "as": f"simple-{form}", "max_concurrency": 32}
    render = {"file_url": "upstream", "per_release_json": False}
    sinks = [{"type": "filesystem", "path": "mirror"}]
    path.write_text(
        json.dumps({"version": 1, "sources": [source], "render": render, "sinks": sinks})
    )
    os.environ["LARDER_CACHE_DIR"] = str(bench.folder / "cache")
    return path


def make_origin(bench, root):
    """An index with as many files a project as those have that people install most."""
    listing = bench.folder / "origin.jsonl"
    rng = random.Random(20261125)
    files = 0
    with open(listing, "w") as output:
        for number in range(PROJECTS):
            for file in range(max(1, min(2000, int(rng.lognormvariate(4, 1))))):
                output.write(json.dumps(make_record(rng, number, file)) + "\n")
                files += 1
    pipeline = bench.folder / "origin.json"
    pipeline.write_text(
        json.dumps(
            {
                "version": 1,
                "sources": [{"type": "file", "path": str(listing)}],
                "render": {"per_release_json": False},
                "sinks": [{"type": "filesystem", "path": str(root)}],
            }
        )
    )
    must([bench.tools.larder, "run", pipeline])
    return files


def make_record(rng, project, file):
    version = f"{file // 60}.{file // 4 % 15}.{file % 4}"
    python = f"cp3{rng.randint(8, 14)}"
    wheel = f"{python}-{python}-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
    name = f"project_{project}-{version}" + rng.choice(["-py3-none-any.whl", ".tar.gz", "-" + wheel])
    path = f"{rng.getrandbits(8):02x}/{rng.getrandbits(8):02x}/{rng.getrandbits(240):060x}"
    return {
        "filename": name,
        "url": f"https://files.example/packages/{path}/{name}",
        "hashes": {"sha256": f"{rng.getrandbits(256):064x}"},
        "requires_python": ">=3.8",
        "size": rng.randint(1000, 10**8),
        "upload_time": f"2024-0{rng.randint(1, 9)}-11T09:30:07.{rng.randint(1, 999999):06d}Z",
        "core_metadata": f"sha256={rng.getrandbits(256):064x}",
    }


def pages_size(root, form):
    name = "index.v1_json" if form == "json" else "index.html"
    return sum(path.stat().st_size for path in (root / "simple").glob(f"*/{name}"))


@contextmanager
def nginx(root, state):
    state.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # As root, nginx would read the folder as a user who may not.
    user = "user root;" if os.getuid() == 0 else ""
    config = NGINX.format(user=user, state=state, root=root, port=port)
    (state / "nginx.conf").write_text(config)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    child = subprocess.Popen(
        [program, "-p", state, "-e", state / "error.log", "-c", state / "nginx.conf"]
    )
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        origin = f"http://127.0.0.1:{port}"
        yield {"json": f"{origin}/simple/", "html": f"{origin}/html/"}
    finally:
        child.terminate()
        child.wait()
