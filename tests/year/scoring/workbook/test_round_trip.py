"""A unit takes its sheet away, fills it in without a network, brings it back and accepts it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import REASON, cite, fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND
from tests.year.scoring.workbook.filling import (
    MAIN,
    accepted,
    column_of,
    downloaded,
    filled,
    opened_book,
    row_of,
    sent,
)
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.year.progress.models import Citation
from thidua.year.progress.services import Paper, add_evidence
from thidua.year.scoring.models import Entry, Sheet, SheetUpload, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import set_fields
from thidua.year.scoring.services.workbook import accept_lines

Sheets = dict[int, Sheet]
OFFLINE = {
    ("I.1", "Chỉ tiêu"): 100,
    ("I.1", "Kết quả"): 80,
    ("I.1", "Minh chứng"): "12/BC-S2, trang 4",
    ("I.2", "Chỉ tiêu"): 10,
    ("I.2", "Kết quả"): 12,
    ("II.1", "Tự chấm"): 18.5,
    ("II.1", "Lý do"): REASON,
    ("II.2", "Kết quả"): "Có",
    ("III", "Kết quả"): 1,
    ("IV", "Kết quả"): 0,
}


def points(world: World, key: str) -> Fraction | None:
    return stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes[key].points


def library(world: World, sheet: Sheet) -> None:
    """The report is in the unit's library and not yet cited."""
    paper = Paper(number="12/BC-S2", subject="Báo cáo năm")
    add_evidence(world.officer, bloc_year=world.bloc_year, unit=sheet.unit, paper=paper)


def test_a_unit_fills_in_offline_uploads_accepts_and_sends(world: World, sheets: Sheets) -> None:
    library(world, sheets[2])
    set_fields(world.officer, sheet=sheets[2], fields={"co_chi_bo": True, "so_nguoi": "40"})
    officer = signed_in(world.officer)
    page = sent(officer, world, filled(downloaded(officer, world), OFFLINE))
    assert page.status_code == 200
    assert Entry.objects.count() == 0  # nothing is applied by uploading
    assert "Tệp khác bảng chấm ở 6 dòng" in text_of(page.content)
    assert "thành 93,5" in text_of(page.content)

    done = accepted(officer, page, "I.1", "I.2", "II.1", "II.2", "III", "IV")

    assert done.status_code == 303
    assert points(world, "I.1") == 24
    assert points(world, "II.1") == Fraction(37, 2)
    assert Citation.objects.get().page == "trang 4"
    sent_on = officer.post(address("send", world, 2), posted(confirmed="1"))
    assert sent_on.status_code == 303
    sheets[2].refresh_from_db()
    assert sheets[2].state == Sheet.State.SUBMITTED


def test_all_accepted_lines_are_one_decision(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    cells = {key: value for key, value in OFFLINE.items() if key[1] != "Minh chứng"}
    page = sent(officer, world, filled(downloaded(officer, world), cells))
    before = Event.objects.count()

    accepted(officer, page, everything=True)

    (event,) = Event.objects.order_by("id")[before:]
    assert event.verb == "scoring.accept_workbook"
    assert event.subject == "Sở Số 2: tự chấm 6 dòng bằng tệp Excel"
    assert Entry.objects.count() == 6


def test_only_the_chosen_lines_are_written(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    page = sent(officer, world, filled(downloaded(officer, world), {**OFFLINE}))

    accepted(officer, page, "III")

    assert list(Entry.objects.values_list("code", flat=True)) == ["III"]
    upload = SheetUpload.objects.get()
    assert (upload.taken_lines, upload.author) == (1, world.officer.label)


def test_accepting_twice_with_one_request_changes_nothing_more(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): 2}))
    upload = SheetUpload.objects.select_related("sheet__unit", "file").get()
    request_id = "6f1c2b52-6f0e-4b52-9df7-0d8c6f1f8a11"

    for _ in range(2):
        accept_lines(world.officer, upload=upload, accepted={"III": 0}, request_id=request_id)

    assert Entry.objects.get().version == 1
    assert SheetUpload.objects.get().taken_lines == 1


