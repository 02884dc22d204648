"""Tuyến tính (linear): so many points for every so much above or below a figure."""

from __future__ import annotations

import math
from fractions import Fraction

from thidua.core.kinds.limits import limited
from thidua.core.node import Linear
from thidua.core.points import show, show_figure
from thidua.core.rounding import clamp


def steps_of(node: Linear, x: Fraction) -> Fraction:
    """q = (x − from)/per; with `whole` rounded down towards −∞."""
    quotient = (x - node.origin) / node.per
    return Fraction(math.floor(quotient)) if node.whole else quotient


def score(node: Linear, x: Fraction) -> Fraction:
    """at + each × q, then cap, then floor."""
    return clamp(node.at + node.each * steps_of(node, x), cap=node.cap, floor=node.floor)


def words(node: Linear, x: Fraction, points: Fraction) -> str:
    """The arithmetic of the line."""
    steps = steps_of(node, x)
    full = node.at + node.each * steps
    start = f"{show(node.at)} + " if node.at else ""
    return limited(
        f"{start}{_steps_in_words(node, x, steps)} × {show(node.each)} = {show(full)}",
        before=full,
        points=points,
    )


def _steps_in_words(node: Linear, x: Fraction, steps: Fraction) -> str:
    if node.whole:
        return show_figure(steps)
    above = show_figure(x)
    if node.origin > 0:
        above = f"({above} − {show_figure(node.origin)})"
    elif node.origin < 0:
        above = f"({above} + {show_figure(-node.origin)})"
    return above if node.per == 1 else f"{above}/{show_figure(node.per)}"
