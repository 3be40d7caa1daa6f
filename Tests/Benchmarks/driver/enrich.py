"""What `enrich` transfers to learn the metadata of wheels on a server."""

import json
import os
import sys
import time
from pathlib import Path

from . import bars
from .processes import must
from .report import duration, number

sys.path.append(str(Path(__file__).resolve().parents[2] / "EndToEnd"))

from support import servers, wheels  # noqa: E402


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    rounds = 250 if bench.is_full else 50
    site = bench.folder / "enrich"
    pool, tree, state = site / "pool", site / "tree", site / "nginx"
    for folder in (pool, tree, state):
        folder.mkdir(parents=True)
    paths = [
        wheels.make_wheel(pool, f"acme-{number}", "1.0", shape)
        for number, shape in enumerate(wheels.SHAPES * rounds)
    ]
    total = sum(path.stat().st_size for path in paths)
    with servers.nginx(tree, pool, state) as nginx:
        base = nginx.index_url.replace("/simple/", "/pool/")
        pipeline = _pipeline(site, [(path.name, base + path.name) for path in paths])
        first = _time(bench, pipeline, site)
        requests = nginx.requests
        nginx.forget()
        again = _time(bench, pipeline, site)
        asked_again = len(nginx.requests)
        sent_again = sum(request.sent for request in nginx.requests)
    sent = sum(request.sent for request in requests if request.status == 206)
    title = f"enrich: metadata of {len(paths):,} wheels of {total / 1e6:,.0f} MB behind nginx"
    table = bench.report.ratios(title)
    share = 100 * sent / total
    table.add("bytes of the files", bars.ENRICH_BYTES, _megabytes(sent), "all bytes",
              _megabytes(total), share)  # fmt: skip
    table.add("again", bars.NO_LESS_IS_BETTER, duration(again), "the first run", duration(first),
              again / first)  # fmt: skip
    bench.report.note(
        f"The first run sent {len(requests):,} requests, {number(len(requests) / first)} a second;"
        f" the second {asked_again:,}, which were answered with {sent_again:,} bytes of content."
    )


def _pipeline(site, files):
    lines = (json.dumps({"filename": name, "url": url}) + "\n" for name, url in files)
    (site / "list.jsonl").write_text("".join(lines))
    path = site / "pipeline.json"
    path.write_text(json.dumps({
        "version": 1,
        "sources": [{"type": "file", "path": "list.jsonl"}],
        "transforms": [{"type": "enrich", "hashes": [], "files": "ranges"}],
        "render": {},
        "sinks": [{"type": "filesystem", "path": "public", "durable": False}],
    }))  # fmt: skip
    return path


def _time(bench, pipeline, site):
    """Seconds of a run with the cache of the one before."""
    start = time.monotonic()
    must([bench.tools.larder, "run", pipeline],
         env={**os.environ, "LARDER_CACHE_DIR": str(site / "cache")})  # fmt: skip
    return time.monotonic() - start


def _megabytes(count):
    return f"{number(count / 1e6)} MB"
