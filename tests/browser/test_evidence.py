"""Evidence in a real browser: files dropped, a broken line, a closed page, the quick view.

On a running copy of the demo, as the officer of the practice bloc.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.live import Site, log_in, picture
from tests.platform.documents.samples import pact
from tests.platform.files.corpus import png
from tests.stories.official import Official
from thidua.platform.documents.pdf import to_pdf
from thidua.platform.documents.word import to_word

pytestmark = pytest.mark.browser

PACT = to_pdf(pact())
PIECES = "**/minh-chung/nap/phan/**"
PLAIN = "27-BC-SCT 05.11.2026 Báo cáo năm.pdf"
DROP = """
([files, where]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    carried.items.add(new File([bytes], name, { lastModified: 1 }));
  }
  for (const kind of ["dragover", "drop"]) {
    const given = { dataTransfer: carried, bubbles: true, cancelable: true };
    document.querySelector(where).dispatchEvent(new DragEvent(kind, given));
  }
}
"""


@pytest.fixture
def officer(desk: Page) -> Official:
    """The officer before the page that takes files."""
    log_in(desk, "officer")
    person = Official(desk)
    open_loading(person)
    return person


def open_loading(person: Official) -> None:
    """From the year's step to the page that takes files."""
    open_library(person)
    person.follow("Nạp tệp")
    person.stands_at("Nạp minh chứng")


def open_library(person: Official) -> None:
    person.step("Phong trào, tiến độ")
    person.follow("Mở trang của đơn vị tôi")
    address = urlsplit(person.page.url).path
    person.open(f"{address}minh-chung/")
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Kho minh chứng")


def dropped(person: Official, *files: tuple[str, bytes], where: str = "[data-drop]") -> None:
    """Let files go over a place of the page."""
    packed = [[name, base64.b64encode(content).decode()] for name, content in files]
    person.page.evaluate(DROP, [packed, where])


def unlike(mark: str, *, size: int = 0) -> bytes:
    """A picture whose content no other test has."""
    return png(text=f"{mark} ".encode() + b"x" * size)


