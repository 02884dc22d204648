"""The bloc's table: counts per title, what a source reports, who reads what, constant queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world, make_bloc_year
from tests.year.rulebook.samples import adopt
from thidua.core.finding import Refused
from thidua.registry.models import Role
from thidua.year.bloc.rights import standing_of
from thidua.year.record.awards import Award
from thidua.year.registration.models import KeyTask, Registration, ReportedCount, TitleAim
from thidua.year.registration.queries import draft, may_read, registration_board
from thidua.year.registration.services import (
    KeyTaskInput,
    ReportedInput,
    report_counts,
    save_key_tasks,
    save_titles,
)

State = Registration.State


def titles(world: World, counts: dict[Award, int | None]) -> Registration:
    return save_titles(world.officer, bloc_year=world.bloc_year, unit=world.units[1], titles=counts)


def test_titles_are_kept_with_counts_where_they_count(world: World) -> None:
    titles(world, {Award.PROVINCE_FLAG: None, Award.ADVANCED_WORKER: 58})
    titles(world, {Award.GOVERNMENT_FLAG: 3, Award.ADVANCED_WORKER: 60})

    assert draft(world.bloc_year, world.units[1].pk).titles == {
        Award.GOVERNMENT_FLAG: None,
        Award.ADVANCED_WORKER: 60,
    }


@pytest.mark.parametrize("count", [None, 0, -1, 10**9])
def test_a_title_of_people_says_how_many(world: World, count: int | None) -> None:
    with pytest.raises(Refused) as caught:
        titles(world, {Award.PROVINCE_FLAG: None, Award.ADVANCED_WORKER: count})

    assert [(one.rule_id, one.words) for one in caught.value.findings] == [
        (
            "REG-14",
            "Ghi số tập thể, cá nhân phấn đấu đạt Lao động tiên tiến, từ 1 đến 1.000.000.",
        )
    ]
    assert (TitleAim.objects.count(), Registration.objects.count()) == (0, 0)


def test_key_tasks_are_numbered_without_gaps(world: World) -> None:
    def save(*texts: str) -> None:
        save_key_tasks(
            world.officer,
            bloc_year=world.bloc_year,
            unit=world.units[1],
            tasks=[KeyTaskInput(text=text, due="Quý II" if text else "") for text in texts],
        )

    save("Đề án một", "", "Đề án hai", "Đề án ba")
    save("Đề án hai", "Đề án ba")

    assert list(KeyTask.objects.values_list("order", "text")) == [
        (1, "Đề án hai"),
        (2, "Đề án ba"),
    ]


def test_a_key_task_beyond_its_column_saves_nothing(world: World) -> None:
    with pytest.raises(Refused):
        save_key_tasks(
            world.officer,
            bloc_year=world.bloc_year,
            unit=world.units[1],
            tasks=[KeyTaskInput(text="Được"), KeyTaskInput(text="d" * 501)],
        )
    assert KeyTask.objects.count() == 0
    assert Registration.objects.count() == 0


def test_a_registration_has_thirty_key_tasks_at_most(world: World) -> None:
    def save(count: int) -> None:
        save_key_tasks(
            world.officer,
            bloc_year=world.bloc_year,
            unit=world.units[1],
            tasks=[KeyTaskInput(text=f"Đề án {number}") for number in range(1, count + 1)],
        )

    with pytest.raises(Refused) as caught:
        save(31)
    assert [(one.rule_id, one.words) for one in caught.value.findings] == [
        ("REG-15", "Ghi nhiều nhất 30 nhiệm vụ trọng tâm.")
    ]
    assert (KeyTask.objects.count(), Registration.objects.count()) == (0, 0)

    save(30)
    assert KeyTask.objects.count() == 30


def test_the_table_counts_registrations_sent_to_the_bloc(world: World) -> None:
    titles(world, {Award.GOVERNMENT_FLAG: None})
    assert registration_board(world.bloc_year).counts == {}

    Registration.objects.update(state=State.APPROVED)
    board = registration_board(world.bloc_year)

    assert board.counts == {Award.GOVERNMENT_FLAG: 1}
    assert (board.sent, board.accepted) == (1, 0)
    assert [row.state_words for row in board.rows] == [
        "Chưa đăng ký",
        "Chờ Trưởng khối xem",
        "Chưa đăng ký",
    ]


def test_reported_counts_stand_beside_registrations_and_are_never_added(world: World) -> None:
    titles(world, {Award.GOVERNMENT_FLAG: None})
    Registration.objects.update(state=State.ACCEPTED)
    report_counts(
        world.head,
        bloc_year=world.bloc_year,
        reported=ReportedInput(
            source="Báo tỉnh, ngày 29/01/2018", counts={Award.GOVERNMENT_FLAG: 3}
        ),
    )

    board = registration_board(world.bloc_year)

    assert board.counts == {Award.GOVERNMENT_FLAG: 1}
    assert [(one.award, one.count) for one in board.reported] == [("government_flag", 3)]


def test_a_reported_count_names_its_source(world: World) -> None:
    with pytest.raises(Refused) as caught:
        report_counts(
            world.standing,
            bloc_year=world.bloc_year,
            reported=ReportedInput(source=" ", counts={Award.GOVERNMENT_FLAG: 3}),
        )

    assert caught.value.findings[0].rule_id == "REG-16"


@pytest.mark.parametrize("count", [-1, 1001])
def test_a_reported_count_is_a_number_of_units(world: World, count: int) -> None:
    with pytest.raises(Refused) as caught:
        report_counts(
            world.standing,
            bloc_year=world.bloc_year,
            reported=ReportedInput(source="Báo", counts={Award.GOVERNMENT_FLAG: count}),
        )

    assert [(one.rule_id, one.words) for one in caught.value.findings] == [
        ("REG-14", f"Ghi số đơn vị đăng ký {Award.GOVERNMENT_FLAG.label} từ 0 đến 1.000.")
    ]
    assert ReportedCount.objects.count() == 0


def test_only_head_and_standing_office_report_counts(world: World) -> None:
    for actor in (world.officer, world.leader, world.neighbour, world.stranger):
        with pytest.raises(Refused) as caught:
            report_counts(
                actor,
                bloc_year=world.bloc_year,
                reported=ReportedInput(source="Báo", counts={Award.GOVERNMENT_FLAG: 3}),
            )
        assert caught.value.findings[0].rule_id == "RIGHT-1"
    assert ReportedCount.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("officer", True, True),
        ("head", True, True),
        ("verifier", True, True),
        ("standing", True, True),
        ("outside", False, True),
        ("neighbour", False, False),
        ("stranger", False, False),
    ],
)
def test_a_registration_is_read_by_all_members_once_accepted(
    world: World, who: str, before: bool, after: bool
) -> None:
    from tests.build import make_actor, make_unit
    from thidua.year.bloc.models import Membership

    outside = make_unit(world.jurisdiction, "Sở Số 4")
    Membership.objects.create(
        jurisdiction=world.jurisdiction,
        bloc_year=world.bloc_year,
        unit=outside,
        order=4,
        joined=world.bloc_year.starts,
    )
    world.actors["outside"] = make_actor(world.jurisdiction, Role.OFFICER, outside)
    standing = standing_of(world.actors[who], world.bloc_year)
    if who == "neighbour":
        assert not standing.member
    unit = world.units[1].pk

    assert may_read(standing, unit, State.APPROVED) is before
    assert may_read(standing, unit, State.ACCEPTED) is after


@pytest.mark.django_db
def test_the_table_takes_the_same_queries_for_three_units_and_ten() -> None:
    counts = []
    with scopes_disabled():
        world = build_world()
        ten, _units = make_bloc_year(
            world.jurisdiction, "Khối mười đơn vị", [f"Sở Mười {number}" for number in range(10)]
        )
    with scope(jurisdiction=world.jurisdiction):
        adopt(world)
        titles(world, {Award.GOVERNMENT_FLAG: None})
        for bloc_year in (world.bloc_year, ten):
            with CaptureQueriesContext(connection) as caught:
                registration_board(bloc_year)
            counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 9
