"""Members join and leave by dates; names follow the year; offices pass from unit to unit."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.registry.basis import Basis
from thidua.registry.models import Unit
from thidua.registry.services import add_unit, rename_unit
from thidua.year.bloc.models import BlocYear, Membership, Office
from thidua.year.bloc.queries import former_members, member_count, members, offices, years_for
from thidua.year.bloc.rights import standing_of
from thidua.year.bloc.services import (
    Appointment,
    MemberDraft,
    appoint_office,
    join_member,
    leave_member,
    set_member_kinds,
)

TODAY = datetime(2026, 6, 10, 9, 0, tzinfo=clock.LOCAL)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


def appoint(
    world: World, kind: Office.Kind, unit: Unit, day: date, *, basis: str = "Biên bản hội nghị"
) -> Office:
    given = Appointment(kind=kind, unit=unit, starts=day, basis=basis)
    with clock.at(TODAY):
        return appoint_office(world.standing, bloc_year=world.bloc_year, appointment=given)


def leave(world: World, place: int, day: date) -> Membership:
    with clock.at(TODAY):
        return leave_member(
            world.standing, bloc_year=world.bloc_year, unit=world.units[place], left=day
        )


def test_a_unit_joins_within_the_year(world: World) -> None:
    with clock.at(TODAY):
        join_member(
            world.standing,
            bloc_year=world.bloc_year,
            draft=MemberDraft(name="Ban Dân tộc"),
            joined=date(2026, 6, 1),
        )
        assert [one.name for one in members(world.bloc_year)] == [
            "Sở Số 1",
            "Sở Số 2",
            "Sở Số 3",
            "Ban Dân tộc",
        ]


def test_a_unit_that_left_does_not_count_and_has_no_rights(world: World) -> None:
    leave(world, 2, date(2026, 6, 10))
    with clock.at(TODAY):
        assert member_count(world.bloc_year) == 2
        assert [one.name for one in former_members(world.bloc_year)] == ["Sở Số 3"]
        standing = standing_of(world.third, world.bloc_year)
        assert (standing.member, standing.checks) == (False, frozenset())
        assert years_for(world.third) == []


def test_a_unit_counts_until_the_day_it_leaves(world: World) -> None:
    leave(world, 2, date(2026, 6, 11))
    with clock.at(TODAY):
        assert member_count(world.bloc_year) == 3
        assert standing_of(world.third, world.bloc_year).member


def test_a_unit_that_left_after_the_year_still_belongs_to_it(world: World) -> None:
    with clock.at(datetime(2027, 2, 1, tzinfo=clock.LOCAL)):
        leave_member(
            world.standing,
            bloc_year=world.bloc_year,
            unit=world.units[2],
            left=date(2027, 1, 15),
        )
        assert member_count(world.bloc_year) == 3
        assert years_for(world.third) == [world.bloc_year]


def test_a_unit_that_comes_back_keeps_its_place(world: World) -> None:
    leave(world, 2, date(2026, 6, 1))
    with clock.at(TODAY):
        join_member(
            world.standing,
            bloc_year=world.bloc_year,
            draft=MemberDraft(unit=world.units[2]),
            joined=date(2026, 6, 10),
        )
        assert [one.order for one in members(world.bloc_year)] == [1, 2, 3]


def test_a_member_does_not_join_twice(world: World) -> None:
    with pytest.raises(Refused) as refused:
        join_member(
            world.standing,
            bloc_year=world.bloc_year,
            draft=MemberDraft(name="Sở Số 1"),
            joined=date(2026, 6, 1),
        )
    assert rules(refused) == ["BLOC-2"]


@pytest.mark.parametrize("other", ["unit", "kind", "synthetic"])
def test_the_same_request_with_something_else_typed_is_another_request(
    world: World, other: str
) -> None:
    outsider = add_unit(world.standing, name="Ban Dân tộc")
    first = MemberDraft(name="Ban Dân tộc")
    typed = {
        "unit": MemberDraft(unit=outsider),
        "kind": MemberDraft(name="Ban Dân tộc", kind="dia-phuong"),
        "synthetic": MemberDraft(name="Ban Dân tộc", synthetic=True),
    }
    join = partial(
        join_member,
        world.standing,
        bloc_year=world.bloc_year,
        joined=date(2026, 6, 1),
        request_id="so-1",
    )
    row = join(draft=first)
    assert join(draft=first) == row
    with pytest.raises(Refused) as refused:
        join(draft=typed[other])
    assert rules(refused) == ["LEDGER-1"]


def test_two_units_stay_in_the_bloc(world: World) -> None:
    leave(world, 2, date(2026, 6, 1))
    with pytest.raises(Refused) as refused:
        leave(world, 1, date(2026, 6, 1))
    assert rules(refused) == ["BLOC-1"]


def test_the_head_does_not_leave_before_another_is_appointed(world: World) -> None:
    with pytest.raises(Refused) as refused:
        leave(world, 0, date(2026, 6, 1))
    assert [(finding.rule_id, finding.words) for finding in refused.value.findings] == [
        ("OFFICE-4", "Sở Số 1 đang là Trưởng khối. Cử đơn vị khác làm Trưởng khối trước.")
    ]
    assert Membership.objects.get(bloc_year=world.bloc_year, unit=world.units[0]).left is None
    assert Office.objects.get(bloc_year=world.bloc_year, kind="head").ends is None


def test_a_former_head_leaves_once_another_was_appointed(world: World) -> None:
    appoint(world, Office.Kind.HEAD, world.units[2], date(2026, 6, 1))
    assert leave(world, 0, date(2026, 6, 2)).left == date(2026, 6, 2)


def test_a_deputy_that_leaves_is_no_longer_deputy(world: World) -> None:
    leave(world, 1, date(2026, 6, 1))
    assert Office.objects.get(bloc_year=world.bloc_year, kind="deputy").ends == date(2026, 5, 31)


def test_a_unit_leaves_after_it_joined(world: World) -> None:
    with pytest.raises(Refused) as refused:
        leave(world, 2, date(2026, 1, 1))
    assert rules(refused) == ["BLOC-7"]


def test_a_new_head_ends_the_old_one_the_day_before(world: World) -> None:
    appoint(world, Office.Kind.HEAD, world.units[2], date(2026, 6, 1))

    held = [(one.unit.name, one.ends) for one in offices(world.bloc_year) if one.kind == "head"]
    assert held == [("Sở Số 3", None), ("Sở Số 1", date(2026, 5, 31))]
    with clock.at(TODAY):
        assert not standing_of(world.head, world.bloc_year).head


def test_the_old_head_keeps_the_office_until_the_new_one_begins(world: World) -> None:
    appoint(world, Office.Kind.HEAD, world.units[2], date(2026, 7, 1))
    with clock.at(TODAY):
        assert standing_of(world.head, world.bloc_year).head
        assert [one.name for one in members(world.bloc_year) if one.is_head] == ["Sở Số 1"]


def test_a_deputy_who_becomes_head_is_no_longer_deputy(world: World) -> None:
    appoint(world, Office.Kind.HEAD, world.units[1], date(2026, 6, 1))
    with clock.at(TODAY):
        seated = [(one.is_head, one.is_deputy) for one in members(world.bloc_year)]
    assert seated == [(False, False), (True, False), (False, False)]


def test_the_same_day_corrects_a_mistaken_appointment(world: World) -> None:
    appoint(world, Office.Kind.HEAD, world.units[2], date(2026, 6, 1))
    appoint(world, Office.Kind.HEAD, world.units[0], date(2026, 6, 1))
    held = [one.unit.name for one in offices(world.bloc_year) if one.kind == "head"]
    assert held == ["Sở Số 1", "Sở Số 1"]


@pytest.mark.parametrize(
    ("kind", "place", "day", "rule"),
    [
        (Office.Kind.HEAD, 0, date(2026, 6, 1), "OFFICE-3"),
        (Office.Kind.HEAD, 2, date(1999, 12, 31), "OFFICE-3"),
        (Office.Kind.DEPUTY, 0, date(2026, 6, 1), "OFFICE-2"),
        (Office.Kind.HEAD, 1, date(2000, 1, 1), "OFFICE-2"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(
    world: World, kind: Office.Kind, place: int, day: date, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        appoint(world, kind, world.units[place], day)
    assert rules(refused) == [rule]


def test_an_outsider_takes_no_office(world: World) -> None:
    outsider = add_unit(world.standing, name="Ban Dân tộc")
    with pytest.raises(Refused) as refused:
        appoint(world, Office.Kind.HEAD, outsider, date(2026, 6, 1))
    assert rules(refused) == ["OFFICE-1"]


@pytest.mark.parametrize("role", ["officer", "leader", "head", "neighbour", "stranger"])
def test_units_change_neither_members_nor_offices(world: World, role: str) -> None:
    actor = world.actors[role]
    with pytest.raises(Refused) as joined:
        join_member(
            actor, bloc_year=world.bloc_year, draft=MemberDraft(name="X"), joined=TODAY.date()
        )
    given = Appointment(kind=Office.Kind.HEAD, unit=world.units[2], starts=TODAY.date())
    with pytest.raises(Refused) as appointed:
        appoint_office(actor, bloc_year=world.bloc_year, appointment=given)
    assert rules(joined) + rules(appointed) == ["RIGHT-1", "RIGHT-1"]


def test_head_and_standing_office_say_what_kind_a_unit_is(world: World) -> None:
    kinds = {world.units[1].pk: "dia-phuong"}
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=kinds)
    assert [one.kind for one in members(world.bloc_year)] == ["", "dia-phuong", ""]
    with pytest.raises(Refused) as refused:
        set_member_kinds(world.leader, bloc_year=world.bloc_year, kinds=kinds)
    assert rules(refused) == ["RIGHT-1"]


def test_a_unit_is_shown_under_the_name_of_the_year(world: World) -> None:
    later = datetime(2027, 5, 1, tzinfo=clock.LOCAL)
    with clock.at(later):
        basis = Basis(since=date(2027, 3, 1))
        rename_unit(world.standing, unit=world.units[0], name="Sở Mới", basis=basis)
        assert members(world.bloc_year)[0].name == "Sở Số 1"


def test_a_unit_renamed_within_the_year_is_shown_under_its_present_name(world: World) -> None:
    with clock.at(TODAY):
        basis = Basis(since=date(2026, 5, 1))
        rename_unit(world.standing, unit=world.units[0], name="Sở Mới", basis=basis)
        assert members(world.bloc_year)[0].name == "Sở Mới"


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 10])
def test_members_take_three_queries_whatever_their_number(units: int) -> None:
    with scopes_disabled():
        world = build_world(units=units)
    with scope(jurisdiction=world.jurisdiction), CaptureQueriesContext(connection) as captured:
        assert len(members(world.bloc_year)) == units
    assert len(captured) == 3


def test_the_switch_shows_own_years_and_the_standing_office_all_of_the_province(
    world: World,
) -> None:
    def shown(role: str) -> list[BlocYear]:
        return years_for(world.actors[role])

    assert shown("officer") == [world.bloc_year]
    assert shown("neighbour") == [world.other_year]
    assert shown("standing") == [world.bloc_year, world.other_year]
    assert shown("administrator") == []


def test_one_kind_of_unit_is_spelled_in_one_way_bloc_8(world: World) -> None:
    one, two, three = (unit.pk for unit in world.units)
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds={one: "Sở"})

    with pytest.raises(Refused) as refused:
        set_member_kinds(world.head, bloc_year=world.bloc_year, kinds={one: "Sở", two: "so"})

    [found] = refused.value.findings
    assert (found.rule_id, found.inputs["field"]) == ("BLOC-8", f"kind_{two}")
    assert found.words == (
        "Khối đã ghi loại “Sở”. Ghi đúng như vậy nếu là một loại, hoặc đặt tên khác hẳn thay cho "
        "“so”."
    )
    every = {one: "so", two: "so", three: "Huyện"}
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=every)
    assert [one.kind for one in members(world.bloc_year)] == ["so", "so", "Huyện"]
