"""Bảng tự chấm của một đơn vị ra Excel: locked structure, live formulas, boxes to fill in.

Every formula carries the figure the engine found, so that the file reads the same before anybody
recalculates it. A line that a spreadsheet cannot reckon carries the engine's figure and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from thidua.core.condition import tests_of
from thidua.core.node import Pick, Steps, Switch
from thidua.core.result import NodeResult
from thidua.platform import clock
from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.board import BY_RULE, View, judged_within
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.cells import Cells, Row
from thidua.year.scoring.pages.sheet import may_write
from thidua.year.scoring.workbook.arithmetic import (
    NO_RULE,
    NOT_APPLICABLE,
    WRONG_FIGURE,
)
from thidua.year.scoring.workbook.boxes import REVIEWED, Box, boxes_of
from thidua.year.scoring.workbook.columns import (
    EXCEL,
    FIRST_LINE,
    HEADER,
    MAIN,
    PERSON,
    SOFTWARE,
    TOTAL,
    WIDTHS,
    Column,
)
from thidua.year.scoring.workbook.groups import can_add_up, group_formula, total_formula
from thidua.year.scoring.workbook.guide import guide_sheet
from thidua.year.scoring.workbook.identity import (
    Identity,
    KnownLine,
    digest_of,
    identity_sheet,
    mark,
    word_cell,
)
from thidua.year.scoring.workbook.limits import drop_downs_of, limits_of
from thidua.year.scoring.workbook.rules import (
    Spots,
    aside_words,
    judged_formula,
    policy_of,
    rule_formula,
)

NOT_COUNTED, SWITCHED_OFF, BY_HAND_SET = "Không tính cho đơn vị", "Điều kiện không thỏa", "Ghi tay"
FIXED = "Không áp dụng"
MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A row of the sheet: the line, its boxes, and where it stands (counted from 1)."""

    row: Row
    boxes: tuple[Box, ...]
    place: int

    @property
    def line(self) -> Line:
        """The line of the scale."""
        return self.row.line

    def box(self, column: Column) -> Box | None:
        """What may be filled in there, open or locked."""
        return next((one for one in self.boxes if one.column is column), None)


@dataclass(frozen=True, slots=True)
class Out:
    """One unit's sheet on its way out."""

    view: View
    desk: Desk
    lines: tuple[FilledLine, ...]
    index: dict[str, FilledLine]
    below: dict[str, list[Line]]
    unknown: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, view: View, desk: Desk) -> Out:
        """Every line with its boxes, as it stands now."""
        sheet = view.facts.sheets[desk.sheet.pk]
        editable = not may_write(desk, Stage.SELF)
        cells = Cells.of(view, sheet, editable=editable)
        rows = [cells.row(line) for line in desk.scale.lines]
        lines = tuple(
            FilledLine(row, boxes_of(view, sheet, row), place)
            for place, row in enumerate(rows, FIRST_LINE)
        )
        below: dict[str, list[Line]] = {}
        for line in desk.scale.lines:
            if line.above:
                below.setdefault(line.above[-1], []).append(line)
        issues = view.unit(sheet, Stage.SELF, by_hand=BY_RULE).issues
        odd = frozenset(
            one.code for one in issues if one.issue in ("unknown_condition", "mixed_units")
        )
        return cls(view, desk, lines, {one.line.key: one for one in lines}, below, odd)

    @property
    def sheet(self) -> SheetFacts:
        """The facts of the sheet."""
        return self.view.facts.sheets[self.desk.sheet.pk]

    def node(self, line: Line, *, by_hand: bool = True) -> NodeResult | None:
        """What the engine found on a line."""
        return self.view.node(self.sheet, line.key, Stage.SELF, by_hand=by_hand)

    def cell(self, line: Line) -> tuple[str, int]:
        """Where the points of a line stand."""
        return Column.POINTS.letter, self.index[line.key].place


