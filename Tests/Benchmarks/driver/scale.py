"""What becomes of time and memory when the list grows."""

import os

from . import bars
from .grounds import Tmpfs
from .report import NOT_MEASURED, duration, megabytes
from .rounds import Rounds, cpu, peak, wall

BASE = 140_000
MIRROR = 1_530_000
SIZES = [10_000, 100_000, BASE, 1_000_000, MIRROR, 3_000_000]
ALL_OF_PYPI = 15_500_000


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    _report_growth(bench)
    _report_mirror(bench)
    _report_all_of_pypi(bench)


def _listing(bench, records):
    return bench.tools.make_list(bench.folder / f"list-{records}.txt", records)


def _report_growth(bench):
    rounds = Rounds()
    cases = {}
    for pages in ("dumb-pypi", "complete"):
        for size in SIZES:
            command = bench.tools.render(_listing(bench, size), pages)
            cases[f"{pages} {size}"] = lambda c=command: bench.meter.run(c)
    rounds.measure(min(bench.rounds, 3), cases)
    for pages in ("dumb-pypi", "complete"):
        table = bench.report.table(
            f"Growth: rendered, not written, {pages} pages (made-up lists)",
            ["records", "pages", "wall", "per record", "cpu per record", "peak", "per record"],
        )
        for size in SIZES:
            case = f"{pages} {size}"
            time, memory = rounds.middle(case, wall), rounds.middle(case, peak)
            table.add(
                f"{size:,}",
                f"{rounds.samples[case][0].said['pages']:,}",
                duration(time),
                f"{time / size * 1e6:.2f} us",
                f"{rounds.middle(case, cpu) / size * 1e6:.2f} us",
                megabytes(memory),
                f"{memory * (1 << 20) / size:,.0f} B",
            )
    table = bench.report.ratios("Linearity: time per record")
    for pages in ("dumb-pypi", "complete"):
        for what, quantity in (("wall", wall), ("cpu", cpu)):
            base = rounds.middle(f"{pages} {BASE}", quantity) / BASE
            mirror = rounds.middle(f"{pages} {MIRROR}", quantity) / MIRROR
            table.add(
                f"linearity, {pages} pages, {what}",
                bars.LINEARITY,
                f"{mirror * 1e6:.2f} us at {MIRROR:,}",
                f"itself at {BASE:,}",
                f"{base * 1e6:.2f} us",
                mirror / base,
            )


def _report_mirror(bench):
    """A list as large as a mirror's, written to tmpfs."""
    table = bench.report.ratios(f"{MIRROR:,} records to a tree on tmpfs, dumb-pypi's pages")
    free = os.statvfs(bench.folder)
    if free.f_bavail * free.f_frsize < 12 << 30:
        bench.report.note(f"{NOT_MEASURED}: the tree needs 12 GB of tmpfs.")
        return
    listing = _listing(bench, MIRROR)
    tools, ground, rounds = bench.tools, Tmpfs(bench.folder / "mirror"), Rounds()

    def build():
        output = ground.fresh()
        tools.claim_memory(8 << 30)
        return bench.meter.run(tools.build(listing, output, "dumb-pypi"))

    def dumb_pypi():
        output = ground.fresh()
        tools.claim_memory(8 << 30)
        return bench.meter.run(tools.run_dumb_pypi(listing, output))

    cases = {"Larder": build}
    if bench.is_full:
        cases["dumb-pypi"] = dumb_pypi
    try:
        rounds.measure(1, cases)
    finally:
        ground.close()
    table.compare("scale, wall", bars.SCALE, rounds, "Larder", "dumb-pypi", wall)
    memory = rounds.middle("Larder", peak)
    if rounds.has("dumb-pypi"):
        peers = rounds.middle("dumb-pypi", peak)
        cells = (megabytes(peers), peers / memory)
    else:
        cells = (NOT_MEASURED, None)
    table.add("peak memory", bars.MEMORY, megabytes(memory), "dumb-pypi", *cells)


def _report_all_of_pypi(bench):
    table = bench.report.ratios(f"{ALL_OF_PYPI:,} records, rendered, dumb-pypi's pages")
    if not bench.is_full:
        for what, bar in _all_of_pypi_bars():
            table.add(what, bar, NOT_MEASURED, "-", "-", None)
        return
    listing = _listing(bench, ALL_OF_PYPI)
    sample = bench.meter.run(bench.tools.render(listing, "dumb-pypi"))
    listing.unlink()
    values = [sample.wall, sample.peak * (1 << 20) / 1e6]
    for (what, bar), value in zip(_all_of_pypi_bars(), values):
        table.add(what, bar, f"{value:,.1f}{bar.unit}", "-", "-", value)


def _all_of_pypi_bars():
    return [
        ("all of PyPI, wall", bars.ALL_OF_PYPI_TIME),
        ("all of PyPI, peak memory", bars.ALL_OF_PYPI_MEMORY),
    ]
