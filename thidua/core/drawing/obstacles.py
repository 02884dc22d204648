"""Vì sao không bốc thăm được: which conditions must give so that a draw exists."""

from __future__ import annotations

from itertools import combinations

from thidua.core.drawing.conditions import CONFLICT, LAST_YEAR, MUTUAL, Conditions
from thidua.core.drawing.search import Unsettled, search

MAY_GIVE = (LAST_YEAR, CONFLICT, MUTUAL)  # the lighter to give up comes first


def obstacles(conditions: Conditions) -> list[tuple[str, ...]]:
    """The smallest sets of conditions whose giving up makes a draw possible.

    [] when nobody can be drawn even then: too few units. Ask only where `draw` found none.
    """
    for size in range(1, len(MAY_GIVE) + 1):
        found = [given for given in combinations(MAY_GIVE, size) if _possible(conditions, given)]
        if found:
            return found
    return []


def _possible(conditions: Conditions, given: tuple[str, ...]) -> bool:
    for one in given:
        conditions = conditions.without(one)
    try:
        return search(conditions, "") is not None
    except Unsettled:
        return False
