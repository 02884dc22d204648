"""sum_mismatch and base_mismatch say both figures."""

from __future__ import annotations

from tests.core.lint.build import Plain, found_in, judged, names_in, only, scale_of


def group(max_: object, *items: Plain) -> Plain:
    named = [{"label": "Việc", **item} for item in items]
    return {"code": "I", "label": "Chuyên môn", "kind": "sum", "max": max_, "items": named}


def test_children_that_do_not_add_up_name_both_figures() -> None:
    item = only(scale_of(group(10, judged("I.1", "9.98"))))
    assert item.words == (
        'Các tiêu chí con của "I Chuyên môn" cộng lại được 9,98 điểm, điểm tối đa ghi 10 điểm.',
        'The children of "I Chuyên môn" add up to 9.98, its stated maximum is 10.',
    )


def test_bonus_children_have_no_share() -> None:
    scale = scale_of(group(10, judged("I.1", 10), judged("I.2", 5, part="bonus")))
    assert names_in(scale) == []


def test_copies_of_a_recurring_child_add_up() -> None:
    twelve = judged("I.1", "0.5", recurs={"times": 12})
    mean = judged("I.2", 4, recurs={"times": 4, "combine": "mean"})
    assert names_in(scale_of(group(10, twelve, mean))) == []


def test_sum_without_stated_maximum_is_not_judged() -> None:
    assert names_in(scale_of({"code": "I", "kind": "sum", "items": [judged("I.1", 3)]})) == []


def test_sections_that_do_not_add_up_to_the_base_name_both_figures() -> None:
    item = only(scale_of(judged("A", 60), judged("B", 30), header={"base": 100}))
    assert (item.path, item.words.vi) == (
        ("scale", "base"),
        "Các mục cộng lại được 90 điểm, tổng điểm chuẩn ghi 100 điểm.",
    )


def test_partial_source_makes_both_a_warning() -> None:
    scale = scale_of(group(10, judged("I.1", 9)), header={"base": 100}, completeness="partial")
    assert found_in(scale) == [
        ("warning", "sum_mismatch", "I"),
        ("warning", "base_mismatch", "scale"),
    ]
