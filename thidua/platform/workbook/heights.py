"""How high a row must be for its text; not every spreadsheet program works it out on opening."""

from __future__ import annotations

from math import ceil

from thidua.platform.documents.measure import MM_PER_POINT, width_mm
from thidua.platform.workbook.model import Cell, Formula, Row, Sheet, Style

SIZE = 12
TITLE_SIZE = 14
TALLEST = 409  # points; what a spreadsheet allows
_LINE = 1.32  # height of a line, in type sizes
_SLACK = 1.12  # words do not fill a line to its end
_EDGE = 1.6  # millimetres lost at both sides of a cell
_DEFAULT_WIDTH = 8
_BOLD = {Style.TITLE, Style.HEADER, Style.SECTION, Style.TOTAL}


def row_height(sheet: Sheet, row: Row) -> float:
    """Points for the row: as given, else enough for its tallest cell."""
    if row.height is not None:
        return row.height
    lines = 1
    column = 0
    for cell in row.cells:
        lines = max(lines, _lines(cell, _width(sheet, column, cell.span), cell.style or row.style))
        column += cell.span
    size = TITLE_SIZE if row.style is Style.TITLE else SIZE
    return min(lines * size * _LINE + 3, TALLEST)


def _width(sheet: Sheet, column: int, span: int) -> float:
    """Millimetres of so many columns; a character is as wide as a figure of the default font."""
    known = [one.width for one in sheet.columns[column : column + span]]
    characters = sum(known) + _DEFAULT_WIDTH * (span - len(known))
    return characters * SIZE * 0.5 * MM_PER_POINT


def _lines(cell: Cell, width: float, style: Style) -> int:
    value = cell.value.words if isinstance(cell.value, Formula) else cell.value
    if not isinstance(value, str) or style is Style.TITLE:
        return 1
    room = max(width - _EDGE, 2.0)
    bold = style in _BOLD
    return sum(
        max(1, ceil(width_mm(line, SIZE, bold=bold) * _SLACK / room))
        for line in value[:4_000].split("\n")
    )
