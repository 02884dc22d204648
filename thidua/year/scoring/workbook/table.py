"""Bảng tổng hợp của khối ra Excel: lines by units, with groups, totals and ranks as live formulas.

A formula stands only where it gives the engine's figure exactly from the cells it adds up; anywhere
else the figure stands as it is, and the last column says so, line by line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from thidua.core.kinds import ledger
from thidua.core.node import Ledger, Node, Pick, Sum, Switch
from thidua.core.rounding import clamp, round_to
from thidua.core.scale import Header
from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.documents import column_letter, unit_head
from thidua.year.scoring.lines import Line
from thidua.year.scoring.pages.table import Column, Group, TablePage, unfinished_words
from thidua.year.scoring.workbook.arithmetic import LONGEST, NOT_APPLICABLE, rounded
from thidua.year.scoring.workbook.groups import (
    CellOf,
    clamped_total,
    group_formula,
    part_formula,
    total_formula,
)
from thidua.year.scoring.workbook.ranks import rank_formulas

FIRST_ROW = 3  # of the lines, counted from 1
FIRST_UNIT = 3  # the column of the first unit, counted from 0
WAY_HEAD = "Cách tính trong tệp"
LEAF, LIVE, STILL = "Số của phần mềm", "Công thức", "Số của phần mềm: "
PARTS = ("base", "bonus", "deduct")
Points = Mapping[str, Fraction | None]


def table_workbook(page: TablePage, bloc_year: BlocYear, *, today: date) -> book.Workbook:
    """The bloc's working table at one stage as a spreadsheet, one sheet per scale."""
    title = f"Bảng tổng hợp điểm năm {bloc_year.year}, {bloc_year.bloc.name}"
    sheets = tuple(
        _sheet(
            _Table(group),
            f"{title}. Bước: {page.look.label.lower()}",
            number,
            unfinished_words(page.look, group),
        )
        for number, group in enumerate(page.groups, 1)
    )
    return book.Workbook(title=title, author=bloc_year.bloc.name, dated=today, sheets=sheets)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's column: its letter, its points by line, the lines that do not apply to it."""

    column: Column
    letter: str
    points: Points
    aside: frozenset[str]


