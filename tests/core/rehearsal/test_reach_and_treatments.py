"""What a kind of unit can reach, other treatments of lines without target, sample figures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.build import Plain, scale_of
from thidua.core.loading import sheets_from_plain
from thidua.core.rehearsal.made_up import sample_sheets
from thidua.core.rehearsal.reach import reach_by_kind
from thidua.core.rehearsal.settling import settled
from thidua.core.rehearsal.treatments import not_applicable_treatments, unassigned_treatments
from thidua.core.score import score
from thidua.scalefile import load_scale
from thidua.scalefile.load import LoadedScale

CLASSES = {
    "classes": [
        {"code": "XS", "label": "Xuất sắc", "ge": 95},
        {"code": "T", "label": "Tốt", "ge": 65},
        {"code": "K", "label": "Khá"},
    ]
}


def judged(code: str, most: int, **keys: Any) -> Plain:
    return {"code": code, "kind": "judged", "max": most, **keys}


@pytest.mark.parametrize(
    ("policy", "most", "denominator", "reached"),
    [
        ("drop_denominator", 75, 70, ("no", "yes", "yes")),
        ("zero", 75, 100, ("no", "yes", "yes")),
        ("full_marks", 105, 100, ("yes", "yes", "yes")),
    ],
)
def test_lines_for_another_kind_of_unit_are_treated_as_the_scale_says(
    policy: str, most: int, denominator: int, reached: tuple[str, ...]
) -> None:
    scale = scale_of(
        judged("A", 70),
        judged("B", 30, applies_to={"types": ["sở"]}),
        judged("C", 5, part="bonus"),
        header={"base": 100, "not_applicable": policy},
        classification=CLASSES,
    )

    own, other = reach_by_kind(scale, ["sở", "huyện"])

    assert [own.most, own.most_without_bonus, own.denominator] == [105, 100, 100]
    assert [other.most, other.denominator] == [most, denominator]
    assert tuple(one.reachable for one in other.classes) == reached


def test_a_class_reached_with_bonus_alone_is_called_so() -> None:
    scale = scale_of(
        judged("A", 90),
        judged("C", 10, part="bonus"),
        header={"base": 90},
        classification=CLASSES,
    )

    (found,) = reach_by_kind(scale, [""])

    assert [one.reachable for one in found.classes] == ["bonus", "yes", "yes"]


def test_each_treatment_of_a_line_without_target_gives_its_own_ranking() -> None:
    percent = {"code": "B", "kind": "linear", "x": "percent", "from": 0, "per": 100, "each": 40,
               "cap": 40, "floor": 0, "max": 40}  # fmt: skip
    scale = scale_of(judged("A", 60), percent, header={"base": 100})
    sheets = sheets_from_plain(
        {
            "sheets": [
                {"unit": "X", "inputs": {"A": {"value": 50}, "B": {"target": 0}}},
                {"unit": "Y", "inputs": {"A": {"value": 50}, "B": {"target": 10, "result": 9}}},
            ]
        }
    )

    found = {
        one.name: [(unit.total, unit.percent, unit.rank) for unit in one.result.units]
        for one in not_applicable_treatments(scale, sheets)
    }

    assert [str(row[1]) for row in found["drop_denominator"]] == ["8333/100", "86"]
    assert [row[0] for row in found["full_marks"]] == [90, 86]
    assert [row[2] for row in found["full_marks"]] == [1, 2]
    assert [row[0] for row in found["zero"]] == [50, 86]
    assert found["substitute"][0] == (None, None, None)
    assert [one.now for one in not_applicable_treatments(scale, sheets)] == [
        True, False, False, False,
    ]  # fmt: skip


def test_a_result_without_target_can_be_held_against_all_or_against_its_like() -> None:
    leader = {"code": "A", "kind": "leader", "max": 10, "unit": "vụ"}
    scale = scale_of(leader, header={"not_applicable": "zero"})
    sheets = sheets_from_plain(
        {
            "sheets": [
                {"unit": "X", "inputs": {"A": {"target": 0, "result": 5}}},
                {"unit": "Y", "inputs": {"A": {"target": 10, "result": 10}}},
            ]
        }
    )

    found = {one.name: one.result.of("X").total for one in unassigned_treatments(scale, sheets)}

    assert found == {"ignore": 0, "leader": 5, "own_group": 10}


def examples() -> list[LoadedScale]:
    from pathlib import Path

    import thidua.scalefile

    folder = Path(thidua.scalefile.__file__).parent / "examples"
    return [load_scale(file.read_bytes(), name=file.name) for file in sorted(folder.glob("*.yaml"))]


@pytest.mark.parametrize("loaded", examples(), ids=lambda loaded: loaded.scale.name)
def test_sample_figures_fit_every_real_scale(loaded: LoadedScale) -> None:
    scale = loaded.scale
    sheets = sample_sheets(scale, ["", "", ""], seed="thu-1")

    run = settled(scale, sheets)

    assert sheets == sample_sheets(scale, ["", "", ""], seed="thu-1")
    assert sheets != sample_sheets(scale, ["", "", ""], seed="thu-2")
    assert all(unit.total is not None for unit in run.result.units)
    assert [sheet.unit for sheet in sheets.sheets] == [f"Đơn vị mẫu {n}" for n in (1, 2, 3)]
    wrong = {
        (issue.code, issue.issue)
        for unit in score(scale, sheets).units
        for issue in unit.issues
        if issue.level == "error"
    }
    assert wrong == set()
