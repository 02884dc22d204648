"""Việc cần làm and Toàn cảnh năm: what each position must do follows from the state of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.pages import shown, sign_in
from thidua.demo.case import scale_text
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.registry.models import Person, Position, Role
from thidua.web import timeline, yearpage
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import windows
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import UNIT_FACTS, LineReturn, Sheet
from thidua.year.scoring.services import open_sheets

QUERIES_HOME, QUERIES_YEAR = 32, 49


def home(client: Client, name: str) -> str:
    return shown(sign_in(client, name).get(reverse("home")))


def open_scoring(world: World) -> None:
    scale = import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text("thuc-hanh.yaml")
    )
    adopt_scale(world.head, scale=scale, adopted_on=date(2026, 1, 15))
    open_sheets(world.head, bloc_year=world.bloc_year)


def test_the_head_first_loads_a_scale(world: World, client: Client) -> None:
    assert "Nạp và thông qua thang điểm" in home(client, "head")


def test_the_officer_registers_while_the_window_is_open(world: World, client: Client) -> None:
    assert "Đơn vị chưa gửi bản đăng ký." in home(client, "officer")


def test_the_officer_scores_when_sheets_are_open(world: World, client: Client) -> None:
    open_scoring(world)

    assert "Chấm đủ các dòng rồi gửi thẩm định trước hạn." in home(client, "officer")


def test_the_checker_verifies_what_was_sent_and_nobody_else(world: World, client: Client) -> None:
    open_scoring(world)
    Sheet.objects.filter(unit=world.units[1]).update(state=Sheet.State.SUBMITTED)

    assert "Thẩm định bảng điểm của Sở Số 2" in home(client, "verifier")
    assert "Thẩm định bảng điểm của Sở Số 2" not in home(client, "officer")
    assert "1 bảng đang chờ thẩm định" in home(client, "head")


def test_a_task_past_its_day_stands_under_qua_han(world: World, client: Client) -> None:
    open_scoring(world)
    past = clock.now() - timedelta(days=1)
    Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.SELF_SCORE).update(
        closes=past
    )

    page = home(client, "officer")
    assert "Quá hạn" in page
    assert "1 việc quá hạn" in page


def test_a_returned_sheet_is_not_called_unsent(world: World, client: Client) -> None:
    open_scoring(world)
    sheet = Sheet.objects.get(unit=world.units[1])
    Sheet.objects.filter(pk=sheet.pk).update(state=Sheet.State.RETURNED)
    back = {"jurisdiction": world.jurisdiction, "sheet": sheet, "reason": "Thiếu",
            "author": "Sở Số 3", "at": clock.now()}  # fmt: skip
    for code in ("I.1", "I.2", UNIT_FACTS):
        LineReturn.objects.create(code=code, **back)

    head = home(client, "head")
    assert "1 đơn vị đang sửa phần bị trả lại" in head
    assert "2 đơn vị chưa gửi bảng tự chấm" in head
    assert "Sửa 2 dòng và thông tin đơn vị bị trả lại" in home(client, "officer")


def test_a_deadline_of_today_is_over_once_its_hour_has_passed(world: World, client: Client) -> None:
    open_scoring(world)
    noon = clock.local(clock.today(), 12)
    Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.SELF_SCORE).update(
        closes=noon
    )

    with clock.at(noon - timedelta(hours=1)):
        assert "Hạn hôm nay" in home(client, "officer")
    with clock.at(noon + timedelta(hours=1)):
        page = home(client, "officer")
    assert "Quá hạn hôm nay" in page
    assert "Hạn hôm nay" not in page


def test_the_standing_office_invites_where_nobody_can_log_in(world: World, client: Client) -> None:
    Person.objects.filter(positions__unit=world.units[2]).update(account=None)

    page = home(client, "standing")
    assert "Mời người phụ trách ở 1 đơn vị" in page
    assert "Chưa ai đăng nhập được: Sở Số 3." in page


def test_a_closed_year_asks_nothing_and_waits_for_nothing(world: World, client: Client) -> None:
    open_scoring(world)
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())

    assert "Không còn việc nào chờ bạn" in home(client, "officer")
    closed = BlocYear.objects.get(pk=world.bloc_year.pk)
    assert yearpage.next_milestone(closed, windows(closed)) is None


def test_somebody_without_a_position_in_force_is_told_so(world: World, client: Client) -> None:
    Position.objects.filter(role=Role.LEADER, unit=world.units[1]).update(
        ends=clock.today() - timedelta(days=1)
    )

    answer = sign_in(client, "leader").get(reverse("home"))
    assert answer.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 10])
def test_the_pages_ask_the_same_number_of_queries_for_any_size(client: Client, units: int) -> None:
    with scopes_disabled():
        world = build_world(units=units)
    with scope(jurisdiction=world.jurisdiction):
        open_scoring(world)
        sign_in(client, "officer")
        counts = []
        for name, address in (("home", []), ("year", [world.bloc_year.pk])):
            client.get(reverse(name, args=address))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name, args=address))
            counts.append(len(asked))

    assert counts == [QUERIES_HOME, QUERIES_YEAR]


def test_the_year_page_says_where_every_stage_stands(world: World) -> None:
    rows = timeline.rows_of(world.bloc_year, timeline.facts_of(world.bloc_year))

    assert [row.key for row in rows] == [
        "bloc",
        "rulebook",
        "registration",
        "progress",
        "scoring",
        "conference",
        "record",
    ]
    assert rows[0].words == "3 đơn vị, đã có Trưởng khối"
    assert rows[1].mark == "none"


def test_a_year_of_another_own_position_is_named_as_such(world: World, client: Client) -> None:
    with scopes_disabled():
        stranger = Account.objects.get(email="stranger@mau.vn")
        person = Person.objects.get(account=stranger)
        own = Account.objects.get(email="officer@mau.vn")
        Person.objects.filter(pk=person.pk).update(account=own)
        foreign = world.foreign_year
        assert foreign is not None

    page = shown(sign_in(client, "officer").get(reverse("year", args=[foreign.pk])))
    assert "thuộc cương vị khác của bạn" in page


def test_a_button_opened_as_a_page_is_answered_in_words(world: World, client: Client) -> None:
    answer = sign_in(client, "officer").get(reverse("switch_position"))

    assert answer.status_code == 405
    assert "Chưa có gì bị thay đổi." in shown(answer)


@pytest.mark.parametrize("sent", ["²", "9" * 5000, "-1", ""])
def test_a_position_that_is_no_number_changes_nothing(
    world: World, client: Client, sent: str
) -> None:
    answer = sign_in(client, "officer").post(reverse("switch_position"), {"position": sent})

    assert answer.status_code == 302
    assert "position_id" not in client.session


@pytest.mark.parametrize(
    ("name", "lit"),
    [
        ("bloc:blocs", ["Các khối thi đua"]),
        ("bloc:found", ["Các khối thi đua"]),
        ("registry:units", ["Đơn vị, con người"]),
        ("bloc:bloc", ["Khối và đơn vị"]),
        ("year", ["Toàn cảnh năm"]),
    ],
)
def test_one_line_of_the_sidebar_is_lit_and_it_is_the_place_of_the_page(
    world: World, client: Client, name: str, lit: list[str]
) -> None:
    inside = [world.bloc_year.pk] if name in ("bloc:bloc", "year") else []
    shell = sign_in(client, "standing").get(reverse(name, args=inside)).context["shell"]

    assert [one.label for one in (*shell.top, *shell.stages) if one.current] == lit


def test_an_adopted_table_leaves_no_registration_to_do(world: World, client: Client) -> None:
    assert "Đơn vị chưa gửi bản đăng ký." in home(client, "officer")
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(adopted_at=clock.now())

    assert "Đơn vị chưa gửi bản đăng ký." not in home(client, "officer")
