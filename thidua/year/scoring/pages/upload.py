"""What an uploaded workbook would change, as a page: rows to choose, troubles, notes, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.year.scoring.workbook.difference import Difference, LineDifference

MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """One line to choose; `checked` unless somebody else wrote it meanwhile."""

    found: LineDifference
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPage:
    """The page of one upload."""

    rows: tuple[UploadRow, ...]
    troubled: tuple[LineDifference, ...]
    notes: tuple[str, ...]
    why_not: str
    total_now: Fraction
    total_then: Fraction
    decimals: int
    synthetic: bool

    @property
    def moved(self) -> int:
        """How many lines somebody else wrote after the file had left."""
        return sum(1 for row in self.rows if row.found.moved)

    @property
    def is_long(self) -> bool:
        """Whether the list scrolls by itself."""
        return len(self.rows) > 12

    @property
    def seen(self) -> str:
        """Lines and the versions of their entries that this page shows."""
        return ";".join(f"{row.found.key}|{row.found.version}" for row in self.rows)


def upload_page(found: Difference, *, chosen: Sequence[str] | None = None) -> UploadPage:
    """The page of a difference; `chosen` keeps what a refused form had marked."""
    return UploadPage(
        rows=tuple(
            UploadRow(found=one, checked=not one.moved if chosen is None else one.key in chosen)
            for one in found.acceptable
        ),
        troubled=found.troubled,
        notes=tuple(_notes(found)),
        why_not=found.why_not,
        total_now=found.total_now,
        total_then=found.total_then,
        decimals=found.decimals,
        synthetic=found.synthetic,
    )


def _notes(found: Difference) -> list[str]:
    notes = list(found.strange)
    if found.missing:
        named = ", ".join(key.replace("@", ", kỳ ") for key in found.missing[:MOST_NAMED])
        more = (
            f" và {len(found.missing) - MOST_NAMED} dòng khác"
            if (len(found.missing) > MOST_NAMED)
            else ""
        )
        notes.append(
            f"Tệp không còn dòng {named}{more}. Các dòng này giữ nguyên như trong bảng chấm."
        )
    notes.extend(words for one in found.lines for words in one.notes)
    return notes
