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

SheetEntryMap = Mapping[tuple[str, Stage], EntryFacts]


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
class YearFacts:
    """All of it. Maps go by the key of the sheet row; `sheets` stand in the order of the bloc."""

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
