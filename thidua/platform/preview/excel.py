"""An Excel file as tables of text. Runs in the process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thidua.platform.workbook.errors import WorkbookError
from thidua.platform.workbook.places import Place, Places, places_of
from thidua.platform.workbook.read import ReadSheet, read_workbook

MOST_SHEETS = 10
MOST_ROWS = 200
MOST_COLUMNS = 30
MOST_LETTERS = 300  # of one cell
UNREADABLE = 3
NOT_COMPUTED = "công thức chưa tính"


def read_excel(path: Path) -> dict[str, Any] | int:
    """Sheets: {"name", "hidden", "rows", "cut"}; an exit code when it is no table we can read."""
    data = path.read_bytes()
    try:
        sheets = read_workbook(data)
        return {
            "sheets": [
                _sheet(sheet, _waiting(places_of(data, sheet=sheet.name)))
                for sheet in sheets[:MOST_SHEETS]
            ],
            "cut": len(sheets) > MOST_SHEETS,
        }
    except WorkbookError:
        return UNREADABLE


def _waiting(places: Places) -> frozenset[Place]:
    """Formulas that no program has computed, where they have no value: a text may be empty."""
    return places.formulas - places.texts


def _sheet(sheet: ReadSheet, formulas: frozenset[Place]) -> dict[str, Any]:
    """The beginning of a sheet. One of `formulas` without a value says that it was not computed: a
    blank would look like an empty cell."""
    widths = [len(cells) for cells in sheet.rows[:MOST_ROWS]]
    for row, column in formulas:
        if row < MOST_ROWS and column < MOST_COLUMNS:
            widths.extend([0] * (row + 1 - len(widths)))
            widths[row] = max(widths[row], column + 1)
    rows = [
        [_text(sheet, (row, column), formulas) for column in range(min(width, MOST_COLUMNS))]
        for row, width in enumerate(widths)
    ]
    wide = any(len(cells) > MOST_COLUMNS for cells in sheet.rows[:MOST_ROWS])
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": rows,
        "cut": wide or len(sheet.rows) > MOST_ROWS,
    }


def _text(sheet: ReadSheet, place: Place, formulas: frozenset[Place]) -> str:
    if place in formulas and sheet.value(*place) in (None, ""):
        return NOT_COMPUTED
    return sheet.text(*place)[:MOST_LETTERS]
