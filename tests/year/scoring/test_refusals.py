"""What a sheet and a line refuse, rule by rule; a refusal leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.build import World
from tests.year.scoring.build import cite, fill, opened, type_line
from tests.year.scoring.scales import EVERY_KIND
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.models import Event
from thidua.year.progress.models import Citation
from thidua.year.progress.services import remove_citation
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.models import Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.services import (
    Conflict,
    answer_return,
    confirm_lines,
    finish_verification,
    resubmit,
    return_lines,
    submit_self_score,
)
from thidua.year.scoring.typed import read_field

Sheets = dict[int, Sheet]
Why = list[tuple[str, str]]


def refusal(sheet: Sheet, decide: Callable[[], object]) -> Why:
    """Rule and sentence of every reason; sheet, entries and ledger are as they were before."""

    def standing() -> list[object]:
        state = Sheet.objects.values_list("state", "submitted_at", "verified_at").get(pk=sheet.pk)
        entries = list(Entry.objects.order_by("pk").values())
        return [state, entries, list(LineReturn.objects.values()), Event.objects.count()]

    before = standing()
    with pytest.raises(Refused) as caught:
        decide()
    assert standing() == before
    return [(finding.rule_id, finding.words) for finding in caught.value.findings]


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheet:
    """Unit 2's sheet as sent; unit 3 verifies it."""
    fill(world.officer, sheets[2])
    return submit_self_score(world.officer, sheet=sheets[2])


# --- sending


def test_a_line_not_scored_keeps_the_sheet_back(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "II.2", value=None)

    assert refusal(sheets[2], lambda: submit_self_score(world.officer, sheet=sheets[2])) == [
        ("SUBMIT-1", "Dòng II.2 chưa có điểm. Chọn Có hoặc Không.")
    ]


def test_a_line_in_error_keeps_the_sheet_back_and_says_which(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.2", target="10", result="12", unit="đơn")

    assert refusal(sheets[2], lambda: submit_self_score(world.officer, sheet=sheets[2])) == [
        (
            "SUBMIT-1",
            "Dòng I.2 chưa chấm được: đơn vị tính khác các đơn vị khác trong khối.",
        )
    ]


def test_a_line_that_asks_for_evidence_is_not_sent_without(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    remove_citation(world.officer, citation=Citation.objects.get())

    assert refusal(sheets[2], lambda: submit_self_score(world.officer, sheet=sheets[2])) == [
        ("SUBMIT-3", "Dòng I.1 thiếu minh chứng.")
    ]
    cite(world.officer, sheets[2], "I.1")
    assert submit_self_score(world.officer, sheet=sheets[2]).state == Sheet.State.SUBMITTED


def test_points_given_elsewhere_are_not_sent_without_their_source(world: World) -> None:
    sheet = opened(world, EVERY_KIND)[2]
    type_line(world.officer, sheet, "A5", value="4.25")

    def about_source() -> Why:
        found = refusal(sheet, lambda: submit_self_score(world.officer, sheet=sheet))
        return [(rule, words) for rule, words in found if rule == "SUBMIT-5"]

    assert about_source() == [("SUBMIT-5", "Dòng A5: ghi cơ quan, văn bản cung cấp điểm.")]
    type_line(world.officer, sheet, "A5", source="Công văn 12/SNV")
    assert about_source() == []


# --- sending again


def test_a_returned_line_left_as_it_was_is_not_sent_again(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận", "II.1": "Cao"})
    type_line(world.officer, sent, "I.1", result="85")

    assert refusal(sent, lambda: resubmit(world.officer, sheet=sent)) == [
        ("RETURN-2", "Dòng II.1 bị trả lại, chưa sửa, chưa trả lời.")
    ]


def test_an_empty_answer_is_no_answer(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Cao"})

    def silent() -> object:
        return answer_return(world.officer, sheet=sent, code="II.1", text="  ")

    assert refusal(sent, silent) == [("RETURN-2", "Dòng II.1: ghi câu trả lời.")]


def test_new_evidence_alone_lets_a_returned_line_be_sent_again(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Thiếu biên bản"})
    cite(world.officer, sent, "II.1")

    assert resubmit(world.officer, sheet=sent).state == Sheet.State.SUBMITTED


# --- finishing the verification


def test_a_verification_is_not_finished_with_a_line_unseen(world: World, sent: Sheet) -> None:
    confirm_lines(world.verifier, sheet=sent, codes=["I.1", "I.2", "II.1", "II.2", "III"])

    assert refusal(sent, lambda: finish_verification(world.verifier, sheet=sent)) == [
        ("VERIFY-2", "Dòng IV chưa xem.")
    ]


def test_a_verification_is_not_finished_with_a_line_still_sent_back(
    world: World, sent: Sheet
) -> None:
    confirm_lines(world.verifier, sheet=sent)
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Cao"})

    assert refusal(sent, lambda: finish_verification(world.verifier, sheet=sent)) == [
        ("VERIFY-2", "Dòng II.1 đang chờ đơn vị trả lời.")
    ]


# --- one line


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "tháng 3", "30/06/2026"])
def test_a_day_that_does_not_exist_is_not_kept(world: World, day: str) -> None:
    sheet = opened(world, EVERY_KIND)[2]

    assert refusal(sheet, lambda: type_line(world.officer, sheet, "A4", date=day)) == [
        ("LINE-5", "Dòng A4: không đọc được ngày. Nhập theo mẫu 22/12/2026.")
    ]


@pytest.mark.parametrize("typed", ["31/02/2026", "2026", "hôm qua", "1/1/0"])
def test_a_day_that_does_not_exist_is_refused_as_it_is_typed(world: World, typed: str) -> None:
    sheet = opened(world, EVERY_KIND)[2]
    facts = facts_of(world.bloc_year.pk)
    line = facts.scale_of(facts.sheets[sheet.pk]).index["A4"]

    assert refusal(sheet, lambda: read_field(line, "date", typed)) == [
        ("LINE-5", "Dòng A4: không đọc được ngày. Nhập theo mẫu 22/12/2026.")
    ]
    assert read_field(line, "date", "28/2/2026").inputs == {"date": "2026-02-28"}


def test_the_second_of_two_editors_overwrites_nothing_and_is_told_what_stands_there(
    world: World, sheets: Sheets
) -> None:
    first = type_line(world.officer, sheets[2], "II.1", "18", seen=0)
    moment = f"{first.at.astimezone(clock.LOCAL):%H:%M}"

    def second() -> object:
        return type_line(world.leader, sheets[2], "II.1", "17", seen=0)

    with pytest.raises(Conflict) as conflict:
        second()
    assert [(one.rule_id, one.outcome) for one in conflict.value.findings] == [
        ("LINE-8", "conflict")
    ]
    assert refusal(sheets[2], second) == [
        ("LINE-8", f"Chuyên viên, Sở Số 2 vừa sửa thành 18,0 lúc {moment}. Chọn một.")
    ]
    assert Entry.objects.get(stage=Stage.SELF).inputs == {"value": "18"}