def test_what_was_uploaded_waits_after_the_session_has_ended(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    page = sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): 2}))

    again = signed_in(world.leader).get(page.request["PATH_INFO"])

    assert [row.found.key for row in again.context["page"].rows] == ["III"]
    listed = signed_in(world.leader).get(address("workbook", world, 2))
    assert page.request["PATH_INFO"] in listed.content.decode()


def test_nothing_accepted_is_told_and_changes_nothing(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    page = sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): 2}))

    answer = accepted(officer, page)

    assert answer.status_code == 422
    assert [one.rule_id for one in answer.context["findings"]] == ["EXCEL-3"]
    assert Entry.objects.count() == 0


def test_an_untouched_workbook_asks_for_nothing(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    officer = signed_in(world.officer)

    page = sent(officer, world, downloaded(officer, world))

    assert page.context["page"].rows == ()
    assert page.context["page"].troubled == ()
    assert "Không có gì để nhận" in text_of(page.content)


def test_a_line_somebody_else_wrote_meanwhile_shows_both_and_is_not_chosen(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    data = filled(downloaded(officer, world), {("II.1", "Tự chấm"): 18, ("III", "Kết quả"): 1})
    type_line(world.leader, sheets[2], "II.1", "15", reason=REASON)

    page = sent(officer, world, data)

    rows = {row.found.key: row for row in page.context["page"].rows}
    assert [key for key, row in rows.items() if row.checked] == ["III"]
    cell = rows["II.1"].found.cells[0]
    assert (cell.head, cell.then, cell.now, cell.filed) == ("Tự chấm", "", "15,0", "18,0")
    assert world.leader.label in text_of(page.content)
    accepted(officer, page, "II.1", "III")
    assert points(world, "II.1") == 18


def test_a_line_written_after_the_page_was_drawn_stops_everything(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    data = filled(downloaded(officer, world), {("II.1", "Tự chấm"): 18, ("III", "Kết quả"): 1})
    page = sent(officer, world, data)
    type_line(world.leader, sheets[2], "II.1", "15", reason=REASON)

    answer = accepted(officer, page, "II.1", "III")

    assert answer.status_code == 422
    moment = Entry.objects.get(code="II.1").at.astimezone(clock.LOCAL)
    assert [(one.rule_id, one.words) for one in answer.context["findings"]] == [
        (
            "LINE-8",
            f"Dòng II.1: {world.leader.label} vừa sửa thành 15,0 lúc {moment:%H:%M}. "
            "Xem hai số ở dòng này rồi nhận lại.",
        )
    ]
    assert list(Entry.objects.values_list("code", flat=True)) == ["II.1"]
    assert points(world, "II.1") == 15


def test_a_line_the_file_leaves_alone_keeps_what_was_written_meanwhile(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    data = filled(downloaded(officer, world), {("III", "Kết quả"): 1})
    type_line(world.leader, sheets[2], "II.1", "15", reason=REASON)

    page = sent(officer, world, data)

    assert [row.found.key for row in page.context["page"].rows] == ["III"]


def test_taking_a_figure_back_in_the_file_takes_it_back(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    officer = signed_in(world.officer)
    page = sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): None}))

    accepted(officer, page, "III")

    assert points(world, "III") is None


def test_points_that_only_repeat_the_machine_are_no_points_by_hand(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    cells = {("I.1", "Chỉ tiêu"): 100, ("I.1", "Kết quả"): 80, ("I.1", "Tự chấm"): 24}
    page = sent(officer, world, filled(downloaded(officer, world), cells))

    accepted(officer, page, "I.1")

    assert Entry.objects.get().kind == Entry.Kind.INPUT


def test_every_kind_of_line_comes_back_as_filled_in(world: World) -> None:
    opened(world, EVERY_KIND)
    officer = signed_in(world.officer)
    cells = {
        ("A1", "Kết quả"): "7,5",
        ("A2", "Kết quả"): "80; 91",
        ("A3", "Kết quả"): "đủ",
        ("A4", "Kết quả"): date(2026, 7, 2),
        ("A5", "Tự chấm"): 4,
        ("A5", "Nguồn điểm"): "Sở Tài chính",
        ("A6", "Kết quả"): "Cách hai",
        ("A6.2", "Kết quả"): "Không",
        ("A7@1", "Tự chấm"): 1,
        ("A7@2", "Không áp dụng"): "Có",
        ("A7@2", "Lý do"): "Quý hai chưa giao",
        ("B", "Kết quả"): "Đã rà soát, không có",
    }
    page = sent(officer, world, filled(downloaded(officer, world), cells))
    assert page.context["page"].troubled == ()

    accepted(officer, page, everything=True)

    kept = dict(Entry.objects.values_list("code", "inputs"))
    assert kept == {
        "A1": {"value": "7.5"},
        "A2": {"values": ["80", "91"]},
        "A3": {"value": "đủ"},
        "A4": {"date": "2026-07-02"},
        "A5": {"value": "4", "source": "Sở Tài chính"},
        "A6": {"chosen": "A6.2"},
        "A6.2": {"value": False},
        "A7@1": {"value": "1"},
        "A7@2": {"na": True},
        "B": {"reviewed": True},
    }


def test_documents_are_cited_by_number_and_only_once(world: World, sheets: Sheets) -> None:
    cite(world.officer, sheets[2], "I.1")
    officer = signed_in(world.officer)
    data = downloaded(officer, world)
    page = opened_book(data)[MAIN]
    cell = page.cell(row_of(page, "I.1"), column_of(page, "Minh chứng"))
    assert cell.value == "12/BC-S2, trang 4"
    cells = {("I.1", "Minh chứng"): f"{cell.value}; 12/bc-s2, trang 9", ("I.2", "Minh chứng"): "x"}

    shown = sent(officer, world, filled(data, cells))

    assert [one.troubles for one in shown.context["page"].troubled] == [
        (
            "Dòng 6, cột Minh chứng: kho chưa có văn bản “x”. Nạp văn bản vào kho trước, hoặc sửa "
            "số, ký hiệu.",
        )
    ]
    accepted(officer, shown, "I.1")
    assert sorted(Citation.objects.values_list("code", "page")) == [
        ("I.1", "trang 4"),
        ("I.1", "trang 9"),
    ]
    assert Entry.objects.count() == 0


def test_a_line_that_cannot_be_read_is_not_accepted_and_stops_the_others(
    world: World, sheets: Sheets
) -> None:
    officer = signed_in(world.officer)
    cells = {("II.1", "Tự chấm"): 99, ("III", "Kết quả"): 2}
    sent(officer, world, filled(downloaded(officer, world), cells))
    upload = SheetUpload.objects.select_related("sheet__unit", "file").get()

    with pytest.raises(Refused) as refused:
        accept_lines(world.officer, upload=upload, accepted={"II.1": 0, "III": 0})

    assert [one.rule_id for one in refused.value.findings] == ["EXCEL-2"]
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("who", ["head", "verifier", "neighbour", "standing"])
def test_only_the_unit_takes_its_workbook_and_brings_it_back(
    world: World, sheets: Sheets, who: str
) -> None:
    client = signed_in(world.actors[who])

    for name in ("workbook_file", "workbook"):
        assert client.get(address(name, world, 2)).status_code in (403, 404)


def test_a_person_of_another_unit_accepts_nothing(world: World, sheets: Sheets) -> None:
    officer = signed_in(world.officer)
    sent(officer, world, filled(downloaded(officer, world), {("III", "Kết quả"): 2}))
    upload = SheetUpload.objects.select_related("sheet__unit", "file").get()

    with pytest.raises(Refused) as refused:
        accept_lines(world.third, upload=upload, accepted={"III": 0})

    assert [one.rule_id for one in refused.value.findings] == ["RIGHT-1"]
    assert Entry.objects.count() == 0
