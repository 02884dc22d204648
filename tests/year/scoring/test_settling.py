"""Sent is settled: what was recorded later does not change a number that people are verifying."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.scoring.build import REASON, cite, opened, type_line
from thidua.core.finding import Refused
from thidua.core.points import MILLI
from thidua.year.progress.services import Figure, record_results
from thidua.year.registration.models import Registration
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    accept_registration,
    approve_registration,
    assign_targets,
    submit_registration,
)
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import set_fields, submit_self_score


@pytest.fixture
def sheet(world: World) -> Sheet:
    """The own unit's sheet: target and result of I.1 come from registration and progress."""
    own = opened(world)[2]
    assign(world, 100)
    row = Registration.objects.get(unit=own.unit)
    submit_registration(world.officer, registration=row)
    approve_registration(world.leader, registration=row)
    accept_registration(world.head, registration=row)
    report(world, 80, date(2026, 3, 31))
    cite(world.officer, own, "I.1")
    type_line(world.officer, own, "I.2", target="10", result="12")
    type_line(world.officer, own, "II.1", "18", reason=REASON)
    type_line(world.officer, own, "II.2", value=True)
    type_line(world.officer, own, "III", value="1")
    type_line(world.officer, own, "IV", value="0")
    set_fields(world.officer, sheet=own, fields={"co_chi_bo": True, "so_nguoi": "40"})
    return own


def assign(world: World, figure: int) -> None:
    target = AssignedTarget(unit_id=world.units[1].pk, code="I.1", value=figure * MILLI)
    assign_targets(
        world.standing,
        bloc_year=world.bloc_year,
        assignment=Assignment(clause="Mục 1"),
        targets=[target],
    )


def report(world: World, figure: int, day: date) -> None:
    record_results(
        world.officer,
        bloc_year=world.bloc_year,
        unit=world.units[1],
        as_of=day,
        figures=[Figure(code="I.1", value=figure * MILLI)],
    )


def points(world: World, code: str = "I.1") -> Fraction | None:
    result = stage_result(world.bloc_year, Stage.SELF)
    own = next(unit for unit in result.units if unit.unit == world.units[1].name)
    return own.nodes[code].points


def test_before_it_is_sent_the_newest_result_fills_the_sheet(world: World, sheet: Sheet) -> None:
    assert points(world) == 24

    report(world, 90, date(2026, 6, 30))

    assert points(world) == 27


def test_after_it_is_sent_a_later_result_changes_nothing(world: World, sheet: Sheet) -> None:
    submit_self_score(world.officer, sheet=sheet)

    report(world, 90, date(2026, 6, 30))

    assert points(world) == 24


def test_after_it_is_sent_a_target_assigned_anew_changes_nothing(
    world: World, sheet: Sheet
) -> None:
    submit_self_score(world.officer, sheet=sheet)

    assign(world, 160)

    assert points(world) == 24


def test_the_settled_figures_stand_in_the_entry(world: World, sheet: Sheet) -> None:
    submit_self_score(world.officer, sheet=sheet)

    entry = Entry.objects.get(sheet=sheet, code="I.1", stage=Stage.SELF)
    assert entry.inputs == {"target": "100", "result": "80"}
    assert entry.kind == Entry.Kind.INPUT


def test_why_names_the_source_of_a_settled_figure_not_who_pressed_send(
    world: World, sheet: Sheet, client: Client
) -> None:
    submit_self_score(world.officer, sheet=sheet)
    address = [world.bloc_year.pk, world.units[1].pk, "I.1"]

    page = shown(sign_in(client, "officer").get(reverse("scoring:why", args=address)))

    assert "số liệu đến 31/03/2026, Chuyên viên, Sở Số 2 nhập" in page
    assert "Mục 1" in page


def test_a_unit_cannot_write_over_the_target_assigned_to_it(world: World, sheet: Sheet) -> None:
    for target in ("10", None):
        with pytest.raises(Refused) as refused:
            type_line(world.officer, sheet, "I.1", target=target)
        assert [one.words for one in refused.value.findings] == [
            "Dòng I.1: chỉ tiêu do cấp trên giao, đơn vị không sửa. Cơ quan thường trực sửa được."
        ]
    assert not Entry.objects.filter(sheet=sheet, code="I.1").exists()