class _Table:
    """One scale's part of the table with what stands where."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.header: Header = group.scale.scale.header
        self.lines = [row.line for row in group.rows]
        self.places = {line.key: place for place, line in enumerate(self.lines, FIRST_ROW)}
        self.sections = [line for line in self.lines if not line.above]
        self.below: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.above:
                self.below.setdefault(line.above[-1], []).append(line)
        self.units = [self._unit(place, column) for place, column in enumerate(group.columns)]

    def _unit(self, place: int, column: Column) -> Unit:
        cells = {row.line.key: row.cells[place] for row in self.group.rows}
        return Unit(
            column,
            column_letter(FIRST_UNIT + place),
            {key: cell.points for key, cell in cells.items()},
            frozenset(key for key, cell in cells.items() if cell.note == NOT_APPLICABLE),
        )

    def cell_of(self, unit: Unit) -> CellOf:
        """Where a line of the unit stands."""
        return lambda line: (unit.letter, self.places[line.key])

    @property
    def decimals(self) -> int:
        """Places shown."""
        return max(self.group.decimals, 1)


def _sheet(table: _Table, title: str, number: int, unfinished: str) -> book.Sheet:
    units = tuple(unit_head(unit.column) for unit in table.units)
    heads = ("Mã", "Tiêu chí", "Tối đa", *units, WAY_HEAD)
    named = f"{title}. Bản chưa đủ" if unfinished else title
    note = book.Row((book.Cell(unfinished, span=len(heads)),), book.Style.NOTE)
    rows = [
        book.Row((book.Cell(named, span=len(heads)),), book.Style.TITLE),
        book.Row(tuple(book.Cell(text) for text in heads), book.Style.HEADER),
        *(_line_row(table, place) for place in range(len(table.lines))),
        *_sum_rows(table),
        *([note] if unfinished else []),
    ]
    widths = (9, 52, 10, *(18 for _ in units), 34)
    return book.Sheet(
        name="Bảng tổng hợp" if number == 1 else f"Bảng tổng hợp {number}",
        columns=tuple(book.Column(width) for width in widths),
        rows=tuple(rows),
        header_rows=2,
        frozen_columns=2,
    )


def _line_row(table: _Table, place: int) -> book.Row:
    line, cells = table.lines[place], table.group.rows[place].cells
    values = [_value(table, line, unit) for unit in table.units]
    most = book.Number(line.maximum, 0 if line.maximum.denominator == 1 else 1)
    figures = (
        book.Cell(value, synthetic=cell.synthetic and value is not None)
        for value, cell in zip(values, cells, strict=True)
    )
    return book.Row(
        (
            book.Cell(line.code),
            book.Cell(line.label),
            book.Cell(most),
            *figures,
            book.Cell(_way(line, values)),
        ),
        book.Style.PLAIN if line.is_leaf else book.Style.SECTION,
    )


def _value(table: _Table, line: Line, unit: Unit) -> book.Value:
    points = unit.points[line.key]
    if points is None:
        return NOT_APPLICABLE if line.key in unit.aside else None
    below = table.below.get(line.key, [])
    if below and added_up(line, below, unit.points, unit.aside) == points:
        text = group_formula(line, below, table.header, table.cell_of(unit))
        if text is not None:
            return book.Formula(text, points, table.decimals)
    return book.Number(points, table.decimals)


def added_up(
    line: Line, below: Sequence[Line], points: Points, aside: frozenset[str]
) -> Fraction | None:
    """What the formula of a group gives from the cells below it; None where it has none."""
    found = [figure for one in below if (figure := points.get(one.key)) is not None]
    away = sum(1 for one in below if one.key in aside and points.get(one.key) is None)
    if away == len(below):
        return None
    if line.is_heading and line.node.recurs is not None:
        divisor = max(1, len(below) - away) if line.node.recurs.combine == "mean" else 1
        return sum(found, Fraction(0)) / divisor
    match line.node:
        case Sum() as node:
            return clamp(sum(found, Fraction(0)), cap=node.cap, floor=node.floor)
        case Ledger() as node:
            return ledger.score(node, ledger.entries(node, found, exempt=False))
        case Pick(mode="max"):
            waiting = [] if len(found) + away == len(below) else [Fraction(0)]
            return max([*found, *waiting])
    return None


def _way(line: Line, values: Sequence[book.Value]) -> str:
    if line.is_leaf:
        return LEAF
    still = sum(1 for value in values if isinstance(value, book.Number))
    if not still:
        return LIVE
    some = "" if still == len(values) else f"{still} đơn vị "
    return f"{STILL}{some}{_reason(line.node)}"


def _reason(node: Node) -> str:
    if isinstance(node, Switch):
        return "tính theo trường hợp của đơn vị"
    if isinstance(node, Pick) and node.mode != "max":
        return "tính theo phương án được chọn"
    if node.when is not None or node.exempt_when is not None:
        return "tính theo điều kiện của đơn vị"
    return "có điểm ghi tay hoặc dòng không hiện ở bước này"


def _sum_rows(table: _Table) -> list[book.Row]:
    """The total, what percents rest on where they rank, and the rank."""
    by_percent = table.group.scale.scale.ranking.key == "percent"
    place = FIRST_ROW + len(table.lines)
    most = book.Number(table.group.most, 0)
    totals = [_total(table, unit) for unit in table.units]
    rows = [_sum_row("Tổng điểm", totals, most=most, way=_sum_way(totals))]
    if by_percent:
        denominators = [_number(unit.column.denominator, 1) for unit in table.units]
        percents = [_percent(table, unit, place + 1) for unit in table.units]
        rows.append(_sum_row("Điểm tối đa được tính", denominators, way=LEAF))
        rows.append(_sum_row("Tỷ lệ, %", percents, way=_sum_way(percents)))
    if table.group.ranked:
        ranks, way = _ranks(table, place + (2 if by_percent else 0), place)
        rows.append(_sum_row("Xếp thứ", ranks, way=way))
    return rows


def _sum_row(
    name: str, values: Sequence[book.Value], *, way: str, most: book.Value = None
) -> book.Row:
    head = (book.Cell(""), book.Cell(name), book.Cell(most))
    return book.Row(
        (*head, *(book.Cell(value) for value in values), book.Cell(way)), book.Style.TOTAL
    )


def _sum_way(values: Sequence[book.Value]) -> str:
    if any(isinstance(value, book.Number) for value in values):
        return f"{STILL}có phần không hiện ở bước này"
    return LIVE if any(isinstance(value, book.Formula) for value in values) else "Chưa đủ điểm"


def _number(figure: Fraction | None, decimals: int) -> book.Value:
    return None if figure is None else book.Number(figure, decimals)


def _total(table: _Table, unit: Unit) -> book.Value:
    total = unit.column.total
    if total is None:
        return None
    header = table.header
    if _rounded(_exact(table, unit), header.decimals, header) == total:
        text = total_formula(table.sections, header, table.cell_of(unit))
        return book.Formula(text, total, table.decimals)
    return book.Number(total, table.decimals)


def _percent(table: _Table, unit: Unit, denominator_row: int) -> book.Value:
    percent, denominator = unit.column.percent, unit.column.denominator
    header, places = table.header, table.header.percent_decimals
    if percent is None or not denominator:
        return _number(percent, places)
    if _rounded(100 * _exact(table, unit) / denominator, places, header) != percent:
        return book.Number(percent, places)
    cell = table.cell_of(unit)
    parts = [part_formula(table.sections, part, header, cell) for part in PARTS]
    exact = f"100*({clamped_total(parts, header)})/{unit.letter}{denominator_row}"
    text = rounded(exact, decimals=places, rounding=header.rounding)
    return book.Formula(text, percent, places)


def _rounded(figure: Fraction, decimals: int, header: Header) -> Fraction:
    return round_to(figure, decimals=decimals, rounding=header.rounding)


def _exact(table: _Table, unit: Unit) -> Fraction:
    """The total that the cells of the sections add up to, before rounding."""
    header = table.header
    base, bonus, taken = (
        sum((unit.points[one.key] or Fraction(0) for one in table.sections
             if one.node.part == part), Fraction(0))
        for part in PARTS
    )  # fmt: skip
    if header.bonus_cap is not None:
        bonus = min(header.bonus_cap, bonus)
    if header.deduct_cap is not None:
        taken = max(-header.deduct_cap, taken)
    return clamp(base + bonus + taken, cap=header.max_total, floor=header.min_total)


def _ranks(table: _Table, figure_row: int, total_row: int) -> tuple[list[book.Value], str]:
    """Ranks as formulas where totals and tie-breaks stand in the table, else as they are."""
    ranks = [unit.column.rank for unit in table.units]
    still: list[book.Value] = [_number(None if r is None else Fraction(r), 0) for r in ranks]
    if all(rank is None for rank in ranks):
        return still, "Chưa xếp thứ"
    found = rank_formulas(
        table.group.scale.scale.ranking,
        [(unit.letter, unit.column, unit.points) for unit in table.units],
        figure_row=figure_row,
        total_row=total_row,
        places=table.places,
    )
    if isinstance(found, str):
        return still, f"{STILL}{found}"
    if any(len(text) > LONGEST for text in found.values()):
        return still, f"{STILL}quá nhiều đơn vị và tiêu chí phụ cho một công thức"
    live: list[book.Value] = [
        book.Formula(found[unit.letter], Fraction(unit.column.rank), 0)
        if unit.column.rank is not None
        else None
        for unit in table.units
    ]
    return live, LIVE
