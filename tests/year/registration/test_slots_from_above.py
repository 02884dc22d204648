"""Slots called assigned: the office fills them with its resolution, else everybody is told."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import sign_in
from tests.year.rulebook.samples import SECTIONS, adopt, scale_text
from thidua.year.registration.queries import draft, is_from_above
from thidua.year.registration.review import blocking
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    TargetInput,
    assign_targets,
    save_targets,
)

ASSIGNED = SECTIONS.replace("Chỉ tiêu 1 của ngành", '"Chỉ tiêu 1, HĐND tỉnh giao"')


@pytest.fixture(autouse=True)
def scale(world: World) -> None:
    adopt(world, scale_text(sections=ASSIGNED))


def save(world: World, target: TargetInput) -> None:
    save_targets(world.officer, bloc_year=world.bloc_year, unit=world.units[1], targets=[target])


def page(world: World, client: Client) -> str:
    where = reverse("registration:unit", args=[world.bloc_year.pk, world.units[1].pk])
    return str(sign_in(client, "officer").get(where).content.decode())


@pytest.mark.parametrize(
    ("label", "above"),
    [
        ("Chỉ tiêu 1, được giao", True),
        ("Chỉ tiêu 3, HĐND tỉnh giao", True),
        ("Chỉ tiêu 1, đơn vị tự đăng ký", False),
        ("Chỉ tiêu tự đặt khi không được giao", False),
        ("Tham mưu văn bản theo chương trình công tác", False),
    ],
)
def test_the_label_of_a_slot_says_who_fills_it(label: str, above: bool) -> None:
    assert is_from_above(label) is above


def test_what_the_unit_writes_there_itself_is_taken_and_told(world: World, client: Client) -> None:
    """A bloc whose office keeps its resolutions elsewhere must be able to go on."""
    save(world, TargetInput(code="I.1", name="Tự ghi", measure="%", value=80_000))

    found = page(world, client)
    assert "Ô I.1 do đơn vị tự ghi" in found
    assert "chưa có văn bản giao" in found


def test_the_unit_may_say_why_the_slot_stays_empty(world: World) -> None:
    save(world, TargetInput(code="I.1", reason="Năm nay tỉnh không giao"))

    codes = [one.code for one in blocking(draft(world.bloc_year, world.units[1].pk))]
    assert codes == ["I.2"]


def test_what_the_office_assigns_shows_its_resolution(world: World, client: Client) -> None:
    target = AssignedTarget(
        unit_id=world.units[1].pk, code="I.1", name="Nghiệm thu", measure="%", value=80_000
    )
    by = Assignment(document_number="20/NQ-HĐND", document_date=date(2025, 12, 9), clause="Mục 2")
    assign_targets(world.standing, bloc_year=world.bloc_year, assignment=by, targets=[target])

    found = page(world, client)
    assert "20/NQ-HĐND" in found
    assert "do đơn vị tự ghi" not in found


def test_a_fault_stands_at_its_own_cell(world: World, client: Client) -> None:
    where = reverse("registration:targets", args=[world.bloc_year.pk, world.units[1].pk])
    sent = {"s1-code": "I.1", "s2-code": "I.2", "s2-name": "Cuộc thanh tra", "s2-value": "mười"}
    answer = sign_in(client, "officer").post(where, sent).content.decode()

    cell = answer[answer.index('name="s2-value"') :]
    cell = cell[: cell.index("</td>")]
    assert 'class="small bad"' in cell
    assert answer.count('class="small bad"') == 1
