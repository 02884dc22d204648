"""A change within the year: a new version with its reason, readable, adopted like any other."""

from __future__ import annotations

import html
from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.build import World
from tests.pages import shown, sign_in
from tests.year.rulebook.samples import adopt, load, scale_text
from thidua.core.finding import Refused
from thidua.platform.mail.models import Letter
from thidua.scalefile.editing.lines import own_values, spot_of
from thidua.year.rulebook import services
from thidua.year.rulebook.difference import Reopened, difference, reopened
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.queries import adopted_scales, core_scale, loaded_scale
from thidua.year.rulebook.services import Change

DAY = date(2026, 6, 1)


def url(world: World, name: str, *more: object) -> str:
    return reverse(f"rulebook:{name}", args=[world.bloc_year.pk, *more])


def revised(world: World, base: Scale) -> Scale:
    return services.new_version(world.head, scale=base, reason="Theo Công văn 12/UBND-TH")


def set_line(world: World, row: Scale, key: str, **values: object) -> Scale:
    was = own_values(spot_of(loaded_scale(Scale.objects.get(pk=row.pk)).plain, key))
    change = Change(shown=was, wanted={**was, **values})
    return services.change_line(world.head, scale=row, key=key, change=change).scale


def test_a_new_version_is_a_draft_and_the_adopted_one_stays_in_force(world: World) -> None:
    base = adopt(world)

    row = revised(world, base)

    assert (row.version, row.is_adopted) == ("2", False)
    assert Revision.objects.get().base == base
    assert adopted_scales(world.bloc_year)[""] == base
    assert Scale.objects.get(pk=base.pk).fingerprint == base.fingerprint


def test_a_change_within_the_year_needs_a_reason_and_an_adopted_version(world: World) -> None:
    base = adopt(world)

    for scale, reason in ((base, "  "), (revised(world, base), "Vì sao")):
        with pytest.raises(Refused) as caught:
            services.new_version(world.head, scale=scale, reason=reason)
        assert caught.value.findings[0].rule_id == "SCALE-12"


def test_the_difference_names_lines_added_removed_renamed_and_changed(world: World) -> None:
    base = adopt(world)
    row = revised(world, base)
    services.remove_line(world.head, scale=row, key="I.2")
    set_line(world, row, "I.1", label="Chỉ tiêu HĐND giao")
    set_line(world, row, "II", max=Fraction(45))
    row = services.add_line(
        world.head, scale=row, under="I", line={"label": "Mới", "kind": "judged", "max": 5}
    ).scale

    found = difference(core_scale(base), core_scale(row))

    assert {(one.how, one.code) for one in found.lines} == {
        ("Đổi tên", "I.1"), ("Thêm", "I.2"), ("Sửa", "II"), ("Bỏ", "I.2"),
    } or {(one.how, one.code) for one in found.lines} == {
        ("Đổi tên", "I.1"), ("Sửa", "I.2"), ("Sửa", "II"),
    }  # fmt: skip
    changed = next(one for one in found.lines if one.code == "II")
    assert ("Điểm tối đa", "40,0", "45,0") in [(d.what, d.old, d.new) for d in changed.details]


def test_a_line_that_only_bears_another_code_is_one_line(world: World) -> None:
    base = adopt(world)
    row = set_line(world, revised(world, base), "II", code="III")

    [one] = difference(core_scale(base), core_scale(row)).lines

    assert (one.how, one.code) == ("Đổi tên", "III")
    assert [(d.what, d.old, d.new) for d in one.details] == [("Mã", "II", "III")]


def test_a_new_name_opens_no_line_but_a_new_maximum_does(world: World) -> None:
    base = adopt(world)
    row = set_line(world, revised(world, base), "I.1", label="Tên mới", note="Ghi chú")
    row = set_line(world, row, "II", max=Fraction(45))

    found = reopened(core_scale(base), core_scale(row))

    assert found == Reopened(frozenset({"II"}), frozenset(), frozenset())


def test_equal_versions_do_not_differ(world: World) -> None:
    base = adopt(world)

    assert difference(core_scale(base), core_scale(revised(world, base))).is_empty


