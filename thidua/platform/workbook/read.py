"""Reads a spreadsheet into exact values: text as typed, figures as fractions, dates as dates."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import python_calamine
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from thidua.platform.documents.text import clean
from thidua.platform.workbook import errors
from thidua.platform.workbook.errors import WorkbookError
from thidua.platform.workbook.guard import MOST_ROWS, check

ReadValue = str | Fraction | date | None
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:[.,][0-9]{1,15})?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+", re.ASCII)
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet as read; rows and columns counted from 0, cells beyond the end are empty."""

    name: str
    rows: tuple[tuple[ReadValue, ...], ...]
    hidden: bool

    def value(self, row: int, column: int) -> ReadValue:
        """What stands there: text, an exact figure, a date, or nothing."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int) -> str:
        """The cell as text; a figure the Vietnamese way ("961,5"), a date dd/mm/yyyy."""
        value = self.value(row, column)
        match value:
            case None:
                return ""
            case str():
                return value
            case Fraction():
                return decimal_text(value)
            case _:
                return f"{value:%d/%m/%Y}"

    def number(self, row: int, column: int) -> Fraction | None:
        """The exact figure, also when typed as the text "961,5"; ``None`` for an empty cell.

        Raises ``WorkbookError`` that names the cell when something else stands there.
        """
        value = self.value(row, column)
        if value is None or isinstance(value, Fraction):
            return value
        if isinstance(value, str):
            typed = "".join(value.split()).replace("−", "-")
            if not typed:
                return None
            if _NUMBER.fullmatch(typed) and not _THOUSANDS.fullmatch(typed):
                return Fraction(typed.replace(",", "."))
        raise WorkbookError(
            f"Ô {self.place(row, column)} phải là một số, như 961,5. Sửa ô này rồi gửi lại."
        )

    def day(self, row: int, column: int) -> date | None:
        """The date, also when typed as dd/mm/yyyy; ``None`` for an empty cell.

        Raises ``WorkbookError`` that names the cell when something else stands there.
        """
        value = self.value(row, column)
        if value is None or isinstance(value, date):
            return value
        found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        try:
            if found:
                return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            pass  # a day like 31/02: the same answer as for any other text
        raise WorkbookError(
            f"Ô {self.place(row, column)} phải là một ngày, như 22/12/2026. Sửa ô này rồi gửi lại."
        )

    def place(self, row: int, column: int) -> str:
        """The name of a cell as the spreadsheet shows it, "C5", with its sheet."""
        letters = ""
        number = column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{row + 1} của bảng {self.name}"


def read_workbook(data: bytes) -> tuple[ReadSheet, ...]:
    """Every sheet of an .xlsx or .xlsm file; macros and formulas are not run.

    A formula counts as the value saved with it. Raises ``WorkbookError`` with the sentence for the
    person: not a spreadsheet, password, more than 50 MB unpacked, more than 100,000 rows.
    """
    check(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return tuple(
                _sheet(book, index, about.visible is not SheetVisibleEnum.Visible)
                for index, about in enumerate(book.sheets_metadata)
                if about.typ is SheetTypeEnum.WorkSheet
            )
    except python_calamine.PasswordError:
        raise WorkbookError(errors.LOCKED) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise WorkbookError(errors.NOT_A_SPREADSHEET) from None


def decimal_text(value: Fraction) -> str:
    """The figure with a decimal comma, without closing zeros; ≈ and six places if it never ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    shown = value if rest == 1 else round(value, 6)
    digits = Decimal(shown.numerator) / Decimal(shown.denominator)
    about = "" if rest == 1 else "≈"
    return about + f"{digits.normalize():f}".replace(".", ",")


def _sheet(book: CalamineWorkbook, index: int, hidden: bool) -> ReadSheet:  # noqa: FBT001 - private
    sheet = book.get_sheet_by_index(index)
    if sheet.height > MOST_ROWS:
        raise WorkbookError(errors.TOO_MANY_ROWS)
    rows = tuple(
        tuple(_value(cell) for cell in row) for row in sheet.to_python(skip_empty_area=False)
    )
    return ReadSheet(clean(sheet.name), rows, hidden)


def _value(cell: object) -> ReadValue:
    """What the reader gives, made exact: a float by its shortest digits, as it was typed."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return Fraction(cell)
        case float():
            return Fraction(repr(cell))
        case datetime():
            return cell.date()
        case date():
            return cell
        case str():
            return clean(cell).strip() or None
        case time() | timedelta():
            return str(cell)
    return None
