"""duplicate_code, unknown_reference, forward_reference: nothing can be scored under them."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, only, scale_of
from thidua.core.lint import FORBIDS_SCORING, forbidding, lint


def test_code_used_three_times_is_reported_at_the_second_and_third() -> None:
    scale = scale_of(judged("A"), judged("A"), judged("A"))
    assert [(item.lint, item.path) for item in lint(scale)] == [
        ("duplicate_code", ("criteria", 1, "code")),
        ("duplicate_code", ("criteria", 2, "code")),
    ]


def test_duplicate_inside_a_switch_is_found() -> None:
    switch: Plain = {
        "code": "W",
        "kind": "switch",
        "cases": [{"lt": 1, "item": judged("A")}, {"ge": 1, "item": judged("W")}],
        "else": 0,
    }
    assert only(scale_of(switch)).path == ("criteria", 0, "cases", 1, "item", "code")


@pytest.mark.parametrize(
    ("key", "condition"),
    [
        ("when", "da_nopp"),
        ("when", {"not": "da_nopp"}),
        ("when", {"field": "da_nopp", "given": True}),
        ("exempt_when", {"all": ["da_nop", {"any": ["so_tre", "da_nopp"]}]}),
        ("when", {"points": "Z", "ge": 1}),
        ("when", {"percent": "Z", "ge": 1}),
    ],
)
def test_condition_that_names_what_is_not_declared(key: str, condition: object) -> None:
    scale = scale_of(judged("A", **{key: condition}))
    assert found_in(scale) == [("error", "unknown_reference", "A")]


def test_each_undeclared_name_is_reported_once() -> None:
    scale = scale_of(judged("A", when={"all": ["mot", "hai", {"not": "mot"}]}))
    assert [item.words.vi for item in lint(scale)] == [
        'Số liệu "mot" chưa khai báo.',
        'Số liệu "hai" chưa khai báo.',
    ]


def test_field_of_x_must_be_declared() -> None:
    count: Plain = {"code": "C", "kind": "count", "each": -1, "cap": 1, "x": {"field": "la"}}
    assert found_in(scale_of(count)) == [("error", "unknown_reference", "C")]


def test_condition_of_a_flag_must_be_declared() -> None:
    flag: Plain = {"code": "F", "kind": "flag", "hit": 1, "if": "la"}
    assert found_in(scale_of(flag)) == [("error", "unknown_reference", "F")]


def test_gates_ranking_and_classes_must_name_what_is_declared() -> None:
    scale = scale_of(
        judged("A"),
        gates=[{"code": "G1", "label": "", "when": "la", "effect": "block"}],
        classification={
            "classes": [
                {"code": "K", "label": "Khá", "if": "la", "floor": {"over": ["Z"], "percent": 1}}
            ]
        },
        ranking={"tie_breaks": [{"points": "A"}, {"field": "la"}, {"total": "percent"}]},
    )
    assert found_in(scale) == [
        ("error", "unknown_reference", "G1"),
        ("error", "unknown_reference", "ranking"),
        ("error", "unknown_reference", "K"),
        ("error", "unknown_reference", "K"),
    ]


@pytest.mark.parametrize(
    "condition",
    [{"points": "A", "ge": 1}, {"points": "B", "ge": 1}, {"total": "points", "ge": 1}],
)
def test_condition_cannot_look_at_itself_ahead_or_at_the_total(condition: Plain) -> None:
    scale = scale_of(judged("A", when=condition), judged("B"))
    assert found_in(scale) == [("error", "forward_reference", "A")]


def test_condition_may_look_at_an_earlier_node() -> None:
    assert found_in(scale_of(judged("A"), judged("B", when={"points": "A", "ge": 1}))) == []


def test_gate_and_class_may_look_at_any_node_and_at_the_total() -> None:
    total = {"all": [{"total": "points", "ge": 1}, {"points": "A", "ge": 1}]}
    scale = scale_of(
        judged("A"),
        gates=[{"code": "G1", "label": "", "when": total, "effect": "block"}],
        classification={"classes": [{"code": "K", "label": "Khá", "if": total}]},
    )
    assert found_in(scale) == []


def test_these_three_forbid_scoring_and_no_other() -> None:
    scale = scale_of(judged("A", when="la"), judged("A"), header={"base": 5})
    items = lint(scale)
    assert [item.lint for item in items] == [
        "unknown_reference",
        "duplicate_code",
        "base_mismatch",
    ]
    assert {item.lint for item in forbidding(items)} == FORBIDS_SCORING - {"forward_reference"}
