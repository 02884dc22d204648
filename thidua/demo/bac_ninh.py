"""Bắc Ninh 2018: seven units sign the pact; the source counts registrations, names no unit."""

from __future__ import annotations

from typing import Any

from thidua.demo.bac_kan import award_of
from thidua.demo.case import day_of
from thidua.demo.cast import Cast
from thidua.demo.found import found_year
from thidua.platform import clock
from thidua.year.bloc.models import BlocYear
from thidua.year.registration.services import ReportedInput, report_counts


def play(case: dict[str, Any], cast: Cast) -> BlocYear:
    """Found the year; on the day of the conference record how many units registered each title."""
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 9)):
        bloc_year = found_year(case, cast, officer_unit="Sở Y tế")
    counts = {award_of(label): count for label, count in case["reported_counts"].items()}
    with clock.at(clock.local(day_of(case, "event", "held_on"), 14)):
        report_counts(
            cast.chair,
            bloc_year=bloc_year,
            reported=ReportedInput(source=case["source"], counts=counts),
        )
    return bloc_year
