"""How fast JSON lines are read."""

import json
import time
from statistics import median

from . import bars
from .report import NOT_MEASURED


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    made_up = bench.tools.make_list(bench.folder / "list.jsonl", 200_000, json=True)
    table = bench.report.ratios("JSON lines from memory, one thread")
    for label, path in ((bench.json_listing.name, bench.json_listing), ("made-up list", made_up)):
        _compare(bench, table, label, path)
    bench.report.note(
        f"JSON lines against yyjson: {NOT_MEASURED} (it is no package of Debian 12)."
    )


def _compare(bench, table, label, path):
    lines = path.read_text("utf-8").splitlines()
    speeds = {"walk": [], "decode": [], "loads": []}
    for _ in range(bench.rounds):
        said = bench.meter.run([bench.tools.benchmark, "json"], stdin=path).said
        speeds["walk"].append(said["bytes"] / median(said["walk_ms"]) / 1000)
        speeds["decode"].append(said["bytes"] / median(said["decode_ms"]) / 1000)
        start = time.process_time()
        for line in lines:
            json.loads(line)
        seconds = time.process_time() - start
        speeds["loads"].append(path.stat().st_size / seconds / 1e6)
    for kind, what in (("walk", "walk over members"), ("decode", "decode to records")):
        table.add(
            f"{what}, {label}",
            bars.JSON_LINES,
            _speed(speeds[kind]),
            "json.loads",
            _speed(speeds["loads"]),
            median(a / b for a, b in zip(speeds[kind], speeds["loads"])),
        )


def _speed(values):
    return f"{median(values):,.0f} MB/s ({min(values):,.0f} to {max(values):,.0f})"
