"""What several units gave on one line, as far as whoever reads may see it, and how it spreads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from thidua.core.points import show
from thidua.year.scoring.facts import SheetFacts, YearFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Step
from thidua.year.scoring.ratings import RatingFacts, Spread, combined, spread_of
from thidua.year.scoring.steps import StepFacts

COMBINED = {Step.Combine.MEAN: "trung bình cộng", Step.Combine.MEDIAN: "trung vị"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedStep:
    """The ratings of a line at a step; `hidden` while others' are not shown to the reader."""

    step: StepFacts
    ratings: tuple[RatingFacts, ...]
    spread: Spread | None
    stands: Fraction | None
    hidden: bool

    @property
    def words(self) -> str:
        """How the number came about: "trung bình cộng của 17,0; 18,0; 18,0"."""
        numbers = [one.number for one in self.ratings if one.number is not None]
        if self.hidden or not numbers:
            return ""
        said = "; ".join(show(one) for one in numbers)
        return f"{COMBINED[self.step.combine]} của {said}"

    @property
    def spread_words(self) -> str:
        """From the least to the most, and the difference."""
        if self.spread is None:
            return ""
        if not self.spread.width:
            return f"{self.spread.count} đơn vị cho cùng {show(self.spread.least)} điểm"
        least, most = show(self.spread.least), show(self.spread.most)
        return f"thấp nhất {least}, cao nhất {most}, chênh nhau {show(self.spread.width)} điểm"


@dataclass(frozen=True, slots=True, kw_only=True)
class WideLine:
    """A line of the small table of widest spreads."""

    line: Line
    rated: RatedStep


def rated_steps(
    facts: YearFacts, sheet: SheetFacts, line: Line, *, seen_by: int | None
) -> tuple[RatedStep, ...]:
    """What the reader may see of every step at which several units rate the line."""
    found = (
        rated_step(facts, sheet, line, step, seen_by=seen_by)
        for step in facts.roster.middle
        if step.has_raters and step.covers(line)
    )
    return tuple(one for one in found if one.ratings)


def rated_step(
    facts: YearFacts, sheet: SheetFacts, line: Line, step: StepFacts, *, seen_by: int | None
) -> RatedStep:
    """What the reader may see of one step on a line; of a blind open step no spread and no sum."""
    seen = facts.ratings_seen_by(seen_by, sheet.pk, line.key, step)
    hidden = step.blind and not facts.is_closed(sheet.pk, step.stage)
    numbers = [one.number for one in seen if one.number is not None]
    shown = bool(numbers) and not hidden
    return RatedStep(
        step=step,
        ratings=seen,
        spread=None if hidden else spread_of(seen),
        stands=combined(numbers, step.combine) if shown else None,
        hidden=hidden,
    )


def widest(
    facts: YearFacts, sheet: SheetFacts, *, seen_by: int | None, most: int = 8
) -> tuple[WideLine, ...]:
    """The lines on which units differ most, widest first; nothing of a blind open step."""
    found = [
        WideLine(line=line, rated=rated)
        for line in facts.scale_of(sheet).lines
        for rated in rated_steps(facts, sheet, line, seen_by=seen_by)
        if rated.spread is not None and rated.spread.width
    ]
    found.sort(key=lambda one: -(one.rated.spread.width if one.rated.spread else 0))
    return tuple(found[:most])
