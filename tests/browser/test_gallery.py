"""The look and the score table in a real browser, on the gallery page.

Needs a `page` fixture: a fresh Playwright page of Chromium. The gallery is served by a small server
of its own, without gate and database (tests/web/gallery.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from tests.web import gallery

pytestmark = pytest.mark.browser

DESK, PHONE, NARROW = (1366, 768), (390, 844), (320, 640)
SAVE = "**/mau/luu/"
POINTS = '[data-field="points"][data-code="{}"]'


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    """The gallery on a port of its own, with an untouched sheet behind it."""
    for name, value in gallery.SETTINGS.items():
        setattr(settings, name, value)
    gallery.SHEET.__init__()  # type: ignore[misc]  # forget what another test saved
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/mau/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def shown(page: Page, address: str) -> Iterator[Page]:
    """The gallery at 1366x768; a refused style, a script error or a lost file fails the test."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.goto(address)
    yield page
    expected = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", " 409 ", " 422 ", " 403 ", " 500 ")
    assert [one for one in troubles if not any(code in one for code in expected)] == []


def look(page: Page, address: str, size: tuple[int, int], chosen: dict[str, str]) -> None:
    """Open the gallery in a window of that size with these remembered choices."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    for name, value in chosen.items():
        page.evaluate("([name, value]) => thidua.prefer(name, value)", [name, value])
    page.reload()


def width(place: Locator) -> float:
    """How wide something is on the screen, in pixels."""
    box = place.bounding_box()
    assert box is not None
    return box["width"]


def point(page: Page, code: str) -> Locator:
    """The cell of self-scored points of one line."""
    return page.locator(POINTS.format(code))


def word(page: Page, code: str) -> Locator:
    """The word under that cell."""
    return page.locator("td", has=point(page, code)).locator(".sc-word")


def paste(page: Page, text: str) -> None:
    """Paste a text into the cell that has the focus, as Excel puts it on the clipboard."""
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const options = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def sent(code: str) -> list[str]:
    """The values that reached the server for one line, in order."""
    return [one["value"] for one in gallery.SHEET.asked if one["code"] == code]


# --- how it looks


@pytest.mark.parametrize(
    ("size", "chosen"),
    [
        (DESK, {}),
        (DESK, {"size": "3"}),
        (DESK, {"theme": "dark"}),
        (DESK, {"dense": "1"}),
        (PHONE, {}),
        (NARROW, {}),
        ((683, 384), {}),  # 1366x768 at 200 %
    ],
)
def test_the_gallery_has_no_accessibility_violation_and_fits(
    shown: Page, address: str, size: tuple[int, int], chosen: dict[str, str]
) -> None:
    look(shown, address, size, chosen)

    found = Axe().run(shown).response
    wider = shown.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 30
    assert wider == 0


def test_the_work_table_with_its_rail_has_no_violation(shown: Page, address: str) -> None:
    shown.goto(f"{address}?rail=1")

    assert [one["id"] for one in Axe().run(shown).response["violations"]] == []


def test_the_rail_shows_a_name_on_keyboard_focus_and_can_be_pinned(
    shown: Page, address: str
) -> None:
    shown.goto(f"{address}?rail=1")
    name = shown.locator(".nav a .name").first
    assert width(name) == 1

    shown.keyboard.press("Tab")
    shown.locator(".nav a").first.focus()
    assert width(name) > 50
    shown.click("[data-pin]")
    shown.reload()

    assert width(shown.locator(".nav")) > 200


def test_text_size_goes_round_in_three_steps_and_is_remembered(shown: Page) -> None:
    measured = []
    for _ in range(3):
        shown.locator(".bar > [data-size-btn]").click()
        shown.reload()
        measured.append(shown.evaluate("getComputedStyle(document.documentElement).fontSize"))

    assert measured == ["18px", "20px", "16px"]


def test_paper_holds_no_controls_and_repeats_the_heads(shown: Page) -> None:
    shown.emulate_media(media="print")

    expect(shown.locator(".bar")).to_be_hidden()
    expect(shown.locator(".nav")).to_be_hidden()
    expect(shown.locator(".btn:visible")).to_have_count(0)
    assert (
        shown.evaluate(
            "Array.from(document.querySelectorAll('thead'), (h) => getComputedStyle(h).display)"
        )
        == ["table-header-group"] * 2
    )


def test_menus_close_with_escape_and_give_the_focus_back(shown: Page) -> None:
    shown.click("details.who > summary")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Escape")

    expect(shown.locator("details[open]")).to_have_count(0)
    assert shown.evaluate("document.activeElement.tagName") == "SUMMARY"


# --- acts that ask once


def test_adopting_waits_for_the_word_in_the_dialog(shown: Page) -> None:
    shown.click('[data-open="hoi-thong-qua"]')
    go = shown.locator('dialog[open] [type="submit"]')
    expect(go).to_have_attribute("aria-disabled", "true")
    go.click(force=True)
    expect(shown.locator('[data-live="assertive"]')).to_have_text("Gõ “thông qua” để xác nhận.")

    shown.fill("dialog[open] [data-word]", "Thông qua")
    go.click()

    expect(shown.locator("body")).to_have_text("đã thông qua")


def test_without_javascript_the_same_button_asks_on_a_page(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    assert plain.locator(".js-only:visible").count() == 0

    plain.click('[data-open="hoi-thong-qua"]')
    assert plain.locator("h1").inner_text() == "Thông qua kết quả chấm điểm năm 2017?"
    plain.fill("#tu-thong-qua", "thông qua")
    plain.click("button.go")

    assert plain.locator("body").inner_text() == "đã thông qua"
    context.close()


# --- the score table


def test_keys_move_through_the_table_as_in_a_spreadsheet(shown: Page) -> None:
    def at() -> str:
        return str(
            shown.evaluate(
                "(({code, field}) => `${code} ${field}`)(document.activeElement.dataset)"
            )
        )

    point(shown, "I.1").focus()
    steps = []
    for key in ("Enter", "ArrowDown", "Shift+Enter", "Home", "ArrowLeft", "Control+End", "ArrowUp"):
        shown.keyboard.press(key)
        steps.append(at())

    assert steps == [
        "I.2 points", "I.3 points", "I.2 points",  # down, down, back
        "I.2 points", "I.2 result",  # Home first goes to the start of the text
        "I.6 points", "I.5 points",
    ]  # fmt: skip


def test_escape_restores_what_is_saved(shown: Page) -> None:
    cell = point(shown, "I.1")
    cell.fill("12")
    cell.press("Escape")
    cell.press("Enter")

    expect(cell).to_have_value("59,5")
    assert gallery.SHEET.asked == []


def test_a_cell_is_saved_when_it_is_left(shown: Page) -> None:
    cell = point(shown, "I.1")
    cell.fill("57.5")
    cell.press("Enter")

    expect(word(shown, "I.1")).to_have_text("Đã lưu")
    expect(cell).to_have_value("57,5")
    expect(cell).to_have_attribute("data-version", "2")
    expect(shown.locator('[data-out="total"]')).to_have_text("949,0")
    expect(shown.locator('[data-out="saved_at"]')).to_have_text("Đã lưu lúc 14:33")
    expect(shown.locator('[data-live="polite"]')).to_have_text("Dòng I.1 đã lưu.")
    (asked,) = gallery.SHEET.asked
    assert {name: asked[name] for name in ("code", "field", "value", "seen")} == {
        "code": "I.1", "field": "points", "value": "57.5", "seen": "1",
    }  # fmt: skip
    assert len(asked["request_id"]) == 36


def test_two_fields_of_one_line_changed_on_a_weak_line_do_not_collide(shown: Page) -> None:
    gallery.SHEET.slow.set()
    shown.locator('[data-field="result"][data-code="I.1"]').fill("40")
    point(shown, "I.1").fill("41")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("Đang lưu")
    gallery.SHEET.quick.set()

    expect(point(shown, "I.1")).to_have_attribute("data-version", "3")
    assert [one["seen"] for one in gallery.SHEET.asked] == ["1", "2"]


def test_what_is_no_number_stays_in_the_cell_with_words(shown: Page) -> None:
    point(shown, "I.1").fill("abc")
    point(shown, "I.1").press("Enter")

    expect(word(shown, "I.1")).to_have_text("Không đọc được “abc”. Nhập số, ví dụ 57,5.")
    expect(point(shown, "I.1")).to_have_attribute("aria-invalid", "true")
    assert gallery.SHEET.asked == []


def test_a_refused_value_keeps_the_text_and_holds_back_sending(shown: Page) -> None:
    point(shown, "I.1").fill("61")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("Nhập từ 0 đến 60,0.")
    shown.click("[data-guard]")

    expect(point(shown, "I.1")).to_have_value("61")
    expect(point(shown, "I.1")).to_be_focused()
    expect(shown.locator('[data-out="report"]')).to_have_text(
        "Ô ở dòng I.1 chưa lưu được. Xem lại ô đó rồi bấm lại."
    )


@pytest.mark.parametrize(
    ("button", "value", "arrived"),
    [("Giữ 27,0 của bạn", "27,0", ["27,0", "27,0"]), ("Lấy 26,0 của", "26,0", ["27,0"])],
)
def test_two_editors_choose_and_nothing_is_overwritten_before(
    shown: Page, button: str, value: str, arrived: list[str]
) -> None:
    gallery.SHEET.versions["I.1"] = 5
    point(shown, "I.1").fill("27,0")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("2 người sửa")
    expect(shown.locator("tr.choose p")).to_have_text(
        "Chuyên viên, Sở Y tế vừa sửa thành 26,0 lúc 14:30. Bạn nhập 27,0. Chọn một."
    )
    assert "I.1 points" not in gallery.SHEET.values

    shown.get_by_role("button", name=button).click()

    expect(point(shown, "I.1")).to_have_value(value)
    expect(point(shown, "I.1")).to_have_attribute("aria-invalid", "false")
    expect(shown.locator("tr.choose")).to_have_count(0)
    shown.wait_for_timeout(200)
    assert sent("I.1") == arrived


def test_changes_made_offline_are_sent_later_in_order_and_once(shown: Page) -> None:
    shown.context.set_offline(True)
    for code, value in (("I.1", "40"), ("I.2", "41"), ("I.3", "42")):
        point(shown, code).fill(value)
        point(shown, code).press("Enter")
    expect(shown.locator('[data-out="trouble"]')).to_contain_text(
        "Mất mạng. 3 ô giữ trên máy này, tự gửi khi có mạng."
    )
    expect(word(shown, "I.3")).to_have_text("Chờ gửi")
    assert gallery.SHEET.asked == []

    shown.context.set_offline(False)

    expect(word(shown, "I.3")).to_have_text("Đã lưu")
    expect(shown.locator('[data-out="trouble"]')).to_be_empty()
    assert [one["value"] for one in gallery.SHEET.asked] == ["40", "41", "42"]


def test_a_lost_answer_is_asked_for_again_under_the_same_id(shown: Page) -> None:
    lost: list[int] = []

    def lose_once(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)  # the server did it, the answer never arrives
        route.abort()

    shown.route(SAVE, lose_once)
    point(shown, "I.1").fill("40")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("Đã lưu", timeout=8000)

    first, second = gallery.SHEET.asked
    assert first == second
    assert gallery.SHEET.versions["I.1"] == 2


def test_changes_survive_closing_the_page(shown: Page, address: str) -> None:
    shown.route(SAVE, lambda route: route.abort())
    point(shown, "I.1").fill("40")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("Chờ gửi")
    shown.unroute(SAVE)
    shown.on("dialog", lambda dialog: dialog.accept())
    shown.goto(f"{address}?rail=1")

    expect(word(shown, "I.1")).to_have_text("Đã lưu")
    expect(point(shown, "I.1")).to_have_value("40,0")
    assert sent("I.1") == ["40"]


def test_leaving_warns_while_something_is_not_saved(shown: Page, address: str) -> None:
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    shown.on("dialog", agree)
    shown.route(SAVE, lambda route: route.abort())
    point(shown, "I.1").fill("40")
    point(shown, "I.1").press("Enter")
    expect(word(shown, "I.1")).to_have_text("Chờ gửi")

    shown.goto(address)

    assert asked == ["beforeunload"]


def test_an_ended_session_stops_sending_and_keeps_the_text(shown: Page) -> None:
    shown.route(SAVE, lambda route: route.fulfill(status=403, body="<h1>403</h1>"))
    point(shown, "I.1").fill("40")
    point(shown, "I.1").press("Enter")
    expect(shown.locator('[data-out="trouble"]')).to_contain_text("Đăng nhập lại ở cửa sổ khác")
    shown.unroute(SAVE)
    shown.get_by_role("button", name="Gửi lại").click()

    expect(word(shown, "I.1")).to_have_text("Đã lưu")
    assert sent("I.1") == ["40"]


def test_a_column_pasted_from_excel_fills_downward_and_names_what_it_refuses(shown: Page) -> None:
    point(shown, "I.1").focus()
    paste(shown, "50\r\n51.5\r\nabc\r\n\r\n53\r\n54\r\n55\r\n")

    expect(word(shown, "I.6")).to_have_text("Đã lưu")
    expect(shown.locator('[data-out="report"]')).to_have_text(
        "Đã dán 3 ô. Bỏ qua 1 ô trống. 1 giá trị cuối không có dòng hoặc cột để nhận. "
        "Không nhận 2 ô: dòng I.3, “abc” không phải số; dòng I.5, ô đã khóa."
    )
    values = [
        point(shown, code).input_value() for code in ("I.1", "I.2", "I.3", "I.4", "I.5", "I.6")
    ]
    assert values == ["50,0", "51,5", "57,0", "57,0", "57,0", "54,0"]
    assert [one["code"] for one in gallery.SHEET.asked] == ["I.1", "I.2", "I.6"]


def test_the_row_one_is_in_is_marked_without_moving_the_focus(shown: Page) -> None:
    point(shown, "I.3").focus()

    expect(shown.locator("tr[aria-current]")).to_have_attribute("data-line", "I.3")
    expect(point(shown, "I.3")).to_be_focused()
