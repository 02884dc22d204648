"""Units keep their past names; two may bear one name; only the standing office records them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest

from tests.build import World
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.registry.basis import Basis
from thidua.registry.models import Unit, UnitName
from thidua.registry.queries import names_on
from thidua.registry.services import add_unit, dissolve_unit, rename_unit, set_unit_kind

TODAY = datetime(2026, 3, 10, 9, 0, tzinfo=clock.LOCAL)
DECISION = Basis(number="Quyết định số 12/QĐ-UBND", day=date(2026, 2, 20), since=date(2026, 3, 1))


def why(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(finding.rule_id, finding.words) for finding in refused.value.findings]


def test_a_unit_is_recorded_with_its_name_and_document(world: World) -> None:
    with clock.at(TODAY):
        unit = add_unit(world.standing, name=" Sở  Y tế ", kind="Sở", basis=DECISION)

    assert (unit.name, unit.kind, unit.search) == ("Sở Y tế", "Sở", "so y te")
    name = unit.names.get()
    assert (name.name, name.starts, name.decision) == (
        "Sở Y tế",
        date(2026, 3, 1),
        "Quyết định số 12/QĐ-UBND ngày 20/02/2026",
    )


def test_a_decomposed_name_is_the_composed_name(world: World) -> None:
    unit = add_unit(world.standing, name=unicodedata.normalize("NFD", "Đài Phát thanh"))
    assert (unit.name, unit.search) == ("Đài Phát thanh", "dai phat thanh")


def test_two_units_may_bear_one_name(world: World) -> None:
    first = add_unit(world.standing, name="Ban Dân tộc")
    second = add_unit(world.standing, name="Ban Dân tộc")
    assert first.pk != second.pk


def test_the_same_request_records_one_unit(world: World) -> None:
    first = add_unit(world.standing, name="Ban Dân tộc", request_id="r-1")
    again = add_unit(world.standing, name="Ban Dân tộc", request_id="r-1")
    assert first.pk == again.pk
    assert Unit.objects.filter(name="Ban Dân tộc").count() == 1
    assert Event.objects.count() == 1


@pytest.mark.parametrize("role", ["officer", "leader", "head", "administrator", "stranger"])
def test_only_the_standing_office_records_units(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        add_unit(world.actors[role], name="Ban Dân tộc")
    assert why(refused) == [
        ("RIGHT-1", "Bạn không sửa được danh bạ đơn vị. Cơ quan thường trực sửa được.")
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("  ", "Chưa ghi tên đơn vị."),
        ("a" * 201, "Ghi tên đơn vị dài nhất 200 ký tự, đang có 201."),
        ("Sở\x00", "Có ký tự không đọc được. Xóa rồi gõ lại."),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(world: World, name: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        add_unit(world.standing, name=name)
    assert [finding.words for finding in refused.value.findings] == [words]


def test_a_renamed_unit_bears_its_old_name_in_the_past(world: World) -> None:
    unit = world.units[0]
    with clock.at(TODAY):
        rename_unit(world.standing, unit=unit, name="Sở Nội vụ mới", basis=DECISION)

    unit.refresh_from_db()
    assert (unit.name, unit.search) == ("Sở Nội vụ mới", "so noi vu moi")
    assert names_on([unit.pk], day=date(2026, 2, 28)) == {unit.pk: "Sở Số 1"}
    assert names_on([unit.pk], day=date(2026, 3, 1)) == {unit.pk: "Sở Nội vụ mới"}


def test_a_document_dated_after_today_is_refused(world: World) -> None:
    basis = Basis(number="12/QĐ-UBND", day=date(2026, 3, 11), since=date(2026, 3, 1))
    with clock.at(TODAY), pytest.raises(Refused) as refused:
        rename_unit(world.standing, unit=world.units[0], name="Tên mới", basis=basis)
    assert why(refused) == [
        ("UNIT-1", "Văn bản ghi ngày 11/03/2026, sau hôm nay. Xem lại ngày văn bản.")
    ]
    assert UnitName.objects.filter(unit=world.units[0]).count() == 1


@pytest.mark.parametrize("since", [None, date(2026, 3, 11)])
def test_a_name_not_yet_in_force_is_refused(world: World, since: date | None) -> None:
    with clock.at(TODAY), pytest.raises(Refused) as refused:
        rename_unit(world.standing, unit=world.units[0], name="Tên mới", basis=Basis(since=since))
    assert [rule for rule, _words in why(refused)] == ["UNIT-2"]


def test_a_second_name_begins_after_the_first(world: World) -> None:
    unit = world.units[0]
    with clock.at(TODAY):
        rename_unit(world.standing, unit=unit, name="Tên hai", basis=DECISION)
        with pytest.raises(Refused) as refused:
            rename_unit(world.standing, unit=unit, name="Tên ba", basis=DECISION)
    assert why(refused) == [
        ("UNIT-2", "Tên đang dùng có từ 01/03/2026. Tên mới phải có sau ngày đó.")
    ]


@pytest.mark.parametrize(
    "name", ["Sở Số 1", "  Sở  Số 1 ", unicodedata.normalize("NFD", "Sở Số 1")]
)
def test_a_new_name_is_another_name(world: World, name: str) -> None:
    unit = world.units[0]
    with clock.at(TODAY), pytest.raises(Refused) as refused:
        rename_unit(world.standing, unit=unit, name=name, basis=DECISION)
    assert why(refused) == [("UNIT-4", "Tên mới giống tên đang dùng.")]
    assert [held.name for held in unit.names.all()] == ["Sở Số 1"]
    assert Event.objects.count() == 0


def test_a_dissolved_unit_keeps_its_past_and_takes_no_new_name(world: World) -> None:
    unit = world.units[0]
    with clock.at(TODAY):
        dissolve_unit(world.standing, unit=unit, on=date(2026, 3, 1), basis=DECISION)
        with pytest.raises(Refused) as refused:
            rename_unit(world.standing, unit=unit, name="Tên mới", basis=DECISION)
    assert why(refused) == [("UNIT-3", "Sở Số 1 đã giải thể, không đổi tên được.")]
    assert names_on([unit.pk], day=date(2020, 1, 1)) == {unit.pk: "Sở Số 1"}


def test_a_unit_is_dissolved_once(world: World) -> None:
    unit = world.units[0]
    dissolve_unit(world.standing, unit=unit, on=date(2026, 3, 1))
    with pytest.raises(Refused) as refused:
        dissolve_unit(world.standing, unit=unit, on=date(2026, 4, 1))
    assert why(refused) == [("UNIT-3", "Sở Số 1 đã giải thể ngày 01/03/2026.")]


def test_the_kind_of_a_unit_can_be_set_and_emptied(world: World) -> None:
    unit = world.units[0]
    assert set_unit_kind(world.standing, unit=unit, kind="Sở").kind == "Sở"
    assert set_unit_kind(world.standing, unit=unit, kind="").kind == ""
