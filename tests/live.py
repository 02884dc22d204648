"""A real server on real data, a real browser: what an official sees.

The demo is loaded once per run with a fixed day; each test file gets its own copy and its own
server, so that files do not see each other's work. A test fails on any console error and on any
request to another host.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from dev import browser as chromium
from thidua.demo.log_ins import LOG_INS, PASSWORD

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-20"
PICTURES = Path(os.environ.get("THIDUA_PICTURES", ROOT / "var" / "pictures"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running copy of the demo."""

    url: str
    data: Path


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium.find()
    if path is None:
        pytest.skip("không có Chromium; đặt THIDUA_CHROMIUM hoặc cài gói chromium")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo loaded on the fixed day."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    run(["demo", "--today", TODAY], folder)
    return folder


@pytest.fixture(scope="module")
def site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(loaded, folder)
    port = free_port()
    command = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--today", TODAY]
    running = subprocess.Popen(
        [*command, "--workers", "1"], cwd=ROOT, env=environment(folder), stderr=subprocess.STDOUT
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/song/", running)
        yield Site(url, folder)
    finally:
        running.terminate()
        running.wait(timeout=30)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that belongs to no site yet."""
    with watched(browser) as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh page on the running demo, at the size of an office screen."""
    with watched(browser, base_url=site.url) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh page on the running demo, at the size of a phone."""
    with watched(browser, base_url=site.url, width=390, height=844) as opened:
        yield opened


@contextmanager
def watched(
    browser: Browser, *, base_url: str | None = None, width: int = 1366, height: int = 768
) -> Iterator[Page]:
    """A page whose console errors and requests to other hosts fail the test."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=base_url, locale="vi-VN"
    )
    opened, faults = context.new_page(), list[str]()

    def on_console(message: ConsoleMessage) -> None:
        # A refused form answers 403, 409 or 422 on purpose; the browser reports that as an error.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            faults.append(f"asked another host: {request.url}")

    opened.on("console", on_console)
    opened.on("pageerror", lambda problem: faults.append(str(problem)))
    opened.on("request", on_request)
    opened.set_default_timeout(10_000)
    yield opened
    context.close()
    assert faults == []


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "THIDUA_DATA": str(folder), "THIDUA_DATABASE": "", "THIDUA_LOG": "ERROR"}


def run(arguments: list[str], folder: Path) -> str:
    """Run one ``thidua`` command on a data folder."""
    done = subprocess.run(
        [sys.executable, "-m", "thidua", *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert running.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def log_in(page: Page, role: str) -> None:
    """Log in as one of the demo's roles."""
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", LOG_INS[role].email)
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('Đăng nhập')")
    page.wait_for_selector("h1:has-text('Việc cần làm')")


def picture(page: Page, name: str) -> None:
    """Keep a screenshot for people to look at (folder THIDUA_PICTURES, else var/pictures)."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(path=PICTURES / f"{name}.png")
    except PlaywrightError:  # a busy Chromium may drop one frame: "Unable to capture screenshot"
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURES / f"{name}.png")
