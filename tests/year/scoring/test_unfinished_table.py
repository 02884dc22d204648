"""The bloc's table as a paper while the step is under way: it says so, and nobody signs it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import fill, opened, type_line
from tests.year.scoring.scales import PLAIN
from thidua.platform.documents import model as paper
from thidua.year.bloc.rights import standing_of
from thidua.year.scoring.board import forget
from thidua.year.scoring.documents import table_document
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.table import table_page
from thidua.year.scoring.services import (
    confirm_lines,
    finish_verification,
    return_lines,
    submit_self_score,
)

Sheets = dict[int, Sheet]
CLASSES = "classification: {classes: [{code: XS, label: Xuất sắc, ge: 40}, {code: K, label: Khá}]}"
UNFINISHED = (
    "Bản chưa đủ: 2 trong 3 đơn vị chưa xong bước Thẩm định (cột có dấu *). Ở các cột này, dòng "
    "chưa xem còn giữ số tự chấm; tổng điểm và thứ hạng còn thay đổi."
)


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheets:
    """Every unit has sent; the sheet of unit 2 is verified, II.1 lowered by half a point."""
    for number, who in ((1, "head"), (2, "officer"), (3, "third")):
        fill(world.actors[who], sheets[number], result=str(60 + 10 * number))
        submit_self_score(world.actors[who], sheet=sheets[number])
    type_line(world.verifier, sheets[2], "II.1", "17,5", reason="Thiếu", stage=Stage.VERIFIED)
    verify(world, "verifier", sheets[2])
    return sheets


def verify(world: World, who: str, sheet: Sheet) -> None:
    confirm_lines(world.actors[who], sheet=sheet)
    finish_verification(world.actors[who], sheet=sheet)


def document(world: World, look: str = "tham-dinh") -> paper.Document:
    page = table_page(world.bloc_year, standing_of(world.head, world.bloc_year), look=look)
    return table_document(page, world.bloc_year, today=date(2026, 12, 1))


def table_of(found: paper.Document) -> paper.Table:
    return next(block for block in found.blocks if isinstance(block, paper.Table))


def row_of(found: paper.Document, name: str) -> list[str]:
    """The cells of the row with that name, behind it."""
    rows = [[_text(cell) for cell in row.cells] for row in table_of(found).rows]
    return next(row[2:] for row in rows if row[1] == name)


def _text(cell: paper.Cell | str) -> str:
    return cell if isinstance(cell, str) else str(cell.text)


def words_of(found: paper.Document) -> list[str]:
    return [str(block.text) for block in found.blocks if isinstance(block, paper.Paragraph)]


def test_it_says_what_is_not_verified_and_names_no_leader_and_no_signer(
    world: World, sent: Sheets
) -> None:
    found = document(world)

    assert (words_of(found), found.signatures) == ([UNFINISHED], ())
    heads = [_text(cell) for cell in table_of(found).header[0].cells]
    assert sorted(heads[3:]) == ["Sở Số 1 *", "Sở Số 2", "Sở Số 3 *"]
    assert sorted(row_of(found, "Xếp thứ tạm tính")[1:]) == ["1", "2", "3"]


def test_verified_through_it_is_signed_and_says_who_leads(world: World, sent: Sheets) -> None:
    for number in (1, 3):
        Sheet.objects.filter(pk=sent[number].pk).update(state=Sheet.State.VERIFIED, at_stage="")
    forget()
    found = document(world)

    assert len(words_of(found)) == len(found.signatures) == 1
    assert "dẫn đầu, hơn" in words_of(found)[0]
    assert sorted(row_of(found, "Xếp thứ")[1:]) == ["1", "2", "3"]


def test_a_returned_line_makes_even_the_self_scores_unfinished(world: World, sent: Sheets) -> None:
    whole = document(world, "tu-cham")
    return_lines(world.head, sheet=sent[3], reasons={"I.1": "Thiếu xác nhận"})
    part = document(world, "tu-cham")

    assert (len(whole.signatures), len(part.signatures)) == (1, 0)
    assert words_of(part) == [
        "Bản chưa đủ: 1 trong 3 đơn vị chưa gửi bảng tự chấm hoặc đang sửa dòng bị trả lại "
        "(cột có dấu *). Tổng điểm và thứ hạng còn thay đổi."
    ]


def test_the_screen_names_no_leader_over_half_a_table(world: World, sent: Sheets) -> None:
    where = reverse("scoring:table", args=[world.bloc_year.pk])
    pages = {
        look: signed_in(world.head).get(where, {"buoc": look}).content.decode()
        for look in ("tu-cham", "tham-dinh", "thong-qua")
    }

    assert {look: "dẫn đầu" in page for look, page in pages.items()} == {
        "tu-cham": True, "tham-dinh": False, "thong-qua": False,
    }  # fmt: skip


def test_a_line_without_a_maximum_has_none_on_paper(world: World, sent: Sheets) -> None:
    assert row_of(document(world), "Vi phạm")[0] == "–"
    assert row_of(document(world), "Chỉ tiêu được giao")[0] == "30"


def test_classes_stand_on_paper_as_on_the_screen(world: World) -> None:
    sheets = opened(world, PLAIN.replace("ranking:", f"{CLASSES}\nranking:"))
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])

    assert row_of(document(world, "tu-cham"), "Xếp loại")[1:] == ["", "Xuất sắc", ""]


def test_the_spreadsheet_bears_the_same_marks(world: World, sent: Sheets) -> None:
    where = reverse("scoring:table_file", args=[world.bloc_year.pk, "xlsx"])
    answer = signed_in(world.head).get(where, {"buoc": "tham-dinh"})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads = [sheet.cell(2, column).value for column in range(4, 7)]

    assert str(sheet.cell(1, 1).value).endswith("Bước: thẩm định. Bản chưa đủ")
    assert sorted(heads) == ["Sở Số 1 *", "Sở Số 2", "Sở Số 3 *"]
    assert sheet.cell(sheet.max_row, 1).value == UNFINISHED
