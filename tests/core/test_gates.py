"""Điều kiện xét (FORMAT section 7.3)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, scale_of, score_one
from thidua.core.result import UnitResult

CLASSES = {
    "classes": [
        {"code": "XS", "label": "Xuất sắc", "ge": 90},
        {"code": "T", "label": "Tốt", "ge": 70},
        {"code": "K", "label": "Khá"},
    ]
}


def gated(
    *effects: object, co: bool | None = True, value: object = 95, **gate: object
) -> UnitResult:
    gates = [
        {"code": f"G{n}", "label": f"Điều kiện {n}", "when": "co", "effect": effect, **gate}
        for n, effect in enumerate(effects, 1)
    ]
    line = {"code": "X", "kind": "judged", "max": 100}
    scale = scale_of(line, gates=gates, classification=CLASSES)
    return score_one(scale, {"X": {"value": value}}, fields={"co": co})


def verdict(unit: UnitResult) -> tuple:
    return unit.rank, unit.class_code, unit.considered, unit.blocked


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        (["unranked"], (None, "XS", True, False)),
        (["not_considered"], (1, "XS", False, False)),
        (["demote"], (1, "T", True, False)),
        (["demote", "demote"], (1, "K", True, False)),
        (["demote", "demote", "demote"], (1, "K", True, False)),
        (["block"], (None, None, False, True)),
        (["unranked", "not_considered"], (None, "XS", False, False)),
        ([], (1, "XS", True, False)),
    ],
)
def test_a_gate_that_is_hit_has_its_effect(effects: list, expected: tuple) -> None:
    assert verdict(gated(*effects)) == expected


def test_a_gate_may_lower_by_more_than_one_class() -> None:
    assert gated("demote", by=2).class_code == "K"


@pytest.mark.parametrize("effect", ["unranked", "not_considered", "demote", "block"])
def test_a_clear_gate_has_no_effect(effect: str) -> None:
    unit = gated(effect, co=False)
    assert (verdict(unit), unit.gates[0].state) == ((1, "XS", True, False), "clear")


@pytest.mark.parametrize("effect", ["unranked", "not_considered", "demote", "block"])
def test_an_unknown_gate_has_no_effect_but_warns(effect: str) -> None:
    unit = gated(effect, co=None)
    assert (verdict(unit), unit.gates[0].state) == ((1, "XS", True, False), "unknown")
    assert issues(unit) == [("warning", "G1", "unknown_condition")]


@pytest.mark.parametrize(("value", "state"), [(49, "hit"), (50, "clear"), (None, "unknown")])
def test_a_gate_may_look_at_the_total(value: object, state: str) -> None:
    unit = gated("unranked", value=value, when={"total": "points", "lt": 50})
    assert unit.gates[0].state == state


def test_a_hit_is_told_in_words() -> None:
    told = [finding for finding in gated("unranked").findings if finding.rule_id == "GATE-1"]
    assert [finding.words for finding in told] == ["Điều kiện 1: không xếp hạng"]


def test_an_unknown_gate_is_told_and_the_unit_keeps_its_place() -> None:
    unit = gated("block", co=None)
    told = [finding for finding in unit.findings if finding.rule_id == "GATE-2"]
    assert [(one.outcome, one.words) for one in told] == [
        ("unknown", "Điều kiện 1: chưa đủ thông tin để xét")
    ]
    assert verdict(unit) == (1, "XS", True, False)


def test_a_lowered_class_is_told_with_the_class_reached() -> None:
    told = [finding for finding in gated("demote").findings if finding.rule_id == "CLASS-3"]
    assert [(one.outcome, one.words) for one in told] == [
        ("T", "95,0 đạt mức Xuất sắc, hạ còn mức Tốt")
    ]
