"""Điều kiện của phân công: what every draw must respect, and which pairs break what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

Pair = tuple[str, str]
"""(the unit whose sheet is checked, the unit that checks it)"""

OWN, MUTUAL, LAST_YEAR, CONFLICT, LOAD, COUNT = (
    "DRAW-1", "DRAW-2", "DRAW-3", "DRAW-4", "DRAW-5", "DRAW-6",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The conditions of one draw.

    ``units`` are checked, in the order of the founding decision; ``checkers`` check (the same units
    unless the bloc leaves one out); ``each`` is how many check one unit. ``last_year`` and
    ``conflicts`` are pairs that may not come up. ``mutual`` False: no two may check each other.
    """

    units: Sequence[str]
    checkers: Sequence[str]
    each: int = 1
    last_year: frozenset[Pair] = frozenset()
    conflicts: frozenset[Pair] = frozenset()
    mutual: bool = False

    @property
    def lots(self) -> int:
        """How many checks there are to give out."""
        return len(self.units) * self.each

    @property
    def least(self) -> int:
        """How many checks every checker does at least; nobody does more than one above it."""
        return self.lots // len(self.checkers)

    @property
    def extra(self) -> int:
        """How many checkers do one more than the least."""
        return self.lots % len(self.checkers)

    def without(self, condition: str) -> Conditions:
        """The same draw with one condition given up."""
        if condition == MUTUAL:
            return replace(self, mutual=True)
        if condition == LAST_YEAR:
            return replace(self, last_year=frozenset())
        return replace(self, conflicts=frozenset())

    def forbidden(self, pair: Pair) -> bool:
        """Whether a pair may not come up, whatever the others are."""
        return pair[0] == pair[1] or pair in self.last_year or pair in self.conflicts


def broken(conditions: Conditions, pairs: Collection[Pair]) -> list[tuple[str, Pair | None]]:
    """Every condition that a set of pairs breaks, with the pair that breaks it; [] when none."""
    return [
        *((OWN, pair) for pair in pairs if pair[0] == pair[1]),
        *((MUTUAL, pair) for pair in _mutual(conditions, pairs)),
        *((LAST_YEAR, pair) for pair in pairs if pair in conditions.last_year),
        *((CONFLICT, pair) for pair in pairs if pair in conditions.conflicts),
        *_uneven(conditions, pairs),
    ]


def _mutual(conditions: Conditions, pairs: Collection[Pair]) -> list[Pair]:
    if conditions.mutual:
        return []
    known = set(pairs)
    return [pair for pair in pairs if pair[0] < pair[1] and (pair[1], pair[0]) in known]


def _uneven(conditions: Conditions, pairs: Collection[Pair]) -> list[tuple[str, None]]:
    loads = Counter(checker for _, checker in pairs)
    checked = Counter(unit for unit, _ in set(pairs))
    even = {loads[one] for one in conditions.checkers} <= {conditions.least, conditions.least + 1}
    whole = all(checked[one] == conditions.each for one in conditions.units)
    strangers = set(loads) - set(conditions.checkers) or set(checked) - set(conditions.units)
    return [
        *([] if even else [(LOAD, None)]),
        *([] if whole and not strangers and len(set(pairs)) == len(pairs) else [(COUNT, None)]),
    ]
