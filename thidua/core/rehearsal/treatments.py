"""Cách xử lý khi không được giao chỉ tiêu: what each would make of totals and ranks (FORMAT 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

from thidua.core.node import (
    Case,
    Ledger,
    Node,
    NotApplicable,
    NotAssignedWithResult,
    Pick,
    Sum,
    Switch,
)
from thidua.core.result import Result
from thidua.core.scale import Scale
from thidua.core.score import score
from thidua.core.sheet import SheetSet


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment, applied to every line of the scale; `now` where the draft states just it."""

    name: NotApplicable | NotAssignedWithResult
    result: Result
    now: bool


def not_applicable_treatments(scale: Scale, sheets: SheetSet) -> list[Treatment]:
    """Lines without target dropped, given in full, given 0, or scored by a substitute."""
    stated = {scale.header.not_applicable} | {
        node.not_applicable for node in scale.walk() if node.not_applicable is not None
    }
    return [
        Treatment(name, score(_with_policy(scale, name), sheets), stated == {name})
        for name in get_args(NotApplicable)
    ]


def unassigned_treatments(scale: Scale, sheets: SheetSet) -> list[Treatment]:
    """A result without target left out, held against the best of all, or of units like it."""
    stated = {scale.header.not_assigned_with_result} | {
        node.not_assigned_with_result
        for node in scale.walk()
        if node.not_assigned_with_result is not None
    }
    return [
        Treatment(name, score(_with_unassigned(scale, name), sheets), stated == {name})
        for name in get_args(NotAssignedWithResult)
    ]


def _with_policy(scale: Scale, policy: NotApplicable) -> Scale:
    header = replace(scale.header, not_applicable=policy)
    sections = tuple(
        rebuilt(node, lambda one: replace(one, not_applicable=None)) for node in scale.sections
    )
    return replace(scale, header=header, sections=sections)


def _with_unassigned(scale: Scale, policy: NotAssignedWithResult) -> Scale:
    header = replace(scale.header, not_assigned_with_result=policy)
    sections = tuple(
        rebuilt(node, lambda one: replace(one, not_assigned_with_result=None))
        for node in scale.sections
    )
    return replace(scale, header=header, sections=sections)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """A tree with every node changed, children before their group."""
    match node:
        case Sum() | Ledger() | Pick():
            items = tuple(rebuilt(item, change) for item in node.items)
            return change(replace(node, items=items))
        case Switch():
            cases = tuple(Case(one.bounds, rebuilt(one.item, change)) for one in node.cases)
            return change(replace(node, cases=cases))
        case _:
            return change(node)
