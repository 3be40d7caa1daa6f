"""Sending an index to a server that takes PUT: against programs that send a folder, and the floor."""

import json
import os
import shutil
import sys
import urllib.parse
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median

from . import bars
from .processes import must
from .report import NOT_MEASURED, number
from .rounds import Rounds

sys.path.append(str(Path(__file__).resolve().parents[2] / "EndToEnd"))

from support.servers import free_port, running  # noqa: E402

#: `aws` sends a part of the tree: all of it would take minutes.
FEW = 2000
#: What Larder sends of itself beside the tree.
OWN = {"manifest.jsonl", "intent.json"}
AWSCLI = "awscli==1.45.11"
NGINX = """
{user}
daemon off;
worker_processes {cores};
pid {state}/pid;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 10000000;
  client_body_temp_path {root}/.body;
  client_body_buffer_size 256k;
  client_max_body_size 1g;
  proxy_temp_path {state}; fastcgi_temp_path {state}; uwsgi_temp_path {state}; scgi_temp_path {state};
  server {{
    listen 127.0.0.1:{port};
    root {root};
    dav_methods PUT DELETE MKCOL;
    create_full_put_path on;
  }}
}}
"""


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    folder = bench.folder / "put"
    folder.mkdir()
    tree, few = folder / "tree", folder / "few"
    must(bench.tools.build(bench.listing, tree, "complete"))
    files = sorted(path.relative_to(tree) for path in tree.rglob("*") if path.is_file())
    for path in islice(files, 0, None, max(1, len(files) // FEW)):
        (few / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(tree / path, few / path)
    few_count = sum(1 for path in few.rglob("*") if path.is_file())

    def sent(count, command):
        """Files a second of a command; `command` makes it of the port of an empty server."""
        with nginx(folder) as (port, root):
            sample = bench.meter.run(command(port))
            there = sum(1 for path in root.rglob("*") if path.is_file() and path.name not in OWN)
        if there != count:
            sys.exit(f"{there} files are on the server, not {count}")
        seconds = sample.said.get("wall_ms", 0) / 1000 or sample.wall
        return count / seconds, sample

    peers = {
        "the floor": (len(files), lambda port: [bench.tools.put_floor, tree, "127.0.0.1", port]),
        "curl --parallel": (len(files), lambda port: curl(folder, tree, files, port)),
    }
    if shutil.which("rclone"):
        peers["rclone, S3"] = (len(files), lambda port: rclone(tree, port))
    python = bench.tools.peer_python("put", [AWSCLI])
    peers["aws s3 cp"] = (few_count, lambda port: aws(folder, python, few, port))
    cases = {
        "Larder": lambda: sent(len(files), lambda port: larder(bench, folder, port)),
        "its sink alone": lambda: sent(len(files), lambda port: sink(bench, port)),
        **{name: lambda peer=peer: sent(*peer) for name, peer in peers.items()},
    }
    rates, rounds = {}, Rounds()

    def rated(name, case):
        rate, sample = case()
        rates.setdefault(name, []).append(rate)
        return sample

    rounds.measure(bench.rounds, {n: lambda n=n, c=c: rated(n, c) for n, c in cases.items()})
    report(bench, rates, len(files), few_count)
    must(["rm", "-rf", folder])


def report(bench, rates, count, few):
    table = bench.report.ratios(
        f"PUT of a complete tree to nginx: {count:,} files ({few:,} of them by aws), files a second"
    )
    for name, bar in bars.PUT.items():
        for ours in ("Larder", "its sink alone"):
            if name not in rates:
                table.add(ours, bar, spread(rates[ours]), name, NOT_MEASURED, None)
                continue
            ratio = median(a / b for a, b in zip(rates[ours], rates[name]))
            bar = bar if ours == "Larder" else bars.NO_MORE_IS_BETTER
            table.add(ours, bar, spread(rates[ours]), name, spread(rates[name]), ratio)


def spread(rates):
    return f"{number(median(rates))} ({number(min(rates))} to {number(max(rates))})"


@contextmanager
def nginx(folder):
    """An empty server on a port of its own."""
    root, state = folder / "root", folder / "state"
    for path in (root / ".body", state):
        path.mkdir(parents=True)
    port = free_port()
    # As root, nginx would write as a user who may not.
    user = "user root;" if os.getuid() == 0 else ""
    config = NGINX.format(user=user, cores=os.cpu_count(), root=root, state=state, port=port)
    (state / "nginx.conf").write_text(config)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", state, "-e", state / "error.log", "-c", state / "nginx.conf"]
    try:
        with running(command, state, port):
            yield port, root
    finally:
        must(["rm", "-rf", root, state])


def larder(bench, folder, port):
    """The shipped command, from the list to the last answer."""
    pipeline = folder / "pipeline.json"
    pipeline.write_text(
        json.dumps(
            {
                "version": 1,
                "sources": [{"type": "file", "path": str(bench.listing), "on_error": "skip"}],
                "render": {"packages_url": "../../pool/"},
                "sinks": [{"type": "http", "url": f"http://127.0.0.1:{port}/"}],
            }
        )
    )
    return [bench.tools.larder, "run", pipeline, "--quiet"]


def sink(bench, port):
    """The sink, with all pages in memory before."""
    url = f"http://127.0.0.1:{port}/"
    return [bench.tools.benchmark, "put", bench.listing, "--url", url]


def curl(folder, tree, files, port):
    config = folder / "curl.txt"
    with open(config, "w") as output:
        for path in files:
            url = f"http://127.0.0.1:{port}/{urllib.parse.quote(str(path))}"
            output.write(f'upload-file = "{tree / path}"\nurl = "{url}"\n')
    flags = ["--fail", "--no-progress-meter", "--parallel", "--parallel-max", 32]
    return ["curl", *flags, "--config", config]


def rclone(tree, port):
    """rclone as it is fastest: through S3, and without a look at what is there."""
    service = {
        "provider": "Other", "endpoint": f"http://127.0.0.1:{port}", "access-key-id": "x",
        "secret-access-key": "y",
    }  # fmt: skip
    flags = ["--no-check-dest", "--no-traverse", "--ignore-times", "--transfers", 64]
    flags += ["--checkers", 64, "--s3-no-head", "--s3-no-check-bucket", "--s3-disable-checksum"]
    for name, value in service.items():
        flags += [f"--s3-{name}", value]
    # It accepts no other certificates with its own settings.
    command = ["env", "-u", "AWS_CA_BUNDLE", "rclone", "copy", tree, ":s3:bucket"]
    return [*command, "--config", "/dev/null", *flags]


def aws(folder, python, tree, port):
    config = folder / "aws"
    config.write_text("[default]\nregion = us-east-1\ns3 =\n  max_concurrent_requests = 32\n")
    variables = [f"AWS_CONFIG_FILE={config}", "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=y"]
    endpoint = ["--endpoint-url", f"http://127.0.0.1:{port}"]
    flags = ["--recursive", "--only-show-errors", *endpoint]
    return ["env", *variables, python.with_name("aws"), "s3", "cp", tree, "s3://bucket", *flags]
