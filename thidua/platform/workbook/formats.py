"""How cells look: fonts, borders, number formats; each look is made once per file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from thidua.platform.workbook.model import Style

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#7F7F7F"}
_STYLES: dict[Style, dict[str, Any]] = {
    Style.PLAIN: {"text_wrap": True, **_BORDER},
    Style.TITLE: {"bold": True, "font_size": 14, "align": "left"},
    Style.HEADER: {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "bg_color": "#EDEAE4",
        **_BORDER,
    },
    Style.SECTION: {"bold": True, "text_wrap": True, "bg_color": "#F6F4F0", **_BORDER},
    Style.TOTAL: {"bold": True, "text_wrap": True, "top": 2, **_BORDER},
    Style.NOTE: {"italic": True, "text_wrap": True},
}
_TYPED_IN = "#FFFBE6"  # the ground of a cell that may be typed in on a protected sheet
_SIGNIFICANT = 17  # digits of a figure that does not end: more than a spreadsheet holds


@dataclass(slots=True)
class Formats:
    """Makes and remembers the formats of one file."""

    book: xlsxwriter.Workbook
    made: dict[tuple[Style, str, bool, bool], Format]

    def of(
        self, style: Style, *, number: str = "", unlocked: bool = False, quoted: bool = False
    ) -> Format:
        """The format of a cell; ``number`` is a number format of the spreadsheet, ``quoted`` keeps
        a text that looks like a formula a text when the cell is typed in again."""
        key = (style, number, unlocked, quoted)
        if key not in self.made:
            look = {**FONT, **_STYLES[style]}
            if number:
                look |= {"num_format": number}
            if unlocked:
                look |= {"locked": False, "bg_color": _TYPED_IN}
            if quoted:
                look |= {"quote_prefix": True}
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def number_format(value: Fraction | None, decimals: int, *, synthetic: bool) -> str:
    """So many places as asked; ≈ before a figure that is not shown whole, ° after a made-up one."""
    places = "." + "0" * decimals if decimals else ""
    about = "" if value is None or shown_whole(value, decimals) else '"≈"'
    return f"{about}#,##0{places}" + ('"°"' if synthetic else "")


def shown_whole(value: Fraction, decimals: int) -> bool:
    """Whether so many places show the figure exactly."""
    return int(10**decimals) % value.denominator == 0


def exact(value: Fraction) -> Decimal:
    """The figure in decimals: whole when it ends within 17 digits, else its first 17."""
    return Context(prec=_SIGNIFICANT).divide(Decimal(value.numerator), Decimal(value.denominator))
