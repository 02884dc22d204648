"""The score desk in a real browser: 176 lines, 9 units, the product's own server.

What the gallery shows of single cells is tested in test_gallery; here are the table as a whole, the
ways through it, and what stays when the line is lost or somebody leaves and comes back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from bench import _bloc
from tests.browser.test_gallery import paste
from tests.live import ROOT, environment, watched

pytestmark = pytest.mark.browser

expect.set_options(timeout=20_000)  # other work may run beside the tests
OWN = 2  # the unit of the officer
LINES = 176


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> _bloc.Ground:
    """A bloc of nine units that have scored every line, nobody has sent."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    done = subprocess.run(
        [sys.executable, "-m", "bench._bloc", str(folder)],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return _bloc.Ground(**json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def address(ground: _bloc.Ground) -> Iterator[str]:
    with _bloc.served(ground) as url:
        yield url


@contextmanager
def opened(
    browser: Browser, address: str, ground: _bloc.Ground, *, who: str = "officer", width: int = 1366
) -> Iterator[Page]:
    """A page of somebody who is logged in."""
    with watched(browser, base_url=address, width=width) as page:
        cookie = {"name": "sessionid", "value": ground.cookies[who], "url": address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a typed dict by its content
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        yield page


@pytest.fixture
def sheet(browser: Browser, address: str, ground: _bloc.Ground) -> Iterator[Page]:
    """The officer's own sheet."""
    with opened(browser, address, ground) as page:
        page.goto(ground.sheet(OWN))
        expect(page.locator("tr[data-later]")).to_have_count(0)
        yield page


@pytest.fixture
def table(browser: Browser, address: str, ground: _bloc.Ground) -> Iterator[Page]:
    """The bloc's table, seen by its head."""
    with opened(browser, address, ground, who="head") as page:
        page.goto(ground.table)
        expect(page.locator("tr[data-later]")).to_have_count(0)
        yield page


def cell(page: Page, code: str, field: str = "points") -> Locator:
    return page.locator(f'[data-field="{field}"][data-code="{code}"]')


def word(page: Page, code: str, field: str = "points") -> Locator:
    return page.locator("td", has=cell(page, code, field)).locator(".sc-word")


def at(page: Page) -> str:
    """Where the focus is: line and field."""
    return str(
        page.evaluate("(({code, field}) => `${code} ${field}`)(document.activeElement.dataset)")
    )


def type_in(page: Page, code: str, value: str, field: str = "points") -> None:
    cell(page, code, field).fill(value)
    cell(page, code, field).press("Enter")


# --- keys


def test_a_column_is_walked_down_whatever_its_lines_ask_for(sheet: Page) -> None:
    cell(sheet, "16", "value").focus()
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter", "Shift+Enter", "ArrowUp"):
        sheet.keyboard.press(key)
        seen.append(at(sheet))

    assert seen == [
        "20 result", "21 result", "22 result",  # 17 to 19 are judged: no figure to give
        "23 result", "22 result", "21 result",
    ]  # fmt: skip


def test_arrows_pass_a_list_and_a_letter_chooses_in_it(sheet: Page) -> None:
    before = cell(sheet, "2", "value").input_value()
    cell(sheet, "1", "value").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        sheet.keyboard.press(key)
    assert at(sheet) == "2 value"
    assert cell(sheet, "2", "value").input_value() == before

    sheet.keyboard.press("k" if before == "co" else "c")
    sheet.keyboard.press("Enter")

    assert at(sheet) == "3 value"
    expect(word(sheet, "2", "value")).to_have_text("Đã lưu")
    assert sheet.url.endswith("/")  # Enter in a list has not sent the form


def test_right_and_left_go_to_the_next_cell_when_its_text_is_chosen(sheet: Page) -> None:
    cell(sheet, "1", "value").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "End", "Control+Home"):
        sheet.keyboard.press(key)
        seen.append(at(sheet))

    assert seen == [
        "1 points", "1 reason", "1 points",
        "1 points", "1 reason",  # End first goes to the end of the text
        "1 value",
    ]  # fmt: skip


# --- copying and pasting


def test_a_column_is_picked_with_shift_and_copied_as_excel_expects(sheet: Page) -> None:
    codes = ["7", "8", "9a"]
    texts = [cell(sheet, code).input_value() for code in codes]
    cell(sheet, "7").focus()
    for _ in range(2):
        sheet.keyboard.press("Shift+ArrowDown")
    expect(sheet.locator("td.picked")).to_have_count(3)
    expect(sheet.locator('[data-live="polite"]')).to_have_text(
        "Đã chọn 3 dòng, từ 7 đến 9a. Ctrl+C để chép."
    )
    sheet.keyboard.press("Control+c")

    assert sheet.evaluate("navigator.clipboard.readText()") == "\r\n".join(texts)
    sheet.keyboard.press("Escape")
    expect(sheet.locator("td.picked")).to_have_count(0)


def test_what_is_copied_to_the_end_is_one_line_a_row(sheet: Page) -> None:
    cell(sheet, "1", "value").focus()
    sheet.keyboard.press("Control+Shift+ArrowDown")
    sheet.keyboard.press("Control+c")

    lines = sheet.evaluate("navigator.clipboard.readText()").split("\r\n")
    rows = sheet.locator("tr[data-line]").all_inner_texts()
    last = sheet.locator("tr[data-line]", has=sheet.locator(".picked")).last.inner_text()
    assert len(lines) == rows.index(last) + 1
    assert lines[0] in ("Có", "Không")
    assert lines[7] == ""  # line 7, after 6a and 6b, is judged and has no figure


def test_a_column_with_heading_and_gaps_enters_where_it_belongs(sheet: Page) -> None:
    kept = cell(sheet, "10").input_value()
    cell(sheet, "7").focus()
    paste(sheet, "Tự chấm\r\n12,5\r\n7,25\r\n\r\n9,0\r\n8,5\r\n")

    expect(sheet.locator('[data-out="report"]')).to_have_text(
        "Đã dán 4 ô. Bỏ qua dòng tiêu đề “Tự chấm”. Bỏ qua 1 dòng nhóm."
    )
    expect(word(sheet, "9b")).to_have_text("Đã lưu")
    values = [cell(sheet, code).input_value() for code in ("7", "8", "9a", "9b", "10")]
    assert values == ["12,5", "7,25", "9,0", "8,5", kept]  # the empty line stood at group 9


def test_a_column_without_the_lines_of_groups_skips_them(sheet: Page) -> None:
    cell(sheet, "7").focus()
    paste(sheet, "11\r\n6\r\n5,5\r\n4,5\r\n3,5")

    expect(sheet.locator('[data-out="report"]')).to_have_text("Đã dán 5 ô.")
    expect(word(sheet, "10")).to_have_text("Đã lưu")
    values = [cell(sheet, code).input_value() for code in ("7", "8", "9a", "9b", "10")]
    assert values == ["11,0", "6,0", "5,5", "4,5", "3,5"]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        ("1.000\r\n57,5", ["1000", "57,5"]),  # a comma elsewhere: the dot parts thousands
        ("2,000.5\r\n58.5", ["2000,5", "58,5"]),  # a dot elsewhere: the comma does
        ("3 000\r\n59,25%", ["3000", "59,25"]),
    ],
)
def test_numbers_of_a_column_are_read_the_way_it_writes_them(
    sheet: Page, texts: str, read: list[str]
) -> None:
    cell(sheet, "20", "result").focus()
    paste(sheet, texts)
    for code in ("20", "21"):
        expect(word(sheet, code, "result")).to_have_text("Đã lưu")

    assert [cell(sheet, code, "result").input_value() for code in ("20", "21")] == read


