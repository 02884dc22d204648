"""when, exempt_when, applies_to, recurs, evidence (FORMAT section 5)."""

from __future__ import annotations

import pytest

from tests.core.build import issues, points, reasons, scale_of, score_one, told

JUDGED = {"kind": "judged", "max": 5, "min": None}
GROUP = {"kind": "sum", "items": [{"code": "a", **JUDGED}]}


@pytest.mark.parametrize(
    ("co", "expected"), [(True, ("scored", 3)), (False, ("off", 0)), (None, ("missing", None))]
)
def test_a_line_counts_when_its_condition_holds(co: bool | None, expected: tuple) -> None:
    scale = scale_of({"code": "X", **JUDGED, "when": "co"})
    scored = score_one(scale, {"X": {"value": 3}}, fields={"co": co}).nodes["X"]
    assert (scored.state, scored.points) == expected
    assert scored.max == 5


@pytest.mark.parametrize(("co", "state"), [(False, "off"), (None, "missing")])
def test_a_group_that_is_off_or_unknown_is_not_looked_into(co: bool | None, state: str) -> None:
    unit = score_one(scale_of({"code": "X", **GROUP, "when": "co"}), {}, fields={"co": co})
    assert {key: node.state for key, node in unit.nodes.items()} == {"X": state}


def test_an_unknown_condition_warns_and_stands_among_the_missing() -> None:
    unit = score_one(scale_of({"code": "X", **GROUP, "when": "co"}), {})
    assert (unit.missing, issues(unit)) == (("X",), [("warning", "X", "unknown_condition")])


@pytest.mark.parametrize(
    ("co", "reason"),
    [
        (True, ("SCORE-JUDGED", "3,0 trên tối đa 5,0")),
        (False, ("WHEN-1", "Điều kiện không thỏa: 0,0")),
        (None, ("WHEN-2", "Chưa đủ thông tin về điều kiện của dòng")),
    ],
)
def test_the_condition_of_a_line_is_told(co: bool | None, reason: tuple[str, str]) -> None:
    assert told({**JUDGED, "when": "co"}, {"value": 3}, fields={"co": co}) == [reason]


@pytest.mark.parametrize(
    ("value", "co", "expected"),
    [
        (-3, True, "0"),
        (-3, False, "-3"),
        (3, True, "3"),
        (3, False, "3"),
        (3, None, "missing"),
        (None, True, "missing"),
    ],
)
def test_an_exempt_unit_loses_nothing_on_the_line(
    value: object, co: bool | None, expected: str
) -> None:
    node = {**JUDGED, "exempt_when": "co"}
    assert points(node, {"value": value}, fields={"co": co}) == expected


@pytest.mark.parametrize(
    ("co", "reason"),
    [
        (True, [("EXEMPT-1", "Được miễn trừ điểm: 0,0")]),
        (False, []),
        (None, [("EXEMPT-2", "Chưa biết có được miễn trừ điểm hay không")]),
    ],
)
def test_an_exemption_is_told_after_the_points_of_the_rule(co: bool | None, reason: list) -> None:
    lost = told({**JUDGED, "exempt_when": "co"}, {"value": -3}, fields={"co": co})
    assert lost == [("SCORE-JUDGED", "−3,0 trên tối đa 5,0"), *reason]


@pytest.mark.parametrize(
    ("limits", "sheet", "state"),
    [
        ({"types": ["so"]}, {"type": "so"}, "scored"),
        ({"types": ["so"]}, {"type": "xa"}, "na"),
        ({"types": ["so"]}, {}, "na"),
        ({"types": []}, {"type": "so"}, "na"),
        ({"units": ["A"]}, {}, "scored"),
        ({"units": ["B"]}, {}, "na"),
        ({"except_units": ["A"]}, {}, "na"),
        ({"except_units": ["B"]}, {}, "scored"),
        ({"types": ["so"], "except_units": ["A"]}, {"type": "so"}, "na"),
        ({}, {}, "scored"),
    ],
)
def test_a_line_is_for_certain_units(limits: dict, sheet: dict, state: str) -> None:
    scale = scale_of({"code": "X", **JUDGED, "applies_to": limits})
    assert score_one(scale, {"X": {"value": 1}}, **sheet).nodes["X"].state == state


@pytest.mark.parametrize(
    ("limits", "period", "state"),
    [
        ({"to": "2026-06-30"}, None, "scored"),
        ({"to": "2026-06-30"}, ("2026-06-30", "2026-12-31"), "scored"),
        ({"to": "2026-06-30"}, ("2026-07-01", "2026-12-31"), "na"),
        ({"from": "2026-07-01"}, ("2026-01-01", "2026-06-30"), "na"),
        ({"from": "2026-07-01"}, ("2026-01-01", "2026-07-01"), "scored"),
        ({"from": "2027-01-01"}, None, "na"),
    ],
)
def test_a_line_is_for_a_time(limits: dict, period: tuple | None, state: str) -> None:
    year = {"from": "2026-01-01", "to": "2026-12-31"}
    scale = scale_of({"code": "X", **JUDGED, "applies_to": limits}, period=year)
    own = {"period": dict(zip(("from", "to"), period, strict=True))} if period else {}
    assert score_one(scale, {"X": {"value": 1}}, **own).nodes["X"].state == state


