"""Papers of scoring: one unit's score sheet and the bloc's working table, for Word, PDF and Excel.

The same rows in the same order as on the screen. In Excel groups and totals are live sums wherever
the rule only adds up; a figure with a cap or another rule stands as it is, never added up anew. The
bloc's table in Excel is made in workbook/table.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from thidua.core.points import show, show_figure
from thidua.platform.documents import model as paper
from thidua.platform.workbook import model as book
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.paper import dated, letterhead_of
from thidua.year.scoring.lines import Line
from thidua.year.scoring.pages.cells import Row
from thidua.year.scoring.pages.sheet import SheetPage
from thidua.year.scoring.pages.table import (
    Column,
    Group,
    Look,
    TablePage,
    unfinished_words,
)

Points = Mapping[str, Fraction | None]
HEAD_SIGNS = paper.Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint="Ký, ghi rõ họ tên")
UNIT_SIGNS = paper.Signature(("THỦ TRƯỞNG CƠ QUAN",), hint="Ký, ghi rõ họ tên, đóng dấu")
NO_MAXIMUM = "–"
FIGURE_WIDTH, FIRST_FIGURE = 11, 5  # of a spreadsheet column; the place of the machine's number


def sheet_head(page: SheetPage) -> tuple[str, ...]:
    """The heads of a unit's sheet: one column for every step of the year."""
    steps = (step.column for step in page.middle)
    first = ("Mã", "Tiêu chí", "Chỉ tiêu", "Kết quả", "Tối đa", "Máy gợi ý", "Tự chấm")
    return (*first, *steps, "Thông qua", "Lý do", "Minh chứng")


def figures_of(page: SheetPage, row: Row) -> tuple[Fraction | None, ...]:
    """The machine's number of a line and that of every step."""
    said = {cell.step.stage: cell.points for cell in row.steps}
    middle = (said.get(step.stage) for step in page.middle)
    return (row.computed, row.self_score, *middle, row.adopted)


def sheet_document(page: SheetPage, bloc_year: BlocYear, *, today: date) -> paper.Document:
    """One unit's score sheet as an official paper, on pages lying on their side."""
    trial = page.has_synthetic or page.sheet.synthetic
    day, blank = dated(bloc_year, today=today, act=bloc_year.adopted_at)
    return paper.Document(
        letterhead=paper.Letterhead(
            issuer=page.sheet.unit,
            superior=bloc_year.jurisdiction.name,
            profile=paper.Profile(bloc_year.jurisdiction.letterhead),
        ),
        place=bloc_year.jurisdiction.place,
        dated=day,
        date_blank=blank,
        kind_name="Bảng chấm điểm thi đua",
        subject=f"{page.sheet.unit}, năm {bloc_year.year}\n{bloc_year.bloc.name}",
        blocks=(paper.Paragraph(_sheet_standing(page)), _sheet_table(page)),
        signatures=(UNIT_SIGNS,),
        trial=trial,
        landscape=True,
    )


def _sheet_standing(page: SheetPage) -> str:
    state = page.standing
    if page.so_far is None:
        return f"{state}. Chưa chấm dòng nào."
    total = show(page.so_far, decimals=page.decimals)
    whole = "" if page.total is not None else " (chưa đủ các dòng)"
    words = f"{state}. Tổng tự chấm {total} trên {show_figure(page.most)} điểm{whole}."
    if page.shows_verified and page.verified_total is not None:
        last = page.columns[-1].label if page.columns else ""
        words += f" {last} {show(page.verified_total, decimals=page.decimals)} điểm."
    return words


def _sheet_table(page: SheetPage) -> paper.Table:
    right = paper.Align.RIGHT
    return paper.Table(
        columns=(
            paper.Column(8), paper.Column(40), paper.Column(12, right), paper.Column(12, right),
            paper.Column(9, right), *(paper.Column(10, right) for _ in (*page.middle, 1, 2, 3)),
            paper.Column(30), paper.Column(24),
        ),
        header=(paper.Row(sheet_head(page)),),
        rows=tuple(_paper_row(page, row) for row in page.rows),
        note="Đơn vị tính: điểm",
    )  # fmt: skip


def _paper_row(page: SheetPage, row: Row) -> paper.Row:
    kind = paper.RowKind.BODY if row.line.is_leaf else paper.RowKind.SECTION
    figures = figures_of(page, row)
    return paper.Row(
        (
            row.line.code,
            paper.Cell(row.slot_name or row.line.label, synthetic=row.synthetic),
            row.target or (row.target_field.text if row.target_field else ""),
            row.figure_words,
            show_figure(row.maximum),
            *(_figure_text(one, page.decimals) for one in figures),
            reasons_text(row),
            documents_text(row),
        ),
        kind,
    )


