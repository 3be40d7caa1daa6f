"""Runs cells of the matrix for real."""

import traceback
from concurrent.futures import ThreadPoolExecutor

from matrix import packages, scenarios
from matrix.client import Refused, Unsupported

YES, NO, CANNOT = "yes", "no", "–"


def run(cells, folder, workers=2, tell=lambda line: None):
    """Runs cells: (client, index, scenario), each of the three an object, a column, and a name.

    Gives the outcome of each, and what the client said where it is not `yes`, by their names. Cells
    of one index run one after the other: its log tells what each asked for. `workers` is how many
    indexes are at work at once.
    """
    (folder / "pool").mkdir(parents=True)
    made = packages.build(folder / "pool")
    columns = {}
    for client, index, name in cells:
        columns.setdefault(index.name, (index, []))[1].append((client, name))

    def run_column(number, index, wanted):
        (folder / f"server-{number}").mkdir()
        found = {}
        with index.open(made, folder / f"server-{number}") as server:
            for client, name in wanted:
                place = folder / f"cells-{number}" / str(client) / name
                trial = scenarios.Trial(client, server, made, place)
                found[str(client), name, index.name] = attempt(scenarios.ALL[name], trial)
                tell(f"{index.name}: {client}: {name}: {found[str(client), name, index.name][0]}")
        return found

    with ThreadPoolExecutor(workers) as pool:
        columns = pool.map(run_column, range(len(columns)), *zip(*columns.values(), strict=True))
    return {key: outcome for column in columns for key, outcome in column.items()}


def attempt(scenario, trial):
    """`yes`, `no` or `–`, and why."""
    try:
        return (YES, "") if scenario(trial) else (NO, "it chose something else")
    except Unsupported:
        return CANNOT, ""
    except Refused as refused:
        return NO, str(refused)
    except Exception:
        # What a client leaves behind may be anything: the matrix goes on, and says what it was.
        return NO, traceback.format_exc()
