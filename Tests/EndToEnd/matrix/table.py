"""The page Docs/Clients.md: written from outcomes, and read back."""

import re

from matrix import indexes, limits, scenarios
from matrix.running import CANNOT, NO, YES

HEAD = """\
# Clients

What each installer can do with an index of Larder, and with one that dumb-pypi 1.15.0 made of the
same list. Each cell was run: real servers, real packages, an environment for each client, and no
other index within reach. `yes` is as it should be, `no` is not, and `–` is what a client has no way
to do, or none before a later version; the number leads to the reason.

`.venv/bin/python Tests/EndToEnd/client_matrix.py --record` writes this page, in half an hour. The
tests run some of its cells again, and compare. pip 9 runs on Python 3.6, all others on 3.11.

**Indexes.** nginx is set up as in [The tree](Tree.md), and serves JSON to those who ask for it;
`http.server` is Python's, and serves HTML. S3 is moto with no server before it: the page of a
project is at the key that ends with a slash, by [`"index_keys": "both"`](Sinks.md#a-bucket) in
HTML, by `"json_at_slash": true` in JSON. dumb-pypi writes HTML only: every server sends the same.

**Ways.**

{ways}

Upload times are asked for by `--uploaded-prior-to` (pip, pip-tools; pipenv and Hatch hand pip its
variable `PIP_UPLOADED_PRIOR_TO`), `--exclude-newer` (uv, pdm), and as an age (Poetry). What pip
before 22.2 chooses is seen by what it installs. pipenv is given the URL without the slash at its
end: with it, it asks for `simple//app/` too, which is another key in a bucket.

## All in all

{summary}"""
CELL = re.compile(r"(yes|no|–)(?: \((\d+)\))?")


def render(outcomes):
    """The page of outcomes by (client, scenario, index); LookupError where a reason is missing."""
    notes = []
    clients = list(dict.fromkeys(client for client, _, _ in outcomes))
    parts = []
    for client in clients:
        rows = [["", *(index.name for index in indexes.ALL)]]
        for scenario in scenarios.ALL:
            cells = [cell(outcomes, notes, client, scenario, index) for index in indexes.ALL]
            rows.append([scenario, *cells])
        parts.append(f"## {client}\n\n{lines(rows)}")
    ways = "\n".join(f"- {name}: {spoken(way)}" for name, way in scenarios.ALL.items())
    head = HEAD.format(ways=ways, summary=lines(summary(outcomes, clients)))
    reasons = "\n".join(f"{number}. {note}" for number, note in enumerate(notes, 1))
    return "\n".join([head, *parts, f"## Reasons\n\n{reasons}\n"])


def spoken(scenario):
    """A docstring as the end of a sentence."""
    text = " ".join(scenario.__doc__.split())
    return text[0].lower() + text[1:]


def cell(outcomes, notes, client, scenario, index):
    outcome = outcomes[client, scenario, index.name]
    if outcome == YES:
        return outcome
    note = limits.of(client, scenario, index.name)
    if note not in notes:
        notes.append(note)
    return f"{outcome} ({notes.index(note) + 1})"


def summary(outcomes, clients):
    """For each client, how many cells of Larder and of dumb-pypi there are of each kind."""
    yield ["", "Larder: yes", "no", "–", "dumb-pypi: yes", "no", "–"]
    for client in clients:
        row = [client]
        for makers in (indexes.LARDER, indexes.DUMB_PYPI):
            names = {index.name for index in makers}
            found = [
                outcome
                for (who, _, index), outcome in outcomes.items()
                if who == client and index in names
            ]
            row += [str(found.count(kind)) for kind in (YES, NO, CANNOT)]
        yield row


def lines(rows):
    """A table of Markdown."""
    head, *body = rows
    rows = [head, ["---"] * len(head), *body]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def parse(page):
    """The (outcome, reason) of each (client, scenario, index) that a page tells."""
    reasons = dict(re.findall(r"^(\d+)\. (.+)$", page.partition("\n## Reasons\n")[2], re.MULTILINE))
    found = {}
    for client, text in re.findall(r"^## ([^\n]+)\n\n(\|.+?\n)\n", page, re.MULTILINE | re.DOTALL):
        head, _, *body = [split(line) for line in text.splitlines()]
        for scenario, *cells in body if "nginx" in head else []:
            for index, written in zip(head[1:], cells, strict=True):
                outcome, number = CELL.fullmatch(written).groups()
                found[client, scenario, index] = outcome, reasons[number] if number else None
    return found


def split(line):
    return [part.strip() for part in line.strip().strip("|").split("|")]
