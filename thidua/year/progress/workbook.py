"""The library as a spreadsheet: one row a document, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from thidua.platform import clock
from thidua.platform.workbook.model import Cell, Column, Number, Row, Sheet, Style, Workbook
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.progress.placing import places_text
from thidua.year.progress.queries import LibraryEntry

HEADINGS = (
    ("Số thứ tự", 8),
    ("Số, ký hiệu", 20),
    ("Ngày ban hành", 13),
    ("Cơ quan ban hành", 30),
    ("Trích yếu", 60),
    ("Người ký", 24),
    ("Số trang", 9),
    ("Dẫn ở dòng", 40),
    ("Lưu ý", 34),
    ("Tên tệp", 34),
    ("Người nạp", 30),
    ("Ngày nạp", 13),
)


def library_workbook(
    bloc_year: BlocYear, unit: Unit, entries: Sequence[LibraryEntry], *, today: date
) -> Workbook:
    """The documents of a unit in the year; text stays text whatever it begins with."""
    title = f"Kho minh chứng năm {bloc_year.year}, {unit.name}"
    rows = (
        Row(cells=(Cell(title, span=len(HEADINGS)),), style=Style.TITLE),
        Row(cells=tuple(Cell(words) for words, _ in HEADINGS), style=Style.HEADER),
        *(_row(place, entry) for place, entry in enumerate(entries, 1)),
    )
    sheet = Sheet(
        name="Kho minh chứng",
        columns=tuple(Column(width) for _, width in HEADINGS),
        rows=rows,
        header_rows=2,
        frozen_columns=2,
    )
    return Workbook(title=title, author=unit.name, dated=today, sheets=(sheet,))


def _row(place: int, entry: LibraryEntry) -> Row:
    document = entry.document
    made_up = document.synthetic
    return Row(
        cells=(
            Cell(Number(Fraction(place), 0)),
            Cell(document.number or "chưa có số", synthetic=made_up and bool(document.number)),
            Cell(document.issued_on, synthetic=made_up and document.issued_on is not None),
            Cell(document.issuer),
            Cell(document.subject, synthetic=made_up),
            Cell(document.signer, synthetic=made_up and bool(document.signer)),
            Cell(None if document.pages is None else Number(Fraction(document.pages), 0)),
            Cell(places_text(entry.citations)),
            Cell("; ".join(mark.words for mark in entry.marks)),
            Cell(document.file_name),
            Cell(document.author),
            Cell(document.at.astimezone(clock.LOCAL).date()),
        )
    )
