"""Reads the tables of a Word file as plain text; nothing in the file is run or followed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from thidua.core.finding import Finding, Refused
from thidua.platform.archive import BROKEN
from thidua.platform.documents.text import clean

MOST_TEXT = 20 * 1024 * 1024  # of the part that holds the text, unpacked
MOST_TABLES = 50
MOST_ROWS = 3_000
MOST_COLUMNS = 30
NOT_WORD = "Không đọc được tệp Word này. Mở tệp, lưu lại dạng .docx rồi gửi."
TOO_LONG = "Tệp Word quá dài. Chép riêng bảng điểm sang tệp mới rồi gửi."
_PART = "word/document.xml"
# python-docx follows a part without checking it: what is missing there shows as one of these
_UNCHECKED = (KeyError, IndexError, AttributeError, TypeError)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: rows of cell texts. A cell that is merged stands once, the others are empty."""

    name: str
    rows: tuple[tuple[str, ...], ...]


class WordTableError(Refused):
    """A Word file whose tables cannot be read; ``words`` is the sentence for the person."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__([Finding("WORKBOOK-1", "refused", words=words)])


def read_tables(data: bytes) -> tuple[WordTable, ...]:
    """Every table of a .docx file, in order. Raises ``WordTableError``.

    The file must have passed ``platform.files.sniff.judge`` (password, macros, bombs).
    """
    import docx  # slow to import
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]  # comes with python-docx

    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        found = document.tables[:MOST_TABLES]
        return tuple(_table(table, number) for number, table in enumerate(found, 1))
    except (*BROKEN, *_UNCHECKED, PackageNotFoundError, XMLSyntaxError):
        raise WordTableError(NOT_WORD) from None


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.endswith(".xml")]
            if any(entry.file_size > MOST_TEXT for entry in parts):
                raise WordTableError(TOO_LONG)
            text = archive.read(_PART)
    except (*BROKEN, KeyError):  # KeyError: the part is not there
        raise WordTableError(NOT_WORD) from None
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise WordTableError(NOT_WORD)


def _table(table: Any, number: int) -> WordTable:
    if len(table.rows) > MOST_ROWS:
        raise WordTableError(TOO_LONG)
    seen: set[object] = set()
    rows = tuple(_row(row, seen) for row in table.rows)
    return WordTable(f"Bảng {number}", rows)


def _row(row: Any, seen: set[object]) -> tuple[str, ...]:
    """The cells of a row; python-docx repeats a merged cell, we keep its first place."""
    texts: list[str] = []
    for cell in row.cells[:MOST_COLUMNS]:
        texts.append("" if cell._tc in seen else clean(cell.text).strip())
        seen.add(cell._tc)  # the element itself, kept alive, so that it stays the same one
    return tuple(texts)