def unit_workbook(view: View, desk: Desk, bloc_year: BlocYear) -> book.Workbook:
    """The workbook of a unit: to fill in, how to fill it in, and what it is (hidden)."""
    out = Out.of(view, desk)
    now = clock.now().astimezone(clock.LOCAL)
    title = f"Bảng tự chấm điểm năm {bloc_year.year}, {desk.unit}"
    return book.Workbook(
        title=title,
        author=desk.unit,
        dated=now.date(),
        sheets=(
            _main_sheet(out, title, now),
            guide_sheet(out.view, desk, bloc_year, now),
            identity_sheet(identity_of(out, bloc_year, now), _words(out)),
        ),
    )


def identity_of(out: Out, bloc_year: BlocYear, now: datetime) -> Identity:
    """What the hidden sheet remembers."""
    entries = out.view.facts.entries_of(out.sheet.pk)
    lines = {}
    for one in out.lines:
        entry = entries.get((one.line.key, Stage.SELF))
        lines[one.line.key] = KnownLine(
            key=one.line.key,
            label=one.line.label,
            version=entry.version if entry else 0,
            digest=digest_of(one.line),
            marks={box.column: mark(box.held) for box in one.boxes},
        )
    return Identity(
        bloc_year_id=bloc_year.pk,
        year=bloc_year.year,
        bloc=bloc_year.bloc.name,
        unit_id=out.sheet.unit_id,
        unit=out.desk.unit,
        sheet_id=out.sheet.pk,
        fingerprint=out.desk.sheet.scale.fingerprint,
        made_at=now.isoformat(timespec="seconds"),
        lines=lines,
    )


def _words(out: Out) -> dict[str, list[str]]:
    """The words of bands that formulas compare with."""
    return {one.line.key: words for one in out.lines if (words := _band_words(one.line))}


def _band_words(line: Line) -> list[str]:
    if line.ask is not Ask.WORD or not isinstance(line.node, Steps):
        return []
    return [str(band.bounds.eq) for band in line.node.bands]


def _main_sheet(out: Out, title: str, now: datetime) -> book.Sheet:
    heads = book.Row(tuple(book.Cell(one.head) for one in Column), book.Style.HEADER)
    span = len(Column) - 1
    said = (
        f"Tải lúc {now:%H:%M} ngày {now:%d/%m/%Y}. Điền các ô nền vàng nhạt, lưu lại dạng .xlsx "
        "rồi nạp ở trang chấm điểm. Cách điền ở bảng Hướng dẫn."
    )
    rows = [
        book.Row((book.Cell(), book.Cell(title, span=span)), book.Style.TITLE),
        book.Row((book.Cell(), book.Cell(said, span=span)), book.Style.NOTE, height=18),
        heads,
        *(_line_row(out, one) for one in out.lines),
        _total_row(out),
    ]
    return book.Sheet(
        name=MAIN,
        columns=tuple(book.Column(WIDTHS[one], hidden=one is Column.KEY) for one in Column),
        rows=tuple(rows),
        header_rows=HEADER + 1,
        frozen_columns=Column.LABEL + 1,
        drop_downs=drop_downs_of((one.place, one.boxes) for one in out.lines),
        limits=limits_of((one.place, one.line, one.boxes) for one in out.lines),
        protected=True,
        footer=title,
    )


def _line_row(out: Out, one: FilledLine) -> book.Row:
    row, line = one.row, one.line
    rule, points, way = _figures(out, one)
    label = row.slot_name or line.label
    measure = row.line.node.unit or (row.target_note if line.ask is Ask.PAIR else "")
    cells = {column: book.Cell() for column in Column}
    cells[Column.KEY] = book.Cell(line.key)
    cells[Column.CODE] = book.Cell(line.code)
    cells[Column.LABEL] = book.Cell(label, synthetic=row.synthetic)
    cells[Column.UNIT] = book.Cell(measure or None)
    if line.maximum:
        cells[Column.MOST] = book.Cell(book.Number(line.maximum, _places(line.maximum)))
    cells[Column.RULE] = book.Cell(rule)
    cells[Column.POINTS] = book.Cell(points, synthetic=row.synthetic and points is not None)
    cells[Column.WAY] = book.Cell(way)
    for box in one.boxes:
        cells[box.column] = box_cell(box)
    style = book.Style.PLAIN if line.is_leaf else book.Style.SECTION
    return book.Row(tuple(cells[column] for column in Column), style)


