"""The page of Nghị định 30/2020/NĐ-CP: A4, margins, type sizes; and how the two heads share it.

Lengths in millimetres, type sizes in points.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua.platform.documents import wording
from thidua.platform.documents.linebreak import balanced_lines
from thidua.platform.documents.measure import width_mm
from thidua.platform.documents.model import Document, Profile
from thidua.platform.documents.text import clean

SHORT_SIDE, LONG_SIDE = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
BODY = 14.0
NUMBER = 13.0  # of the page
FIRST_LINE = 10.0  # indent of a paragraph
BETWEEN = 6.0  # points between paragraphs
RULE = 0.4  # of a name's length; the decree asks one third to one half
GAP = 4.0  # between the two heads
ISSUER_LEAST = 55.0


def text_width(*, landscape: bool) -> float:
    """Room between the left and right margins."""
    return (LONG_SIDE if landscape else SHORT_SIDE) - LEFT - RIGHT


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of the head, never wrapped again; ``rule`` draws a line under it."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    rule: float = 0.0  # millimetres


@dataclass(frozen=True, slots=True)
class Head:
    """Cells 1 to 4: the issuing body on the left, the state or the Party on the right.

    ``upper`` rows stand opposite each other; number and date share the row below.
    """

    left_width: float
    right_width: float
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    number: Line
    place_and_date: Line


def head_of(document: Document) -> Head:
    """Lay out the head so that nothing on the right wraps and names on the left break evenly."""
    small = 13.0 if document.landscape else 12.0
    large = small + 1
    right = _right_lines(document, small, large)
    day = wording.place_and_date(document.place, document.dated, document.date_blank)
    dated = Line(day, large, italic=True)
    total = text_width(landscape=document.landscape)
    longest = max(width_mm(line.text, line.size, bold=line.bold) for line in (*right, dated))
    right_width = min(max(longest * 1.04 + 1, total * 0.54), total - ISSUER_LEAST - GAP)
    left_width = total - right_width - GAP
    number = document.number_line
    words = wording.number_text(number, document.letterhead.profile) if number else ""
    left = _left_lines(document, left_width, small)
    return Head(left_width, right_width, left, right, Line(words, 13.0), dated)


def subject_lines(document: Document) -> tuple[Line, ...]:
    """Cell 5a: the trích yếu in even lines; under the last one the state's rule."""
    room = text_width(landscape=document.landscape) * 0.86
    texts = balanced_lines(clean(document.subject), room, size=BODY, bold=True)
    return _ruled(texts, BODY, draw=document.letterhead.profile is Profile.STATE)


def _right_lines(document: Document, small: float, large: float) -> tuple[Line, ...]:
    if document.letterhead.profile is Profile.PARTY:
        length = width_mm(wording.PARTY_NAME, large, bold=True)
        return (Line(wording.PARTY_NAME, large, bold=True, rule=length),)
    length = width_mm(wording.STATE_MOTTO, large, bold=True)
    return (
        Line(wording.STATE_NAME, small, bold=True),
        Line(wording.STATE_MOTTO, large, bold=True, rule=length),
    )


def _left_lines(document: Document, room: float, size: float) -> tuple[Line, ...]:
    letterhead = document.letterhead
    above = balanced_lines(wording.capitals(letterhead.superior), room, size=size)
    below = balanced_lines(wording.capitals(letterhead.issuer), room, size=size, bold=True)
    lines = tuple(Line(text, size) for text in above)
    if letterhead.profile is Profile.PARTY:
        star = Line(wording.PARTY_STAR, size)
        return (*lines, *_ruled(below, size, draw=False), star)
    return (*lines, *_ruled(below, size, draw=True))


def _ruled(texts: list[str], size: float, *, draw: bool) -> tuple[Line, ...]:
    """Bold lines, the last with a rule of 40% of the longest line's length."""
    longest = max((width_mm(text, size, bold=True) for text in texts), default=0.0)
    rule = longest * RULE if draw else 0.0
    return tuple(
        Line(text, size, bold=True, rule=rule if index == len(texts) else 0.0)
        for index, text in enumerate(texts, 1)
    )
