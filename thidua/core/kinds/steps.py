"""Bậc thang (steps): the points of the first band the figure falls in."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.band import within
from thidua.core.node import Bounds, Steps, X
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
    sign = sign_of(node.x)
    place = "không thuộc mức nào" if band is None else bounds_in_words(band.bounds, sign)
    given = "thang điểm chưa quy định" if points is None else show(points)
    return f"{figure_in_words(x, sign)} {place}: {given}"


def sign_of(x: X) -> str:
    """What is written after a figure that the scale works out itself: a share, days."""
    return {"percent": "%", "days_late": " ngày"}.get(x.kind, "")


def figure_in_words(x: Fraction | str, sign: str = "") -> str:
    """A figure with its sign, or a text in quotes."""
    return f"“{x}”" if isinstance(x, str) else f"{show_figure(x)}{sign}"


def bounds_in_words(bounds: Bounds, sign: str = "") -> str:
    """A band in words: "từ 90 đến dưới 100", with the sign "từ 90% đến dưới 100%"."""
    if bounds.eq is not None:
        return f"bằng {figure_in_words(bounds.eq, sign)}"
    low = _named(sign, ("từ", bounds.ge), ("trên", bounds.gt))
    high = _named(sign, ("đến", bounds.le), ("dưới", bounds.lt))
    if low and high:
        return f"{low} {high if bounds.le is not None else 'đến ' + high}"
    return low or high or "mọi giá trị"


def _named(sign: str, *limits: tuple[str, Fraction | None]) -> str:
    said = ((word, limit) for word, limit in limits if limit is not None)
    return " ".join(f"{word} {figure_in_words(limit, sign)}" for word, limit in said)