def test_a_number_of_two_readings_is_asked_about_and_not_guessed(sheet: Page) -> None:
    cell(sheet, "20", "result").focus()
    paste(sheet, "1.000\r\n20")

    expect(word(sheet, "20", "result")).to_have_text(
        "Không đọc được số “1.000”. Số này có thể hiểu là 1,0 hoặc 1000. "
        "Hãy nhập một trong hai cách."
    )
    expect(word(sheet, "21", "result")).to_have_text("Đã lưu")
    cell(sheet, "20", "result").press("Escape")


def test_choices_are_pasted_by_what_people_read(sheet: Page) -> None:
    cell(sheet, "3", "value").focus()
    paste(sheet, "Không\r\ncó\r\nđạt")

    expect(sheet.locator('[data-out="report"]')).to_have_text(
        "Đã dán 2 ô. Không nhận 1 ô: dòng 5, “đạt” không phải một lựa chọn."
    )
    assert [cell(sheet, code, "value").input_value() for code in ("3", "4")] == ["khong", "co"]


def test_pasting_over_a_folded_group_opens_it_first(sheet: Page) -> None:
    sheet.locator("tr[id='d-9'] .fold").click()
    expect(cell(sheet, "9a")).to_be_hidden()
    cell(sheet, "8").focus()
    paste(sheet, "5\r\n6\r\n7")

    expect(word(sheet, "9b")).to_have_text("Đã lưu")
    assert [cell(sheet, code).input_value() for code in ("8", "9a", "9b")] == ["5,0", "6,0", "7,0"]


