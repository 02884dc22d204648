"""Every page that an official can reach: no dead end, no foreign word, no barrier."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.live import Site, log_in
from tests.stories.crawl import kind_of, links_of, look_at, violations, walk
from tests.stories.official import Official

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HUE = "Tỉnh Thừa Thiên Huế"
WALKS = [
    *((role, "") for role in ("officer", "leader", "head", "verifier", "standing")),
    *((role, HUE) for role in ("officer", "leader", "head", "verifier", "standing")),
    ("administrator", ""),
]


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """Kinds of pages that axe has seen: one of each is enough."""
    return set()


@pytest.mark.parametrize(("role", "place"), WALKS)
def test_every_page_leads_on_in_vietnamese_without_barriers(
    desk: Page, examined: set[str], role: str, place: str
) -> None:
    log_in(desk, role)
    if place:
        Official(desk).take_position(place)

    def look(page: Page, address: str) -> None:
        look_at(page, address)
        kind = kind_of(address).partition("?")[0]
        if kind not in examined:
            examined.add(kind)
            assert violations(page) == [], str(violations(page))

    assert walk(desk, look) == []


def main_pages(page: Page) -> list[str]:
    """The steps of the year, and the pages where figures are typed and explained."""
    page.goto("/")
    steps = [link for link in links_of(page) if re.fullmatch(r"/nam/\d+/[a-z-]*/?", link)]
    year = next(link for link in steps if re.fullmatch(r"/nam/\d+/", link))
    table = f"{year}cham-diem/"
    page.goto(table)
    deep = [link for link in links_of(page) if re.fullmatch(rf"{table}\d+/([a-z-]+/)?", link)]
    by_kind = {kind_of(link): link for link in ["/", *steps, *deep]}
    return list(by_kind.values())


def test_main_pages_fit_a_phone(phone: Page) -> None:
    log_in(phone, "officer")
    faults = []
    for address in main_pages(phone):
        phone.goto(address)
        try:
            look_at(phone, address)
        except AssertionError as fault:
            faults.append(f"{address}: {str(fault).splitlines()[0]}")

    assert faults == []


@pytest.mark.parametrize(("name", "value"), [("size", "3"), ("theme", "dark")])
def test_main_pages_have_no_barrier_in_large_text_and_on_dark(
    desk: Page, name: str, value: str
) -> None:
    log_in(desk, "officer")
    pages = main_pages(desk)
    desk.evaluate("([name, value]) => thidua.prefer(name, value)", [name, value])
    found = {}
    for address in pages:
        desk.goto(address)
        desk.wait_for_load_state()
        found[address] = violations(desk)

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_main_pages_hold_their_content_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "officer")
    shown = {}
    for address in main_pages(page):
        answer = page.goto(address)
        assert answer is not None
        words = page.get_by_role("main").inner_text()
        shown[address] = (answer.status, page.locator("h1").count(), len(words) > 100)
    context.close()

    assert len(shown) > 10
    assert set(shown.values()) == {(200, 1, True)}
