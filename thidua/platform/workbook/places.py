"""Which cells of a sheet hold formulas, show errors or are merged: what values alone do not say."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from thidua.platform.documents.text import clean
from thidua.platform.workbook import errors
from thidua.platform.workbook.errors import WorkbookError

Place = tuple[int, int]  # row and column, counted from 0
_PART = re.compile(rb"<(?:[^\s/>:<]+:)?(row|c|f|mergeCell)(?=[\s/>])([^<]*?)>")
_OWN_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,8})["']""")
_RANGE = re.compile(
    rb"""\bref\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,8}):([A-Za-z]{1,3})([0-9]{1,8})["']"""
)
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Block:
    """Merged cells, from the first to the last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Places:
    """The formulas, cells that show an error, merged blocks, and cells whose formula gave a text,
    which may be an empty one, of one sheet."""

    formulas: frozenset[Place]
    errors: frozenset[Place]
    merged: tuple[Block, ...]
    texts: frozenset[Place] = frozenset()


def places_of(data: bytes, *, sheet: str) -> Places:
    """The formulas and merged blocks of the sheet of that name.

    `data` is a file that `read_workbook` has read, which judges its size and shape; `sheet` is a
    name it gave. A sheet that is not there has none. Raises ``WorkbookError``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, sheet)
            content = archive.read(part) if part else b""
    except (ET.ParseError, KeyError, ValueError, OSError):
        raise WorkbookError(errors.NOT_A_SPREADSHEET) from None
    return _places(content)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds the sheet; empty when there is none of that name."""
    book = _book(archive)
    folder, name = posixpath.split(book)
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _tree(archive, f"{folder}/_rels/{name}.rels")
    }
    for one in _tree(archive, book).iter():
        if one.tag.endswith("}sheet") and clean(one.get("name", "")) == sheet:
            target = targets.get(one.get(_RELATION) or one.get(_STRICT_RELATION), "")
            return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return ""


def _book(archive: zipfile.ZipFile) -> str:
    """The part of the workbook, as the archive names it."""
    for one in _tree(archive, "_rels/.rels"):
        if one.get("Type", "").endswith("/officeDocument"):
            return one.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    content = archive.read(name)
    if b"<!" in content or b"\x00" in content:  # entities, and encodings that would hide them
        raise WorkbookError(errors.NOT_A_SPREADSHEET)
    return ET.fromstring(content)  # noqa: S314 - no declarations are left in it


def _places(content: bytes) -> Places:
    row = column = -1
    formulas: set[Place] = set()
    faults: set[Place] = set()
    texts: set[Place] = set()
    merged: list[Block] = []
    for found in _PART.finditer(content):
        kind, place = found[1], _OWN_PLACE.search(found[2])
        if kind == b"row":
            row, column = (int(place[2]) - 1 if place else row + 1), -1
        elif kind == b"c":
            row = int(place[2]) - 1 if place else row
            column = _column(place[1]) if place else column + 1
            if _ERROR.search(found[2]):
                faults.add((row, column))
            if _TEXT.search(found[2]):
                texts.add((row, column))
        elif kind == b"f":
            formulas.add((row, column))
        elif (block := _RANGE.search(found[2])) is not None:
            ends = (int(block[2]) - 1, _column(block[1]), int(block[4]) - 1, _column(block[3]))
            merged.append(Block(*ends))
    return Places(frozenset(formulas), frozenset(faults), tuple(merged), frozenset(texts))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number - 1