def offsets(page: Page) -> list[int]:
    """Where each piece begins that is sent from now on."""
    sent: list[int] = []

    def note(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(int(parse_qs(urlsplit(route.request.url).query)["tu"][0]))
        route.fallback()

    page.route(PIECES, note)
    return sent


def line(person: Official, name: str) -> str:
    """What is said of one file."""
    return person.main.locator("[data-files] li", has_text=name).locator(".file-words").inner_text()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_files_dropped_at_once_go_in_one_by_one_and_each_is_told(officer: Official) -> None:
    assert violations(officer.page) == []
    dropped(
        officer,
        (PLAIN, PACT),
        ("bản sao.pdf", PACT),
        ("trống.pdf", b""),
        ("cài đặt.pdf", b"MZ" + b"\x00" * 300),
        where="h1",
    )
    officer.sees("Đã nạp 1 tệp, 1 tệp đã có trong kho, 2 tệp không nhận được.")

    assert line(officer, PLAIN).strip() == "Đã nạp vào kho."
    assert "Đã có trong kho, ở văn bản 27/BC-SCT" in line(officer, "bản sao.pdf")
    assert "Tệp rỗng, không có nội dung." in line(officer, "trống.pdf")
    assert "Đây là chương trình" in line(officer, "cài đặt.pdf")
    assert violations(officer.page) == []
    picture(officer.page, "evidence-1-loaded")
    officer.follow("Ghi thông tin 1 văn bản vừa nạp")
    expect(officer.labelled(f"Số, ký hiệu, {PLAIN}")).to_have_value("27/BC-SCT")
    expect(officer.labelled(f"Ngày ban hành, {PLAIN}")).to_have_value("05/11/2026")
    officer.fill(f"Dẫn ở dòng, {PLAIN}", "I.1 trang 1; X.9")
    assert violations(officer.page) == []
    picture(officer.page, "evidence-2-table")
    officer.follow("Ghi và dẫn")
    officer.sees("Không có dòng “X.9”.")
    officer.fill(f"Dẫn ở dòng, {PLAIN}", "I.1 trang 1; I.2 trang 1")
    officer.follow("Ghi và dẫn")
    officer.sees("Đã ghi thông tin 1 văn bản, dẫn ở 2 chỗ.")
    assert violations(officer.page) == []
    picture(officer.page, "evidence-3-library")
    look_at_the_document(officer)


def look_at_the_document(officer: Official) -> None:
    """The cited page stands beside the lines; nothing breaks the strict policy."""
    officer.follow("Báo cáo năm")
    officer.sees("Xem nhanh, trang 1 trong 1")
    drawn = officer.main.locator(".leaf img")
    expect(drawn).to_have_js_property("complete", value=True)
    assert drawn.evaluate("(one) => one.naturalWidth") > 1000
    officer.follow("Chữ trên trang này")
    officer.sees("GIAO ƯỚC THI ĐUA")
    officer.sees("dẫn ở 2 dòng")
    assert violations(officer.page) == []
    picture(officer.page, "evidence-4-document")


def test_a_broken_line_goes_on_where_it_stopped(officer: Official) -> None:
    sent, broken = offsets(officer.page), list[int]()

    def break_twice(route: Route) -> None:
        if route.request.method == "POST" and len(sent) in (1, 2) and len(broken) < 2:
            broken.append(len(sent))
            route.abort("connectionreset")
        else:
            route.fallback()

    officer.page.route(PIECES, break_twice)
    dropped(officer, ("đứt.png", unlike("dut", size=1_400_000)))
    officer.sees("Đã nạp 1 tệp.")

    assert len(broken) == 2
    assert sent == [0, 524_288, 1_048_576]  # those that reached the server, each once


def test_a_closed_page_goes_on_when_the_same_file_is_chosen_again(officer: Official) -> None:
    file = ("đóng.png", unlike("dong", size=1_400_000))
    hold = officer.page.route

    def first_only(route: Route) -> None:
        begins = parse_qs(urlsplit(route.request.url).query).get("tu", ["0"])[0]
        if begins == "0":
            route.continue_()
        else:
            route.abort("internetdisconnected")

    hold(PIECES, first_only)
    dropped(officer, file)
    officer.sees("Mất mạng, gửi tiếp sau")
    officer.page.unroute(PIECES)
    officer.page.on("dialog", lambda asked: asked.accept())
    officer.page.reload()
    sent = offsets(officer.page)
    dropped(officer, file)
    officer.sees("Đã nạp 1 tệp.")

    assert sent == [524_288, 1_048_576]


def test_leaving_while_a_file_is_on_its_way_asks_first(officer: Official) -> None:
    asked: list[str] = []
    officer.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    officer.page.route(PIECES, lambda route: route.abort("internetdisconnected"))
    dropped(officer, ("đang đi.png", unlike("dang di")))
    officer.sees("Mất mạng, gửi tiếp sau")
    officer.page.locator("h1").click()  # browsers ask only people who did something on the page
    officer.page.reload()

    assert asked == ["beforeunload"]


def test_word_is_shown_in_the_page(officer: Official) -> None:
    dropped(officer, ("giao ước.docx", to_word(pact())))
    officer.sees("Đã nạp 1 tệp.")
    open_library(officer)
    officer.follow("Giao ước")
    officer.sees("Xem nhanh chỉ hiện chữ và bảng")
    officer.sees("GIAO ƯỚC THI ĐUA")
    assert violations(officer.page) == []
    picture(officer.page, "evidence-5-word")


def test_without_javascript_many_files_go_in_and_are_filled_in(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    log_in(page, "officer")
    person = Official(page)
    open_loading(person)
    paths = [tmp_path / f"{number}-BC-SCT 05.11.2026 Báo cáo quý.png" for number in (1, 2)]
    for path in paths:
        path.write_bytes(unlike(path.name[0]))
    page.set_input_files("#files", paths)
    person.follow("Nạp các tệp đã chọn")
    person.sees("Đã nạp 2 tệp. Ghi thông tin và chọn dòng dẫn.")
    page.get_by_label(re.compile(r"^Dẫn ở dòng, 1-BC")).fill("I.1 trang 3")
    person.follow("Ghi và dẫn")
    person.sees("Đã ghi thông tin 2 văn bản, dẫn ở 1 chỗ.")
    page.get_by_label(re.compile("^Tìm số")).fill("1 bc sct")
    person.follow("Xem")
    person.sees("I.1, trang 3")
    context.close()
