"""Chấm theo nhận định (judged): the value itself."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.points import show


def words(points: Fraction, *, maximum: Fraction | None) -> str:
    """The points given, beside the most that could be given."""
    return show(points) if maximum is None else f"{show(points)} trên tối đa {show(maximum)}"
