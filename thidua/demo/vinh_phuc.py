"""Vĩnh Phúc 2021: theme of action and the percentage targets that all nine units signed."""

from __future__ import annotations

from typing import Any

from thidua.demo import register
from thidua.demo.case import day_of
from thidua.demo.cast import Cast
from thidua.demo.found import found_year
from thidua.platform import clock
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.registration.services import TargetInput


def play(case: dict[str, Any], cast: Cast) -> BlocYear:
    """Found the year; on 01/04/2021 every unit registers the targets of the common pact.

    Titles of sub-collectives and of people are among them, as "100%", without numbers of people.
    """
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 9)):
        bloc_year = found_year(case, cast, officer_unit="Sở Y tế")
    targets = [
        TargetInput(name=one["content"], wording=one["wording"]) for one in case["common_targets"]
    ]
    with clock.at(clock.local(day_of(case, "event", "held_on"), 9)):
        for unit_id in cast.officers:
            unit = Unit.objects.get(pk=unit_id)
            row = register.draft(cast, bloc_year, unit, targets=targets)
            register.send(cast, row)
    return bloc_year
