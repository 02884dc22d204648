"""A Word file as text and tables, with nothing of its looks. Runs in the process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

MOST_BLOCKS = 600
MOST_ROWS = 300
MOST_LETTERS = 200_000
_PARAGRAPH, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HOLDERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")}
_HEADS = ("heading", "title", "tiu", "u1")


def read_word(path: Path) -> dict[str, Any]:
    """Blocks of kind heading or text with `text`, or table with `rows`; `cut` when it is long."""
    body = docx.Document(str(path)).element.body
    blocks: list[dict[str, Any]] = []
    left = MOST_LETTERS
    for element in _blocks(body):
        block = _block(element)
        left -= _letters(block)
        if len(blocks) >= MOST_BLOCKS or left < 0:
            return {"blocks": blocks, "cut": True}
        if block.get("text") or block.get("rows"):
            blocks.append(block)
    return {"blocks": blocks, "cut": any(block.get("cut") for block in blocks)}


def _blocks(holder: Any) -> Iterator[Any]:
    for child in holder.iterchildren():
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _HOLDERS:
            yield from _blocks(child)


def _block(element: Any) -> dict[str, Any]:
    if element.tag == _PARAGRAPH:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else str(style.get(qn("w:val"), "")).lower()
        kind = "heading" if name.startswith(_HEADS) else "text"
        return {"kind": kind, "text": _words(element)}
    rows = element.findall(_ROW)
    shown = [[_words(cell) for cell in row.findall(_CELL)] for row in rows[:MOST_ROWS]]
    return {"kind": "table", "rows": shown, "cut": len(rows) > MOST_ROWS}


def _words(element: Any) -> str:
    """The text below an element; deleted text and second spellings of a drawing left out."""
    return "".join(_pieces(element)).strip()


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag == _BREAK:
            yield "\n"
        elif child.tag != _FALLBACK and isinstance(child.tag, str):
            yield from _pieces(child)
    if element.tag == _PARAGRAPH:
        yield "\n"


def _letters(block: dict[str, Any]) -> int:
    cells = (cell for row in block.get("rows", ()) for cell in row)
    return len(block.get("text", "")) + sum(map(len, cells))
