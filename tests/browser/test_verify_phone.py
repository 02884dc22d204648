"""Thẩm định on a phone: the open line first, the list beside nothing, nothing cut off sideways."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import live
from tests.browser.test_steps import enter

pytestmark = pytest.mark.browser

BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django_scopes import scope, scopes_disabled
from tests.build import build_world
from tests.year.scoring.build import fill, opened
from thidua.year.scoring.services import submit_self_score
with scopes_disabled():
    world = build_world()
with scope(jurisdiction=world.jurisdiction):
    sheets = opened(world)
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
"""
PHONE = {"width": 390, "height": 844}
VERIFY = "/nam/1/cham-diem/2/tham-dinh/"


@pytest.fixture
def phone(browser: Browser, tmp_path: Path, chromium_path: str) -> Iterator[Page]:
    """A checker's phone, logged in; unit 2 has sent its sheet."""
    folder, port = tmp_path / "site", live.free_port()
    around = {**live.environment(folder), "DJANGO_SETTINGS_MODULE": "thidua.config.settings"}
    subprocess.run([sys.executable, "-c", BUILD], cwd=live.ROOT, env=around, check=True)
    serve = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--workers", "1"]
    running = subprocess.Popen(serve, cwd=live.ROOT, env=around, stderr=subprocess.STDOUT)
    try:
        live.wait_for(f"http://127.0.0.1:{port}/song/", running)
        with live.watched(browser, base_url=f"http://127.0.0.1:{port}") as page:
            page.set_viewport_size(PHONE)
            enter(page, "verifier")
            yield page
    finally:
        running.terminate()
        running.wait(timeout=30)


def in_view(page: Page) -> bool:
    """Whether the field of the open line's points stands on the screen."""
    box = page.locator("#o-diem").bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]


def sideways(page: Page) -> list[int]:
    """How far the page and the list of lines reach beyond what is shown of them."""
    beyond = "one => one.scrollWidth - one.clientWidth"
    return [page.locator(where).first.evaluate(beyond) for where in ("html", "section.scroll")]


def test_the_line_stands_first_and_again_after_every_answer(phone: Page) -> None:
    phone.goto(VERIFY)
    live.picture(phone, "verify-phone-1-first")
    assert sideways(phone) == [0, 0]
    assert phone.evaluate("document.querySelector('#dong').getBoundingClientRect().top") < 844

    phone.locator("section.scroll a.code").nth(2).click()
    phone.wait_for_load_state()
    assert in_view(phone)
    phone.fill("#o-diem", "1")
    phone.get_by_role("button", name="Lưu, sang dòng kế tiếp").click()
    phone.wait_for_load_state()
    live.picture(phone, "verify-phone-2-refused")
    assert (in_view(phone), phone.locator("#o-diem").input_value()) == (True, "1")

    phone.fill("#o-ly-do", "Thiếu một kỳ họp")
    phone.get_by_role("button", name="Lưu, sang dòng kế tiếp").click()
    phone.wait_for_load_state()
    live.picture(phone, "verify-phone-3-saved")
    assert in_view(phone)
