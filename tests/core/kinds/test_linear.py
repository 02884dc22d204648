"""Tuyến tính: at + each × (x − from)/per, then cap, then floor (FORMAT section 4, linear)."""

from __future__ import annotations

import pytest

from tests.core.build import points, told
from thidua.core.loading import NotANumber

PERCENT = {
    "kind": "linear",
    "x": "percent",
    "from": 0,
    "per": 100,
    "each": 10,
    "cap": 10,
    "floor": 0,
}
EVERY_PERCENT = {
    "kind": "linear",
    "from": 92,
    "each": "0.1",
    "whole": True,
    "cap": "0.5",
    "floor": 0,
}
OPEN = {"kind": "linear", "from": 10, "per": 4, "each": 3, "at": 5, "cap": None, "floor": None}


@pytest.mark.parametrize(
    ("node", "found", "expected"),
    [
        (PERCENT, {"target": 100, "result": 95}, "9.5"),
        (PERCENT, {"target": 3, "result": 1}, "10/3"),
        (PERCENT, {"target": 10, "result": 12}, "10"),
        (PERCENT, {"target": 10, "result": -1}, "0"),
        (PERCENT, {"target": 0, "result": 5}, "na"),
        (PERCENT, {"target": None, "result": None}, "na"),
        (PERCENT, {"result": 0}, "na"),
        (PERCENT, {"target": 10}, "missing"),
        (PERCENT, {}, "missing"),
        (EVERY_PERCENT, {"value": "91.9"}, "0"),
        (EVERY_PERCENT, {"value": "92.99"}, "0"),
        (EVERY_PERCENT, {"value": 93}, "0.1"),
        (EVERY_PERCENT, {"value": "94.5"}, "0.2"),
        (EVERY_PERCENT, {"value": 99}, "0.5"),
        (OPEN, {"value": 10}, "5"),
        (OPEN, {"value": 11}, "5.75"),
        (OPEN, {"value": 0}, "-2.5"),
        (OPEN | {"per": -4}, {"value": 14}, "2"),
    ],
)
def test_points_follow_the_line(node: dict, found: dict, expected: str) -> None:
    assert points({**node}, found) == expected


def test_whole_steps_are_rounded_down_below_the_start_too() -> None:
    below = EVERY_PERCENT | {"floor": None}
    assert points(below, {"value": "91.9"}) == "-0.1"


def test_a_floor_above_the_cap_has_the_last_word() -> None:
    assert points(OPEN | {"cap": 1, "floor": 2}, {"value": 10}) == "2"


def test_a_step_of_nothing_is_refused_when_the_scale_is_read() -> None:
    with pytest.raises(NotANumber, match=r"X\.per: 0"):
        points(OPEN | {"per": 0}, {"value": 1})


def test_words_show_the_arithmetic() -> None:
    assert told({**OPEN}, {"value": 11}) == [("SCORE-LINEAR", "5,0 + (11 − 10)/4 × 3,0 = 5,75")]
    assert told({**PERCENT}, {"target": 10, "result": 12}) == [
        ("SCORE-LINEAR", "120/100 × 10,0 = 12,0; tối đa 10,0 nên tính 10,0")
    ]
