"""Biên độ của một dòng: how far judged points usually differ between self and verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.number import ZERO

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean difference of a line over the units looked at; `units` is how many these are."""

    mean: Fraction = ZERO
    units: int = 0

    @classmethod
    def of(cls, pairs: Iterable[tuple[Fraction, Fraction]]) -> Spread:
        """The spread of a line from (self, verified) points of the units looked at."""
        found = [abs(verified - self_score) for self_score, verified in pairs]
        return cls(sum(found, ZERO) / len(found), len(found)) if found else cls()

    @property
    def width(self) -> Fraction:
        """How far the line moves at most, before it is cut to whole steps: at least 0.5."""
        return max(self.mean, HALF)

    @property
    def steps(self) -> int:
        """How many steps of 0.5 it moves at most, either way."""
        return self.width // HALF
