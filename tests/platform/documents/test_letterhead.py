"""Nghị định 30/2020/NĐ-CP, Appendix I: the head of the first page, in both formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.platform.documents import samples
from tests.platform.documents.reading import pdf_pages, word_text
from thidua.platform.documents import page, wording
from thidua.platform.documents.measure import width_mm
from thidua.platform.documents.model import DateBlank, Letterhead, NumberLine, Profile
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word

LONGEST_NAMES = (
    "Sở Lao động, Thương binh và Xã hội",
    "Ban Chỉ đạo Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh Thừa Thiên Huế",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Bà Rịa - Vũng Tàu",
)


def test_number_without_number_leaves_room_and_invents_nothing() -> None:
    line = NumberLine("BB", "SYT")
    assert (
        wording.number_text(line, Profile.STATE)
        == "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BB-SYT"
    )
    assert (
        wording.number_text(line, Profile.PARTY)
        == "Số \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0-BB/SYT"
    )


@pytest.mark.parametrize(
    ("number", "printed"),
    [("7", "Số: 07/BC-SYT"), ("12", "Số: 12/BC-SYT"), ("5a", "Số: 5a/BC-SYT")],
)
def test_number_under_ten_gets_a_leading_zero(number: str, printed: str) -> None:
    assert wording.number_text(NumberLine("BC", "SYT", number), Profile.STATE) == printed


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2027, 1, 5), "Huế, ngày 05 tháng 01 năm 2027"),
        (date(2027, 2, 28), "Huế, ngày 28 tháng 02 năm 2027"),
        (date(2027, 3, 9), "Huế, ngày 09 tháng 3 năm 2027"),
        (date(2027, 12, 31), "Huế, ngày 31 tháng 12 năm 2027"),
    ],
)
def test_date_has_zero_before_small_days_and_months_one_and_two(day: date, printed: str) -> None:
    assert wording.place_and_date("Huế", day, DateBlank.NOTHING) == printed


def test_date_left_open_has_room_for_the_hand() -> None:
    words = wording.place_and_date("Huế", date(2027, 3, 9), DateBlank.DAY_AND_MONTH)
    assert words.split() == ["Huế,", "ngày", "tháng", "năm", "2027"]


def test_state_head_is_printed_whole_in_both_formats() -> None:
    expected = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Thừa Thiên Huế, ngày tháng 3 năm 2018"
    )
    document = samples.pact()
    assert expected in pdf_pages(to_pdf(document))[0]
    word = word_text(to_word(document))
    assert "ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ KHỐI THI ĐUA SỐ 4 CỘNG HÒA" in word
    assert "Thừa Thiên Huế, ngày tháng 3 năm 2018" in word


def test_party_head_has_no_state_name_and_a_star_and_dashes() -> None:
    document = samples.party_programme()
    for text in (pdf_pages(to_pdf(document))[0], word_text(to_word(document))):
        assert wording.STATE_NAME not in text
        assert wording.STATE_MOTTO not in text
        assert text.count("ĐẢNG CỘNG SẢN VIỆT NAM") == 1
        assert "ỦY BAN KIỂM TRA *" in text
        assert "Số -CTr/UBKTTU" in text
        assert "-----" in text


@pytest.mark.parametrize("name", LONGEST_NAMES)
@pytest.mark.parametrize("landscape", [False, True])
def test_long_agency_names_break_into_even_lines_that_fit(name: str, landscape: bool) -> None:
    document = replace(
        samples.pact(), letterhead=Letterhead(name, LONGEST_NAMES[2]), landscape=landscape
    )
    head = page.head_of(document)
    assert head.left_width + page.GAP + head.right_width == pytest.approx(
        page.text_width(landscape=landscape)
    )
    for line in head.left:
        assert width_mm(line.text, line.size, bold=line.bold) <= head.left_width
    for line in (*head.right, head.place_and_date):
        assert width_mm(line.text, line.size, bold=line.bold) <= head.right_width
    assert " ".join(line.text for line in head.left if line.bold) == name.upper()
    printed = pdf_pages(to_pdf(document))[0]
    assert wording.STATE_NAME in printed


def test_rules_are_as_long_as_the_decree_says() -> None:
    head = page.head_of(samples.pact())
    motto = head.right[-1]
    assert motto.rule == width_mm(motto.text, motto.size, bold=True)
    issuer = head.left[-1]
    length = width_mm(issuer.text, issuer.size, bold=True)
    assert length / 3 <= issuer.rule <= length / 2
    subject = page.subject_lines(samples.pact())[-1]
    length = width_mm(subject.text, subject.size, bold=True)
    assert length / 3 <= subject.rule <= length / 2


def test_sizes_are_those_of_the_decree() -> None:
    for landscape in (False, True):
        head = page.head_of(replace(samples.pact(), landscape=landscape))
        assert 12 <= head.right[0].size <= 13
        assert 13 <= head.right[1].size <= 14
        assert all(12 <= line.size <= 13 for line in head.left)
        assert head.number.size == 13
        assert 13 <= head.place_and_date.size <= 14
    assert (20 <= page.TOP <= 25, 20 <= page.BOTTOM <= 25) == (True, True)
    assert (30 <= page.LEFT <= 35, 15 <= page.RIGHT <= 20) == (True, True)


def test_addressees_basis_and_recipients_are_closed_as_lists() -> None:
    text = word_text(to_word(samples.unit_sheet()))
    assert "Kính gửi: Trưởng Khối thi đua số 4" in text
    assert (
        "Căn cứ Luật Thi đua, Khen thưởng; Căn cứ Quy chế hoạt động của Khối thi đua số 4." in text
    )
    assert "Nơi nhận: - Như trên; - Lưu: VT." in text
