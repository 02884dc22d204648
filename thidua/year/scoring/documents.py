"""Papers of scoring: one unit's score sheet and the bloc's working table, for Word, PDF and Excel.

The same rows in the same order as on the screen. In Excel groups and totals are live sums wherever
the rule only adds up; a figure with a cap or another rule stands as it is, never added up anew.
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
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.pages.cells import Row
from thidua.year.scoring.pages.sheet import SheetPage
from thidua.year.scoring.pages.table import Group, TablePage

Points = Mapping[str, Fraction | None]
HEAD_SIGNS = paper.Signature(("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"), hint="Ký, ghi rõ họ tên")
UNIT_SIGNS = paper.Signature(("THỦ TRƯỞNG CƠ QUAN",), hint="Ký, ghi rõ họ tên, đóng dấu")
SHEET_HEAD = (
    "Mã", "Tiêu chí", "Chỉ tiêu", "Kết quả", "Tối đa", "Máy gợi ý", "Tự chấm", "Thẩm định",
    "Thông qua", "Lý do", "Minh chứng",
)  # fmt: skip
SHEET_WIDTHS = (9, 46, 14, 14, 9, 11, 11, 11, 11, 40, 34)


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
    state = Sheet.State(page.sheet.state).label
    if page.so_far is None:
        return f"{state}. Chưa chấm dòng nào."
    total = show(page.so_far, decimals=page.decimals)
    whole = "" if page.total is not None else " (chưa đủ các dòng)"
    words = f"{state}. Tổng tự chấm {total} trên {show_figure(page.most)} điểm{whole}."
    if page.shows_verified and page.verified_total is not None:
        words += f" Thẩm định {show(page.verified_total, decimals=page.decimals)} điểm."
    return words


def _sheet_table(page: SheetPage) -> paper.Table:
    right = paper.Align.RIGHT
    return paper.Table(
        columns=(
            paper.Column(8), paper.Column(40), paper.Column(12, right), paper.Column(12, right),
            paper.Column(9, right), paper.Column(10, right), paper.Column(10, right),
            paper.Column(10, right), paper.Column(10, right), paper.Column(30), paper.Column(24),
        ),
        header=(paper.Row(SHEET_HEAD),),
        rows=tuple(_paper_row(page, row) for row in page.rows),
        note="Đơn vị tính: điểm",
    )  # fmt: skip


def _paper_row(page: SheetPage, row: Row) -> paper.Row:
    kind = paper.RowKind.BODY if row.line.is_leaf else paper.RowKind.SECTION
    figures = (row.computed, row.self_score, row.verified, row.adopted)
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
        ("Thẩm định: ", row.verified_reason),
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
    columns: tuple[tuple[str, Points], ...] = (
        ("F", {row.key: row.computed for row in page.rows}),
        ("G", {row.key: row.self_score for row in page.rows}),
        ("H", {row.key: row.verified for row in page.rows}),
        ("I", {row.key: row.adopted for row in page.rows}),
    )
    lines = [row.line for row in page.rows]
    rows = (
        book.Row((book.Cell(title, span=len(SHEET_HEAD)),), book.Style.TITLE),
        book.Row((book.Cell(_sheet_standing(page), span=len(SHEET_HEAD)),), book.Style.NOTE),
        book.Row(tuple(book.Cell(text) for text in SHEET_HEAD), book.Style.HEADER),
        *(_book_row(page, row, columns, lines, spots) for row in page.rows),
        _book_total(page, columns, lines, spots),
    )
    sheet = book.Sheet(
        name="Bảng chấm điểm",
        columns=tuple(book.Column(width) for width in SHEET_WIDTHS),
        rows=rows,
        header_rows=3,
        frozen_columns=2,
    )
    return book.Workbook(title=title, author=page.sheet.unit, dated=today, sheets=(sheet,))


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
    verified = page.verified_total if page.shows_verified else None
    adopted = page.adopted_total if page.shows_adopted else None
    totals = (None, page.total, verified, adopted)
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
    """The bloc's working table at one stage; the adopted one is printed by the conference."""
    trial = page.has_synthetic
    day, blank = dated(bloc_year, today=today, act=bloc_year.adopted_at)
    blocks = [block for group in page.groups for block in _group_blocks(group)]
    return paper.Document(
        letterhead=letterhead_of(bloc_year),
        place=bloc_year.jurisdiction.place,
        dated=day,
        date_blank=blank,
        kind_name="Bảng tổng hợp điểm thi đua",
        subject=f"{bloc_year.bloc.name}, năm {bloc_year.year}\nBước: {page.look.label.lower()}",
        blocks=tuple(blocks),
        signatures=(HEAD_SIGNS,),
        trial=trial,
        landscape=True,
    )


