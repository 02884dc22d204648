"""Xếp loại: the first class whose band, floor and condition all hold (FORMAT section 7.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.band import within
from thidua.core.finding import Finding
from thidua.core.logic import Look, Truth, conjunction, holds
from thidua.core.node import Ledger, Node, Pick, Switch
from thidua.core.number import HUNDRED
from thidua.core.points import show
from thidua.core.scale import ClassDef, ClassFloor, Classification

Line = tuple[Fraction | None, Fraction]
Lines = Callable[[ClassFloor], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Classed:
    """The class reached, or the code and issue that left it open, with the reason."""

    code: str | None
    issue: tuple[str, str] | None = None
    finding: Finding | None = None


def classify(
    classification: Classification, figure: Fraction, *, look: Look, lines: Lines, demoted_by: int
) -> Classed:
    """Find the class of a unit by its rounded total or percent, then lower it by its gates.

    `lines` gives points and maximum of every base line a floor asks about. A class that cannot be
    decided leaves the unit without class (`unknown_condition`), so does holding none (`no_class`).
    """
    classes = classification.classes
    for place, found in enumerate(classes):
        truth = _holds(found, figure, look, lines)
        if truth is None:
            words = f"Chưa đủ thông tin để xét mức {found.label}"
            return Classed(None, (found.code, "unknown_condition"), _open(words))
        if truth:
            lowered = min(place + demoted_by, len(classes) - 1)
            return _classed(classes, place, lowered, figure)
    words = f"{show(figure)} không thuộc mức nào"
    return Classed(None, ("classification", "no_class"), _open(words))


def counts_as_leaf(node: Node) -> bool:
    """Whether a floor over leaves looks at the node itself and not below it."""
    grouped = isinstance(node, (Ledger, Pick, Switch)) or node.recurs is not None
    return grouped or not node.children


def floor_holds(floor: ClassFloor, lines: Iterable[Line]) -> Truth:
    """Whether every line reaches the percent of its maximum; a line without points is unknown."""
    return conjunction(
        None if points is None else HUNDRED * points >= floor.percent * maximum
        for points, maximum in lines
        if maximum > 0
    )


def _holds(found: ClassDef, figure: Fraction, look: Look, lines: Lines) -> Truth:
    truths: list[Truth] = [within(found.bounds, figure)]
    if found.floor is not None:
        truths.append(floor_holds(found.floor, lines(found.floor)))
    if found.condition is not None:
        truths.append(holds(found.condition, look))
    return conjunction(truths)


def _classed(classes: Sequence[ClassDef], reached: int, lowered: int, figure: Fraction) -> Classed:
    label = classes[reached].label
    words, rule_id = f"{show(figure)} đạt mức {label}", "CLASS-1"
    if lowered != reached:
        words, rule_id = f"{words}, hạ còn mức {classes[lowered].label}", "CLASS-3"
    code = classes[lowered].code
    return Classed(code, None, Finding(rule_id=rule_id, outcome=code, words=words))


def _open(words: str) -> Finding:
    return Finding(rule_id="CLASS-2", outcome="none", words=words)
