"""Điểm do người chấm quyết định: points set by hand on a line (FORMAT section 5, override)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.maximum import full_maximum
from thidua.core.number import as_number
from thidua.core.outcome import Outcome
from thidua.core.points import show
from thidua.core.scope import Scope


def apply_override(scope: Scope, made: Outcome) -> None:
    """Replace the points of a place by those set by hand, if they come with a reason.

    Without a reason they are not applied (error `override_without_reason`). An n/a line comes back
    into the denominator; what is missing below counts as settled.
    """
    found = scope.input_of(made.place).get("override")
    if found is None:
        return
    points, reason = _read(found)
    if isinstance(found, Mapping) and found.get("points") is None:
        return
    if not reason:
        made.fail("override_without_reason")
    elif points is None:
        made.fail("not_a_number")
    else:
        _replace(scope, made, points, reason)


def _read(found: object) -> tuple[Fraction | None, str]:
    if not isinstance(found, Mapping):
        return None, "?"
    return as_number(found.get("points")), str(found.get("reason") or "").strip()


def _replace(scope: Scope, made: Outcome, points: Fraction, reason: str) -> None:
    if made.state == "na":
        made.max = full_maximum(made.place.node)
    made.computed = None if made.state == "na" else made.points
    made.points, made.state = points, "override"
    made.awaits_itself = made.provisional = False
    if points > made.max:
        made.warn("override_above_max")
    scope.explain(made, "OVERRIDE-1", lambda: f"{show(points)}. Lý do: {reason}")
