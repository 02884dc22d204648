"""Tổng (sum): the children added up, then cap, then floor."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from thidua.core.kinds.limits import limited
from thidua.core.node import Sum
from thidua.core.number import ZERO
from thidua.core.points import show
from thidua.core.rounding import clamp


def score(node: Sum, item_points: Iterable[Fraction]) -> Fraction:
    """Points of a group: the sum of its lines inside cap and floor."""
    return clamp(sum(item_points, ZERO), cap=node.cap, floor=node.floor)


def words(item_points: Iterable[Fraction], points: Fraction) -> str:
    """The addition as written on a score table."""
    found = list(item_points)
    added = sum(found, ZERO)
    return limited(f"{plus(found)} = {show(added)}", before=added, points=points)


def plus(found: list[Fraction]) -> str:
    """Terms joined with + or −: "2,0 + 3,5 − 1,0"; an empty list is "0"."""
    if not found:
        return "0"
    rest = (f" {'+' if term >= 0 else '−'} {show(abs(term))}" for term in found[1:])
    return show(found[0]) + "".join(rest)
