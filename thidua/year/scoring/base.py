"""Số liệu có sẵn: what a sheet starts from before anybody types on it.

Targets come from the registration, results from progress, documents from the unit's library. They
fill a line only where its rule asks for them; what a sheet says itself goes before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from thidua.core.node import Imported, Leader
from thidua.core.points import MILLI, result_text
from thidua.year.progress.marks import Mark
from thidua.year.progress.preview import page_in
from thidua.year.scoring.lines import Ask, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The target that a unit's registration binds to a line; `value` in thousandths.

    `left_empty`: why the unit leaves the line without a target, which then is not assigned.
    """

    name: str
    measure: str
    value: int | None
    wording: str
    assigned: bool
    document_number: str
    document_date: date | None
    clause: str
    left_empty: str
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The newest result a unit reported on a line; `value` in thousandths."""

    value: int
    as_of: date
    note: str
    author: str
    at: datetime
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document cited on a line, with the page."""

    pk: int
    document_id: int
    number: str
    subject: str
    issuer: str
    signer: str
    issued_on: date | None
    page: str
    has_file: bool
    at: datetime
    synthetic: bool
    marks: tuple[Mark, ...] = ()
    lines: int = 1  # that cite the document

    @property
    def first_page(self) -> int:
        """The page at which the document is opened."""
        return page_in(self.page)

    @property
    def name(self) -> str:
        """What a chip shows: the number, or the subject of a document without one."""
        return self.number or self.subject


def figure_text(milli: int) -> str:
    """A stored figure as the core reads it."""
    return result_text(Fraction(milli, MILLI))


def base_of(
    lines: Sequence[Line],
    *,
    targets: Mapping[str, Bound],
    results: Mapping[str, Reached],
    citations: Mapping[str, Sequence[Cited]],
) -> dict[str, dict[str, object]]:
    """What each line starts from; lines without anything are left out."""
    found: dict[str, dict[str, object]] = {}
    for line in lines:
        start = {
            **_target(line, targets.get(line.key)),
            **_result(line, results.get(line.key)),
            **_evidence(line, citations),
        }
        if start:
            found[line.key] = start
    return found


def citations_on(line: Line, citations: Mapping[str, Sequence[Cited]]) -> tuple[Cited, ...]:
    """Documents cited on a line; what is cited for a recurring line counts for each period."""
    own = citations.get(line.key, ())
    return tuple(own) if line.key == line.code else (*own, *citations.get(line.code, ()))


def _target(line: Line, bound: Bound | None) -> dict[str, object]:
    if bound is None or line.ask is not Ask.PAIR:
        return {}
    if bound.left_empty:
        return {"target": "0"}
    if bound.value is None:
        return {}
    found: dict[str, object] = {"target": figure_text(bound.value)}
    # A line of its own unit of measure is checked against it; the registration's wording of the
    # measure is free text, so it only serves lines that state none and compare the units.
    if bound.measure and line.node.unit is None and isinstance(line.node, Leader):
        found["unit"] = bound.measure
    return found


def _result(line: Line, reached: Reached | None) -> dict[str, object]:
    if reached is None or isinstance(line.node, Imported):
        return {}
    if line.ask is Ask.PAIR:
        return {"result": figure_text(reached.value)}
    return {"value": figure_text(reached.value)} if line.ask is Ask.NUMBER else {}


def _evidence(line: Line, citations: Mapping[str, Sequence[Cited]]) -> dict[str, object]:
    if not line.is_leaf:
        return {}
    found = [cited.name for cited in citations_on(line, citations)]
    return {"evidence": found} if found else {}
