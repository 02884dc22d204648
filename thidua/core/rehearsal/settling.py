"""Cho đủ dòng để có tổng: lines still open in a rehearsal count 0 for whoever lacks a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from thidua.core.result import Result, UnitResult
from thidua.core.scale import Scale
from thidua.core.score import score
from thidua.core.sheet import Input, SheetSet

REASON = "Chạy thử: chưa có số liệu, tạm tính 0 điểm"
MOST_ROUNDS = 6
OPEN = ("missing", "undecided", "error")


@dataclass(frozen=True, slots=True)
class Settled:
    """The sheets with every line decided, their result, and the (unit, line) that were given 0 or
    one of the figures offered."""

    sheets: SheetSet
    result: Result
    zeroed: frozenset[tuple[str, str]]
    filled: frozenset[tuple[str, str]]


def settled(
    scale: Scale, sheets: SheetSet, *, instead: Mapping[tuple[str, str], Input] | None = None
) -> Settled:
    """Score sheets whose open lines count 0, or as `instead` says by (unit, line)."""
    offered = dict(instead or {})
    zeroed: set[tuple[str, str]] = set()
    filled: set[tuple[str, str]] = set()
    for _ in range(MOST_ROUNDS):
        result = score(scale, sheets)
        open_lines = {(unit.unit, key) for unit in result.units for key in _open_keys(unit)}
        if not open_lines:
            break
        answers = {place: offered.pop(place) for place in open_lines if place in offered}
        filled |= answers.keys()
        for place in open_lines - answers.keys():
            answers[place] = {"override": {"points": 0, "reason": REASON}}
            zeroed.add(place)
        sheets = _laid(sheets, answers)
    return Settled(sheets, score(scale, sheets), frozenset(zeroed), frozenset(filled - zeroed))


def _open_keys(unit: UnitResult) -> set[str]:
    states = {key for key, node in unit.nodes.items() if node.state in OPEN}
    return states | set(unit.missing)


def _laid(sheets: SheetSet, answers: Mapping[tuple[str, str], Input]) -> SheetSet:
    found = []
    for sheet in sheets.sheets:
        own = {key: one for (unit, key), one in answers.items() if unit == sheet.unit}
        inputs = {**sheet.inputs}
        for key, one in own.items():
            inputs[key] = {**inputs.get(key, {}), **one}
        found.append(replace(sheet, inputs=inputs))
    return replace(sheets, sheets=tuple(found))
