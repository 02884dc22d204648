"""The editor's pages: with and without htmx, live lint, two people, what is typed is never lost."""

from __future__ import annotations

import html
import re
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.build import World, make_actor
from tests.pages import shown, sign_in
from tests.year.rulebook.samples import adopt, load, long_scale_text, scale_text
from tests.year.rulebook.typing import sent_from
from thidua.registry.models import Role
from thidua.year.bloc.services import set_member_kinds
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale

HTMX = {"HX-Request": "true"}


def url(world: World, name: str, row: Scale, query: str = "") -> str:
    return reverse(f"rulebook:{name}", args=[world.bloc_year.pk, row.pk]) + query


def form_of(client: Client, world: World, row: Scale, query: str) -> dict[str, str]:
    """What the form in the middle of the page would send."""
    page = client.get(url(world, "edit", row, query)).content.decode()
    begin = page.index('class="stack edit-form"')
    return sent_from(page[begin : page.index("</form>", begin)])


def text(answer: Any) -> str:
    return html.unescape(shown(answer))


def test_the_page_shows_tree_sums_form_and_lint(client: Client, world: World) -> None:
    row = load(world, scale_text(base=120))

    page = sign_in(client, "head").get(url(world, "edit", row))

    said = text(page)
    assert page.status_code == 200
    assert "Tổng điểm các mục 100 / 120" in said
    assert "1 lỗi phải sửa" in said
    assert "Ghi tổng điểm chuẩn là 100" in said
    assert 'aria-current="true"' in page.content.decode()


