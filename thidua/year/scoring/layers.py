"""Các lớp của bảng chấm: each stage is the stage before with its own changes laid over.

A stage's entry with figures lets the rule score again (points set earlier by hand no longer hold);
an entry with points replaces the points; a confirmation keeps both. Null in a layer takes a figure
back; it is never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from thidua.core.points import MILLI
from thidua.year.scoring.models import Entry, Stage

STAGES = tuple(Stage)
NO_REASON_YET = "Chưa ghi lý do"
Inputs = Mapping[str, object]


Milli = int | Fraction  # thousandths; a mean of several raters may lie between them


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """One entry as stored, or what the ratings of several units come to (then `pk` is 0)."""

    pk: int
    sheet_id: int
    code: str
    stage: Stage
    kind: Entry.Kind
    inputs: Inputs
    points: Milli | None
    reason: str
    author: str
    at: datetime
    version: int
    synthetic: bool


@dataclass(frozen=True, slots=True)
class LineState:
    """What stands on a line at a stage: figures, and points by hand with who said why."""

    inputs: Inputs = field(default_factory=dict)
    points: Milli | None = None
    reason: str = ""
    by: str = ""

    def laid_over(self, entry: EntryFacts | None) -> LineState:
        """The line after one stage's entry."""
        if entry is None or entry.kind == Entry.Kind.CONFIRMED:
            return self
        return LineState(
            inputs={**self.inputs, **entry.inputs},
            points=entry.points,
            reason=entry.reason if entry.points is not None else "",
            by=entry.author if entry.points is not None else "",
        )

    def as_input(self, *, by_hand: bool) -> dict[str, object]:
        """The line as the core reads it; without `by_hand` as the rule alone would see it."""
        found = {key: value for key, value in self.inputs.items() if value is not None}
        if by_hand and self.points is not None:
            found["override"] = {
                "points": Fraction(self.points) / MILLI,
                "reason": self.reason or NO_REASON_YET,
                "by": self.by,
            }
        return found


EMPTY = LineState()
SheetEntries = Mapping[tuple[str, Stage], EntryFacts]


def state_at(base: Inputs | None, entries: SheetEntries, code: str, stage: Stage) -> LineState:
    """A line at a stage."""
    state = LineState(inputs=base) if base else EMPTY
    for one in STAGES[: STAGES.index(stage) + 1]:
        state = state.laid_over(entries.get((code, one)))
    return state


def states_at(
    base: Mapping[str, Inputs], entries: SheetEntries, stage: Stage
) -> dict[str, LineState]:
    """Every line of a sheet that says something at a stage."""
    codes = dict.fromkeys([*base, *(code for code, _ in entries)])
    return {code: state_at(base.get(code), entries, code, stage) for code in codes}


def core_inputs(states: Mapping[str, LineState], *, by_hand: bool) -> dict[str, dict[str, object]]:
    """The inputs of a sheet for the core; lines that say nothing are left out."""
    found = {code: state.as_input(by_hand=by_hand) for code, state in states.items()}
    return {code: line for code, line in found.items() if line}
