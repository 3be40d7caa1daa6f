"""What it costs to begin: an index of one file."""

from . import bars
from .grounds import Tmpfs
from .rounds import Rounds, wall


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    listing = bench.folder / "one.txt"
    listing.write_text("example-1.0-py3-none-any.whl\n")
    ground, rounds = Tmpfs(bench.folder / "start-up"), Rounds()
    cases = {
        "Larder": lambda: bench.meter.run(bench.tools.run_larder(listing, ground.fresh())),
        "dumb-pypi": lambda: bench.meter.run(bench.tools.run_dumb_pypi(listing, ground.fresh())),
        "true": lambda: bench.meter.run(["true"]),
    }
    # A process start is short, so that single ones tell little.
    rounds.measure(bench.rounds * 4, cases)
    ground.close()
    table = bench.report.ratios("Start-up: an index of one file with the shipped command")
    table.compare("start-up, wall", bars.START_UP, rounds, "Larder", "dumb-pypi", wall)
    table.compare("start-up / true", bars.NO_LESS_IS_BETTER, rounds, "Larder", "true", wall)
