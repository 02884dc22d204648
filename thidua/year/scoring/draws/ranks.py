"""Xếp hạng trong mọi phép thử: figures, tie-breaks, gates, ranks of all draws (FORMAT 7.3, 7.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from thidua.core.condition import All, Any, Condition, Not, Scalar, Test
from thidua.core.logic import holds
from thidua.core.scale import Scale, TieBreak
from thidua.core.tie_break import tie_key
from thidua.year.scoring.draws.moving import Moving
from thidua.year.scoring.draws.unit import UnitDraws

Mask = NDArray[np.bool_]
Ranks = NDArray[np.int64]
UNRANKED = 0
SETS_ASIDE = ("unranked", "block")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Every unit in every draw, rows in the order of the sheets.

    `figures` are whole steps of 10^-`decimals`; `ranks` count from 1, 0 is not ranked.
    """

    figures: Ranks
    ranks: Ranks
    decimals: int


def rank_draws(
    scale: Scale, units: Sequence[UnitDraws], *, draws: int, aside: Collection[str]
) -> Drawn:
    """Rank the units anew in every draw."""
    header, key = scale.header, scale.ranking.key
    decimals = header.decimals if key == "points" else header.percent_decimals
    figures = np.zeros((len(units), draws), dtype=np.int64)
    ranked = np.zeros((len(units), draws), dtype=np.bool_)
    for row, unit in enumerate(units):
        figure = unit.total if key == "points" else unit.percent
        if figure is None or unit.total is None or unit.found.unit in aside:
            continue
        figures[row] = _steps(figure, decimals)
        ranked[row] = ~_set_aside(scale, unit, draws)
    ties = [_order(rule, units, draws) for rule in scale.ranking.tie_breaks]
    return Drawn(figures, ranks_of(figures, ties, ranked), decimals)


def ranks_of(figures: Ranks, ties: Sequence[Ranks], ranked: Mask) -> Ranks:
    """Ranks from 1 in each column: high figure first, then low tie keys; equal ones share."""
    ranks = ranked.astype(np.int64)
    for one in range(len(figures)):
        for other in range(one + 1, len(figures)):
            ahead, behind = _compared(figures, ties, one, other)
            both = ranked[one] & ranked[other]
            ranks[other] += ahead & both
            ranks[one] += behind & both
    return ranks


def _compared(figures: Ranks, ties: Sequence[Ranks], one: int, other: int) -> tuple[Mask, Mask]:
    ahead, behind = figures[one] > figures[other], figures[one] < figures[other]
    for keys in ties:
        level = ~(ahead | behind)
        ahead, behind = (
            ahead | (level & (keys[one] < keys[other])),
            behind | (level & (keys[one] > keys[other])),
        )
    return ahead, behind


def _steps(figure: Moving | Fraction, decimals: int) -> NDArray[np.int64] | int:
    if isinstance(figure, Moving):
        return figure.values.astype(np.int64)
    return int(figure * 10**decimals)


def _order(rule: TieBreak, units: Sequence[UnitDraws], draws: int) -> Ranks:
    """The tie-break of every unit and draw as its place among all there are, low first."""
    columns = [_distinct(unit.fact(rule.subject, rule.name), draws) for unit in units]
    keys = [[tie_key(value, order=rule.order) for value in values] for values, _ in columns]
    places = {key: place for place, key in enumerate(sorted({k for one in keys for k in one}))}
    rows = [
        np.array([places[key] for key in one], dtype=np.int64)[index]
        for one, (_, index) in zip(keys, columns, strict=True)
    ]
    return np.array(rows, dtype=np.int64)


def _distinct(
    fact: Scalar | Moving | None, draws: int
) -> tuple[Sequence[Scalar | None], NDArray[np.int64]]:
    if isinstance(fact, Moving):
        return fact.distinct()
    return [fact], np.zeros(draws, dtype=np.int64)


def _set_aside(scale: Scale, unit: UnitDraws, draws: int) -> Mask:
    """The draws in which a gate takes the unit out of the ranking."""
    found = np.zeros(draws, dtype=np.bool_)
    for gate in scale.gates:
        if gate.effect in SETS_ASIDE:
            found |= _truths(gate.when, unit, draws)[0]
    return found


def _truths(condition: Condition, unit: UnitDraws, draws: int) -> tuple[Mask, Mask]:
    """Where a condition holds, and where it does not; elsewhere it is unknown (Kleene)."""
    match condition:
        case Test():
            return _test(condition, unit, draws)
        case Not(part):
            yes, no = _truths(part, unit, draws)
            return no, yes
        case All(parts):
            found = [_truths(part, unit, draws) for part in parts]
            return _every([yes for yes, _ in found], draws), _some([no for _, no in found], draws)
        case Any(parts):
            found = [_truths(part, unit, draws) for part in parts]
            return _some([yes for yes, _ in found], draws), _every([no for _, no in found], draws)


def _test(test: Test, unit: UnitDraws, draws: int) -> tuple[Mask, Mask]:
    values, index = _distinct(unit.fact(test.subject, test.name), draws)
    truths = [holds(test, lambda _, value=value: value) for value in values]  # type: ignore[misc]  # bound at once
    yes = np.array([truth is True for truth in truths], dtype=np.bool_)
    no = np.array([truth is False for truth in truths], dtype=np.bool_)
    return yes[index], no[index]


def _every(masks: Sequence[Mask], draws: int) -> Mask:
    found = np.ones(draws, dtype=np.bool_)
    for mask in masks:
        found &= mask
    return found


def _some(masks: Sequence[Mask], draws: int) -> Mask:
    found = np.zeros(draws, dtype=np.bool_)
    for mask in masks:
        found |= mask
    return found