def box_cell(box: Box) -> book.Cell:
    """A box with what stands in it."""
    held = box.held
    form = book.Form.TEXT if box.is_text else book.Form.DAY if box.is_day else book.Form.ANY
    value: book.Value = book.Number(held, _places(held)) if isinstance(held, Fraction) else held
    style = book.Style.PLAIN
    return book.Cell(value, style=style, unlocked=box.is_open, form=form)


def _places(figure: Fraction) -> int:
    """As many decimals as the figure has, up to six."""
    return next((n for n in range(MOST_PLACES) if (10**n) % figure.denominator == 0), MOST_PLACES)


def _figures(out: Out, one: FilledLine) -> tuple[book.Value, book.Value, str]:
    """What the machine reckons, what counts, and who reckons it."""
    line = one.line
    if not line.is_leaf:
        return _group_figures(out, one)
    typed = f"{Column.TYPED.letter}{one.place}"
    result = out.node(line)
    if result is None or (line.is_judged and not _is_live(out, one)):
        return None, _still(out, line, _so_far(result)), _why_still(out, one)
    if line.is_judged:
        text = judged_formula(line, out.desk.scale.scale.header, _spots(out, one), typed)
        return None, _formula(out, line, text), PERSON
    computed = out.view.computed(out.sheet, line, Stage.SELF)
    text_of_rule = _rule_text(out, one)
    if text_of_rule is None:
        rule = _still(out, line, computed)
        way = _why_still(out, one)
    else:
        words = _no_points(out, line, out.node(line, by_hand=BY_RULE))
        rule = book.Formula(text_of_rule, computed, _decimals(out, computed), words)
        way = EXCEL
    rule_cell = f"{Column.RULE.letter}{one.place}"
    return rule, _formula(out, line, f'IF({typed}="",{rule_cell},{typed})'), way


def _rule_text(out: Out, one: FilledLine) -> str | None:
    if not _is_live(out, one):
        return None
    return rule_formula(one.line, out.desk.scale.scale.header, _spots(out, one))


def _is_live(out: Out, one: FilledLine) -> bool:
    """Whether nothing but the cells of the row decides the points."""
    line, node = one.line, one.line.node
    inputs = out.view.state(out.sheet, line.key, Stage.SELF).inputs
    result = out.node(line, by_hand=BY_RULE)
    if result is None or result.state == "off" or line.key in out.unknown:
        return False
    if node.exempt_when is not None or inputs.get("substitute") or inputs.get("values"):
        return False
    if result.state == "na" and inputs.get("na") is not True and not _without_target(one):
        return False  # set aside for the unit, or by its group
    if node.when is None:
        return True
    return all(test.subject == "field" for test in tests_of(node.when))


def _without_target(one: FilledLine) -> bool:
    target = one.box(Column.TARGET)
    if one.line.ask is not Ask.PAIR or target is None or one.line.node.applies_to is not None:
        return False
    return not isinstance(target.held, Fraction) or target.held == 0


def _spots(out: Out, one: FilledLine) -> Spots:
    place, line = one.place, one.line
    around = [out.index[key] for key in line.above]
    reviewed = [
        f"{Column.FIGURE.letter}{up.place}"
        for up in around
        if any(box.field == "reviewed" for box in up.boxes)
    ]
    words = _band_words(line)
    own = out.view.state(out.sheet, line.key, Stage.SELF).inputs
    return Spots(
        target=f"{Column.TARGET.letter}{place}",
        figure=f"{Column.FIGURE.letter}{place}",
        aside=f"{Column.ASIDE.letter}{place}",
        words=[word_cell(place - FIRST_LINE, number) for number in range(len(words))],
        reviewed=reviewed,
        reviewed_word=REVIEWED,
        is_reviewed=own.get("reviewed") is True or _is_reviewed_elsewhere(out, around),
    )