MONTHLY = {"code": "X", **JUDGED, "recurs": {"times": 3, "combine": "sum"}}
MEAN = MONTHLY | {"recurs": {"times": 3, "combine": "mean"}}


@pytest.mark.parametrize(
    ("node", "values", "expected"),
    [
        (MONTHLY, (1, 2, 3), ("scored", "6", "15")),
        (MONTHLY, (1, "na", 3), ("scored", "4", "10")),
        (MONTHLY, (1, None, 3), ("open", "4", "15")),
        (MONTHLY, ("na", "na", "na"), ("na", "None", "0")),
        (MEAN, (1, 2, 3), ("scored", "2", "5")),
        (MEAN, (1, 1, 2), ("scored", "4/3", "5")),
        (MEAN, (1, "na", 3), ("scored", "2", "5")),
        (MEAN, (1, None, 2), ("open", "1", "5")),
        (MEAN, ("na", "na", "na"), ("na", "None", "0")),
        (MONTHLY | {"not_applicable": "zero"}, (1, "na", 3), ("scored", "4", "15")),
        (MEAN | {"not_applicable": "full_marks"}, (1, "na", 3), ("scored", "3", "5")),
    ],
)
def test_copies_are_added_or_averaged(node: dict, values: tuple, expected: tuple) -> None:
    found = {
        f"X@{copy}": {"na": True} if value == "na" else {"value": value}
        for copy, value in enumerate(values, 1)
    }
    combined = score_one(scale_of(node), found).nodes["X"]
    figure = combined.so_far if combined.state == "open" else combined.points
    assert (combined.state, str(figure), str(combined.max)) == expected


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (MONTHLY, ("RECUR-1", "1,0 + 3,0 = 4,0")),
        (MEAN, ("RECUR-2", "1,0 + 3,0 = 4,0; 4,0 : 2 = 2,0")),
    ],
)
def test_how_copies_come_together_is_told(node: dict, reason: tuple[str, str]) -> None:
    found = {"X@1": {"value": 1}, "X@2": {"na": True}, "X@3": {"value": 3}}
    assert reasons(score_one(scale_of(node), found).nodes["X"]) == [reason]


def test_a_word_without_copy_number_counts_for_all_copies() -> None:
    unit = score_one(scale_of(MONTHLY), {"X": {"na": True}, "X@1": {"value": 1}})
    assert {key: node.state for key, node in unit.nodes.items()} == {"X": "na"}


def test_a_review_without_copy_number_counts_for_all_copies() -> None:
    count = {"code": "c", "kind": "count", "each": 1, "cap": None}
    month = {"code": "X", "kind": "sum", "items": [count], "recurs": {"times": 2}}
    unit = score_one(scale_of(month), {"c": {"reviewed": True}, "c@2": {"value": 4}})
    assert unit.nodes["X"].points == 4


@pytest.mark.parametrize(
    "key", ["X@0", "X@4", "X@01", "X@", "X@x", "Y", "Y@1", "X@٢", "X@²", "X@" + "9" * 5000]
)
def test_a_copy_that_does_not_exist_is_an_unknown_code(key: str) -> None:
    unit = score_one(scale_of(MONTHLY), {key: {"value": 1}})
    assert issues(unit) == [("error", key, "unknown_code")]


def test_copies_may_be_corrected_by_hand_one_by_one_or_together() -> None:
    by_hand = {"override": {"points": 9, "reason": "Biên bản"}}
    found = {f"X@{copy}": {"value": 1} for copy in (1, 2, 3)}
    one = score_one(scale_of(MONTHLY), found | {"X@2": {"value": 1, **by_hand}})
    assert (one.nodes["X@2"].points, one.nodes["X"].points) == (9, 11)
    together = score_one(scale_of(MONTHLY), {"X": by_hand})
    assert (together.nodes["X"].points, together.missing) == (9, ())


@pytest.mark.parametrize(("round_at", "expected"), [("leaf", "3.34"), ("total", "10/3")])
def test_lines_are_rounded_only_where_the_scale_says(round_at: str, expected: str) -> None:
    from thidua.core.points import result_text

    scale = scale_of(
        {"code": "X", "kind": "judged", "max": 9, "recurs": {"times": 2}},
        header={"round_at": round_at},
    )
    unit = score_one(scale, {"X@1": {"value": "5/3"}, "X@2": {"value": "5/3"}})
    assert unit.nodes["X"].points is not None
    assert result_text(unit.nodes["X"].points) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [("5/3", [("ROUND-1", "≈ 1,67 làm tròn thành 1,67")]), ("1.25", [])],
)
def test_the_rounding_of_a_line_is_told_where_it_changes_the_points(
    value: str, reason: list
) -> None:
    scale = scale_of({"code": "X", "kind": "judged", "max": 9}, header={"round_at": "leaf"})
    rounded = reasons(score_one(scale, {"X": {"value": value}}).nodes["X"])
    assert rounded[1:] == reason
