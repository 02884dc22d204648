"""Nhận dạng: the hidden sheet that says what a workbook is and how its lines stood when it left.

An upload is matched by it: unit, bloc-year, fingerprint of the scale, and for each line its key,
the version of its entry, a digest of its rule and what stood in each box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from hashlib import sha256

from thidua.core.finding import Refused
from thidua.core.node import Switch
from thidua.core.number import read_number
from thidua.core.points import read_points, result_text
from thidua.core.text import whole
from thidua.platform.workbook import model as book
from thidua.platform.workbook.read import ReadSheet, ReadValue
from thidua.year.scoring.documents import column_letter
from thidua.year.scoring.lines import Line
from thidua.year.scoring.typed import day_typed
from thidua.year.scoring.workbook.boxes import Held
from thidua.year.scoring.workbook.columns import FILLED_IN, Column

SHEET = "Nhận dạng"
FORMAT = "thi-dua/bang-tu-cham/1"
FACTS = ("nam-khoi", "nam", "khoi", "don-vi", "ten-don-vi", "bang", "dau-thang", "tai-luc")
LINES = len(FACTS) + 3  # the row of the first line, counted from 1
_STRUCTURE = ("items", "cases")
_CLOSE = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """A line as it left: `marks` by column say what stood in its boxes."""

    key: str
    label: str
    version: int
    digest: str
    marks: Mapping[Column, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which sheet a workbook is, and when it was made."""

    bloc_year_id: int
    year: int
    bloc: str
    unit_id: int
    unit: str
    sheet_id: int
    fingerprint: str
    made_at: str
    lines: Mapping[str, KnownLine]

    @property
    def facts(self) -> tuple[str, ...]:
        """In the order of `FACTS`."""
        return (
            str(self.bloc_year_id), str(self.year), self.bloc, str(self.unit_id), self.unit,
            str(self.sheet_id), self.fingerprint, self.made_at,
        )  # fmt: skip


def digest_of(line: Line) -> str:
    """What a line asks and how it scores, its own lines below left out."""
    node = line.node
    own = [(one.name, getattr(node, one.name)) for one in fields(node)
           if one.name not in _STRUCTURE]  # fmt: skip
    if isinstance(node, Switch):
        own.append(("cases", [case.bounds for case in node.cases]))
    return sha256(repr((line.key, type(node).__name__, own)).encode()).hexdigest()[:16]


def mark(held: Held) -> str:
    """What stands in a box, so that it can be told again: kind and value."""
    match held:
        case None:
            return ""
        case Fraction():
            return f"n:{result_text(held)}"
        case str():
            return f"t:{held}"
    return f"d:{held.isoformat()}"


def unmark(text: str) -> Held:
    """The value behind a mark; a damaged one stands for nothing."""
    kind, _, value = text.partition(":")
    if kind == "n":
        return read_number(value)
    if kind == "d":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value or None if kind == "t" else None


def same(one: Held, other: Held) -> bool:
    """Whether two values are one: figures but for a spreadsheet's noise, texts but for spaces."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other) < _CLOSE
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    if isinstance(one, str) and isinstance(other, Fraction | date):
        return same(_like(one, other), other)
    if isinstance(other, str) and isinstance(one, Fraction | date):
        return same(one, _like(other, one))
    return one == other


def _like(text: str, value: Fraction | date) -> Fraction | date | None:
    """A text read as the kind of the other value; nothing when it is none."""
    if isinstance(value, Fraction):
        try:
            milli = read_points(text)
        except Refused:
            return None
        return None if milli is None else Fraction(milli, 1000)
    day = day_typed(text)
    return None if day is None else date.fromisoformat(day)


def identity_sheet(identity: Identity, words: Mapping[str, Sequence[str]]) -> book.Sheet:
    """The hidden sheet; `words` are texts that formulas of a line compare with, beside it."""
    rows = [book.Row((book.Cell(FORMAT),))]
    rows += [
        book.Row((book.Cell(name), book.Cell(value or None)))
        for name, value in zip(FACTS, identity.facts, strict=True)
    ]
    heads = ("dong", "lan-ghi", "dau-quy-tac", "ten", *(one.name.lower() for one in FILLED_IN))
    rows.append(book.Row(tuple(book.Cell(one) for one in heads)))
    for line in identity.lines.values():
        texts = (
            line.key, str(line.version), line.digest, line.label,
            *(line.marks.get(column, "") for column in FILLED_IN), *words.get(line.key, ()),
        )  # fmt: skip
        rows.append(book.Row(tuple(book.Cell(text or None) for text in texts), height=15))
    columns = tuple(book.Column(16) for _ in heads)
    return book.Sheet(name=SHEET, columns=columns, rows=tuple(rows), hidden=True, protected=True)


def word_cell(row: int, place: int) -> str:
    """Where the hidden sheet holds a word of a line; both counted from 0."""
    letter = column_letter(4 + len(FILLED_IN) + place)
    return f"'{SHEET}'!${letter}${LINES + row}"


def read_identity(sheets: Sequence[ReadSheet]) -> Identity | None:
    """What the workbook says it is; None when it does not say so."""
    sheet = next((one for one in sheets if one.value(0, 0) == FORMAT), None)
    if sheet is None:
        return None
    said = {_text(sheet, row, 0): _text(sheet, row, 1) for row in range(1, len(FACTS) + 1)}
    named = (whole(said.get(name, "")) for name in ("nam-khoi", "nam", "don-vi", "bang"))
    numbers = [number for number in named if number is not None]
    if len(numbers) < 4 or not said.get("dau-thang"):
        return None
    year_id, year, unit_id, sheet_id = numbers
    return Identity(
        bloc_year_id=year_id,
        year=year,
        bloc=said.get("khoi", ""),
        unit_id=unit_id,
        unit=said.get("ten-don-vi", ""),
        sheet_id=sheet_id,
        fingerprint=said["dau-thang"],
        made_at=said.get("tai-luc", ""),
        lines=_known_lines(sheet),
    )


def _known_lines(sheet: ReadSheet) -> dict[str, KnownLine]:
    found: dict[str, KnownLine] = {}
    for row in range(LINES - 1, len(sheet.rows)):
        key, version = _text(sheet, row, 0), _text(sheet, row, 1)
        if not key:
            continue
        marks = {
            column: _text(sheet, row, place) for place, column in enumerate(FILLED_IN, start=4)
        }
        found[key] = KnownLine(
            key=key,
            label=_text(sheet, row, 3),
            version=whole(version) or 0,
            digest=_text(sheet, row, 2),
            marks=marks,
        )
    return found


def _text(sheet: ReadSheet, row: int, column: int) -> str:
    """A text of the hidden sheet; other programs may have turned digits into a number."""
    value: ReadValue = sheet.value(row, column)
    if isinstance(value, Fraction):
        return result_text(value)
    return value if isinstance(value, str) else ""
