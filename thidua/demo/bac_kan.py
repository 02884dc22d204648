"""Bắc Kạn 2023: the year-end conference with its nominations; no points are reported."""

from __future__ import annotations

from typing import Any

from thidua.demo.case import day_of
from thidua.demo.cast import Cast
from thidua.demo.found import found_year
from thidua.platform import clock
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.conference.models import Method
from thidua.year.conference.services import (
    MeetingFacts,
    Outcome,
    Seat,
    hold_conference,
    nominate,
    record_attendance,
)
from thidua.year.record.awards import Award


def play(case: dict[str, Any], cast: Cast) -> BlocYear:
    """Found the year, then hold the conference of 27/12/2023 and record who was nominated."""
    starts = day_of(case, "bloc", "starts")
    with clock.at(clock.local(starts, 9)):
        bloc_year = found_year(case, cast, officer_unit="Sở Y tế")
    meeting = case["conference"]
    day = day_of(case, "conference", "held_on")
    with clock.at(clock.local(day, 14)):
        facts = MeetingFacts(
            held_on=day,
            place=meeting["place"] or "",
            chair=meeting["chair"],
            guests=meeting["guests"],
            remarks=str(meeting["remarks"]).strip(),
        )
        hold_conference(cast.chair, bloc_year=bloc_year, facts=facts)
        seats = [Seat(unit_id=unit_id, present=True, synthetic=True) for unit_id in cast.officers]
        record_attendance(cast.chair, bloc_year=bloc_year, seats=seats)
        for label, names in case["nominated"].items():
            for name in names:
                nominate(
                    cast.chair,
                    bloc_year=bloc_year,
                    unit=Unit.objects.get(name=name),
                    award=award_of(label),
                    outcome=Outcome(method=Method.UNREPORTED),
                )
    return bloc_year


def award_of(label: str) -> Award:
    """The award that a case file calls by its Vietnamese name."""
    return next(award for award in Award if award.label == label)
