"""band_hole, band_above_max, band_direction: bands whose points do not fit together."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of, steps

AS_WRITTEN: tuple[Plain, ...] = ({"ge": 80, "pts": 5}, {"ge": 60, "lt": 70, "pts": 9})


def test_bands_that_leave_a_hole_exceed_the_line_and_fall_are_all_named() -> None:
    keys = {"max": 5, "else": 0, "unit": "%"}
    assert found_in(scale_of(steps(*AS_WRITTEN, **keys))) == [
        ("warning", "band_hole", "S"),
        ("warning", "band_above_max", "S"),
        ("warning", "band_direction", "S"),
    ]


def test_a_hole_is_named_with_what_it_gives() -> None:
    assert only(scale_of(steps(*AS_WRITTEN, **{"else": 0}))).words.vi == (
        '"S" không có bậc nào cho giá trị: từ 70 đến 79; giá trị đó được 0 điểm.'
    )
    in_percent = scale_of(steps(*AS_WRITTEN, **{"else": 0, "unit": "%", "max": 9}))
    assert [name for _, name, _ in found_in(in_percent)] == ["band_hole", "band_direction"]


def test_a_hole_in_per_cent_is_told_to_the_limit() -> None:
    bands: tuple[Plain, ...] = ({"ge": 100, "pts": 5}, {"ge": 90, "le": 99, "pts": 3})
    assert only(scale_of(steps(*bands, **{"else": 0, "x": "percent"}))).words.vi == (
        '"S" không có bậc nào cho giá trị: trên 99 dưới 100; giá trị đó được 0 điểm.'
    )


@pytest.mark.parametrize(
    ("bands", "keys"),
    [
        ([{"ge": 100, "pts": 5}, {"ge": 90, "lt": 100, "pts": 3}], {"x": "percent"}),
        ([{"eq": 1, "pts": 5}, {"eq": 5, "pts": 3}], {}),
        ([{"lt": 50, "pts": -5}, {"ge": 80, "pts": 5}], {"unit": "%"}),
        ([{"le": 2, "pts": 5}, {"ge": 3, "le": 5, "pts": 3}], {}),
        ([{"le": 2, "pts": 5}, {"ge": 3, "le": 5, "pts": 3}], {"x": "days_late"}),
    ],
)
def test_no_hole_where_the_bands_meet_or_the_rest_lies_between(
    bands: list[Plain], keys: Plain
) -> None:
    due = {"due": "2026-12-15"} if keys.get("x") == "days_late" else {}
    assert names_in(scale_of(steps(*bands, **{"else": 0, **keys, **due}))) == []


def test_a_switch_whose_rest_is_a_figure_has_holes_too() -> None:
    cases = [{"lt": 5, "item": judged("A")}, {"ge": 7, "item": judged("B")}]
    switch = {"code": "W", "kind": "switch", "cases": cases, "else": 0}
    assert only(scale_of(switch)).words.vi == (
        '"W" không có bậc nào cho giá trị: từ 5 đến 6; giá trị đó được 0 điểm.'
    )


def test_a_band_above_the_maximum_is_named_at_its_place() -> None:
    item = only(scale_of(steps({"ge": 90, "pts": 9}, {"lt": 90, "pts": 2}, max=5)))
    assert (item.path, item.words.vi) == (
        ("criteria", 0, "bands", 0),
        '"S" có bậc được 9 điểm, cao hơn điểm tối đa 5 điểm.',
    )
    assert names_in(scale_of(steps({"ge": 90, "pts": 5}, {"lt": 90, "pts": 2}, max=0))) == []


@pytest.mark.parametrize(
    ("bands", "keys", "words"),
    [
        (
            [{"ge": 90, "pts": 2}, {"lt": 90, "pts": 5}],
            {"x": "percent"},
            "số liệu dưới 90 được 5 điểm, cao hơn số liệu từ 90 được 2 điểm",
        ),
        (
            [{"lt": 1, "pts": 9}, {"ge": 1, "lt": 3, "pts": 5}, {"ge": 3, "lt": 5, "pts": 6},
             {"ge": 5, "pts": 0}],
            {},
            "số liệu từ 1 dưới 3 được 5 điểm, thấp hơn số liệu từ 3 dưới 5 được 6 điểm",
        ),
    ],
)  # fmt: skip
def test_points_that_go_against_the_others_are_named(
    bands: list[Plain], keys: Plain, words: str
) -> None:
    assert only(scale_of(steps(*bands, **keys))).words.vi == f'"S": {words}.'


@pytest.mark.parametrize(
    ("bands", "keys"),
    [
        ([{"lt": 1, "pts": 5}, {"ge": 1, "pts": 2}], {"unit": "%"}),
        ([{"le": 2, "pts": 5}, {"gt": 2, "pts": 2}], {"x": "days_late", "due": "2026-12-15"}),
        ([{"eq": 1, "pts": 5}, {"eq": 2, "pts": 2}, {"eq": 3, "pts": 4}], {"else": 0}),
        ([{"eq": "đủ", "pts": 5}, {"eq": "thiếu", "pts": 2}], {}),
    ],
)
def test_points_may_fall_where_less_is_better(bands: list[Plain], keys: Plain) -> None:
    assert names_in(scale_of(steps(*bands, **keys))) == []
