"""Writes a workbook as .xlsx: text is text, formulas are only ours, same workbook same bytes."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thidua.platform.documents.text import SYNTHETIC_MARK, clean
from thidua.platform.workbook.formats import FONT, Formats, exact, number_format
from thidua.platform.workbook.heights import row_height
from thidua.platform.workbook.limits import Lists, limit_cells
from thidua.platform.workbook.model import (
    Cell,
    Form,
    Formula,
    Number,
    Row,
    Sheet,
    Style,
    Workbook,
)

LONGEST_TEXT = 32_767  # what one cell of a spreadsheet holds
LONGEST_NAME = 31
A4 = 9
_DATE = "dd/mm/yyyy"
_FORMS = {Form.ANY: "", Form.DAY: _DATE, Form.TEXT: "@"}
# a text that begins so becomes a formula when somebody opens the cell and leaves it again
_LIKE_FORMULA = ("=", "+", "-", "@")
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
# what can reach outside the sheet; our own arithmetic needs none of it
_REACHES_OUT = re.compile(r"(?i)\||\[|https?:|\b(HYPERLINK|WEBSERVICE|CALL|EXEC|REGISTER|DDE)\b")


def to_xlsx(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file.

    Raises ``ValueError`` for a formula that reaches outside the file or a workbook without a
    visible sheet: both are faults of the calling code, not of data.
    """
    if all(sheet.hidden for sheet in workbook.sheets):
        raise ValueError("a workbook needs a visible sheet")
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **_SAFE})
    _set_properties(book, workbook)
    formats = Formats(book, {})
    taken: set[str] = set()
    lists = Lists(book)
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet_name(sheet.name, taken))
        _write_sheet(page, sheet, formats)
        lists.add_all(page, sheet.drop_downs)
        limit_cells(page, sheet.limits)
    first = next(index for index, sheet in enumerate(workbook.sheets) if not sheet.hidden)
    book.worksheets()[first].activate()
    book.worksheets()[first].set_first_sheet()
    book.close()
    return target.getvalue()


def sheet_name(name: str, taken: set[str]) -> str:
    """A name the spreadsheet takes and no other sheet has; ``taken`` remembers it."""
    plain = (
        " ".join(_NOT_IN_NAMES.sub(" ", clean(name)).split()).strip("'")[:LONGEST_NAME] or "Bảng"
    )
    candidate, number = plain.strip(), 1
    while candidate.casefold() in taken or candidate.casefold() == "history":
        number += 1
        ending = f" ({number})"
        candidate = plain[: LONGEST_NAME - len(ending)].strip() + ending
    taken.add(candidate.casefold())
    return candidate


def _set_properties(book: xlsxwriter.Workbook, workbook: Workbook) -> None:
    moment = datetime.combine(workbook.dated, time())
    title, author = clean(workbook.title)[:255], clean(workbook.author)[:255]
    book.set_properties({"title": title, "author": author, "created": moment})
    book.formats[0].set_font_name(FONT["font_name"])
    book.formats[0].set_font_size(FONT["font_size"])


def _write_sheet(page: Worksheet, sheet: Sheet, formats: Formats) -> None:
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, None, {"hidden": column.hidden})
    for index, row in enumerate(sheet.rows):
        page.set_row(index, row_height(sheet, row))
        _write_row(page, index, row, formats)
    if sheet.header_rows or sheet.frozen_columns:
        page.freeze_panes(sheet.header_rows, sheet.frozen_columns)
    _set_print(page, sheet)
    if sheet.protected:
        page.protect("", {"format_columns": True, "format_rows": True})
    if sheet.hidden:
        page.hide()


def _set_print(page: Worksheet, sheet: Sheet) -> None:
    """A4, all columns on one page's width, heads repeated, page number at the foot."""
    page.set_paper(A4)
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.8, right=0.5, top=0.6, bottom=0.6)
    if sheet.header_rows:
        page.repeat_rows(0, sheet.header_rows - 1)
    words = clean(sheet.footer).replace("&", "&&").replace("\n", " ")[:180]
    page.set_footer(f"&L{words}&RTrang &P trên &N")


def _write_row(page: Worksheet, index: int, row: Row, formats: Formats) -> None:
    column = 0
    for cell in row.cells:
        form = _format(cell, cell.style or row.style, formats)
        if cell.span > 1:
            page.merge_range(index, column, index, column + cell.span - 1, "", form)
        _write_cell(page, (index, column), cell, form)
        if cell.note:
            page.write_comment(index, column, clean(cell.note)[:LONGEST_TEXT], {"author": ""})
        column += cell.span


def _format(cell: Cell, style: Style, formats: Formats) -> Format:
    value = cell.value
    number = _FORMS[cell.form]
    if isinstance(value, Number | Formula):
        number = number_format(value.value, value.decimals, synthetic=cell.synthetic)
    elif value is not None and not isinstance(value, str):
        number = _DATE + ('"°"' if cell.synthetic else "")
    quoted = isinstance(value, str) and value.lstrip().startswith(_LIKE_FORMULA)
    return formats.of(style, number=number, unlocked=cell.unlocked, quoted=quoted)


def _write_cell(page: Worksheet, place: tuple[int, int], cell: Cell, form: Format) -> None:
    """Write the value by its type; nothing is guessed from how a text looks."""
    match cell.value:
        case None:
            page.write_blank(*place, None, form)
        case str() as text:
            mark = SYNTHETIC_MARK if cell.synthetic and text else ""
            page.write_string(*place, clean(text)[: LONGEST_TEXT - 1] + mark, form)
        case Number(value=value):
            page.write_number(*place, exact(value), form)
        case Formula(text=text, value=value, words=words):
            if _REACHES_OUT.search(text):
                raise ValueError(f"a formula reaches outside the file: {text}")
            result: Any = clean(words) if value is None else exact(value)
            page.write_formula(*place, f"={text}", form, result)
        case day if day.year < 1900:  # before the calendar of spreadsheets
            page.write_string(*place, f"{day:%d/%m}/{day.year}", form)
        case day:
            page.write_datetime(*place, datetime.combine(day, time()), form)
