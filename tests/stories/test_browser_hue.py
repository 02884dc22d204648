"""The founding cases as an official finds them: every figure on its page, with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.live import log_in
from tests.stories.official import Official

pytestmark = pytest.mark.browser

LABOUR = "Sở Lao động, Thương binh và Xã hội"
SCIENCE = "Sở Khoa học và Công nghệ"
CULTURE = "Sở Văn hóa và Thể thao"
REPORTED = {LABOUR: "961,5", SCIENCE: "961,0", CULTURE: "831,3"}


def officer_in(desk: Page, province: str) -> Official:
    """The officer with a position in that province."""
    log_in(desk, "officer")
    person = Official(desk)
    person.take_position(province)
    return person


@pytest.fixture
def hue(desk: Page) -> Official:
    """On the result page of Huế 2017."""
    person = officer_in(desk, "Tỉnh Thừa Thiên Huế")
    person.step("Hội nghị")
    person.follow("Xem kết quả: Thông qua")
    person.stands_at("Kết quả chấm điểm năm 2017")
    return person


def test_hue_ranks_three_reported_units_and_marks_four_made_up_totals(hue: Official) -> None:
    hue.picture("hue-result")
    rows = hue.main.get_by_role("region", name="Xếp hạng các đơn vị").get_by_role("row").all()[1:]
    names = [row.get_by_role("rowheader").inner_text() for row in rows]
    shown = {
        name: row.get_by_role("cell").nth(1).inner_text()
        for name, row in zip(names, rows, strict=True)
    }

    assert (names[0], names[1], names[6]) == (LABOUR, SCIENCE, CULTURE)
    assert {name: text.split()[0] for name, text in shown.items() if "°" not in text} == REPORTED
    assert sum("°" in text for text in shown.values()) == 4
    hue.sees(f"{LABOUR} dẫn đầu, hơn {SCIENCE} 0,5 điểm")


def test_hue_answers_why_on_every_number_of_the_result(hue: Official) -> None:
    links = hue.main.locator("a[href*='/vi-sao/']")
    addresses = sorted({str(one.get_attribute("href")).partition("#")[0] for one in links.all()})
    unanswered = []
    for address in addresses:
        answer = hue.page.request.get(address)
        text = answer.text()
        if not (answer.ok and "Vì sao" in text and '<p class="calc">' in text):
            unanswered.append(address)

    assert len(addresses) == 7 * (1 + 4 + 30)  # totals, sections, lines
    assert unanswered == []


def test_hue_explains_the_first_place_and_a_line_by_rule(hue: Official) -> None:
    hue.main.get_by_role("link", name=re.compile("^961,5 ")).first.click()
    hue.stands_at("Vì sao 961,5 điểm, xếp thứ 1?")
    hue.sees(f"hơn {SCIENCE} 0,5")
    hue.picture("hue-why-total")
    hue.main.get_by_role("row", name=re.compile("^I ")).get_by_role("link").click()
    hue.main.get_by_role("row", name=re.compile("^I.1 ")).get_by_role("link").click()
    hue.picture("hue-why-line")
    for words in ("Quy tắc và phép tính", "Số đã dùng", "Chỉ tiêu", "1.000", "1.078", "Tự chấm"):
        hue.sees(words)


def test_hue_prints_its_figures_and_says_on_every_page_that_it_is_a_trial(
    hue: Official, tmp_path: Path
) -> None:
    hue.follow("Mở biên bản")
    pages = [
        " ".join(page.extract_text().split())
        for page in PdfReader(hue.download("Tải biên bản PDF", tmp_path)).pages
    ]
    whole = " ".join(pages)

    for unit, total in REPORTED.items():
        assert unit in whole
        assert total in whole
    assert [text.count("Bản thử") > 0 for text in pages] == [True] * len(pages)


def test_hue_records_who_leads_the_next_year(desk: Page) -> None:
    person = officer_in(desk, "Tỉnh Thừa Thiên Huế")
    person.step("Hội nghị")
    person.sees(f"Trưởng khối: {CULTURE}; Phó khối: {LABOUR}.")
    person.step("Sổ khen thưởng")
    first = person.main.get_by_role("row", name=re.compile(LABOUR))
    expect(first).to_contain_text("961,5")
    person.picture("hue-record")


def test_bac_ninh_counts_three_five_and_two_of_seven_units(desk: Page) -> None:
    person = officer_in(desk, "Tỉnh Bắc Ninh")
    person.step("Đăng ký thi đua")
    person.picture("bac-ninh")
    person.sees("0 trong 7 đơn vị đã gửi")
    source = person.main.get_by_role("listitem")

    assert source.all_inner_texts() == [
        "3 đơn vị đăng ký Cờ thi đua của Chính phủ",
        "5 đơn vị đăng ký Cờ thi đua của UBND tỉnh",
        "2 đơn vị đăng ký Bằng khen của UBND tỉnh",
    ]
    person.sees("Nguồn nêu số lượng, không nêu đơn vị nào")


def test_vinh_phuc_shows_its_theme_and_percentage_targets(desk: Page) -> None:
    person = officer_in(desk, "Tỉnh Vĩnh Phúc")
    person.step("Toàn cảnh năm")
    person.sees("Đoàn kết, kỷ cương, đổi mới, sáng tạo, khát vọng phát triển")
    person.step("Đăng ký thi đua")
    person.sees("9 trong 9 đơn vị đã gửi, Trưởng khối đã nhận 9")
    person.follow("Mở bản đăng ký của đơn vị")
    person.picture("vinh-phuc")
    wordings = person.main.get_by_role("cell", name="100%", exact=True)
    expect(wordings).to_have_count(5)
    person.sees("hoàn thành hoặc vượt")


def test_ha_nam_lists_ten_key_tasks_under_the_letterhead_of_the_party(
    desk: Page, tmp_path: Path
) -> None:
    person = officer_in(desk, "Tỉnh ủy Hà Nam")
    person.step("Đăng ký thi đua")
    rows = person.main.get_by_role("row").all()[1:]
    assert [row.get_by_role("cell").last.inner_text() for row in rows] == ["10"] * 10
    paper = Document(str(person.download("Tải Word", tmp_path)))
    head = " ".join(cell.text for row in paper.tables[0].rows for cell in row.cells)
    person.follow("Mở bản đăng ký của đơn vị")
    person.picture("ha-nam")

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in head
    tasks = person.main.get_by_role("listitem").filter(has_text="Nhiệm vụ trọng tâm")
    expect(tasks).to_have_count(10)


def test_bac_kan_nominates_one_flag_and_two_certificates(desk: Page) -> None:
    person = officer_in(desk, "Tỉnh Bắc Kạn")
    person.step("Hội nghị")
    person.follow("Xem suy tôn")
    person.picture("bac-kan")
    rows = person.main.get_by_role("row").all()[1:]
    awards = [row.get_by_role("cell").first.inner_text() for row in rows]
    units = [row.get_by_role("rowheader").inner_text() for row in rows]

    assert sorted(awards) == [
        "Bằng khen của UBND tỉnh",
        "Bằng khen của UBND tỉnh",
        "Cờ thi đua của UBND tỉnh",
    ]
    assert units[awards.index("Cờ thi đua của UBND tỉnh")] == "Ban Dân tộc"
