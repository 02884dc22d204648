"""Điều kiện biên dịch sẵn: conditions as functions of a frame (FORMAT section 4, Conditions)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from thidua.core.compiled.exact import Exact, as_scalar, ratio
from thidua.core.compiled.frame import Asked, Frame
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.condition import All, Any, Comparison, Condition, Not, Scalar, Test
from thidua.core.logic import Truth, compare, negation

Fact = Callable[[Frame], "Scalar | Exact | None"]


def compile_condition(plan: Plan, condition: Condition, copy: int | None = None) -> Asked:
    """A function that says whether the condition holds for a frame: True, False, None."""
    match condition:
        case Test():
            return _compile_test(plan, condition, copy)
        case Not(part):
            inner = compile_condition(plan, part, copy)
            return lambda frame: negation(inner(frame))
        case All(parts):
            return _every([compile_condition(plan, part, copy) for part in parts])
        case Any(parts):
            return _some([compile_condition(plan, part, copy) for part in parts])


def compile_fact(plan: Plan, subject: str, name: str, copy: int | None = None) -> Fact:
    """A function that gives the fact of a test or tie-break in plain figures; None if unknown."""
    if subject == "field":
        return lambda frame: frame.facts.get(name)
    if subject == "total":
        decimals = plan.scale.header.decimals
        if name == "percent":
            decimals = plan.scale.header.percent_decimals
        return _total(name, 10**decimals)
    slots = plan.referred(name, copy)
    ask = _points if subject == "points" else _percent
    facts = [(slot.number, ask(slot, plan.denominator)) for slot in slots]
    return _first_reached(facts)


def _first_reached(facts: Sequence[tuple[int, Fact]]) -> Fact:
    def reached(frame: Frame) -> Scalar | Exact | None:
        for slot, fact in facts:
            if frame.states[slot] is not None:
                return fact(frame)
        return None

    return reached


def _total(name: str, steps: int) -> Fact:
    def total(frame: Frame) -> Fraction | None:
        figure = frame.total if name == "points" else frame.percent
        return None if figure is None else Fraction(figure, steps)

    return total


def _points(slot: Slot, denominator: int) -> Fact:
    def points(frame: Frame) -> Exact | None:
        found = frame.points[slot.number]
        return None if found is None else ratio(found, denominator)

    return points


def _percent(slot: Slot, _denominator: int) -> Fact:
    def percent(frame: Frame) -> Exact | None:
        maximum = frame.shown_maximum(slot)
        found = frame.points[slot.number]
        return None if found is None or not maximum else ratio(100 * found, maximum)

    return percent


def _compile_test(plan: Plan, test: Test, copy: int | None) -> Asked:
    fact, comparisons, given = (
        compile_fact(plan, test.subject, test.name, copy),
        test.comparisons,
        test.given,
    )

    def holds(frame: Frame) -> Truth:
        found = fact(frame)
        if given is not None and (found is not None) != given:
            return False
        if found is None:
            return None if comparisons else True
        return _agrees(comparisons, found)

    return holds


def _agrees(comparisons: Sequence[Comparison], found: Scalar | Exact) -> bool:
    value = as_scalar(found)
    return all(compare(comparison, value) for comparison in comparisons)


def _every(parts: Sequence[Asked]) -> Asked:
    def every(frame: Frame) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(frame)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return every


def _some(parts: Sequence[Asked]) -> Asked:
    def some(frame: Frame) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(frame)
            if found:
                return True
            if found is None:
                truth = None
        return truth

    return some
