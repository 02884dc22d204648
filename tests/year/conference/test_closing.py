"""Closing the year: the record is written once, then every service of the year refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.build import World
from tests.year.conference.build import HELD_ON, adopted, by_hands, meet, ready, unit, year_of
from tests.year.conference.test_meeting import rule_ids
from thidua.core.finding import Refused
from thidua.platform.ledger.verify import verify_all
from thidua.year.bloc.models import Office
from thidua.year.conference.models import Adoption
from thidua.year.conference.services import (
    MeetingFacts,
    adopt_again,
    adopt_scores,
    close_year,
    elect_office,
    hold_conference,
    keep_scores,
    mark_not_ranked,
    nominate,
    rank_after_all,
    record_attendance,
    record_remarks,
    reopen_scores,
    withdraw_election,
    withdraw_nomination,
)
from thidua.year.record.awards import Award
from thidua.year.record.models import Title, YearResult
from thidua.year.scoring.models import Sheet

REQUEST = "00000000-0000-4000-8000-000000000003"


def close(world: World, request_id: str = "") -> None:
    close_year(world.head, bloc_year=world.bloc_year, request_id=request_id)


def closed(world: World) -> World:
    adopted(world)
    nominate(
        world.head,
        bloc_year=world.bloc_year,
        unit=unit(world, 1),
        award=Award.PROVINCE_FLAG,
        outcome=by_hands(3, 3),
    )
    close(world)
    return world


def test_closing_writes_results_and_nominations_to_the_record(world: World) -> None:
    closed(world)

    fingerprint = Adoption.objects.get().fingerprint
    assert list(
        YearResult.objects.values_list(
            "unit_name", "bloc_name", "year", "rank", "total", "total_text", "class_label"
        )
    ) == [
        ("Sở Số 1", "Khối thi đua số 1", 2026, 1, "99.5", "99,5", "Xuất sắc"),
        ("Sở Số 2", "Khối thi đua số 1", 2026, 2, "95", "95,0", "Xuất sắc"),
        ("Sở Số 3", "Khối thi đua số 1", 2026, 3, "84", "84,0", "Tốt"),
    ]
    assert set(YearResult.objects.values_list("fingerprint", flat=True)) == {fingerprint}
    assert list(Title.objects.values_list("unit_name", "award", "year", "decision_number")) == [
        ("Sở Số 1", "province_flag", 2026, "")
    ]
    assert verify_all() == []


def test_a_unit_without_a_place_enters_the_record_with_its_reason(world: World) -> None:
    ready(world)
    meet(world)
    mark_not_ranked(
        world.head, bloc_year=world.bloc_year, unit=unit(world, 3), reason="Chưa đủ năm"
    )
    adopt_scores(world.head, bloc_year=world.bloc_year)
    close(world)

    row = YearResult.objects.get(unit=unit(world, 3))
    assert (row.rank, row.note) == (None, "Không xếp hạng: Chưa đủ năm")


def test_a_year_closes_only_after_an_adoption(world: World) -> None:
    ready(world)
    meet(world)
    with pytest.raises(Refused) as refused:
        close(world)

    assert rule_ids(refused) == ["CLOSE-1"]


def test_a_year_does_not_close_while_a_correction_is_open(world: World) -> None:
    adopted(world)
    reopen_scores(world.head, bloc_year=world.bloc_year, reason="Xem lại")
    with pytest.raises(Refused) as refused:
        close(world)

    assert rule_ids(refused) == ["CLOSE-2"]
    assert YearResult.objects.count() == 0


def test_a_year_does_not_close_with_a_nominated_unit_that_is_not_considered(world: World) -> None:
    sheets = ready(world)
    Sheet.objects.filter(pk=sheets[2].pk).update(fields={"ky_luat": True})
    meet(world)
    nominate(
        world.head,
        bloc_year=world.bloc_year,
        unit=unit(world, 2),
        award=Award.PROVINCE_FLAG,
        outcome=by_hands(),
    )
    adopt_scores(world.head, bloc_year=world.bloc_year)
    with pytest.raises(Refused) as refused:
        close(world)

    assert rule_ids(refused) == ["CLOSE-3"]
    assert Title.objects.count() == 0


def test_closing_twice_writes_once(world: World) -> None:
    adopted(world)
    close(world, REQUEST)
    close(world, REQUEST)
    with pytest.raises(Refused) as refused:
        close(world)

    assert rule_ids(refused) == ["YEAR-1"]
    assert YearResult.objects.count() == 3


def test_the_head_keeps_its_office_until_and_through_the_closing(world: World) -> None:
    closed(world)

    office = Office.objects.get(bloc_year=world.bloc_year, kind=Office.Kind.HEAD)
    assert (office.unit, office.ends) == (unit(world, 1), None)


@pytest.mark.parametrize("who", ["leader", "officer", "standing", "administrator"])
def test_only_the_head_closes_the_year(world: World, who: str) -> None:
    adopted(world)
    with pytest.raises(Refused) as refused:
        close_year(getattr(world, who), bloc_year=world.bloc_year)

    assert rule_ids(refused) == ["RIGHT-1"]
    assert year_of(world).closed_at is None


FACTS = MeetingFacts(held_on=HELD_ON, place="Hội trường", chair="Giám đốc")
SERVICES: dict[str, Callable[[World], object]] = {
    "hold": lambda w: hold_conference(w.head, bloc_year=w.bloc_year, facts=FACTS),
    "remarks": lambda w: record_remarks(w.head, bloc_year=w.bloc_year, guests="", remarks="Ý"),
    "attendance": lambda w: record_attendance(w.head, bloc_year=w.bloc_year, seats=[]),
    "keep": lambda w: keep_scores(w.head, bloc_year=w.bloc_year),
    "not_ranked": lambda w: mark_not_ranked(
        w.head, bloc_year=w.bloc_year, unit=unit(w, 2), reason="Lý do"
    ),
    "ranked": lambda w: rank_after_all(w.head, bloc_year=w.bloc_year, unit=unit(w, 2)),
    "adopt": lambda w: adopt_scores(w.head, bloc_year=w.bloc_year),
    "adopt_again": lambda w: adopt_again(w.head, bloc_year=w.bloc_year, reason="Lý do"),
    "reopen": lambda w: reopen_scores(w.head, bloc_year=w.bloc_year, reason="Lý do"),
    "elect": lambda w: elect_office(
        w.head,
        bloc_year=w.bloc_year,
        office=Office.Kind.HEAD,
        unit=unit(w, 2),
        outcome=by_hands(),
    ),
    "withdraw_election": lambda w: withdraw_election(
        w.head, bloc_year=w.bloc_year, office=Office.Kind.HEAD
    ),
    "nominate": lambda w: nominate(
        w.head,
        bloc_year=w.bloc_year,
        unit=unit(w, 2),
        award=Award.PROVINCE_FLAG,
        outcome=by_hands(),
    ),
    "withdraw_nomination": lambda w: withdraw_nomination(
        w.head, bloc_year=w.bloc_year, unit=unit(w, 1), award=Award.PROVINCE_FLAG
    ),
    "close": lambda w: close_year(w.head, bloc_year=w.bloc_year),
}


@pytest.mark.parametrize("name", SERVICES)
def test_after_closing_every_service_of_the_conference_refuses(world: World, name: str) -> None:
    closed(world)
    with pytest.raises(Refused) as refused:
        SERVICES[name](world)

    assert rule_ids(refused) == ["YEAR-1"]
    assert Title.objects.count() == 1
