"""How fast JSON lines are read."""

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
    speeds = {"walk": [], "decode": [], "loads": []}
    for _ in range(bench.rounds):
        said = bench.meter.run([bench.tools.benchmark, "json"], stdin=path).said
        peer = bench.meter.run(bench.tools.load_json(path, 5)).said
        speeds["walk"].append(_megabytes_per_second(said["bytes"], said["walk_ms"]))
        speeds["decode"].append(_megabytes_per_second(said["bytes"], said["decode_ms"]))
        speeds["loads"].append(_megabytes_per_second(said["bytes"], peer["ms"]))
    for kind, what in (("walk", "walk over members"), ("decode", "decode to records")):
        table.add(
            f"{what}, {label}",
            bars.JSON_LINES,
            _speed(speeds[kind]),
            "json.loads",
            _speed(speeds["loads"]),
            median(a / b for a, b in zip(speeds[kind], speeds["loads"])),
        )


def _megabytes_per_second(count, milliseconds):
    return count / median(milliseconds) / 1000


def _speed(values):
    return f"{median(values):,.0f} MB/s ({min(values):,.0f} to {max(values):,.0f})"
