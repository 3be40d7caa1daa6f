"""How fast JSON lines are read."""

from statistics import median

from . import bars
from .report import NOT_MEASURED


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    made_up = bench.tools.make_list(bench.folder / "list.jsonl", 200_000, json=True)
    table = bench.report.ratios("JSON lines from memory, one thread")
    listing = bench.json_listing
    _compare(bench, table, listing.name, listing, bars.JSON_LINES)
    _compare(bench, table, "made-up list", made_up, bars.NO_MORE_IS_BETTER)
    bench.report.note(
        f"JSON lines against yyjson: {NOT_MEASURED} (it is no package of Debian 12)."
    )


def _compare(bench, table, label, path, bar):
    speeds = {"walk": [], "loads": [], "decode": [], "dumb-pypi": []}
    tools = bench.tools
    for _ in range(bench.rounds):
        said = bench.meter.run([tools.benchmark, "json"], stdin=path).said
        speeds["walk"].append(_megabytes_per_second(said["bytes"], said["walk_ms"]))
        speeds["decode"].append(_megabytes_per_second(said["bytes"], said["decode_ms"]))
        for peer, command in (
            ("loads", tools.load_json(path, 5)),
            ("dumb-pypi", tools.load_packages(path, 5)),
        ):
            times = bench.meter.run(command).said["ms"]
            speeds[peer].append(_megabytes_per_second(said["bytes"], times))
    _row(table, f"walk over members, {label}", bar, speeds, "walk", "loads", "json.loads")
    _row(
        table, f"decode to records, {label}", bars.NO_MORE_IS_BETTER, speeds, "decode", "dumb-pypi",
        "dumb-pypi's Package",
    )  # fmt: skip


def _row(table, what, bar, speeds, ours, theirs, peer):
    ratio = median(a / b for a, b in zip(speeds[ours], speeds[theirs]))
    table.add(what, bar, _speed(speeds[ours]), peer, _speed(speeds[theirs]), ratio)


def _megabytes_per_second(count, milliseconds):
    return count / median(milliseconds) / 1000


def _speed(values):
    return f"{median(values):,.0f} MB/s ({min(values):,.0f} to {max(values):,.0f})"
