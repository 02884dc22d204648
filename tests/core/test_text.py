"""Vietnamese text: one spelling, searching without marks, the order of the dictionary."""

from __future__ import annotations

import unicodedata

import pytest

from thidua.core.text import fold, one_line, person_key, sort_key, tidy, whole


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sở Lao động - Thương binh và Xã hội", "so lao dong thuong binh va xa hoi"),
        ("ĐÀI Phát thanh", "dai phat thanh"),
        (unicodedata.normalize("NFD", "Đắk Nông"), "dak nong"),
        ("UBND phường 14/Q.10", "ubnd phuong 14 q 10"),
        ("  ", ""),
    ],
)
def test_searching_takes_no_notice_of_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_both_unicode_spellings_are_one_name() -> None:
    assert one_line(unicodedata.normalize("NFD", " Sở   Y tế\n")) == "Sở Y tế"


def test_nul_stays_so_that_it_can_be_refused() -> None:
    assert tidy("a\x00\x01b\r\nc") == "a\x00b\nc"


def test_letters_come_in_the_order_of_the_alphabet() -> None:
    assert sorted("ÊEĐDĂÂAƯƠÔOU", key=sort_key) == list("AĂÂDĐEÊOÔƠUƯ")


def test_tones_come_in_the_order_of_the_dictionary() -> None:
    written = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "ma", "má", "mà", "mã", "mả"], key=sort_key) == written


def test_the_first_syllable_decides_before_the_second() -> None:
    assert sorted(["bá chủ", "bà con", "ba mươi"], key=sort_key) == ["ba mươi", "bà con", "bá chủ"]


def test_numbers_in_names_come_by_size() -> None:
    names = ["Khối thi đua số 10", "Khối thi đua số 2", "Khối thi đua số 1"]
    assert sorted(names, key=sort_key)[-1] == "Khối thi đua số 10"


def test_both_unicode_spellings_sort_alike() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Sở Tài chính")) == sort_key("Sở Tài chính")


def test_people_are_listed_by_given_name() -> None:
    people = ["Trần Văn Bình", "Lê Thị Ánh", "Nguyễn An"]
    assert sorted(people, key=person_key) == ["Nguyễn An", "Lê Thị Ánh", "Trần Văn Bình"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5_000, None)],
)
def test_a_whole_number_has_at_most_the_digits_of_a_key(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1.0", "²", "٣", "1_000", "một"])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole(text) is None