def test_adopting_a_change_asks_what_becomes_of_scores_and_tells_every_member(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    base = adopt(world)
    row = set_line(world, revised(world, base), "II", label="Phong trào B")

    with pytest.raises(Refused) as caught:
        services.adopt_scale(world.head, scale=row, adopted_on=DAY)
    assert caught.value.findings[0].rule_id == "SCALE-12"
    capture = django_capture_on_commit_callbacks
    with capture(execute=True):  # type: ignore[operator]  # a fixture without a type
        services.adopt_scale(world.head, scale=row, adopted_on=DAY, carry="move")

    assert adopted_scales(world.bloc_year)[""] == row
    assert {letter.to for letter in Letter.objects.all()} == {
        "head@mau.vn", "leader@mau.vn", "officer@mau.vn", "third@mau.vn", "verifier@mau.vn",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(carry="keep")


def test_an_added_criterion_is_a_small_new_version_with_room_for_it(world: World) -> None:
    base = adopt(world)

    row = services.add_criterion(
        world.head, scale=base, group="I", reason="Nhiệm vụ đột xuất",
        line={"label": "Phòng chống bão số 3", "kind": "judged", "max": Fraction(5)},
    )  # fmt: skip

    scale = core_scale(row)
    assert [node.code for node in scale.sections[0].children] == ["I.1", "I.2", "I.3"]
    assert (scale.sections[0].stated_max, scale.header.base) == (Fraction(65), Fraction(105))
    assert reopened(core_scale(base), scale).added == {"I.3"}


def test_a_discarded_change_leaves_no_trace_but_the_ledger(world: World) -> None:
    row = revised(world, adopt(world))

    services.discard_scale(world.head, scale=row)

    assert (Revision.objects.count(), Scale.objects.count()) == (0, 1)


def test_only_the_head_revises(world: World) -> None:
    base = adopt(world)

    for actor in (world.officer, world.standing, world.neighbour):
        with pytest.raises(Refused):
            services.new_version(actor, scale=base, reason="Vì sao")
    assert Scale.objects.count() == 1


def test_the_pages_of_a_change_walk_from_reason_to_adoption(client: Client, world: World) -> None:
    base = adopt(world)
    sign_in(client, "head")
    assert "Thêm tiêu chí phát sinh" in shown(client.get(url(world, "scale", base.pk)))
    sent = {
        "group": "I", "label": "Phòng chống bão", "way": "count_plus", "most": "6", "each": "2",
        "evidence": "Báo cáo", "reason": "Công văn 5/UBND",
    }  # fmt: skip

    made = client.post(url(world, "criterion", base.pk), sent)

    row = Scale.objects.order_by("-pk")[0]
    assert made["Location"] == url(world, "difference", row.pk)
    said = html.unescape(shown(client.get(made["Location"])))
    assert "Thêm : điểm tối đa, cách cho điểm" in said
    assert "Công văn 5/UBND" in said
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(url(world, "difference_file", row.pk, form))
        assert answer.content.startswith(start)
    page = client.get(url(world, "adopt", row.pk))
    assert "Với điểm đã chấm theo bản cũ" in shown(page)
    typed = {"adopted_on": "01/06/2026", "word": "thông qua"}
    assert client.post(url(world, "adopt", row.pk), typed).status_code == 422
    typed |= {"carry": "move", "reason": "Công văn 5/UBND"}
    assert client.post(url(world, "adopt", row.pk), typed).status_code == 303
    assert Scale.objects.get(pk=row.pk).is_adopted


def test_every_member_reads_the_difference_and_the_excel(client: Client, world: World) -> None:
    row = revised(world, adopt(world))
    sign_in(client, "officer")

    assert client.get(url(world, "difference", row.pk)).status_code == 200
    assert client.get(url(world, "excel", row.pk)).content.startswith(b"PK")
    assert client.get(url(world, "new_version", row.pk)).status_code == 403


def test_the_excel_holds_the_lines_and_no_formula(world: World, client: Client) -> None:
    import io

    import openpyxl

    row = load(world, scale_text().replace("Phong trào", "=1+1"))
    answer = sign_in(client, "officer").get(url(world, "excel", row.pk))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert values[2][:4] == ["I", "Chuyên môn", None, 60]
    assert [line[1] for line in values if line[0] == "II"] == ["=1+1"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


def another_beginning(world: World, base: Scale, way: str) -> Scale:
    """A draft that differs in one maximum, begun otherwise than as a new version."""
    if way == "copy":
        row = services.copy_scale(world.head, bloc_year=world.bloc_year, source=base)
    elif way == "blank":
        row = services.start_blank(
            world.head, bloc_year=world.bloc_year, title="Thang mới", base=None
        )
        line = {"code": "I", "label": "Việc", "kind": "judged", "max": 45}
        return services.add_line(world.head, scale=row, line=line).scale
    else:
        row = load(world, scale_text(version="2"))
    set_line(world, row, "II", max=Fraction(39))
    return set_line(world, row, "I.1", max=Fraction(31), cap=Fraction(31))


@pytest.mark.parametrize("way", ["copy", "file", "blank"])
def test_however_a_draft_began_replacing_a_scale_in_force_is_a_new_version(
    world: World, django_capture_on_commit_callbacks: object, way: str
) -> None:
    base = adopt(world)
    row = another_beginning(world, base, way)
    plain = loaded_scale(row).plain
    change = Change(shown={"scale.base": plain["scale"]["base"]}, wanted={"scale.base": None})
    row = services.change_part(world.head, scale=row, part="chung", change=change).scale
    row = repaired(world, row)

    for said in ({}, {"carry": "move"}, {"reason": "Vì sao"}, {"reason": " ", "carry": "move"}):
        with pytest.raises(Refused) as caught:
            services.adopt_scale(world.head, scale=row, adopted_on=DAY, **said)
        assert [one.rule_id for one in caught.value.findings] == ["SCALE-12"]
    assert adopted_scales(world.bloc_year)[""] == base
    capture = django_capture_on_commit_callbacks
    with capture(execute=True):  # type: ignore[operator]  # a fixture without a type
        services.adopt_scale(
            world.head, scale=row, adopted_on=DAY, reason="Công văn 12", carry="keep"
        )

    kept = Revision.objects.get(scale=row)
    assert (kept.base, kept.reason, kept.carry) == (base, "Công văn 12", "keep")
    letters = Letter.objects.all()
    assert len(letters) == 5
    assert all("thay lần 1" in one.body and "Lý do: Công văn 12" in one.body for one in letters)


def repaired(world: World, row: Scale) -> Scale:
    """The draft with sums that fit, as the button of the lint mends them."""
    from thidua.core.lint import lint

    for item in lint(core_scale(row)):
        if item.level == "error":
            row = services.repair(world.head, scale=row, finding=item.lint, key=item.code).scale
    return row


def test_a_scale_for_another_kind_of_unit_replaces_nothing(world: World) -> None:
    from thidua.year.bloc.services import set_member_kinds

    kinds = {world.units[0].pk: "Sở", world.units[1].pk: "Sở", world.units[2].pk: "Huyện"}
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=kinds)
    for version, kind in (("1", "Sở"), ("2", "Huyện")):
        row = services.import_scale(
            world.head,
            bloc_year=world.bloc_year,
            content=scale_text(version=version),
            unit_kind=kind,
        )
        assert services.adopt_scale(world.head, scale=row, adopted_on=DAY).is_adopted

    assert Revision.objects.count() == 0


def test_the_event_of_the_adoption_holds_reason_and_rule(world: World) -> None:
    from thidua.platform.ledger.models import Event

    row = set_line(world, revised(world, adopt(world)), "II", label="Phong trào B")
    services.adopt_scale(world.head, scale=row, adopted_on=DAY, carry="move")

    event = Event.objects.filter(verb="rulebook.adopt").order_by("-seq")[0]
    assert event.reason == "Theo Công văn 12/UBND-TH"
    assert event.subject == (
        "Thông qua thang điểm “Thang điểm khối mẫu”, lần 2, thay lần 1; chuyển bảng chấm sang bản "
        "mới"
    )


def test_a_draft_begun_from_an_older_version_replaces_the_one_in_force(
    client: Client, world: World
) -> None:
    base = adopt(world)
    first = set_line(world, revised(world, base), "II", label="Phong trào B")
    second = set_line(world, revised(world, base), "II", label="Phong trào C")
    services.adopt_scale(world.head, scale=first, adopted_on=DAY, carry="move")

    said = shown(sign_in(client, "head").get(url(world, "adopt", second.pk)))
    assert "Bản này thay lần 2 đang áp dụng" in said
    assert "Dự thảo soạn từ lần 1, khi chưa có lần 2." in said
    services.adopt_scale(world.head, scale=second, adopted_on=DAY, carry="move")
    assert Revision.objects.get(scale=second).base == first


def test_the_adoption_page_of_a_copy_asks_reason_and_rule_and_keeps_a_repeated_request(
    client: Client, world: World
) -> None:
    base = adopt(world)
    row = services.copy_scale(world.head, bloc_year=world.bloc_year, source=base)
    row = set_line(world, row, "II", label="Phong trào B")
    to = url(world, "adopt", row.pk)
    said = shown(sign_in(client, "head").get(to))
    assert "Bản này thay lần 1 đang áp dụng" in said
    assert "Lý do sửa thang điểm trong năm" in said
    token = "5f1c1f52-7c3a-4a53-9c39-111111111111"
    typed = {"adopted_on": "01/06/2026", "word": "thông qua", "request_id": token}

    assert client.post(to, typed).status_code == 422
    typed |= {"reason": "Công văn 5/UBND", "carry": "keep"}
    assert [client.post(to, typed).status_code for _ in range(2)] == [303, 303]
    assert Revision.objects.get(scale=row).reason == "Công văn 5/UBND"


def test_the_confirmation_names_the_units_of_the_kind_and_those_left_without_a_scale(
    client: Client, world: World
) -> None:
    from thidua.year.bloc.services import set_member_kinds

    kinds = {world.units[0].pk: "Sở", world.units[1].pk: "Sở", world.units[2].pk: "Huyện"}
    set_member_kinds(world.head, bloc_year=world.bloc_year, kinds=kinds)
    row = services.import_scale(
        world.head, bloc_year=world.bloc_year, content=scale_text(), unit_kind="Sở"
    )

    said = shown(sign_in(client, "head").get(url(world, "adopt", row.pk)))

    assert (
        "2 đơn vị loại Sở (Sở Số 1; Sở Số 2) đăng ký chỉ tiêu và tự chấm theo thang điểm này."
        in said
    )
    assert "1 đơn vị chưa có thang điểm nào được thông qua: Sở Số 3." in said