def _group_blocks(group: Group) -> list[paper.Block]:
    right = paper.Align.RIGHT
    heads = ("Mã", "Tiêu chí", "Tối đa", *(column.sheet.unit for column in group.columns))
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
    return [paper.Paragraph(group.lead), table] if group.lead else [table]


def _table_rows(group: Group) -> list[paper.Row]:
    return [
        paper.Row(
            (
                row.line.code,
                row.line.label,
                show_figure(row.line.maximum),
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
        rows.append(paper.Row(("", "Xếp thứ", "", *ranks), total))
    return rows


def table_workbook(page: TablePage, bloc_year: BlocYear, *, today: date) -> book.Workbook:
    """The bloc's working table as a spreadsheet with live sums, one sheet per scale."""
    title = f"Bảng tổng hợp điểm năm {bloc_year.year}, {bloc_year.bloc.name}"
    sheets = tuple(
        _table_sheet(group, f"{title}. Bước: {page.look.label.lower()}", number)
        for number, group in enumerate(page.groups, 1)
    )
    return book.Workbook(title=title, author=bloc_year.bloc.name, dated=today, sheets=sheets)


def _table_sheet(group: Group, title: str, number: int) -> book.Sheet:
    heads = ("Mã", "Tiêu chí", "Tối đa", *(column.sheet.unit for column in group.columns))
    first = 3
    spots = {row.line.key: place for place, row in enumerate(group.rows, first)}
    lines = [row.line for row in group.rows]
    by_unit: list[Points] = [
        {row.line.key: row.cells[place].points for row in group.rows}
        for place in range(len(group.columns))
    ]
    letters = [column_letter(place) for place in range(3, 3 + len(group.columns))]
    rows = [
        book.Row((book.Cell(title, span=len(heads)),), book.Style.TITLE),
        book.Row(tuple(book.Cell(text) for text in heads), book.Style.HEADER),
    ]
    for row in group.rows:
        figures = (
            _live(row.line, letter, points, lines, spots, group.decimals, synthetic=cell.synthetic)
            for letter, points, cell in zip(letters, by_unit, row.cells, strict=True)
        )
        most = book.Number(row.line.maximum, 0 if row.line.maximum.denominator == 1 else 1)
        style = book.Style.PLAIN if row.line.is_leaf else book.Style.SECTION
        cells = (book.Cell(row.line.code), book.Cell(row.line.label), book.Cell(most), *figures)
        rows.append(book.Row(cells, style))
    rows.extend(_table_book_sums(group, letters, by_unit, lines, spots))
    widths = (9, 52, 10, *(18 for _ in group.columns))
    return book.Sheet(
        name="Bảng tổng hợp" if number == 1 else f"Bảng tổng hợp {number}",
        columns=tuple(book.Column(width) for width in widths),
        rows=tuple(rows),
        header_rows=2,
        frozen_columns=2,
    )


def _table_book_sums(
    group: Group,
    letters: Sequence[str],
    by_unit: Sequence[Points],
    lines: Sequence[Line],
    spots: Mapping[str, int],
) -> list[book.Row]:
    tops = [one for one in lines if not one.above]
    totals = (
        _sum_of(column.total, tops, letter, points, spots, group.decimals)
        for column, letter, points in zip(group.columns, letters, by_unit, strict=True)
    )
    ranks = (
        book.Cell(None if column.rank is None else book.Number(Fraction(column.rank), 0))
        for column in group.columns
    )
    total = book.Style.TOTAL
    most = book.Cell(book.Number(group.most, 0))
    rows = [book.Row((book.Cell(""), book.Cell("Tổng điểm"), most, *totals), total)]
    if group.ranked:
        place = (book.Cell(""), book.Cell("Xếp thứ"), book.Cell())
        rows.append(book.Row((*place, *ranks), total))
    return rows


def column_letter(place: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
