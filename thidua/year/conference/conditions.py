"""Conditions of the scale that cannot be judged because nobody wrote down what they look at.

The engine leaves such a gate without effect and such a class open; a conference must not adopt a
place or a class that rests on it (ADOPT-5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.condition import Condition, tests_of
from thidua.core.result import UnitResult
from thidua.core.scale import Scale
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.models import Stage

SET_ASIDE = ("unranked", "block")  # effects of a gate that leave a unit without a place
UNKNOWN = "unknown_condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """One gate or class that stays open, with the labels of the facts nobody wrote."""

    subject: str
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """A sentence under the unit's name: what is open, what is missing, who writes it."""
        lacking = ", ".join(f"“{label}”" for label in self.missing)
        return (
            f"Chưa xét được {self.subject} vì chưa ghi {lacking}. "
            "Trưởng khối ghi ở Thông tin đơn vị, kèm lý do."
        )


def unjudged(view: View, sheet: SheetFacts) -> list[Unjudged]:
    """The open conditions of a unit that lack facts; none for a unit that a gate sets aside."""
    scale, unit = view.facts.scale_of(sheet).scale, view.unit(sheet, Stage.ADOPTED)
    states = {gate.code: gate.state for gate in unit.gates}
    if any(states.get(gate.code) == "hit" and gate.effect in SET_ASIDE for gate in scale.gates):
        return []
    return [
        Unjudged(subject=subject, missing=missing)
        for subject, condition in _open(scale, unit)
        if (missing := _missing(scale, sheet, condition))
    ]


def _open(scale: Scale, unit: UnitResult) -> Iterator[tuple[str, Condition]]:
    states = {gate.code: gate.state for gate in unit.gates}
    for gate in scale.gates:
        if states.get(gate.code) == "unknown":
            yield f"điều kiện “{gate.label}”", gate.when
    if scale.classification is None or unit.class_code is not None:
        return
    waiting = {issue.code for issue in unit.issues if issue.issue == UNKNOWN}
    for one in scale.classification.classes:
        if one.code in waiting and one.condition is not None:
            yield f"mức “{one.label}”", one.condition


def _missing(scale: Scale, sheet: SheetFacts, condition: Condition) -> tuple[str, ...]:
    known = scale.field_index()
    names = dict.fromkeys(test.name for test in tests_of(condition) if test.subject == "field")
    return tuple(
        known[name].label or name
        for name in names
        if name in known and sheet.fields.get(name) is None
    )
