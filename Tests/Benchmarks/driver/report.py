"""Tables of ratios, each beside the bars that it must reach."""

from dataclasses import dataclass
from statistics import median

NOT_MEASURED = "not measured in this run"


@dataclass(frozen=True)
class Bar:
    """A safe bar, which must be reached, and a moonshot, which is hoped for.

    `at_least` says whether more is better: such ratios are the peer's cost divided by Larder's,
    the others are Larder's divided by the peer's.
    """

    at_least: bool
    safe: float | None
    moonshot: float | None
    unit: str = "x"

    def cells(self, value):
        return [self._cell(value, limit) for limit in (self.safe, self.moonshot)]

    def _cell(self, value, limit):
        if limit is None:
            return "-"
        bound = f"{'>=' if self.at_least else '<='} {limit:g}{self.unit}"
        if value is None:
            return bound
        is_reached = value >= limit if self.at_least else value <= limit
        return f"{bound} {'reached' if is_reached else 'MISSED'}"


class Report:
    """What is printed at the end, and how many bars were missed."""

    def __init__(self):
        self.parts = []
        self.missed = {"safe": [], "moonshot": []}

    def note(self, text):
        self.parts.append(text)

    def table(self, title, columns):
        table = Table(title, columns)
        self.parts.append(table)
        return table

    def ratios(self, title):
        columns = ["what", "Larder", "peer", "peer's", "ratio", "safe bar", "moonshot bar"]
        return Ratios(self, self.table(title, columns))

    def text(self):
        verdict = [
            f"Missed {kind} bars, of those measured: {', '.join(missed) or 'none'}."
            for kind, missed in self.missed.items()
        ]
        return "\n\n".join([*map(str, self.parts), "\n".join(verdict)])


class Ratios:
    """A table whose rows compare Larder with a peer."""

    def __init__(self, report, table):
        self.report = report
        self.table = table

    def compare(self, what, bar, rounds, ours, peer, quantity, peer_quantity=None):
        """Adds a row of two cases of one round robin; `ours` and `peer` name them."""
        values = rounds.values(ours, quantity)
        if not rounds.has(peer):
            self.add(what, bar, spread(values), peer, NOT_MEASURED, None)
            return
        peers = rounds.values(peer, peer_quantity or quantity)
        pairs = zip(peers, values) if bar.at_least else zip(values, peers)
        ratio = median(a / b for a, b in pairs)
        self.add(what, bar, spread(values), peer, spread(peers), ratio)

    def add(self, what, bar, ours, peer, peers, ratio):
        """Adds a row; `ratio` is None when it was not measured."""
        text = "-" if ratio is None else f"{number(ratio)}{bar.unit}"
        cells = bar.cells(ratio)
        self.table.add(what, ours, peer, peers, text, *cells)
        for kind, cell in zip(self.report.missed, cells):
            if "MISSED" in cell:
                self.report.missed[kind].append(f"{what} ({text})")


class Table:
    """Rows of text under a title, as Markdown that is also aligned."""

    def __init__(self, title, columns):
        self.title = title
        self.rows = [columns]

    def add(self, *cells):
        self.rows.append([str(cell) for cell in cells])

    def __str__(self):
        widths = [max(map(len, column)) for column in zip(*self.rows)]
        lines = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
            for row in self.rows
        ]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return f"### {self.title}\n\n" + "\n".join(lines)


def spread(values):
    """The median of times in seconds, with the least and the greatest of several."""
    middle = duration(median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({duration(min(values))} to {duration(max(values))})"


def duration(seconds):
    return f"{number(seconds)} s" if seconds >= 1 else f"{number(seconds * 1000)} ms"


def number(value):
    """Three significant digits, and never an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def megabytes(mebibytes):
    return f"{mebibytes:,.0f} MiB"
