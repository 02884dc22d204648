"""Tổng điểm: parts, caps, clamps, percent (FORMAT section 7.1, 7.2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.core.build import reasons, scale_of, score_one
from thidua.core.result import UnitResult

PARTS = [
    {"code": "I", "kind": "judged", "max": 100},
    {"code": "II", "kind": "judged", "max": 20, "part": "bonus"},
    {"code": "III", "kind": "judged", "max": 0, "min": -50, "part": "deduct"},
]


def totals(base: object, bonus: object, deduct: object, /, **header: object) -> UnitResult:
    found = {"I": {"value": base}, "II": {"value": bonus}, "III": {"value": deduct}}
    return score_one(scale_of(*PARTS, header=header), found)


@pytest.mark.parametrize(
    ("figures", "header", "expected"),
    [
        ((90, 5, -3), {}, ("92", "5", "-3")),
        ((90, 15, 0), {"bonus_cap": 10}, ("100", "10", "0")),
        ((90, 0, -30), {"deduct_cap": 15}, ("75", "0", "-15")),
        ((90, 15, 0), {"bonus_cap": 0}, ("90", "0", "0")),
        ((90, 0, -30), {"deduct_cap": 0}, ("90", "0", "0")),
        ((90, 20, 0), {"max_total": 105}, ("105", "20", "0")),
        ((10, 0, -30), {"min_total": 0}, ("0", "0", "-30")),
        ((10, 0, -30), {}, ("-20", "0", "-30")),
        (("0.05", 0, 0), {"decimals": 1}, ("1/10", "0", "0")),
        (("0.05", 0, 0), {"decimals": 1, "rounding": "half_even"}, ("0", "0", "0")),
        (("96.75", 0, 0), {"decimals": 1}, ("484/5", "0", "0")),
        ((90, 20, -50), {"bonus_cap": 10, "deduct_cap": 5, "max_total": 94}, ("94", "10", "-5")),
    ],
)
def test_caps_then_clamps_then_rounding(figures: tuple, header: dict, expected: tuple) -> None:
    unit = totals(*figures, **header)
    assert tuple(map(str, (unit.total, unit.bonus, unit.deduct))) == expected


def test_the_floor_of_the_total_is_zero_unless_the_scale_says_otherwise() -> None:
    from tests.core.build import HEADER

    header = {key: value for key, value in HEADER.items() if key != "min_total"}
    plain = scale_of(*PARTS, scale=header)
    found = {"I": {"value": 0}, "II": {"value": 0}, "III": {"value": -9}}
    assert score_one(plain, found).total == 0


def test_percent_is_of_the_unrounded_total() -> None:
    unit = totals("96.75", 0, 0, decimals=0)
    assert (unit.total, unit.percent) == (97, Fraction("96.75"))


def test_a_stated_base_is_the_denominator() -> None:
    assert totals(90, 0, 0, base=120).percent == 75


def test_something_missing_leaves_no_total() -> None:
    unit = totals(90, None, 0)
    assert (unit.total, unit.percent, unit.so_far, unit.missing) == (None, None, 90, ("II",))


def test_a_scale_of_conditions_only_has_no_denominator() -> None:
    unit = score_one(scale_of(), {})
    assert (unit.total, unit.percent, unit.denominator) == (0, None, 0)


def test_the_total_is_told_in_words() -> None:
    told = reasons(totals(90, 5, -3))[:2]
    assert told == [
        ("TOTAL-1", "90,0 + 5,0 − 3,0 = 92,0"),
        ("PERCENT-1", "92,0/100,0 = 92,00%"),
    ]


def test_a_total_with_lines_still_open_is_told_as_open() -> None:
    why = totals(90, None, 0).findings[0]
    assert (why.rule_id, why.outcome) == ("STATE-OPEN", "open")
    assert why.words == "Còn dòng chưa chấm. Đến nay: 90,0 + 0,0 − 0,0 = 90,0"


def test_a_limit_that_took_hold_is_told() -> None:
    told = totals(90, 15, -30, bonus_cap=10, deduct_cap=5, max_total=94).findings[:3]
    assert [(finding.rule_id, finding.words) for finding in told] == [
        ("CAP-BONUS", "Điểm thưởng 15,0, tối đa 10,0"),
        ("CAP-DEDUCT", "Điểm trừ 30,0, tối đa 5,0"),
        ("CAP-TOTAL", "Tổng 95,0, tối đa 94,0"),
    ]
