"""Cột điểm chính xác: the points of one place in every draw, whole numbers over a denominator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from thidua.core.rounding import Rounding

Column = NDArray[np.int64] | NDArray[np.object_]
MOST = 2**62


@dataclass(frozen=True, slots=True)
class Moving:
    """Exact figures, one per draw: `values` / `denominator`; no value is beyond ± `bound`."""

    values: Column
    denominator: int
    bound: int

    @classmethod
    def chosen(cls, figures: Sequence[Fraction], index: NDArray[np.int64]) -> Moving:
        """The figure that each draw picks out of a few."""
        denominator = lcm(*(figure.denominator for figure in figures))
        whole = [figure.numerator * (denominator // figure.denominator) for figure in figures]
        bound = max(abs(figure) for figure in whole)
        if bound < MOST:
            return cls(np.array(whole, dtype=np.int64)[index], denominator, bound)
        return cls(np.array(whole, dtype=np.object_)[index], denominator, bound)

    def over(self, denominator: int) -> Moving:
        """The same figures over a multiple of the denominator."""
        factor = denominator // self.denominator
        return (
            self if factor == 1 else Moving(self._times(factor), denominator, self.bound * factor)
        )

    def divided(self, divisor: int) -> Moving:
        """The figures divided by a whole number."""
        return Moving(self.values, self.denominator * divisor, self.bound)

    def multiplied(self, factor: Fraction) -> Moving:
        """The figures times an exact factor."""
        top = abs(factor.numerator)
        values = self._times(factor.numerator)
        return Moving(values, self.denominator * factor.denominator, self.bound * top)

    def clamped(self, *, cap: Fraction | None, floor: Fraction | None) -> Moving:
        """A cap, then a floor, on every figure."""
        limits = [limit for limit in (cap, floor) if limit is not None]
        if not limits:
            return self
        found = self.over(lcm(self.denominator, *(limit.denominator for limit in limits)))
        whole = [int(limit * found.denominator) for limit in limits]
        found = found.room_for(max(found.bound, *(abs(limit) for limit in whole)))
        values = found.values
        if cap is not None:
            values = np.minimum(values, whole[0])
        if floor is not None:
            values = np.maximum(values, whole[-1])
        return Moving(values, found.denominator, found.bound)

    def above_zero(self) -> Moving:
        """What is positive, else 0."""
        return self.clamped(cap=None, floor=Fraction(0))

    def rounded(self, *, decimals: int, rounding: Rounding) -> Moving:
        """Every figure rounded as the scale says, over 10^decimals."""
        steps = 10**decimals
        found = self.room_for(2 * self.bound * steps + 2 * self.denominator)
        size = np.abs(found.values) * steps
        whole, rest = size // found.denominator, size % found.denominator
        up = 2 * rest > found.denominator
        half = 2 * rest == found.denominator
        up = up | (half if rounding == "half_up" else half & (whole % 2 == 1))
        whole = whole + up
        values = np.where(found.values < 0, -whole, whole)
        bound = self.bound * steps // self.denominator + 1
        if bound < MOST:
            values = values.astype(np.int64)
        return Moving(values, steps, bound)

    def room_for(self, bound: int) -> Moving:
        """The same figures, ready for sums up to the bound."""
        if bound < MOST or self.values.dtype == np.object_:
            return Moving(self.values, self.denominator, max(bound, self.bound))
        return Moving(self.values.astype(np.object_), self.denominator, bound)

    def distinct(self) -> tuple[list[Fraction], NDArray[np.int64]]:
        """The different figures there are, and which of them each draw has."""
        found, index = np.unique(self.values, return_inverse=True)
        return [Fraction(int(one), self.denominator) for one in found], index

    def _times(self, factor: int) -> Column:
        ready = self.room_for(self.bound * abs(factor))
        values: Column = ready.values * factor
        return values


def added(terms: Sequence[Moving], constant: Fraction) -> Moving:
    """The sum of columns and of what does not move; at least one column."""
    sums = [_sum_over(terms, one) for one in dict.fromkeys(term.denominator for term in terms)]
    denominator = lcm(constant.denominator, *(one.denominator for one in sums))
    whole = int(constant * denominator)
    lifted = [one.over(denominator) for one in sums]
    bound = abs(whole) + sum(one.bound for one in lifted)
    first, *others = (one.room_for(bound).values for one in lifted)
    total: Column = first + whole
    for other in others:
        total = total + other
    return Moving(total, denominator, bound)


def highest(columns: Sequence[Moving], constant: Fraction | None) -> Moving:
    """The highest of columns, and of what does not move, in each draw."""
    denominator = lcm(
        *(one.denominator for one in columns), 1 if constant is None else constant.denominator
    )
    lifted = [one.over(denominator) for one in columns]
    bound = max(one.bound for one in lifted)
    best = lifted[0].values
    for other in lifted[1:]:
        best = np.maximum(best, other.values)
    return Moving(best, denominator, bound).clamped(cap=None, floor=constant)


def _sum_over(terms: Sequence[Moving], denominator: int) -> Moving:
    found = [term for term in terms if term.denominator == denominator]
    bound = sum(term.bound for term in found)
    total: Column = found[0].room_for(bound).values.copy()
    for term in found[1:]:
        total += term.values
    return Moving(total, denominator, bound)
