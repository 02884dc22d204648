"""Draws the rows of the bloc's table.

176 lines of 9 units are 1,584 cells; a template engine walks some ten nodes for each and needs more
than a tenth of a second. Here a cell is one sentence of text, and an address is made once a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from urllib.parse import quote

from django.template import Library
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from thidua.core.points import show, show_figure
from thidua.year.scoring.lines import Line
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.pages.table import Group, TableCell, TableRow

register = Library()
AT_ONCE = 40  # rows of the first screen and some more; the others are shown right after (prefs.js)
NO_MAXIMUM = '<span class="muted">–<span class="vh"> không có điểm tối đa</span></span>'
_LATER = " data-later"
LONG_CODE = 5  # letters; a longer one does not hang in its column


@register.simple_tag
def table_rows(group: Group, origin: Origin, year_id: int, sample: str) -> SafeString:
    """The body of the table: one row a line, each figure a link to its reason, which leads back to
    `place`. `sample` is the mark of made-up values, as markup."""
    units = {column.sheet.unit_id for column in group.columns}
    sheets = {unit: reverse("scoring:sheet", args=[year_id, unit]) for unit in units}
    draw = _Draw(sheets, escape(origin.query), group.decimals, sample)
    rows = "\n".join(draw.row(row, later=at >= AT_ONCE) for at, row in enumerate(group.rows))
    return mark_safe(rows)  # noqa: S308  # every text in it went through escape


@dataclass(frozen=True, slots=True)
class _Draw:
    sheets: dict[int, str]
    query: str
    decimals: int
    sample: str

    def row(self, row: TableRow, *, later: bool) -> str:
        """One line over all units."""
        line = row.line
        key = quote(line.key)
        tail = f"vi-sao/{key}/{self.query}"
        cells = "".join(self._cells(row, tail))
        muted = " muted" if line.depth else ""
        most = show_figure(line.maximum) if line.maximum else NO_MAXIMUM
        return (
            f'<tr id="d-{key}" data-d="{line.depth}"{_LATER if later else ""}{_kind(line)}>'
            f"{_head(line)}"
            f'<td class="num{muted}">{most}</td>{cells}</tr>'
        )

    def _cells(self, row: TableRow, tail: str) -> Iterator[str]:
        leaf = row.line.is_leaf
        for cell in row.cells:
            mark = f" {cell.mark}" if cell.mark else ""
            yield f'<td class="num{mark}">{self._inside(cell, tail, leaf=leaf)}</td>'

    def _inside(self, cell: TableCell, tail: str, *, leaf: bool) -> str:
        if cell.points is None:
            return f'<span class="small muted">{escape(cell.note)}</span>' if leaf else ""
        made_up = self.sample if cell.synthetic else ""
        text = _text(cell.points, self.decimals)
        if not leaf:
            return f"{text}{made_up}"
        return f'<a class="quiet" href="{self.sheets[cell.unit_id]}{tail}">{text}</a>{made_up}'


def _kind(line: Line) -> str:
    if line.depth == 0:
        return ' class="sec"'
    return "" if line.is_leaf else ' class="group"'


def _head(line: Line) -> str:
    code, label = escape(line.code), escape(line.label)
    if line.depth == 0:
        return f'<th scope="row" class="c1">{code}. {label}</th>'
    long = " long" if len(line.code) > LONG_CODE else ""
    return f'<th scope="row" class="c1 coded"><span class="code{long}">{code}</span>{label}</th>'


@lru_cache(maxsize=4096)
def _text(points: Fraction, decimals: int) -> str:
    return show(points, decimals=decimals)
