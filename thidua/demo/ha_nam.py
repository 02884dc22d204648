"""Hà Nam 2018: Party bodies; theme of action, ten units with ten key tasks each."""

from __future__ import annotations

from typing import Any

from thidua.demo import register
from thidua.demo.case import day_of
from thidua.demo.cast import Cast
from thidua.demo.found import found_year
from thidua.platform import clock
from thidua.platform.marking import made_up
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.registration.services import KeyTaskInput


def play(case: dict[str, Any], cast: Cast) -> BlocYear:
    """Found the year; on 20/03/2018 every unit announces its key tasks, in made-up words."""
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 9)):
        bloc_year = found_year(case, cast, officer_unit="Đảng ủy Khối các cơ quan tỉnh")
    count = case["key_tasks"]
    tasks = [
        KeyTaskInput(text=f"Nhiệm vụ trọng tâm {number} (bài báo không nêu lời)", synthetic=True)
        for number in range(1, count + 1)
    ]
    with clock.at(clock.local(day_of(case, "event", "held_on"), 8)), made_up():
        for unit_id in cast.officers:
            unit = Unit.objects.get(pk=unit_id)
            register.send(cast, register.draft(cast, bloc_year, unit, tasks=tasks))
    return bloc_year
