"""Chấm theo nhận định, điểm do nơi khác chấm (judged, imported): the value itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.points import show


def words(points: Fraction, *, maximum: Fraction | None) -> str:
    """The points given, beside the most that could be given."""
    return show(points) if maximum is None else f"{show(points)} trên tối đa {show(maximum)}"


def has_source(found: Mapping[str, object]) -> bool:
    """Whether an imported figure says where it comes from."""
    return bool(found.get("source"))
