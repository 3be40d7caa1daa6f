"""How fast a page of links is read."""

import random

from . import bars
from .report import megabytes
from .rounds import Rounds, cpu, peak

LINKS = 620_000


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    page = bench.folder / "root.html"
    _make_page(page)
    size = page.stat().st_size / 1e6
    rounds, tools, meter = Rounds(), bench.tools, bench.meter
    cases = {
        "Larder": lambda: meter.run([tools.benchmark, "markup", page]),
        "push": lambda: meter.run([tools.markup_floor, "push", page]),
        "pull": lambda: meter.run([tools.markup_floor, "pull", page]),
    }
    rounds.measure(bench.rounds, cases)
    page.unlink()
    table = bench.report.ratios(f"A root page of {LINKS:,} links, {size:.0f} MB, cpu")
    table.compare("root page / push floor", bars.MARKUP, rounds, "Larder", "push", cpu)
    more = bars.NO_MORE_IS_BETTER
    table.compare("root page / pull floor", more, rounds, "Larder", "pull", cpu)
    memory = bench.report.table("Peak memory with this page", ["case", "peak"])
    for case in cases:
        memory.add(case, megabytes(rounds.middle(case, peak)))


def _make_page(path):
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz-"
    with open(path, "w", encoding="ascii") as page:
        page.write(
            "<!DOCTYPE html>\n<html>\n  <head>\n"
            '    <meta name="pypi:repository-version" content="1.4">\n'
            "    <title>Simple index</title>\n  </head>\n  <body>\n"
        )
        for number in range(LINKS):
            name = "".join(chance.choices(letters, k=chance.randrange(20, 46))) + str(number)
            page.write(f'    <a href="/simple/{name}/">{name}</a>\n')
        page.write("</body>\n</html>\n")
