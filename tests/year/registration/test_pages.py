"""Pages of registration: drafts keep what was typed, doors open for whom they are meant."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.year.rulebook.samples import adopt, long_scale_text
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.record.awards import Award
from thidua.year.registration.models import Registration, ReportedCount, Target
from thidua.year.registration.queries import draft
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    TargetInput,
    accept_registration,
    approve_registration,
    assign_targets,
    save_targets,
    save_titles,
    submit_registration,
)

State = Registration.State
FULL = (
    TargetInput(code="I.1", name="Nghiệm thu", value=80_000),
    TargetInput(code="I.2", name="Cuộc thanh tra", value=12_000, last_year=13_000),
)


def enter(client: Client, actor: Actor) -> Client:
    assert actor.account_id is not None
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def url(world: World, name: str, unit: int | None = None) -> str:
    more = [] if unit is None else [world.units[unit].pk]
    return reverse(f"registration:{name}", args=[world.bloc_year.pk, *more])


def text_of(response: Any) -> str:
    return str(response.content.decode())


def save(world: World, *targets: TargetInput) -> Registration:
    return save_targets(
        world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=targets or FULL
    )


def assign(world: World) -> None:
    assign_targets(
        world.standing,
        bloc_year=world.bloc_year,
        assignment=Assignment(document_number="20/NQ-HĐND", clause="mục 4.2"),
        targets=[AssignedTarget(unit_id=world.units[1].pk, code="I.1", name="Giao", value=80_000)],
    )


SLOTS = {"s1-code": "I.1", "s2-code": "I.2", "version": "0"}


@pytest.fixture(autouse=True)
def scale(world: World) -> None:
    adopt(world)


def test_an_officer_saves_a_draft_with_comma_or_dot(client: Client, world: World) -> None:
    sent = {
        **SLOTS,
        "s1-name": "Giải ngân",
        "s1-value": "961,5",
        "s2-name": "Tỷ lệ",
        "s2-value": "98.25",
        "f1-name": "Tiêu chí bằng lời",
        "f1-wording": "đạt hoặc vượt",
    }

    response = enter(client, world.officer).post(url(world, "targets", 1), sent)

    assert response.status_code == 303
    found = draft(world.bloc_year, world.units[1].pk)
    assert [target.value for target in found.targets] == [961_500, 98_250, None]


@pytest.mark.parametrize("typed", ["-5", "1e308", "nhiều", "9" * 50])
def test_a_wrong_figure_saves_nothing_and_stays_on_the_page(
    client: Client, world: World, typed: str
) -> None:
    sent = {**SLOTS, "s1-name": "Đúng", "s1-value": "5", "s2-name": "Sai", "s2-value": typed}

    response = enter(client, world.officer).post(url(world, "targets", 1), sent)

    page = text_of(response)
    assert response.status_code == 422
    assert f'value="{typed}"' in page
    assert 'value="Đúng"' in page
    assert Registration.objects.count() == 0


def test_a_scale_that_changed_meanwhile_is_noticed(client: Client, world: World) -> None:
    sent = {**SLOTS, "s2-code": "X.9", "s2-name": "Lạ", "s2-value": "1"}

    page = text_of(enter(client, world.officer).post(url(world, "targets", 1), sent))

    assert "Thang điểm vừa đổi. Tải lại trang để xem các ô mới rồi nhập lại." in page
    assert Target.objects.count() == 0


def test_the_second_editor_is_warned_once_then_may_replace(client: Client, world: World) -> None:
    save(world)
    sent = {**SLOTS, "s1-name": "Mới", "s1-value": "1"}
    officer = enter(client, world.officer)

    warned = officer.post(url(world, "targets", 1), sent)
    assert warned.status_code == 422
    assert "Bản đăng ký vừa được sửa ở nơi khác." in text_of(warned)
    assert 'name="version" value="1"' in text_of(warned)

    again = officer.post(url(world, "targets", 1), {**sent, "version": "1"})
    assert again.status_code == 303


def test_an_assigned_target_stands_locked_with_its_source(client: Client, world: World) -> None:
    assign(world)

    page = text_of(enter(client, world.officer).get(url(world, "unit", 1)))

    assert "Bắt buộc, 20/NQ-HĐND, mục 4.2" in page
    assert 'name="s1-value"' not in page
    assert 'name="s2-value"' in page


def test_sending_waits_until_every_slot_is_filled_or_explained(
    client: Client, world: World
) -> None:
    row = save(world, FULL[0])
    officer = enter(client, world.officer)

    page = text_of(officer.get(url(world, "unit", 1)))
    assert "Còn 1 chỗ phải ghi thì trình được." in page
    refused = officer.post(url(world, "submit", 1))
    assert refused.status_code == 422
    assert "Nhập chỉ tiêu cho ô I.2 Chỉ tiêu đơn vị chọn, hoặc ghi lý do để trống." in text_of(
        refused
    )

    save(world)
    assert officer.post(url(world, "submit", 1)).status_code == 303
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_the_leader_approves_in_two_taps(client: Client, world: World) -> None:
    row = submit_registration(world.officer, registration=save(world))
    leader = enter(client, world.leader)

    first = leader.get(url(world, "unit", 1), follow=True)
    page = text_of(first)
    assert first.redirect_chain == [(url(world, "approve", 1), 302)]
    assert "0 được giao, giữ nguyên. 2 tự chọn, 0 cao hơn năm trước." in page
    assert "Đăng ký 12, năm trước đạt 13." in page

    assert "Duyệt và gửi đăng ký của Sở Số 2?" in text_of(leader.post(url(world, "approve", 1)))
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    assert leader.post(url(world, "approve", 1), {"confirmed": "1"}).status_code == 303
    row.refresh_from_db()
    assert row.state == State.APPROVED


def test_an_officer_sees_the_leaders_page_but_cannot_approve(client: Client, world: World) -> None:
    row = submit_registration(world.officer, registration=save(world))

    response = enter(client, world.officer).post(url(world, "approve", 1), {"confirmed": "1"})

    assert "Lãnh đạo đơn vị duyệt bản đăng ký của đơn vị mình." in text_of(response)
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_the_head_accepts_or_returns_with_a_reason(client: Client, world: World) -> None:
    row = save(world)
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)
    head = enter(client, world.head)

    asked = text_of(head.post(url(world, "return", 1), {"confirmed": "1", "reason": " "}))
    assert "Chưa ghi lý do. Ghi lý do rồi bấm lại." in asked
    assert head.post(url(world, "accept", 1), {"confirmed": "1"}).status_code == 303
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    sent = {"confirmed": "1", "reason": "Nâng chỉ tiêu"}
    assert head.post(url(world, "return", 1), sent).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.return_reason) == (State.RETURNED, "Nâng chỉ tiêu")


def test_other_members_read_it_only_once_accepted(client: Client, world: World) -> None:
    from tests.build import make_actor, make_unit
    from thidua.registry.models import Role
    from thidua.year.bloc.models import Membership

    row = save(world)
    save_titles(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        titles={Award.GOVERNMENT_FLAG: None},
    )
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)
    fourth = make_unit(world.jurisdiction, "Sở Số 4")
    Membership.objects.create(
        jurisdiction=world.jurisdiction,
        bloc_year=world.bloc_year,
        unit=fourth,
        order=4,
        joined=world.bloc_year.starts,
    )
    other = enter(client, make_actor(world.jurisdiction, Role.OFFICER, fourth, email="x@mau.vn"))

    assert other.get(url(world, "unit", 1)).status_code == 403
    board = text_of(other.get(url(world, "board")))
    assert "Công bố sau khi Trưởng khối nhận." in board
    assert "<b>1 đơn vị</b> đăng ký Cờ thi đua của Chính phủ" in board

    accept_registration(world.head, registration=row)
    assert other.get(url(world, "unit", 1)).status_code == 200
    assert "Công bố sau khi" not in text_of(other.get(url(world, "board")))


def test_the_page_recalls_what_the_record_keeps_of_the_year_before(
    client: Client, world: World
) -> None:
    from thidua.year.record.models import Title, YearResult

    kept: dict[str, Any] = {
        "jurisdiction": world.jurisdiction,
        "unit": world.units[1],
        "unit_name": "Sở Số 2",
        "bloc_name": "Khối thi đua số 1",
    }
    YearResult.objects.create(
        **kept, year=2025, total="961.5", total_text="961,5", rank=1, fingerprint="f" * 64
    )
    Title.objects.create(**kept, year=2025, award=Award.PROVINCE_FLAG)

    page = text_of(enter(client, world.officer).get(url(world, "unit", 1)))

    assert "961,5 điểm, xếp thứ 1." in page
    assert "Khối suy tôn, chưa có quyết định" in page


def test_the_standing_office_assigns_for_all_units_on_one_page(
    client: Client, world: World
) -> None:
    office = enter(client, world.standing)
    page = text_of(office.get(url(world, "assign")))
    assert [f"Sở Số {number}" in page for number in (1, 2, 3)] == [True, True, True]
    places = [(unit.pk, number) for unit in world.units for number in (1, 2)]
    codes = {
        f"u{unit}-{place}-code": f"I.{number}" for place, (unit, number) in enumerate(places, 1)
    }
    second = world.units[1].pk
    sent = {
        **codes,
        "document_number": "20/NQ-HĐND",
        "document_date": "09/12/2025",
        f"u{second}-3-value": "80",
        f"u{second}-3-measure": "%",
    }

    assert office.post(url(world, "assign"), sent).status_code == 303
    target = Target.objects.get()
    assert (target.code, target.value, target.name) == ("I.1", 80_000, "Chỉ tiêu 1 của ngành")

    wrong = office.post(url(world, "assign"), {**sent, f"u{second}-3-value": "-1"})
    assert wrong.status_code == 422
    assert "Nhập từ 0 trở lên." in text_of(wrong)
    assert office.post(url(world, "assign"), {**sent, f"u{second}-3-value": ""}).status_code == 303
    assert Target.objects.count() == 0


def test_reported_counts_are_shown_as_counts(client: Client, world: World) -> None:
    head = enter(client, world.head)
    sent = {"source": "Báo tỉnh, ngày 29/01/2018", "government_flag": "3", "province_flag": "5"}

    assert head.post(url(world, "reported"), sent).status_code == 303

    page = text_of(head.get(url(world, "board")))
    assert "<b>3 đơn vị</b> đăng ký Cờ thi đua của Chính phủ" in page
    assert "Nguồn nêu số lượng, không nêu đơn vị nào" in page
    assert head.post(url(world, "reported"), {"government_flag": "3"}).status_code == 422
    assert ReportedCount.objects.count() == 2


def test_titles_and_tasks_are_saved_by_their_own_buttons(client: Client, world: World) -> None:
    officer = enter(client, world.officer)

    titles = {"version": "0", "province_flag": "on", "advanced_worker": "58"}
    assert officer.post(url(world, "titles", 1), titles).status_code == 303
    tasks = {"version": "1", "t1-text": "Đề án một", "t1-due": "Quý II"}
    assert officer.post(url(world, "key_tasks", 1), tasks).status_code == 303

    found = draft(world.bloc_year, world.units[1].pk)
    assert found.titles == {Award.PROVINCE_FLAG: None, Award.ADVANCED_WORKER: 58}
    assert [task.text for task in found.tasks] == ["Đề án một"]


@pytest.mark.parametrize("name", ["targets", "titles", "key_tasks", "submit"])
def test_nobody_else_writes_a_units_registration(client: Client, world: World, name: str) -> None:
    for actor in (world.head, world.third, world.verifier, world.standing, world.neighbour):
        assert enter(client, actor).post(url(world, name, 1)).status_code == 403
    assert enter(client, world.stranger).post(url(world, name, 1)).status_code == 404


@pytest.mark.parametrize(
    ("name", "start"), [("workbook", b"PK"), ("word", b"PK"), ("pdf", b"%PDF")]
)
def test_the_table_can_be_taken_away(client: Client, world: World, name: str, start: bytes) -> None:
    save(world)

    response = enter(client, world.officer).get(url(world, name))

    assert response.content.startswith(start)
    assert response.headers["Content-Disposition"].startswith(
        'attachment; filename="dang-ky-thi-dua-2026.'
    )


def test_the_workbook_holds_the_rows_of_the_page(client: Client, world: World) -> None:
    import openpyxl

    row = save(world)
    save_titles(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        titles={Award.GOVERNMENT_FLAG: None, Award.ADVANCED_WORKER: 58},
    )
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)

    content = enter(client, world.head).get(url(world, "workbook")).content

    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    heads = rows[1]
    second = dict(zip(heads, rows[3], strict=True))
    assert (second["Đơn vị"], second["Chỉ tiêu tự chọn"], second["Lao động tiên tiến"]) == (
        "Sở Số 2",
        2,
        58,
    )
    assert rows[5][heads.index("Cờ thi đua của Chính phủ")] == 1


@pytest.mark.parametrize("name", ["unit", "board", "assign"])
def test_pages_take_the_same_queries_for_few_and_many(db: None, client: Client, name: str) -> None:
    counts = []
    for units, lines in ((3, 3), (10, 40)):
        with scopes_disabled():
            world = _another_world(units)
        with scope(jurisdiction=world.jurisdiction):
            adopt(world, long_scale_text(lines=lines, slots=lines))
            actor = enter(client, world.standing if name == "assign" else world.officer)
            address = url(world, name, 1 if name == "unit" else None)
            actor.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert actor.get(address).status_code == 200
            counts.append(len(caught))
    assert counts[0] == counts[1]


def _another_world(units: int) -> World:
    """A world of so many units; names of an earlier one in the same test are out of the way."""
    from thidua.registry.models import Jurisdiction

    for one in Account.objects.all():
        Account.objects.filter(pk=one.pk).update(email=f"cu-{one.pk}@mau.vn")
    for place in Jurisdiction.objects.all():
        Jurisdiction.objects.filter(pk=place.pk).update(name=f"Cũ {place.pk}")
    return build_world(units=units)


@pytest.mark.parametrize(("closed", "received"), [(True, False), (False, True)])
def test_a_passed_deadline_alarms_nobody_once_nothing_waits(
    world: World, client: Client, closed: bool, received: bool
) -> None:
    past = clock.now() - timedelta(days=3)
    Window.objects.filter(bloc_year=world.bloc_year, deed="register").update(
        opens=past - timedelta(days=9), closes=past
    )
    enter(client, world.head)
    assert "Quá 3 ngày" in text_of(client.get(url(world, "board")))
    if closed:
        BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())
    for unit in world.units[:3] if received else ():
        Registration.objects.create(
            jurisdiction=world.jurisdiction,
            bloc_year=world.bloc_year,
            unit=unit,
            state=State.ACCEPTED,
            approved_at=past,
            accepted_at=past,
        )

    page = text_of(client.get(url(world, "board")))

    assert "Quá 3 ngày" not in page
    assert (", đã đủ 3 đơn vị" in page) is received
    assert "Chưa đơn vị nào đăng ký danh hiệu, hình thức khen thưởng." in page


def test_no_form_of_registration_asks_the_browser(world: World, client: Client) -> None:
    enter(client, world.officer)
    page = text_of(client.get(url(world, "unit", 1)))
    forms = re.findall(r'<form method="post" action="/nam[^>]*>', page)
    assert forms
    assert [one for one in forms if "novalidate" not in one] == []
