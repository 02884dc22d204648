"""Cộng trừ từ điểm chuẩn: separate caps, before netting (FORMAT section 4, ledger)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, reasons, scale_of, score_one

LEDGER = {
    "code": "X",
    "kind": "ledger",
    "start": 10,
    "deduct_cap": 4,
    "bonus_cap": 2,
    "items": [
        {"code": "nho", "kind": "count", "each": "-0.5", "cap": 2},
        {"code": "lon", "kind": "flag", "hit": -3},
        {"code": "tot", "kind": "count", "each": 1, "cap": None},
    ],
}


def account(
    small: int, large: bool, good: int, *, co: bool | None = False, **params: object
) -> str:
    found = {"nho": {"value": small}, "lon": {"value": large}, "tot": {"value": good}}
    scored = score_one(scale_of({**LEDGER, **params}), found, fields={"co": co}).nodes["X"]
    return scored.state if scored.points is None else str(scored.points)


@pytest.mark.parametrize(
    ("small", "large", "good", "params", "expected"),
    [
        (0, False, 0, {}, "10"),
        (1, False, 0, {}, "19/2"),
        (9, False, 0, {}, "8"),
        (9, True, 0, {}, "6"),
        (0, False, 1, {}, "11"),
        (0, False, 9, {}, "12"),
        (9, True, 9, {}, "8"),
        (9, True, 9, {"deduct_cap": None}, "7"),
        (9, True, 0, {"deduct_cap": 0}, "10"),
        (0, False, 9, {"bonus_cap": None}, "19"),
        (0, False, 9, {"cap": 11}, "11"),
        (9, True, 0, {"start": 1}, "0"),
        (9, True, 0, {"start": 1, "floor": None}, "-3"),
        (9, True, 0, {"start": 1, "floor": -2}, "-2"),
    ],
)
def test_caps_work_apart_before_netting(
    small: int, large: bool, good: int, params: dict, expected: str
) -> None:
    assert account(small, large, good, **params) == expected


@pytest.mark.parametrize(("co", "expected"), [(True, "12"), (False, "8"), (None, "open")])
def test_an_exempt_unit_takes_no_deductions_only(co: bool | None, expected: str) -> None:
    assert account(9, True, 9, co=co, exempt_when="co") == expected


def test_an_unknown_exemption_stands_among_the_missing() -> None:
    unit = score_one(scale_of({**LEDGER, "exempt_when": "co"}), {"X": {"reviewed": True}})
    assert (unit.nodes["X"].state, unit.nodes["X"].so_far, unit.missing) == ("open", 10, ("X",))
    assert issues(unit) == [("warning", "X", "unknown_condition")]


def test_an_unreviewed_ledger_shows_its_start() -> None:
    unit = score_one(scale_of(LEDGER), {})
    assert (unit.nodes["X"].points, unit.nodes["X"].so_far) == (None, 10)
    assert unit.missing == ("lon", "nho", "tot")


def test_a_reviewed_ledger_counts_none() -> None:
    unit = score_one(scale_of(LEDGER), {"X": {"reviewed": True}, "nho": {"value": 2}})
    assert unit.nodes["X"].points == 9


def test_a_line_not_applicable_counts_nothing_even_with_full_marks() -> None:
    scale = scale_of(LEDGER, header={"not_applicable": "full_marks"})
    unit = score_one(scale, {"X": {"reviewed": True}, "tot": {"na": True}})
    assert (unit.nodes["X"].points, unit.nodes["X"].max) == (10, 10)


def test_words_show_the_account() -> None:
    found = {"nho": {"value": 9}, "lon": {"value": True}, "tot": {"value": 1}}
    unit = score_one(scale_of(LEDGER), found)
    assert reasons(unit.nodes["X"]) == [("SCORE-LEDGER", "10,0 + 1,0 − 4,0 = 7,0")]


@pytest.mark.parametrize(
    ("co", "reason"),
    [
        (True, [("EXEMPT-1", "Được miễn trừ điểm"), ("SCORE-LEDGER", "10,0 + 0,0 − 0,0 = 10,0")]),
        (
            None,
            [
                ("EXEMPT-2", "Chưa biết có được miễn trừ điểm hay không"),
                ("STATE-OPEN", "Còn dòng chưa chấm. Đến nay: 10,0 + 0,0 − 3,0 = 7,0"),
            ],
        ),
    ],
)
def test_words_say_whether_the_unit_is_exempt(co: bool | None, reason: list) -> None:
    found = {"X": {"reviewed": True}, "lon": {"value": True}}
    unit = score_one(scale_of({**LEDGER, "exempt_when": "co"}), found, fields={"co": co})
    assert reasons(unit.nodes["X"]) == reason
