"""Làm tròn: rounding of exact figures to stated decimals (FORMAT section 3, `scale.rounding`)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "half_even"]


def round_to(figure: Fraction, *, decimals: int, rounding: Rounding) -> Fraction:
    """Round to `decimals` places; a half goes away from zero (half_up) or to the even neighbour."""
    steps = 10**decimals
    return Fraction(round_whole(figure.numerator * steps, figure.denominator, rounding), steps)


def round_whole(numerator: int, denominator: int, rounding: Rounding) -> int:
    """The whole number nearest to numerator/denominator (denominator above 0)."""
    whole, rest = divmod(abs(numerator), denominator)
    if 2 * rest > denominator or (2 * rest == denominator and (rounding == "half_up" or whole % 2)):
        whole += 1
    return whole if numerator >= 0 else -whole


def clamp(figure: Fraction, *, cap: Fraction | None, floor: Fraction | None) -> Fraction:
    """Apply a cap, then a floor; None means there is none."""
    if cap is not None and figure > cap:
        figure = cap
    return floor if floor is not None and figure < floor else figure
