"""One official at a browser: opens pages, fills what is labelled, presses what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.live import Site, log_in, picture, watched


@dataclass
class Official:
    """A person logged in, with the pages they see."""

    page: Page

    @property
    def main(self) -> Locator:
        """The content of the page, without bar and sidebar."""
        return self.page.get_by_role("main")

    def open(self, address: str) -> None:
        """Go to an address as if typed."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"

    def follow(self, name: str, *, exact: bool = False) -> None:
        """Click the first link or button of that name in the content."""
        wanted: str | re.Pattern[str] = name
        if not exact:
            wanted = re.compile("^" + re.escape(name).replace(":", r"\s*:"))  # hidden words follow
        link = self.main.get_by_role("link", name=wanted, exact=exact)
        button = self.main.get_by_role("button", name=wanted, exact=exact)
        link.or_(button).first.click()

    def step(self, name: str) -> None:
        """Choose a step of the year in the sidebar."""
        self.page.get_by_role("navigation", name="Các bước trong năm").get_by_role(
            "link", name=re.compile(name)
        ).click()

    def labelled(self, label: str) -> Locator:
        """The field with that label, which may say that it is not obligatory."""
        words = re.compile(rf"^\s*{re.escape(label)}( \(không bắt buộc\))?\s*$")
        return self.main.get_by_label(words)

    def fill(self, label: str, value: str) -> None:
        """Type into the field with that label."""
        self.labelled(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the list with that label."""
        self.labelled(label).select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick the box or choose the round button with that label."""
        self.labelled(label).check()

    def sees(self, text: str) -> None:
        """The words stand somewhere in the content."""
        expect(self.main).to_contain_text(text)

    def stands_at(self, title: str | re.Pattern[str]) -> None:
        """The page's heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def sure(self, verb: str, *, word: str = "", reason: str = "") -> None:
        """Answer the question of an open dialog."""
        dialog = self.page.get_by_role("dialog")
        if word:
            dialog.get_by_label(f"Gõ “{word}” để xác nhận").fill(word)
        if reason:
            dialog.get_by_role("textbox").first.fill(reason)
        dialog.get_by_role("button", name=verb, exact=True).click()

    def picture(self, name: str) -> None:
        """Keep what is on the screen."""
        picture(self.page, name)

    def download(self, name: str, folder: Path) -> Path:
        """Click a link to a file and keep the file."""
        with self.page.expect_download() as waiting:
            self.follow(name)
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def take_position(self, words: str) -> None:
        """Choose another position in the menu of the person at the top."""
        self.page.locator("details.who > summary").click()
        self.page.locator("details.who").get_by_role("button", name=re.compile(words)).click()


@dataclass
class Office:
    """The officials of a story, each at a screen of their own."""

    browser: Browser
    site: Site
    open_screens: ExitStack = field(default_factory=ExitStack)

    def screen(self) -> Page:
        """A screen at which nobody is logged in."""
        return self.open_screens.enter_context(watched(self.browser, base_url=self.site.url))

    def arrives(self, role: str) -> Official:
        """One of the demo's people logs in."""
        page = self.screen()
        log_in(page, role)
        return Official(page)


@contextmanager
def office(browser: Browser, site: Site) -> Iterator[Office]:
    """Screens that close together; a console error on any of them fails the test."""
    with ExitStack() as screens:
        yield Office(browser, site, screens)
