"""A year of two steps and a year of seven, set and played on their pages in a real browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import live
from tests.build import PASSWORD

pytestmark = pytest.mark.browser

BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django_scopes import scope, scopes_disabled
from tests.year.scoring.build import fill, opened
from tests.year.scoring.steps_build import six_units
with scopes_disabled():
    bloc = six_units()
with scope(jurisdiction=bloc.world.jurisdiction):
    bloc.sheets = opened(bloc.world)
    fill(bloc.staff[2], bloc.sheets[2])
"""
STEPS, SHEET = "/nam/1/cham-diem/cac-buoc/", "/nam/1/cham-diem/2/"
WORKERS = ("nguoi3", "nguoi5", "nguoi4", "head", "standing")


@pytest.fixture
def bloc_site(tmp_path: Path, chromium_path: str) -> Iterator[str]:
    """A server of six units whose sheets are open; unit 2 has filled its own."""
    folder, port = tmp_path / "site", live.free_port()
    around = {**live.environment(folder), "DJANGO_SETTINGS_MODULE": "thidua.config.settings"}
    subprocess.run([sys.executable, "-c", BUILD], cwd=live.ROOT, env=around, check=True)
    serve = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--workers", "1"]
    running = subprocess.Popen(serve, cwd=live.ROOT, env=around, stderr=subprocess.STDOUT)
    try:
        live.wait_for(f"http://127.0.0.1:{port}/song/", running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)


@pytest.fixture
def steps_page(browser: Browser, bloc_site: str) -> Iterator[Page]:
    with live.watched(browser, base_url=bloc_site) as opened:
        yield opened


def enter(page: Page, who: str) -> None:
    """Log in as somebody of the bloc."""
    page.context.clear_cookies()
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", f"{who}@mau.vn")
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_selector("h1:has-text('Việc cần làm')")


def press(page: Page, verb: str) -> None:
    """Press a button that asks once, and say yes."""
    page.locator("main").get_by_role("button", name=verb).first.click()
    page.locator("dialog[open]").get_by_role("button", name=verb).click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    """Unit 2 sends its sheet."""
    enter(page, "officer")
    page.goto(f"{SHEET}gui/")
    page.get_by_role("button", name="Gửi thẩm định").click()
    page.wait_for_load_state()


def test_a_year_of_seven_steps(steps_page: Page) -> None:
    page = steps_page
    enter(page, "head")
    page.goto(STEPS)
    sentence = page.locator("#cau-nam")
    expect(sentence).to_contain_text("qua ba bước")
    for stage in ("cross", "sector", "team", "office"):
        page.check(f"input[name=use_{stage}]")
    for stage in ("sector", "team"):
        page.click(f"section[aria-labelledby=b-{stage}] summary")
    page.fill("input[name=owner_5]", "II")
    page.check("input[name=team][value='4']")
    page.fill("input[name=name_team]", "Tổ giúp việc")
    page.keyboard.press("Tab")
    expect(sentence).to_contain_text("qua bảy bước")
    expect(sentence).to_contain_text("tổ giúp việc, gồm Sở Số 4")
    expect(sentence).to_contain_text("Chưa lưu")
    live.picture(page, "cac-buoc-bay")
    page.get_by_role("button", name="Lưu các bước").click()
    expect(page.locator("body")).to_contain_text("Đã lưu các bước chấm điểm.")
    send(page)
    for who in WORKERS:
        enter(page, who)
        page.goto(f"{SHEET}tham-dinh/")
        press(page, "Giữ nguyên")
        press(page, "Kết thúc bước này")
    enter(page, "officer")
    page.goto(SHEET)
    expect(page.locator(".head .sub")).to_contain_text("Đã thẩm định")
    for label in ("Chấm chéo", "Cơ quan phụ trách", "Tổ giúp việc", "Thường trực"):
        expect(page.get_by_role("columnheader", name=label)).to_be_visible()
    live.picture(page, "bang-bay-buoc")


def test_a_year_of_two_steps(steps_page: Page) -> None:
    page = steps_page
    enter(page, "head")
    page.goto(STEPS)
    page.uncheck("input[name=use_verified]")
    expect(page.locator("#cau-nam")).to_contain_text(
        "Chấm điểm qua hai bước: đơn vị tự chấm; hội nghị thông qua."
    )
    page.get_by_role("button", name="Lưu các bước").click()
    send(page)
    page.goto(SHEET)
    expect(page.locator(".head .sub")).to_contain_text("Đã thẩm định")
    expect(page.get_by_role("columnheader", name="Thẩm định")).to_have_count(0)
