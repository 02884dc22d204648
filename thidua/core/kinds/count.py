"""Đếm (count): points for each case, limited both ways by the cap."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.kinds.limits import limited
from thidua.core.node import Count
from thidua.core.points import show, show_figure
from thidua.core.rounding import clamp


def score(node: Count, number: Fraction) -> Fraction:
    """each × number inside ±cap; `number` is whole and not negative."""
    floor = None if node.cap is None else -node.cap
    return clamp(node.each * number, cap=node.cap, floor=floor)


def words(node: Count, number: Fraction, points: Fraction) -> str:
    """The multiplication; a capped deduction names its cap."""
    full = node.each * number
    product = f"{show_figure(number)} × {show(node.each)} = {show(full)}"
    if full < points:
        return f"{product}; trừ tối đa {show(-points)} nên tính {show(points)}"
    return limited(product, before=full, points=points)
