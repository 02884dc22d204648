"""An invitation says what really happened, and asks nothing that is known."""

from __future__ import annotations

import uuid

from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from thidua.platform.marking import made_up
from thidua.registry.models import Person, Position, Role
from thidua.registry.services import Invited, Post, accept_invitation, add_person, invite

NAME, OWN = "Nguyễn Văn Mẫu", "Trần Thị Thật"


def invited(world: World) -> tuple[Position, Invited]:
    post = Post(role=Role.OFFICER, starts=world.bloc_year.starts, unit=world.units[2])
    with made_up():
        person = add_person(world.standing, full_name=NAME, post=post)
    position = person.positions.get()
    return position, invite(world.standing, position=position, email="moi@mau.vn")


def test_without_a_mail_server_the_page_says_that_nothing_was_sent(
    world: World, client: Client
) -> None:
    position, _ = invited(world)
    where = reverse("registry:invite", args=[position.pk])
    sent = {"email": "khac@mau.vn", "request_id": str(uuid.uuid4())}
    page = shown(sign_in(client, "standing").post(where, sent))

    assert "Lời mời đã lập, chưa gửi đi" in page
    assert "không có thư nào đi" in page
    assert "Đã gửi lời mời" not in page


def test_the_name_the_office_typed_stands_in_the_form(world: World, client: Client) -> None:
    _, made = invited(world)

    page = client.get(made.link[made.link.index("/", 8) :]).content.decode()
    assert f'value="{NAME}"' in page


def test_a_name_typed_by_the_person_is_no_sample(world: World) -> None:
    position, made = invited(world)
    assert Person.objects.get(pk=position.person_id).synthetic

    accept_invitation(invitation=made.invitation, full_name=OWN, password="mot cau de nho lam")
    person = Person.objects.get(pk=position.person_id)
    assert (person.full_name, person.synthetic) == (OWN, False)
