"""Runs all installers against all indexes, and writes what came of it into Docs/Clients.md.

    .venv/bin/python Tests/EndToEnd/client_matrix.py --record

`--clients` and `--indexes` run a part of it, by patterns such as `pip*`, and only print it.
pip 9 needs a Python 3.6, of pyenv or on the path, and a network of its own needs root.
"""

import argparse
import itertools
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from matrix import indexes, roster, running, scenarios, table
from support import bare_network

PAGE = Path(__file__).resolve().parents[2] / "Docs" / "Clients.md"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true", help="write Docs/Clients.md")
    parser.add_argument("--clients", default="*", help="a pattern of names and versions")
    parser.add_argument("--indexes", default="*", help="a pattern of columns")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        clients = [
            entry.make(folder / "clients")
            for entry in roster.ALL
            if fnmatch(entry.name, given.clients)
        ]
        # What comes from a registry is there; from here on, no index is in reach but the tried one.
        bare_network.enter()
        columns = [index for index in indexes.ALL if fnmatch(index.name, given.indexes)]
        found = running.run(
            list(itertools.product(clients, columns, scenarios.ALL)),
            folder,
            tell=lambda line: print(line, file=sys.stderr),
        )
    for key, (outcome, said) in found.items():
        if outcome == running.NO:
            print(f"{': '.join(key)}: {said}", file=sys.stderr)
    if given.record:
        PAGE.write_text(table.render({key: outcome for key, (outcome, _) in found.items()}))


if __name__ == "__main__":
    main()
