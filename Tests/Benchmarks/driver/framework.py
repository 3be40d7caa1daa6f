"""What the framework costs that stages stand in."""

from . import bars
from .rounds import Rounds, user

RECORDS = 1_000_000


def run(bench):
    """Measures and reports; `bench` is the Bench of bench.py."""
    listing = bench.tools.make_list(bench.folder / f"list-{RECORDS}.txt", RECORDS)
    direct = bench.tools.render(listing, "complete")
    rounds = Rounds()
    rounds.measure(
        max(bench.rounds, 7),
        {
            "direct": lambda: bench.meter.run(direct),
            "identity": lambda: bench.meter.run([*direct, "--identity"]),
        },
    )
    table = bench.report.ratios(f"The framework: {RECORDS:,} records, rendered, complete pages")
    table.compare(
        "a transform that keeps all, user", bars.FRAMEWORK, rounds, "identity", "direct", user
    )
