"""Docs/Clients.md is true: it has all cells, each has its reason, and some are run again."""

import itertools

import pytest

from client_matrix import PAGE
from matrix import indexes, roster, running, scenarios, table

RECORDED = table.parse(PAGE.read_text())
#: What is run again: the rows of each client, over one index.
AGAIN = [
    ("pip 20.3.4", "http.server", ["install", "yanked", "names"]),
    ("pip 26.3", "nginx", ["hash-checking", "metadata only", "upload times"]),
    ("pip 26.3", "dumb-pypi, nginx", ["upload times", "epochs, local versions"]),
    ("uv 0.13.9", "S3, JSON", list(scenarios.ALL)),
    ("uv 0.13.9", "dumb-pypi, nginx", ["upload times", "epochs, local versions"]),
    ("poetry 2.5.1", "nginx", ["metadata only", "upload times"]),
]


def test_the_table_has_all_cells():
    clients = [entry.name for entry in roster.ALL]
    columns = [index.name for index in indexes.ALL]
    assert set(RECORDED) == set(itertools.product(clients, scenarios.ALL, columns))


def test_each_cell_that_is_not_green_has_a_reason_and_none_is_dumb_pypis_in_larders_columns():
    ours = {index.name for index in indexes.LARDER}
    for (client, scenario, index), (outcome, reason) in RECORDED.items():
        assert (outcome == running.YES) == (reason is None), (client, scenario, index)
        assert index not in ours or not (reason or "").startswith("dumb-pypi"), reason


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """The cells that are run again, with what was said."""
    folder = tmp_path_factory.mktemp("matrix")
    entries = {entry.name: entry for entry in roster.ALL}
    columns = {index.name: index for index in indexes.ALL}
    chosen = [
        (entries[client].make(folder / "clients"), columns[index], name)
        for client, index, names in AGAIN
        for name in names
    ]
    return running.run(chosen, folder)


def test_cells_that_are_run_again_come_out_as_the_table_says(again):
    for key, (outcome, said) in again.items():
        assert outcome == RECORDED[key][0], f"{key}: {said}"
