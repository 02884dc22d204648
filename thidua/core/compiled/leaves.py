"""Dòng chấm biên dịch sẵn: one function per leaf; the common case is decided first."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from thidua.core.compiled.conditions import compile_condition
from thidua.core.compiled.exact import Exact
from thidua.core.compiled.frame import MARKERS, Asked, Cell, Frame, Judge, Step
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.compiled.rules import Rule, compile_rule
from thidua.core.figure import MISSING, NOT_APPLICABLE, Bad
from thidua.core.node import Flag
from thidua.core.rounding import round_whole

Finish = Callable[[Frame, Exact], "Exact | None"]


def compile_leaf(plan: Plan, slot: Slot) -> Step:
    """The step of a leaf; the cell of a plain line is scored at once, anything else is judged."""
    node, number = slot.place.node, slot.number
    rule = compile_rule(plan, slot)
    judge = _compile_judge(plan, slot, rule)
    is_plain = (
        node.when is None
        and node.exempt_when is None
        and not (isinstance(node, Flag) and node.condition)
        and plan.scale.header.round_at == "total"
    )

    def step(frame: Frame) -> Exact | None:
        cell = frame.cells[number]
        if is_plain and not isinstance(cell, MARKERS) and number not in frame.overrides:
            points = rule(frame, cell)
            if points is not None:
                frame.points[number] = points
                frame.states[number] = "scored"
                return points
        return override(frame, slot, judge(frame, cell))

    return step


def override(frame: Frame, slot: Slot, points: Exact | None) -> Exact | None:
    """Put points set by hand in place of those found; an n/a line gets its maximum back."""
    number = slot.number
    by_hand = frame.overrides.get(number)
    if by_hand is None:
        return points
    if frame.states[number] == "na":
        frame.lost.pop(number, None)
    frame.points[number] = by_hand
    frame.states[number] = "override"
    return by_hand


def set_not_applicable(frame: Frame, slot: Slot) -> Exact | None:
    """Apply the policy of the node (FORMAT section 6)."""
    if slot.policy == "substitute":
        frame.leave(slot.number, "missing")
        return None
    points: Exact | None = {"full_marks": slot.maximum, "zero": 0}.get(slot.policy)
    frame.points[slot.number] = points
    frame.states[slot.number] = "na"
    frame.so_far.pop(slot.number, None)
    frame.lost.pop(slot.number, None)
    if points is None:
        frame.lost[slot.number] = slot.maximum
    return points


def switched_off(frame: Frame, slot: Slot, when: Asked) -> bool:
    """Whether `when` keeps a place from being evaluated; sets its state if so."""
    truth = when(frame)
    if truth:
        return False
    frame.points[slot.number] = None if truth is None else 0
    frame.states[slot.number] = "missing" if truth is None else "off"
    return True


def _compile_judge(plan: Plan, slot: Slot, rule: Rule) -> Judge:
    node, number, copy = slot.place.node, slot.number, slot.place.copy
    when = compile_condition(plan, node.when, copy) if node.when is not None else None
    decided_by = None
    if isinstance(node, Flag) and node.condition is not None:
        decided_by = compile_condition(plan, node.condition, copy)
    finish = _compile_finish(plan, slot)

    def judge(frame: Frame, cell: Cell) -> Exact | None:
        if cell is NOT_APPLICABLE:
            return set_not_applicable(frame, slot)
        if when is not None and switched_off(frame, slot, when):
            return frame.points[number]
        if decided_by is not None:
            truth = decided_by(frame)
            cell = MISSING if truth is None else truth
        if cell is MISSING:
            return frame.leave(number, "missing")
        if isinstance(cell, Bad):
            return frame.leave(number, "error")
        points = rule(frame, cell)
        return frame.leave(number, "undecided") if points is None else finish(frame, points)

    return judge


def _compile_finish(plan: Plan, slot: Slot) -> Finish:
    node, header = slot.place.node, plan.scale.header
    exempt = None
    if node.exempt_when is not None:
        exempt = compile_condition(plan, node.exempt_when, slot.place.copy)
    steps = 10**header.decimals if header.round_at == "leaf" else 0
    grid = plan.denominator // steps if steps else 1

    def finish(frame: Frame, points: Exact) -> Exact | None:
        if exempt is not None:
            truth = exempt(frame)
            if truth is None:
                return frame.leave(slot.number, "missing")
            points = 0 if truth and points < 0 else points
        if steps:
            figure = Fraction(points)
            parts = figure.denominator * grid
            points = grid * round_whole(figure.numerator, parts, header.rounding)
        return frame.settle(slot.number, points)

    return finish
