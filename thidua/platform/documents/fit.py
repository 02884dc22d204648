"""Fits a table on paper: smaller type, then a page on its side, then groups of columns; never cut.

Lengths in millimetres, type sizes in points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from math import ceil

from thidua.platform.documents.grid import Grid, GridRow, Placed, grid_of
from thidua.platform.documents.measure import width_mm
from thidua.platform.documents.model import Align, RowKind, Table
from thidua.platform.documents.page import text_width

UPRIGHT_SIZES = (13.0, 12.0, 11.0)
SIDEWAYS_SIZES = (12.0, 11.0, 10.0, 9.0)  # 9 pt is the least we print
GROUP_SIZE = 10.0  # of a table printed in groups of columns
PADDING = 1.2  # left and right of the text in a cell
SLACK = 0.6  # for a font whose figures differ a little from Times
TEXT_ROOM = 3.2  # a column of words wants this many millimetres per point, if it has the words
WORD_ROOM = 3.5  # a longer word is broken within the word
LINE = 1.2 * 25.4 / 72  # height of a line, millimetres per point
WHOLE_ROW = 90.0  # a row higher than this may go on over the page end
SHORT_TABLE = 6  # rows of a table that is kept on one page when asked for
KEPT_ROWS = 3  # at least so many stand on each side of a page end


@dataclass(frozen=True, slots=True)
class Part:
    """A table, or one group of its columns, ready to print."""

    grid: Grid
    widths: tuple[float, ...]
    size: float
    caption: str
    note: str
    whole: bool = False

    @property
    def ends_in_total(self) -> bool:
        """Whether the last row is a total below other rows, to be kept with them."""
        rows = self.grid.rows
        return (
            len(rows) > 1
            and rows[-1].kind is RowKind.TOTAL
            and self._full(rows[-1])
            and self._full(rows[-2])
            and not self.breakable(rows[-2])
        )

    @property
    def stays_whole(self) -> bool:
        """Whether the table is asked to stay on one page and is short enough for it."""
        return self.whole and len(self.grid.rows) <= SHORT_TABLE

    @property
    def lead(self) -> int:
        """How many first rows are kept together, so that a page end leaves no row or two."""
        return self._kept(range(len(self.grid.rows)))

    @property
    def foot(self) -> int:
        """How many last rows are kept together; never fewer than a closing total needs."""
        rows = range(len(self.grid.rows))
        return max(self._kept(reversed(rows)), 2 if self.ends_in_total else 0)

    def _kept(self, order: Iterable[int]) -> int:
        """Up to three rows that are plain and together not too high; 0 in a table of a few rows."""
        if self.stays_whole or len(self.grid.rows) < 2 * KEPT_ROWS:
            return 0
        count, height = 0, 0.0
        for index in islice(order, KEPT_ROWS):
            row = self.grid.rows[index]
            height += max((self._height(cell) for cell in row.cells), default=0.0)
            if not self._full(row) or height > WHOLE_ROW:
                break
            count += 1
        return count if count > 1 else 0

    def heads_rows(self, index: int) -> bool:
        """Whether the row names a section, to be kept with the ordinary row after it."""
        rows = self.grid.rows[index : index + 2]
        return (
            len(rows) == 2
            and (rows[0].kind, rows[1].kind) == (RowKind.SECTION, RowKind.BODY)
            and self._full(rows[0])
            and self._full(rows[1])
            and not self.breakable(rows[1])
        )

    def _full(self, row: GridRow) -> bool:
        """Whether no taller cell of a row above or in it crosses the row's edges."""
        whole = sum(cell.span for cell in row.cells) == len(self.widths)
        return whole and all(cell.rows == 1 for cell in row.cells)

    def breakable(self, row: GridRow) -> bool:
        """Whether the row is so high that it may go on over the end of a page."""
        return any(self._height(cell) > WHOLE_ROW for cell in row.cells)

    def room(self, cell: Placed) -> float:
        """Length of a line in the cell."""
        return sum(self.widths[cell.column : cell.column + cell.span]) - 2 * PADDING

    def _height(self, cell: Placed) -> float:
        room = max(self.room(cell), 1.0)
        lines = sum(
            ceil(width_mm(line, self.size) * 1.15 / room) or 1 for line in cell.text.split("\n")
        )
        return lines * self.size * LINE


