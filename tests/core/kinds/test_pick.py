"""Chọn một: highest, first that applies, or chosen (FORMAT section 4, pick)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, reasons, scale_of, score_one
from thidua.core.result import UnitResult

ITEMS = [
    {"code": "a", "kind": "judged", "max": 3},
    {"code": "b", "kind": "judged", "max": 5, "when": "co"},
    {"code": "c", "kind": "judged", "max": 4},
]


def picked(mode: str, found: dict, *, co: bool | None = True, **params: object) -> UnitResult:
    node = {"code": "X", "kind": "pick", "mode": mode, "items": ITEMS, **params}
    return score_one(scale_of(node), found, fields={"co": co})


def values(**found: object) -> dict:
    return {
        code: {"na": True} if value == "na" else {"value": value} for code, value in found.items()
    }


@pytest.mark.parametrize(
    ("mode", "found", "co", "expected"),
    [
        ("max", values(a=1, b=2, c=3), True, 3),
        ("max", values(a=1, b=5, c=3), False, 3),
        ("max", values(a="na", b=2, c=1), True, 2),
        ("max", values(a="na", b=2, c="na"), False, 0),
        ("first", values(a=1, b=2, c=3), True, 1),
        ("first", values(a="na", b=2, c=3), True, 2),
        ("first", values(a="na", b=2, c=3), False, 3),
        ("chosen", values(a=1, b=2, c=3) | {"X": {"chosen": "c"}}, True, 3),
        ("chosen", values(a=1, b=2, c=3) | {"X": {"chosen": "b"}}, False, 0),
        ("first", values(a=1), True, 1),
    ],
)
def test_one_alternative_counts(mode: str, found: dict, co: bool, expected: int) -> None:
    assert picked(mode, found, co=co).nodes["X"].points == expected


@pytest.mark.parametrize("mode", ["max", "first"])
def test_nothing_applies_where_no_alternative_does(mode: str) -> None:
    scored = picked(mode, values(a="na", b="na", c="na")).nodes["X"]
    assert (scored.state, scored.max) == ("na", 0)


def test_later_alternatives_are_not_evaluated_once_the_first_holds() -> None:
    assert list(picked("first", values(a=1, b="hỏng")).nodes) == ["a", "X"]


def test_the_highest_waits_for_every_alternative() -> None:
    unit = picked("max", values(a=3, b=1))
    assert (unit.nodes["X"].state, unit.nodes["X"].so_far, unit.missing) == ("open", 3, ("c",))


def test_the_first_stops_at_an_unknown_condition() -> None:
    unit = picked("first", values(a="na", b=5, c=4), co=None)
    assert (unit.nodes["X"].state, unit.missing) == ("open", ("b",))


def test_nothing_chosen_is_missing() -> None:
    assert picked("chosen", values(a=1)).missing == ("X",)


def test_a_code_that_is_no_alternative_is_an_error() -> None:
    unit = picked("chosen", {"X": {"chosen": "z"}})
    assert issues(unit) == [("error", "X", "unknown_choice")]
    assert unit.nodes["X"].state == "error"


def test_the_maximum_is_that_of_the_largest_alternative() -> None:
    assert picked("max", values(a=1, b=2, c=3)).nodes["X"].max == 5
    assert picked("max", values(a=1, b=2, c=3), max=9).nodes["X"].max == 9


def test_words_name_what_competed() -> None:
    unit = picked("max", values(a=1, b=2, c=3))
    assert reasons(unit.nodes["X"]) == [
        ("SCORE-PICK", "Chọn 3,0 trong các phương án: 1,0; 2,0; 3,0")
    ]


def test_words_say_that_nothing_or_a_stranger_was_chosen() -> None:
    unchosen, strange = picked("chosen", {}), picked("chosen", {"X": {"chosen": "z"}})
    assert reasons(unchosen.nodes["X"]) == [("STATE-MISSING", "Chưa chọn phương án")]
    assert reasons(strange.nodes["X"]) == [
        ("STATE-ERROR", "Phương án được chọn không có trong thang điểm")
    ]
