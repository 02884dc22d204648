"""Kết quả phép thử: how often each unit stands on each rank, and how often two change places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from thidua.core.firmness import Cell
from thidua.core.result import Result, UnitResult
from thidua.core.scale import Scale
from thidua.year.scoring.draws.ranks import Drawn

TAIL = 20  # one draw in twenty lies below the span shown, one in twenty above


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTally:
    """One ranked unit: `times` on rank 1, 2, …; `span` holds the middle nine tenths of draws."""

    unit: str
    rank: int
    figure: Fraction
    times: tuple[int, ...]
    unranked: int
    span: tuple[Fraction, Fraction]

    @property
    def kept(self) -> int:
        """In how many draws the unit keeps its rank."""
        return self.times[self.rank - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTally:
    """Two ranked units, `first` standing before `second` or level with it.

    `swapped`: draws in which the second stands before the first; `level`: they share a rank.
    """

    first: UnitTally
    second: UnitTally
    swapped: int
    level: int

    @property
    def margin(self) -> Fraction:
        """By how much the first is ahead, in the figure units are ranked by."""
        return self.first.figure - self.second.figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """All draws of one table; units and pairs in the order of their ranks."""

    seed: str
    draws: int
    moving: int
    by_percent: bool
    decimals: int
    units: tuple[UnitTally, ...]
    pairs: tuple[PairTally, ...]

    @property
    def neighbours(self) -> tuple[PairTally, ...]:
        """Each unit with the one right behind it."""
        order = {unit.unit: place for place, unit in enumerate(self.units)}
        return tuple(
            pair for pair in self.pairs if order[pair.second.unit] - order[pair.first.unit] == 1
        )


def tally(
    scale: Scale,
    result: Result,
    drawn: Drawn,
    *,
    cells: Sequence[Cell],
    seed: str,
    aside: Collection[str],
) -> Tally:
    """Count the draws of the units that are ranked now."""
    rows = [
        (row, unit)
        for row, unit in enumerate(result.units)
        if unit.rank is not None and unit.unit not in aside
    ]
    rows.sort(key=lambda one: (one[1].rank or 0, one[1].unit))
    places = {unit.unit: _rank_now(rows, unit) for _, unit in rows}
    units = {
        row: _unit(scale, unit, drawn, row, rank=places[unit.unit], places=len(rows))
        for row, unit in rows
    }
    moving = {unit.unit for unit in units.values()}
    return Tally(
        seed=seed,
        draws=drawn.ranks.shape[1],
        moving=sum(1 for cell in cells if cell.unit in moving),
        by_percent=scale.ranking.key == "percent",
        decimals=drawn.decimals,
        units=tuple(units.values()),
        pairs=tuple(_pairs(drawn, units)),
    )


def _rank_now(rows: Sequence[tuple[int, UnitResult]], unit: UnitResult) -> int:
    """The rank among the units that take a place; those set aside leave no gap."""
    return 1 + sum(1 for _, other in rows if (other.rank or 0) < (unit.rank or 0))


def _unit(  # the unit, where its row is, how many places there are
    scale: Scale, unit: UnitResult, drawn: Drawn, row: int, *, rank: int, places: int
) -> UnitTally:
    counts = np.bincount(drawn.ranks[row], minlength=places + 1)
    figure = unit.total if scale.ranking.key == "points" else unit.percent
    ordered = np.sort(drawn.figures[row])
    edge = len(ordered) // TAIL
    step = 10**drawn.decimals
    return UnitTally(
        unit=unit.unit,
        rank=rank,
        figure=Fraction(0) if figure is None else figure,
        times=tuple(int(count) for count in counts[1:]),
        unranked=int(counts[0]),
        span=(Fraction(int(ordered[edge]), step), Fraction(int(ordered[-1 - edge]), step)),
    )


def _pairs(drawn: Drawn, units: dict[int, UnitTally]) -> list[PairTally]:
    rows = list(units)
    found = []
    for place, first in enumerate(rows):
        for second in rows[place + 1 :]:
            one, other = drawn.ranks[first], drawn.ranks[second]
            both = (one > 0) & (other > 0)
            found.append(
                PairTally(
                    first=units[first],
                    second=units[second],
                    swapped=int(np.count_nonzero(both & (other < one))),
                    level=int(np.count_nonzero(both & (other == one))),
                )
            )
    return found
