"""From draft to accepted: who sends, who approves, what waits, what comes back with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.build import World
from tests.year.rulebook.samples import adopt
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.platform.mail.models import Letter
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.registration.models import Registration
from thidua.year.registration.services import (
    TargetInput,
    accept_registration,
    approve_registration,
    return_registration,
    save_targets,
    submit_registration,
)

State = Registration.State
FULL = (
    TargetInput(code="I.1", name="Nghiệm thu", value=80_000),
    TargetInput(code="I.2", name="Đơn đăng ký", value=100_000),
)


@pytest.fixture
def row(world: World) -> Registration:
    adopt(world)
    return save_targets(world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=FULL)


def refused(decide: object, *arguments: object, **named: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        decide(*arguments, **named)  # type: ignore[operator]  # any service
    return caught.value.findings[0].rule_id, caught.value.findings[0].words


def close_window(world: World) -> None:
    Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.REGISTER).update(
        opens=clock.now() - timedelta(days=9), closes=clock.now() - timedelta(days=1)
    )


def test_a_registration_goes_to_the_leader_then_to_the_bloc(
    world: World, row: Registration
) -> None:
    assert submit_registration(world.officer, registration=row).state == State.SUBMITTED
    sent = approve_registration(world.leader, registration=row)
    assert (sent.state, sent.late) == (State.APPROVED, False)
    assert accept_registration(world.head, registration=row).state == State.ACCEPTED
    assert list(Event.objects.order_by("seq").values_list("subject", flat=True))[-3:] == [
        "Sở Số 2 trình lãnh đạo bản đăng ký",
        "Sở Số 2 duyệt và gửi Khối bản đăng ký",
        "Sở Số 2 được Trưởng khối nhận bản đăng ký",
    ]


def test_an_empty_slot_without_reason_blocks_sending(world: World) -> None:
    adopt(world)
    row = save_targets(
        world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=FULL[:1]
    )

    assert refused(submit_registration, world.officer, registration=row) == (
        "REG-8",
        "Nhập chỉ tiêu cho ô I.2 Chỉ tiêu đơn vị chọn, hoặc ghi lý do để trống.",
    )


def test_a_target_below_last_year_warns_but_does_not_block(world: World) -> None:
    adopt(world)
    lower = TargetInput(code="I.2", name="Cuộc thanh tra", value=12_000, last_year=13_000)
    row = save_targets(
        world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=(FULL[0], lower)
    )

    assert submit_registration(world.officer, registration=row).state == State.SUBMITTED


def test_only_the_units_leader_approves(world: World, row: Registration) -> None:
    submit_registration(world.officer, registration=row)

    for actor in (world.officer, world.head, world.standing, world.neighbour, world.stranger):
        assert refused(approve_registration, actor, registration=row)[0] == "RIGHT-1"


def test_a_draft_is_not_approved(world: World, row: Registration) -> None:
    assert refused(approve_registration, world.leader, registration=row)[0] == "REG-10"


def test_only_the_head_accepts_and_only_what_was_sent(world: World, row: Registration) -> None:
    assert refused(accept_registration, world.head, registration=row)[0] == "REG-11"
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)

    for actor in (world.leader, world.officer, world.standing, world.neighbour):
        assert refused(accept_registration, actor, registration=row)[0] == "RIGHT-1"


def test_the_leader_returns_to_the_officer_with_a_reason(world: World, row: Registration) -> None:
    submit_registration(world.officer, registration=row)

    assert refused(return_registration, world.leader, registration=row, reason=" ")[0] == "REG-12"
    back = return_registration(world.leader, registration=row, reason="Nâng chỉ tiêu I.2")

    assert (back.state, back.return_reason) == (State.RETURNED, "Nâng chỉ tiêu I.2")
    assert Event.objects.get(verb="registration.return").reason == "Nâng chỉ tiêu I.2"


def test_what_the_head_returned_in_time_is_not_late_when_sent_again(
    world: World, row: Registration
) -> None:
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)
    return_registration(world.head, registration=row, reason="Bổ sung nguồn")
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(late=BlocYear.Late.REFUSE)
    close_window(world)

    submit_registration(world.officer, registration=row)

    assert approve_registration(world.leader, registration=row).late is False


def test_after_the_deadline_the_leader_takes_nothing_back(world: World, row: Registration) -> None:
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)
    close_window(world)

    assert refused(return_registration, world.leader, registration=row, reason="Sửa")[0] == "REG-1"


def test_sent_after_the_deadline_it_is_marked_late_where_the_bloc_accepts(
    world: World, row: Registration
) -> None:
    close_window(world)
    submit_registration(world.officer, registration=row)

    assert approve_registration(world.leader, registration=row).late is True


def test_after_the_deadline_nothing_is_sent_where_the_bloc_refuses(
    world: World, row: Registration
) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(late=BlocYear.Late.REFUSE)
    close_window(world)

    assert refused(submit_registration, world.officer, registration=row)[0] == "REG-9"


def test_before_the_window_opens_nothing_is_sent(world: World, row: Registration) -> None:
    opens = clock.now() + timedelta(days=5)
    Window.objects.filter(deed=Window.Deed.REGISTER).update(
        opens=opens, closes=opens + timedelta(days=9)
    )

    rule, words = refused(submit_registration, world.officer, registration=row)

    assert rule == "REG-9"
    assert words == (f"Khối nhận đăng ký từ ngày {opens:%d/%m/%Y}. Bản soạn đã được giữ.")


def test_a_repeated_request_sends_once(world: World, row: Registration) -> None:
    submit_registration(world.officer, registration=row, request_id="r-1")
    again = submit_registration(world.officer, registration=row, request_id="r-1")

    assert again.state == State.SUBMITTED
    assert Event.objects.filter(verb="registration.submit").count() == 1


def test_a_closed_year_moves_no_registration(world: World, row: Registration) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())

    assert refused(submit_registration, world.officer, registration=row)[0] == "YEAR-1"


def test_whoever_must_act_next_gets_one_letter(world: World, row: Registration) -> None:
    submit_registration(world.officer, registration=row, request_id="r-1")
    submit_registration(world.officer, registration=row, request_id="r-1")
    approve_registration(world.leader, registration=row)
    accept_registration(world.head, registration=row)

    assert list(Letter.objects.order_by("pk").values_list("to", flat=True)) == [
        "leader@mau.vn",
        "head@mau.vn",
        "leader@mau.vn",
        "officer@mau.vn",
    ]
    assert f"/nam/{world.bloc_year.pk}/dang-ky/{row.unit_id}/" in Letter.objects.all()[0].body
