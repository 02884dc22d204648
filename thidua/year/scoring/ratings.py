"""Nhiều đơn vị cùng chấm một dòng: what their numbers come to, exactly, and how far they spread.

A rating is a number of its own with a reason, or keeps the number before the step. All kept: the
line is confirmed. Otherwise the mean or median of all numbers stands, as an exact fraction; only
the scale rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from thidua.core.number import read_number
from thidua.core.points import MILLI, result_text, show
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import SET_ASIDE, Entry, Stage, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFacts:
    """One unit's rating as stored; `unit` is its name of the year."""

    pk: int
    sheet_id: int
    code: str
    stage: Stage
    rater_id: int
    unit: str
    points: int | None
    kept: str
    reason: str
    author: str
    at: datetime
    version: int
    synthetic: bool

    @property
    def keeps(self) -> bool:
        """Whether the unit leaves the number before the step."""
        return self.points is None

    @property
    def number(self) -> Fraction | None:
        """The number it stands for; None where it keeps a line set aside."""
        if self.points is not None:
            return Fraction(self.points, MILLI)
        return None if self.kept == SET_ASIDE else read_number(self.kept)


@dataclass(frozen=True, slots=True)
class Spread:
    """From the least to the most of what the units gave."""

    least: Fraction
    most: Fraction
    count: int

    @property
    def width(self) -> Fraction:
        """How far apart they are."""
        return self.most - self.least


def combined(numbers: Sequence[Fraction], combine: Step.Combine) -> Fraction:
    """The exact mean or median; of an even count the median is the mean of the middle two."""
    ordered = sorted(numbers)
    count = len(ordered)
    if combine == Step.Combine.MEDIAN:
        ordered = ordered[(count - 1) // 2 : count // 2 + 1]
    return sum(ordered, Fraction(0)) / len(ordered)


def spread_of(ratings: Sequence[RatingFacts]) -> Spread | None:
    """How far the numbers of a line spread; None where fewer than two units gave one."""
    numbers = [one.number for one in ratings if one.number is not None]
    return Spread(min(numbers), max(numbers), len(numbers)) if len(numbers) > 1 else None


def entry_of(ratings: Sequence[RatingFacts], combine: Step.Combine, line: Line) -> EntryFacts:
    """What the ratings of one line come to, as an entry of their step."""
    first = ratings[0]
    numbers = [one.number for one in ratings if one.number is not None]
    kept = all(one.keeps for one in ratings) or not numbers
    stands = None if kept else combined(numbers, combine)
    judged = stands is not None and line.is_judged
    inputs: dict[str, object] = {}
    if judged and stands is not None:
        inputs = {"value": result_text(stands), "values": None}
    return EntryFacts(
        pk=0,
        sheet_id=first.sheet_id,
        code=first.code,
        stage=first.stage,
        kind=_kind(kept=kept, judged=judged),
        inputs=inputs,
        points=None if stands is None or judged else _milli(stands),
        reason=joined_reasons(ratings),
        author=f"{len(ratings)} đơn vị chấm" if len(ratings) > 1 else first.author,
        at=max(one.at for one in ratings),
        version=sum(one.version for one in ratings),
        synthetic=any(one.synthetic for one in ratings),
    )


def joined_reasons(ratings: Sequence[RatingFacts]) -> str:
    """Every unit's reason with its name and number."""
    said = [
        f"{one.unit} ({'giữ nguyên' if one.number is None else show(one.number)}): {one.reason}"
        for one in ratings
        if one.reason
    ]
    return "; ".join(said)


def _kind(*, kept: bool, judged: bool) -> Entry.Kind:
    if kept:
        return Entry.Kind.CONFIRMED
    return Entry.Kind.INPUT if judged else Entry.Kind.POINTS


def _milli(number: Fraction) -> int | Fraction:
    found = number * MILLI
    return found.numerator if found.denominator == 1 else found
