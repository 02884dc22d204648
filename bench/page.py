"""Trang chấm điểm: how soon a 176-line sheet takes typing on a slow machine, and how it scrolls.

    python -m bench.page [--json] [--times 5]

Chromium with its processor slowed four times opens the sheet of an officer from the product's own
server. First interaction: from the start of the navigation until a cell has taken the focus and a
typed digit stands in it, tried as soon as the cell is there. Scrolling: the table is scrolled from
end to end in steps of a wheel; the longest task of the page's main thread is taken from the
browser's own long-task record (tasks under 50 ms do not appear in it and count as 0). Bytes: what
the page and everything it loads take over the wire on a first visit. Medians of several visits.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import _bloc
from dev import browser as chromium

SLOWER = 4
STEP = 120  # pixels of one notch of a wheel
CELL = '[data-field="points"][data-code="7"]'
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WATCH = """
window.tasks = [];
const note = (list) => list.getEntries().forEach((one) => window.tasks.push(one.duration));
new PerformanceObserver(note).observe({type: "longtask"});
"""
READY = """
(selector) => new Promise((done) => {
  const look = () => {
    const cell = document.querySelector(selector);
    if (!cell || !window.thidua || !window.thidua.Sheet || document.readyState === "loading") {
      return requestAnimationFrame(look);
    }
    cell.focus();
    document.execCommand("insertText", false, "5");
    if (!cell.value.includes("5") || !cell.closest("tr[aria-current]")) {
      return requestAnimationFrame(look);
    }
    requestAnimationFrame(() => done(performance.now()));
  };
  look();
})
"""


# where the browser's time goes until typing, in Chromium's own names
PARTS = ("Task", "Script", "Layout", "RecalcStyle")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --json the last line is one object."""
    parser = argparse.ArgumentParser(prog="bench.page")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--times", type=int, default=5)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ground = _bloc.make(Path(folder), sent=False)
        with _bloc.served(ground) as address, sync_playwright() as playwright:
            launched = playwright.chromium.launch(executable_path=_path(), args=FLAGS)
            found = _measure(launched, address, ground, wanted.times)
            launched.close()
    print(f"Gõ được ô đầu tiên sau {found['value']} ms; tác vụ dài nhất khi cuộn "
          f"{found['longest_task']} ms; cả trang {found['bytes']:,} byte nén")  # fmt: skip
    if wanted.json:
        print(json.dumps(found))
    return 0


def _path() -> str:
    path = chromium.find()
    if path is None:
        sys.exit("Không có Chromium. Cài gói chromium hoặc đặt THIDUA_CHROMIUM.")
    return path


def _measure(browser: Browser, address: str, ground: _bloc.Ground, times: int) -> dict[str, object]:
    _visit(browser, address, ground)  # compiles templates and the scale
    visits = [_visit(browser, address, ground) for _ in range(times)]
    columns = [_bloc.median(column) for column in zip(*visits, strict=True)]
    first, longest, whole, page, answered, *parts = columns
    return {
        "name": "page",
        "value": round(first),
        "unit": "ms",
        "limit": 1000,
        "longest_task": round(longest),
        "bytes": round(whole),
        "page_bytes": round(page),
        "slower": SLOWER,
        "answered": round(answered),
        **{name.lower(): round(part) for name, part in zip(PARTS, parts, strict=True)},
        "load": _bloc.load(),
    }


def _visit(browser: Browser, address: str, ground: _bloc.Ground) -> tuple[float, ...]:
    """One first visit: milliseconds to typing, longest task of a scroll, bytes of all and of the
    page alone, milliseconds to the first byte and those the browser spent on each of PARTS."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=address)
    cookie = ground.cookies["officer"]
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    control = context.new_cdp_session(page)
    control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    control.send("Performance.enable")
    page.goto(ground.sheet(2), wait_until="commit")
    first = float(page.evaluate(READY, CELL))
    spent = {one["name"]: one["value"] for one in control.send("Performance.getMetrics")["metrics"]}
    answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    page.wait_for_load_state()
    taken = page.evaluate("""() => [...performance.getEntriesByType("navigation"),
        ...performance.getEntriesByType("resource")].map((one) => one.transferSize)""")
    longest = _scroll(page)
    context.close()
    parts = [1000 * spent[f"{name}Duration"] for name in PARTS]
    return first, longest, float(sum(taken)), float(taken[0]), float(answered), *parts


def _scroll(page: Page) -> float:
    page.keyboard.press("Escape")
    page.wait_for_timeout(2000)
    page.evaluate("window.tasks.length = 0")
    page.locator(".scroll").first.hover()
    height = int(page.locator(".scroll").first.evaluate("(area) => area.scrollHeight"))
    for _ in range(0, height, STEP):
        page.mouse.wheel(0, STEP)
        page.wait_for_timeout(16)
    page.wait_for_timeout(500)
    return float(page.evaluate("Math.max(0, ...window.tasks)"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
