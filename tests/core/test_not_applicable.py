"""Không áp dụng: dropped, full marks, zero or a substitute (FORMAT section 6)."""

from __future__ import annotations

import pytest

from tests.core.build import column, reasons, scale_of, score_one
from thidua.core.points import result_text

PERCENT = {
    "code": "X",
    "kind": "linear",
    "x": "percent",
    "from": 0,
    "per": 100,
    "each": 10,
    "cap": 10,
    "floor": 0,
}
OTHER = {"code": "Y", "kind": "judged", "max": 20}


@pytest.mark.parametrize(
    ("policy", "points", "maximum", "denominator", "total"),
    [
        ("drop_denominator", None, 0, 20, 12),
        ("full_marks", 10, 10, 30, 22),
        ("zero", 0, 10, 30, 12),
    ],
)
@pytest.mark.parametrize(
    "found", [{"na": True}, {"target": 0, "result": 5}, {"target": None}, {"result": 0}]
)
def test_a_line_that_does_not_apply(
    found: dict, policy: str, points: int | None, maximum: int, denominator: int, total: int
) -> None:
    scale = scale_of(PERCENT, OTHER, header={"not_applicable": policy})
    unit = score_one(scale, {"X": found, "Y": {"value": 12}})
    scored = unit.nodes["X"]
    assert (scored.state, scored.points, scored.max) == ("na", points, maximum)
    assert (unit.denominator, unit.total) == (denominator, total)


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        ("drop_denominator", ("NA-1", "Không áp dụng, bỏ 10,0 điểm tối đa")),
        ("full_marks", ("NA-2", "Không áp dụng, được 10,0")),
        ("zero", ("NA-3", "Không áp dụng, được 0,0")),
        ("substitute", ("STATE-MISSING", "Chưa có số liệu")),
    ],
)
def test_what_becomes_of_the_line_is_told(policy: str, reason: tuple[str, str]) -> None:
    scale = scale_of(PERCENT, header={"not_applicable": policy})
    assert reasons(score_one(scale, {"X": {"na": True}}).nodes["X"]) == [reason]


def test_a_line_may_carry_its_own_rule() -> None:
    own = PERCENT | {"not_applicable": "full_marks"}
    assert score_one(scale_of(own), {"X": {"na": True}}).nodes["X"].points == 10


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"target": 0, "substitute": {"target": 8, "result": 6}}, "7.5"),
        ({"na": True, "substitute": {"target": 8, "result": 8}}, "10"),
        ({"target": 0}, "missing"),
        ({"target": 0, "substitute": {}}, "missing"),
        ({"target": 0, "substitute": {"target": 0, "result": 5}}, "missing"),
        ({"target": 0, "substitute": {"target": 8, "result": "sáu"}}, "error"),
        ({"target": 10, "result": 5, "substitute": {"target": 8, "result": 8}}, "5"),
    ],
)
def test_a_substitute_is_scored_by_the_same_rule(found: dict, expected: str) -> None:
    scale = scale_of(PERCENT | {"not_applicable": "substitute"})
    scored = score_one(scale, {"X": found}).nodes["X"]
    assert (scored.state if scored.points is None else result_text(scored.points)) == expected


def test_a_substitute_may_be_a_value() -> None:
    judged = {"code": "X", "kind": "judged", "max": 5, "not_applicable": "substitute"}
    unit = score_one(scale_of(judged), {"X": {"na": True, "substitute": {"value": 4}}})
    assert unit.nodes["X"].points == 4


def test_a_substitute_joins_the_cohort() -> None:
    leader = {"kind": "leader", "max": 10, "unit": "vụ", "not_applicable": "substitute"}
    stands_in = {"target": 0, "substitute": {"target": 10, "result": 20}}
    assert column(leader, {"target": 10, "result": 15}, stands_in) == ["7.5", "10"]


def test_a_group_waits_for_a_substitute_it_cannot_have() -> None:
    group = {"code": "G", "kind": "sum", "items": [OTHER], "not_applicable": "substitute"}
    unit = score_one(scale_of(group), {"G": {"na": True}})
    assert (unit.nodes["G"].state, unit.missing) == ("missing", ("G",))
    assert reasons(unit.nodes["G"]) == [("NA-4", "Chưa có nội dung thay thế")]


def test_a_dropped_line_leaves_every_ancestor() -> None:
    inner = {"code": "A1", "kind": "sum", "max": 30, "items": [PERCENT, OTHER]}
    outer = {"code": "A", "kind": "sum", "max": 30, "items": [inner]}
    scale = scale_of(outer, header={"base": 30})
    unit = score_one(scale, {"X": {"na": True}, "Y": {"value": 20}})
    assert [unit.nodes[code].max for code in ("A1", "A")] == [20, 20]
    assert (unit.denominator, unit.percent) == (20, 100)


def test_a_dropped_line_of_the_chosen_alternative_leaves_the_ancestors_too() -> None:
    group = {"code": "A1", "kind": "sum", "items": [PERCENT, OTHER]}
    pick = {"code": "A", "kind": "pick", "mode": "chosen", "items": [group]}
    found = {"A": {"chosen": "A1"}, "X": {"na": True}, "Y": {"value": 20}}
    assert score_one(scale_of(pick), found).denominator == 20


def test_nothing_left_has_no_percent_and_no_rank() -> None:
    unit = score_one(scale_of(PERCENT, ranking={"key": "percent"}), {"X": {"na": True}})
    assert (unit.total, unit.percent, unit.denominator, unit.rank) == (0, None, 0, None)


@pytest.mark.parametrize("kind", ["sum", "ledger", "pick"])
def test_no_group_is_scored_in_place_of_itself(kind: str) -> None:
    group = {"code": "G", "kind": kind, "items": [OTHER], "not_applicable": "substitute"}
    extra = {"ledger": {"start": 5}, "pick": {"mode": "max"}}.get(kind, {})
    unit = score_one(scale_of(group | extra), {"G": {"na": True}, "Y": {"value": 5}})
    assert {key: node.state for key, node in unit.nodes.items()} == {"G": "missing"}


def test_a_substitute_is_told() -> None:
    scale = scale_of(PERCENT | {"not_applicable": "substitute"})
    found = {"target": 0, "substitute": {"target": 8, "result": 6}}
    told = score_one(scale, {"X": found}).nodes["X"].findings
    assert [(one.rule_id, one.words) for one in told] == [
        ("NA-4", "Không áp dụng, chấm theo nội dung thay thế"),
        ("SCORE-LINEAR", "75/100 × 10,0 = 7,5"),
    ]
