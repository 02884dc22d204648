"""Pages of the registry: what the standing office types, sees and sends; the invitation link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world, make_unit
from tests.pages import shown, sign_in
from thidua.platform import clock
from thidua.platform.accounts.models import Account
from thidua.platform.mail.models import Letter
from thidua.registry import queries
from thidua.registry.models import Invitation, Person, Position, Role, Unit
from thidua.registry.services import Post, add_person, invite

PASSWORD = "mot cau du dai"


def position_of(world: World) -> Position:
    post = Post(role=Role.OFFICER, unit=world.units[0], starts=clock.today())
    return add_person(world.standing, full_name="Người Mới", post=post).positions.get()


def link_to(world: World, email: str = "moi@mau.vn") -> str:
    link = invite(world.standing, position=position_of(world), email=email).link
    return link.removeprefix("http://127.0.0.1:8000")


def test_the_standing_office_adds_a_unit(world: World, client: Client) -> None:
    answer = sign_in(client, "standing").post(
        "/don-vi/them/",
        {"name": "Ban Dân tộc", "kind": "Ban", "since": "01/01/2020", "decision": "05/QĐ-UBND"},
    )
    unit = Unit.objects.get(name="Ban Dân tộc")
    assert (answer.status_code, answer["Location"]) == (303, f"/don-vi/{unit.pk}/")
    assert "Đã ghi Ban Dân tộc vào danh bạ." in shown(client.get(answer["Location"]))


def test_a_second_unit_of_one_name_is_asked_about_once(world: World, client: Client) -> None:
    sign_in(client, "standing")
    asked = client.post("/don-vi/them/", {"name": "Sở Số 1"})
    assert asked.status_code == 200
    assert "Danh bạ đã có đơn vị tên này." in shown(asked)
    assert 'value="Sở Số 1"' in asked.content.decode()

    assert client.post("/don-vi/them/", {"name": "Sở Số 1", "another": "on"}).status_code == 303
    assert Unit.objects.filter(name="Sở Số 1").count() == 2
    assert "Có 1 đơn vị khác cùng tên" in shown(client.get("/don-vi/"))


@pytest.mark.parametrize("search", ["so so 2", "SỞ SỐ 2", "số 2"])
def test_units_are_found_without_marks(world: World, search: str) -> None:
    for unit in world.units:
        Unit.objects.filter(pk=unit.pk).update(search=unit.name.replace("Sở Số", "so so"))
    assert [row.unit.name for row in queries.find_units(search)] == ["Sở Số 2"]


def test_a_renamed_unit_is_found_by_its_old_name(world: World, client: Client) -> None:
    unit = world.units[0]
    answer = sign_in(client, "standing").post(
        f"/don-vi/{unit.pk}/doi-ten/",
        {"name": "Sở Nội vụ", "since": "01/03/2020", "decision": "12/QĐ-UBND"},
    )
    assert answer.status_code == 303
    assert [row.unit.name for row in queries.find_units("so so 1")] == ["Sở Nội vụ"]
    page = shown(client.get(f"/don-vi/{unit.pk}/"))
    assert "Sở Số 1 chưa rõ 29/02/2020" in page


def test_a_refused_renaming_keeps_what_was_typed(world: World, client: Client) -> None:
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    answer = sign_in(client, "standing").post(
        f"/don-vi/{world.units[0].pk}/doi-ten/", {"name": "Sở Nội vụ", "since": tomorrow}
    )
    assert answer.status_code == 200
    assert 'value="Sở Nội vụ"' in answer.content.decode()
    assert "Ghi ngày tên mới có hiệu lực, không sau hôm nay." in shown(answer)


def test_the_standing_office_sets_a_kind_and_dissolves(world: World, client: Client) -> None:
    unit = world.units[2]
    sign_in(client, "standing").post(f"/don-vi/{unit.pk}/loai/", {"kind": "Sở"})
    client.post(f"/don-vi/{unit.pk}/giai-the/", {"on": "01/02/2026"})
    assert "Sở · giải thể từ 01/02/2026" in shown(client.get(f"/don-vi/{unit.pk}/"))


def test_a_person_is_added_invited_and_the_link_is_shown_once(world: World, client: Client) -> None:
    sign_in(client, "standing")
    form = client.get(f"/nguoi/them/?don-vi={world.units[1].pk}")
    assert f'<option value="{world.units[1].pk}" selected>' in form.content.decode()
    answer = client.post(
        "/nguoi/them/",
        {
            "full_name": "Trần Thị Mẫu",
            "role": "officer",
            "unit": world.units[1].pk,
            "starts": "01/01/2026",
        },
    )
    person = Person.objects.get(full_name="Trần Thị Mẫu")
    assert answer["Location"] == f"/nguoi/{person.pk}/"

    position = person.positions.get()
    sent = {
        "email": "mau@mau.vn",
        "request_id": "0b8f3f3e-1111-4222-8333-944444444444",
    }
    page = client.post(f"/cuong-vi/{position.pk}/moi/", sent)
    assert "/loi-moi/" in shown(page)
    again = client.post(f"/cuong-vi/{position.pk}/moi/", sent)
    assert "/loi-moi/" not in shown(again)
    assert Letter.objects.count() == 1
    assert "Đã mời, chờ nhận tới ngày" in shown(client.get(f"/nguoi/{person.pk}/"))


def test_an_invitation_is_withdrawn(world: World, client: Client) -> None:
    link = link_to(world)
    invitation = Invitation.objects.get()
    sign_in(client, "standing").post(f"/loi-moi-da-gui/{invitation.pk}/thu-hoi/")
    client.logout()
    closed = client.get(link)
    assert closed.status_code == 410
    assert "Lời mời này đã được thu hồi" in shown(closed)


def test_ending_a_position_from_today_ends_it_at_once(world: World, client: Client) -> None:
    position_id = world.actors["leader"].position_id
    answer = sign_in(client, "standing").post(
        f"/cuong-vi/{position_id}/thoi/", {"since": f"{clock.today():%d/%m/%Y}"}
    )
    assert answer.status_code == 303
    assert sign_in(client, "leader").get("/").status_code == 403


def test_a_name_is_corrected_and_a_position_added(world: World, client: Client) -> None:
    person = position_of(world).person
    sign_in(client, "standing").post(f"/nguoi/{person.pk}/ho-ten/", {"full_name": "Người Cũ"})
    client.post(
        f"/nguoi/{person.pk}/cuong-vi/",
        {"role": "secretary", "unit": world.units[0].pk, "starts": "01/01/2026"},
    )
    page = shown(client.get(f"/nguoi/{person.pk}/"))
    assert "Người Cũ" in page
    assert "Thư ký Khối" in page


def test_the_administrator_sees_only_the_standing_office_and_administrators(
    world: World, client: Client
) -> None:
    page = sign_in(client, "administrator").get("/nguoi/")
    assert page.status_code == 200
    assert "Sở Số 1" not in shown(page)
    assert client.get(f"/nguoi/{world.officer.person_id}/").status_code == 404
    assert client.get(f"/cuong-vi/{world.officer.position_id}/thoi/").status_code == 404


def test_another_province_has_its_own_people(world: World, client: Client) -> None:
    sign_in(client, "standing")
    assert client.get(f"/nguoi/{world.stranger.person_id}/").status_code == 404
    assert client.get(f"/don-vi/{world.stranger.unit_id}/").status_code == 404


def test_the_invitation_says_who_invites_as_what_for_which_unit(
    world: World, client: Client
) -> None:
    page = client.get(link_to(world))
    text = shown(page)
    assert page.status_code == 200
    assert "Người mời Cơ quan thường trực, Phòng Thi đua, Tỉnh Mẫu Một" in text
    assert "Mời làm Chuyên viên" in text
    assert "Đơn vị Sở Số 1, Tỉnh Mẫu Một" in text
    assert "Không thuộc bạn Không duyệt thay lãnh đạo đơn vị." in text
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex"


def test_accepting_signs_in_and_lands_on_the_tasks(world: World, client: Client) -> None:
    answer = client.post(link_to(world), {"full_name": "Trần Thị Mẫu", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert client.get("/").status_code == 200


def test_a_link_used_twice_says_so(world: World, client: Client) -> None:
    link = link_to(world)
    client.post(link, {"full_name": "Trần Thị Mẫu", "password": PASSWORD})
    client.logout()
    again = client.post(link, {"full_name": "Kẻ Khác", "password": PASSWORD})
    assert "Lời mời này đã được nhận" in shown(again)
    assert client.get(link).status_code == 410
    assert not Person.objects.filter(full_name="Kẻ Khác").exists()


def test_a_short_password_keeps_the_name_typed(world: World, client: Client) -> None:
    page = client.post(link_to(world), {"full_name": "Trần Thị Mẫu", "password": "ngan"})
    assert page.status_code == 200
    assert 'value="Trần Thị Mẫu"' in page.content.decode()
    assert "Ghi ít nhất 12 ký tự, đang có 4." in shown(page)


def test_the_page_is_the_same_whether_the_address_has_an_account(
    world: World, client: Client
) -> None:
    fresh = shown(client.get(link_to(world, "chua-co@mau.vn")))
    known = shown(client.get(link_to(world, "leader@mau.vn")))
    assert fresh.replace("chua-co@mau.vn", "") == known.replace("leader@mau.vn", "")


def test_an_account_accepts_after_logging_in(world: World, client: Client) -> None:
    account = Account.objects.create_user("moi@mau.vn", PASSWORD)
    link = link_to(world)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert "Bạn đang đăng nhập bằng moi@mau.vn." in shown(client.get(link))
    assert client.post(link).status_code == 303
    assert client.get("/").status_code == 200


def test_a_link_for_somebody_else_is_not_taken_by_who_is_signed_in(
    world: World, client: Client
) -> None:
    link = link_to(world)
    sign_in(client, "leader")
    assert "gửi tới thư khác với thư bạn đang đăng nhập" in shown(client.get(link))
    assert client.post(link).status_code == 409
    assert Invitation.objects.get().accepted_at is None


def test_giving_the_link_back_is_asked_once(world: World, client: Client) -> None:
    link = link_to(world)
    asked = client.post(f"{link}tra-lai/")
    assert "Trả lại lời mời này?" in shown(asked)
    assert f'<a class="btn" href="{link}">' in asked.content.decode()
    assert Invitation.objects.get().declined_at is None

    sure = {"confirmed": "1"}
    assert "Đã trả lại lời mời" in shown(client.post(f"{link}tra-lai/", sure))
    assert "Đã trả lại lời mời" in shown(client.post(f"{link}tra-lai/", sure))
    assert client.get(link).status_code == 410
    assert Invitation.objects.get().declined_at is not None


@pytest.mark.parametrize("tail", ["x", "a" * 43, "%C3%A9" * 43])
def test_a_link_that_was_never_given_is_not_found(world: World, client: Client, tail: str) -> None:
    page = client.get(f"/loi-moi/{tail}/")
    assert page.status_code == 404
    assert "Liên kết này không đúng." in shown(page)
    assert client.post(f"/loi-moi/{tail}/tra-lai/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 10])
def test_lists_take_the_same_queries_whatever_their_length(units: int) -> None:
    with scopes_disabled():
        world = build_world(units=units)
    with scope(jurisdiction=world.jurisdiction):
        make_unit(world.jurisdiction, "Ban Dân tộc")
        position_of(world)
        for read, most in (
            (queries.find_units, 2),
            (lambda: queries.people(list(Role)), 2),
            (lambda: queries.staff_of([unit.pk for unit in world.units]), 1),
        ):
            with CaptureQueriesContext(connection) as captured:
                read()
            assert len(captured) == most
