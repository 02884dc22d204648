"""band_overlap and band_gap."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of, steps


@pytest.mark.parametrize(
    "bands",
    [
        [{"ge": 5}, {"le": 5}],
        [{"ge": 5}, {"gt": 7, "lt": 8}],
        [{"lt": 5}, {"le": 1}],
        [{"eq": 3}, {"ge": 1, "le": 5}],
        [{"eq": 3}, {"eq": "3"}],
        [{"eq": "đủ"}, {"eq": "thiếu"}, {"eq": "đủ"}],
        [{}, {"ge": 5}],
        [{"ge": 0, "lt": 100}, {"ge": 10, "lt": 20}, {"ge": 50, "lt": 60}],
    ],
)
def test_bands_that_share_a_value_overlap(bands: list[Plain]) -> None:
    assert found_in(scale_of(steps(*bands, **{"else": 0}))) == [("error", "band_overlap", "S")]


@pytest.mark.parametrize(
    "bands",
    [
        [{"ge": 5}, {"lt": 5}],
        [{"gt": 5}, {"le": 5}],
        [{"eq": "đủ"}, {"ge": 1}],
        [{"eq": "đủ"}, {"eq": "Đủ"}],
        [{"gt": 5, "lt": 5}, {"ge": 1, "le": 9}],
    ],
)
def test_bands_that_share_no_value_do_not_overlap(bands: list[Plain]) -> None:
    assert found_in(scale_of(steps(*bands, **{"else": 0}))) == []


def test_bands_of_whole_numbers_may_cross_between_two_whole_numbers() -> None:
    bands: list[Plain] = [{"ge": 0, "lt": "3/2"}, {"gt": 1, "le": 2}]
    assert names_in(scale_of(steps(*bands, **{"else": 0}))) == ["band_overlap"]
    assert names_in(scale_of(steps(*bands, **{"else": 0}, whole=True))) == []


def test_overlap_names_both_bands() -> None:
    item = only(scale_of(steps({"ge": 90, "pts": 5}, {"ge": 80, "le": 90})))
    assert (item.path, item.words.vi) == (
        ("criteria", 0, "bands", 1),
        '"S" có hai bậc chồng lên nhau: từ 90; từ 80 đến 90.',
    )


@pytest.mark.parametrize(
    ("bands", "hole"),
    [
        ([{"gt": 98}, {"ge": 97, "lt": 98}], "98"),
        ([{"le": 0}, {"ge": 1}], "trên 0 dưới 1"),
        ([{"lt": 0}, {"gt": 1}], "từ 0 đến 1"),
        ([{"lt": 0}, {"ge": 1, "le": "2.5"}, {"gt": 3}], "từ 0 dưới 1; trên 2,5 đến 3"),
        ([{"eq": 1}, {"eq": 2}], "trên 1 dưới 2"),
    ],
)
def test_hole_between_bands_is_named(bands: list[Plain], hole: str) -> None:
    assert only(scale_of(steps(*bands))).words.vi == f'"S" không có bậc nào cho giá trị: {hole}.'


@pytest.mark.parametrize(
    "keys", [{"else": 0}, {"whole": True}, {"x": "days_late", "due": "2026-12-15"}]
)
def test_hole_without_whole_numbers_or_with_points_is_no_gap(keys: Plain) -> None:
    assert names_in(scale_of(steps({"le": 0}, {"ge": 1}, **keys))) == []


def test_hole_of_whole_numbers_shows_whole_numbers() -> None:
    item = only(scale_of(steps({"le": 0}, {"ge": 4}, x="days_late", due="2026-12-15")))
    assert item.words.vi == '"S" không có bậc nào cho giá trị: từ 1 đến 3.'


def test_values_before_the_first_and_after_the_last_band_are_no_hole() -> None:
    assert names_in(scale_of(steps({"ge": 1, "lt": 2}, {"ge": 2, "le": 3}))) == []


def test_bands_of_texts_have_no_holes() -> None:
    assert names_in(scale_of(steps({"eq": "đủ"}, {"eq": "thiếu"}))) == []


def test_cases_of_a_switch_are_bands_too() -> None:
    def switch(low: int) -> Plain:
        cases = [{"lt": 5, "item": judged("A")}, {"ge": low, "item": judged("B")}]
        return {"code": "W", "kind": "switch", "cases": cases, "else": "undecided"}

    assert names_in(scale_of(switch(5))) == []
    assert found_in(scale_of(switch(4))) == [("error", "band_overlap", "W")]
    assert found_in(scale_of(switch(6))) == [("warning", "band_gap", "W")]
