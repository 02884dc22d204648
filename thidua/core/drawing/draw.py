"""Bốc thăm: the attempts, one after another, until one meets every condition.

Attempt t writes each checker on as many lots as it has checks to do (copies 0, 1, …), orders the
lots by `place_of(seed, t, checker, copy)` and deals them to the units in their order, as many to
each as check it. Where some do one check more than others, lots numbered one higher draw who. The
first attempt that breaks no condition is the draw. As every order of the lots is equally likely, so
is every assignment that the conditions allow. Where the conditions are so tight that none of the
attempts meets them, a search that goes through all assignments, in the order of the seed, finds one
or proves that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua.core.drawing.conditions import Conditions, Pair, broken
from thidua.core.drawing.search import search
from thidua.core.drawing.seed import place_of

ATTEMPTS = 5_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pairs in the order of the units, and the attempt they came from.

    ``attempt`` counts from 1; None when the pairs were found by the search.
    """

    pairs: tuple[Pair, ...]
    attempt: int | None


def draw(conditions: Conditions, seed: str, *, attempts: int = ATTEMPTS) -> Drawn | None:
    """The draw that follows from the seed; None when no assignment meets the conditions.

    Raises ValueError for a draw that nobody could mean: no unit or no checker, a name twice, or
    more checkers of a unit than there are; `Unsettled` for conditions too tight to be settled.
    """
    if not conditions.units or not 1 <= conditions.each <= len(conditions.checkers):
        raise ValueError("a draw needs units, and at least as many checkers as check one unit")
    if any(len(set(names)) < len(names) for names in (conditions.units, conditions.checkers)):
        raise ValueError("every unit is named once")
    for attempt in range(1, attempts + 1):
        pairs = dealt(conditions, seed, attempt)
        if not broken(conditions, pairs):
            return Drawn(pairs, attempt)
    found = search(conditions, seed)
    return None if found is None else Drawn(found, None)


def dealt(conditions: Conditions, seed: str, attempt: int) -> tuple[Pair, ...]:
    """The pairs of one attempt, whether or not they meet the conditions."""
    lots = _lots(conditions, seed, attempt)
    return tuple(
        (unit, lots[place * conditions.each + turn])
        for place, unit in enumerate(conditions.units)
        for turn in range(conditions.each)
    )


def _lots(conditions: Conditions, seed: str, attempt: int) -> list[str]:
    """The checkers in the order of their lots; who does one more is drawn by a lot of its own."""
    least = conditions.least
    more = sorted(conditions.checkers, key=lambda one: place_of(seed, attempt, one, least + 1))
    lots = [(one, copy) for one in conditions.checkers for copy in range(least)]
    lots += [(one, least) for one in more[: conditions.extra]]
    return [one for one, copy in sorted(lots, key=lambda lot: place_of(seed, attempt, *lot))]
