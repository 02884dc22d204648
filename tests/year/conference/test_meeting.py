"""The meeting: who may record it, until when, and when enough units came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django_scopes import scopes_disabled

from tests.build import World, build_world
from tests.year.conference.build import HELD_ON, adopted, meet, ready, unit, year_of
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.registry.actor import Actor
from thidua.registry.models import UnitName
from thidua.year.bloc.models import Membership, Office
from thidua.year.conference.models import Attendance, Conference
from thidua.year.conference.queries import members_of, names_of, quorum_of
from thidua.year.conference.quorum import Quorum
from thidua.year.conference.services import (
    MeetingFacts,
    Seat,
    adopt_scores,
    hold_conference,
    record_attendance,
    record_remarks,
)

FACTS = MeetingFacts(held_on=HELD_ON, place="Hội trường", chair="Giám đốc")


def rule_ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.rule_id for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("present", "members", "met"),
    [(5, 7, True), (4, 7, False), (2, 3, True), (1, 3, False), (7, 7, True), (0, 0, False)],
)
def test_quorum_of_two_thirds_is_counted_in_whole_units(
    present: int, members: int, met: bool
) -> None:
    assert Quorum(present=present, members=members, num=2, den=3).is_met == met


def test_quorum_says_both_figures() -> None:
    short = Quorum(present=4, members=7, num=2, den=3)

    assert short.words == (
        "Có mặt 4 trong 7 đơn vị, cần ít nhất 5 (2/3 số đơn vị): chưa đủ điều kiện họp."
    )
    assert short.finding.rule_id == "QUORUM-1"
    assert dict(short.finding.inputs) == {"present": 4, "members": 7, "least": 5}


@pytest.mark.django_db
@pytest.mark.parametrize(("present", "met"), [(5, True), (4, False)])
def test_a_conference_of_seven_units_needs_five(present: int, met: bool) -> None:
    with scopes_disabled():
        world = build_world(units=7)
        conference = meet(world, present=present)

        assert quorum_of(conference).is_met == met


def test_the_head_records_the_meeting_and_corrects_it(world: World) -> None:
    hold_conference(world.head, bloc_year=world.bloc_year, facts=FACTS)
    hold_conference(world.head, bloc_year=world.bloc_year, facts=replace(FACTS, place="Nhà khách"))

    assert Conference.objects.get().place == "Nhà khách"


@pytest.mark.parametrize("who", ["officer", "leader", "verifier", "standing", "neighbour"])
def test_only_the_head_records_the_meeting(world: World, who: str) -> None:
    actor: Actor = getattr(world, who)
    with pytest.raises(Refused) as refused:
        hold_conference(actor, bloc_year=world.bloc_year, facts=FACTS)

    assert rule_ids(refused) == ["RIGHT-1"]
    assert Conference.objects.count() == 0


def test_a_head_of_another_province_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        hold_conference(world.stranger, bloc_year=world.bloc_year, facts=FACTS)


def test_an_ended_head_is_refused_at_once(world: World) -> None:
    Office.objects.filter(bloc_year=world.bloc_year, kind=Office.Kind.HEAD).update(
        ends=date(2026, 11, 19)
    )
    with pytest.raises(Refused) as refused:
        hold_conference(world.head, bloc_year=world.bloc_year, facts=FACTS)

    assert rule_ids(refused) == ["RIGHT-1"]


def test_a_day_before_the_year_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        hold_conference(
            world.head, bloc_year=world.bloc_year, facts=replace(FACTS, held_on=date(2025, 12, 31))
        )

    assert rule_ids(refused) == ["CONF-2"]


def test_a_repeated_request_records_the_meeting_once(world: World) -> None:
    request_id = "00000000-0000-4000-8000-000000000001"
    first = hold_conference(
        world.head, bloc_year=world.bloc_year, facts=FACTS, request_id=request_id
    )
    again = hold_conference(
        world.head, bloc_year=world.bloc_year, facts=FACTS, request_id=request_id
    )

    assert again.pk == first.pk
    assert Event.objects.filter(verb="conference.hold").count() == 1


def test_names_of_people_enter_the_ledger_only_as_commitments(world: World) -> None:
    hold_conference(world.head, bloc_year=world.bloc_year, facts=FACTS)
    record_attendance(
        world.head,
        bloc_year=world.bloc_year,
        seats=[Seat(unit_id=unit(world, 1).pk, present=True, representative="Nguyễn Thị Mẫu")],
    )

    written = str(list(Event.objects.values_list("rows", flat=True)))
    assert "Nguyễn Thị Mẫu" not in written
    assert "Giám đốc" not in written
    assert "Hội trường" in written


def test_roll_call_takes_only_members_of_the_day(world: World) -> None:
    meet(world)
    Membership.objects.filter(unit=unit(world, 3)).update(left=date(2026, 11, 1))
    with pytest.raises(Refused) as refused:
        record_attendance(
            world.head,
            bloc_year=world.bloc_year,
            seats=[Seat(unit_id=unit(world, 3).pk, present=True)],
        )

    assert rule_ids(refused) == ["ATTEND-1"]


def test_units_left_out_of_a_roll_call_keep_what_was_recorded(world: World) -> None:
    meet(world)
    record_attendance(
        world.head,
        bloc_year=world.bloc_year,
        seats=[Seat(unit_id=unit(world, 1).pk, present=False)],
    )

    came = Attendance.objects.filter(present=True).values_list("unit_id", flat=True)
    assert set(came) == {unit(world, 2).pk, unit(world, 3).pk}


def test_a_unit_that_left_counts_neither_as_member_nor_as_present(world: World) -> None:
    conference = meet(world)
    Membership.objects.filter(unit=unit(world, 3)).update(left=HELD_ON)

    assert quorum_of(conference) == Quorum(present=2, members=2, num=2, den=3)


def test_a_conference_after_the_year_looks_back_to_its_last_day(world: World) -> None:
    Membership.objects.filter(unit=unit(world, 3)).update(left=date(2027, 1, 1))
    UnitName.objects.filter(unit=unit(world, 2)).update(ends=date(2026, 12, 31))
    UnitName.objects.create(
        jurisdiction=world.jurisdiction,
        unit=unit(world, 2),
        name="Sở Tên Mới",
        starts=date(2027, 1, 1),
    )
    conference = meet(world, held_on=date(2027, 1, 12))

    assert len(members_of(conference)) == 3
    assert names_of(conference, world.units)[unit(world, 2).pk] == "Sở Số 2"


def test_adoption_without_quorum_is_refused_with_both_figures(world: World) -> None:
    ready(world)
    meet(world, present=1)
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert [finding.words for finding in refused.value.findings] == [
        "Có mặt 1 trong 3 đơn vị, cần ít nhất 2 (2/3 số đơn vị): chưa đủ điều kiện họp."
    ]


def test_decisions_wait_for_the_day_of_the_conference(world: World) -> None:
    ready(world)
    meet(world, held_on=date(2026, 11, 21))
    with pytest.raises(Refused) as refused:
        adopt_scores(world.head, bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["CONF-4"]


def test_after_adoption_the_meeting_is_closed_but_remarks_stay_open(world: World) -> None:
    adopted(world)
    with pytest.raises(Refused) as of_facts:
        hold_conference(world.head, bloc_year=world.bloc_year, facts=FACTS)
    with pytest.raises(Refused) as of_roll:
        record_attendance(world.head, bloc_year=world.bloc_year, seats=[])
    record_remarks(
        world.head, bloc_year=world.bloc_year, guests="Phó Chủ tịch", remarks="Khen kịp thời"
    )

    assert rule_ids(of_facts) == ["CONF-1"]
    assert rule_ids(of_roll) == ["CONF-1"]
    assert Conference.objects.get().remarks == "Khen kịp thời"
    assert year_of(world).closed_at is None
