"""Last year's figures on a draft: carried, converted, settled, and who moves because of what."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.core.build import Plain, scale_of
from thidua.core.loading import sheets_from_plain
from thidua.core.rehearsal.carrying import LastYear, carry
from thidua.core.rehearsal.lines import gaps_of, uses_of
from thidua.core.rehearsal.matching import pairs_of, proposed
from thidua.core.rehearsal.moves import Mover, Reason, movers_of
from thidua.core.rehearsal.settling import settled
from thidua.core.scale import Scale
from thidua.core.score import score


def judged(code: str, most: int, **keys: Any) -> Plain:
    return {"code": code, "label": f"Dòng {code}", "kind": "judged", "max": most, **keys}


def last_year(scale: Scale, units: dict[str, Plain]) -> list[LastYear]:
    sheets = sheets_from_plain(
        {"sheets": [{"unit": unit, "inputs": found} for unit, found in units.items()]}
    )
    result = score(scale, sheets)
    return [
        LastYear(sheet=sheet, result=unit, scale=scale)
        for sheet, unit in zip(sheets.sheets, result.units, strict=True)
    ]


def carried(old: Scale, new: Scale, units: dict[str, Plain]) -> dict[str, Any]:
    pairs = pairs_of(proposed(old, new), {})
    found = carry(new, last_year(old, units), pairs)
    return {sheet.unit: sheet.inputs for sheet in found.sheets.sheets} | {"?": found.converted}


def test_the_same_line_keeps_its_figure() -> None:
    scale = scale_of(judged("A", 10))

    assert carried(scale, scale, {"X": {"A": {"value": 7}}}) == {
        "X": {"A": {"value": 7}},
        "?": frozenset(),
    }


def test_points_of_another_maximum_are_converted_in_proportion() -> None:
    found = carried(
        scale_of(judged("A", 60)), scale_of(judged("A", 50)), {"X": {"A": {"value": 45}}}
    )

    assert found["X"]["A"]["value"] == Fraction("37.5")
    assert found["?"] == {("X", "A")}


def test_another_kind_of_rule_gets_points_by_hand_in_proportion() -> None:
    count = {"code": "A", "label": "Dòng A", "kind": "count", "each": 1, "cap": 4}
    found = carried(scale_of(count), scale_of(judged("A", 10)), {"X": {"A": {"value": 3}}})

    assert found["X"]["A"]["value"] == Fraction("7.5")

    back = carried(scale_of(judged("A", 10)), scale_of(count), {"X": {"A": {"value": 5}}})

    assert back["X"]["A"]["override"]["points"] == 2


def test_a_line_that_did_not_apply_stays_so() -> None:
    scale = scale_of(judged("A", 10))

    assert carried(scale, scale, {"X": {"A": {"na": True}}})["X"] == {"A": {"na": True}}


def test_four_quarters_become_one_line_and_back() -> None:
    quarters = scale_of(judged("A", 5, recurs={"times": 4, "combine": "sum"}))
    whole = scale_of(judged("A", 10))
    inputs = {f"A@{n}": {"value": n} for n in (1, 2, 3, 4)}

    assert carried(quarters, whole, {"X": inputs})["X"]["A"]["value"] == 5
    back = carried(whole, quarters, {"X": {"A": {"value": 6}}})["X"]
    assert [back[f"A@{n}"]["value"] for n in (1, 2, 3, 4)] == [3, 3, 3, 3]


def test_what_nobody_has_a_figure_for_counts_nought_and_is_listed() -> None:
    scale = scale_of(judged("A", 10), judged("B", 10))
    sheets = sheets_from_plain(
        {"sheets": [{"unit": "X", "inputs": {"A": {"value": 7}}}, {"unit": "Y", "inputs": {}}]}
    )

    found = settled(scale, sheets)

    assert [unit.total for unit in found.result.units] == [7, 0]
    assert found.zeroed == {("X", "B"), ("Y", "A"), ("Y", "B")}
    assert uses_of(scale, found.result, without=found.zeroed) == []


def test_an_offered_figure_is_used_only_where_one_is_missing() -> None:
    scale = scale_of(judged("A", 10), judged("B", 10))
    sheets = sheets_from_plain({"sheets": [{"unit": "X", "inputs": {"A": {"value": 7}}}]})
    offered = {("X", "A"): {"value": 1}, ("X", "B"): {"value": 2}}

    found = settled(scale, sheets, instead=offered)

    assert found.result.units[0].total == 9
    assert (found.filled, found.zeroed) == (frozenset({("X", "B")}), frozenset())


@pytest.fixture
def moved() -> list[Mover]:
    """A: 60 → 20, B: 40 → 80. Sở X is strong on A, Sở Y on B."""
    old = scale_of(judged("A", 60), judged("B", 40))
    new = scale_of(judged("A", 20), judged("B", 80))
    units = last_year(
        old,
        {"Sở X": {"A": {"value": 60}, "B": {"value": 10}}, "Sở Y": {"A": {"value": 30},
         "B": {"value": 38}}},
    )  # fmt: skip
    pairs = pairs_of(proposed(old, new), {})
    run = settled(new, carry(new, units, pairs).sheets)
    return movers_of(new, run.result, units, pairs)


def test_who_rises_and_falls_and_because_of_which_line(moved: list[Mover]) -> None:
    assert [(one.unit, one.old_place, one.new_place, one.climbed) for one in moved] == [
        ("Sở Y", 2, 1, 1),
        ("Sở X", 1, 2, -1),
    ]
    assert [one.old_total for one in moved] == [68, 70]
    assert [one.new_total for one in moved] == [86, 40]


def test_the_reasons_add_up_to_the_change_between_the_two(moved: list[Mover]) -> None:
    """Y over X: −2 percent points then, +46 now; A gives 20 of the 48, B gives 28."""
    first, second = moved

    assert first.rival == "Sở X"
    assert first.reasons == (
        Reason("B", "B", Fraction(28)),
        Reason("A", "A", Fraction(20)),
    )
    assert [one.change for one in second.reasons] == [Fraction(-28), Fraction(-20)]


def test_lines_that_part_nobody_and_units_with_many_gaps_are_named() -> None:
    scale = scale_of(judged("A", 10), judged("B", 10), judged("C", 10), judged("D", 10))
    sheets = sheets_from_plain(
        {
            "sheets": [
                {"unit": "X", "inputs": {"A": {"value": 10}, "B": {"value": 7}, "C": {"value": 5},
                 "D": {"value": 1}}},
                {"unit": "Y", "inputs": {"A": {"value": 10}, "B": {"value": 7}, "C": {"value": 6},
                 "D": {"na": True}}},
            ]
        }
    )  # fmt: skip
    result = score(scale, sheets)

    uses = {one.key: (one.equal, one.full) for one in uses_of(scale, result)}
    assert uses == {"A": (True, True), "B": (True, False), "C": (False, False)}
    gaps = gaps_of(scale, result)
    assert [(one.unit, one.set_aside, one.is_much) for one in gaps] == [
        ("Y", 1, True),
        ("X", 0, False),
    ]
    assert [one.lost for one in gaps] == [10, 0]
