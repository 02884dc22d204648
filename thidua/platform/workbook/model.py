"""What a spreadsheet says: sheets of rows of cells, with figures exact and formulas only ours.

Text is always text: a string that begins with "=" is shown, never computed. A formula can only be
made by product code, as a ``Formula`` with the exact value it must have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Form(StrEnum):
    """What a cell waits for while it is empty: anything, a day, or letters that stay letters."""

    ANY = "any"
    DAY = "day"
    TEXT = "text"


class Style(StrEnum):
    """How a row or a cell looks."""

    PLAIN = "plain"
    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Number:
    """An exact figure shown with ``decimals`` places; ``from_milli`` reads 1/1000 of a point."""

    value: Fraction
    decimals: int = 1

    @classmethod
    def from_milli(cls, milli: int, decimals: int = 1) -> Number:
        """The figure stored as whole thousandths."""
        return cls(Fraction(milli, 1000), decimals)


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula without its "=", in English names and A1 places, with its exact value.

    ``value`` is what a reader without a calculator sees; ``None`` when there is no figure, and then
    ``words`` is what stands there instead (nothing, or why).
    """

    text: str
    value: Fraction | None
    decimals: int = 1
    words: str = ""


Value = str | Number | Formula | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``None`` is an empty cell, which is not 0. ``synthetic`` shows the mark °."""

    value: Value = None
    style: Style | None = None  # None: as the row
    span: int = 1
    unlocked: bool = False  # may be typed in on a protected sheet
    note: str = ""
    synthetic: bool = False
    form: Form = Form.ANY


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from the first column on."""

    cells: tuple[Cell, ...]
    style: Style = Style.PLAIN
    height: int | None = None  # points


@dataclass(frozen=True, slots=True)
class Column:
    """Width in characters of the default font."""

    width: int = 12
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DropDown:
    """A list to choose from; rows and columns counted from 0, both ends included."""

    first_row: int
    last_row: int
    column: int
    choices: tuple[str, ...]
    hint: str = ""  # shown beside the cell while it is chosen


class Kind(StrEnum):
    """What a limited cell takes."""

    FIGURE = "decimal"
    COUNT = "whole"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What may be typed in one cell, row and column counted from 0; ``words`` say it to people.

    A limit that is not ``strict`` warns and lets the person go on.
    """

    row: int
    column: int
    kind: Kind
    words: str
    least: Fraction | None = None
    most: Fraction | None = None
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``header_rows`` are frozen on screen and repeated on every printed page."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header_rows: int = 0
    frozen_columns: int = 0
    drop_downs: tuple[DropDown, ...] = ()
    limits: tuple[Limit, ...] = ()
    hidden: bool = False
    protected: bool = False
    landscape: bool = True
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The whole file. ``dated`` is written into it as its time: same data, same bytes."""

    title: str
    author: str
    dated: date
    sheets: tuple[Sheet, ...] = field(default=())