def fit(table: Table, *, landscape: bool) -> tuple[bool, tuple[Part, ...]]:
    """Whether the pages lie on their side, and the table as one part or several groups."""
    grid = grid_of(table)
    if not landscape:
        part = _whole(table, grid, text_width(landscape=False), UPRIGHT_SIZES)
        if part:
            return False, (part,)
    room = text_width(landscape=True)
    part = _whole(table, grid, room, SIDEWAYS_SIZES)
    return True, (part,) if part else _groups(table, grid, room)


def column_widths(needs: list[float], shares: tuple[int, ...], total: float) -> tuple[float, ...]:
    """Widths by the shares, but no column under its need; they add up to the total."""
    held: dict[int, float] = {}
    while True:
        free = [index for index in range(len(needs)) if index not in held]
        rest = total - sum(held.values())
        unit = rest / max(sum(max(shares[index], 1) for index in free), 1)
        short = [index for index in free if max(shares[index], 1) * unit < needs[index] - 1e-9]
        if not short:
            break
        held |= {index: needs[index] for index in short}
    return tuple(held.get(index, max(share, 1) * unit) for index, share in enumerate(shares))


def _whole(table: Table, grid: Grid, room: float, sizes: Iterable[float]) -> Part | None:
    for size in sizes:
        needs = _needs(grid, size)
        if sum(needs) <= room:
            widths = column_widths(needs, grid.shares, room)
            return Part(grid, widths, size, table.caption, table.note, table.whole)
    return None


def _groups(table: Table, grid: Grid, room: float) -> tuple[Part, ...]:
    """As few groups as fit, as even as possible, each led by the repeated columns."""
    needs = _needs(grid, GROUP_SIZE)
    lead = tuple(range(min(table.repeated_columns, len(needs) - 1)))
    for column in lead:
        needs[column] = min(needs[column], room / 2 / len(lead))
    left = room - sum(needs[column] for column in lead)
    parts = []
    groups = _even_groups(list(range(len(lead), len(needs))), needs, left)
    for number, group in enumerate(groups, 1):
        columns = (*lead, *group)
        part_grid = grid.only(columns)
        widths = column_widths([needs[column] for column in columns], part_grid.shares, room)
        caption = f"{table.caption} (phần {number} trên {len(groups)})".strip()
        parts.append(Part(part_grid, widths, GROUP_SIZE, caption, table.note))
    return tuple(parts)


def _even_groups(columns: list[int], needs: list[float], room: float) -> list[tuple[int, ...]]:
    for count in range(1, len(columns)):
        size = ceil(len(columns) / count)
        groups = [tuple(columns[at : at + size]) for at in range(0, len(columns), size)]
        if all(sum(needs[column] for column in group) <= room for group in groups):
            return groups
    return [(column,) for column in columns]


def _needs(grid: Grid, size: float) -> list[float]:
    """The least width of each column: its longest word; for words in sentences some room more."""
    units = [0.2] * len(grid.shares)  # millimetres per point of type
    for rows, is_body in ((grid.header, False), (grid.rows, True)):
        for row in rows:
            for cell in row.cells:
                if cell.span == 1:
                    unit = _cell_need(cell, roomy=is_body and row.kind is RowKind.BODY)
                    units[cell.column] = max(units[cell.column], unit)
    return [unit * size + 2 * PADDING + SLACK for unit in units]


def _cell_need(cell: Placed, *, roomy: bool) -> float:
    """Millimetres per point of type that the cell needs."""
    bold = any(run.bold for run in cell.runs)
    lines = cell.text.split("\n")
    words = [word for line in lines for word in line.split(" ")]
    need = min(max(width_mm(word, 1, bold=bold) for word in words), WORD_ROOM)
    if roomy and cell.align in {Align.LEFT, Align.JUSTIFY}:
        whole = max(width_mm(line, 1, bold=bold) for line in lines)
        need = max(need, min(whole, TEXT_ROOM))
    return need


def softened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text with places to break inside words that are longer than a line."""
    return " ".join(
        "\u200b".join(word) if width_mm(word, size, bold=bold) > room else word
        for word in text.split(" ")
    )
