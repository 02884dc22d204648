"""Tables of a Word file: exact widths on every cell, repeated heads, rows that stay whole.

The rows are written as elements: python-docx's own merging takes minutes for a bloc's table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.blkcntnr import BlockItemContainer
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

from thidua.platform.documents.fit import PADDING, Part
from thidua.platform.documents.grid import GridRow, Placed
from thidua.platform.documents.model import Align, RowKind
from thidua.platform.documents.word_package import element
from thidua.platform.documents.word_text import Look, fill, shrink, twips

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(slots=True)
class Frame:
    """A table being written into a page or a cell."""

    parent: BlockItemContainer
    table: BaseOxmlElement
    widths: tuple[float, ...]

    def edge(self, column: int) -> int:
        """Where the column begins, in twentieths of a point; whole, so that widths add up."""
        return twips(sum(self.widths[:column]))

    def add_row(self, *, header: bool = False, breakable: bool = False) -> BaseOxmlElement:
        """A new row; unless ``breakable`` it stays on one page."""
        row = element("w:tr")
        properties = element("w:trPr")
        if not breakable:
            properties.append(element("w:cantSplit"))
        if header:
            properties.append(element("w:tblHeader"))
        row.append(properties)
        self.table.append(row)
        return row

    def add_cell(
        self, row: BaseOxmlElement, column: int, span: int = 1, *, merge: str = ""
    ) -> BaseOxmlElement:
        """A new cell; ``merge`` is "restart" or "continue" for one that is several rows high."""
        cell = element("w:tc")
        properties = element("w:tcPr")
        width = self.edge(column + span) - self.edge(column)
        properties.append(element("w:tcW", w=str(width), type="dxa"))
        if span > 1:
            properties.append(element("w:gridSpan", val=str(span)))
        if merge:
            properties.append(element("w:vMerge", val=merge))
        cell.append(properties)
        row.append(cell)
        return cell

    def add_paragraph(self, cell: BaseOxmlElement) -> WordParagraph:
        """A new paragraph at the end of the cell."""
        made = element("w:p")
        cell.append(made)
        return WordParagraph(made, self.parent)


def new_table(
    parent: BlockItemContainer,
    widths: tuple[float, ...],
    *,
    ruled: bool,
    padding: float = PADDING,
) -> Frame:
    """An empty table of fixed widths (millimetres) at the end of the parent."""
    table = element("w:tbl")
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(twips(sum(widths))), type="dxa"))
    properties.append(element("w:jc", val="center"))
    properties.append(_borders(ruled=ruled))
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(_margins(padding))
    table.append(properties)
    grid = element("w:tblGrid")
    frame = Frame(parent, table, widths)
    for column in range(len(widths)):
        width = frame.edge(column + 1) - frame.edge(column)
        grid.append(element("w:gridCol", w=str(width)))
    table.append(grid)
    parent._element.insert_element_before(table, "w:sectPr")
    return frame


def write_part(parent: BlockItemContainer, part: Part, *, closes: bool = False) -> None:
    """Write a fitted table, or one group of its columns; ``closes``: kept with what follows it."""
    frame = new_table(parent, part.widths, ruled=True)
    _write_rows(frame, part, part.grid.header, header=True)
    _write_rows(frame, part, part.grid.rows, header=False, closes=closes)
    gap(parent, 6, keep=closes)


def gap(parent: BlockItemContainer, points: float, *, keep: bool = False) -> None:
    """Room under a table; also keeps two tables from growing into one."""
    paragraph = parent.add_paragraph()
    shrink(paragraph, points)
    paragraph.paragraph_format.keep_with_next = keep or None


def _write_rows(
    frame: Frame, part: Part, rows: tuple[GridRow, ...], *, header: bool, closes: bool = False
) -> None:
    covered: dict[int, tuple[int, int]] = {}  # column: how many rows more, how wide
    for index, row in enumerate(rows):
        made = frame.add_row(header=header, breakable=part.breakable(row))
        last = index == len(rows) - 1
        keep = header or (closes and last) or _kept(part, index, rows)
        for column, span, cell in _in_order(row, covered, len(frame.widths)):
            _write_cell(frame, made, (column, span, cell), part.size, keep=keep)
        covered = {
            column: (count - 1, span) for column, (count, span) in covered.items() if count > 1
        }
        covered |= {cell.column: (cell.rows - 1, cell.span) for cell in row.cells if cell.rows > 1}


def _kept(part: Part, index: int, rows: tuple[GridRow, ...]) -> bool:
    """Whether the row stays with the next: the first and last few, and the name of a section."""
    if index == len(rows) - 1:
        return False
    at_an_end = index < part.lead - 1 or index >= len(rows) - part.foot
    return part.stays_whole or at_an_end or rows[index].kind is RowKind.SECTION


def _in_order(
    row: GridRow, covered: dict[int, tuple[int, int]], columns: int
) -> Iterator[tuple[int, int, Placed | None]]:
    """The row's cells and, as ``None``, the lower parts of taller cells, from left to right."""
    begins = {cell.column: cell for cell in row.cells}
    column = 0
    while column < columns:
        cell = begins.get(column)
        span = cell.span if cell else covered[column][1]
        yield column, span, cell
        column += span


def _write_cell(
    frame: Frame,
    row: BaseOxmlElement,
    place: tuple[int, int, Placed | None],
    size: float,
    *,
    keep: bool,
) -> None:
    column, span, cell = place
    merge = "continue" if cell is None else "restart" if cell.rows > 1 else ""
    made = frame.add_cell(row, column, span, merge=merge)
    made.tcPr.append(element("w:vAlign", val="center"))
    align = Align.LEFT if cell is None or cell.align is Align.JUSTIFY else cell.align
    look = Look(align, size=size, before=2, after=2, keep=keep)
    fill(frame.add_paragraph(made), cell.runs if cell else (), look)


def _borders(*, ruled: bool) -> BaseOxmlElement:
    borders = element("w:tblBorders")
    for edge in _EDGES:
        kind = "single" if ruled else "nil"
        borders.append(element(f"w:{edge}", val=kind, sz="4", space="0", color="auto"))
    return borders


def _margins(padding: float) -> BaseOxmlElement:
    margins = element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(f"w:{edge}", w=str(twips(padding)), type="dxa"))
    return margins
