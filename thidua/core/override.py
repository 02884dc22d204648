"""Điểm do người chấm quyết định: points set by hand on a line (FORMAT section 5, override)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.number import as_number
from thidua.core.outcome import Outcome
from thidua.core.outline import own_maximum
from thidua.core.points import show
from thidua.core.scope import Scope
from thidua.core.sheet import Input


def apply_override(scope: Scope, made: Outcome) -> None:
    """Replace the points of a place by those set by hand, if they come with a reason.

    Without a reason they are not applied (error `override_without_reason`). An n/a line comes back
    into the denominator; what is missing below counts as settled.
    """
    found = scope.input_of(made.place)
    points = hand_set_points(found)
    if isinstance(points, str):
        made.fail(points)
    elif points is not None:
        _replace(scope, made, points, _reason(found["override"]))


def hand_set_points(found: Input) -> Fraction | str | None:
    """The points set by hand in an input, the issue if they do not count, None if none."""
    override = found.get("override")
    if override is None:
        return None
    if not isinstance(override, Mapping):
        return "not_a_number"
    if override.get("points") is None:
        return None
    if not _reason(override):
        return "override_without_reason"
    points = as_number(override["points"])
    return "not_a_number" if points is None else points


def _reason(override: object) -> str:
    return str(override.get("reason") or "").strip() if isinstance(override, Mapping) else ""


def _replace(scope: Scope, made: Outcome, points: Fraction, reason: str) -> None:
    if made.state == "na":
        made.max = own_maximum(made.place)
    made.computed = None if made.state == "na" else made.points
    made.points, made.state = points, "override"
    made.awaits_itself = made.provisional = False
    if points > made.max:
        made.warn("override_above_max")
    scope.explain(made, "OVERRIDE-1", lambda: f"{show(points)}. Lý do: {reason}")
