"""Next head and deputy, nominations: recorded outcomes, never votes."""

from __future__ import annotations

import pytest

from tests.build import World
from tests.year.conference.build import adopted, by_hands, meet, ready, unit
from tests.year.conference.test_meeting import rule_ids
from thidua.core.finding import Refused
from thidua.year.bloc.models import Membership, Office
from thidua.year.conference.models import Election, Method, Nomination
from thidua.year.conference.services import (
    Outcome,
    adopt_scores,
    elect_office,
    nominate,
    withdraw_election,
    withdraw_nomination,
)
from thidua.year.record.awards import UNIT_AWARDS, Award
from thidua.year.scoring.models import Sheet

HEAD, DEPUTY = Office.Kind.HEAD, Office.Kind.DEPUTY
REQUEST = "00000000-0000-4000-8000-000000000002"


def elect(
    world: World, office: Office.Kind, number: int, outcome: Outcome | None = None
) -> Election:
    return elect_office(
        world.head,
        bloc_year=world.bloc_year,
        office=office,
        unit=unit(world, number),
        outcome=outcome or by_hands(),
    )


def suggest(world: World, number: int, award: Award, outcome: Outcome | None = None) -> Nomination:
    return nominate(
        world.head,
        bloc_year=world.bloc_year,
        unit=unit(world, number),
        award=award,
        outcome=outcome or by_hands(),
    )


def test_head_and_deputy_of_the_next_year_are_recorded_before_or_after_the_adoption(
    world: World,
) -> None:
    ready(world)
    meet(world)
    elect(world, HEAD, 3, Outcome(method=Method.SECRET, votes_for=2, voters=3))
    adopt_scores(world.head, bloc_year=world.bloc_year)
    elect(world, DEPUTY, 2)

    assert {(row.office, row.unit.name, row.votes_for) for row in Election.objects.all()} == {
        ("head", "Sở Số 3", 2),
        ("deputy", "Sở Số 2", None),
    }
    assert Office.objects.filter(bloc_year=world.bloc_year, ends=None).count() == 2
    assert Office.objects.get(bloc_year=world.bloc_year, kind=HEAD).unit == unit(world, 1)


def test_recording_an_office_again_corrects_it(world: World) -> None:
    meet(world)
    elect(world, HEAD, 3)
    elect(world, HEAD, 2)

    assert [row.unit.name for row in Election.objects.all()] == ["Sở Số 2"]


def test_one_unit_cannot_be_head_and_deputy(world: World) -> None:
    meet(world)
    elect(world, HEAD, 3)
    with pytest.raises(Refused) as refused:
        elect(world, DEPUTY, 3)

    assert rule_ids(refused) == ["ELECT-2"]


def test_a_recorded_office_can_be_taken_back(world: World) -> None:
    meet(world)
    elect(world, HEAD, 3)
    withdraw_election(world.head, bloc_year=world.bloc_year, office=HEAD)

    assert Election.objects.count() == 0


def test_a_unit_of_another_bloc_is_neither_elected_nor_nominated(world: World) -> None:
    meet(world)
    other = Membership.objects.filter(bloc_year=world.other_year).select_related("unit").first()
    assert other is not None
    world.units.append(other.unit)
    with pytest.raises(Refused) as elected:
        elect(world, HEAD, 4)
    with pytest.raises(Refused) as nominated:
        suggest(world, 4, Award.PROVINCE_FLAG)

    assert rule_ids(elected) == ["ELECT-1"]
    assert rule_ids(nominated) == ["NOMINATE-1"]


@pytest.mark.parametrize(
    ("outcome", "rule_id"),
    [
        (by_hands(8, 7), "VOTE-1"),
        (by_hands(4, 4), "VOTE-3"),
        (by_hands(3, None), "VOTE-1"),
        (by_hands(None, 7), "VOTE-1"),
        (Outcome(method=Method.SECRET), "VOTE-2"),
    ],
)
def test_votes_that_cannot_be_are_refused(world: World, outcome: Outcome, rule_id: str) -> None:
    meet(world)
    with pytest.raises(Refused) as elected:
        elect(world, HEAD, 3, outcome)
    with pytest.raises(Refused) as nominated:
        suggest(world, 3, Award.PROVINCE_FLAG, outcome)

    assert rule_ids(elected) == [rule_id]
    assert rule_ids(nominated) == [rule_id]


