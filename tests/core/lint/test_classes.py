"""unreachable_class, class_needs_bonus, class_gap."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of

BONUS: Plain = judged("B", 10, part="bonus")


def classes(*bounds: Plain, key: str = "points") -> Plain:
    made = [{"code": str(n), "label": f"Mức {n}", **one} for n, one in enumerate(bounds)]
    return {"key": key, "classes": made}


@pytest.mark.parametrize(
    ("bound", "lint"),
    [
        ({"ge": 100}, []),
        ({"gt": 100}, ["class_needs_bonus"]),
        ({"ge": 110}, ["class_needs_bonus"]),
        ({"gt": 110}, ["unreachable_class"]),
        ({"ge": "110.1"}, ["unreachable_class"]),
        ({"le": 500}, []),
    ],
)
def test_threshold_against_what_can_be_reached(bound: Plain, lint: list[str]) -> None:
    scale = scale_of(judged("A", 100), BONUS, classification=classes(bound))
    assert names_in(scale) == lint


def test_unreachable_class_names_both_figures() -> None:
    item = only(scale_of(judged("A", 100), classification=classes({"ge": 101})))
    assert (item.path, item.words.vi) == (
        ("classification", "classes", 0),
        'Mức "Mức 0" cần 101, nhưng cao nhất chỉ có thể đạt 100.',
    )


def test_highest_total_limits_bonus_points() -> None:
    scale = scale_of(
        judged("A", 100), BONUS, header={"max_total": 105}, classification=classes({"ge": 106})
    )
    assert names_in(scale) == ["unreachable_class"]


def test_highest_total_is_rounded_before_it_is_compared() -> None:
    scale = scale_of(judged("A", "89.96"), classification=classes({"ge": 90}))
    assert names_in(scale) == []


def test_unlimited_points_reach_every_class() -> None:
    line: Plain = {"code": "C", "kind": "count", "each": 1, "cap": None}
    assert names_in(scale_of(line, classification=classes({"ge": 10_000}))) == ["uncapped_bonus"]


@pytest.mark.parametrize(
    ("policy", "lint"),
    [("zero", ["unreachable_class"]), ("drop_denominator", ["class_needs_bonus"])],
)
def test_percent_above_the_whole_is_reachable_when_lines_drop_out(
    policy: str, lint: list[str]
) -> None:
    scale = scale_of(
        judged("A", 100),
        BONUS,
        header={"not_applicable": policy},
        classification=classes({"ge": 120}, key="percent"),
    )
    assert names_in(scale) == lint


def test_percent_is_taken_of_the_base() -> None:
    scale = scale_of(judged("A", 50), classification=classes({"ge": 90}, key="percent"))
    assert names_in(scale) == []


@pytest.mark.parametrize(("decimals", "lint"), [(0, []), (1, ["class_gap"]), (3, ["class_gap"])])
def test_gap_is_sought_among_totals_as_they_are_rounded(decimals: int, lint: list[str]) -> None:
    scale = scale_of(
        judged("A", 100),
        header={"decimals": decimals},
        classification=classes({"ge": 81}, {"le": 80}),
    )
    assert names_in(scale) == lint


def test_gap_between_classes_names_the_totals() -> None:
    bounds: list[Plain] = [{"ge": 81}, {"ge": 71, "le": 80}, {"lt": 70}]
    item = only(scale_of(judged("A", 100), classification=classes(*bounds)))
    assert item.words.vi == (
        "Không mức xếp loại nào nhận tổng điểm từ 70 đến 70,9; từ 80,1 đến 80,9."
    )


def test_totals_below_the_last_class_are_no_gap() -> None:
    scale = scale_of(judged("A", 100), classification=classes({"ge": 80}, {"ge": 50, "lt": 80}))
    assert names_in(scale) == []


def test_last_class_without_limits_closes_every_gap() -> None:
    scale = scale_of(judged("A", 100), classification=classes({"ge": 81}, {"le": 70}, {}))
    assert names_in(scale) == []


def test_header_and_classes_come_last() -> None:
    scale = scale_of(
        {"code": "A", "kind": "judged", "max": 90},
        header={"base": 100},
        classification=classes({"ge": 95}, {"lt": 90}),
        ranking={"tie_breaks": [{"points": "Z"}]},
    )
    assert found_in(scale) == [
        ("notice", "no_evidence_list", "A"),
        ("error", "unknown_reference", "ranking"),
        ("error", "base_mismatch", "scale"),
        ("error", "unreachable_class", "0"),
        ("warning", "class_gap", "classification"),
    ]
