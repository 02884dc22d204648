"""Mức trần, mức sàn trong lời giải thích: how a cap or floor is told."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.points import show


def limited(arithmetic: str, *, before: Fraction, points: Fraction) -> str:
    """Add the cap or floor that changed a figure to its arithmetic."""
    if points < before:
        return f"{arithmetic}; tối đa {show(points)} nên tính {show(points)}"
    if points > before:
        return f"{arithmetic}; tối thiểu {show(points)} nên tính {show(points)}"
    return arithmetic
