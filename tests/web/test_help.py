"""Help by topic: every page leads to its own, and what it quotes stands on the screens."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.build import World
from tests.pages import sign_in
from thidua.web.help import TOPIC_OF, TOPICS, help_url
from thidua.web.rules import RULES

ROOT = Path(__file__).resolve().parents[2] / "thidua"
FOLDER = ROOT / "web/templates/thidua/help"
FRAMES = {"index", "topic"}
QUOTED = re.compile(r"<b>(.+?)</b>")
WORK = ("scoring:", "rulebook:", "progress:", "bloc:draw")


@cache
def said_on_screens() -> str:
    """All words of the product but those of help, tags of templates taken out, spaces made one."""
    files = [
        file
        for kind in ("*.html", "*.py", "*.js")
        for file in sorted(ROOT.rglob(kind))
        if file.parent != FOLDER and file != ROOT / "web/help.py"
    ]
    words = "\n".join(file.read_text("utf-8") for file in files)
    joined = re.sub(r"[\"']\s*\n\s*f?[\"']", "", words)  # a sentence of Python over two lines
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\{%[^%]*%\}", "", joined))


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_opens_for_anybody_without_the_database(db: None, slug: str) -> None:
    with CaptureQueriesContext(connection) as seen:
        answer = Client().get(reverse("help_topic", args=[slug]))

    page = answer.content.decode()
    assert (answer.status_code, len(seen)) == (200, 0)
    assert f"<h1>{TOPICS[slug].title}</h1>" in page


def test_the_index_lists_every_topic(db: None) -> None:
    page = Client().get(reverse("help")).content.decode()

    linked = re.findall(r'<li><a href="/tro-giup/([^/"]+)/"', page)
    assert linked == list(TOPICS)


def test_an_unknown_topic_is_not_found(db: None) -> None:
    assert Client().get(reverse("help_topic", args=["khong-co"])).status_code == 404


def test_every_topic_has_its_template_and_every_template_its_topic() -> None:
    assert {file.stem for file in FOLDER.glob("*.html")} - FRAMES == set(TOPICS)


def test_every_topic_that_a_page_leads_to_exists() -> None:
    known = set(RULES) | {name.partition(":")[0] for name in RULES}

    assert sorted(set(TOPIC_OF.values()) - set(TOPICS)) == []
    assert sorted(set(TOPIC_OF) - known) == []


def test_every_page_of_the_scale_of_scoring_and_of_evidence_leads_to_a_topic() -> None:
    pages = [name for name in RULES if name.startswith(WORK)]

    assert len(pages) > 70
    assert [name for name in pages if help_url(name) == reverse("help")] == []


def test_a_work_page_leads_to_its_own_topic(world: World, client: Client) -> None:
    year = world.bloc_year.pk
    signed = sign_in(client, "head")
    for name, slug in (
        ("bloc:draw", "boc-tham"),
        ("rulebook:rulebook", "soan-thang-diem"),
        ("rulebook:start", "soan-thang-diem"),
        ("scoring:table", "cac-con-so"),
        ("scoring:steps", "cac-buoc"),
        ("scoring:firmness", "do-vung"),
        ("progress:overview", "kho-minh-chung"),
    ):
        page = signed.get(reverse(name, args=[year]), follow=True).content.decode()
        links = re.findall(r'href="(/tro-giup/[^"]*)">Trợ giúp<', page)
        assert (name, set(links)) == (name, {f"/tro-giup/{slug}/"})


def test_a_page_without_a_topic_leads_to_the_index(db: None) -> None:
    page = Client().get(reverse("login")).content.decode()

    assert '<a class="plain" href="/tro-giup/">Trợ giúp</a>' in page
    assert help_url("") == reverse("help")


@pytest.mark.parametrize("slug", TOPICS)
def test_words_quoted_from_a_screen_stand_on_one(slug: str) -> None:
    screens = said_on_screens()
    quoted = QUOTED.findall((FOLDER / f"{slug}.html").read_text("utf-8"))

    assert [words for words in quoted if words not in screens] == []


def test_the_search_for_quoted_words_can_fail() -> None:
    assert "Nút không có thật" not in said_on_screens()
    assert "Xác nhận cách ghép và chạy thử" in said_on_screens()
