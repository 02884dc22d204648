"""Xếp hạng và bằng điểm (FORMAT section 7.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.core.build import scale_of, score_all
from thidua.core.loading import sheets_from_plain
from thidua.core.result import Result
from thidua.core.score import score

LINES = [
    {"code": "I", "kind": "judged", "max": 1000},
    {"code": "II", "kind": "judged", "max": 1000},
]


def ranked(*totals: object, **ranking: Any) -> list[int | None]:
    scale = scale_of(LINES[0], ranking=ranking, header={"decimals": 1})
    return [unit.rank for unit in score_all(scale, *({"I": {"value": t}} for t in totals)).units]


def parted(tie_breaks: list, *units: tuple) -> Result:
    scale = scale_of(*LINES, ranking={"tie_breaks": tie_breaks})
    sheets = [
        {
            "unit": chr(ord("A") + place),
            "inputs": {"I": {"value": first}, "II": {"value": second}},
            "fields": {"ngay": day, "so": number},
        }
        for place, (first, second, day, number) in enumerate(units)
    ]
    return score(scale, sheets_from_plain({"sheets": sheets}), explain=True)


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (("961.5", "961", "831.3"), [1, 2, 3]),
        (("831.3", "961", "961.5"), [3, 2, 1]),
        ((5, 5, 3), [1, 1, 3]),
        ((5, 3, 3, 1), [1, 2, 2, 4]),
        ((5, 5, 5), [1, 1, 1]),
        (("5.04", "5"), [1, 1]),
        (("5.05", "5"), [1, 2]),
        ((0, None, 3), [2, None, 1]),
        ((None, None), [None, None]),
        ((), []),
    ],
)
def test_high_figures_first_and_equal_ones_share(totals: tuple, expected: list) -> None:
    assert ranked(*totals) == expected


def test_half_a_point_decides_and_the_finding_says_so() -> None:
    scale = scale_of(LINES[0], header={"decimals": 1})
    result = score_all(scale, *({"I": {"value": total}} for total in ("961.5", "961", "831.3")))
    told = [unit.findings[-1].words for unit in result.units]
    assert told == [
        "961,5, hơn B 0,5",
        "961,0, hơn C 129,7",
        "831,3, xếp cuối trong 3 đơn vị được xếp hạng",
    ]


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [
        ({"points": "I"}, [2, 1]),
        ({"points": "I", "order": "asc"}, [1, 2]),
        ({"percent": "II"}, [1, 2]),
        ({"field": "ngay", "order": "asc"}, [1, 2]),
        ({"field": "ngay"}, [2, 1]),
        ({"field": "so"}, [2, 1]),
        ({"total": "percent"}, [1, 1]),
    ],
)
def test_a_tie_break_parts_equal_totals(tie_break: dict, expected: list) -> None:
    result = parted([tie_break], (4, 6, "2026-01-05", 1), (5, 5, "2026-02-01", "4/3"))
    assert [unit.rank for unit in result.units] == expected


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_missing_value_is_last_either_way(order: str) -> None:
    result = parted([{"field": "so", "order": order}], (5, 5, None, None), (5, 5, None, 0))
    assert [unit.rank for unit in result.units] == [2, 1]


def test_tie_breaks_work_in_order() -> None:
    rules = [{"points": "I"}, {"field": "ngay", "order": "asc"}]
    result = parted(rules, (5, 5, "2026-03-01", 0), (5, 5, "2026-01-01", 0), (6, 4, None, 0))
    assert [unit.rank for unit in result.units] == [3, 2, 1]


def test_the_finding_names_the_criterion_that_decided() -> None:
    result = parted([{"points": "II"}], (4, 6, None, 0), (5, 5, None, 0))
    findings = [unit.findings[-1] for unit in result.units]
    assert [finding.rule_id for finding in findings] == ["TIE-1", "TIE-1"]
    assert findings[0].words == "Bằng 10,0 với B; Phần II: 6 so với 5 nên xếp trên"
    assert findings[1].words == "Bằng 10,0 với A; Phần II: 5 so với 6 nên xếp dưới"


def test_units_equal_in_everything_share_and_are_told() -> None:
    result = parted([{"points": "I"}], (5, 5, None, 0), (5, 5, None, 0), (1, 1, None, 0))
    assert [unit.rank for unit in result.units] == [1, 1, 3]
    why = result.units[0].findings[-1]
    assert (why.rule_id, why.words) == ("RANK-3", "10,0, bằng B ở mọi tiêu chí")


def test_a_unit_without_total_takes_no_place_and_is_told() -> None:
    result = score_all(scale_of(LINES[0]), {"I": {"value": 3}}, {})
    why = result.units[1].findings[-1]
    assert (why.rule_id, why.outcome, why.words) == ("RANK-2", "none", "Chưa xếp hạng")
    assert [unit.rank for unit in result.units] == [1, None]


def test_percent_may_be_the_key() -> None:
    scale = scale_of(*LINES, ranking={"key": "percent"})
    units = [{"I": {"value": 400}, "II": {"na": True}}, {"I": {"value": 300}, "II": {"value": 300}}]
    result = score_all(scale, *units)
    assert [(unit.total, unit.rank) for unit in result.units] == [(400, 1), (600, 2)]
    assert result.units[0].percent == Fraction(40)


def test_a_unit_set_aside_is_scored_and_takes_no_place() -> None:
    scale = scale_of(LINES[0])
    plain = [{"unit": name, "inputs": {"I": {"value": total}}} for name, total in
             (("A", 90), ("B", 100), ("C", 80))]  # fmt: skip
    result = score(scale, sheets_from_plain({"sheets": plain}), explain=True, aside={"B"})

    assert [(unit.unit, unit.total, unit.rank) for unit in result.units] == [
        ("A", 90, 1), ("B", 100, None), ("C", 80, 2),
    ]  # fmt: skip
    assert [unit.findings[-1].words for unit in result.units] == [
        "90,0, hơn C 10,0", "Chưa xếp hạng", "80,0, xếp cuối trong 2 đơn vị được xếp hạng",
    ]  # fmt: skip
