"""uncapped_bonus, missing_floor, wrong_sign: what the points of a line and a section can reach."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of

UNLIMITED: Plain = {"code": "C", "kind": "count", "each": 2, "cap": None}


def ledger(*items: Plain, **keys: object) -> Plain:
    return {"code": "L", "kind": "ledger", "start": 10, "floor": 0, "items": list(items), **keys}


@pytest.mark.parametrize(
    "line",
    [
        UNLIMITED,
        {"code": "C", "kind": "linear", "from": 0, "each": 1, "cap": None, "floor": 0},
        {"code": "C", "kind": "linear", "from": 0, "each": -1, "cap": None, "floor": 0},
        {"code": "C", "kind": "imported", "evidence": {}},
        {"code": "C", "kind": "judged", "max": None, "evidence": {}},
        {**UNLIMITED, "recurs": {"times": 4}},
    ],
)
def test_line_with_unlimited_points_is_named(line: Plain) -> None:
    assert found_in(scale_of(line)) == [("warning", "uncapped_bonus", "C")]


@pytest.mark.parametrize(
    "criterion",
    [
        {**UNLIMITED, "cap": 5},
        {**UNLIMITED, "each": -2},
        {"code": "I", "kind": "sum", "items": [UNLIMITED], "cap": 5},
        ledger(UNLIMITED, bonus_cap=5),
        ledger(UNLIMITED, cap=15),
        {"code": "I", "kind": "sum", "cap": 9, "items": [ledger(UNLIMITED)]},
        {
            "code": "C",
            "kind": "linear",
            "x": "days_late",
            "from": 0,
            "each": -1,
            "cap": None,
            "floor": 0,
        },
        {
            "code": "C",
            "kind": "linear",
            "x": "percent",
            "from": 100,
            "each": -1,
            "cap": None,
            "floor": 0,
        },
    ],
)
def test_line_under_a_cap_is_not_named(criterion: Plain) -> None:
    assert names_in(scale_of(criterion)) == []


def test_header_caps_bonus_sections_only() -> None:
    bonus = {**UNLIMITED, "part": "bonus"}
    assert names_in(scale_of(bonus, header={"bonus_cap": 5})) == []
    assert names_in(scale_of(UNLIMITED, header={"bonus_cap": 5})) == ["uncapped_bonus"]


def test_highest_total_is_a_cap_above_everything() -> None:
    assert names_in(scale_of(UNLIMITED, header={"max_total": 100})) == []


def test_ledger_that_may_lose_more_than_it_has_must_state_its_floor() -> None:
    fault: Plain = {"code": "L.1", "kind": "count", "each": -1, "cap": None}
    plain = {key: value for key, value in ledger(fault).items() if key != "floor"}
    item = only(scale_of(plain))
    assert (item.lint, item.words.vi) == (
        "missing_floor",
        '"L" bắt đầu từ 10 điểm, có thể bị trừ không giới hạn, nhưng không ghi mức sàn; máy dừng ở '
        "0 điểm.",
    )


@pytest.mark.parametrize(
    ("each", "cap", "deduct_cap", "lint"),
    [
        (-1, 10, None, []),
        (-1, 11, None, ["missing_floor"]),
        (-1, None, 10, []),
        (-1, None, 11, ["missing_floor"]),
        (1, 5, None, []),
    ],
)
def test_floor_is_asked_for_only_when_deductions_exceed_the_start(
    each: int, cap: int | None, deduct_cap: int | None, lint: list[str]
) -> None:
    fault: Plain = {"code": "L.1", "kind": "count", "each": each, "cap": cap}
    plain = ledger(fault, deduct_cap=deduct_cap)
    without_floor = {key: value for key, value in plain.items() if key != "floor"}
    assert names_in(scale_of(without_floor)) == lint


@pytest.mark.parametrize("floor", [0, None, -5])
def test_stated_floor_is_not_asked_for(floor: int | None) -> None:
    fault: Plain = {"code": "L.1", "kind": "count", "each": -1, "cap": None}
    assert names_in(scale_of(ledger(fault, floor=floor))) == []


@pytest.mark.parametrize(
    ("section", "lint"),
    [
        (judged("B", 5, part="bonus"), []),
        (judged("B", 5, part="bonus", min=-1), ["wrong_sign"]),
        (judged("B", 0, part="deduct", min=-5), []),
        (judged("B", 5, part="deduct"), ["wrong_sign"]),
        ({"code": "B", "kind": "flag", "hit": -1, "part": "bonus"}, ["wrong_sign"]),
        ({"code": "B", "kind": "flag", "hit": -1, "part": "deduct"}, []),
        ({"code": "B", "kind": "flag", "hit": -1, "part": "base"}, []),
        (
            {
                "code": "B",
                "kind": "sum",
                "part": "bonus",
                "floor": 0,
                "items": [{"code": "B.1", "kind": "count", "each": -1, "cap": 3}],
            },
            [],
        ),
        ({"code": "B", "kind": "rank_table", "table": [2, 1, -1], "part": "bonus"}, ["wrong_sign"]),
        (
            {
                "code": "B",
                "kind": "pick",
                "mode": "max",
                "part": "deduct",
                "items": [
                    {"code": "B.1", "kind": "flag", "hit": -1},
                    {"code": "B.2", "kind": "flag", "hit": 1},
                ],
            },
            ["wrong_sign"],
        ),
    ],
)
def test_sign_of_bonus_and_deduct_sections(section: Plain, lint: list[str]) -> None:
    assert names_in(scale_of(section)) == lint


def test_sign_is_asked_of_sections_only() -> None:
    inner = judged("B.1", 5, part="deduct")
    assert names_in(scale_of({"code": "B", "kind": "sum", "items": [inner]})) == []


def test_wrong_sign_names_how_far_it_goes() -> None:
    item = only(scale_of(judged("B", "2.5", part="deduct", label="Điểm trừ")))
    assert item.words.vi == 'Mục điểm trừ "B Điểm trừ" có thể cộng điểm, tới 2,5.'