def _is_reviewed_elsewhere(out: Out, around: Sequence[FilledLine]) -> bool:
    """Whether a group was reviewed that the file has no box for."""
    return any(
        out.view.state(out.sheet, key, Stage.SELF).inputs.get("reviewed") is True
        for up in around
        if not any(box.field == "reviewed" for box in up.boxes)
        for key in {up.line.key, up.line.code}
    )


def _group_figures(out: Out, one: FilledLine) -> tuple[book.Value, book.Value, str]:
    line, result = one.line, out.node(one.line)
    below = out.below.get(line.key, [])
    text = None
    if _adds_up(out, one, below):
        text = group_formula(line, below, out.desk.scale.scale.header, out.cell)
    if text is not None:
        return None, _formula(out, line, text), EXCEL
    return None, _still(out, line, _so_far(result)), _why_still(out, one)


def _adds_up(out: Out, one: FilledLine, below: Sequence[Line]) -> bool:
    line, node, result = one.line, one.line.node, out.node(one.line)
    if result is None or result.state in ("off", "override") or line.key in out.unknown:
        return False
    if node.exempt_when is not None or not (line.is_heading or can_add_up(node)):
        return False
    found = [out.node(child) for child in below]
    if any(child is None for child in found):
        return False
    if node.kind == "pick" and any(child and child.state == "off" for child in found):
        return False
    return node.when is None or all(test.subject == "field" for test in tests_of(node.when))


def _formula(out: Out, line: Line, text: str) -> book.Formula:
    """A formula with what the engine found: the points, or those so far of a group."""
    result = out.node(line)
    points = _so_far(result)
    return book.Formula(text, points, _decimals(out, points), _no_points(out, line, result))


def _so_far(result: NodeResult | None) -> Fraction | None:
    """The points, or of a group with something missing what there is so far."""
    if result is None or result.points is not None or result.state != "open":
        return None if result is None else result.points
    return result.so_far


def _no_points(out: Out, line: Line, result: NodeResult | None) -> str:
    """What stands where there are no points, in the words the formula would use."""
    if result is None:
        return ""
    if result.state == "na":
        return aside_words(policy_of(line.node, out.desk.scale.scale.header))
    if result.state == "error":
        return WRONG_FIGURE
    return NO_RULE if result.state == "undecided" else ""


def _still(out: Out, line: Line, points: Fraction | None) -> book.Value:
    """The engine's figure as it is; words where the line does not count."""
    if points is not None:
        return book.Number(points, _decimals(out, points))
    result = out.node(line)
    return NOT_APPLICABLE if result is not None and result.state == "na" else None


def _why_still(out: Out, one: FilledLine) -> str:
    result = out.node(one.line)
    if result is None:
        around = [out.index[key].line.node for key in one.line.above]
        chooses = any(isinstance(node, Pick | Switch) for node in around)
        return SOFTWARE if chooses else NOT_COUNTED
    if result.state == "off":
        return SWITCHED_OFF
    if result.state == "override" and not one.line.is_leaf:
        return BY_HAND_SET
    if result.state == "na" and not _is_live(out, one):
        return FIXED
    return SOFTWARE if not judged_within(one.line) or not one.line.is_leaf else PERSON


def _decimals(out: Out, points: Fraction | None) -> int:
    least = max(out.desk.scale.scale.header.decimals, 1)
    return least if points is None else max(least, min(_places(points), 3))


def _total_row(out: Out) -> book.Row:
    sections = [one for one in out.desk.scale.lines if not one.above]
    header = out.desk.scale.scale.header
    text = total_formula(sections, header, out.cell)
    points = out.view.unit(out.sheet, Stage.SELF).so_far
    cells = {column: book.Cell() for column in Column}
    cells[Column.LABEL] = book.Cell(TOTAL)
    cells[Column.POINTS] = book.Cell(book.Formula(text, points, max(header.decimals, 1)))
    cells[Column.WAY] = book.Cell(EXCEL)
    return book.Row(tuple(cells[column] for column in Column), book.Style.TOTAL)
