"""Tính lại: what a change reaches and nothing else; the result is that of a fresh evaluation."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.build import scale_of
from tests.core.generate import Maker
from thidua.core.loading import scale_from_plain, sheets_from_plain
from thidua.core.recompute import Board
from thidua.core.result import Result, UnitResult
from thidua.core.score import score

LEADER = {"code": "L", "kind": "leader", "max": 10, "unit": "vụ"}
SCALE = scale_of(
    {
        "code": "I",
        "kind": "sum",
        "items": [
            {"code": "I.1", "kind": "judged", "max": 5},
            {"code": "I.2", "kind": "judged", "max": 5},
        ],
    },
    {"code": "II", "kind": "sum", "items": [LEADER]},
    {
        "code": "III",
        "kind": "sum",
        "items": [
            {"code": "III.1", "kind": "flag", "hit": 1, "when": {"points": "I.1", "ge": 3}},
            {"code": "III.2", "kind": "count", "each": 1, "cap": None},
        ],
    },
)
SHEETS: dict[str, Any] = {
    "sheets": [
        {
            "unit": unit,
            "inputs": {
                "I.1": {"value": 4},
                "I.2": {"value": 4},
                "L": {"target": 10, "result": result},
                "III.1": {"value": True},
                "III.2": {"value": 1},
            },
        }
        for unit, result in (("A", 15), ("B", 20))
    ]
}


def board() -> Board:
    return Board(SCALE, sheets_from_plain(SHEETS))


def test_a_cell_reaches_its_line_and_the_groups_above() -> None:
    touched = board().change(unit="A", code="I.2", found={"value": 2})
    assert touched == {("A", "I.2"), ("A", "I")}


def test_a_cell_reaches_the_lines_whose_conditions_look_at_it() -> None:
    touched = board().change(unit="A", code="I.1", found={"value": 1})
    assert touched == {("A", "I.1"), ("A", "I"), ("A", "III.1"), ("A", "III")}


def test_a_cohort_figure_reaches_its_column() -> None:
    touched = board().change(unit="A", code="L", found={"target": 10, "result": 30})
    assert touched == {(unit, key) for unit in "AB" for key in ("L", "II")}


def test_a_review_reaches_the_lines_that_may_count_none() -> None:
    touched = board().change(unit="B", code="III", found={"reviewed": True})
    assert touched == {("B", key) for key in ("III", "III.1", "III.2")}


def test_a_group_set_aside_takes_its_cohort_lines_with_it() -> None:
    changed = board()
    touched = changed.change(unit="B", code="II", found={"na": True})
    assert touched == {("B", "II"), ("A", "L"), ("A", "II")}
    assert changed.result().of("A").nodes["L"].points == 10


def test_an_unknown_code_reaches_nothing_but_is_reported() -> None:
    changed = board()
    assert changed.change(unit="A", code="LẠ", found={"value": 1}) == set()
    assert [issue.issue for issue in changed.result().of("A").issues] == ["unknown_code"]


def test_an_input_taken_away_is_missing_again() -> None:
    changed = board()
    changed.change(unit="A", code="I.2", found=None)
    assert changed.result().of("A").missing == ("I.2",)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**9))
def test_any_changes_end_where_a_fresh_evaluation_does(seed: int) -> None:
    maker = Maker(Random(seed))
    scale = scale_from_plain(maker.scale())
    plain = maker.sheets()
    changed = Board(scale, sheets_from_plain(plain))
    for _ in range(6):
        apply_change(maker, plain, changed)
        assert changed.result() == score(scale, sheets_from_plain(plain))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**9))
def test_cells_typed_one_by_one_in_any_order_end_alike(seed: int) -> None:
    maker = Maker(Random(seed))
    scale = scale_from_plain(maker.scale())
    plain = maker.sheets()
    bare = {**plain, "sheets": [{**sheet, "inputs": {}} for sheet in plain["sheets"]]}
    typed = [
        (sheet["unit"], code, found)
        for sheet in plain["sheets"]
        for code, found in sheet["inputs"].items()
    ]
    expected = score(scale, sheets_from_plain(plain))
    for _ in range(2):
        maker.rnd.shuffle(typed)
        changed = Board(scale, sheets_from_plain(bare))
        for unit, code, found in typed:
            changed.change(unit=unit, code=code, found=found)
        assert known(changed.result()) == known(expected)


def known(result: Result) -> list[UnitResult]:
    """The units; issues of a unit are told in the order of entry, so they are put in one order."""
    return [replace(unit, issues=tuple(sorted(unit.issues, key=str))) for unit in result.units]


def apply_change(maker: Maker, plain: dict[str, Any], changed: Board) -> None:
    """One change drawn at random, put on the board and into the plain sheets."""
    rnd = maker.rnd
    sheet = rnd.choice(plain["sheets"])
    if rnd.random() < 0.2:
        name = rnd.choice("ndft")
        sheet["fields"][name] = maker.field(name)
        changed.change_field(unit=sheet["unit"], name=name, value=sheet["fields"][name])
        return
    leaves = [node for node, _ in maker.leaves]
    node = rnd.choice(leaves + maker.groups)
    key = rnd.choice([*maker.keys(node["code"]), node["code"]])
    found = maker.input(node) if node in leaves else maker.group_input(node)
    sheet["inputs"].pop(key, None)
    if rnd.random() < 0.2:
        changed.change(unit=sheet["unit"], code=key, found=None)
    else:
        sheet["inputs"][key] = found
        changed.change(unit=sheet["unit"], code=key, found=found)
