"""Tổng: the children added up, then cap, then floor (FORMAT section 4, sum)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, reasons, scale_of, score_one

ITEMS = [
    {"code": "a", "kind": "judged", "max": 30, "min": -30},
    {"code": "b", "kind": "judged", "max": 10, "min": -10},
]


def total(found: dict, **params: object) -> tuple[str, str]:
    node = {"code": "X", "kind": "sum", "items": ITEMS, **params}
    scored = score_one(scale_of(node), found).nodes["X"]
    return (scored.state if scored.points is None else str(scored.points)), str(scored.max)


@pytest.mark.parametrize(
    ("a", "b", "params", "expected"),
    [
        (30, 10, {}, ("40", "40")),
        (30, 10, {"cap": 35}, ("35", "40")),
        (-5, 1, {}, ("-4", "40")),
        (-5, 1, {"floor": 0}, ("0", "40")),
        (-5, 1, {"floor": None, "cap": None}, ("-4", "40")),
        ("1/3", "1/6", {}, ("1/2", "40")),
        (0, 0, {}, ("0", "40")),
        (30, 10, {"max": 20}, ("40", "20")),
        (5, 5, {"cap": 3, "floor": 4}, ("4", "40")),
        ("0.1", "0.2", {}, ("3/10", "40")),
    ],
)
def test_the_sum_stays_inside_cap_and_floor(
    a: object, b: object, params: dict, expected: tuple
) -> None:
    assert total({"a": {"value": a}, "b": {"value": b}}, **params) == expected


def test_a_missing_line_leaves_the_sum_open() -> None:
    node = {"code": "X", "kind": "sum", "items": ITEMS, "cap": 5}
    unit = score_one(scale_of(node), {"a": {"value": 7}})
    scored = unit.nodes["X"]
    assert (scored.state, scored.points, scored.so_far) == ("open", None, 5)
    assert unit.missing == ("b",)


def test_a_dropped_line_leaves_the_maximum() -> None:
    assert total({"a": {"value": 20}, "b": {"na": True}}) == ("20", "30")
    assert total({"a": {"value": 20}, "b": {"na": True}}, max=35) == ("20", "25")


def test_a_sum_of_dropped_lines_is_not_applicable() -> None:
    assert total({"a": {"na": True}, "b": {"na": True}}) == ("na", "0")


def test_a_bonus_line_adds_points_but_no_share() -> None:
    bonus = {"code": "c", "kind": "judged", "max": 5, "part": "bonus"}
    node = {"code": "X", "kind": "sum", "items": [*ITEMS, bonus]}
    found = {code: {"value": 5} for code in "abc"}
    unit = score_one(scale_of(node), found)
    assert (unit.nodes["X"].points, unit.nodes["X"].max, unit.nodes["c"].max) == (15, 40, 0)


def test_lines_of_a_sum_set_aside_are_not_evaluated() -> None:
    node = {"code": "X", "kind": "sum", "items": ITEMS}
    unit = score_one(scale_of(node), {"X": {"na": True}, "a": {"value": "hỏng"}})
    assert (list(unit.nodes), issues(unit)) == (["X"], [])


def test_words_show_the_addition() -> None:
    node = {"code": "X", "kind": "sum", "items": ITEMS}
    unit = score_one(scale_of(node), {"a": {"value": 3}, "b": {"value": -1}})
    assert reasons(unit.nodes["X"]) == [("SCORE-SUM", "3,0 − 1,0 = 2,0")]


def test_words_of_an_open_sum_say_how_far_it_is() -> None:
    unit = score_one(scale_of({"code": "X", "kind": "sum", "items": ITEMS}), {"a": {"value": 7}})
    assert reasons(unit.nodes["b"]) == [("STATE-MISSING", "Chưa có số liệu")]
    assert reasons(unit.nodes["X"]) == [
        ("STATE-OPEN", "Còn dòng chưa chấm. Đến nay: 7,0 + 0,0 = 7,0")
    ]


def test_a_sum_has_no_figure_of_its_own() -> None:
    assert points({"kind": "sum", "items": ITEMS}, {"value": 9}) == "open"
