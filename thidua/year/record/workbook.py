"""The record as a spreadsheet: the rows of the page, in the same order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from thidua.platform.workbook.model import Cell, Column, Number, Row, Sheet, Style, Workbook
from thidua.year.record.queries import RecordPage, RecordRow

HEADINGS = (
    ("Năm", 8),
    ("Khối", 34),
    ("Đơn vị", 40),
    ("Xếp thứ", 9),
    ("Tổng điểm", 12),
    ("Xếp loại", 20),
    ("Danh hiệu, hình thức khen", 46),
    ("Ghi chú", 40),
    ("Dấu của bảng điểm", 70),
)


def record_workbook(page: RecordPage, *, place: str, today: date) -> Workbook:
    """The rows of the page; figures stand as adopted, never computed again."""
    title = f"Sổ khen thưởng, {place}"
    rows = (
        Row(cells=(Cell(title, span=len(HEADINGS)),), style=Style.TITLE),
        Row(cells=tuple(Cell(words) for words, _ in HEADINGS), style=Style.HEADER),
        *(_row(row) for row in page.rows),
    )
    sheet = Sheet(
        name="Sổ khen thưởng",
        columns=tuple(Column(width) for _, width in HEADINGS),
        rows=rows,
        header_rows=2,
        frozen_columns=3,
    )
    return Workbook(title=title, author=place, dated=today, sheets=(sheet,))


def _row(row: RecordRow) -> Row:
    titles = "; ".join(f"{title.label} ({title.decided})" for title in row.titles)
    return Row(
        cells=(
            Cell(Number(Fraction(row.year), 0)),
            Cell(row.bloc_name),
            Cell(row.unit_name),
            Cell(
                None if row.rank is None else Number(Fraction(row.rank), 0), synthetic=row.synthetic
            ),
            Cell(
                None if row.total is None else Number(row.total, row.decimals),
                synthetic=row.synthetic,
            ),
            Cell(row.class_label),
            Cell(titles, synthetic=any(title.synthetic for title in row.titles)),
            Cell(row.note),
            Cell(row.fingerprint),
        )
    )
