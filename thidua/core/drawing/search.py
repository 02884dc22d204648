"""Tìm hết mọi cách phân công: finds an assignment or proves that there is none.

The unit with the fewest possible checkers comes next; a branch is left as soon as a unit cannot be
checked often enough or the loads can no longer come out even.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from thidua.core.drawing.conditions import Conditions, Pair
from thidua.core.drawing.seed import place_of


def search(conditions: Conditions, seed: str) -> tuple[Pair, ...] | None:
    """The first assignment in the order of the seed; None when no assignment exists."""
    ordered = sorted(conditions.checkers, key=lambda one: place_of(seed, 0, one, 0))
    chosen = _Search(conditions, ordered).run({})
    if chosen is None:
        return None
    return tuple((unit, one) for unit in conditions.units for one in chosen[unit])


class _Search:
    """One search; ``ordered`` are the checkers in the order in which they are tried."""

    def __init__(self, conditions: Conditions, ordered: list[str]) -> None:
        self.conditions = conditions
        self.ordered = ordered
        self.loads: Counter[str] = Counter()

    def run(self, chosen: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]] | None:
        """Complete a choice, or None when it cannot be completed."""
        open_units = [one for one in self.conditions.units if one not in chosen]
        if not open_units:
            return chosen if self._even() else None
        able = {unit: self._able(unit, chosen) for unit in open_units}
        if not self._room(able):
            return None
        unit = min(open_units, key=lambda one: len(able[one]))
        for team in combinations(able[unit], self.conditions.each):
            self.loads.update(team)
            found = self.run({**chosen, unit: team})
            self.loads.subtract(team)
            if found is not None:
                return found
        return None

    def _able(self, unit: str, chosen: dict[str, tuple[str, ...]]) -> list[str]:
        full = self._full()
        return [
            one
            for one in self.ordered
            if self.loads[one] < full
            and not self.conditions.forbidden((unit, one))
            and (self.conditions.mutual or unit not in chosen.get(one, ()))
        ]

    def _full(self) -> int:
        """The load that a checker may still reach: one above the least while extras are left."""
        least = self.conditions.least
        above = sum(1 for one in self.ordered if self.loads[one] > least)
        return least + 1 if above < self.conditions.extra else least

    def _even(self) -> bool:
        return all(self.loads[one] >= self.conditions.least for one in self.ordered)

    def _room(self, able: dict[str, list[str]]) -> bool:
        """Whether every open unit and every checker below the least can still be served."""
        offers = Counter(one for found in able.values() for one in found)
        return all(len(found) >= self.conditions.each for found in able.values()) and all(
            self.loads[one] + offers[one] >= self.conditions.least for one in self.ordered
        )
