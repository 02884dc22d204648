"""What is not yet: explanations before their time, totals before anybody has scored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.build import World
from tests.year.scoring.browse import address, signed_in, text_of
from tests.year.scoring.build import fill, opened, type_line
from thidua.demo.case import scale_text
from thidua.platform import clock
from thidua.year.bloc.models import Window
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.services import (
    confirm_lines,
    explain_line,
    finish_verification,
    submit_self_score,
)

Sheets = dict[int, Sheet]


@pytest.fixture
def lowered(world: World, sheets: Sheets) -> Sheet:
    """The sheet of the officer, verified with one line changed."""
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
    type_line(
        world.verifier, sheets[2], "II.1", "15", reason="Thiếu biên bản", stage=Stage.VERIFIED
    )
    confirm_lines(world.verifier, sheet=sheets[2])
    return finish_verification(world.verifier, sheet=Sheet.objects.get(pk=sheets[2].pk))


def explaining(world: World, *, opens: int, closes: int) -> Window:
    """The time for explanations, in days from now."""
    window, _ = Window.objects.update_or_create(
        bloc_year=world.bloc_year,
        deed=Window.Deed.EXPLAIN,
        jurisdiction=world.jurisdiction,
        defaults={
            "opens": clock.now() + timedelta(days=opens),
            "closes": clock.now() + timedelta(days=closes),
        },
    )
    return window


def sheet_page(world: World) -> str:
    return text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)


def home(world: World) -> str:
    return text_of(signed_in(world.officer).get(reverse("home")).content)


def test_before_its_time_the_step_says_when_and_there_is_no_button(
    world: World, lowered: Sheet
) -> None:
    window = explaining(world, opens=5, closes=30)
    page = sheet_page(world)

    day = window.opens.astimezone(clock.LOCAL)
    assert f"Giải trình, mở từ {day:%d/%m/%Y}" in page
    assert (
        address("explanations", world, 2)
        not in signed_in(world.officer).get(address("sheet", world, 2)).content.decode()
    )
    assert "dòng thẩm định đã sửa" not in home(world)


def test_in_its_time_the_officer_is_told_how_many_lines_and_until_when(
    world: World, lowered: Sheet
) -> None:
    window = explaining(world, opens=-1, closes=10)
    closes = window.closes.astimezone(clock.LOCAL)

    assert "Giải trình, mở từ" not in sheet_page(world)
    page = home(world)
    assert "Xem 1 dòng thẩm định đã sửa" in page
    assert f"giải trình đến {closes:%H:%M} ngày {closes:%d/%m/%Y}" in page


def test_an_explained_line_asks_no_more(world: World, lowered: Sheet) -> None:
    explaining(world, opens=-1, closes=10)
    explain_line(world.officer, sheet=lowered, code="II.1", text="Có biên bản")

    assert "dòng thẩm định đã sửa" not in home(world)


def test_nobody_has_a_total_before_a_first_line_is_scored(world: World) -> None:
    sheets = opened(world, scale_text("thuc-hanh.yaml"))  # a section there starts from 15 points
    client = signed_in(world.head)
    where = reverse("scoring:table", args=[world.bloc_year.pk])

    before = text_of(client.get(where).content)
    assert "15,0" not in before
    assert "chưa đủ" not in before

    type_line(world.officer, sheets[2], "I.5", "7", reason="Theo báo cáo")
    page = text_of(signed_in(world.officer).get(where).content)
    assert "chưa đủ" in page
    assert "22,0" in page
