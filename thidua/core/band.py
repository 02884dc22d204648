"""Khoảng giá trị: does a figure lie in a band (FORMAT section 4, steps and switch)."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.node import Bounds


def within(bounds: Bounds, x: Fraction | str) -> bool:
    """Whether x lies in the band; text matches an equal `eq` and no numeric bound."""
    if isinstance(x, str):
        return bounds == Bounds(eq=x)
    return (
        (bounds.eq is None or x == bounds.eq)
        and (bounds.ge is None or x >= bounds.ge)
        and (bounds.gt is None or x > bounds.gt)
        and (bounds.le is None or x <= bounds.le)
        and (bounds.lt is None or x < bounds.lt)
    )
