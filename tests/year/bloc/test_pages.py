"""Pages of the bloc: founding in one form, the bloc's page, what its head sets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from tests.build import World, build_world
from tests.pages import shown, sign_in
from thidua.platform import clock
from thidua.registry.models import Person, Unit
from thidua.registry.services import add_unit
from thidua.year.bloc.foundingform import pasted_names
from thidua.year.bloc.models import BlocYear, Checker, Window
from thidua.year.bloc.queries import bloc_rows, checkers, member_count, members, windows

DECISION = {
    "name": "Khối thi đua Văn hóa - Xã hội",
    "kind": "khoi",
    "year": "2026",
    "decision": "Quyết định số 05/QĐ-UBND",
    "decision_day": "20/12/2025",
    "council_member": "Phó Chủ tịch Hội đồng",
    "member_1": "Sở Y tế",
    "member_3": "Ban Dân tộc",
    "member_4": "Sở Số 1",
    "head": "3",
    "deputy": "1",
}


def at(world: World, tail: str = "") -> str:
    return f"/nam/{world.bloc_year.pk}/khoi/{tail}"


def test_a_decision_is_one_form(world: World, client: Client) -> None:
    answer = sign_in(client, "standing").post("/khoi/moi/", DECISION)
    year = BlocYear.objects.get(bloc__name=DECISION["name"])
    assert (answer.status_code, answer["Location"]) == (303, f"/nam/{year.pk}/khoi/")
    assert [(one.name, one.is_head, one.is_deputy) for one in members(year)] == [
        ("Sở Y tế", False, True),
        ("Ban Dân tộc", True, False),
        ("Sở Số 1", False, False),
    ]
    page = shown(client.get(answer["Location"]))
    assert (
        "Đã lập Khối thi đua Văn hóa - Xã hội, năm 2026. 2 đơn vị mới đã ghi vào danh bạ." in page
    )
    assert "Số 05/QĐ-UBND · 20/12/2025" in page


def test_a_refused_decision_keeps_every_line(world: World, client: Client) -> None:
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    page = sign_in(client, "standing").post(
        "/khoi/moi/", {**DECISION, "decision_day": tomorrow, "member_3": "Sở  Y tế"}
    )
    assert page.status_code == 200
    html = page.content.decode()
    assert 'value="Sở Số 1"' in html
    assert re.search(r'name="head" value="3"\s+checked', html)
    assert "có hai lần trong danh sách" in shown(page)
    assert not BlocYear.objects.filter(bloc__name=DECISION["name"]).exists()


def test_a_bloc_of_one_unit_is_refused_in_words(world: World, client: Client) -> None:
    one = {key: value for key, value in DECISION.items() if key not in ("member_3", "member_4")}
    page = sign_in(client, "standing").post("/khoi/moi/", {**one, "head": "1", "deputy": ""})
    assert "Khối cần ít nhất 2 đơn vị, đang có 1." in shown(page)


def test_a_head_on_an_empty_row_is_pointed_out(world: World, client: Client) -> None:
    page = sign_in(client, "standing").post("/khoi/moi/", {**DECISION, "head": "2"})
    assert "Trưởng khối đang chọn ở dòng 2 chưa có đơn vị." in shown(page)


def test_a_pasted_list_fills_the_rows_that_are_empty(world: World, client: Client) -> None:
    pasted = "1. Sở Tài chính;\n- Sở Tư pháp\n\n" + "\n".join(f"Xã {n}" for n in range(1, 18))
    page = sign_in(client, "standing").post(
        "/khoi/moi/", {**DECISION, "pasted": pasted, "fill": "1"}
    )
    html = page.content.decode()
    assert re.search(r'name="member_2" value="Sở Tài chính"', html)
    assert re.search(r'name="member_5" value="Sở Tư pháp"', html)
    assert re.search(r'name="member_20" value="Xã 15"', html)
    assert "Xã 16\nXã 17</textarea>" in html.replace("\r", "")
    assert "Có 1 chỗ phải sửa" not in shown(page)
    assert not BlocYear.objects.filter(bloc__name=DECISION["name"]).exists()


def test_a_pasted_list_loses_numbering_and_closing_signs() -> None:
    assert pasted_names("1. Sở Y tế;\r\n 02) Ban Dân tộc,\n• Sở 4.0\n(3) Xã 12\n\n") == [
        "Sở Y tế",
        "Ban Dân tộc",
        "Sở 4.0",
        "Xã 12",
    ]


def test_units_of_one_name_are_told_apart_in_the_suggestions(world: World, client: Client) -> None:
    first = add_unit(world.standing, name="Ban Dân tộc")
    add_unit(world.standing, name="Ban Dân tộc")
    option = f"Ban Dân tộc (số {first.pk} trong danh bạ)"
    assert f'<option value="{option}">' in (
        sign_in(client, "standing").get("/khoi/moi/").content.decode()
    )
    client.post("/khoi/moi/", {**DECISION, "member_3": option})
    year = BlocYear.objects.get(bloc__name=DECISION["name"])
    assert members(year)[1].unit_id == first.pk
    assert Unit.objects.filter(name="Ban Dân tộc").count() == 2


def test_the_standing_office_sees_where_every_bloc_stands(world: World, client: Client) -> None:
    Window.objects.filter(bloc_year=world.other_year).delete()
    page = shown(sign_in(client, "standing").get("/khoi/"))
    assert "Khối thi đua số 1 3 Sở Số 1 Đăng ký thi đua, hạn" in page
    assert "Khối thi đua số 2 2 Sở Láng Giềng A Trưởng khối chưa đặt các mốc" in page


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("officer", ["boc-tham/"]),
        ("verifier", ["boc-tham/"]),
        (
            "head",
            ["boc-tham/", "chu-de/", "loai-don-vi/", "moc-thoi-gian/", "quy-dinh/", "tham-dinh/"],
        ),
        ("standing", ["boc-tham/", "loai-don-vi/", "thanh-vien/", "thong-tin/", "truong-khoi/"]),
    ],
)
def test_everybody_in_the_bloc_reads_its_page_and_sees_own_buttons(
    world: World, client: Client, role: str, sees: list[str]
) -> None:
    page = sign_in(client, role).get(at(world))
    links = set(re.findall(rf'href="{at(world)}([a-z-]+/)"', page.content.decode()))
    assert page.status_code == 200
    assert sorted(links) == sees
    for tail in links:
        assert client.get(at(world, tail)).status_code == 200


@pytest.mark.parametrize("role", ["neighbour", "administrator"])
def test_others_do_not_read_the_page_of_the_bloc(world: World, client: Client, role: str) -> None:
    assert sign_in(client, role).get(at(world)).status_code == 403


def test_another_province_does_not_find_the_bloc(world: World, client: Client) -> None:
    assert sign_in(client, "stranger").get(at(world)).status_code == 404


def test_a_closed_year_offers_no_change(world: World, client: Client) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())
    page = sign_in(client, "head").get(at(world))
    assert re.findall(rf'href="{at(world)}([a-z-]+/)"', page.content.decode()) == ["boc-tham/"]


@pytest.mark.parametrize(
    ("role", "tail"),
    [
        ("head", "moc-thoi-gian/"),
        ("head", "quy-dinh/"),
        ("head", "chu-de/"),
        ("head", "tham-dinh/"),
        ("head", "loai-don-vi/"),
        ("standing", "thanh-vien/"),
        ("standing", "truong-khoi/"),
        ("standing", "thong-tin/"),
    ],
)
def test_a_form_of_a_closed_year_says_so_and_has_no_button(
    world: World, client: Client, role: str, tail: str
) -> None:
    said = f"Năm {world.bloc_year.year} đã khép, dữ liệu chỉ còn để xem."
    sign_in(client, role)
    before = client.get(at(world, tail))
    assert said not in shown(before)
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(closed_at=clock.now())
    after = client.get(at(world, tail))
    assert said in shown(after)
    assert after.content.decode().count('type="submit"') < before.content.decode().count(
        'type="submit"'
    )
    assert '<button class="btn go"' not in after.content.decode()


def test_made_up_dates_and_verifiers_are_marked(world: World, client: Client) -> None:
    sign_in(client, "officer")
    Window.objects.filter(bloc_year=world.bloc_year).exclude(deed="register").delete()
    before = shown(client.get(at(world))).count("°")
    Window.objects.filter(bloc_year=world.bloc_year).update(synthetic=True)
    assert shown(client.get(at(world))).count("°") == before + 2
    Checker.objects.filter(bloc_year=world.bloc_year).delete()
    Checker.objects.create(
        jurisdiction=world.jurisdiction,
        bloc_year=world.bloc_year,
        unit=world.units[0],
        checker=world.units[1],
        synthetic=True,
    )
    assert shown(client.get(at(world))).count("°") == before + 3


def test_a_unit_where_nobody_logs_in_is_named_to_who_can_mend_it(
    world: World, client: Client
) -> None:
    silent = "Chưa ai ở Sở Số 3 đăng nhập được."
    Person.objects.filter(positions__unit=world.units[2]).update(account=None)
    page = sign_in(client, "standing").get(at(world))
    assert silent in shown(page)
    assert f'<a href="/don-vi/{world.units[2].pk}/">Mời người phụ trách' in page.content.decode()
    assert shown(page).count("Chưa ai ở") == 1
    assert silent in shown(sign_in(client, "head").get(at(world)))
    assert silent not in shown(sign_in(client, "officer").get(at(world)))


def test_the_head_sets_all_windows_on_one_page(world: World, client: Client) -> None:
    Window.objects.filter(bloc_year=world.bloc_year).delete()
    answer = sign_in(client, "head").post(
        at(world, "moc-thoi-gian/"),
        {
            "register_opens_day": "01/12/2026",
            "register_closes_day": "15/01/2027",
            "register_closes_hour": "11h30",
            "verify_opens_day": "01/02/2027",
            "verify_closes_day": "10/02/2027",
        },
    )
    assert answer.status_code == 303
    found = windows(world.bloc_year)
    assert list(found) == ["register", "verify"]
    local = found["register"].closes.astimezone(clock.LOCAL)
    assert f"{local:%H:%M %d/%m/%Y}" == "11:30 15/01/2027"
    assert f"{found['verify'].closes.astimezone(clock.LOCAL):%H:%M}" == "17:00"


def test_windows_left_alone_keep_their_instants(world: World, client: Client) -> None:
    before = list(Window.objects.filter(bloc_year=world.bloc_year).values())
    page = sign_in(client, "head").get(at(world, "moc-thoi-gian/"))
    shown_values = re.findall(r'name="(\w+_(?:day|hour))" value="([^"]*)"', page.content.decode())
    assert len(shown_values) == 18
    assert client.post(at(world, "moc-thoi-gian/"), dict(shown_values)).status_code == 303
    assert list(Window.objects.filter(bloc_year=world.bloc_year).values()) == before


@pytest.mark.parametrize(
    ("late", "then"),
    [
        (BlocYear.Late.REFUSE, "Việc này đóng ngay. Cần mở lại thì đặt hạn mới."),
        (BlocYear.Late.ACCEPT, "Việc làm từ bây giờ vẫn nhận, được ghi là chậm."),
    ],
)
def test_a_deadline_set_to_an_hour_gone_by_says_what_follows(
    world: World, client: Client, late: str, then: str
) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(late=late)
    own = Window.objects.get(bloc_year=world.bloc_year, deed=Window.Deed.SELF_SCORE)
    now = clock.local(own.opens.astimezone(clock.LOCAL).date() + timedelta(days=40), 2)
    sent = {
        "self_score_opens_day": f"{own.opens.astimezone(clock.LOCAL):%d/%m/%Y}",
        "self_score_closes_day": f"{now:%d/%m/%Y}",
        "self_score_closes_hour": "01:00",
        "reason": "Rút ngắn",
    }
    Window.objects.filter(bloc_year=world.bloc_year).exclude(pk=own.pk).delete()
    sign_in(client, "head")
    with clock.at(now):
        page = shown(client.post(at(world, "moc-thoi-gian/"), sent, follow=True))

    assert f"Hạn tự chấm điểm vừa đặt, 01:00 ngày {now:%d/%m/%Y}, đã qua. {then}" in page


def test_a_window_half_filled_is_pointed_out(world: World, client: Client) -> None:
    Window.objects.filter(bloc_year=world.bloc_year).delete()
    page = sign_in(client, "head").post(
        at(world, "moc-thoi-gian/"), {"register_opens_day": "01/12/2026"}
    )
    assert "Ghi cả ngày hạn, hoặc bỏ trống cả hai ngày." in shown(page)
    assert 'value="01/12/2026"' in page.content.decode()


def test_the_settings_say_what_they_mean(world: World, client: Client) -> None:
    sign_in(client, "head")
    page = shown(client.get(at(world, "quy-dinh/")))
    assert "Từ 2/3 số đơn vị trở lên: với 3 đơn vị" in page
    answer = client.post(
        at(world, "quy-dinh/"),
        {
            "quorum_num": "3",
            "quorum_den": "4",
            "visibility": "own",
            "late": "refuse",
            "checks_each": "2",
        },
    )
    assert answer.status_code == 303
    assert "với 3 đơn vị, hội nghị họp được khi có ít nhất 3 đơn vị dự." in shown(
        client.get(at(world))
    )


def test_a_quorum_that_cannot_be_keeps_the_page(world: World, client: Client) -> None:
    page = sign_in(client, "head").post(
        at(world, "quy-dinh/"),
        {
            "quorum_num": "4",
            "quorum_den": "3",
            "visibility": "own",
            "late": "refuse",
            "checks_each": "2",
        },
    )
    assert "Ghi một phân số từ 1/100 đến 1/1, ví dụ 2/3." in shown(page)


def test_the_theme_is_shown_on_the_page_of_the_bloc(world: World, client: Client) -> None:
    sign_in(client, "head").post(at(world, "chu-de/"), {"theme": "Đoàn kết, kỷ cương"})
    assert "Đoàn kết, kỷ cương" in shown(client.get(at(world)))


def test_a_cycle_is_proposed_and_saved_only_on_request(world: World, client: Client) -> None:
    before = checkers(world.bloc_year)
    sign_in(client, "head")
    proposed = client.post(at(world, "tham-dinh/"), {"propose": "1"})
    pairs = re.findall(r'name="pairs" value="([0-9-]+)" checked', proposed.content.decode())
    one, two, three = [unit.pk for unit in world.units]
    assert pairs == [f"{one}-{two}", f"{two}-{three}", f"{three}-{one}"]
    assert checkers(world.bloc_year) == before

    assert client.post(at(world, "tham-dinh/"), {"pairs": pairs}).status_code == 303
    assert checkers(world.bloc_year)[one] == frozenset({two})


def test_a_pair_that_was_never_offered_is_refused(world: World, client: Client) -> None:
    own = world.units[0].pk
    page = sign_in(client, "head").post(at(world, "tham-dinh/"), {"pairs": [f"{own}-{own}"]})
    assert "Chọn lại phân công trong danh sách." in shown(page)


def test_the_standing_office_takes_units_in_and_lets_them_go(world: World, client: Client) -> None:
    sign_in(client, "standing")
    client.post(at(world, "thanh-vien/"), {"name": "Ban Dân tộc", "joined": "01/03/2026"})
    assert member_count(world.bloc_year) == 4
    leaving = at(world, f"thanh-vien/{world.units[2].pk}/roi-khoi/")
    assert client.get(leaving).status_code == 200
    client.post(leaving, {"left": f"{clock.today():%d/%m/%Y}", "reason": "Hợp nhất"})
    assert member_count(world.bloc_year) == 3


def test_the_standing_office_appoints_a_head(world: World, client: Client) -> None:
    sign_in(client, "standing").post(
        at(world, "truong-khoi/"),
        {
            "kind": "head",
            "unit": world.units[2].pk,
            "starts": "01/03/2026",
            "basis": "Biên bản hội nghị",
        },
    )
    assert [one.name for one in members(world.bloc_year) if one.is_head] == ["Sở Số 3"]


def test_the_founding_document_is_corrected(world: World, client: Client) -> None:
    answer = sign_in(client, "standing").post(
        at(world, "thong-tin/"),
        {"decision": "06/QĐ-UBND", "starts": "01/01/2026", "ends": "31/12/2026"},
    )
    assert answer.status_code == 303
    assert "Số 06/QĐ-UBND" in shown(client.get(at(world)))


def test_kinds_are_written_by_the_head(world: World, client: Client) -> None:
    unit = world.units[1].pk
    sign_in(client, "head").post(at(world, "loai-don-vi/"), {f"kind_{unit}": "dia-phuong"})
    assert [one.kind for one in members(world.bloc_year)] == ["", "dia-phuong", ""]


def test_the_page_takes_the_same_queries_for_three_units_and_ten(
    world: World, client: Client
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at(world)).status_code == 200
        return len(captured)

    sign_in(client, "standing").get(at(world))
    three = count()
    for number in range(7):
        client.post(at(world, "thanh-vien/"), {"name": f"Xã {number}", "joined": "01/03/2026"})
    client.get(at(world))
    assert member_count(world.bloc_year) == 10
    assert count() == three


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 10])
def test_the_list_of_blocs_takes_four_queries(units: int) -> None:
    with scopes_disabled():
        world = build_world(units=units)
    with scope(jurisdiction=world.jurisdiction), CaptureQueriesContext(connection) as captured:
        assert [row.members for row in bloc_rows(world.standing)] == [units, 2]
    assert len(captured) == 4


def test_the_page_of_kinds_offers_the_spelling_the_bloc_uses(world: World, client: Client) -> None:
    first, second = (f"kind_{unit.pk}" for unit in world.units[:2])
    to = at(world, "loai-don-vi/")
    sign_in(client, "head").post(to, {first: "Sở"})

    page = client.get(to).content.decode()
    assert '<option value="Sở">' in page
    assert 'list="loai-don-vi"' in page
    refused = client.post(to, {first: "Sở", second: "sở"})
    assert "Khối đã ghi loại “Sở”." in shown(refused)
    assert 'value="sở"' in refused.content.decode()
