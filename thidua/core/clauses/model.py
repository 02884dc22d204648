"""A text of a bloc: phần, chương, mục, Điều, khoản, điểm and running text, in reading order.

The list is flat; the level says how deep a clause stands. Layout of such texts: Nghị định
30/2020/NĐ-CP, Appendix I, part II, point 6 (Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a clause is, from the widest to the narrowest."""

    PART = "part"  # Phần
    CHAPTER = "chapter"  # Chương
    SECTION = "section"  # Mục
    ARTICLE = "article"  # Điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    TEXT = "text"  # running text: no number of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause.

    `key`: stays the same from version to version, whatever becomes of number and words;
    `number`: as printed without its word or mark ("I", "5", "a"), empty for running text;
    `heading`: title of a part, chapter, section or article; `text`: the words, NFC, "\\n" between
    paragraphs, empty where only the heading or the clauses below it speak.
    """

    key: str
    level: Level
    number: str = ""
    heading: str = ""
    text: str = ""


Clauses = tuple[Clause, ...]
