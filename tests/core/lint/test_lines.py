"""no_unit, slot_compares_units, no_evidence_list."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, names_in, scale_of

LEADER: Plain = {"code": "A", "kind": "leader", "max": 5}
IMPORTED: Plain = {"code": "A", "kind": "imported", "max": 5}
JUDGED: Plain = {"code": "A", "kind": "judged", "max": 5}


def test_leader_without_unit_of_measure() -> None:
    assert found_in(scale_of(LEADER)) == [("warning", "no_unit", "A")]
    assert names_in(scale_of({**LEADER, "unit": "vụ"})) == []


@pytest.mark.parametrize(
    ("line", "lint"),
    [
        ({**LEADER, "unit": "vụ", "slot": True}, ["slot_compares_units"]),
        ({**LEADER, "unit": "vụ", "slot": False}, []),
        (
            {"code": "A", "kind": "rank_table", "table": [2, 1], "slot": True},
            ["slot_compares_units"],
        ),
        ({"code": "A", "kind": "flag", "hit": 1, "slot": True}, []),
    ],
)
def test_slot_that_compares_units(line: Plain, lint: list[str]) -> None:
    assert names_in(scale_of(line)) == lint


@pytest.mark.parametrize(
    ("criterion", "lint"),
    [
        (JUDGED, ["no_evidence_list"]),
        (IMPORTED, ["no_evidence_list"]),
        ({**JUDGED, "evidence": {}}, []),
        ({"code": "I", "kind": "sum", "items": [JUDGED]}, ["no_evidence_list"]),
        ({"code": "P", "kind": "pick", "mode": "max", "items": [JUDGED]}, []),
        ({"code": "L", "kind": "ledger", "start": 1, "items": [JUDGED]}, []),
        ({"code": "A", "kind": "flag", "hit": 1}, []),
    ],
)
def test_line_scored_by_people_without_evidence(criterion: Plain, lint: list[str]) -> None:
    assert names_in(scale_of(criterion)) == lint