# --- folding, filters, coming back


def test_folding_is_remembered_and_the_sum_of_the_group_stays(sheet: Page) -> None:
    group = sheet.locator("tr[id='d-I.1']")
    total = group.locator('[data-out="section"]').inner_text()
    group.locator(".fold").focus()
    sheet.keyboard.press("ArrowLeft")
    expect(cell(sheet, "1")).to_be_hidden()
    expect(group.locator(".fold")).to_have_attribute("aria-expanded", "false")
    sheet.reload()

    expect(cell(sheet, "1")).to_be_hidden()
    expect(group.locator('[data-out="section"]')).to_have_text(total)
    expect(group.locator(".fold")).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(cell(sheet, "1")).to_be_visible()


def test_everything_folds_to_the_sections_and_opens_again(sheet: Page) -> None:
    sheet.click("[data-fold-all]")
    expect(sheet.locator("tr[data-d]:visible")).to_have_count(sheet.locator("tr.sec").count())
    sheet.click("[data-fold-all]")

    expect(sheet.locator("tr[data-line]:visible")).to_have_count(LINES)


def test_the_way_to_a_line_and_back_keeps_row_and_filter(sheet: Page) -> None:
    type_in(sheet, "7", "")
    type_in(sheet, "8", "")
    expect(sheet.locator('[data-out="filter"][data-code="chua-cham"]')).to_have_text("2")
    sheet.click("text=chưa chấm")
    expect(sheet.locator("tr[data-line]")).to_have_count(2)
    sheet.locator("tr[data-line='8'] a.code").click()
    sheet.fill("#o-value" if sheet.locator("#o-value").count() else "#o-points", "6,5")
    sheet.click("text=Lưu dòng này")
    sheet.click("text=Về bảng")

    assert "loc=chua-cham" in sheet.url
    expect(cell(sheet, "8")).to_be_focused()
    # no longer without points, yet still shown to whoever comes from it
    expect(sheet.locator("tr[data-line]")).to_have_count(2)
    type_in(sheet, "7", "12")
    expect(word(sheet, "7")).to_have_text("Đã lưu")


def test_a_link_into_a_folded_group_opens_it(sheet: Page, ground: _bloc.Ground) -> None:
    sheet.click("[data-fold-all]")
    sheet.goto(f"{ground.sheet(OWN)}#d-9a")

    expect(cell(sheet, "9a")).to_be_focused()


