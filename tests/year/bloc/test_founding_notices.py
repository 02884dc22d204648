"""Founding says everything that is wrong at once, and tells of a unit in another bloc."""

from __future__ import annotations

import uuid

from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from thidua.year.bloc.models import Bloc, BlocYear


def found(client: Client, **typed: object) -> str:
    sent = {"request_id": str(uuid.uuid4()), "kind": Bloc.Kind.BLOC.value, "year": "2026", **typed}
    return shown(sign_in(client, "standing").post(reverse("bloc:found"), sent, follow=True))


def test_every_fault_of_the_form_is_told_at_once(world: World, client: Client) -> None:
    page = found(
        client, name="", member_1="Sở Mới", head="1", deputy="1", starts="01/02/2026",
        ends="01/01/2026",
    )  # fmt: skip

    assert "Chưa ghi tên khối." in page
    assert "Khối cần ít nhất 2 đơn vị, đang có 1." in page
    assert "Trưởng khối và Phó khối phải là hai đơn vị khác nhau." in page
    assert "Năm thi đua phải kết thúc sau ngày bắt đầu" in page


def test_every_fault_of_the_decision_is_told_at_once(world: World, client: Client) -> None:
    page = found(client, name=world.bloc_year.bloc.name, member_1="Sở Mới", head="1", deputy="1")

    assert "Khối cần ít nhất 2 đơn vị, đang có 1." in page
    assert "Trưởng khối và Phó khối phải là hai đơn vị khác nhau." in page
    assert "đã có năm 2026" in page


def test_a_unit_of_another_bloc_is_told_of_and_not_refused(world: World, client: Client) -> None:
    named = world.units[0].name
    page = found(client, name="Khối thi đua mới", member_1=named, member_2="Sở Mới")

    assert BlocYear.objects.filter(bloc__name="Khối thi đua mới").exists()
    assert f"{named} đang là thành viên của {world.bloc_year.bloc.name} năm 2026." in page
