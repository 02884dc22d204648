"""The head draws who verifies whom, by keyboard, from Việc cần làm to a file anybody repeats."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.build import PASSWORD
from tests.live import ROOT, Site, environment, log_in, run, serving, watched
from tests.stories.closed_bloc import DAY, UNITS
from tests.stories.crawl import violations
from tests.stories.official import Official

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running bloc of nine whose self-scores closed yesterday."""
    folder = tmp_path_factory.mktemp("draw") / "data"
    made = subprocess.run(
        [sys.executable, "-m", "tests.stories.closed_bloc"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    with serving(folder, today=DAY.isoformat()) as running:
        yield running


@pytest.fixture
def head(browser: Browser, closed: Site) -> Iterator[Official]:
    """The head at an office screen."""
    with watched(browser, base_url=closed.url) as page:
        page.goto("/dang-nhap/")
        page.fill("input[name=username]", "head@mau.vn")
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Việc cần làm')")
        yield Official(page)


def tab_to(page: Page, name: str) -> None:
    """Go forward with the keyboard until the control of that name has the focus."""
    script = "e => (e.labels?.[0]?.innerText || e.innerText || '').trim()"
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.locator(":focus").evaluate(script).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def choose(page: Page, label: str, place: int) -> None:
    """Choose the option of a list by arrows."""
    tab_to(page, label)
    for _step in range(place):
        page.keyboard.press("ArrowDown")


def test_the_head_draws_by_keyboard_and_anybody_repeats_it(head: Official, tmp_path: Path) -> None:
    page = head.page
    first = head.main.locator(".task").first
    expect(first).to_contain_text("Bốc thăm thẩm định chéo")
    head.picture("draw-1-task")
    tab_to(page, "Bốc thăm")
    page.keyboard.press("Enter")
    head.stands_at("Bốc thăm thẩm định chéo")
    assert violations(page) == []

    tab_to(page, "Các chữ số bốc được")
    page.keyboard.type("12345")
    choose(page, "Đơn vị chứng kiến thứ nhất", 1)
    choose(page, "Đơn vị chứng kiến thứ hai", 2)
    tab_to(page, "Bốc thăm")
    page.keyboard.press("Enter")
    head.sees("Ghi các chữ số bốc được theo thứ tự, từ 6 đến 60 chữ số.")
    assert violations(page) == []
    head.picture("draw-2-refused")

    head.fill("Các chữ số bốc được", "48 29 15")
    tab_to(page, "Bốc thăm")
    page.keyboard.press("Enter")
    head.sees("Bốc thăm với các chữ số 48 29 15?")
    assert violations(page) == []
    tab_to(page, "Bốc thăm")
    page.keyboard.press("Enter")
    head.sees("Đã bốc thăm. Các đơn vị thẩm định được báo qua thư.")
    expect(
        head.main.get_by_role("region", name="Kết quả bốc thăm").get_by_role("row")
    ).to_have_count(UNITS + 1)
    head.picture("draw-3-drawn")

    tab_to(page, "Kiểm tra lại")
    page.keyboard.press("Enter")
    head.sees("Đã tính lại từ đầu: dấu gốc, hạt giống và phân công đều đúng như đã ghi.")
    assert violations(page) == []
    head.picture("draw-4-checked")
    said = run(["draw", str(head.download("Tệp điều kiện", tmp_path))], tmp_path)
    assert said.splitlines()[-1] == "Khớp với kết quả ghi trong tệp."


def test_the_task_is_gone_once_checkers_are_drawn(head: Official) -> None:
    head.open("/")
    head.stands_at("Việc cần làm")
    expect(head.main.get_by_text("Bốc thăm thẩm định chéo")).to_have_count(0)


def test_hue_shows_its_made_up_draw_with_the_mark(desk: Page) -> None:
    log_in(desk, "officer")
    person = Official(desk)
    person.take_position("Tỉnh Thừa Thiên Huế")
    person.step("Khối và đơn vị")
    person.follow("Bốc thăm thẩm định chéo")
    person.sees("251217")
    rows = person.main.get_by_role("region", name="Kết quả bốc thăm").get_by_role("row").all()[1:]
    assert all("°" in row.inner_text() for row in rows)
    person.follow("Kiểm tra lại")
    person.sees("Đã tính lại từ đầu: dấu gốc, hạt giống và phân công đều đúng như đã ghi.")
    person.picture("draw-5-hue")
