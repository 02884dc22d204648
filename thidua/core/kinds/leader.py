"""So với đơn vị dẫn đầu (leader): a share for the target, the rest by the cohort's best surplus."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.cohort import Cohort, surplus
from thidua.core.figure import Pair, Unassigned
from thidua.core.node import Leader, NotAssignedWithResult
from thidua.core.number import ZERO
from thidua.core.points import show, show_figure


def score(node: Leader, pair: Pair, cohort: Cohort) -> Fraction:
    """A ≤ T: M·s·A/T; above: M·s + M·(1−s)·e/e*, e = (A−T)/T, e* the largest of the cohort."""
    for_target = _maximum(node) * node.at_target
    if pair.result <= pair.target:
        return for_target * pair.result / pair.target
    rest = _maximum(node) - for_target
    return for_target + rest * surplus(pair) / cohort.best_surplus


def score_unassigned(
    node: Leader, figure: Unassigned, cohort: Cohort, policy: NotAssignedWithResult
) -> Fraction:
    """M·A/largest A: of all results (leader) or of those without target (own_group)."""
    return _maximum(node) * figure.result / _best(cohort, policy)


def words(node: Leader, pair: Pair, cohort: Cohort, points: Fraction) -> str:
    """The arithmetic against the target or against the best surplus."""
    for_target = _maximum(node) * node.at_target
    ratio = f"{show_figure(pair.result)}/{show_figure(pair.target)}"
    if pair.result <= pair.target:
        return f"{ratio} × {show(for_target)} = {show(points)}"
    rest = _maximum(node) - for_target
    above = f"{show_figure(100 * surplus(pair))}%/{show_figure(100 * cohort.best_surplus)}%"
    return (
        f"{show(for_target)} + {above} × {show(rest)} = {show(points)}"
        f" (kết quả {ratio}, vượt so với đơn vị vượt cao nhất)"
    )


def words_unassigned(
    node: Leader,
    figure: Unassigned,
    cohort: Cohort,
    points: Fraction,
    policy: NotAssignedWithResult,
) -> str:
    """The arithmetic against the best result."""
    ratio = f"{show_figure(figure.result)}/{show_figure(_best(cohort, policy))}"
    return f"{ratio} × {show(_maximum(node))} = {show(points)}"


def _maximum(node: Leader) -> Fraction:
    return node.stated_max if node.stated_max is not None else ZERO


def _best(cohort: Cohort, policy: NotAssignedWithResult) -> Fraction:
    return cohort.best_unassigned if policy == "own_group" else cohort.best_result
