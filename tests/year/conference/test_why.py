"""Vì sao: every adopted number has its rule, its arithmetic, its place and its history."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from tests.build import World
from tests.year.conference.build import HELD_ON, ROWS, adopted, meet, ready, unit, year_of
from tests.year.conference.test_pages import address, browser, build_world_again, shown
from thidua.platform import clock
from thidua.year.conference.documents.facts import frozen_of
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import adopt_scores, decide_line, reopen_scores
from thidua.year.conference.why import why_page
from thidua.year.scoring.board import forget
from thidua.year.scoring.services import LineChange


def test_why_shows_rule_arithmetic_figures_and_the_four_numbers(world: World) -> None:
    adopted(world)
    client = browser("officer")
    page = shown(client.get(address(world, "why", unit(world, 2).pk), {"dong": "I.1"}))
    total = shown(client.get(address(world, "why", unit(world, 1).pk)))

    assert "Vì sao 27,0 điểm?" in page
    assert "Theo tỷ lệ phần trăm đạt chỉ tiêu: cứ 100% được 30,0 điểm" in page
    assert "90/100 × 30,0 = 27,0" in page
    assert '<dt>Chỉ tiêu</dt><dd class="num">100</dd>' in page
    assert '<dt>Thông qua</dt><dd class="num">27,0</dd>' in page
    assert "Vì sao 99,5 điểm, xếp thứ 1?" in total
    assert "Điểm thưởng 5,0, tối đa 3,0" in total
    assert "96,5 + 3,0 − 0,0 = 99,5" in total
    assert "Hơn Sở Số 2 4,5 điểm." in total
    assert "Nếu bằng nhau thì xét điểm của I Nhiệm vụ chuyên môn" in total


def test_why_says_who_changed_the_figure_and_when(world: World) -> None:
    sheets = ready(world)
    meet(world)
    change = LineChange(points=29_000, reason="Sở Số 3 đề nghị, hội nghị thống nhất")
    decide_line(world.head, sheet=sheets[2], code="I.2", change=change)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    with clock.at(clock.local(HELD_ON, 11)):
        reopen_scores(world.head, bloc_year=world.bloc_year, reason="Sót một dòng")
        later = LineChange(points=29_500, reason="Xem lại")
        decide_line(world.head, sheet=sheets[2], code="I.2", change=later)
    number = unit(world, 2).pk
    found = frozen_of(conference_facts(year_of(world)))
    assert found is not None
    facts = conference_facts(year_of(world))

    line = why_page(facts, found, number, "I.2")
    total = why_page(facts, found, number, "")
    other = why_page(facts, found, unit(world, 1).pk, "")

    assert line is not None
    assert total is not None
    assert other is not None
    decided = (
        "Sở Số 2: hội nghị quyết định dòng I.2. Lãnh đạo đơn vị, Sở Số 1: 29,0 điểm. "
        "Lý do: Sở Số 3 đề nghị, hội nghị thống nhất"
    )
    assert [one.words for one in line.history] == [decided]
    assert [one.words.partition(".")[0] for one in total.history] == [
        "Hội nghị thông qua bảng điểm năm 2026",
        "Sở Số 2: hội nghị quyết định dòng I",
        "Mở bảng chấm điểm năm 2026",
    ]
    assert [one.words.partition(".")[0] for one in other.history] == [
        "Hội nghị thông qua bảng điểm năm 2026",
        "Mở bảng chấm điểm năm 2026",
    ]


@pytest.mark.parametrize(("key", "unit_number"), [("IX.9", 1), ("I.1", 99)])
def test_why_of_a_number_that_is_not_there_is_not_found(
    world: World, key: str, unit_number: int
) -> None:
    adopted(world)
    number = unit(world, 1).pk if unit_number == 1 else 99_999
    response = browser("officer").get(address(world, "why", number), {"dong": key})

    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "I.1"])
def test_why_takes_as_many_queries_for_ten_units_as_for_three(key: str) -> None:
    counted = []
    with scopes_disabled():
        for units in (3, 10):
            world = build_world_again(units)
            adopted(world, dict.fromkeys(range(1, units + 1), ROWS[1]))
            client, page = browser("head"), address(world, "why", unit(world, 1).pk)
            client.get(page, {"dong": key})
            forget()
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page, {"dong": key}).status_code == 200
            counted.append(len(seen))

    assert counted[0] == counted[1]
