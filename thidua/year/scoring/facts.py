"""Dữ kiện của một năm: everything the score table of one bloc-year rests on, read at once.

A constant number of queries whatever the number of units and lines; frozen, so that a page works on
one state of affairs from top to bottom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from thidua.core.scale import Period, Scale
from thidua.year.scoring.base import Bound, Cited, Reached
from thidua.year.scoring.layers import EntryFacts, Inputs
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import UNIT_FACTS, Sheet, Stage
from thidua.year.scoring.ratings import RatingFacts
from thidua.year.scoring.steps import Roster, StepFacts

SheetEntryMap = Mapping[tuple[str, Stage], EntryFacts]
SheetRatings = Mapping[tuple[str, Stage], tuple[RatingFacts, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleFacts:
    """A scale as the core reads it, with its lines in order and by key."""

    pk: int
    title: str
    scale: Scale
    lines: tuple[Line, ...]
    index: Mapping[str, Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """One unit's sheet; `unit` is the name the core ranks it under, unique in the bloc."""

    pk: int
    unit_id: int
    unit: str
    kind: str
    scale_id: int
    state: Sheet.State
    at_stage: Stage | None
    late: bool
    verified_late: bool
    submitted_at: datetime | None
    submitted_by: str
    verified_at: datetime | None
    verified_by: str
    fields: Mapping[str, object]
    fields_version: int
    period: Period | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFacts:
    """A line sent back to the unit, or its facts; what stood there then (see `LineReturn`)."""

    pk: int
    sheet_id: int
    code: str
    reason: str
    author: str
    at: datetime
    seen_version: int
    seen_citation: int
    answered_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationFacts:
    """What a unit said about a verified line, and the answer."""

    pk: int
    sheet_id: int
    code: str
    text: str
    author: str
    at: datetime
    late: bool
    answer: str
    answered_by: str
    answered_at: datetime | None
    answered_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """A step ended on a sheet; `missing` names the units that had not rated, `reason` why."""

    sheet_id: int
    stage: Stage
    author: str
    at: datetime
    late: bool
    missing: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """All of it. Maps go by the key of the sheet row; `sheets` stand in the order of the bloc.

    `ratings` holds every unit's own number at steps where several rate; what a page may show of
    them while a step is blind, `ratings_seen_by` alone says. `used`: the stages that say anything.
    """

    bloc_year_id: int
    sheets: Mapping[int, SheetFacts]
    scales: Mapping[int, ScaleFacts]
    entries: Mapping[int, SheetEntryMap]
    base: Mapping[int, Mapping[str, Inputs]]
    targets: Mapping[int, Mapping[str, Bound]]
    results: Mapping[int, Mapping[str, Reached]]
    citations: Mapping[int, Mapping[str, tuple[Cited, ...]]]
    returns: Mapping[int, tuple[ReturnFacts, ...]] = field(default_factory=dict)
    explanations: Mapping[int, tuple[ExplanationFacts, ...]] = field(default_factory=dict)
    roster: Roster = field(default_factory=Roster)
    ratings: Mapping[int, SheetRatings] = field(default_factory=dict)
    closings: Mapping[int, Mapping[Stage, ClosingFacts]] = field(default_factory=dict)
    used: frozenset[Stage] = frozenset(Stage)

    def step_of(self, sheet: SheetFacts) -> StepFacts | None:
        """The step that works on a sheet now; the first before it is sent, the last after all."""
        if sheet.at_stage is not None:
            return self.roster.step(sheet.at_stage)
        middle = self.roster.middle
        if not middle:
            return None
        return middle[0] if sheet.state == Sheet.State.SELF else middle[-1]

    def stands(self, sheet: SheetFacts) -> str:
        """Where a sheet stands, in words; in a year with steps of its own by the step's name."""
        if not self.roster.own or sheet.at_stage is None:
            return sheet.state.label
        label = self.roster.label(sheet.at_stage)
        back = sheet.state == Sheet.State.RETURNED
        return f"Bị trả lại ở bước {label}" if back else f"Đang ở bước {label}"

    def is_closed(self, sheet_id: int, stage: Stage) -> bool:
        """Whether a step was ended on a sheet."""
        return stage in self.closings.get(sheet_id, {})

    def ratings_seen_by(
        self, unit_id: int | None, sheet_id: int, key: str, step: StepFacts
    ) -> tuple[RatingFacts, ...]:
        """What somebody of a unit may see of the ratings of a line: at a blind step only its own
        until the step is ended on that sheet."""
        found = self.ratings.get(sheet_id, {}).get((key, step.stage), ())
        if not step.blind or self.is_closed(sheet_id, step.stage):
            return found
        return tuple(one for one in found if one.rater_id == unit_id)

    def sheet_of(self, unit_id: int) -> SheetFacts | None:
        """The sheet of a unit, if it is open."""
        return next((one for one in self.sheets.values() if one.unit_id == unit_id), None)

    def scale_of(self, sheet: SheetFacts) -> ScaleFacts:
        """The scale a sheet is scored by."""
        return self.scales[sheet.scale_id]

    def entries_of(self, sheet_id: int) -> SheetEntryMap:
        """The entries of a sheet by line and stage."""
        return self.entries.get(sheet_id, {})

    def open_returns(self, sheet_id: int) -> dict[str, ReturnFacts]:
        """Lines sent back and not yet sent again."""
        found = self.returns.get(sheet_id, ())
        return {
            one.code: one for one in found if one.answered_at is None and one.code != UNIT_FACTS
        }

    def returned_facts(self, sheet_id: int) -> ReturnFacts | None:
        """The facts of the unit as sent back and not yet sent again."""
        found = self.returns.get(sheet_id, ())
        waiting = (one for one in found if one.answered_at is None and one.code == UNIT_FACTS)
        return next(waiting, None)

    def open_explanations(self, sheet_id: int) -> frozenset[str]:
        """The lines whose explanation waits for an answer."""
        found = self.explanations.get(sheet_id, ())
        return frozenset(one.code for one in found if one.answered_at is None)
