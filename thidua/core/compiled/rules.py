"""Quy tắc biên dịch sẵn: the arithmetic of each leaf kind in whole numbers (FORMAT section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from thidua.core.compiled.exact import Exact, ratio
from thidua.core.compiled.frame import Cell, Frame, Pair, ResultAlone
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.node import (
    Bounds,
    Count,
    Flag,
    Leader,
    Linear,
    RankTable,
    Steps,
)
from thidua.core.number import ZERO

Rule = Callable[[Frame, Any], "Exact | None"]
"""Points of a usable cell on the plan's denominator; None where the scale says nothing."""
Within = Callable[[Exact], bool]


def compile_rule(plan: Plan, slot: Slot) -> Rule:
    """The rule of a leaf."""
    match slot.place.node:
        case Flag() as node:
            return _flag(plan.number(node.hit), plan.number(node.miss))
        case Count() as node:
            return _count(plan, node)
        case Steps() as node:
            return _steps(plan, node)
        case Linear() as node:
            return _linear(plan, node)
        case Leader() as node:
            return _leader(plan, slot, node)
        case RankTable():
            return _rank_table(slot.number)
        case _:
            return _itself


def x_of(plan: Plan) -> Callable[[Cell], Any]:
    """Turn a cell into x: a (target, result) pair into its percent, anything else stays."""
    hundred = 100 * plan.denominator

    def figure(cell: Cell) -> Any:
        return ratio(hundred * cell[1], cell[0]) if isinstance(cell, tuple) else cell

    return figure


def compile_bounds(plan: Plan, bounds: Bounds) -> tuple[str | None, Within]:
    """The text a band stands for, if any, and the test of a number against it."""
    if isinstance(bounds.eq, str):
        return bounds.eq if bounds == Bounds(eq=bounds.eq) else None, lambda _x: False
    eq = plan.optional(bounds.eq)
    ge, gt = plan.optional(bounds.ge), plan.optional(bounds.gt)
    le, lt = plan.optional(bounds.le), plan.optional(bounds.lt)

    def within(x: Exact) -> bool:
        return (
            (ge is None or x >= ge)
            and (lt is None or x < lt)
            and (gt is None or x > gt)
            and (le is None or x <= le)
            and (eq is None or x == eq)
        )

    return None, within


def first_band(bands: Sequence[tuple[str | None, Within]], x: Exact | str) -> int | None:
    """The position of the first band that holds x."""
    if isinstance(x, str):
        return next((place for place, band in enumerate(bands) if band[0] == x), None)
    return next((place for place, band in enumerate(bands) if band[1](x)), None)


def _itself(_frame: Frame, cell: Exact) -> Exact:
    return cell


def _flag(hit: Exact, miss: Exact) -> Rule:
    return lambda _frame, cell: hit if cell else miss


def _count(plan: Plan, node: Count) -> Rule:
    each, cap, x = node.each, plan.optional(node.cap), x_of(plan)
    per_one, denominator = plan.number(each), plan.denominator

    def count(_frame: Frame, cell: Cell) -> Exact:
        points = ratio(per_one * x(cell), denominator)
        if cap is None:
            return points
        return max(-cap, min(cap, points))

    return count


def _steps(plan: Plan, node: Steps) -> Rule:
    bands = [compile_bounds(plan, band.bounds) for band in node.bands]
    points = [plan.number(band.points) for band in node.bands]
    otherwise = None if isinstance(node.otherwise, str) else plan.number(node.otherwise)
    x = x_of(plan)

    def steps(_frame: Frame, cell: Cell) -> Exact | None:
        place = first_band(bands, x(cell))
        return otherwise if place is None else points[place]

    return steps


def _linear(plan: Plan, node: Linear) -> Rule:
    origin, per = plan.number(node.origin), plan.number(node.per)
    at, each, whole = plan.number(node.at), plan.number(node.each), node.whole
    cap, floor, x = plan.optional(node.cap), plan.optional(node.floor), x_of(plan)

    def linear(_frame: Frame, cell: Cell) -> Exact:
        above = x(cell) - origin
        points = at + (each * (above // per) if whole else ratio(each * above, per))
        if cap is not None and points > cap:
            points = cap
        return floor if floor is not None and points < floor else points

    return linear


def _leader(plan: Plan, slot: Slot, node: Leader) -> Rule:
    maximum = node.stated_max if node.stated_max is not None else ZERO
    full, for_target = plan.number(maximum), plan.number(maximum * node.at_target)
    rest, number = full - for_target, slot.number
    policy = node.not_assigned_with_result or plan.scale.header.not_assigned_with_result

    def leader(frame: Frame, cell: Pair | ResultAlone) -> Exact:
        column = frame.columns[number]
        if isinstance(cell, ResultAlone):
            best = column.best_unassigned if policy == "own_group" else column.best_result
            return ratio(full * cell.result, best)
        target, result = cell
        if result <= target:
            return ratio(for_target * result, target)
        surplus, over = column.best_surplus
        return for_target + ratio(rest * (result - target) * over, target * surplus)

    return leader


def _rank_table(number: int) -> Rule:
    return lambda frame, cell: frame.columns[number].places[cell]
