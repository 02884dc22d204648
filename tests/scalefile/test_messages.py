"""What an official reads when a file is wrong: where, what, and what to write instead."""

from __future__ import annotations

import pytest

from thidua.scalefile import FileError, load_scale
from thidua.scalefile.number_words import meant_number

HEAD = """\
format: scale/1
name: thu
version: "1"
title: Thang điểm thử
source: {ref: Quy chế, completeness: full}
scale: {base: null, bonus_cap: null, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: zero}
"""


def sentences(text: str, *, lang: str = "vi") -> list[str]:
    with pytest.raises(FileError) as caught:
        load_scale(text, name="thang.yaml")
    return caught.value.sentences("en" if lang == "en" else "vi")


def criterion(keys: str) -> str:
    return f"{HEAD}criteria:\n- {{code: A, {keys}}}\n"


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (
            'kind: judged, max: "961,5"',
            (
                'thang.yaml, dòng 9, khóa "max": “961,5” không phải là số đúng cách viết. Viết '
                "961.5 (dấu chấm thập phân, không có dấu cách hay đơn vị)."
            ),
        ),
        (
            "kind: judged, max: 1e308",
            (
                'thang.yaml, dòng 9, khóa "max": Không dùng được số “1e308”. Số có nhiều nhất 15 '
                "chữ số trước và 6 chữ số sau dấu chấm, không viết dạng mũ. Viết như 10."
            ),
        ),
        (
            "kind: judged, max: mười",
            'thang.yaml, dòng 9, khóa "max": Ở đây phải là một số, không phải “mười”. Viết như 10.',
        ),
        (
            "kind: count, each: -1, cap: -5",
            (
                'thang.yaml, dòng 9, khóa "cap": Mức trần là số không âm, kể cả mức trần của điểm '
                "trừ. Viết 5, hoặc null nếu không giới hạn."
            ),
        ),
        (
            "kind: count, each: -1",
            (
                'thang.yaml, dòng 9, khóa "cap": Tiêu chí thiếu khóa "cap" (mức trần, null là '
                "không giới hạn). Thêm “cap: 10”."
            ),
        ),
        (
            "kind: juged, max: 10",
            (
                'thang.yaml, dòng 9, khóa "kind": Không dùng được “juged”. Có phải là judged? Chọn '
                "một trong các từ: sum, ledger, pick, count, flag, steps, switch, linear, leader, "
                "rank_table, judged, imported."
            ),
        ),
        (
            "kind: judged, max: 10, lable: Tên",
            'thang.yaml, dòng 9, khóa "lable": Tiêu chí không có khóa “lable”. Có phải là "label"?',
        ),
        (
            "kind: judged, max:10",
            (
                'thang.yaml, dòng 9, khóa "max": Tiêu chí thiếu khóa "max" (điểm tối đa). '
                "Thêm “max: 10”."
            ),
        ),
        (
            "kind: judged, max: 10, each: 2",
            (
                'thang.yaml, dòng 9, khóa "each": Khóa "each" không dùng cho loại "judged", chỉ '
                'dùng cho count, linear. Xóa khóa này hoặc đổi "kind". Loại "judged" có các khóa '
                "riêng: min."
            ),
        ),
        (
            "kind: judged, max: 10, slot: có",
            'thang.yaml, dòng 9, khóa "slot": Không dùng được “có”. Viết true, không có ngoặc kép.',
        ),
        (
            "kind: judged, max: 10, due: 31/12/2026",
            (
                'thang.yaml, dòng 9, khóa "due": “31/12/2026” không phải là ngày có trong lịch '
                "theo dạng năm-tháng-ngày. Viết như 2026-12-31."
            ),
        ),
        (
            "kind: judged, max: 10, label: 2026",
            'thang.yaml, dòng 9, khóa "label": Ở đây phải là chữ. Đặt trong ngoặc kép: "2026".',
        ),
        (
            "kind: judged, max: 10, when: {field: a}",
            (
                'thang.yaml, dòng 9, khóa "when": So sánh thiếu vế sau. Thêm ge, gt, le, lt, eq, '
                "ne, in hoặc given, ví dụ {field: a, ge: 1}."
            ),
        ),
        (
            "kind: judged, max: 10, recurs: {times: 1}",
            (
                'thang.yaml, dòng 9, khóa "times": Ở đây phải là số nguyên từ 2 đến 366, không có '
                "ngoặc kép, không phải “1”."
            ),
        ),
    ],
)
def test_mistake_in_a_criterion_says_what_to_write(keys: str, sentence: str) -> None:
    assert sentences(criterion(keys))[0] == sentence


def test_space_missing_after_a_colon_is_recognised() -> None:
    assert sentences(criterion("kind: judged, max:10"))[1] == (
        'thang.yaml, dòng 9, khóa "max:10": Thiếu dấu cách sau dấu hai chấm. Viết "max: 10".'
    )


def test_same_mistake_in_english() -> None:
    assert sentences(criterion("kind: judged, max: 10, lable: Tên"), lang="en") == [
        'thang.yaml, line 9, key "lable": The node has no key “lable”. Did you mean "label"?'
    ]


def test_all_mistakes_are_named_in_file_order() -> None:
    text = HEAD.replace("decimals: 1", "decimals: 4") + (
        "criteria:\n- {code: A, kind: judged}\n- {code: A B, kind: flag, hit: x}\n"
    )
    with pytest.raises(FileError) as caught:
        load_scale(text, name="thang.yaml")
    assert [(p.line, p.key, p.code) for p in caught.value.problems] == [
        (6, "decimals", "not_whole"),
        (9, "max", "missing_key"),
        (10, "code", "bad_text"),
        (10, "hit", "not_a_number"),
    ]


def test_sheet_file_given_as_a_scale_is_recognised() -> None:
    assert sentences('{"sheets": []}') == [
        (
            "thang.yaml, dòng 1: Đây là tệp phiếu điểm, không phải thang điểm. "
            "Chọn tệp có dòng format: scale/1."
        )
    ]


@pytest.mark.parametrize("text", ["- a\n", "chỉ có chữ\n", "5\n", "null\n"])
def test_file_without_keys_is_refused(text: str) -> None:
    with pytest.raises(FileError) as caught:
        load_scale(text, name="thang.yaml")
    assert [problem.code for problem in caught.value.problems] == ["not_a_table"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("961,5", "961.5"),
        ("1.234,5", "1234.5"),
        ("1 000", "1000"),
        ("1 000,25", "1000.25"),
        ("50%", "50"),
        ("10 điểm", "10"),
        ("−4", "-4"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1.5e2", "150"),
        ("1e308", None),
        ("mười", None),
        ("961.5", None),
        ("", None),
    ],
)
def test_number_that_was_meant(typed: str, meant: str | None) -> None:
    assert meant_number(typed) == meant
