"""Đếm: so much for each case, limited by the cap (FORMAT section 4, count)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, scale_of, score_one, told

REWARD = {"kind": "count", "each": 2, "cap": 6}
PENALTY = {"kind": "count", "each": "-0.5", "cap": 2}


@pytest.mark.parametrize(
    ("node", "found", "expected"),
    [
        (REWARD, {"value": 0}, "0"),
        (REWARD, {"value": 1}, "2"),
        (REWARD, {"value": 3}, "6"),
        (REWARD, {"value": 4}, "6"),
        (PENALTY, {"value": 3}, "-1.5"),
        (PENALTY, {"value": 9}, "-2"),
        (REWARD | {"cap": None}, {"value": 50}, "100"),
        (REWARD | {"each": "1/3", "cap": None}, {"value": 2}, "2/3"),
        (REWARD, {"values": [1, 3]}, "4"),
        (REWARD, {"value": "2"}, "4"),
        (REWARD | {"x": "percent", "each": "0.1", "cap": None}, {"target": 4, "result": 3}, "7.5"),
        (REWARD | {"x": {"field": "so"}}, {}, "4"),
        (PENALTY | {"x": "days_late", "due": "2026-06-01"}, {"date": "2026-06-03"}, "-1"),
        (PENALTY | {"x": "days_late", "due": "2026-06-01"}, {"date": "2026-05-20"}, "0"),
    ],
)
def test_points_follow_the_number(node: dict, found: dict, expected: str) -> None:
    assert points({**node}, found, fields={"so": 2}) == expected


@pytest.mark.parametrize(
    ("found", "issue"),
    [
        ({"value": -1}, "not_a_count"),
        ({"value": "1.5"}, "not_a_count"),
        ({"values": [1, 2]}, "not_a_count"),
        ({"value": "hai"}, "not_a_number"),
        ({"value": True}, "not_a_number"),
        ({"value": 10**15}, "not_a_number"),
    ],
)
def test_a_figure_that_is_no_count_is_an_error(found: dict, issue: str) -> None:
    unit = score_one(scale_of({"code": "X", **REWARD}), {"X": found})
    assert unit.nodes["X"].state == "error"
    assert issues(unit) == [("error", "X", issue)]


@pytest.mark.parametrize("found", [{}, {"value": None}, {"values": []}, {"explanation": "…"}])
def test_nothing_entered_is_missing_and_not_zero(found: dict) -> None:
    assert points({**REWARD}, found) == "missing"


@pytest.mark.parametrize("found", [{"reviewed": True}, {"value": None, "reviewed": True}])
def test_nothing_entered_counts_none_once_reviewed(found: dict) -> None:
    assert points({**PENALTY}, found) == "0"


def test_review_does_not_stand_in_for_a_computed_figure() -> None:
    assert points(REWARD | {"x": "percent"}, {"reviewed": True}) == "missing"


def test_words_show_the_multiplication() -> None:
    assert told({**REWARD}, {"value": 2}) == [("SCORE-COUNT", "2 × 2,0 = 4,0")]


def test_words_name_the_cap_of_a_deduction() -> None:
    capped = "5 × −0,5 = −2,5; trừ tối đa 2,0 nên tính −2,0"
    assert told({**PENALTY}, {"value": 5}) == [("SCORE-COUNT", capped)]


def test_words_say_that_a_review_stands_behind_the_none() -> None:
    assert told({**PENALTY}, {"reviewed": True}) == [
        ("REVIEWED-1", "Không ghi nhận trường hợp nào"),
        ("SCORE-COUNT", "0 × −0,5 = 0,0"),
    ]


def test_words_say_that_nothing_was_entered() -> None:
    assert told({**PENALTY}, {}) == [("STATE-MISSING", "Chưa có số liệu")]


def test_words_say_that_the_figure_is_wrong() -> None:
    assert told({**PENALTY}, {"value": -1}) == [("STATE-ERROR", "Số liệu nhập chưa đúng")]
