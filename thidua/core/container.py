"""Chấm một nhóm: the rules of sum, ledger, pick, switch and of recurring lines."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from thidua.core.applicability import set_not_applicable
from thidua.core.figure import MISSING, Bad, Pair
from thidua.core.kinds import ledger, pick, switch, total
from thidua.core.leaf import leave_undecided
from thidua.core.node import Ledger, Node, Pick, Recurs, Sum, Switch
from thidua.core.number import ZERO
from thidua.core.outcome import Outcome
from thidua.core.outline import place_of
from thidua.core.points import show
from thidua.core.scope import Scope


def score_container(scope: Scope, made: Outcome) -> None:
    """Evaluate what stands below and give the group its points."""
    match made.place.node:
        case Sum() as node:
            _score_sum(scope, made, node)
        case Ledger() as node:
            _score_ledger(scope, made, node)
        case Pick() as node:
            _score_pick(scope, made, node)
        case Switch() as node:
            _score_switch(scope, made, node)


def combine_copies(scope: Scope, made: Outcome, recurs: Recurs) -> None:
    """Add or average the copies of a recurring node; dropped copies do not count."""
    node = made.place.node
    copies = [_below(scope, made, node, copy) for copy in range(1, recurs.times + 1)]
    live = [copy for copy in copies if not copy.is_dropped]
    if not live:
        set_not_applicable(scope, made)
        return
    divisor = len(live) if recurs.combine == "mean" else 1
    made.max = _total(copy.max for copy in copies) / divisor
    added = _total(copy.counted for copy in copies)
    _conclude(made, added / divisor, copies)
    rule_id = "RECUR-1" if recurs.combine == "sum" else "RECUR-2"
    _explain(scope, made, rule_id, lambda: _copies_in_words(live, added, divisor))


def _score_sum(scope: Scope, made: Outcome, node: Sum) -> None:
    items = [_below(scope, made, item, made.place.copy) for item in node.items]
    if all(item.is_dropped for item in items):
        set_not_applicable(scope, made)
        return
    made.max -= _total(item.lost_share for item in items)
    terms = [item.counted for item in items if not item.is_dropped]
    points = total.score(node, terms)
    _conclude(made, points, items)
    _explain(scope, made, "SCORE-SUM", lambda: total.words(terms, points))


def _score_ledger(scope: Scope, made: Outcome, node: Ledger) -> None:
    items = [_below(scope, made, item, made.place.copy) for item in node.items]
    exempt = scope.truth(node.exempt_when, made) if node.exempt_when is not None else False
    counted = [item.counted for item in items if item.state != "na"]
    found = ledger.entries(node, counted, exempt=exempt is True)
    points = ledger.score(node, found)
    _conclude(made, points, items)
    if exempt is None:
        made.warn("unknown_condition")
        if made.state != "open":
            made.leave("open", so_far=points)
            made.awaits_itself = True
        scope.explain(made, "EXEMPT-2", "Chưa biết có được miễn trừ điểm hay không")
    if exempt:
        scope.explain(made, "EXEMPT-1", "Được miễn trừ điểm")
    _explain(scope, made, "SCORE-LEDGER", lambda: ledger.words(node, found, points))


def _score_pick(scope: Scope, made: Outcome, node: Pick) -> None:
    if node.mode == "chosen" and not _has_choice(scope, made):
        return
    tried = _alternatives(scope, made, node)
    if all(item.state == "na" for item in tried):
        set_not_applicable(scope, made)
        return
    competing = [item for item in tried if item.state != "na"]
    if node.mode != "chosen":
        competing = [item for item in competing if item.state != "off"]
    best = max(competing, key=lambda item: item.counted, default=None)
    points = ZERO if best is None else best.counted
    made.max -= ZERO if best is None else best.lost_maximum
    _conclude(made, points, competing)
    _explain(
        scope, made, "SCORE-PICK", lambda: pick.words([one.counted for one in competing], points)
    )


def _has_choice(scope: Scope, made: Outcome) -> bool:
    if made.figure is MISSING:
        made.leave("missing")
        scope.explain(made, "STATE-MISSING", "Chưa chọn phương án")
    if isinstance(made.figure, Bad):
        made.leave("error")
        made.fail(made.figure.issue)
        scope.explain(made, "STATE-ERROR", "Phương án được chọn không có trong thang điểm")
    return isinstance(made.figure, str)


def _alternatives(scope: Scope, made: Outcome, node: Pick) -> list[Outcome]:
    copy = made.place.copy
    if node.mode == "chosen":
        chosen = [item for item in node.items if item.code == made.figure]
        return [_below(scope, made, item, copy) for item in chosen]
    tried: list[Outcome] = []
    for item in node.items:
        tried.append(_below(scope, made, item, copy))
        if node.mode == "first" and tried[-1].state not in ("off", "na"):
            break
    return tried


def _score_switch(scope: Scope, made: Outcome, node: Switch) -> None:
    figure = made.figure
    x = figure.percent if isinstance(figure, Pair) else figure
    if isinstance(x, Bad):
        made.leave("error")
        made.fail(x.issue)
        scope.explain(made, "STATE-ERROR", "Số liệu nhập chưa đúng")
    elif isinstance(x, (Fraction, str)):
        _follow_case(scope, made, node, x)
    else:
        made.leave("missing")
        scope.explain(made, "STATE-MISSING", "Chưa có số liệu")


def _follow_case(scope: Scope, made: Outcome, node: Switch, x: Fraction | str) -> None:
    case = switch.case_for(node, x)
    if case is not None:
        item = _below(scope, made, case.item, made.place.copy)
        if item.is_dropped:
            set_not_applicable(scope, made)
            return
        made.max -= item.lost_maximum
        _conclude(made, item.counted, [item])
        _explain(scope, made, "SCORE-SWITCH", lambda: switch.words(node, x, case, item.counted))
    elif isinstance(otherwise := node.otherwise, Fraction):
        made.settle(otherwise)
        scope.explain(made, "SCORE-SWITCH", lambda: switch.words(node, x, None, otherwise))
    else:
        leave_undecided(scope, made, lambda: switch.words(node, x, None, None))


def _below(scope: Scope, made: Outcome, node: Node, copy: int | None) -> Outcome:
    place = place_of(node, copy)
    made.children.append(place.key)
    return scope.outcome(place)


def _conclude(made: Outcome, points: Fraction, items: Sequence[Outcome]) -> None:
    if any(item.is_unsettled for item in items):
        made.leave("open", so_far=points)
    else:
        made.settle(points)


def _copies_in_words(copies: Sequence[Outcome], added: Fraction, divisor: int) -> str:
    words = f"{total.plus([copy.counted for copy in copies])} = {show(added)}"
    return (
        words if divisor == 1 else f"{words}; {show(added)} : {divisor} = {show(added / divisor)}"
    )


def _explain(scope: Scope, made: Outcome, rule_id: str, words: Callable[[], str]) -> None:
    if made.state == "open":
        scope.explain(made, "STATE-OPEN", lambda: f"Còn dòng chưa chấm. Đến nay: {words()}")
    else:
        scope.explain(made, rule_id, words)


def _total(figures: Iterable[Fraction]) -> Fraction:
    return functools.reduce(operator.add, figures, ZERO)
