"""The bloc's table of registrations as Excel and as an official paper: the rows of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from thidua.platform.documents.model import (
    Align,
    Bullets,
    Document,
    Heading,
    Paragraph,
)
from thidua.platform.documents.model import Cell as PaperCell
from thidua.platform.documents.model import Column as PaperColumn
from thidua.platform.documents.model import Row as PaperRow
from thidua.platform.documents.model import Table as PaperTable
from thidua.platform.workbook.model import Cell, Column, Number, Row, Sheet, Style, Workbook
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.paper import dated, letterhead_of
from thidua.year.record.awards import UNIT_AWARDS, Award
from thidua.year.registration.queries import Board, BoardRow, TitleLine
from thidua.year.rulebook.document import signature_of_head

FIXED = (
    ("TT", 6),
    ("Đơn vị", 42),
    ("Tình trạng", 26),
    ("Chỉ tiêu được giao", 12),
    ("Chỉ tiêu tự chọn", 12),
    ("Thấp hơn năm trước", 12),
    ("Nhiệm vụ trọng tâm", 12),
)


def count_words(board: Board) -> tuple[str, ...]:
    """How many units registered each award, one sentence each."""
    return tuple(f"{count} đơn vị đăng ký {award.label}." for award, count in board.counts.items())


def reported_words(board: Board) -> tuple[str, ...]:
    """What a source reports, with the words that it names no unit."""
    return tuple(
        f"{one.count} đơn vị đăng ký {one.get_award_display()}, theo {one.source}. "
        "Nguồn nêu số lượng, không nêu đơn vị nào."
        for one in board.reported
    )


def board_workbook(bloc_year: BlocYear, board: Board, *, today: date) -> Workbook:
    """One sheet: a row per unit, a column per award, the counts at the end."""
    title = f"Đăng ký thi đua năm {bloc_year.year}, {bloc_year.bloc.name}"
    headings = (*FIXED, *((award.label, 16) for award in Award))
    rows = (
        Row(cells=(Cell(title, span=len(headings)),), style=Style.TITLE),
        Row(cells=tuple(Cell(words) for words, _width in headings), style=Style.HEADER),
        *(_row(number, row) for number, row in enumerate(board.rows, 1)),
        _counts(board),
        *(Row(cells=(Cell(words),), style=Style.NOTE) for words in reported_words(board)),
    )
    sheet = Sheet(
        name="Đăng ký thi đua",
        columns=tuple(Column(width) for _words, width in headings),
        rows=rows,
        header_rows=2,
        frozen_columns=2,
    )
    return Workbook(title=title, author=bloc_year.bloc.name, dated=today, sheets=(sheet,))


def board_document(bloc_year: BlocYear, board: Board, *, today: date) -> Document:
    """The table on one page: units, titles, and the counts below."""
    day, blank = dated(bloc_year, today=today, act=_last_sent(bloc_year, board))
    sent = Paragraph(
        f"{board.sent} trong {len(board.rows)} đơn vị đã gửi bản đăng ký, Trưởng khối đã nhận "
        f"{board.accepted} bản."
    )
    counts = (*count_words(board), *reported_words(board))
    summary = (Heading("Số lượng đăng ký"), Bullets(counts)) if counts else ()
    return Document(
        letterhead=letterhead_of(bloc_year),
        place=bloc_year.jurisdiction.place,
        dated=day,
        date_blank=blank,
        kind_name="Bảng tổng hợp",
        subject=f"Đăng ký thi đua năm {bloc_year.year} của {bloc_year.bloc.name}",
        blocks=(sent, _paper_table(board), *summary),
        signatures=(signature_of_head(),),
        recipients=("Các đơn vị trong Khối", "Lưu hồ sơ Khối"),
        trial=any(row.synthetic or row.name_synthetic for row in board.rows),
        landscape=True,
    )


def _last_sent(bloc_year: BlocYear, board: Board) -> datetime | None:
    """When the last registration of a closed year was sent; a running year is dated as printed."""
    if bloc_year.closed_at is None:
        return None
    return max((row.sent_at for row in board.rows if row.sent_at is not None), default=None)


def _row(number: int, row: BoardRow) -> Row:
    figures = (row.assigned, row.chosen, row.lower, row.key_tasks)
    aims = {title.award: title for title in row.titles}
    return Row(
        cells=(
            Cell(Number(Fraction(number), 0)),
            Cell(row.name, synthetic=row.name_synthetic),
            Cell(row.state_words),
            *(Cell(None if row.is_hidden else Number(Fraction(one), 0)) for one in figures),
            *(_aim(aims.get(award)) for award in Award),
        )
    )


def _aim(title: TitleLine | None) -> Cell:
    if title is None:
        return Cell()
    if title.count is None:
        return Cell("đăng ký", synthetic=title.synthetic)
    return Cell(Number(Fraction(title.count), 0), synthetic=title.synthetic)


def _counts(board: Board) -> Row:
    label = "Số đơn vị đăng ký, tính trên bản đã gửi Khối"
    counts = (Cell(Number(Fraction(board.counts.get(award, 0)), 0)) for award in Award)
    return Row(cells=(Cell(label, span=len(FIXED)), *counts), style=Style.TOTAL)


def _paper_table(board: Board) -> PaperTable:
    columns = (
        PaperColumn(6, Align.CENTER),
        PaperColumn(40),
        PaperColumn(26),
        PaperColumn(14, Align.CENTER),
        PaperColumn(14, Align.CENTER),
        PaperColumn(50),
        PaperColumn(50),
    )
    head = PaperRow(
        (
            "TT",
            "Đơn vị",
            "Tình trạng",
            "Chỉ tiêu được giao",
            "Chỉ tiêu tự chọn",
            "Danh hiệu, hình thức khen của đơn vị",
            "Danh hiệu của tập thể, cá nhân",
        )
    )
    rows = tuple(_paper_row(number, row) for number, row in enumerate(board.rows, 1))
    return PaperTable(columns, (head,), rows)


def _paper_row(number: int, row: BoardRow) -> PaperRow:
    own = [one for one in row.titles if one.award in UNIT_AWARDS]
    others = [one for one in row.titles if one.count is not None]
    return PaperRow(
        (
            str(number),
            PaperCell(row.name, synthetic=row.name_synthetic),
            row.state_words,
            "" if row.is_hidden else str(row.assigned),
            "" if row.is_hidden else str(row.chosen),
            _aims(own),
            _aims(others),
        )
    )


def _aims(titles: Sequence[TitleLine]) -> PaperCell:
    words = (f"{one.count or ''} {one.award.label}".strip() for one in titles)
    return PaperCell("; ".join(words), synthetic=any(one.synthetic for one in titles))
