"""Điểm do nơi khác chấm (imported): the value as given, with its source."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.kinds import judged


def has_source(found: Mapping[str, object]) -> bool:
    """Whether the input says where the figure comes from."""
    return bool(found.get("source"))


def words(points: Fraction, found: Mapping[str, object], *, maximum: Fraction | None) -> str:
    """The points given and who gave them."""
    given = judged.words(points, maximum=maximum)
    return f"{given}, theo {found['source']}" if has_source(found) else given
