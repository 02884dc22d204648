"""FORMAT section 2: YAML 1.2, UTF-8, strict."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest

from thidua.core.number import UnreadNumber
from thidua.scalefile import FileError
from thidua.scalefile.problem import Problem
from thidua.scalefile.reader import read_tree
from thidua.scalefile.tree import Path, mark_at, marks_of, plain_of


def read(text: str | bytes, name: str = "thang.yaml") -> object:
    return plain_of(read_tree(text, name=name))


def refusal(text: str | bytes, name: str = "thang.yaml") -> Problem:
    with pytest.raises(FileError) as caught:
        read_tree(text, name=name)
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("2026-01-01", "2026-01-01"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0.1", Fraction(1, 10)),
        ("-4", Fraction(-4)),
        ("+5", Fraction(5)),
        ("007", Fraction(7)),
        ("999999999999999.999999", Fraction("999999999999999.999999")),
        ("1e308", UnreadNumber("1e308")),
        ("1234567890123456", UnreadNumber("1234567890123456")),
        ("0.1234567", UnreadNumber("0.1234567")),
        (".inf", UnreadNumber(".inf")),
        ("0x1F", UnreadNumber("0x1F")),
        (".5", UnreadNumber(".5")),
        ("961,5", "961,5"),
        ('"12.5"', "12.5"),
        ("'true'", "true"),
        ('""', ""),
        ("1/3", "1/3"),
    ],
)
def test_word_means_the_same_everywhere(typed: str, value: object) -> None:
    assert read(f"a: {typed}\n") == {"a": value}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: *x\n", "alias", 2),
        ("a: &x 1\n", "anchor", 1),
        ("a: !!str 1\n", "tag", 1),
        ("a: !khac 1\n", "tag", 1),
        ("b:\n  <<: {a: 1}\n", "merge_key", 2),
        ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3),
        ("a: 1\n---\nb: 2\n", "many_documents", 2),
        ("[a, b]: 1\n", "complex_key", 1),
        ("a:\n\t- 1\n", "tab", 2),
        ("a: b: c\n", "syntax", 1),
        ('a: "mở\nb: 1\n', "syntax", 1),
        ("a: [1, 2\nb: 1\n", "syntax", 1),
        ("a:\n  b: 1\n c: 2\n", "syntax", 3),
        ("a: @x\n", "syntax", 1),
        ("a: 1\nb: \x07\n", "control_character", 2),
        ("", "empty_file", 0),
        ("\ufeff \n", "empty_file", 0),
    ],
)
def test_what_strict_reading_forbids_is_refused_at_its_line(
    text: str, code: str, line: int
) -> None:
    found = refusal(text)
    assert (found.code, found.line) == (code, line)


def test_tree_of_aliases_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refusal(bomb).code == "anchor"


@pytest.mark.parametrize("name", ["sâu.yaml", "sâu.json"])
def test_deep_nesting_is_refused(name: str) -> None:
    assert refusal("[" * 500_000, name).code == "too_deep"


def test_file_above_five_megabytes_is_refused() -> None:
    assert refusal(b"a: " + b"x" * 5_000_000).code == "too_large"


def test_ten_thousand_lines_are_read() -> None:
    text = "a:\n" + "".join(f"- {{code: L{n}, max: {n}.5}}\n" for n in range(10_000))
    found = read(text)
    assert isinstance(found, dict)
    assert found["a"][9_999] == {"code": "L9999", "max": Fraction("9999.5")}


def test_decomposed_vietnamese_is_composed_in_keys_and_values() -> None:
    typed = unicodedata.normalize("NFD", 'đơn vị: Sở Y tế\nghi chú: "Khối sở, ngành"\n')
    assert read(typed) == {"đơn vị": "Sở Y tế", "ghi chú": "Khối sở, ngành"}


def test_key_that_differs_only_in_composition_stands_twice() -> None:
    composed, decomposed = (unicodedata.normalize(form, "số") for form in ("NFC", "NFD"))
    assert refusal(f"{composed}: 1\n{decomposed}: 2\n").code == "duplicate_key"


def test_byte_order_mark_and_windows_line_ends_are_tolerated() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb: hai\r\n") == {"a": 1, "b": "hai"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("a: số\n".encode("utf-16"), "not_utf8"),
        ("a: số\n".encode("cp1258", "ignore") + b"\xe1", "not_utf8"),
        (b"PK\x03\x04\x14\x00", "binary_file"),
        (b"%PDF-1.7", "binary_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "binary_file"),
        (b"a: \x00\x01", "binary_file"),
        ("a: \ud800", "not_utf8"),
    ],
)
def test_file_that_is_no_utf8_text_is_refused(content: bytes | str, code: str) -> None:
    assert refusal(content).code == code


def test_every_value_knows_its_line_and_column() -> None:
    tree = read_tree("a:\n  - b: 1\n    c: {d: 2}\n", name="t.yaml")
    assert {path: tuple(mark) for path, mark in marks_of(tree)} == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "c"): (3, 5),
        ("a", 0, "c", "d"): (3, 9),
    }


def test_all_offences_of_a_file_are_named_at_once() -> None:
    with pytest.raises(FileError) as caught:
        read_tree("a: &x 1\nb: *x\na: 2\n", name="t.yaml")
    assert [(p.line, p.code) for p in caught.value.problems] == [
        (1, "anchor"),
        (2, "alias"),
        (3, "duplicate_key"),
    ]


def test_path_that_is_not_in_the_file_is_placed_at_what_stands_above_it() -> None:
    tree = read_tree("a:\n- b: 1\n  c: 2\n", name="t.yaml")
    paths: list[Path] = [("a", 0, "c"), ("a", 0, "d"), ("a", 5), ("e",), ("a", 0, "c", "d")]
    assert [mark_at(tree, path).line for path in paths] == [3, 2, 1, 1, 3]


def test_places_looked_up_one_by_one_are_those_of_the_list() -> None:
    tree = read_tree("a: {b: [1, {c: 2}], d: 3}\ne:\n- 4\n", name="t.yaml")
    assert {path: mark_at(tree, path) for path, _ in marks_of(tree)} == dict(marks_of(tree))
