"""A link works once, for seven days, for the address it was sent to; only its hash is kept."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.core import serializers
from django_scopes import scope, scopes_disabled

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.ledger.models import Event
from thidua.platform.mail.models import Letter
from thidua.registry.actor import Actor, positions_of
from thidua.registry.models import Invitation, Person, Position, Role
from thidua.registry.services import (
    Invited,
    Post,
    accept_invitation,
    add_person,
    decline_invitation,
    end_position,
    find_invitation,
    invite,
    why_closed,
    withdraw_invitation,
)

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=clock.LOCAL)
PASSWORD = "mot cau du dai"
EMAIL = "moi@mau.vn"


def new_position(world: World, *, unit: int = 0, name: str = "Người Mới") -> Position:
    post = Post(role=Role.OFFICER, unit=world.units[unit], starts=date(2026, 3, 1))
    return add_person(world.standing, full_name=name, post=post).positions.get()


def send(world: World, *, email: str = EMAIL, name: str = "Người Mới") -> Invited:
    return invite(world.standing, position=new_position(world, name=name), email=email)


def accept(invitation: Invitation, **given: object) -> Position:
    with scopes_disabled():
        return accept_invitation(
            invitation=invitation,
            **{"full_name": "Trần Thị Mẫu", "password": PASSWORD, **given},  # type: ignore[arg-type]  # a shorthand of the tests
        )


def words(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.words for finding in refused.value.findings]


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def test_the_link_leads_to_the_invitation_and_is_stored_only_as_a_hash(world: World) -> None:
    invited = send(world)
    token = token_of(invited.link)

    assert len(token) == 43
    assert find_invitation(token) == invited.invitation
    stored = serializers.serialize("json", Invitation.objects.all())
    assert token not in stored + json.dumps([event.rows for event in Event.objects.all()])


def test_the_letter_waits_in_the_outbox_with_link_and_duties(world: World) -> None:
    invited = send(world)
    letter = Letter.objects.get()

    assert letter.to == EMAIL
    assert letter.subject == "Lời mời tham gia hệ thống Thi đua: Chuyên viên, Sở Số 1"
    assert invited.link in letter.body.splitlines()
    assert "Việc không thuộc bạn: Không duyệt thay lãnh đạo đơn vị." in letter.body.splitlines()


def test_a_repeated_invitation_is_one_letter_and_shows_no_link_again(world: World) -> None:
    position = new_position(world)
    first = invite(world.standing, position=position, email=EMAIL, request_id="r-1")
    again = invite(world.standing, position=position, email=EMAIL, request_id="r-1")

    assert (again.invitation, again.link) == (first.invitation, "")
    assert Letter.objects.count() == 1


def test_accepting_makes_an_account_that_holds_the_position(world: World) -> None:
    invited = send(world)
    position = accept(invited.invitation)

    account = Account.objects.get(email=EMAIL)
    assert account.check_password(PASSWORD)
    assert [held.pk for held in positions_of(account.pk, on=clock.today())] == [position.pk]
    assert position.person.full_name == "Trần Thị Mẫu"


def test_a_link_is_used_once(world: World) -> None:
    invited = send(world)
    with clock.at(NOW):
        pass
    accept(invited.invitation, request_id="r-1")
    with pytest.raises(Refused) as refused:
        accept(invited.invitation, request_id="r-2")
    today = f"{clock.today():%d/%m/%Y}"
    assert words(refused) == [
        f"Lời mời này đã được nhận ngày {today}. Nhờ người mời gửi lời mời mới nếu cần."
    ]
    assert Account.objects.filter(email=EMAIL).count() == 1


def test_a_double_click_on_accept_is_one_account(world: World) -> None:
    invited = send(world)
    first = accept(invited.invitation, request_id="r-1")
    assert accept(invited.invitation, request_id="r-1").pk == first.pk
    assert Account.objects.filter(email=EMAIL).count() == 1


def test_a_link_expires_after_seven_days(world: World) -> None:
    with clock.at(NOW):
        invited = send(world)
    with clock.at(NOW + timedelta(days=7)):
        assert why_closed(invited.invitation) == ""
    with clock.at(NOW + timedelta(days=7, seconds=1)), pytest.raises(Refused) as refused:
        accept(invited.invitation)
    assert words(refused) == [
        "Lời mời này đã hết hạn ngày 17/03/2026. Nhờ người mời gửi lời mời mới nếu cần."
    ]


def test_a_withdrawn_link_says_so(world: World) -> None:
    with clock.at(NOW):
        invited = send(world)
        withdraw_invitation(world.standing, invitation=invited.invitation)
        with pytest.raises(Refused) as refused:
            accept(invited.invitation)
    assert words(refused) == [
        "Lời mời này đã được thu hồi ngày 10/03/2026. Nhờ người mời gửi lời mời mới nếu cần."
    ]


def test_a_declined_link_says_so_and_makes_no_account(world: World) -> None:
    with clock.at(NOW):
        invited = send(world)
        with scopes_disabled():
            decline_invitation(invitation=invited.invitation)
        with pytest.raises(Refused) as refused:
            accept(invited.invitation)
    assert words(refused) == [
        "Lời mời này đã được trả lại ngày 10/03/2026. Nhờ người mời gửi lời mời mới nếu cần."
    ]
    assert not Account.objects.filter(email=EMAIL).exists()


def test_a_new_invitation_ends_the_earlier_link(world: World) -> None:
    first = send(world)
    invite(world.standing, position=first.invitation.position, email=EMAIL)
    with pytest.raises(Refused):
        accept(first.invitation)


def test_a_link_to_an_ended_position_is_closed(world: World) -> None:
    invited = send(world)
    position = invited.invitation.position
    end_position(world.standing, position=position, last_day=clock.today())
    invited.invitation.refresh_from_db()
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Refused) as refused:
        accept(invited.invitation)
    assert [finding.rule_id for finding in refused.value.findings] == ["INVITE-2"]


def test_a_link_never_resets_the_password_of_an_account(world: World) -> None:
    account = Account.objects.create_user(EMAIL, "mat khau cua toi")
    invited = send(world)
    with pytest.raises(Refused) as refused:
        accept(invited.invitation)
    account.refresh_from_db()
    assert account.check_password("mat khau cua toi")
    assert [finding.rule_id for finding in refused.value.findings] == ["INVITE-4"]


def test_an_account_accepts_after_logging_in(world: World) -> None:
    account = Account.objects.create_user(EMAIL, "mat khau cua toi")
    position = accept(send(world).invitation, account=account, full_name="", password="")
    assert position.person.account == account
    assert position.person.full_name == "Người Mới"


def test_a_link_sent_to_another_address_is_not_accepted(world: World) -> None:
    account = Account.objects.create_user("khac@mau.vn", "mat khau cua toi")
    with pytest.raises(Refused) as refused:
        accept(send(world).invitation, account=account)
    assert [finding.rule_id for finding in refused.value.findings] == ["INVITE-3"]


def test_a_second_invitation_in_the_province_joins_the_same_person(world: World) -> None:
    first = accept(send(world).invitation)
    account = Account.objects.get(email=EMAIL)
    second = send(world, name="Người Mới Ghi Lần Hai")

    position = accept(second.invitation, account=account)

    assert position.person_id == first.person_id
    assert not Person.objects.filter(full_name="Người Mới Ghi Lần Hai").exists()


def test_one_account_is_a_person_in_two_jurisdictions(world: World) -> None:
    here = accept(send(world).invitation)
    account = Account.objects.get(email=EMAIL)
    assert world.foreign_year is not None
    elsewhere = world.foreign_year.jurisdiction
    office = Actor(None, None, None, Role.STANDING, None, elsewhere.pk, "Cơ quan thường trực")
    with scopes_disabled():
        unit = world.foreign_year.memberships.first().unit  # type: ignore[union-attr]  # it has members
    with scope(jurisdiction=elsewhere):
        post = Post(role=Role.LEADER, unit=unit, starts=date(2026, 3, 1))
        position = add_person(office, full_name="Người Mới", post=post).positions.get()
        invited = invite(office, position=position, email=EMAIL)
    there = accept(invited.invitation, account=account)

    assert here.person_id != there.person_id
    assert {held.jurisdiction_id for held in positions_of(account.pk, on=clock.today())} == {
        world.jurisdiction.pk,
        elsewhere.pk,
    }


def test_who_has_an_account_needs_no_invitation(world: World) -> None:
    position = accept(send(world).invitation)
    with pytest.raises(Refused) as refused:
        invite(world.standing, position=position, email=EMAIL)
    assert [finding.rule_id for finding in refused.value.findings] == ["INVITE-1"]


@pytest.mark.parametrize("password", ["", "ngan qua", "a" * 11])
def test_a_short_password_is_refused(world: World, password: str) -> None:
    invited = send(world)
    with pytest.raises(Refused) as refused:
        accept(invited.invitation, password=password)
    assert [finding.rule_id for finding in refused.value.findings] == ["INVITE-5"]
    assert words(refused) == ["Mật khẩu cần ít nhất 12 ký tự. Một câu ngắn dễ nhớ là đủ."]
    assert not Account.objects.filter(email=EMAIL).exists()
    assert why_closed(invited.invitation) == ""


def test_twelve_characters_are_a_password(world: World) -> None:
    accept(send(world).invitation, password="a" * 12)
    assert Account.objects.get(email=EMAIL).check_password("a" * 12)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 42 + "é", "../" * 20])
def test_a_link_that_was_never_given_finds_nothing(world: World, token: str) -> None:
    assert find_invitation(token) is None


@pytest.mark.parametrize("role", ["officer", "leader", "head", "administrator", "stranger"])
def test_others_do_not_invite_to_a_unit(world: World, role: str) -> None:
    position = new_position(world)
    with pytest.raises(Refused) as refused:
        invite(world.actors[role], position=position, email=EMAIL)
    assert [finding.rule_id for finding in refused.value.findings] == ["RIGHT-1"]


def test_the_link_of_another_province_leaves_its_scope(world: World) -> None:
    assert world.foreign_year is not None
    with scope(jurisdiction=world.foreign_year.jurisdiction):
        assert Invitation.objects.count() == 0
    invited = send(world)
    with scope(jurisdiction=world.foreign_year.jurisdiction):
        assert Invitation.objects.count() == 0
        assert find_invitation(token_of(invited.link)) == invited.invitation


def test_an_account_that_appears_at_the_last_moment_is_told_in_words(world: World) -> None:
    invited = send(world)
    Account.objects.create(email=EMAIL.upper())  # not found by its usual spelling, yet the same
    with pytest.raises(Refused) as refused:
        accept(invited.invitation)

    assert words(refused) == [
        "Không lập được tài khoản mới bằng liên kết này. "
        "Nếu bạn đã có tài khoản, đăng nhập rồi nhận lời mời."
    ]
    assert why_closed(Invitation.objects.get()) == ""


def test_the_same_id_with_another_name_is_another_request(world: World) -> None:
    invited = send(world)
    accept(invited.invitation, request_id="r-1")
    with pytest.raises(Refused) as refused:
        accept(invited.invitation, full_name="Người Khác", request_id="r-1")

    assert words(refused) == ["Yêu cầu này đã dùng cho một việc khác. Tải lại trang rồi làm lại."]
