"""Có hoặc không (flag): one figure if so, another if not."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.node import Flag
from thidua.core.points import show


def score(node: Flag, truth: bool) -> Fraction:  # noqa: FBT001 - the truth value is the input itself
    """Points for yes (hit) or no (miss)."""
    return node.hit if truth else node.miss


def words(truth: bool, points: Fraction) -> str:  # noqa: FBT001 - the truth value is the input itself
    """Yes or no with its points."""
    return f"{'Có' if truth else 'Không'}: {show(points)}"
