"""The differences between dumb-pypi and Larder that are meant, as small rules.

Each rule changes what dumb-pypi reads or what it has made into what Larder reads or makes; after
all of them nothing may differ. Each is a row of differences-dumb-pypi.md, which gives the reason.
The rules are in four files; this one applies them.
"""

from typing import Any

import differences_of_files
import differences_of_input
import differences_of_order
import differences_of_roots
from differences_of_input import drop_refused_names
from index_tree import Index

#: Rules on the records that dumb-pypi reads: each takes and returns a list of records.
ON_INPUT = differences_of_input.RULES
#: Rules on the index that dumb-pypi made: each changes it in place.
ON_INDEX = {
    **differences_of_files.RULES,
    **differences_of_order.RULES,
    **differences_of_roots.RULES,
}

__all__ = ["ON_INDEX", "ON_INPUT", "apply_index", "apply_input", "drop_refused_names"]


def apply_input(records: list[dict[str, Any]], but: str | None = None) -> list[dict[str, Any]]:
    """The records that dumb-pypi reads, by all rules `but` one."""
    for name, rule in ON_INPUT.items():
        if name != but:
            records = rule(records)
    return records


def apply_index(index: Index, but: str | None = None) -> Index:
    """Changes an index of dumb-pypi by all rules `but` one."""
    differences_of_files.remove_stand_ins(index)
    for name, rule in ON_INDEX.items():
        if name != but:
            rule(index)
    return index
