"""Có hoặc không: one figure if so, another if not (FORMAT section 4, flag)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, scale_of, score_one, told

FLAG = {"kind": "flag", "hit": 4, "miss": "0.5"}
IN_JANUARY = FLAG | {"if": {"field": "ngay", "le": "2026-01-31"}}


@pytest.mark.parametrize(
    ("node", "found", "expected"),
    [
        (FLAG, {"value": True}, "4"),
        (FLAG, {"value": False}, "0.5"),
        ({"kind": "flag", "hit": 3}, {"value": False}, "0"),
        ({"kind": "flag", "hit": -3}, {"value": True}, "-3"),
        (FLAG, {}, "missing"),
        (FLAG, {"value": None}, "missing"),
        (FLAG, {"reviewed": True}, "0.5"),
        (FLAG, {"value": True, "reviewed": True}, "4"),
        (FLAG, {"na": True}, "na"),
    ],
)
def test_points_follow_the_answer(node: dict, found: dict, expected: str) -> None:
    assert points({**node}, found) == expected


@pytest.mark.parametrize("value", ["yes", "true", "có", 1, 0, "1"])
def test_only_true_and_false_are_answers(value: object) -> None:
    unit = score_one(scale_of({"code": "X", **FLAG}), {"X": {"value": value}})
    assert issues(unit) == [("error", "X", "not_a_truth_value")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-01-31", "4"), ("2026-02-01", "0.5"), ("2025-12-31", "4"), (None, "missing")],
)
def test_a_condition_decides_and_an_unknown_one_is_missing(day: str | None, expected: str) -> None:
    assert points({**IN_JANUARY}, {"value": False}, fields={"ngay": day}) == expected


def test_an_unknown_condition_of_a_flag_gives_no_warning() -> None:
    unit = score_one(scale_of({"code": "X", **IN_JANUARY}), {}, fields={})
    assert issues(unit) == []
    assert unit.missing == ("X",)


def test_review_does_not_answer_a_condition() -> None:
    assert points({**IN_JANUARY}, {"reviewed": True}) == "missing"


def test_words_say_yes_or_no() -> None:
    assert told({**FLAG}, {"value": True}) == [("SCORE-FLAG", "Có: 4,0")]
    assert told({**FLAG}, {"value": False}) == [("SCORE-FLAG", "Không: 0,5")]


def test_words_say_that_a_review_stands_behind_the_no() -> None:
    assert told({**FLAG}, {"reviewed": True}) == [
        ("REVIEWED-1", "Không ghi nhận trường hợp nào"),
        ("SCORE-FLAG", "Không: 0,5"),
    ]
