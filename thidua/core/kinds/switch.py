"""Phân nhánh (switch): which item is scored, by the case the figure falls in."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.band import within
from thidua.core.kinds.steps import bounds_in_words, figure_in_words, sign_of
from thidua.core.node import Case, Switch
from thidua.core.points import show


def case_for(node: Switch, x: Fraction | str) -> Case | None:
    """The first case that holds, or None."""
    return next((case for case in node.cases if within(case.bounds, x)), None)


def words(node: Switch, x: Fraction | str, case: Case | None, points: Fraction | None) -> str:
    """The figure, its case and the points."""
    sign = sign_of(node.x)
    place = "không thuộc trường hợp nào" if case is None else bounds_in_words(case.bounds, sign)
    given = "thang điểm chưa quy định" if points is None else show(points)
    return f"{figure_in_words(x, sign)} {place}: {given}"