def reasons_text(row: Row) -> str:
    """What each stage gave as its reason."""
    said = (
        ("", row.reason),
        *((f"{cell.step.label}: ", cell.reason) for cell in row.steps),
        ("Hội nghị: ", row.adopted_reason),
    )
    return " ".join(f"{who}{words}" for who, words in said if words)


def documents_text(row: Row) -> str:
    """The cited documents by number, with the page."""
    return "; ".join(
        f"{one.number or one.subject}{', ' + one.page if one.page else ''}" for one in row.documents
    )


def _figure_text(points: Fraction | None, decimals: int) -> str:
    return "" if points is None else show(points, decimals=decimals)


def sheet_workbook(page: SheetPage, bloc_year: BlocYear, *, today: date) -> book.Workbook:
    """One unit's score sheet as a spreadsheet with live sums."""
    title = f"Bảng chấm điểm năm {bloc_year.year}, {page.sheet.unit}"
    first = 4
    spots = {row.key: number for number, row in enumerate(page.rows, first)}
    figures = {row.key: figures_of(page, row) for row in page.rows}
    head = sheet_head(page)
    columns: tuple[tuple[str, Points], ...] = tuple(
        (column_letter(FIRST_FIGURE + place), {key: one[place] for key, one in figures.items()})
        for place in range(len(page.middle) + 3)
    )
    lines = [row.line for row in page.rows]
    rows = (
        book.Row((book.Cell(title, span=len(head)),), book.Style.TITLE),
        book.Row((book.Cell(_sheet_standing(page), span=len(head)),), book.Style.NOTE),
        book.Row(tuple(book.Cell(text) for text in head), book.Style.HEADER),
        *(_book_row(page, row, columns, lines, spots) for row in page.rows),
        _book_total(page, columns, lines, spots),
    )
    sheet = book.Sheet(
        name="Bảng chấm điểm",
        columns=tuple(book.Column(width) for width in _widths(page)),
        rows=rows,
        header_rows=3,
        frozen_columns=2,
    )
    return book.Workbook(title=title, author=page.sheet.unit, dated=today, sheets=(sheet,))


def _widths(page: SheetPage) -> tuple[int, ...]:
    return (9, 46, 14, 14, 9, *(FIGURE_WIDTH for _ in (*page.middle, 1, 2, 3)), 40, 34)


def _book_row(
    page: SheetPage,
    row: Row,
    columns: Sequence[tuple[str, Points]],
    lines: Sequence[Line],
    spots: Mapping[str, int],
) -> book.Row:
    figures = (
        _live(row.line, letter, points, lines, spots, page.decimals, synthetic=row.synthetic)
        for letter, points in columns
    )
    return book.Row(
        (
            book.Cell(row.line.code),
            book.Cell(row.slot_name or row.line.label),
            book.Cell(row.target or (row.target_field.text if row.target_field else "") or None),
            book.Cell(row.figure_words or None),
            book.Cell(book.Number(row.maximum, 0 if row.maximum.denominator == 1 else 1)),
            *figures,
            book.Cell(reasons_text(row) or None),
            book.Cell(documents_text(row) or None),
        ),
        book.Style.PLAIN if row.line.is_leaf else book.Style.SECTION,
    )


def _book_total(
    page: SheetPage,
    columns: Sequence[tuple[str, Points]],
    lines: Sequence[Line],
    spots: Mapping[str, int],
) -> book.Row:
    shown = {step.stage for step in page.columns}
    middle = (
        page.step_totals.get(step.stage) if step.stage in shown else None for step in page.middle
    )
    adopted = page.adopted_total if page.shows_adopted else None
    totals = (None, page.total, *middle, adopted)
    cells = [
        _sum_of(
            total, [one for one in lines if not one.above], letter, points, spots, page.decimals
        )
        for (letter, points), total in zip(columns, totals, strict=True)
    ]
    most = book.Number(page.most, 0)
    head = (book.Cell(""), book.Cell("Tổng điểm"), book.Cell(), book.Cell(), book.Cell(most))
    return book.Row((*head, *cells, book.Cell(), book.Cell()), book.Style.TOTAL)


