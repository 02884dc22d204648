"""Không áp dụng: what becomes of a line that is not applicable (FORMAT section 6)."""

from __future__ import annotations

from thidua.core.node import NotApplicable
from thidua.core.number import ZERO
from thidua.core.outcome import Outcome
from thidua.core.points import show
from thidua.core.scope import Scope


def set_not_applicable(scope: Scope, made: Outcome) -> None:
    """Apply the policy of the node: drop it, full marks, zero, or wait for a substitute."""
    policy = scope.bloc.policy(made.place.node)
    if policy == "substitute":
        made.leave("missing")
        scope.explain(made, "NA-4", "Chưa có nội dung thay thế")
        return
    made.state, made.so_far, made.awaits_itself = "na", ZERO, False
    made.points = {"full_marks": made.max, "zero": ZERO}.get(policy)
    _explain(scope, made, policy)
    if policy == "drop_denominator":
        made.max = ZERO


def _explain(scope: Scope, made: Outcome, policy: NotApplicable) -> None:
    if policy == "drop_denominator":
        scope.explain(made, "NA-1", f"Không áp dụng, bỏ {show(made.max)} điểm tối đa")
    elif policy == "full_marks":
        scope.explain(made, "NA-2", f"Không áp dụng, được {show(made.max)}")
    else:
        scope.explain(made, "NA-3", "Không áp dụng, được 0,0")
