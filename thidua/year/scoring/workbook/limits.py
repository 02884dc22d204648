"""Ô nhận gì: lists and ranges of the boxes of a sheet, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from thidua.core.points import show_figure
from thidua.platform.workbook.model import DropDown, Kind, Limit
from thidua.year.scoring.changes import span_words
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.workbook.boxes import Box

DAY_WORDS = "Ghi ngày theo mẫu 22/12/2026."
COUNT_WORDS = "Nhập số nguyên từ 0 trở lên. Không có thì nhập 0."
FIGURE_WORDS = "Nhập một số, ví dụ 92,5. Nhiều số thì cách nhau bằng dấu chấm phẩy."
PAIR_WORDS = "Nhập một số, ví dụ 92,5."


def drop_downs_of(lines: Iterable[tuple[int, tuple[Box, ...]]]) -> tuple[DropDown, ...]:
    """Lists of the open boxes that offer choices; rows come counted from 1."""
    return tuple(
        DropDown(place - 1, place - 1, box.column, tuple(label for label, _ in box.choices))
        for place, boxes in lines
        for box in boxes
        if box.is_open and box.choices
    )


def limits_of(lines: Iterable[tuple[int, Line, tuple[Box, ...]]]) -> tuple[Limit, ...]:
    """Ranges of the open boxes that take figures and days."""
    return tuple(
        limit
        for place, line, boxes in lines
        for box in boxes
        if box.is_open and (limit := _limit(place - 1, line, box)) is not None
    )


def _limit(row: int, line: Line, box: Box) -> Limit | None:
    if box.is_day:
        return Limit(row=row, column=box.column, kind=Kind.DAY, words=DAY_WORDS)
    if box.field == "points":
        least, most = line.span
        words = span_words(line)
        if not line.is_judged:
            words = f"Để trống thì lấy điểm ở cột Máy tính. {words}"
        return Limit(
            row=row, column=box.column, kind=Kind.FIGURE, words=words, least=least, most=most
        )
    if box.choices or box.field not in ("target", "result", "value"):
        return None
    return _figure_limit(row, line, box)


def _figure_limit(row: int, line: Line, box: Box) -> Limit:
    if line.whole and line.ask is Ask.NUMBER:
        zero = Fraction(0)
        return Limit(row=row, column=box.column, kind=Kind.COUNT, words=COUNT_WORDS, least=zero)
    several = line.ask is Ask.NUMBER
    words = FIGURE_WORDS if several else PAIR_WORDS
    if line.least is not None:
        words = f"Nhập một số từ {show_figure(line.least)} trở lên, ví dụ 92,5."
    return Limit(
        row=row,
        column=box.column,
        kind=Kind.FIGURE,
        words=words,
        least=line.least,
        strict=not several,
    )
