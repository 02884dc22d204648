"""Minh chứng ghi trong tệp: documents named by number, with their pages, found in the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thidua.core.text import one_line
from thidua.year.progress.models import EvidenceDocument
from thidua.year.scoring.base import Cited

MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a cell, with the page."""

    document_id: int
    page: str


@dataclass(frozen=True, slots=True)
class Papers:
    """The unit's documents by what people call them."""

    by_name: Mapping[str, tuple[EvidenceDocument, ...]]

    @classmethod
    def of(cls, documents: Iterable[EvidenceDocument]) -> Papers:
        """By number, and by subject for those without one."""
        found: dict[str, tuple[EvidenceDocument, ...]] = {}
        for one in documents:
            name = _folded(one.number or one.subject)
            found[name] = (*found.get(name, ()), one)
        return cls(found)

    def named_in(self, text: str) -> tuple[list[Named], list[str]]:
        """The documents a cell names, and sentences about those that are not to be found."""
        named: list[Named] = []
        troubles: list[str] = []
        for part in _parts(text)[:MOST_NAMED]:
            documents, page = self._find(part)
            if len(documents) == 1:
                named.append(Named(documents[0].pk, page))
            else:
                troubles.append(_not_found(part, len(documents)))
        return named, troubles

    def _find(self, part: str) -> tuple[Sequence[EvidenceDocument], str]:
        """The longest beginning that names a document; the rest is the page."""
        for name, page in _readings(part):
            found = self.by_name.get(_folded(name), ())
            if found:
                return found, page
        return (), ""


def not_yet_cited(named: Iterable[Named], cited: Iterable[Cited]) -> tuple[Named, ...]:
    """What the file adds to the citations of a line."""
    known = {(one.document_id, _folded(one.page)) for one in cited}
    fresh = {one: None for one in named if (one.document_id, _folded(one.page)) not in known}
    return tuple(fresh)


def left_out(named: Iterable[Named], cited: Iterable[Cited]) -> tuple[Cited, ...]:
    """Citations of a line that the file does not name any more."""
    kept = {(one.document_id, _folded(one.page)) for one in named}
    return tuple(one for one in cited if (one.document_id, _folded(one.page)) not in kept)


def _parts(text: str) -> list[str]:
    return [part for piece in text.replace("\n", ";").split(";") if (part := one_line(piece))]


def _readings(part: str) -> Iterator[tuple[str, str]]:
    yield part, ""
    pieces = part.split(",")
    for count in range(len(pieces) - 1, 0, -1):
        yield ",".join(pieces[:count]), one_line(",".join(pieces[count:]))


def _folded(text: str) -> str:
    return one_line(text).casefold()


def _not_found(part: str, count: int) -> str:
    shown = part if len(part) <= 80 else f"{part[:80]}…"
    if count > 1:
        return f"kho có {count} văn bản cùng tên “{shown}”. Dẫn văn bản này ở trang của dòng."
    return f"kho chưa có văn bản “{shown}”. Nạp văn bản vào kho trước, hoặc sửa số, ký hiệu."
