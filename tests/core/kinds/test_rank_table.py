"""Điểm theo thứ hạng: points of the rank among the values (FORMAT section 4, rank_table)."""

from __future__ import annotations

import pytest

from tests.core.build import column, reasons, scale_of, score_all

TABLE = {"kind": "rank_table", "table": [10, 8, 6, 4], "else": 2}


@pytest.mark.parametrize(
    ("node", "values", "expected"),
    [
        (TABLE, [80], ["10"]),
        (TABLE, [70, 80, 60], ["8", "10", "6"]),
        (TABLE, [5, 4, 3, 2, 1, 0], ["10", "8", "6", "4", "2", "2"]),
        (TABLE, [80, 80, 70], ["10", "10", "6"]),
        (TABLE | {"ties": "mean"}, [80, 80, 70], ["9", "9", "6"]),
        (TABLE | {"ties": "mean"}, [1, 1, 1], ["8", "8", "8"]),
        (TABLE | {"ties": "mean"}, [9, 8, 7, 1, 1], ["10", "8", "6", "3", "3"]),
        (TABLE | {"order": "asc"}, [70, 80, 60], ["8", "6", "10"]),
        (TABLE | {"order": "asc"}, [70, 60, 60], ["6", "10", "10"]),
        (TABLE, ["1/3", "0.333333", "0.34"], ["8", "6", "10"]),
        (TABLE, [1, "1.0"], ["10", "10"]),
        ({"kind": "rank_table", "table": [3]}, [1, 2], ["0", "3"]),
        (TABLE, [-1, -2], ["10", "8"]),
    ],
)
def test_points_follow_the_rank(node: dict, values: list, expected: list) -> None:
    assert column(node, *({"value": value} for value in values)) == expected


def test_several_raters_are_averaged() -> None:
    assert column(TABLE, {"values": [80, 81, 79]}, {"values": [80, "80.01"]}) == ["8", "10"]


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({}, "missing"),
        ({"values": []}, "missing"),
        ({"value": "tốt"}, "error"),
        ({"na": True}, "na"),
    ],
)
def test_a_unit_without_figure_takes_no_place(found: dict, state: str) -> None:
    assert column(TABLE, {"value": 5}, found, {"value": 4}) == ["10", state, "8"]


def test_a_missing_figure_leaves_the_ranks_provisional() -> None:
    result = score_all(scale_of({"code": "X", **TABLE}), {"X": {"value": 5}}, {})
    assert result.units[0].nodes["X"].provisional


def test_words_name_rank_and_ties() -> None:
    result = score_all(scale_of({"code": "X", **TABLE}), *[{"X": {"value": 5}}] * 2)
    assert reasons(result.units[0].nodes["X"]) == [
        ("SCORE-RANK", "5 xếp thứ 1 trong 2 đơn vị, 2 đơn vị bằng nhau: 10,0")
    ]