def test_no_votes_for_is_a_possible_outcome(world: World) -> None:
    meet(world)

    assert elect(world, HEAD, 3, by_hands(0, 3)).votes_for == 0


def test_a_unit_is_nominated_once_for_an_award_and_may_have_several(world: World) -> None:
    meet(world)
    suggest(world, 2, Award.PROVINCE_FLAG)
    suggest(world, 2, Award.MERIT_CERTIFICATE)
    with pytest.raises(Refused) as refused:
        suggest(world, 2, Award.PROVINCE_FLAG)

    assert rule_ids(refused) == ["NOMINATE-2"]
    assert Nomination.objects.count() == 2


def test_a_nomination_can_be_withdrawn_and_made_again(world: World) -> None:
    meet(world)
    suggest(world, 2, Award.PROVINCE_FLAG)
    withdraw_nomination(
        world.head, bloc_year=world.bloc_year, unit=unit(world, 2), award=Award.PROVINCE_FLAG
    )
    assert Nomination.objects.count() == 0
    suggest(world, 2, Award.PROVINCE_FLAG)

    assert Nomination.objects.get().unit == unit(world, 2)


def test_the_same_nomination_request_twice_is_one_nomination(world: World) -> None:
    meet(world)
    for _ in range(2):
        nominate(
            world.head,
            bloc_year=world.bloc_year,
            unit=unit(world, 2),
            award=Award.PROVINCE_FLAG,
            outcome=by_hands(),
            request_id=REQUEST,
        )

    assert Nomination.objects.count() == 1


def test_a_unit_that_is_not_considered_cannot_be_nominated(world: World) -> None:
    sheets = ready(world)
    Sheet.objects.filter(pk=sheets[2].pk).update(fields={"ky_luat": True})
    meet(world)
    adopt_scores(world.head, bloc_year=world.bloc_year)
    suggest(world, 1, Award.PROVINCE_FLAG)
    with pytest.raises(Refused) as refused:
        suggest(world, 2, Award.PROVINCE_FLAG)

    assert [(one.rule_id, one.words) for one in refused.value.findings] == [
        (
            "NOMINATE-3",
            "Sở Số 2 không được xét khen thưởng năm nay: Có cán bộ bị kỷ luật từ cảnh cáo.",
        )
    ]
    assert [row.unit.name for row in Nomination.objects.all()] == ["Sở Số 1"]


@pytest.mark.parametrize("award", [one for one in Award if one not in UNIT_AWARDS])
def test_awards_of_people_and_sub_collectives_are_not_nominated_by_the_bloc(
    world: World, award: Award
) -> None:
    meet(world)
    with pytest.raises(Refused) as refused:
        suggest(world, 2, award)

    assert rule_ids(refused) == ["NOMINATE-4"]


def test_decisions_need_a_recorded_meeting_with_quorum(world: World) -> None:
    with pytest.raises(Refused) as nothing:
        elect(world, HEAD, 2)
    meet(world, present=1)
    with pytest.raises(Refused) as few:
        suggest(world, 2, Award.PROVINCE_FLAG)

    assert rule_ids(nothing) == ["CONF-3"]
    assert rule_ids(few) == ["QUORUM-1"]


@pytest.mark.parametrize("who", ["leader", "officer", "standing", "neighbour", "stranger"])
def test_only_the_head_records_outcomes(world: World, who: str) -> None:
    adopted(world)
    actor = getattr(world, who)
    with pytest.raises(Refused) as refused:
        elect_office(
            actor,
            bloc_year=world.bloc_year,
            office=HEAD,
            unit=unit(world, 2),
            outcome=by_hands(),
        )

    assert rule_ids(refused) == ["RIGHT-1"]
