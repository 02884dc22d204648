"""An officer without a network: the sheet goes out as a workbook, is filled in, and comes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live import Site, log_in
from tests.stories.official import Official

pytestmark = pytest.mark.browser
MAIN = "Bảng tự chấm"
REASON = "Theo báo cáo năm, mục 3"


@pytest.fixture
def officer(desk: Page) -> Official:
    """On the sheet of the practice bloc."""
    log_in(desk, "officer")
    person = Official(desk)
    person.step("Chấm điểm")
    person.follow("Bảng của đơn vị")
    return person


def test_the_sheet_goes_out_is_filled_in_and_accepted_line_by_line(
    officer: Official, tmp_path: Path
) -> None:
    officer.picture("workbook-1-sheet")
    file = officer.download("Tải Excel", tmp_path)
    changed = fill_in(file)
    officer.follow("Nạp Excel")
    officer.stands_at("Chấm điểm bằng Excel")
    officer.picture("workbook-2-upload")
    officer.labelled("Tệp Excel đã điền").set_input_files(str(file))
    officer.follow("Nạp và xem khác nhau")
    officer.stands_at(f"Tệp khác bảng chấm ở {len(changed)} dòng")
    officer.picture("workbook-3-difference")
    boxes = officer.main.get_by_role("checkbox")
    assert boxes.count() == len(changed)
    boxes.first.uncheck()
    officer.sees("1 dòng chưa nhận được")
    officer.follow("Nhận các dòng đã chọn")
    expect(officer.page.get_by_text(f"Đã nhận {len(changed) - 1} dòng từ tệp")).to_be_visible()
    officer.picture("workbook-4-accepted")
    for key in changed[1:]:
        shown = officer.main.get_by_label(re.compile(f"^Lý do dòng {re.escape(key)}(,|$)"))
        expect(shown).to_have_value(REASON)
    officer.follow("Nạp Excel")
    officer.sees(f"{len(changed) - 1} dòng")
    officer.picture("workbook-5-earlier")


def fill_in(file: Path) -> list[str]:
    """Give three lines another reason, one of them where it cannot be read; gives their codes."""
    book = openpyxl.load_workbook(file)
    page: Any = book[MAIN]
    heads = {cell.value: number for number, cell in enumerate(page[3], 1)}
    changed: list[str] = []
    for row in range(4, page.max_row + 1):
        typed, reason = page.cell(row, heads["Tự chấm"]), page.cell(row, heads["Lý do"])
        if typed.protection.locked or reason.protection.locked:
            continue
        if len(changed) == 3:
            typed.value = 10**9
            break
        reason.value = REASON
        changed.append(page.cell(row, heads["Mã"]).value)
    book.save(file)
    return changed


def test_without_scripts_the_same_way_is_a_plain_form(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 1366, "height": 768}
    )
    page = context.new_page()
    log_in(page, "officer")
    person = Official(page)
    person.step("Chấm điểm")
    person.follow("Bảng của đơn vị")
    file = person.download("Tải Excel", tmp_path)
    changed = fill_in(file)
    person.follow("Nạp Excel")
    person.labelled("Tệp Excel đã điền").set_input_files(str(file))
    person.follow("Nạp và xem khác nhau")
    expect(person.main.get_by_role("checkbox").first).to_be_visible()
    person.follow("Nhận các dòng đã chọn")
    expect(page.get_by_text(re.compile("Đã nhận [0-9]+ dòng từ tệp"))).to_be_visible()
    assert len(changed) == 3
    context.close()
