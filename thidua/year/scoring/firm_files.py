"""How firm a ranking is, as a spreadsheet: shares of ranks, pairs, lines, and how it was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.pages.firm import FirmGroup
from thidua.year.scoring.pages.firm_words import DEFINITION, LIMITS, RECIPE, SEED


def firm_workbook(
    groups: Sequence[FirmGroup], bloc_year: BlocYear, *, stage: str, today: date
) -> book.Workbook:
    """One sheet per scale with a ranking."""
    title = f"Thứ hạng vững đến đâu, năm {bloc_year.year}, {bloc_year.bloc.name}"
    shown = [group for group in groups if group.tally is not None]
    sheets = tuple(
        _sheet(group, f"{title}. Bước: {stage.lower()}", number)
        for number, group in enumerate(shown, 1)
    )
    return book.Workbook(title=title, author=bloc_year.bloc.name, dated=today, sheets=sheets)


def _sheet(group: FirmGroup, title: str, number: int) -> book.Sheet:
    tally = group.tally
    if tally is None:
        raise ValueError("a group without draws has no sheet")
    places = len(tally.units)
    span = 5 + places
    heads = (
        "Xếp thứ", "Đơn vị", "Điểm xếp hạng", "Giữ hạng (%)", "Khoảng điểm trong 90% phép thử",
        *(f"Hạng {rank} (%)" for rank in range(1, places + 1)),
    )  # fmt: skip
    rows = [
        book.Row((book.Cell(title, span=span),), book.Style.TITLE),
        book.Row((book.Cell(group.title, span=span),), book.Style.NOTE),
        book.Row(tuple(book.Cell(text) for text in heads), book.Style.HEADER),
    ]
    for row, unit in zip(group.rows, tally.units, strict=True):
        shares = (_percent(count, group) for count in unit.times)
        cells = (
            book.Cell(book.Number(Fraction(unit.rank), 0), synthetic=group.synthetic),
            book.Cell(unit.unit),
            book.Cell(book.Number(unit.figure, max(1, tally.decimals)), synthetic=row.synthetic),
            _percent(unit.kept, group),
            book.Cell(row.span, synthetic=group.synthetic),
            *shares,
        )
        rows.append(book.Row(cells))
    rows.extend(_pairs(group))
    rows.extend(_notes(group, span))
    return book.Sheet(
        name="Thứ hạng" if number == 1 else f"Thứ hạng {number}",
        columns=tuple(book.Column(w) for w in (9, 44, 16, 13, 26, *(11 for _ in range(places)))),
        rows=tuple(rows),
        header_rows=3,
        frozen_columns=2,
    )


def _percent(count: int, group: FirmGroup) -> book.Cell:
    draws = 1 if group.tally is None else group.tally.draws
    return book.Cell(book.Number(Fraction(100 * count, draws), 2), synthetic=group.synthetic)


def _pairs(group: FirmGroup) -> list[book.Row]:
    tally = group.tally
    if tally is None or not group.pairs:
        return []
    heads = ("", "Hai đơn vị", "Cách nhau", "Đổi chỗ (%)", "Cùng hạng (%)")
    rows = [
        book.Row((book.Cell(),)),
        book.Row(tuple(book.Cell(text) for text in heads), book.Style.HEADER),
    ]
    ordered = {(pair.first.unit, pair.second.unit): pair for pair in tally.pairs}
    for row in group.pairs:
        pair = ordered[row.first, row.second]
        cells = (
            book.Cell(),
            book.Cell(f"{row.first}; {row.second}"),
            book.Cell(row.margin, synthetic=group.synthetic),
            _percent(pair.swapped, group),
            _percent(pair.level, group),
        )
        rows.append(book.Row(cells))
    return rows


def _notes(group: FirmGroup, span: int) -> list[book.Row]:
    tally = group.tally
    drawn = "" if tally is None else f"{tally.draws} phép thử, hạt giống {tally.seed}."
    said = [f"{group.title}. {LIMITS}", drawn, SEED, *DEFINITION, *_moves(group), RECIPE]
    return [book.Row((book.Cell(words, span=span),), book.Style.NOTE) for words in said]


def _moves(group: FirmGroup) -> list[str]:
    """How far each judged line moves: what a repetition needs beside the scores and the seed."""
    listed = "; ".join(f"{one.line.key} {one.moved}" for one in group.lines)
    return [f"Mức lệch nhiều nhất của từng dòng chấm theo nhận định: {listed}."] if listed else []
