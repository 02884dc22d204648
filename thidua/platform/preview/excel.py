"""An Excel file as tables of text. Runs in the process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thidua.platform.workbook.errors import WorkbookError
from thidua.platform.workbook.read import ReadSheet, read_workbook

MOST_SHEETS = 10
MOST_ROWS = 200
MOST_COLUMNS = 30
MOST_LETTERS = 300  # of one cell
UNREADABLE = 3


def read_excel(path: Path) -> dict[str, Any] | int:
    """Sheets: {"name", "hidden", "rows", "cut"}; an exit code when it is no table we can read."""
    try:
        sheets = read_workbook(path.read_bytes())
    except WorkbookError:
        return UNREADABLE
    return {
        "sheets": [_sheet(sheet) for sheet in sheets[:MOST_SHEETS]],
        "cut": len(sheets) > MOST_SHEETS,
    }


def _sheet(sheet: ReadSheet) -> dict[str, Any]:
    rows = [
        [sheet.text(row, column)[:MOST_LETTERS] for column in range(min(len(cells), MOST_COLUMNS))]
        for row, cells in enumerate(sheet.rows[:MOST_ROWS])
    ]
    wide = any(len(cells) > MOST_COLUMNS for cells in sheet.rows[:MOST_ROWS])
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": rows,
        "cut": wide or len(sheet.rows) > MOST_ROWS,
    }
