"""Chấm một dòng: the rule of a leaf applied to its figure (FORMAT section 4)."""

from __future__ import annotations

from fractions import Fraction

from thidua.core.figure import MISSING, Bad, Figure, Pair, Unassigned
from thidua.core.kinds import count, flag, imported, judged, leader, linear, rank_table, steps
from thidua.core.node import (
    Count,
    Flag,
    Imported,
    Judged,
    Leader,
    Linear,
    RankTable,
    Steps,
)
from thidua.core.number import ZERO
from thidua.core.outcome import Outcome
from thidua.core.scope import Scope, Words


def score_leaf(scope: Scope, made: Outcome) -> None:
    """Give the outcome its points, or leave it missing, undecided or in error."""
    figure = _settled_figure(scope, made)
    if figure is MISSING:
        made.leave("missing")
        scope.explain(made, "STATE-MISSING", "Chưa có số liệu")
    elif isinstance(figure, Bad):
        made.leave("error")
        made.fail(figure.issue)
        scope.explain(made, "STATE-ERROR", "Số liệu nhập chưa đúng")
    else:
        _apply(scope, made, figure)


def _settled_figure(scope: Scope, made: Outcome) -> Figure:
    node, figure = made.place.node, made.figure
    if isinstance(node, Flag) and node.condition is not None:
        truth = scope.truth(node.condition, made)
        return MISSING if truth is None else truth
    if isinstance(node, (Leader, RankTable)):
        cohort = scope.cohort(made.place)
        return Bad("mixed_units") if cohort.spoils(figure) else figure
    if (
        figure is MISSING
        and _counts_none(node)
        and scope.bloc.is_reviewed(scope.position, made.place)
    ):
        scope.explain(made, "REVIEWED-1", "Không ghi nhận trường hợp nào")
        return False if isinstance(node, Flag) else ZERO
    return figure


def _counts_none(node: object) -> bool:
    return isinstance(node, Flag) or (isinstance(node, Count) and node.x.kind == "value")


def _apply(scope: Scope, made: Outcome, figure: Figure) -> None:
    match made.place.node:
        case Flag() as node if isinstance(figure, bool):
            made.settle(flag.score(node, figure))
            scope.explain(made, "SCORE-FLAG", lambda: flag.words(figure, made.counted))
        case Leader() as node:
            _apply_leader(scope, made, node, figure)
        case RankTable() as node if isinstance(figure, Fraction):
            _apply_rank_table(scope, made, node, figure)
        case Judged() as node if isinstance(figure, Fraction):
            made.settle(figure)
            scope.explain(
                made, "SCORE-JUDGED", lambda: judged.words(figure, maximum=node.stated_max)
            )
        case Imported() as node if isinstance(figure, Fraction):
            _apply_imported(scope, made, node, figure)
        case _:
            _apply_x(scope, made, figure)


def _apply_x(scope: Scope, made: Outcome, figure: Figure) -> None:
    x = figure.percent if isinstance(figure, Pair) else figure
    match made.place.node:
        case Count() as counted if isinstance(x, Fraction):
            made.settle(count.score(counted, x))
            scope.explain(made, "SCORE-COUNT", lambda: count.words(counted, x, made.counted))
        case Linear() as line if isinstance(x, Fraction):
            made.settle(linear.score(line, x))
            scope.explain(made, "SCORE-LINEAR", lambda: linear.words(line, x, made.counted))
        case Steps() as stairs if isinstance(x, (Fraction, str)):
            _apply_steps(scope, made, stairs, x)


def _apply_steps(scope: Scope, made: Outcome, node: Steps, x: Fraction | str) -> None:
    points = steps.score(node, x)
    if points is None:
        leave_undecided(scope, made, lambda: steps.words(node, x, None))
        return
    made.settle(points)
    scope.explain(made, "SCORE-STEPS", lambda: steps.words(node, x, points))


def leave_undecided(scope: Scope, made: Outcome, words: Words) -> None:
    """The scale says nothing about this figure: no points and a warning."""
    made.leave("undecided")
    made.warn("in_a_gap")
    scope.explain(made, "STATE-UNDECIDED", words)


def _apply_imported(scope: Scope, made: Outcome, node: Imported, value: Fraction) -> None:
    found = scope.input_of(made.place)
    made.settle(value)
    if not imported.has_source(found):
        made.warn("no_source")
    scope.explain(
        made, "SCORE-IMPORTED", lambda: imported.words(value, found, maximum=node.stated_max)
    )


def _apply_leader(scope: Scope, made: Outcome, node: Leader, figure: Figure) -> None:
    cohort = scope.cohort(made.place)
    made.provisional = cohort.is_provisional
    if isinstance(figure, Pair):
        points = leader.score(node, figure, cohort)
        made.settle(points)
        scope.explain(made, "SCORE-LEADER", lambda: leader.words(node, figure, cohort, points))
    elif isinstance(figure, Unassigned):
        policy = scope.bloc.unassigned_policy(node)
        points = leader.score_unassigned(node, figure, cohort, policy)
        made.settle(points)
        rule_id = "NA-6" if policy == "own_group" else "NA-5"
        scope.explain(
            made, rule_id, lambda: leader.words_unassigned(node, figure, cohort, points, policy)
        )


def _apply_rank_table(scope: Scope, made: Outcome, node: RankTable, value: Fraction) -> None:
    cohort = scope.cohort(made.place)
    made.provisional = cohort.is_provisional
    points = rank_table.score(node, value, cohort)
    made.settle(points)
    scope.explain(made, "SCORE-RANK", lambda: rank_table.words(value, cohort, points))