def test_a_saved_line_answers_htmx_with_fragments_and_the_lint_of_now(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {**form_of(client, world, row, "?dong=II"), "max": "30", "act": "save"}

    answer = client.post(url(world, "edit_line", row, "?dong=II"), data, headers=HTMX)

    said = text(answer)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Đã lưu lúc" in said
    assert "Tổng điểm các mục 90 / 100" in said
    assert "Các mục cộng lại được 90 điểm, tổng điểm chuẩn ghi 100 điểm." in said


def test_without_scripts_a_saved_line_leads_back_to_the_page(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {**form_of(client, world, row, "?dong=II"), "label": "Phong trào mới", "act": "save"}

    answer = client.post(url(world, "edit_line", row, "?dong=II"), data)

    assert (answer.status_code, answer["Location"]) == (303, url(world, "edit", row, "?dong=II"))
    assert core_scale(Scale.objects.get()).index()["II"].label == "Phong trào mới"


def test_what_was_typed_stays_when_something_is_wrong(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {**form_of(client, world, row, "?dong=II"), "label": "Tên mới", "max": "nhiều"}

    answer = client.post(url(world, "edit_line", row, "?dong=II"), data)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên mới" in said
    assert 'value="nhiều"' in said
    assert Scale.objects.get().text == row.text


def colleague(world: World) -> Client:
    """Another person of the head unit, signed in."""
    make_actor(world.jurisdiction, Role.SECRETARY, world.units[0], email="colleague@mau.vn")
    return sign_in(Client(), "colleague")


def test_what_another_changed_meanwhile_is_kept_and_named(client: Client, world: World) -> None:
    row = load(world, scale_text())
    other = colleague(world)
    sign_in(client, "head")
    first, second = (form_of(one, world, row, "?dong=II") for one in (other, client))
    to = url(world, "edit_line", row, "?dong=II")
    other.post(to, {**first, "unit": "điểm", "act": "save"})

    answer = client.post(to, {**second, "label": "B", "act": "save"}, headers=HTMX)

    kept = r"Đơn vị tính: Thư ký Khối, Sở Số 1 vừa sửa lúc [0-9:]{5}, được giữ như đã sửa\."
    assert re.search(kept, text(answer))


def test_a_clash_with_oneself_in_another_window_says_so(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    first, second = (form_of(client, world, row, "?phan=chung") for _ in range(2))
    to = url(world, "edit_part", row, "?phan=chung")
    client.post(to, {**first, "title": "Tên một"})

    answer = client.post(to, {**second, "title": "Tên hai"})

    said = r"Tên thang điểm: bạn đã sửa ở cửa sổ khác thành “Tên một” lúc [0-9:]{5}, bạn ghi “Tên"
    assert re.search(said, text(answer))


def test_the_second_editor_sees_the_first_and_may_then_decide(client: Client, world: World) -> None:
    row = load(world, scale_text())
    other = colleague(world)
    sign_in(client, "head")
    first, second = (form_of(one, world, row, "?dong=II") for one in (other, client))
    to = url(world, "edit_line", row, "?dong=II")
    other.post(to, {**first, "max": "35", "act": "save"})

    answer = client.post(to, {**second, "max": "30", "label": "B", "act": "save"})

    at = r"Điểm tối đa: Thư ký Khối, Sở Số 1 vừa sửa thành 35 lúc [0-9:]{5}, bạn ghi 30\."
    assert re.search(at, text(answer))
    assert core_scale(Scale.objects.get()).index()["II"].stated_max == 35
    page = answer.content.decode()
    begin = page.index('class="stack edit-form"')
    again = sent_from(page[begin : page.index("</form>", begin)])
    assert (again["max"], again["label"]) == ("30", "B")
    assert client.post(to, {**again, "act": "save"}).status_code == 303
    node = core_scale(Scale.objects.get()).index()["II"]
    assert (node.stated_max, node.label) == (Fraction(30), "B")


def test_the_words_of_a_line_are_shown_before_it_is_saved(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {
        **form_of(client, world, row, "?dong=II"),
        "kind": "count", "each_sign": "minus", "each": "0,5", "unit": "lần chậm", "cap": "10",
        "act": "preview",
    }  # fmt: skip

    answer = client.post(url(world, "edit_line", row, "?dong=II"), data, headers=HTMX)

    assert "Mỗi lần chậm bị trừ 0,5 điểm, trừ tối đa 10,0 điểm." in text(answer)
    assert Scale.objects.get().text == row.text


def test_another_way_of_scoring_shows_its_form_and_keeps_what_was_typed(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    to = url(world, "edit_line", row, "?dong=II")
    data = {**form_of(client, world, row, "?dong=II"), "label": "Mới", "kind": "steps"}

    page = client.post(to, {**data, "act": "kind"}).content.decode()

    begin = page.index('class="stack edit-form"')
    again = sent_from(page[begin : page.index("</form>", begin)])
    assert (again["label"], again["b1_pts"], again["kind"]) == ("Mới", "", "steps")
    again |= {"b1_low": "90", "b1_pts": "40", "else": "0", "act": "save"}
    assert client.post(to, again).status_code == 303
    assert core_scale(Scale.objects.get()).index()["II"].kind == "steps"


@pytest.mark.parametrize("act", ["up", "down", "in", "copy", "add_after", "renumber"])
def test_every_button_of_a_line_works_without_scripts(
    client: Client, world: World, act: str
) -> None:
    row = load(world, long_scale_text(lines=3))
    sign_in(client, "head")

    answer = client.post(url(world, "edit_act", row, "?dong=D2"), {"act": act})

    assert answer.status_code == (422 if act == "in" else 303)


def test_a_line_is_removed_only_after_being_asked(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    to = url(world, "edit_act", row, "?dong=I")

    asked = client.post(to, {"act": "remove"})
    assert "2 dòng bên dưới cũng bị xóa." in text(asked)
    assert Scale.objects.get().text == row.text
    assert client.post(to, {"act": "remove", "confirmed": "1"}).status_code == 303
    assert [one.code for one in core_scale(Scale.objects.get()).walk()] == ["II"]


@pytest.mark.parametrize("part", ["chung", "so-lieu", "dieu-kien", "xep-loai", "xep-hang"])
def test_every_part_has_its_page(client: Client, world: World, part: str) -> None:
    row = load(world, scale_text())

    answer = sign_in(client, "head").get(url(world, "edit", row, f"?phan={part}"))

    assert answer.status_code == 200


def test_a_gate_is_written_with_words_and_read_as_a_condition(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    to = url(world, "edit_part", row, "?phan=dieu-kien&so=moi")
    data = {
        **form_of(client, world, row, "?phan=dieu-kien&so=moi"),
        "code": "G1", "label": "Điểm phong trào thấp", "when1_what": "points", "when1_line": "II",
        "when1_op": "lt", "when1_value": "10", "effect": "not_considered",
    }  # fmt: skip

    answer = client.post(to, data, headers=HTMX)

    assert "điểm của II Phong trào dưới 10,0 điểm" in text(answer)
    assert core_scale(Scale.objects.get()).gates[0].effect == "not_considered"


def test_facts_of_units_are_added_by_their_names(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {
        **form_of(client, world, row, "?phan=so-lieu"),
        "s1_label": "Số hồ sơ trễ hạn", "s1_type": "number", "s1_unit": "hồ sơ",
    }  # fmt: skip

    assert client.post(url(world, "edit_part", row, "?phan=so-lieu"), data).status_code == 303
    assert [one.name for one in core_scale(Scale.objects.get()).fields] == ["so_ho_so_tre_han"]


def test_who_does_not_lead_the_bloc_cannot_open_the_editor(client: Client, world: World) -> None:
    row = load(world, scale_text())

    assert sign_in(client, "officer").get(url(world, "edit", row)).status_code == 403
    assert sign_in(client, "neighbour").get(url(world, "edit", row)).status_code == 403


def test_an_adopted_version_opens_as_a_page_to_read(client: Client, world: World) -> None:
    row = adopt(world)

    answer = sign_in(client, "head").get(url(world, "edit", row))

    assert answer["Location"] == url(world, "scale", row)


@pytest.mark.parametrize("shown", ["", "{", "[1]", "x" * 300_000, '{"max": 1e999}'])
def test_a_tampered_memory_of_the_page_does_no_harm(
    client: Client, world: World, shown: str
) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")
    data = {**form_of(client, world, row, "?dong=II"), "shown": shown, "label": "B"}

    assert client.post(url(world, "edit_line", row, "?dong=II"), data).status_code in (303, 422)


@pytest.mark.parametrize(
    "query", ["?dong=", "?dong=%00", "?dong=khong-co", "?phan=la", "?dong=I@9"]
)
def test_an_address_of_nothing_still_shows_the_draft(
    client: Client, world: World, query: str
) -> None:
    row = load(world, scale_text())

    answer = sign_in(client, "head").get(url(world, "edit", row, query))

    assert answer.status_code in (200, 400, 404)
    assert "Tổng điểm các mục" in text(answer) or answer.status_code == 400
    assert client.post(url(world, "edit_line", row, query), {}).status_code in (400, 404, 422)


def save(client: Client, world: World, row: Scale, key: str, **typed: str) -> Any:
    query = f"?dong={key}"
    data = {**form_of(client, world, row, query), **typed, "act": "save"}
    return client.post(url(world, "edit_line", row, query), data)


def test_an_unknown_line_says_so_and_offers_no_form_to_save_over_another(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")

    for key in ("khong-co", "I.9@2"):
        answer = client.get(url(world, "edit", row, f"?dong={key}"))

        assert answer.status_code == 404
        assert f"Dự thảo không có dòng mã {key.partition('@')[0]}" in text(answer)
        assert "edit-form" not in answer.content.decode()
        again = client.post(url(world, "edit_line", row, f"?dong={key}"), {"label": "Đè lên"})
        assert again.status_code == 404
        assert "Điều bạn vừa ghi chưa được lưu: nội dung “Đè lên”." in text(again)
        moved = client.post(url(world, "edit_act", row, f"?dong={key}"), {"act": "up"})
        assert moved.status_code == 404
    assert Scale.objects.get().text == row.text


def test_a_renamed_line_is_the_line_shown_after_saving(client: Client, world: World) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")

    answer = save(client, world, row, "II", code="V")

    assert answer["Location"] == url(world, "edit", row, "?dong=V")
    assert client.get(url(world, "edit", row, "?dong=II")).status_code == 404


@pytest.mark.parametrize(
    ("key", "code", "shown_as"), [("II", "I.1", "I.1%402"), ("I.1", "II", "II")]
)
def test_a_code_that_another_line_bears_shows_the_line_that_was_edited(
    client: Client, world: World, key: str, code: str, shown_as: str
) -> None:
    row = load(world, scale_text())
    sign_in(client, "head")

    answer = save(client, world, row, key, code=code, label="Dòng vừa sửa")

    assert answer["Location"] == url(world, "edit", row, f"?dong={shown_as}")
    assert form_of(client, world, row, f"?dong={shown_as}")["label"] == "Dòng vừa sửa"


def some_kinds(world: World) -> None:
    kinds = {world.units[0].pk: "Sở", world.units[1].pk: "Sở", world.units[2].pk: "Huyện"}
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=kinds)


def test_kinds_and_units_of_a_line_are_chosen_from_those_of_the_bloc(
    client: Client, world: World
) -> None:
    some_kinds(world)
    row = load(world, scale_text())
    sign_in(client, "head")

    chosen = {"types": ["Sở", "Huyện"], "except_units": "Sở Số 3"}
    data = {**form_of(client, world, row, "?dong=II"), **chosen, "act": "save"}
    to = url(world, "edit_line", row, "?dong=II")
    assert client.post(to, data).status_code == 303

    limits = core_scale(Scale.objects.get()).index()["II"].applies_to
    assert limits is not None
    assert (limits.types, limits.except_units) == (("Sở", "Huyện"), ("Sở Số 3",))
    refused = client.post(to, {**data, "types": "sở không có loại này"})
    assert refused.status_code == 422
    assert "Chọn lại chỉ áp dụng cho loại đơn vị trong danh sách." in text(refused)


def test_a_name_that_fits_nobody_is_a_finding_and_is_said_when_the_line_is_saved(
    client: Client, world: World
) -> None:
    some_kinds(world)
    limits = "applies_to: {types: [so], units: [Sở Khong Ton Tai]}, "
    row = load(world, scale_text().replace("kind: judged, ", f"kind: judged, {limits}"))
    sign_in(client, "head")
    kind = (
        "Dòng II Phong trào nêu loại đơn vị “so”, Khối không có loại đơn vị nào ghi như vậy. Khối "
        "ghi là “Sở”."
    )
    unit = "Dòng II Phong trào nêu đơn vị “Sở Khong Ton Tai”, Khối không có đơn vị nào"

    page = text(client.get(url(world, "edit", row, "?dong=II")))
    assert kind in page
    assert unit in page
    assert "so (Khối ghi là “Sở”)" in page
    answer = client.post(
        url(world, "edit_line", row, "?dong=II"),
        {**form_of(client, world, row, "?dong=II"), "label": "Phong trào", "max": "40"},
        headers=HTMX,
    )
    assert text(answer).count(unit) == 2
    for name in ("scale", "adopt"):
        assert unit in text(client.get(url(world, name, row)))


def test_whoever_may_not_edit_is_led_to_the_scale_they_may_read(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())

    refused = sign_in(client, "officer").get(url(world, "edit", row))

    assert refused.status_code == 403
    assert f'href="{url(world, "scale", row)}"' in refused.content.decode()
    elsewhere = sign_in(client, "neighbour").get(url(world, "edit", row))
    assert "Xem thang điểm" not in text(elsewhere)


def test_the_head_of_the_editor_leads_to_every_file_and_to_the_rehearsal(
    client: Client, world: World
) -> None:
    row = load(world, scale_text())

    page = sign_in(client, "head").get(url(world, "edit", row)).content.decode()

    for name in ("word", "pdf", "excel", "file"):
        assert f'href="{url(world, name, row)}"' in page
    assert reverse("scoring:rehearsal", args=[world.bloc_year.pk, row.pk]) in page
