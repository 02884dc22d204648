"""Positions give rights from the first day to the last; an ended one gives none at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.ledger.models import Event
from thidua.registry.models import Invitation, Person, Position, Role
from thidua.registry.services import (
    Post,
    add_person,
    add_position,
    correct_person_name,
    dissolve_unit,
    end_position,
    invite,
)

TODAY = datetime(2026, 3, 10, 9, 0, tzinfo=clock.LOCAL)
FIRST = date(2026, 3, 1)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def officer_post(world: World, **changes: object) -> Post:
    return Post(**{"role": Role.OFFICER, "unit": world.units[0], "starts": FIRST, **changes})  # type: ignore[arg-type]  # a shorthand of the tests


def held(world: World, name: str) -> Position:
    return Position.objects.get(pk=world.actors[name].position_id or 0)


def test_a_person_and_the_first_position_are_one_decision(world: World) -> None:
    person = add_person(
        world.standing,
        full_name="Nguyễn Thị Mẫu",
        post=officer_post(world, title="Chuyên viên chính"),
    )

    assert (person.full_name, person.account_id) == ("Nguyễn Thị Mẫu", None)
    assert str(person.positions.get().title) == "Chuyên viên chính"
    event = Event.objects.get()
    assert event.subject == "Ghi một người vào danh bạ: Chuyên viên chính, Sở Số 1"
    assert list(event.rows[0]["after"]["full_name"]) == ["commitment"]


def test_a_refused_position_leaves_no_person_behind(world: World) -> None:
    before = Person.objects.count()
    with pytest.raises(Refused):
        add_person(world.standing, full_name="Một Người", post=officer_post(world, unit=None))
    assert Person.objects.count() == before


def test_a_person_may_hold_several_positions(world: World) -> None:
    person = add_person(world.standing, full_name="Một Người", post=officer_post(world))
    add_position(world.standing, person=person, post=officer_post(world, unit=world.units[1]))
    add_position(world.standing, person=person, post=officer_post(world, role=Role.SECRETARY))
    assert person.positions.count() == 3


def test_the_same_position_is_not_held_twice_at_a_time(world: World) -> None:
    person = add_person(
        world.standing, full_name="Một Người", post=officer_post(world, ends=date(2026, 6, 30))
    )
    with pytest.raises(Refused) as refused:
        add_position(
            world.standing, person=person, post=officer_post(world, starts=date(2026, 6, 30))
        )
    assert rules(refused) == ["POST-3"]
    add_position(world.standing, person=person, post=officer_post(world, starts=date(2026, 7, 1)))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"unit": None}, "POST-1"),
        ({"role": Role.STANDING}, "POST-1"),
        ({"ends": date(2026, 2, 28)}, "POST-2"),
        ({"role": Role.ADMINISTRATOR, "unit": None}, "RIGHT-1"),
        ({"title": "a" * 121}, "TEXT-2"),
    ],
)
def test_a_position_that_cannot_be_is_refused(
    world: World, changes: dict[str, object], rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_person(world.standing, full_name="Một Người", post=officer_post(world, **changes))
    assert rules(refused) == [rule]


def test_a_dissolved_unit_takes_no_more_people(world: World) -> None:
    dissolve_unit(world.standing, unit=world.units[0], on=FIRST)
    with pytest.raises(Refused) as refused:
        add_person(world.standing, full_name="Một Người", post=officer_post(world))
    assert rules(refused) == ["UNIT-3"]


def test_the_administrator_appoints_the_standing_office_and_nobody_in_units(world: World) -> None:
    post = Post(role=Role.STANDING, starts=FIRST)
    add_person(world.administrator, full_name="Một Người", post=post)
    with pytest.raises(Refused) as refused:
        add_person(world.administrator, full_name="Một Người", post=officer_post(world))
    assert rules(refused) == ["RIGHT-1"]


@pytest.mark.parametrize("role", ["officer", "leader", "head", "verifier", "stranger"])
def test_units_do_not_appoint(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        add_person(world.actors[role], full_name="Một Người", post=officer_post(world))
    assert rules(refused) == ["RIGHT-1"]


def test_the_very_next_request_after_a_position_ended_is_refused(
    world: World, client: Client
) -> None:
    client.force_login(Account.objects.get(email="leader@mau.vn"))
    assert client.get("/doi-mat-khau/").status_code == 200

    yesterday = clock.today() - timedelta(days=1)
    end_position(world.standing, position=held(world, "leader"), last_day=yesterday)

    assert client.get("/doi-mat-khau/").status_code == 403


def test_a_position_lasts_to_the_end_of_its_last_day(world: World, client: Client) -> None:
    client.force_login(Account.objects.get(email="leader@mau.vn"))
    end_position(world.standing, position=held(world, "leader"), last_day=clock.today())
    assert client.get("/doi-mat-khau/").status_code == 200


def test_a_position_given_by_mistake_today_is_taken_back_today(world: World) -> None:
    with clock.at(TODAY):
        post = officer_post(world, starts=date(2026, 3, 10))
        position = add_person(world.standing, full_name="Nhầm", post=post).positions.get()
        end_position(world.standing, position=position, last_day=date(2026, 3, 9))
        assert not position.holds_on(date(2026, 3, 10))
        with pytest.raises(Refused) as refused:
            end_position(world.standing, position=position, last_day=date(2026, 3, 9))
    assert rules(refused) == ["POST-4"]


def test_a_position_does_not_end_before_it_began(world: World) -> None:
    person = add_person(world.standing, full_name="Một Người", post=officer_post(world))
    with pytest.raises(Refused) as refused:
        end_position(world.standing, position=person.positions.get(), last_day=date(2026, 2, 1))
    assert rules(refused) == ["POST-2"]


def test_ending_a_position_withdraws_its_invitations(world: World) -> None:
    position = add_person(
        world.standing, full_name="Một Người", post=officer_post(world)
    ).positions.get()
    with clock.at(TODAY):
        invite(world.standing, position=position, email="moi@mau.vn")
        end_position(world.standing, position=position, last_day=date(2026, 3, 9))
    assert Invitation.objects.get().withdrawn_at == TODAY


def test_the_last_administrator_stays(world: World) -> None:
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        end_position(world.administrator, position=held(world, "administrator"), last_day=yesterday)
    assert rules(refused) == ["POST-5"]


@pytest.mark.parametrize("role", ["leader", "head", "administrator", "stranger"])
def test_others_do_not_end_the_position_of_a_unit(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        end_position(world.actors[role], position=held(world, "officer"), last_day=clock.today())
    assert rules(refused) == ["RIGHT-1"]


def test_a_misspelt_name_is_corrected(world: World) -> None:
    person = add_person(world.standing, full_name="Nguyễn Thị Mâu", post=officer_post(world))
    corrected = correct_person_name(world.standing, person=person, full_name="Nguyễn Thị Mẫu")
    assert corrected.full_name == "Nguyễn Thị Mẫu"
