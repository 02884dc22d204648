"""Chấm theo nhận định: the value itself, inside min..max (FORMAT section 4, judged)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, scale_of, score_one, told

JUDGED = {"kind": "judged", "max": 30}


@pytest.mark.parametrize(
    ("node", "found", "expected"),
    [
        (JUDGED, {"value": 0}, "0"),
        (JUDGED, {"value": 30}, "30"),
        (JUDGED, {"value": "9.625"}, "9.625"),
        (JUDGED, {"value": "20/3"}, "20/3"),
        (JUDGED, {"values": [1, 2, 2]}, "5/3"),
        (JUDGED, {"values": []}, "missing"),
        (JUDGED, {}, "missing"),
        (JUDGED, {"value": "30.01"}, "error"),
        (JUDGED, {"value": -1}, "error"),
        (JUDGED | {"min": None}, {"value": -100}, "-100"),
        (JUDGED | {"min": -20, "max": 0}, {"value": -5}, "-5"),
        (JUDGED | {"min": -20, "max": 0}, {"value": 5}, "error"),
        (JUDGED | {"max": None}, {"value": 500}, "500"),
    ],
)
def test_the_value_counts_inside_its_range(node: dict, found: dict, expected: str) -> None:
    assert points({**node}, found) == expected


@pytest.mark.parametrize(
    ("value", "issue"),
    [
        (31, "out_of_range"),
        ("961,5", "not_a_number"),
        ("1e308", "not_a_number"),
        ("１２", "not_a_number"),
        (False, "not_a_number"),
        ([1], "not_a_number"),
        ("0.1234567", "not_a_number"),
    ],
)
def test_a_bad_value_is_an_error(value: object, issue: str) -> None:
    unit = score_one(scale_of({"code": "X", **JUDGED}), {"X": {"value": value}})
    assert issues(unit) == [("error", "X", issue)]
    assert unit.total is None


def test_evidence_asked_for_and_not_given_is_a_warning_only() -> None:
    node = {"code": "X", **JUDGED, "evidence": {"required": True}}
    unit = score_one(scale_of(node), {"X": {"value": 3}})
    assert (unit.total, issues(unit)) == (3, [("warning", "X", "no_evidence")])


@pytest.mark.parametrize("found", [{"value": 0}, {"value": 3, "evidence": ["BC 12"]}, {}])
def test_evidence_is_asked_for_points_only(found: dict) -> None:
    node = {"code": "X", **JUDGED, "evidence": {"required": True}}
    assert issues(score_one(scale_of(node), {"X": found})) == []


def test_words_show_the_points_and_the_most() -> None:
    assert told({**JUDGED}, {"value": "9.5"}) == [("SCORE-JUDGED", "9,5 trên tối đa 30,0")]
