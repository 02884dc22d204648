"""Bậc thang: the points of the first band that holds (FORMAT section 4, steps)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, scale_of, score_one, told

GARBAGE = {
    "kind": "steps",
    "bands": [
        {"gt": 98, "pts": 5},
        {"ge": 97, "lt": 98, "pts": 4},
        {"ge": 96, "lt": 97, "pts": 3},
    ],
    "else": "undecided",
}
LEVELS = {
    "kind": "steps",
    "bands": [{"eq": "đủ", "pts": 5}, {"eq": "thiếu một phần", "pts": 3}, {"eq": 7, "pts": 2}],
    "else": 0,
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("98.01", "5"),
        (100, "5"),
        (98, "undecided"),
        ("97.99", "4"),
        (97, "4"),
        ("96.999999", "3"),
        (96, "3"),
        ("95.9", "undecided"),
        (-1, "undecided"),
        ("197/2", "5"),
        ("98,5", "undecided"),
        (None, "missing"),
    ],
)
def test_a_figure_gets_the_points_of_its_band(value: object, expected: str) -> None:
    assert points({**GARBAGE}, {"value": value}) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("đủ", "5"), ("Đủ", "0"), ("thiếu một phần", "3"), ("không", "0"), (7, "2"), ("7.0", "2")],
)
def test_text_bands_compare_exactly(value: object, expected: str) -> None:
    assert points({**LEVELS}, {"value": value}) == expected


def test_a_gap_is_undecided_with_a_warning_and_never_zero() -> None:
    unit = score_one(scale_of({"code": "X", **GARBAGE}), {"X": {"value": 98}})
    assert unit.total is None
    assert unit.missing == ()
    assert issues(unit) == [("warning", "X", "in_a_gap")]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"target": 100, "result": 97}, "4"),
        ({"target": 3, "result": 3}, "5"),
        ({"target": 0, "result": 3}, "na"),
        ({"target": 10}, "missing"),
    ],
)
def test_percent_of_target_finds_its_band(found: dict, expected: str) -> None:
    assert points(GARBAGE | {"x": "percent"}, found) == expected


@pytest.mark.parametrize(("value", "expected"), [(97, "4"), ("97.5", "error"), ("chữ", "error")])
def test_whole_figures_only_where_the_scale_says_so(value: object, expected: str) -> None:
    assert points(GARBAGE | {"whole": True}, {"value": value}) == expected


def test_the_first_band_that_holds_wins() -> None:
    bands = [{"ge": 1, "pts": 1}, {"ge": 5, "pts": 5}]
    assert points({"kind": "steps", "bands": bands, "else": 0}, {"value": 9}) == "1"


def test_truth_values_are_no_figures() -> None:
    assert points({**GARBAGE}, {"value": True}) == "error"


def test_words_name_the_band() -> None:
    assert told({**GARBAGE}, {"value": "97.5"}) == [("SCORE-STEPS", "97,5 từ 97 đến dưới 98: 4,0")]


def test_words_name_what_the_figure_counts() -> None:
    late = {"kind": "steps", "x": "days_late", "else": 0, "bands": [{"ge": 1, "lt": 5, "pts": 3}]}
    found = {"date": "2026-01-04", "due": "2026-01-01"}

    assert told(GARBAGE | {"x": "percent"}, {"target": 200, "result": 195}) == [
        ("SCORE-STEPS", "97,5% từ 97% đến dưới 98%: 4,0")
    ]
    assert told(late, found) == [("SCORE-STEPS", "3 ngày từ 1 ngày đến dưới 5 ngày: 3,0")]


def test_words_say_that_the_scale_leaves_a_gap() -> None:
    assert told({**GARBAGE}, {"value": 98}) == [
        ("STATE-UNDECIDED", "98 không thuộc mức nào: thang điểm chưa quy định")
    ]
