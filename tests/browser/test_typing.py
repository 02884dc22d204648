"""Typing on the score sheet of the running demo: what was refused is told, a paste is taken back,
the line may be lost, two windows quarrel, and the table has the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.test_gallery import paste
from tests.live import Site, log_in, watched

pytestmark = pytest.mark.browser

expect.set_options(timeout=20_000)  # other work may run beside the tests
CODES = ("I.1", "I.2", "I.3", "I.4", "I.5")


@pytest.fixture
def sheet(desk: Page) -> Page:
    """The officer's own sheet."""
    log_in(desk, "officer")
    desk.click("a:has-text('Chấm tiếp')")
    expect(desk.locator("tr[data-later]")).to_have_count(0)
    return desk


def cell(page: Page, code: str, field: str = "points") -> Locator:
    return page.locator(f'[data-field="{field}"][data-code="{code}"]')


def word(page: Page, code: str, field: str = "points") -> Locator:
    return page.locator("td", has=cell(page, code, field)).locator(".sc-word")


def out(page: Page, name: str) -> Locator:
    return page.locator(f'[data-out="{name}"]:not([data-code])')


def type_in(page: Page, code: str, value: str, field: str = "points") -> None:
    cell(page, code, field).fill(value)
    cell(page, code, field).press("Enter")


def points(page: Page) -> list[str]:
    return [cell(page, code).input_value() for code in CODES]


def answered(page: Page) -> None:
    """The server has answered everything: nothing waits in the browser."""
    waiting = "Object.keys(localStorage).filter((name) => name.startsWith('thidua.queue.')).length"
    for _ in range(600):
        if page.evaluate(waiting) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("changes still wait in the browser")


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


# --- what was not saved


def test_the_bar_counts_the_cells_that_were_refused_and_leads_to_the_first(sheet: Page) -> None:
    before = points(sheet)
    type_in(sheet, "I.2", "99")
    type_in(sheet, "I.4", "88")
    expect(out(sheet, "wrong")).to_have_text("2 ô chưa lưu được")
    expect(out(sheet, "saved_at")).to_be_hidden()
    expect(out(sheet, "left")).to_be_hidden()
    sheet.click("[data-fold-all]")
    out(sheet, "wrong").locator("button").click()
    expect(cell(sheet, "I.2")).to_be_focused()
    expect(sheet.locator('[data-live="assertive"]')).to_have_text("Dòng I.4: Nhập từ 0 đến 10,0.")

    type_in(sheet, "I.2", before[1])
    expect(out(sheet, "wrong")).to_have_text("1 ô chưa lưu được")
    expect(sheet.locator('[data-live="assertive"]')).to_be_empty()
    cell(sheet, "I.4").press("Escape")
    expect(out(sheet, "wrong")).to_be_empty()
    expect(out(sheet, "left")).to_be_visible()
    assert points(sheet) == before


# --- a paste, and back


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_paste_counts_what_the_server_refused_and_is_taken_back(sheet: Page, way: str) -> None:
    before = points(sheet)
    cell(sheet, "I.1").focus()
    paste(sheet, "7\r\n99\r\nabc\r\n6,5\r\n88")
    expect(out(sheet, "report")).to_have_text(
        "Đã dán 2 ô. Không nhận 3 ô: dòng I.3, “abc” không phải số; "
        "dòng I.2, nhập từ 0 đến 10,0; dòng I.5, nhập từ 0 đến 10,0."
    )
    expect(out(sheet, "undo")).to_be_in_viewport()
    if way == "button":
        sheet.click("text=Hoàn tác")
    else:
        sheet.keyboard.press("Control+z")

    expect(out(sheet, "report")).to_have_text("Đã bỏ lần dán, 4 ô trở về số cũ.")
    answered(sheet)
    expect(out(sheet, "wrong")).to_be_empty()
    expect(out(sheet, "undo")).to_be_empty()
    sheet.reload()
    assert points(sheet) == before


