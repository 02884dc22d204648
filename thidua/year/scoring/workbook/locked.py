"""Ô khóa đã sửa: what somebody changed in the parts of a workbook that are not taken back, said
once. The table is protected, but a copy of it is not."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.text import one_line
from thidua.year.scoring.pages.cells import Row
from thidua.year.scoring.workbook.back import FileLine, Filled, LockedCell
from thidua.year.scoring.workbook.columns import EXCEL, Column

MOST_NAMED = 6
CLOSE = Fraction(1, 1000)
MARK = "°"


def locked_notes(rows: Mapping[str, Row], filled: Filled) -> tuple[str, ...]:
    """One sentence that names the columns and rows; nothing when all stands as it left."""
    found: dict[Column, list[int]] = {}
    for key, line in filled.lines.items():
        for column in _changed(rows[key], line) if key in rows else ():
            found.setdefault(column, []).append(line.number)
    if filled.overwritten_total:
        found.setdefault(Column.POINTS, []).append(filled.overwritten_total)
    if not found:
        return ()
    places = "; ".join(f"cột {column.head} ở {_numbers(found[column])}" for column in sorted(found))
    return (
        f"Tệp đã sửa ô khóa: {places}. Các chỗ này không được nhận: tên tiêu chí, điểm tối đa "
        "lấy theo thang điểm, điểm máy và tổng điểm do máy tính lại.",
    )


def _changed(row: Row, line: FileLine) -> list[Column]:
    way = line.locked.get(Column.WAY)
    by_excel = way is not None and way.value == EXCEL
    changed = {
        Column.LABEL: lambda cell: _text(cell) not in (row.line.label, row.slot_name),
        Column.MOST: lambda cell: not _is_maximum(cell, row.line.maximum),
        Column.POINTS: lambda cell: by_excel and not cell.is_formula,
    }
    return [
        column
        for column, cell in line.locked.items()
        if column in changed and changed[column](cell)
    ]


def _text(cell: LockedCell) -> str:
    return one_line(cell.value).removesuffix(MARK) if isinstance(cell.value, str) else ""


def _is_maximum(cell: LockedCell, maximum: Fraction) -> bool:
    if cell.value is None:
        return maximum == 0
    return isinstance(cell.value, Fraction) and abs(cell.value - maximum) < CLOSE


def _numbers(rows: list[int]) -> str:
    named = ", ".join(str(number) for number in sorted(rows)[:MOST_NAMED])
    more = f" và {len(rows) - MOST_NAMED} dòng khác" if len(rows) > MOST_NAMED else ""
    return f"dòng {named}{more}"
