"""Điều kiện: true, false, unknown (FORMAT section 4, Conditions)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.core.build import issues, scale_of, score_one
from thidua.core.condition import Scalar, Test
from thidua.core.loading.condition import condition_from_plain
from thidua.core.logic import holds

TYPES = {"so": "number", "ngay": "date", "co": "flag", "chu": "text"}
FACTS: dict[str, Scalar] = {"so": Fraction(5), "ngay": "2026-02-01", "co": True, "chu": "12"}


def truth(plain: Any, **facts: Scalar | None) -> bool | None:
    known: dict[str, Scalar | None] = {**FACTS, **facts}

    def look(test: Test) -> Scalar | None:
        return known.get(test.name)

    return holds(condition_from_plain(plain, TYPES), look)


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("co", True),
        ({"not": "co"}, False),
        ("khong_co", None),
        ({"not": "khong_co"}, None),
        ({"field": "so", "ge": 5}, True),
        ({"field": "so", "gt": 5}, False),
        ({"field": "so", "gt": 4, "lt": 6}, True),
        ({"field": "so", "gt": 4, "lt": 5}, False),
        ({"field": "so", "eq": "5.0"}, True),
        ({"field": "so", "ne": 5}, False),
        ({"field": "so", "in": [1, 5]}, True),
        ({"field": "so", "in": []}, False),
        ({"field": "so", "eq": "năm"}, False),
        ({"field": "so", "ne": "năm"}, True),
        ({"field": "so", "gt": "năm"}, False),
        ({"field": "co", "eq": 1}, False),
        ({"field": "ngay", "le": "2026-01-31"}, False),
        ({"field": "ngay", "gt": "2026-01-31"}, True),
        ({"field": "chu", "eq": "12"}, True),
        ({"field": "chu", "eq": "12.0"}, False),
        ({"field": "chu", "lt": "9"}, True),
        ({"field": "thieu", "eq": 1}, None),
        ({"field": "thieu", "given": False}, True),
        ({"field": "so", "given": True}, True),
        ({"field": "thieu", "given": True, "ge": 1}, False),
        ({"field": "so", "given": True, "ge": 9}, False),
    ],
)
def test_a_comparison(plain: Any, expected: bool | None) -> None:
    assert truth(plain) is expected


@pytest.mark.parametrize("one", [True, False, None])
@pytest.mark.parametrize("other", [True, False, None])
def test_kleene_tables(one: bool | None, other: bool | None) -> None:
    both = None if None in (one, other) and False not in (one, other) else bool(one and other)
    either = None if None in (one, other) and True not in (one, other) else bool(one or other)
    facts = {"a": one, "b": other}
    assert truth({"all": ["a", "b"]}, **facts) is both
    assert truth({"any": ["a", "b"]}, **facts) is either
    assert truth({"not": {"all": ["a", "b"]}}, **facts) is (None if both is None else not both)


LATER = {"code": "sau", "kind": "flag", "hit": 1, "when": {"points": "truoc", "ge": 2}}


@pytest.mark.parametrize(
    ("found", "state"),
    [({"value": 2}, "scored"), ({"value": 1}, "off"), ({}, "missing"), ({"na": True}, "missing")],
)
def test_a_condition_may_look_at_an_earlier_line(found: dict, state: str) -> None:
    scale = scale_of({"code": "truoc", "kind": "judged", "max": 5}, LATER)
    unit = score_one(scale, {"truoc": found, "sau": {"value": True}})
    assert unit.nodes["sau"].state == state


@pytest.mark.parametrize(("value", "state"), [(4, "scored"), ("3.99", "off")])
def test_percent_of_a_line_is_of_its_maximum(value: object, state: str) -> None:
    later = LATER | {"when": {"percent": "truoc", "ge": 80}}
    scale = scale_of({"code": "truoc", "kind": "judged", "max": 5}, later)
    unit = score_one(scale, {"truoc": {"value": value}, "sau": {"value": True}})
    assert unit.nodes["sau"].state == state


def test_percent_of_a_line_without_share_is_unknown() -> None:
    later = LATER | {"when": {"percent": "truoc", "ge": 0}}
    scale = scale_of({"code": "truoc", "kind": "count", "each": -1, "cap": None}, later)
    unit = score_one(scale, {"truoc": {"value": 1}, "sau": {"value": True}})
    assert issues(unit) == [("warning", "sau", "unknown_condition")]


def test_inside_a_recurring_line_the_same_copy_is_meant_first() -> None:
    items = [{"code": "truoc", "kind": "judged", "max": 5}, LATER]
    month = {"code": "M", "kind": "sum", "items": items, "recurs": {"times": 2}}
    found = {"truoc@1": {"value": 1}, "truoc@2": {"value": 3}}
    unit = score_one(scale_of(month), found | {f"sau@{n}": {"value": True} for n in (1, 2)})
    assert [unit.nodes[f"sau@{n}"].state for n in (1, 2)] == ["off", "scored"]
