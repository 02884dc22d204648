"""So với đơn vị dẫn đầu: target first, then the best surplus (FORMAT section 4, leader)."""

from __future__ import annotations

import pytest

from tests.core.build import column, issues, points, reasons, scale_of, score_all, told

LEADER = {"kind": "leader", "max": 5, "unit": "vụ"}


def pair(target: object, result: object) -> dict:
    return {"target": target, "result": result}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (pair(10, 0), "0"),
        (pair(10, 8), "2"),
        (pair(10, 10), "2.5"),
        (pair(3, 1), "5/6"),
        (pair(10, 11), "5"),
        (pair(0, 5), "na"),
        (pair(None, 5), "na"),
        ({"result": 5}, "na"),
        ({"result": 0}, "na"),
        ({"result": None}, "missing"),
        ({"target": 10}, "missing"),
        ({}, "missing"),
        (pair(10, -1), "error"),
        (pair(-10, 1), "error"),
        (pair("mười", 1), "error"),
    ],
)
def test_a_unit_alone_is_scored_against_its_target(found: dict, expected: str) -> None:
    assert points({**LEADER}, found) == expected


@pytest.mark.parametrize(
    ("node", "pairs", "expected"),
    [
        (LEADER, [(10, 15), (10, 20)], ["3.75", "5"]),
        (LEADER, [(10, 15), (10, 15)], ["5", "5"]),
        (LEADER, [(90, 100), ("0.9", 1), (9, 10)], ["5", "5", "5"]),
        (LEADER, [(10, 8), (10, 20), (10, 12)], ["2", "5", "3"]),
        (LEADER | {"at_target": 1}, [(10, 5), (10, 20)], ["2.5", "5"]),
        (LEADER | {"at_target": 0}, [(10, 10), (10, 20)], ["0", "5"]),
    ],
)
def test_the_surplus_is_measured_by_the_best_of_the_bloc(
    node: dict, pairs: list, expected: list
) -> None:
    assert column(node, *(pair(*one) for one in pairs)) == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("ignore", ["2.5", "na", "na", "na"]),
        ("leader", ["2.5", "2.5", "1.25", "na"]),
        ("own_group", ["2.5", "5", "2.5", "na"]),
    ],
)
def test_a_result_without_target_is_scored_as_the_scale_says(policy: str, expected: list) -> None:
    node = LEADER | {"not_assigned_with_result": policy}
    assert column(node, pair(200, 200), pair(0, 100), pair(None, 50), pair(0, 0)) == expected


def test_a_missing_figure_leaves_the_others_provisional() -> None:
    result = score_all(scale_of({"code": "X", **LEADER}), {"X": pair(10, 20)}, {})
    assert [unit.nodes["X"].provisional for unit in result.units] == [True, False]
    assert result.provisional


def test_a_unit_set_aside_does_not_make_the_others_provisional() -> None:
    result = score_all(scale_of({"code": "X", **LEADER}), {"X": pair(10, 20)}, {"X": {"na": True}})
    assert not result.units[0].nodes["X"].provisional


def test_another_unit_of_measure_is_an_error_and_leaves_the_cohort() -> None:
    other = pair(10, 90) | {"unit": "%"}
    result = score_all(scale_of({"code": "X", **LEADER}), {"X": pair(10, 20)}, {"X": other})
    assert result.units[0].nodes["X"].points == 5
    assert issues(result.units[1]) == [("error", "X", "mixed_units")]


def test_differing_units_of_measure_spoil_a_line_that_states_none() -> None:
    node = {"code": "X", "kind": "leader", "max": 5}
    one, other = pair(10, 8) | {"unit": "vụ"}, pair(10, 9)
    result = score_all(scale_of(node), {"X": one}, {"X": other}, {})
    assert [unit.nodes["X"].state for unit in result.units] == ["error", "error", "missing"]


def test_hand_set_points_do_not_change_the_cohort() -> None:
    by_hand = pair(10, 20) | {"override": {"points": 0, "reason": "Biên bản"}}
    assert column(LEADER, by_hand, pair(10, 15)) == ["0", "3.75"]


def test_words_show_the_share_of_the_target() -> None:
    assert told({**LEADER}, pair(10, 8)) == [("SCORE-LEADER", "8/10 × 2,5 = 2,0")]


def test_words_show_the_surplus() -> None:
    result = score_all(scale_of({"code": "X", **LEADER}), {"X": pair(10, 15)}, {"X": pair(10, 20)})
    best = "2,5 + 50%/100% × 2,5 = 3,75 (kết quả 15/10, vượt so với đơn vị vượt cao nhất)"
    assert reasons(result.units[0].nodes["X"]) == [("SCORE-LEADER", best)]


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        ("leader", ("NA-5", "50/200 × 5,0 = 1,25")),
        ("own_group", ("NA-6", "50/100 × 5,0 = 2,5")),
        ("ignore", ("NA-1", "Không áp dụng, bỏ 5,0 điểm tối đa")),
    ],
)
def test_words_name_the_results_a_result_without_target_is_measured_by(
    policy: str, reason: tuple[str, str]
) -> None:
    scale = scale_of({"code": "X", **LEADER, "not_assigned_with_result": policy})
    pairs = [pair(200, 200), pair(0, 100), pair(None, 50)]
    result = score_all(scale, *({"X": one} for one in pairs))
    assert reasons(result.units[2].nodes["X"]) == [reason]