def _live(  # noqa: PLR0913  # where the figure stands and what it sums
    line: Line,
    letter: str,
    points: Points,
    lines: Sequence[Line],
    spots: Mapping[str, int],
    decimals: int,
    *,
    synthetic: bool = False,
) -> book.Cell:
    below = [one for one in lines if one.above and one.above[-1] == line.key]
    cell = _sum_of(points.get(line.key), below, letter, points, spots, decimals)
    return book.Cell(cell.value, synthetic=synthetic and cell.value is not None)


def _sum_of(  # a figure and the cells it may be the sum of
    figure: Fraction | None,
    below: Sequence[Line],
    letter: str,
    points: Points,
    spots: Mapping[str, int],
    decimals: int,
) -> book.Cell:
    """A live sum when the figure is exactly what stands below it, else the figure itself."""
    if figure is None:
        return book.Cell()
    terms = [one.key for one in below if points.get(one.key) is not None and one.key in spots]
    added = sum((points[key] or Fraction(0) for key in terms), Fraction(0))
    if terms and added == figure:
        text = "+".join(f"{letter}{spots[key]}" for key in terms)
        return book.Cell(book.Formula(text, figure, max(decimals, 1)))
    return book.Cell(book.Number(figure, max(decimals, 1)))


def table_document(page: TablePage, bloc_year: BlocYear, *, today: date) -> paper.Document:
    """The bloc's working table at one stage; the adopted one is printed by the conference.

    While a unit has not been through the step, the paper says so, and nobody signs it.
    """
    trial = page.has_synthetic
    day, blank = dated(bloc_year, today=today, act=bloc_year.adopted_at)
    blocks = [block for group in page.groups for block in _group_blocks(page.look, group)]
    unfinished = any(group.waiting for group in page.groups)
    return paper.Document(
        letterhead=letterhead_of(bloc_year),
        place=bloc_year.jurisdiction.place,
        dated=day,
        date_blank=blank,
        kind_name="Bảng tổng hợp điểm thi đua",
        subject=f"{bloc_year.bloc.name}, năm {bloc_year.year}\nBước: {page.look.label.lower()}",
        blocks=tuple(blocks),
        signatures=() if unfinished else (HEAD_SIGNS,),
        trial=trial,
        landscape=True,
    )


def _group_blocks(look: Look, group: Group) -> list[paper.Block]:
    right = paper.Align.RIGHT
    heads = ("Mã", "Tiêu chí", "Tối đa", *(unit_head(column) for column in group.columns))
    table = paper.Table(
        columns=(
            paper.Column(8),
            paper.Column(40),
            paper.Column(9, right),
            *(paper.Column(14, right) for _ in group.columns),
        ),
        header=(paper.Row(heads),),
        rows=(*_table_rows(group), *_table_sums(group)),
        note="Đơn vị tính: điểm",
        repeated_columns=3,
    )
    said = (unfinished_words(look, group), group.lead)
    return [*(paper.Paragraph(words) for words in said if words), table]


def unit_head(column: Column) -> str:
    """The name over a unit's column, starred while its numbers still change."""
    return column.sheet.unit if column.through else f"{column.sheet.unit} *"


def _table_rows(group: Group) -> list[paper.Row]:
    return [
        paper.Row(
            (
                row.line.code,
                row.line.label,
                show_figure(row.line.maximum) if row.line.maximum else NO_MAXIMUM,
                *(
                    paper.Cell(_figure_text(cell.points, group.decimals), synthetic=cell.synthetic)
                    for cell in row.cells
                ),
            ),
            paper.RowKind.BODY if row.line.is_leaf else paper.RowKind.SECTION,
        )
        for row in group.rows
    ]


def _table_sums(group: Group) -> list[paper.Row]:
    totals = (
        paper.Cell(
            _figure_text(column.total, group.decimals),
            synthetic=column.synthetic and column.total is not None,
        )
        for column in group.columns
    )
    ranks = ("" if column.rank is None else str(column.rank) for column in group.columns)
    total = paper.RowKind.TOTAL
    rows = [paper.Row(("", "Tổng điểm", show_figure(group.most), *totals), total)]
    if group.ranked:
        name = "Xếp thứ tạm tính" if group.waiting else "Xếp thứ"
        rows.append(paper.Row(("", name, "", *ranks), total))
    if group.classes:
        classes = (_class_text(column) for column in group.columns)
        rows.append(paper.Row(("", "Xếp loại", "", *classes), total))
    return rows


def _class_text(column: Column) -> str:
    said = (column.class_label, "" if column.considered else "không xét")
    return ", ".join(words for words in said if words)


def column_letter(place: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
