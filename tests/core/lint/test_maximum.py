"""negative_max, empty_range, no_label."""

from __future__ import annotations

import pytest

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of


def test_a_maximum_below_zero_is_an_error_where_points_are_earned() -> None:
    item = only(scale_of(judged("A", -7)))
    assert (item.level, item.lint, item.path) == ("error", "negative_max", ("criteria", 0, "max"))
    assert item.words.vi == ('"A" có điểm tối đa −7, dưới 0 điểm, nhưng không thuộc phần điểm trừ.')


@pytest.mark.parametrize(
    "line",
    [
        judged("A", 0, min=-7),
        judged("A", -1, min=-7, part="deduct"),
        {"code": "L", "kind": "ledger", "start": 10, "floor": 0,
         "items": [judged("L.1", -1, min=-3)]},
        {"code": "D", "kind": "sum", "part": "deduct", "items": [judged("D.1", -1, min=-3)]},
    ],
)  # fmt: skip
def test_what_deducts_may_have_a_maximum_below_zero(line: Plain) -> None:
    assert names_in(scale_of(line)) == []


def test_a_range_in_which_nothing_lies_is_an_error() -> None:
    assert found_in(scale_of(judged("A", -7, part="deduct"))) == [("error", "empty_range", "A")]
    assert found_in(scale_of(judged("A", 3, min=5))) == [("error", "empty_range", "A")]


def test_a_line_without_words_among_lines_with_words_is_named() -> None:
    item = only(scale_of(judged("A", label="Giải ngân"), judged("B"), judged("C", label="Báo cáo")))
    assert (item.level, item.lint, item.words.vi) == (
        "warning", "no_label", 'Dòng "B" chưa ghi nội dung.',
    )  # fmt: skip
    assert names_in(scale_of(judged("A"), judged("B"))) == []


def test_the_cases_of_a_switch_need_no_words() -> None:
    cases = [{"lt": 5, "item": judged("A")}, {"ge": 5, "item": judged("B")}]
    switch = {"code": "W", "label": "Theo dân số", "kind": "switch", "cases": cases, "else": 0}
    assert names_in(scale_of(switch)) == []
