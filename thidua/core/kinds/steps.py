"""Bậc thang (steps): the points of the first band the figure falls in."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.band import within
from thidua.core.node import Bounds, Steps
from thidua.core.points import show, show_figure


def score(node: Steps, x: Fraction | str) -> Fraction | None:
    """Points of the band, else the stated `else`; None where the scale says nothing (undecided)."""
    for band in node.bands:
        if within(band.bounds, x):
            return band.points
    return node.otherwise if isinstance(node.otherwise, Fraction) else None


def words(node: Steps, x: Fraction | str, points: Fraction | None) -> str:
    """The figure, its band and the points."""
    band = next((band for band in node.bands if within(band.bounds, x)), None)
    place = "không thuộc mức nào" if band is None else bounds_in_words(band.bounds)
    given = "thang điểm chưa quy định" if points is None else show(points)
    return f"{figure_in_words(x)} {place}: {given}"


def figure_in_words(x: Fraction | str) -> str:
    """A figure or a text in quotes."""
    return f"“{x}”" if isinstance(x, str) else show_figure(x)


def bounds_in_words(bounds: Bounds) -> str:
    """A band in words: "từ 90 đến dưới 100"."""
    if bounds.eq is not None:
        return f"bằng {figure_in_words(bounds.eq)}"
    low = _named(("từ", bounds.ge), ("trên", bounds.gt))
    high = _named(("đến", bounds.le), ("dưới", bounds.lt))
    if low and high:
        return f"{low} {high if bounds.le is not None else 'đến ' + high}"
    return low or high or "mọi giá trị"


def _named(*limits: tuple[str, Fraction | None]) -> str:
    return " ".join(f"{word} {show_figure(limit)}" for word, limit in limits if limit is not None)
