"""JSON is read by the same rules and into the same tree as YAML."""

from __future__ import annotations

import json
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scalefile.test_reading_yaml import read, refusal
from thidua.core.number import UnreadNumber
from thidua.scalefile.reader import read_tree
from thidua.scalefile.tree import marks_of

TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(TREES, st.sampled_from([None, 1]), st.booleans())
def test_what_a_json_writer_writes_is_read_back(
    tree: object, indent: int | None, ascii_only: bool
) -> None:
    def composed(one: object) -> object:
        if isinstance(one, str):
            return unicodedata.normalize("NFC", one)
        if isinstance(one, list):
            return [composed(item) for item in one]
        if isinstance(one, dict):
            return {composed(key): composed(value) for key, value in one.items()}
        return one

    wanted = composed({"cây": tree})
    text = json.dumps(wanted, indent=indent, ensure_ascii=ascii_only)
    assert read(text, "t.json") == wanted


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("961.5", Fraction("961.5")),
        ("-0", Fraction(0)),
        ("1e308", UnreadNumber("1e308")),
        ("1E2", UnreadNumber("1E2")),
        ('"\\/ \\ud83d\\ude00 \\u0110"', "/ 😀 Đ"),
        ('"a\\nb"', "a\nb"),
        ("[0,1]", [0, 1]),
        ("{}", {}),
    ],
)
def test_value_of_json(typed: str, value: object) -> None:
    assert read(f'{{"a": {typed}}}', "t.json") == {"a": value}


@pytest.mark.parametrize(
    "typed",
    ["961,5", "01", ".5", "+1", "NaN", "tru", "'a'", '"a', '"\\x"', '"a\tb"', "", "[1,]", "[1 2]"],
)
def test_what_is_no_json_is_refused(typed: str) -> None:
    assert refusal(f'{{"a": {typed}}}', "t.json").code == "syntax"


def test_decimal_comma_is_explained() -> None:
    assert (
        refusal('{"value": 961,5}', "t.json").message_vi
        == "Số thập phân viết bằng dấu chấm, không viết dấu phẩy: 961.5."
    )


def test_key_that_stands_twice_names_the_line_of_the_first() -> None:
    found = refusal('{"a": 1,\n "b": 2,\n "a": 3}', "t.json")
    assert (found.line, found.key, found.message_vi) == (
        3,
        "a",
        "Khóa này đã có ở dòng 1. Giữ một trong hai, xóa dòng còn lại.",
    )


def test_missing_closing_bracket_points_to_the_opening_one() -> None:
    found = refusal('{"a":\n  [1, 2\n', "t.json")
    assert (found.line, found.column) == (2, 3)


def test_half_a_surrogate_pair_is_refused() -> None:
    assert refusal('{"a": "\\ud800"}', "t.json").code == "syntax"


def test_yaml_under_the_name_of_json_is_told_to_change_its_ending() -> None:
    assert (
        refusal("format: scale/1\n", "thang.json").message_vi
        == "Tệp có đuôi .json nhưng nội dung không phải JSON (JSON bắt đầu bằng dấu {). "
        "Nếu nội dung là YAML, đổi đuôi tệp thành .yaml."
    )


def test_json_under_the_name_of_yaml_is_read_as_json() -> None:
    assert read('{"a": "\\/"}', "thang.yaml") == {"a": "/"}


def test_yaml_in_brackets_is_read_as_yaml() -> None:
    assert read('{"a": b, c: [d, e]}', "thang.yaml") == {"a": "b", "c": ["d", "e"]}


def test_values_of_json_know_their_lines() -> None:
    tree = read_tree('{\n "a": [1,\n  2]}', name="t.json")
    assert {path: mark.line for path, mark in marks_of(tree)} == {
        (): 1,
        ("a",): 2,
        ("a", 0): 2,
        ("a", 1): 3,
    }
