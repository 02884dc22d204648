"""Walk through every page that links lead to, one of each kind of address, and look at each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

FILES = re.compile(r"/(tai/|pdf/|word/|excel/|tep/)")
ENGLISH = re.compile(
    r"\b(?:None|True|False|null|undefined|NaN|Submit|Save|Cancel|Delete|Edit|Search|Log ?in|"
    r"Log ?out|Sign in|Home|Back|Next|Previous|Error|Page|User(?:name)?|Password|E?-?mail|Score|"
    r"Sheet|Loading|Close|Open|Yes|OK|Settings|Total|Rank|Unit|Year|Status|Date|Name|Upload|"
    r"Download|Invalid|Required|Optional|Warning|January|Monday|required|this|the|and|is)\b"
)
KEYS = re.compile(r"\bHome, End\b")  # as they stand on a keyboard
CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\{\{|\{%|<[A-Z]\w+ object|\b[a-z]+\.[a-z]+\.[a-z]+\(")


def kind_of(address: str) -> str:
    """The address with numbers and line codes left out, and the names of its parameters."""
    parts = urlsplit(address)
    path = re.sub(r"/\d+(?=/)", "/N", parts.path)
    path = re.sub(r"/(dong|vi-sao)/(?!N/)[^/]+/", r"/\1/X/", path)
    names = sorted({piece.split("=")[0] for piece in parts.query.split("&") if piece})
    return f"{path}?{'&'.join(names)}" if names else path


def walk(page: Page, look: Callable[[Page, str], None], *, start: str = "/") -> list[str]:
    """Open one page of every kind from a start; answers what is wrong, page by page."""
    waiting, seen, faults = [start], {kind_of(start)}, list[str]()
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address, wait_until="domcontentloaded")
        if answer is None or answer.status != 200:
            faults.append(f"{address}: {answer.status if answer else 'no answer'}")
            continue
        try:
            look(page, address)
        except AssertionError as fault:
            faults.append(f"{address}: {str(fault).splitlines()[0]}")
        for link in links_of(page):
            if kind_of(link) not in seen and not FILES.search(link):
                seen.add(kind_of(link))
                waiting.append(link)
    return faults


def links_of(page: Page) -> Iterator[str]:
    """Addresses on this server that the page leads to."""
    here = urlsplit(page.url)
    found = page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)")
    for link in found:
        parts = urlsplit(link)
        if parts.netloc == here.netloc:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def look_at(page: Page, address: str) -> None:
    """One heading, Vietnamese words only, and somewhere to go from here."""
    assert page.locator("h1").count() == 1, f"{page.locator('h1').count()} h1"
    main = page.get_by_role("main")
    words = re.sub(r"\S*/\S*", " ", page.locator("body").inner_text())  # folders, dates, numbers
    words = KEYS.sub(" ", words)
    assert ENGLISH.findall(words) == [], f"English: {ENGLISH.findall(words)}"
    assert CODE.findall(words) == [], f"code: {CODE.findall(words)}"
    assert "Có 0 chỗ phải sửa" not in words, "an error where nothing is wrong"
    assert main.locator("a[href], button").count() > 0, "dead end"
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{wider} px wider than the screen"


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