def test_the_blocs_table_filters_folds_and_leads_back(table: Page) -> None:
    expect(table.locator("tr[data-d]")).to_have_count(230)
    table.click("nav.looks >> text=máy gợi ý")
    table.locator("tr[id='d-I.1'] .fold").click()
    expect(table.locator("tr[id='d-1']")).to_be_hidden()
    table.reload()
    expect(table.locator("tr[id='d-1']")).to_be_hidden()
    table.locator("tr[id='d-20'] td a").nth(2).click()
    expect(table.locator("h1")).to_contain_text("Vì sao")
    table.click(".crumb a")

    assert table.url.endswith("?buoc=may#d-20")
    expect(table.locator("tr[id='d-20']")).to_be_in_viewport()


def test_head_and_first_column_stay_in_sight(sheet: Page) -> None:
    cell(sheet, "98").focus()
    head, name = sheet.locator("thead th").first, sheet.locator("tr[id='d-98'] th")
    expect(head).to_be_in_viewport()
    sheet.locator(".scroll").first.evaluate("(area) => area.scrollTo({left: 200})")

    expect(name).to_be_in_viewport(ratio=0.5)
    shown = cell(sheet, "98").bounding_box()
    above = sheet.locator("thead").bounding_box()
    assert shown is not None
    assert above is not None
    assert shown["y"] >= above["y"] + above["height"]  # the focus is never covered


# --- two people, a lost line


def test_the_second_sees_the_firsts_value_and_name_and_chooses(
    sheet: Page, browser: Browser, address: str, ground: _bloc.Ground
) -> None:
    with opened(browser, address, ground, who="leader") as other:
        other.goto(ground.sheet(OWN))
        type_in(other, "14", "6,0")
        expect(word(other, "14")).to_have_text("Đã lưu")
    type_in(sheet, "14", "7,0")

    expect(word(sheet, "14")).to_have_text("2 người sửa")
    expect(sheet.locator("tr.choose p")).to_contain_text(
        "Lãnh đạo đơn vị, Sở Số 2 vừa sửa thành 6,0"
    )
    expect(sheet.locator('[data-live="assertive"]')).to_contain_text("Chọn một.")
    sheet.click("text=Lấy 6,0 của")
    expect(cell(sheet, "14")).to_have_value("6,0")
    sheet.reload()
    expect(cell(sheet, "14")).to_have_value("6,0")


def test_two_cells_of_one_line_are_no_quarrel(
    sheet: Page, browser: Browser, address: str, ground: _bloc.Ground
) -> None:
    with opened(browser, address, ground, who="leader") as other:
        other.goto(ground.sheet(OWN))
        type_in(other, "17", "Theo kế hoạch số 5", "reason")
        expect(word(other, "17", "reason")).to_have_text("Đã lưu")
    type_in(sheet, "17", "6,75")

    expect(word(sheet, "17")).to_have_text("Đã lưu")
    sheet.reload()
    expect(cell(sheet, "17")).to_have_value("6,75")
    expect(cell(sheet, "17", "reason")).to_have_value("Theo kế hoạch số 5")


def test_an_unsolved_quarrel_survives_closing_the_page(
    sheet: Page, browser: Browser, address: str, ground: _bloc.Ground
) -> None:
    with opened(browser, address, ground, who="leader") as other:
        other.goto(ground.sheet(OWN))
        type_in(other, "18", "3,0")
        expect(word(other, "18")).to_have_text("Đã lưu")
    type_in(sheet, "18", "4,0")
    expect(word(sheet, "18")).to_have_text("2 người sửa")
    sheet.on("dialog", lambda dialog: dialog.accept())
    sheet.goto(ground.table)
    sheet.goto(ground.sheet(OWN))

    expect(word(sheet, "18")).to_have_text("2 người sửa")
    expect(cell(sheet, "18")).to_have_value("4,0")
    sheet.click("text=Giữ 4,0 của bạn")
    expect(word(sheet, "18")).to_have_text("Đã lưu")


