"""Điểm do người chấm quyết định (FORMAT section 5, override)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.core.build import issues, scale_of, score_one

LINE = {"code": "a", "kind": "judged", "max": 5}
GROUP = {"code": "X", "kind": "sum", "items": [LINE, {"code": "b", "kind": "judged", "max": 5}]}


def by_hand(points: object, reason: object = "Tập thể thống nhất") -> dict:
    return {"override": {"points": points, "reason": reason, "by": "Tổ thẩm định"}}


@pytest.mark.parametrize(
    ("found", "computed"),
    [({"value": 1}, 1), ({}, None), ({"value": "hỏng"}, None), ({"na": True}, None)],
)
def test_it_replaces_the_points_and_keeps_what_the_rule_gave(
    found: dict, computed: int | None
) -> None:
    scored = score_one(scale_of(LINE), {"a": found | by_hand("4.5")}).nodes["a"]
    assert (scored.state, scored.points, scored.computed) == ("override", Fraction("4.5"), computed)


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_without_a_reason_it_is_not_applied(reason: object) -> None:
    unit = score_one(scale_of(LINE), {"a": {"value": 1} | by_hand(5, reason)})
    assert (unit.total, issues(unit)) == (1, [("error", "a", "override_without_reason")])


def test_without_points_it_is_none() -> None:
    unit = score_one(scale_of(LINE), {"a": {"value": 1} | by_hand(None)})
    assert (unit.total, issues(unit)) == (1, [])


@pytest.mark.parametrize("points", ["4,5", "năm", True])
def test_points_that_are_no_number_are_an_error(points: object) -> None:
    unit = score_one(scale_of(LINE), {"a": {"value": 1} | by_hand(points)})
    assert (unit.total, issues(unit)) == (1, [("error", "a", "not_a_number")])


def test_above_the_maximum_is_allowed_with_a_warning() -> None:
    unit = score_one(scale_of(LINE), {"a": by_hand(6)})
    assert (unit.total, issues(unit)) == (6, [("warning", "a", "override_above_max")])


def test_on_a_group_it_settles_what_is_missing_below() -> None:
    unit = score_one(scale_of(GROUP), {"a": {"value": 3}, "X": by_hand(7)})
    assert (unit.total, unit.missing, unit.nodes["b"].state) == (7, (), "missing")


def test_it_brings_a_line_back_into_the_denominator() -> None:
    found = {"a": {"na": True} | by_hand(2), "b": {"value": 5}}
    unit = score_one(scale_of(GROUP), found)
    assert (unit.denominator, unit.total) == (10, 7)


def test_points_by_hand_may_be_zero() -> None:
    assert score_one(scale_of(LINE), {"a": {"value": 5} | by_hand(0)}).total == 0


def test_the_reason_is_told() -> None:
    unit = score_one(scale_of(LINE), {"a": {"value": 1} | by_hand(4)})
    told = [(finding.rule_id, finding.words) for finding in unit.nodes["a"].findings]
    assert told[-1] == ("OVERRIDE-1", "4,0. Lý do: Tập thể thống nhất")
