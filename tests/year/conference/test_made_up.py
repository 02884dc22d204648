"""The mark ° stands behind every sentence that rests on a made-up value."""

from __future__ import annotations

import re

import pytest

from tests.build import World
from tests.year.conference.build import adopted, meet, ready, unit, year_of
from tests.year.conference.test_documents import pdf_text
from tests.year.conference.test_pages import address, browser
from thidua.year.conference.documents.facts import paper_facts
from thidua.year.conference.documents.minutes import minutes
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import (
    adopt_again,
    adopt_scores,
    close_year,
    decide_line,
    reopen_scores,
)
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.services import LineChange

LEAD = "Sở Số 1 dẫn đầu, hơn Sở Số 2 4,5 điểm"
MOVE = "Sở Số 2: tổng điểm từ 95,0 thành 96,0; giữ thứ 2"


def corrected(world: World, made_up: int) -> None:
    """Adopted, then one line of the second unit corrected; one unit's figures are made up."""
    sheets = ready(world)
    Sheet.objects.filter(unit=unit(world, made_up)).update(synthetic=True)
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sót một điểm")
    change = LineChange(points=29_000, reason="Cộng sót")
    decide_line(world.head, sheet=Sheet.objects.get(pk=sheets[2].pk), code="I.2", change=change)
    adopt_again(world.head, bloc_year=world.bloc_year, reason="Sót một điểm")


def words_of(page: str) -> str:
    """What is read, the words for screen readers aside."""
    seen = re.sub(r'<span class="vh">[^<]*</span>', "", page)
    return " ".join(re.sub(r"<[^>]+>", "", seen).split())


@pytest.mark.parametrize(("made_up", "mark"), [(2, "°"), (3, "")])
def test_the_sentences_on_lead_and_correction_carry_the_mark(
    world: World, made_up: int, mark: str
) -> None:
    corrected(world, made_up)
    lead = LEAD.replace("4,5", "3,5")
    page = words_of(browser("head").get(address(world, "result")).content.decode())
    paper = pdf_text(minutes(paper_facts(conference_facts(year_of(world)))))

    assert f"{lead}{mark}Vì sao" in page
    assert f"{MOVE}.{mark}" in page
    assert f"{lead}{mark}." in paper
    assert f"{MOVE}{mark}." in paper


def test_the_steps_of_a_closed_conference_do_not_say_not_open_yet(world: World) -> None:
    adopted(world)
    close_year(world.head, bloc_year=world.bloc_year)
    page = browser("head").get(address(world, "conference")).content.decode()
    steps = page[page.index("cac-buoc") : page.index("</ol>", page.index("cac-buoc"))]

    assert "Không ghi; năm đã khép." in steps
    assert "chưa mở" not in steps