def test_typing_goes_on_without_a_line_and_is_sent_once_in_order(sheet: Page) -> None:
    asked: list[str] = []

    def note(one: Request) -> None:
        if one.method == "POST":
            asked.append(str(one.post_data))

    sheet.on("request", note)
    sheet.route("**/luu/", lambda route: route.abort())
    for code, value in (("24", "5"), ("25", "4,5"), ("35", "4")):
        type_in(sheet, code, value)
    expect(sheet.locator('[data-out="trouble"]')).to_contain_text("Mất mạng. 3 ô giữ trên máy này")
    asked.clear()
    sheet.unroute("**/luu/")
    sheet.click("text=Gửi lại")
    expect(word(sheet, "35")).to_have_text("Đã lưu")

    assert [one.split("&")[0] for one in asked] == ["code=24", "code=25", "code=35"]
    expect(sheet.locator('[data-out="trouble"]')).to_be_empty()


def test_what_a_filter_hides_is_sent_all_the_same(sheet: Page, ground: _bloc.Ground) -> None:
    sheet.route("**/luu/", lambda route: route.abort())
    type_in(sheet, "36", "3,5")
    expect(word(sheet, "36")).to_have_text("Chờ gửi")
    sheet.unroute("**/luu/")
    sheet.on("dialog", lambda dialog: dialog.accept())
    with sheet.expect_response("**/luu/") as answered:
        sheet.goto(f"{ground.sheet(OWN)}?loc=chua-cham")

    assert answered.value.ok
    expect(cell(sheet, "36")).to_have_count(0)
    sheet.goto(ground.sheet(OWN))
    expect(cell(sheet, "36")).to_have_value("3,5")


def test_saving_shows_only_when_it_lasts(sheet: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)  # a method of a list is nothing Playwright can wrap

    sheet.route("**/luu/", hold)
    type_in(sheet, "37", "2")
    sheet.wait_for_timeout(100)
    assert word(sheet, "37").count() == 0 or word(sheet, "37").inner_text() != "Đang lưu"
    expect(word(sheet, "37")).to_have_text("Đang lưu")
    held[0].continue_()

    expect(word(sheet, "37")).to_have_text("Đã lưu")


# --- everybody


@pytest.mark.parametrize("width", [1366, 390, 683])
@pytest.mark.parametrize("who", ["officer", "head"])
def test_both_tables_have_no_accessibility_violation(
    browser: Browser, address: str, ground: _bloc.Ground, who: str, width: int
) -> None:
    with opened(browser, address, ground, who=who, width=width) as page:
        page.goto(ground.sheet(OWN) if who == "officer" else ground.table)
        found = Axe().run(page).response
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert wider == 0


def test_a_cell_tells_its_line_its_name_and_the_most(sheet: Page) -> None:
    name = cell(sheet, "7").get_attribute("aria-label")

    assert name is not None
    assert name.startswith("Điểm tự chấm dòng 7, Tiêu chí số 7. ")
    assert name.endswith(", tối đa 20,0")


def test_at_125_percent_every_column_is_reached(sheet: Page) -> None:
    sheet.evaluate("thidua.prefer('size', '3')")
    sheet.reload()
    cell(sheet, "7", "reason").focus()

    expect(cell(sheet, "7", "reason")).to_be_in_viewport(ratio=0.9)
    assert sheet.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0


def test_without_javascript_a_section_is_saved_under_its_filter(
    browser: Browser, address: str, ground: _bloc.Ground
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    context.add_cookies([{"name": "sessionid", "value": ground.cookies["officer"], "url": address}])
    page = context.new_page()
    page.goto(f"{ground.sheet(OWN)}?loc=chua-cham")
    page.goto(ground.sheet(OWN))
    assert page.locator(".js-only:visible, .fold").count() == 0
    page.fill('[name="points:19"]', "")
    page.locator("button[name=section][value=I]").click()
    assert page.url.endswith("#d-I")
    page.click("text=chưa chấm")
    page.fill('[name="points:19"]', "1,5")
    page.click("text=Lưu cả bảng")

    assert page.url.endswith("?loc=chua-cham")
    assert page.locator("tr[data-line]").count() == 0
    page.goto(ground.sheet(OWN))
    assert page.locator('[name="points:19"]').input_value() == "1,5"
    context.close()
