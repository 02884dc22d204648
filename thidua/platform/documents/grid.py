"""A table as placed cells, so that both renderers and the splitting into groups see one thing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thidua.platform.documents.model import Align, Cell, Row, RowKind, Run, Table
from thidua.platform.documents.text import runs_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place: first column, how many columns and rows it covers."""

    column: int
    span: int
    rows: int
    runs: tuple[Run, ...]
    align: Align

    @property
    def text(self) -> str:
        """The letters alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its kind and the cells that begin in it."""

    kind: RowKind
    cells: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with every cell placed; ``shares`` and ``aligns`` are those of its columns."""

    shares: tuple[int, ...]
    aligns: tuple[Align, ...]
    header: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]

    def only(self, columns: tuple[int, ...]) -> Grid:
        """The same table with these columns alone; a cell over several of them shrinks."""
        return Grid(
            tuple(self.shares[column] for column in columns),
            tuple(self.aligns[column] for column in columns),
            tuple(_narrowed(row, columns) for row in self.header),
            tuple(_narrowed(row, columns) for row in self.rows),
        )


def grid_of(table: Table) -> Grid:
    """Place every cell. A short row is filled with empty cells.

    Raises ``ValueError`` when a row has more cells than the table has columns: the caller's fault.
    """
    aligns = tuple(column.align for column in table.columns)
    return Grid(
        tuple(column.width for column in table.columns),
        aligns,
        _place(table.header, (Align.CENTER,) * len(aligns), bold=True),
        _place(table.rows, aligns, bold=False),
    )


def _place(rows: tuple[Row, ...], aligns: tuple[Align, ...], *, bold: bool) -> tuple[GridRow, ...]:
    below = [0] * len(aligns)  # how many more rows each column is covered by a taller cell
    placed = []
    for index, row in enumerate(rows):
        cells = _place_row(row, aligns, below, len(rows) - index, bold=bold)
        placed.append(GridRow(row.kind, cells))
        below = [max(0, count - 1) for count in below]
    return tuple(placed)


def _place_row(
    row: Row, aligns: tuple[Align, ...], below: list[int], rows_left: int, *, bold: bool
) -> tuple[Placed, ...]:
    """Place one row's cells and note in ``below`` what they cover."""
    waiting = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]
    strong = bold or row.kind is not RowKind.BODY
    is_section = row.kind is RowKind.SECTION
    placed = []
    column = 0
    while column < len(aligns):
        if below[column]:
            column += 1
            continue
        cell = waiting.pop(0) if waiting else Cell()
        span, height = _extent(cell, column, below, rows_left)
        align = cell.align or (Align.LEFT if span > 1 and is_section else aligns[column])
        placed.append(_placed(cell, column, span, height, (align, strong)))
        below[column : column + span] = [height] * span
        column += span
    if waiting:
        raise ValueError(f"a row has {len(row.cells)} cells for {len(aligns)} columns")
    return tuple(placed)


def _extent(cell: Cell, column: int, below: list[int], rows_left: int) -> tuple[int, int]:
    if cell.span < 1 or cell.rows < 1 or column + cell.span > len(below):
        raise ValueError(f"a cell of {cell.span} columns does not fit at column {column}")
    if any(below[column : column + cell.span]):
        raise ValueError(f"the cell at column {column} runs into a taller cell above")
    return cell.span, min(cell.rows, rows_left)


def _placed(cell: Cell, column: int, span: int, rows: int, style: tuple[Align, bool]) -> Placed:
    align, strong = style
    bold = strong or cell.bold
    runs = tuple(
        replace(run, bold=run.bold or bold, italic=run.italic or cell.italic)
        for run in runs_of(cell.text, synthetic=cell.synthetic)
    )
    return Placed(column, span, rows, runs, align)


def _narrowed(row: GridRow, columns: tuple[int, ...]) -> GridRow:
    cells = []
    for cell in row.cells:
        covered = range(cell.column, cell.column + cell.span)
        kept = [index for index, column in enumerate(columns) if column in covered]
        if kept:
            cells.append(replace(cell, column=kept[0], span=len(kept)))
    return GridRow(row.kind, tuple(cells))
