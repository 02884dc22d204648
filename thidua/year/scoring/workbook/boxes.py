"""Ô điền của một dòng: what a unit may type in the workbook, and what stands there now.

The same boxes are written into the file, remembered in it as they stood, and compared with what
comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.core.node import Leader
from thidua.core.number import read_number
from thidua.core.points import MILLI, show, show_figure
from thidua.year.scoring.board import View
from thidua.year.scoring.documents import documents_text
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.cells import Row
from thidua.year.scoring.workbook.columns import Column
from thidua.year.scoring.workbook.rules import YES

Held = Fraction | date | str | None
REVIEWED = "Đã rà soát, không có"
FIGURES = (Ask.NUMBER, Ask.PAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One cell to fill in: its name in a change, its column, what stands there, what it offers.

    `choices` are what people read and what is stored; `whole` and the range limit a figure.
    """

    field: str
    column: Column
    held: Held
    is_open: bool
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it takes words, which stay words whatever they look like."""
        return self.field in ("reason", "evidence", "source", "unit")

    @property
    def is_day(self) -> bool:
        """Whether it takes a day."""
        return self.field in ("date", "due")


def boxes_of(view: View, sheet: SheetFacts, row: Row) -> tuple[Box, ...]:
    """The boxes of a line, those that are locked included; a heading has none."""
    if row.line.is_heading:
        return ()
    inputs = view.state(sheet, row.line.key, Stage.SELF).inputs
    return tuple(_boxes(view, sheet, row, inputs))


def _boxes(view: View, sheet: SheetFacts, row: Row, inputs: Mapping[str, object]) -> Iterator[Box]:
    line, is_open = row.line, row.editable
    if line.ask is Ask.PAIR:
        takes = is_open and row.target_field is not None
        target = _figure(inputs.get("target"))
        held: Held = (row.target or None) if target is None else target
        yield Box(field="target", column=Column.TARGET, held=held, is_open=takes)
    if line.ask is Ask.DATE:
        held = _day(inputs.get("due") or line.node.due)
        takes = is_open and line.node.due is None
        yield Box(field="due", column=Column.TARGET, held=held, is_open=takes)
    if row.figure is not None:
        yield _figure_box(row, inputs, is_open=is_open)
    elif row.offers_review:
        held = REVIEWED if row.is_reviewed else None
        choices = ((REVIEWED, "1"),)
        yield Box(
            field="reviewed", column=Column.FIGURE, held=held, is_open=is_open, choices=choices
        )
    if line.is_leaf:
        yield from _leaf_boxes(view, sheet, row, inputs)


def _figure_box(row: Row, inputs: Mapping[str, object], *, is_open: bool) -> Box:
    line, field = row.line, row.figure
    assert field is not None  # noqa: S101 - the caller asked
    choices = choices_of(line)
    held: Held = field.text or None
    if choices:
        held = next((label for label, value in choices if value == field.text), held)
    elif line.ask is Ask.DATE:
        held = _day(inputs.get("date"))
    elif not field.several:
        held = _figure(inputs.get(field.name))
    return Box(field=field.name, column=Column.FIGURE, held=held, is_open=is_open, choices=choices)


def choices_of(line: Line) -> tuple[tuple[str, str], ...]:
    """What a drop-down offers, by name; names that stand twice are told apart by their code."""
    labels = [option.label for option in line.options]
    if len(set(labels)) == len(labels):
        return tuple((option.label, option.value) for option in line.options)
    return tuple((f"{option.value} {option.label}", option.value) for option in line.options)


def _leaf_boxes(
    view: View, sheet: SheetFacts, row: Row, inputs: Mapping[str, object]
) -> Iterator[Box]:
    line, is_open = row.line, row.editable
    points = _points(view, sheet, row, inputs)
    takes = is_open and row.points_field is not None
    yield Box(field="points", column=Column.TYPED, held=points, is_open=takes)
    yield Box(field="reason", column=Column.REASON, held=row.reason or None, is_open=is_open)
    proof = documents_text(row) or None
    yield Box(field="evidence", column=Column.EVIDENCE, held=proof, is_open=is_open)
    if line.wants_source:
        source = str(inputs.get("source") or "") or None
        yield Box(field="source", column=Column.SOURCE, held=source, is_open=is_open)
    if isinstance(line.node, Leader) and line.node.unit is None:
        given = view.facts.base.get(sheet.pk, {}).get(line.key, {}).get("unit")
        unit = str(inputs.get("unit") or "") or None
        takes = is_open and given is None
        yield Box(field="unit", column=Column.UNIT, held=unit, is_open=takes)
    aside = YES if inputs.get("na") is True else None
    choices = ((YES, "1"),)
    yield Box(field="na", column=Column.ASIDE, held=aside, is_open=is_open, choices=choices)


def _points(
    view: View, sheet: SheetFacts, row: Row, inputs: Mapping[str, object]
) -> Fraction | None:
    """Points a person gave: the figure of a judged line, points by hand on any other."""
    if not row.line.is_judged:
        milli = view.state(sheet, row.line.key, Stage.SELF).points
        return None if milli is None else Fraction(milli, MILLI)
    if inputs.get("value") is None and inputs.get("values"):
        return view.points(sheet, row.line, Stage.SELF)
    return _figure(inputs.get("value"))


def _figure(value: object) -> Fraction | None:
    return None if value is None else read_number(str(value))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def held_words(box: Box, held: Held) -> str:
    """What stands in a box, as people read it."""
    if isinstance(held, Fraction):
        return show(held) if box.field == "points" else show_figure(held)
    if isinstance(held, date):
        return f"{held:%d/%m/%Y}"
    return held or ""
