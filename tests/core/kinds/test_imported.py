"""Điểm do nơi khác chấm: the value with its source (FORMAT section 4, imported)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, line, points, scale_of, score_one, told

IMPORTED = {"kind": "imported", "max": 5}


@pytest.mark.parametrize(
    ("node", "value", "expected"),
    [
        (IMPORTED, 0, "0"),
        (IMPORTED, "4.25", "4.25"),
        (IMPORTED, 5, "5"),
        (IMPORTED, "5.01", "error"),
        (IMPORTED, -1, "error"),
        ({"kind": "imported"}, 97, "97"),
        ({"kind": "imported", "min": None}, -3, "-3"),
        ({"kind": "imported", "min": 2}, 1, "error"),
        (IMPORTED, None, "missing"),
        (IMPORTED, "bốn", "error"),
    ],
)
def test_the_value_counts_inside_its_range(node: dict, value: object, expected: str) -> None:
    assert points({**node}, {"value": value, "source": "Sở Nội vụ"}) == expected


@pytest.mark.parametrize("source", [None, "", []])
def test_a_value_without_source_is_a_warning_only(source: object) -> None:
    found = {"value": 4, "source": source}
    unit = score_one(scale_of({"code": "X", **IMPORTED}), {"X": found})
    assert (unit.total, issues(unit)) == (4, [("warning", "X", "no_source")])


def test_a_missing_value_asks_for_no_source() -> None:
    unit = score_one(scale_of({"code": "X", **IMPORTED}), {})
    assert issues(unit) == []


def test_without_stated_maximum_it_has_no_share_of_the_denominator() -> None:
    assert line({"kind": "imported"}, {"value": 97, "source": "x"}).max == 0


def test_words_name_the_source() -> None:
    found = {"value": 4, "source": "Công văn 12/SNV"}
    assert told({**IMPORTED}, found) == [
        ("SCORE-IMPORTED", "4,0 trên tối đa 5,0, theo Công văn 12/SNV")
    ]
