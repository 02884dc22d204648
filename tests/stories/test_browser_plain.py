"""Scoring without JavaScript: the same sheet is saved by section and sent by plain forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.live import Site, log_in
from tests.stories.official import Official

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Official]:
    """The officer of the practice bloc at a screen without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=site.url, java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    log_in(page, "officer")
    yield Official(page)
    context.close()


def test_a_sheet_is_saved_by_section_and_sent_without_javascript(plain: Official) -> None:
    plain.step("Chấm điểm")
    plain.follow("Bảng của đơn vị")
    expect(plain.main.locator(".js-only:visible")).to_have_count(0)
    fill_section_three(plain)
    plain.follow("Gửi thẩm định")
    plain.stands_at("Chưa gửi được bảng tự chấm")
    plain.sees("Còn 4 chỗ phải sửa")
    plain.picture("plain-not-yet")
    plain.follow("Sửa trên bảng")
    fill_the_rest(plain)
    plain.follow("Thông tin đơn vị")
    plain.choose("Nộp báo cáo năm đúng hạn", "Có")
    plain.follow("Lưu thông tin")
    plain.step("Chấm điểm")
    plain.follow("Bảng của đơn vị")
    plain.follow("Gửi thẩm định")
    plain.picture("plain-send")
    plain.follow("Gửi thẩm định")
    plain.sees("Đã gửi, chờ thẩm định")
    plain.picture("plain-sent")


def fill_section_three(plain: Official) -> None:
    """A section's button saves what was typed there, and loses nothing typed elsewhere."""
    fill(plain, "Số liệu dòng III.3", "2")
    fill(plain, "Điểm tự chấm dòng III.4", "1,5")
    fill(plain, "Lý do dòng III.4", "Khen 12 người trực tiếp làm việc")
    fill(plain, "Số liệu dòng V", "0")
    plain.picture("plain-section")
    plain.follow("Lưu phần III")
    plain.sees("Đã lưu 3 dòng.")
    expect(cell(plain, "Điểm tự chấm dòng III.3")).to_have_value("2,0")
    expect(cell(plain, "Điểm tự chấm dòng III.4")).to_have_value("1,5")
    expect(cell(plain, "Số liệu dòng V")).to_have_value("0")


def fill_the_rest(plain: Official) -> None:
    """The last lines, the review of the ledger, and the whole table at once."""
    for code in ("IV.1", "IV.2", "IV.3", "VI"):
        fill(plain, f"Số liệu dòng {code}", "0")
    plain.tick("Đã rà soát, không có vi phạm nào khác")
    plain.follow("Lưu cả bảng")
    plain.sees("Đã lưu 5 dòng.")
    plain.sees("Mọi dòng đã có điểm")


def fill(plain: Official, label: str, value: str) -> None:
    cell(plain, label).fill(value)


def cell(plain: Official, label: str) -> Locator:
    """The cell of the score table with that name."""
    return plain.main.get_by_label(re.compile(f"^{re.escape(label)}(,|$)"))
