"""Điểm theo thứ hạng (rank_table): points of the place among the values of the cohort."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.cohort import Cohort
from thidua.core.node import RankTable
from thidua.core.number import ZERO
from thidua.core.points import show, show_figure


def rank_of(cohort: Cohort, value: Fraction) -> int:
    """Rank from 1; equal values share a rank (1, 1, 3)."""
    return cohort.values.index(value) + 1


def score(node: RankTable, value: Fraction, cohort: Cohort) -> Fraction:
    """Points of the rank, or with `mean` the mean of the places the equal values occupy."""
    rank = rank_of(cohort, value)
    if node.ties == "shared":
        return points_at(node, rank)
    sharing = cohort.values.count(value)
    return sum((points_at(node, rank + n) for n in range(sharing)), ZERO) / sharing


def points_at(node: RankTable, rank: int) -> Fraction:
    """Points the table gives a rank; `else` beyond its end."""
    return node.table[rank - 1] if rank <= len(node.table) else node.otherwise


def words(value: Fraction, cohort: Cohort, points: Fraction) -> str:
    """The value, its rank, how many share it, and the points."""
    sharing = cohort.values.count(value)
    place = f"xếp thứ {rank_of(cohort, value)} trong {len(cohort.values)} đơn vị"
    shared = f", {sharing} đơn vị bằng nhau" if sharing > 1 else ""
    return f"{show_figure(value)} {place}{shared}: {show(points)}"
