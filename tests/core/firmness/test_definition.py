"""What moves, by how much, and from which seed: the definition of the draws, by hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.build import Plain, scale_of
from thidua.core.firmness import Cell, Spread, cells_of, index_of, seed_of, words_of
from thidua.core.firmness.by_engine import needs_engine
from thidua.core.loading import sheets_from_plain
from thidua.core.score import score

JUDGED: Plain = {"code": "A", "kind": "judged", "max": 10}
LOOKS: Plain = {"points": "A", "ge": 8}
CELL = Cell(
    unit="Sở A",
    key="A",
    centre=Fraction("9.5"),
    low=Fraction(0),
    high=Fraction(10),
    steps=2,
    by_hand=False,
)


@pytest.mark.parametrize(
    ("pairs", "mean", "steps"),
    [
        ([], 0, 1),
        ([(8, 8), (7, 7)], 0, 1),
        ([(8, "7.6"), (7, 7)], "1/5", 1),
        ([(8, 7), (7, 5)], "3/2", 3),
        ([(8, "6.7"), (7, 7)], "13/20", 1),
        ([(5, 7), (9, 7)], 2, 4),
    ],
)
def test_a_line_moves_whole_steps_inside_its_mean_difference(
    pairs: list[tuple[object, object]], mean: object, steps: int
) -> None:
    spread = Spread.of((Fraction(str(one)), Fraction(str(other))) for one, other in pairs)

    assert (spread.mean, spread.steps) == (Fraction(str(mean)), steps)


def test_points_are_clipped_to_what_the_line_can_give() -> None:
    assert [CELL.given(index) for index in range(CELL.places)] == [
        Fraction("8.5"),
        9,
        Fraction("9.5"),
        10,
        10,
    ]
    assert replace(CELL, centre=Fraction(0), steps=1).given(0) == 0


def test_a_deduction_goes_down_to_its_own_minimum() -> None:
    line = {**JUDGED, "min": -5, "max": 0, "part": "deduct"}
    sheets = sheets_from_plain({"sheets": [{"unit": "A", "inputs": {"A": {"value": -1}}}]})
    scale = scale_of(line)

    (cell,) = cells_of(scale, sheets, score(scale, sheets).units, {"A": Spread(Fraction(3), 1)})

    assert (cell.given(0), cell.given(cell.places - 1)) == (Fraction(-4), Fraction(0))


def test_points_by_hand_above_the_maximum_are_not_dragged_down() -> None:
    given = {"override": {"points": 12, "reason": "Hội nghị quyết"}}
    sheets = sheets_from_plain({"sheets": [{"unit": "A", "inputs": {"A": given}}]})
    scale = scale_of(JUDGED)

    (cell,) = cells_of(scale, sheets, score(scale, sheets).units, {})

    assert (cell.by_hand, cell.centre, cell.high) == (True, Fraction(12), Fraction(12))
    assert cell.laid_on(given, Fraction(11)) == {
        "override": {"points": Fraction(11), "reason": "Hội nghị quyết"}
    }


def test_lines_of_other_kinds_and_lines_set_aside_stay() -> None:
    scale = scale_of(
        JUDGED,
        {"code": "B", "kind": "imported", "max": 10},
        {"code": "C", "kind": "count", "each": 1, "cap": 3},
        {"code": "D", "kind": "judged", "max": 10},
    )
    inputs = {
        "A": {"value": 8},
        "B": {"value": 5, "source": "Sở Nội vụ"},
        "C": {"value": 2},
        "D": {"na": True},
    }
    sheets = sheets_from_plain({"sheets": [{"unit": "A", "inputs": inputs}]})

    found = cells_of(scale, sheets, score(scale, sheets).units, {})

    assert [cell.key for cell in found] == ["A"]


def test_words_are_those_anybody_gets_from_shake_128() -> None:
    raw = hashlib.shake_128("hạt\nSở A\nI.1".encode()).digest(40)

    assert words_of("hạt", unit="Sở A", key="I.1", draws=10) == raw
    assert index_of(raw, 3, places=5) == int.from_bytes(raw[12:16], "little") * 5 // 2**32


def test_the_seed_follows_the_figures_and_not_the_order_of_units() -> None:
    scale = scale_of(JUDGED)
    sheets = [{"unit": name, "inputs": {"A": {"value": n}}} for name, n in (("A", 8), ("B", 7))]

    def seed(rows: list[Plain], spread: int = 1) -> str:
        result = score(scale, sheets_from_plain({"sheets": rows}))
        return seed_of(result, {"A": Spread(Fraction(spread), 2)})

    assert seed(sheets) == seed(sheets[::-1])
    assert seed(sheets) != seed(sheets, spread=2)
    assert seed(sheets) != seed([sheets[0], {"unit": "B", "inputs": {"A": {"value": "7.5"}}}])
    assert len(seed(sheets)) == 16


@pytest.mark.parametrize(
    ("nodes", "wanted"),
    [
        ([JUDGED], False),
        ([{"code": "S", "kind": "sum", "cap": 8, "items": [JUDGED]}], False),
        ([JUDGED, {"code": "B", "kind": "flag", "hit": 1, "if": LOOKS}], True),
        ([JUDGED, {"code": "B", "kind": "judged", "max": 1, "when": LOOKS}], True),
    ],
)  # fmt: skip
def test_a_tree_that_looks_at_moving_points_is_left_to_the_engine(
    nodes: list[Plain], wanted: bool
) -> None:
    scale = scale_of(*nodes)
    sheets = sheets_from_plain(
        {"sheets": [{"unit": "A", "inputs": {"A": {"value": 8}, "B": {"value": 1}}}]}
    )
    units = score(scale, sheets).units

    assert needs_engine(scale, units, cells_of(scale, sheets, units, {})) is wanted
