"""Xếp loại (FORMAT section 7.4)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, scale_of, score_one
from thidua.core.result import UnitResult

SECTIONS = [
    {
        "code": "I",
        "kind": "sum",
        "items": [
            {"code": "I.1", "kind": "judged", "max": 40},
            {"code": "I.2", "kind": "judged", "max": 20},
        ],
    },
    {"code": "II", "kind": "judged", "max": 40},
    {"code": "T", "kind": "judged", "max": 10, "part": "bonus"},
]


def classed(first: int, second: int, other: int, *classes: dict, **fields: object) -> UnitResult:
    scale = scale_of(*SECTIONS, classification={"classes": list(classes)})
    found = {"I.1": first, "I.2": second, "II": other, "T": 0}
    return score_one(
        scale, {code: {"value": value} for code, value in found.items()}, fields=fields
    )


BEST = {"code": "XS", "label": "Xuất sắc", "ge": 90}
GOOD = {"code": "T", "label": "Tốt", "ge": 70}
REST = {"code": "K", "label": "Khá"}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((40, 20, 40), "XS"),
        ((40, 10, 40), "XS"),
        ((40, 10, 39), "T"),
        ((30, 10, 30), "T"),
        ((30, 10, 29), "K"),
        ((0, 0, 0), "K"),
    ],
)
def test_the_first_class_that_holds_is_the_class(figures: tuple, expected: str) -> None:
    assert classed(*figures, BEST, GOOD, REST).class_code == expected


@pytest.mark.parametrize(
    ("over", "figures", "expected"),
    [
        ("sections", (40, 16, 40), "XS"),
        ("sections", (40, 20, 31), "T"),
        ("leaves", (40, 16, 40), "XS"),
        ("leaves", (40, 15, 40), "T"),
        (["I.2"], (40, 15, 40), "T"),
        (["I"], (40, 15, 40), "XS"),
        (["T"], (40, 20, 40), "XS"),
    ],
)
def test_a_floor_asks_every_line(over: object, figures: tuple, expected: str) -> None:
    best = BEST | {"floor": {"over": over, "percent": 80}}
    assert classed(*figures, best, GOOD, REST).class_code == expected


@pytest.mark.parametrize(("co", "expected"), [(True, "XS"), (False, "T"), (None, None)])
def test_a_condition_of_a_class(co: bool | None, expected: str | None) -> None:
    unit = classed(40, 20, 40, BEST | {"if": "co"}, GOOD, co=co)
    assert unit.class_code == expected
    assert issues(unit) == ([("warning", "XS", "unknown_condition")] if co is None else [])


def test_a_band_that_fails_does_not_wait_for_an_unknown_condition() -> None:
    assert classed(30, 20, 30, BEST | {"if": "co"}, GOOD).class_code == "T"


def test_no_class_is_a_warning() -> None:
    unit = classed(0, 0, 0, BEST, GOOD)
    assert (unit.class_code, issues(unit)) == (None, [("warning", "classification", "no_class")])


def test_a_unit_without_total_has_no_class() -> None:
    scale = scale_of(*SECTIONS, classification={"classes": [REST]})
    unit = score_one(scale, {})
    assert (unit.class_code, issues(unit)) == (None, [])


def test_a_line_not_applicable_is_not_asked() -> None:
    best = {"code": "XS", "label": "Xuất sắc", "floor": {"over": "leaves", "percent": 100}}
    scale = scale_of(*SECTIONS, classification={"classes": [best, REST]})
    found = {"I.1": {"value": 40}, "I.2": {"na": True}, "II": {"value": 40}, "T": {"value": 0}}
    assert score_one(scale, found).class_code == "XS"


def test_a_class_is_told_in_words() -> None:
    told = [one.words for one in classed(40, 20, 40, BEST).findings if one.rule_id == "CLASS-1"]
    assert told == ["100,0 đạt mức Xuất sắc"]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((0, 0, 0), "0,0 không thuộc mức nào"),
        ((40, 20, 40), "Chưa đủ thông tin để xét mức Xuất sắc"),
    ],
)
def test_a_unit_without_class_is_told_why(figures: tuple, words: str) -> None:
    unit = classed(*figures, BEST | {"if": "co"}, GOOD, co=None)
    told = [one for one in unit.findings if one.rule_id == "CLASS-2"]
    assert [(unit.class_code, one.outcome, one.words) for one in told] == [(None, "none", words)]
