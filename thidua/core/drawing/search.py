"""Tìm hết mọi cách phân công: finds an assignment or proves that there is none.

The unit with the fewest possible checkers comes next. A branch is left as soon as the open checks
can no longer be dealt out (`room.has_room`).
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from thidua.core.drawing.conditions import Conditions, Pair
from thidua.core.drawing.room import has_room
from thidua.core.drawing.seed import place_of

STEPS = 3_000


class Unsettled(Exception):
    """The search was given up before it found an assignment or proved that there is none."""


def search(conditions: Conditions, seed: str, *, steps: int = STEPS) -> tuple[Pair, ...] | None:
    """The first assignment in the order of the seed; None when no assignment exists.

    Raises `Unsettled` after so many branches: conditions that nearly exclude each other.
    """
    ordered = sorted(conditions.checkers, key=lambda one: place_of(seed, 0, one, 0))
    chosen = _Search(conditions, ordered, steps).run({})
    if chosen is None:
        return None
    return tuple((unit, one) for unit in conditions.units for one in chosen[unit])


class _Search:
    """One search; ``ordered`` are the checkers in the order in which they are tried."""

    def __init__(self, conditions: Conditions, ordered: list[str], steps: int) -> None:
        self.conditions = conditions
        self.ordered = ordered
        self.loads: Counter[str] = Counter()
        self.steps = steps

    def run(self, chosen: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]] | None:
        """Complete a choice, or None when it cannot be completed."""
        self._count_step()
        open_units = [one for one in self.conditions.units if one not in chosen]
        able = {unit: self._able(unit, chosen) for unit in open_units}
        if not has_room(self.conditions, able, self.loads):
            return None
        if not open_units:
            return chosen
        unit = min(open_units, key=lambda one: len(able[one]))
        for team in combinations(able[unit], self.conditions.each):
            self.loads.update(team)
            found = self.run({**chosen, unit: team})
            self.loads.subtract(team)
            if found is not None:
                return found
        return None

    def _count_step(self) -> None:
        if self.steps == 0:
            raise Unsettled
        self.steps -= 1

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
