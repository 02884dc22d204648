"""Chọn một (pick): the highest, the first that applies, or the chosen alternative."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from thidua.core.points import show


def words(competing: Sequence[Fraction], points: Fraction) -> str:
    """The points of the alternatives that compete and the one that counts."""
    if not competing:
        return f"Không có phương án nào được tính: {show(points)}"
    return f"Chọn {show(points)} trong các phương án: {'; '.join(map(show, competing))}"
