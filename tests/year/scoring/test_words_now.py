"""Only what is possible now is said, and in words that fit the line."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.build import World
from tests.year.rulebook.samples import adopt as adopt_sample
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import fill, type_line
from thidua.platform.marking import made_up
from thidua.year.bloc.models import Checker
from thidua.year.scoring.models import Entry, Sheet
from thidua.year.scoring.services import confirm_lines, submit_self_score

Sheets = dict[int, Sheet]


def test_a_sheet_that_can_be_taken_back_does_not_ask_for_a_return(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])

    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    assert "Chưa ai thẩm định nên rút lại để sửa được." in page
    assert "trả lại dòng đó" not in page


@pytest.mark.parametrize(("assigned", "whom"), [(True, "Sở Số 3"), (False, "Trưởng khối")])
def test_a_sheet_under_verification_names_who_sends_a_line_back(
    world: World, sheets: Sheets, *, assigned: bool, whom: str
) -> None:
    fill(world.officer, sheets[2])
    confirm_lines(world.head, sheet=submit_self_score(world.officer, sheet=sheets[2]))
    if not assigned:
        Checker.objects.filter(unit=world.units[1]).delete()

    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    assert f"Muốn sửa dòng nào thì báo {whom} trả lại dòng đó." in page


def test_when_every_line_is_verified_nothing_is_left_to_keep(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    sent = submit_self_score(world.officer, sheet=sheets[2])
    confirm_lines(world.verifier, sheet=sent)

    page = text_of(signed_in(world.verifier).get(address("verify", world, 2)).content)
    assert "giữ nguyên các dòng còn lại" not in page


def test_a_deduction_has_no_maximum(world: World, sheets: Sheets) -> None:
    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)

    assert "không có điểm tối đa" in page


def test_a_full_sheet_says_so(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])

    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    assert "Mọi dòng đã có điểm" in page
    assert "Còn 0" not in page


def test_the_other_window_of_one_account_is_called_so(world: World, sheets: Sheets) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason="Một")
    client, save = signed_in(world.officer), address("save", world, 2)
    cell = posted(code="II.1", field="points", value="17", seen="0")

    answer = client.post(save, cell).json()
    assert answer["conflict"]["own"] is True


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [("III", "1,5", "Số liệu phải là số nguyên."), ("III", "-1", "Số liệu nhập từ 0 trở lên.")],
)
def test_what_a_cell_refuses_is_a_whole_sentence(
    world: World, sheets: Sheets, code: str, value: str, words: str
) -> None:
    cell = posted(code=code, field="value", value=value, seen="0")
    answer = signed_in(world.officer).post(address("save", world, 2), cell)

    assert answer.json()["message"] == words


def test_what_a_person_types_over_a_sample_value_is_no_sample(world: World, sheets: Sheets) -> None:
    with made_up():
        type_line(world.officer, sheets[2], "II.1", "18", reason="Mẫu")
    assert Entry.objects.get(code="II.1").synthetic
    type_line(world.officer, sheets[2], "II.1", reason="Chỉ đổi lý do")
    assert Entry.objects.get(code="II.1").synthetic

    type_line(world.officer, sheets[2], "II.1", "17")
    assert not Entry.objects.get(code="II.1").synthetic


def test_opening_names_the_units_that_have_not_registered(world: World) -> None:
    adopt_sample(world)
    client = signed_in(world.head)
    where = reverse("scoring:open", args=[world.bloc_year.pk])

    asked = text_of(client.post(where, posted()).content)
    assert "3 đơn vị chưa gửi đăng ký thi đua: Sở Số 1; Sở Số 2; Sở Số 3." in asked
    client.post(where, posted(confirmed="1"))
    assert Sheet.objects.filter(bloc_year=world.bloc_year).count() == 3
