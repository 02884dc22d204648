"""Each block of the plan as plain values for the typst template: text stays data, never markup."""

from __future__ import annotations

from typing import Any

from thidua.platform.documents import page, wording
from thidua.platform.documents.fit import Part, softened
from thidua.platform.documents.grid import GridRow, Placed
from thidua.platform.documents.model import (
    Bullets,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Run,
    SignatureTable,
    Text,
)
from thidua.platform.documents.plan import Item, Signed, announces, signature_rows, stays_whole
from thidua.platform.documents.text import clean, runs_of

Data = dict[str, Any]


def item_data(item: Item, *, landscape: bool, top_level: int) -> list[Data]:
    """The values of one item; a list becomes one paragraph for each of its points.

    ``top_level`` is the highest heading level of the document, which the file's outline calls 1.
    """
    width = page.text_width(landscape=landscape)
    match item:
        case Heading():
            return [_heading(item, width, top_level)]
        case Paragraph():
            return [_paragraph(item, width)]
        case Numbered():
            return [
                _listed(f"{number}. ", text, width)
                for number, text in enumerate(item.items, item.start)
            ]
        case Bullets():
            return [_listed("- ", text, width) for text in item.items]
        case KeyValues():
            return [_pairs(item, width)]
        case SignatureTable():
            return [signature_data(item, landscape=landscape)]
        case PageBreak():
            return [{"kind": "break"}]
        case Part():
            return [_table(item)]


def signature_data(table: SignatureTable, *, landscape: bool) -> Data:
    """A signature table; ``whole`` says that it fits on one page and must not be split."""
    rows = signature_rows(table, landscape=landscape)
    return {
        "kind": "signatures",
        "whole": stays_whole(rows, landscape=landscape),
        "rows": [[signed_data(one) for one in row] for row in rows],
    }


def signed_data(one: Signed) -> Data:
    """One signer."""
    name = wording.signer_name(one.signature)
    return {"position": one.position, "hint": clean(one.hint), "name": name}


def runs_data(text: Text, width: float, size: float = page.BODY) -> list[Data]:
    """The text in runs; words longer than the width get places to break."""
    return [
        {"t": softened(run.text, width, size, bold=run.bold), "b": run.bold, "i": run.italic}
        for run in runs_of(text)
    ]


def _heading(item: Heading, width: float, top_level: int) -> Data:
    return {
        "kind": "heading",
        "level": item.level,
        "depth": item.level - top_level + 1,
        "runs": runs_data(item.text, width),
    }


def _paragraph(item: Paragraph, width: float) -> Data:
    return {
        "kind": "paragraph",
        "align": item.align,
        "indent": item.indent,
        "announces": item.keep or announces(item.text),
        "runs": runs_data(item.text, width),
    }


def _listed(mark: str, text: Text, width: float) -> Data:
    return _paragraph(Paragraph((Run(mark), *runs_of(text))), width)


def _pairs(item: KeyValues, width: float) -> Data:
    pairs = [
        [runs_data(name, width * 0.3), runs_data(value, width * 0.6)] for name, value in item.pairs
    ]
    return {"kind": "pairs", "pairs": pairs}


def _table(part: Part) -> Data:
    return {
        "kind": "table",
        "widths": part.widths,
        "size": part.size,
        "caption": clean(part.caption),
        "note": clean(part.note),
        "header": [_cells(part, row) for row in part.grid.header],
        "rows": [
            {"section": part.heads_rows(index), "cells": _cells(part, row)}
            for index, row in enumerate(part.grid.rows)
        ],
        "lead": part.lead,
        "foot": part.foot,
        "whole": part.stays_whole,
    }


def _cells(part: Part, row: GridRow) -> list[Data]:
    return [_cell(part, cell, breakable=part.breakable(row)) for cell in row.cells]


def _cell(part: Part, cell: Placed, *, breakable: bool) -> Data:
    return {
        "span": cell.span,
        "rows": cell.rows,
        "align": cell.align,
        "breakable": breakable or cell.rows > 1,
        "runs": runs_data(cell.runs, part.room(cell), part.size),
    }
