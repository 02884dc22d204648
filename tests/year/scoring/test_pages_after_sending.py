"""The pages once a sheet was sent: verification, why, explanation, files, queries."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND
from tests.year.scoring.test_board import filled_world
from thidua.year.scoring import board
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import (
    confirm_lines,
    explain_line,
    finish_verification,
    resubmit,
    return_lines,
    submit_self_score,
)

Sheets = dict[int, Sheet]


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheet:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.1", "26", reason="Làm tròn lên")
    return submit_self_score(world.officer, sheet=sheets[2])


def test_the_verifier_sees_differing_lines_first(world: World, sent: Sheet) -> None:
    page = text_of(signed_in(world.verifier).get(address("verify", world, 2)).content)

    assert "6 dòng, 1 dòng nên xem kỹ xếp trước." in page
    assert "“Làm tròn lên”" in page


def codes_listed(world: World, query: str = "") -> list[str]:
    content = signed_in(world.verifier).get(f"{address('verify', world, 2)}{query}").content
    return re.findall(r'<a class="code" href="[^"]+">([^<]+)</a>', content.decode())


def test_the_list_keeps_every_line_in_its_place_until_the_verifier_asks_for_fewer(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2])
    sent = submit_self_score(world.officer, sheet=sheets[2])
    every = ["I.1", "I.2", "II.1", "II.2", "III", "IV"]
    assert codes_listed(world) == every

    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu", stage=Stage.VERIFIED)
    assert codes_listed(world) == every  # a line does not move by being verified
    assert codes_listed(world, "?xem=can") == every  # nothing to look into: the whole list

    return_lines(world.verifier, sheet=sent, reasons={"III": "Thiếu biên bản"})
    assert codes_listed(world) == ["III", "I.1", "I.2", "II.1", "II.2", "IV"]
    assert codes_listed(world, "?xem=can") == ["III"]
    page = text_of(signed_in(world.verifier).get(f"{address('verify', world, 2)}?xem=can").content)
    assert "1 dòng nên xem kỹ trong 6. Hiện cả 6 dòng" in page
    assert "khớp" not in page


@pytest.mark.parametrize(
    ("points", "said"),
    [("19", "Đơn vị sửa 18,0 điểm thành 19,0 điểm."), ("18", "Đơn vị giữ nguyên 18,0 điểm.")],
)
def test_the_verifier_sees_what_the_unit_changed_since_the_return(
    world: World, sent: Sheet, points: str, said: str
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Thiếu biên bản"})
    type_line(world.officer, sent, "II.1", "17", reason="Đủ 12 kỳ")
    type_line(world.officer, sent, "II.1", points, reason="Đủ 12 kỳ, có biên bản")
    resubmit(world.officer, sheet=sent)
    page = text_of(
        signed_in(world.verifier).get(f"{address('verify', world, 2)}?dong=II.1").content
    )

    assert said in page


def test_only_whoever_verifies_opens_that_page(world: World, sent: Sheet) -> None:
    found = {
        who: signed_in(world.actors[who]).get(address("verify", world, 2)).status_code
        for who in ("verifier", "head", "officer", "leader", "standing", "neighbour")
    }
    assert found == {
        "verifier": 200, "head": 200, "officer": 403, "leader": 403, "standing": 403,
        "neighbour": 403,
    }  # fmt: skip


def test_the_verifier_works_through_a_sheet_on_the_page(world: World, sent: Sheet) -> None:
    client = signed_in(world.verifier)
    one = address("verify_line", world, 2, "I.1")
    silent = client.post(one, posted(deed="save", points="25", shown="26,0", seen="0"))
    assert "ghi lý do khác số tự chấm" in text_of(silent.content)

    client.post(one, posted(deed="save", points="25", shown="26,0", seen="0", reason="Chỉ 25"))
    client.post(
        address("verify_line", world, 2, "II.1"),
        posted(deed="return", reason="Thiếu biên bản", seen="0"),
    )
    client.post(address("confirm_rest", world, 2), posted(confirmed="1"))
    found = dict(Entry.objects.filter(stage=Stage.VERIFIED).values_list("code", "kind"))
    assert found == {
        "I.1": "points", "I.2": "confirmed", "II.2": "confirmed", "III": "confirmed",
        "IV": "confirmed",
    }  # fmt: skip
    back = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    assert "Người thẩm định, Sở Số 3 trả lại: Thiếu biên bản" in back


def test_saving_a_line_as_it_stands_keeps_the_self_score(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
    signed_in(world.verifier).post(
        address("verify_line", world, 2, "I.1"),
        posted(deed="save", points="24,0", shown="24,0", figure="80", seen="0", reason=""),
    )

    assert Entry.objects.get(stage=Stage.VERIFIED).kind == Entry.Kind.CONFIRMED


def test_a_returned_sheet_has_cells_on_the_returned_line_alone(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Thiếu biên bản"})
    content = signed_in(world.officer).get(address("sheet", world, 2)).content.decode()

    assert set(re.findall(r'data-code="([^"]+)" data-field', content)) == {"II.1"}


def test_why_answers_with_rule_arithmetic_figures_numbers_and_history(
    world: World, sent: Sheet
) -> None:
    page = text_of(signed_in(world.officer).get(address("why", world, 2, "I.1")).content)

    assert "Vì sao 26,0 điểm?" in page
    assert "Chỉ tiêu 100 (Chuyên viên, Sở Số 2 ghi ngày" in page
    assert "= 24,0" in page
    assert "Lý do: Làm tròn lên" in page
    assert "Sở Số 2: tự chấm dòng I.1. Chuyên viên, Sở Số 2: 26,0 điểm." in page


def test_why_of_a_group_a_copy_and_an_unknown_line(world: World) -> None:
    opened(world, EVERY_KIND)
    client = signed_in(world.officer)
    found = {
        code: client.get(address("why", world, 2, code)).status_code
        for code in ("A", "A7", "A7@4", "B", "A7@5", "Z", "A6/x")
    }
    assert found == {"A": 200, "A7": 200, "A7@4": 200, "B": 200, "A7@5": 404, "Z": 404, "A6/x": 404}


def test_the_panel_is_the_same_answer_without_the_page_around(world: World, sent: Sheet) -> None:
    panel = signed_in(world.officer).get(
        address("why", world, 2, "I.1"), headers={"HX-Request": "true"}
    )

    content = panel.content.decode()
    assert content.lstrip().startswith("<header>")
    assert "<html" not in content


def test_why_a_rank_tells_the_tie_break_and_how_firm_it_is(world: World, sheets: Sheets) -> None:
    for number, who in ((1, "head"), (2, "officer"), (3, "third")):
        fill(world.actors[who], sheets[number], result=str(60 + 10 * number))
        submit_self_score(world.actors[who], sheet=sheets[number])
    sheet = sheets[2]
    type_line(world.verifier, sheet, "II.1", "12", reason="Thiếu", stage=Stage.VERIFIED)
    page = text_of(signed_in(world.officer).get(address("why_total", world, 2)).content)

    assert "xếp thứ 3" in page
    assert "Kém Sở Số 1 3,0 điểm." in page
    assert "Nếu giữ điểm tự chấm ở một trong các dòng sau" in page


def test_why_a_rank_says_of_an_equal_total_who_stands_above(world: World, sheets: Sheets) -> None:
    """Equal totals, ranked by the points of part I: unit 2 stands above unit 3, below unit 1."""
    figures = {1: ("head", "90", "12"), 2: ("officer", "80", "15"), 3: ("third", "70", "18")}
    for number, (who, result, judged) in figures.items():
        fill(world.actors[who], sheets[number], result=result)
        type_line(world.actors[who], sheets[number], "II.1", judged, reason="Theo báo cáo")
        submit_self_score(world.actors[who], sheet=sheets[number])
    page = text_of(signed_in(world.officer).get(address("why_total", world, 2)).content)

    assert (
        "Bằng điểm Sở Số 1, xếp dưới theo tiêu chí phụ; "
        "bằng điểm Sở Số 3, xếp trên theo tiêu chí phụ."
    ) in page
    assert " 0,0 điểm" not in page


def test_the_machines_number_gives_its_own_reason_unless_another_is_written(
    world: World, sent: Sheet
) -> None:
    client, where = signed_in(world.verifier), address("verify_line", world, 2, "I.1")
    taken = client.post(where, posted(deed="machine", reason="", seen="0", shown="26,0"))

    assert taken.status_code == 303
    assert Entry.objects.get(stage=Stage.VERIFIED).reason == "Theo cách tính của thang điểm"
    client.post(where, posted(deed="machine", reason="Máy đúng", seen="1", shown="24,0"))
    assert Entry.objects.get(stage=Stage.VERIFIED).reason == "Máy đúng"


def test_the_bloc_table_hides_others_until_all_have_sent(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    submit_self_score(world.officer, sheet=sheets[2])
    where = reverse("scoring:table", args=[world.bloc_year.pk])
    before = text_of(signed_in(world.third).get(where).content)
    assert "Điểm của 1 đơn vị khác hiện ra khi mọi đơn vị đã gửi tự chấm" in before

    for number, who in ((1, "head"), (3, "third")):
        fill(world.actors[who], sheets[number])
        submit_self_score(world.actors[who], sheet=sheets[number])
    after = text_of(signed_in(world.third).get(where).content)
    assert "hiện ra khi mọi đơn vị" not in after
    assert "bằng nhau ở mọi tiêu chí" in after


def test_the_unit_explains_and_the_verifier_answers_on_one_page(world: World, sent: Sheet) -> None:
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu", stage=Stage.VERIFIED)
    confirm_lines(world.verifier, sheet=sent)
    finish_verification(world.verifier, sheet=sent)
    client = signed_in(world.officer)
    client.post(address("explain", world, 2, "II.1"), posted(text="Đủ biên bản"))
    page = signed_in(world.verifier).get(address("explanations", world, 2))
    assert "Đủ biên bản" in text_of(page.content)
    said = sent.explanations.get()
    answered = signed_in(world.verifier).post(
        address("answer", world, 2, said.pk), posted(text="Đồng ý", points="18")
    )

    assert answered.status_code == 303
    assert stage_result(world.bloc_year, Stage.VERIFIED).of("Sở Số 2").nodes["II.1"].points == 18


def test_an_explanation_of_another_unit_is_not_answered_here(world: World, sent: Sheet) -> None:
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu", stage=Stage.VERIFIED)
    said = explain_line(world.officer, sheet=sent, code="II.1", text="Đủ")
    answer = signed_in(world.head).post(address("answer", world, 3, said.pk), posted(text="Đồng ý"))

    assert answer.status_code == 404


def test_facts_of_the_unit_are_typed_as_officials_write_them(world: World, sheets: Sheets) -> None:
    client = signed_in(world.officer)
    sent = {"fact_co_chi_bo": "co", "fact_so_nguoi": "40,5"}
    answer = client.post(address("fields", world, 2), posted(**sent))
    assert answer.status_code == 303
    assert Sheet.objects.get(pk=sheets[2].pk).fields == {"co_chi_bo": True, "so_nguoi": "40.5"}

    bad = client.post(address("fields", world, 2), posted(fact_so_nguoi="bốn mươi"))
    assert 'value="bốn mươi"' in bad.content.decode()


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_sheet_and_the_table_leave_as_files(world: World, sent: Sheet, form: str) -> None:
    client = signed_in(world.head)
    sheet = client.get(address("sheet_file", world, 2, form))
    table = client.get(reverse("scoring:table_file", args=[world.bloc_year.pk, form]))

    start = b"%PDF" if form == "pdf" else b"PK"
    assert (sheet.content[: len(start)], table.content[: len(start)]) == (start, start)
    assert client.get(address("sheet_file", world, 2, "exe")).status_code == 404


def test_the_spreadsheet_adds_groups_up_live_and_shows_the_same_figures(
    world: World, sent: Sheet
) -> None:
    content = signed_in(world.officer).get(address("sheet_file", world, 2, "xlsx")).content
    live = load_workbook(io.BytesIO(content)).worksheets[0]
    shown = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    rows = {live.cell(row, 1).value: row for row in range(1, live.max_row + 1)}

    assert live.cell(rows["II"], 7).value == f"=G{rows['II.1']}+G{rows['II.2']}"
    assert shown.cell(rows["II"], 7).value == 38
    assert shown.cell(rows["I.1"], 7).value == 26


def test_the_word_file_holds_the_reason_and_the_document(world: World, sent: Sheet) -> None:
    content = signed_in(world.officer).get(address("sheet_file", world, 2, "docx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())

    assert "Làm tròn lên" in words
    assert "12/BC-S2, trang 4" in words


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["table", "sheet", "verify", "why_total", "why"])
def test_pages_ask_the_database_no_more_for_a_larger_bloc(page: str) -> None:
    counts = [queries_of(page, units, lines) for units, lines in ((3, 10), (10, 10), (10, 60))]

    assert counts == [counts[0]] * 3
    assert counts[0] < 70


def queries_of(page: str, units: int, lines: int) -> int:
    """How many queries a page takes in a bloc of that size; nothing of the bloc is left."""
    with transaction.atomic():
        world = filled_world(units, lines)
        Sheet.objects.with_scopes_disabled().filter(unit=world.units[1]).update(
            state=Sheet.State.SUBMITTED
        )
        where = {
            "table": lambda: reverse("scoring:table", args=[world.bloc_year.pk]),
            "why": lambda: address("why", world, 2, "L.3"),
        }.get(page, lambda: address(page, world, 2))()
        client = signed_in(world.head)
        client.get(where)
        board.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        transaction.set_rollback(True)
    board.forget()
    return len(asked)