def test_what_was_typed_after_a_paste_is_not_taken_back(sheet: Page) -> None:
    before = points(sheet)
    cell(sheet, "I.1").focus()
    paste(sheet, "7\r\n99\r\n6")
    expect(out(sheet, "report")).to_contain_text("Đã dán 2 ô. Không nhận 1 ô")
    type_in(sheet, "I.3", "5,5")
    expect(word(sheet, "I.3")).to_have_text("Đã lưu")
    sheet.click("text=Hoàn tác")
    expect(out(sheet, "report")).to_have_text("Đã bỏ lần dán, 2 ô trở về số cũ.")
    answered(sheet)
    assert points(sheet)[:3] == [*before[:2], "5,5"]

    type_in(sheet, "I.3", before[2])
    expect(word(sheet, "I.3")).to_have_text("Đã lưu")


def test_a_figure_below_zero_is_asked_about_beside_its_cell(sheet: Page) -> None:
    before = cell(sheet, "I.1", "result").input_value()
    place = sheet.locator("td", has=cell(sheet, "I.1", "result"))
    type_in(sheet, "I.1", "-5", "result")
    expect(place.locator(".doubt")).to_have_text("Kết quả âm. Kiểm tra lại.")
    sheet.reload()
    expect(place.locator(".doubt")).to_have_text("Kết quả âm. Kiểm tra lại.")
    type_in(sheet, "I.1", before, "result")

    expect(place.locator(".doubt")).to_have_count(0)


# --- a lost line, two windows


def test_without_a_line_the_reason_of_another_row_does_not_stay(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=site.url)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda problem: faults.append(str(problem)))
    log_in(page, "officer")
    page.click("a:has-text('Chấm tiếp')")
    cell(page, "I.1").focus()
    expect(page.locator("#vi-sao")).to_contain_text("Dòng I.1")
    context.set_offline(True)
    cell(page, "I.2").focus()

    expect(page.locator("#vi-sao")).to_contain_text("Không xem được dòng này: không có mạng")
    expect(page.locator("#vi-sao")).not_to_contain_text("Dòng I.1")
    context.set_offline(False)
    cell(page, "I.3").focus()
    expect(page.locator("#vi-sao")).to_contain_text("Dòng I.3")
    assert faults == []
    context.close()


def test_the_cell_somebody_is_in_stays_in_sight_when_a_quarrel_opens_above_it(
    sheet: Page, browser: Browser, site: Site
) -> None:
    before = points(sheet)
    with watched(browser, base_url=site.url) as other:
        log_in(other, "officer")
        other.click("a:has-text('Chấm tiếp')")
        type_in(other, "I.4", "7,5")
        expect(word(other, "I.4")).to_have_text("Đã lưu")
    type_in(sheet, "I.4", "7")
    here = top(cell(sheet, "I.5"))
    expect(sheet.locator("tr.choose")).to_be_visible()

    expect(cell(sheet, "I.5")).to_be_focused()
    assert abs(top(cell(sheet, "I.5")) - here) < 24  # the word under the other cell takes a line
    assert top(cell(sheet, "I.5")) + 40 < top(sheet.locator(".sum"))
    sheet.click("text=Lấy 7,5 ở cửa sổ kia")
    type_in(sheet, "I.4", before[3])
    expect(word(sheet, "I.4")).to_have_text("Đã lưu")


# --- the window belongs to the table


def test_the_head_leaves_the_window_to_the_table(sheet: Page) -> None:
    assert top(sheet.locator("table[data-score]")) < 190
    assert abs(top(sheet.locator(".step")) - top(sheet.locator(".filters"))) < 16
    facts = sheet.locator(".facts > span")
    assert len({round(top(facts.nth(place)) / 8) for place in range(facts.count())}) == 1
    names = [top(sheet.locator(".bar > .plain").nth(place)) for place in (0, 1)]
    assert names[0] == names[1]

    bottom = top(sheet.locator(".sum"))
    seen = [one for one in sheet.locator("tr[data-line]").all() if top(one) + 60 < bottom]
    assert len(seen) >= 5
    box = sheet.get_by_label("Đã rà soát, không có vi phạm nào khác").first
    words = sheet.locator("label.check", has=box)
    left = words.evaluate(
        """(label) => {
          const range = document.createRange();
          range.selectNodeContents(label.lastChild);
          const box = label.querySelector("input").getBoundingClientRect();
          return range.getBoundingClientRect().left - box.right;
        }"""
    )
    assert left >= 0
