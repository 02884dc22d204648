"""Phân nhánh: the item of the first case that holds (FORMAT section 4, switch)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, reasons, scale_of, score_one
from thidua.core.result import UnitResult


def followed(value: object, found: dict | None = None, **params: object) -> UnitResult:
    node = {
        "code": "X",
        "kind": "switch",
        "x": {"field": "so"},
        "cases": [
            {"lt": 1000, "item": {"code": "it", "kind": "judged", "max": 2}},
            {"ge": 1000, "le": 5000, "item": {"code": "nhieu", "kind": "judged", "max": 3}},
            {"eq": "không rõ", "item": {"code": "khac", "kind": "judged", "max": 1}},
        ],
        "else": 0,
        **params,
    }
    inputs = {"it": {"value": 1}, "nhieu": {"value": 3}, "khac": {"value": "0.5"}}
    return score_one(scale_of(node), inputs | (found or {}), fields={"so": value})


@pytest.mark.parametrize(
    ("value", "expected", "reached"),
    [
        (999, 1, ["it", "X"]),
        ("999.999", 1, ["it", "X"]),
        (-1, 1, ["it", "X"]),
        (1000, 3, ["nhieu", "X"]),
        (5000, 3, ["nhieu", "X"]),
        (5001, 0, ["X"]),
    ],
)
def test_only_the_case_that_holds_is_evaluated(value: object, expected: int, reached: list) -> None:
    unit = followed(value)
    assert (unit.nodes["X"].points, list(unit.nodes)) == (expected, reached)


def test_a_text_finds_its_case() -> None:
    assert followed("không rõ").nodes["X"].points == followed("không rõ").nodes["khac"].points


def test_a_text_outside_every_case_takes_the_else() -> None:
    assert followed("chữ").nodes["X"].points == 0


def test_a_missing_figure_is_missing() -> None:
    unit = followed(None)
    assert (unit.nodes["X"].state, unit.missing) == ("missing", ("X",))


def test_an_undecided_else_is_a_warning() -> None:
    unit = followed(9999, **{"else": "undecided"})
    assert (unit.nodes["X"].state, issues(unit)) == ("undecided", [("warning", "X", "in_a_gap")])


def test_a_bad_figure_is_an_error() -> None:
    assert issues(followed(True)) == [("error", "X", "not_a_number")]


def test_an_open_item_leaves_the_switch_open() -> None:
    unit = followed(1, {"it": {}})
    assert (unit.nodes["X"].state, unit.missing) == ("open", ("it",))


def test_an_item_not_applicable_takes_the_switch_with_it() -> None:
    scored = followed(1, {"it": {"na": True}}).nodes["X"]
    assert (scored.state, scored.max) == ("na", 0)


def test_the_maximum_is_that_of_the_largest_item() -> None:
    assert followed(1).nodes["X"].max == 3


def test_words_name_the_case() -> None:
    assert reasons(followed(1000).nodes["X"]) == [("SCORE-SWITCH", "1.000 từ 1.000 đến 5.000: 3,0")]
    assert reasons(followed(5001).nodes["X"]) == [
        ("SCORE-SWITCH", "5.001 không thuộc trường hợp nào: 0,0")
    ]
