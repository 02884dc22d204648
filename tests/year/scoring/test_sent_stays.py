"""Đã gửi thì giữ: evidence, facts and the sheet itself, once the unit has sent them."""

from __future__ import annotations

import pytest

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import cite, fill, type_line
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.year.bloc.models import BlocYear
from thidua.year.progress.models import Citation
from thidua.year.progress.services import remove_citation
from thidua.year.scoring.models import UNIT_FACTS, LineReturn, Sheet, Stage
from thidua.year.scoring.services import (
    answer_return,
    confirm_lines,
    finish_verification,
    resubmit,
    return_lines,
    set_fields,
    submit_self_score,
    take_back,
)

Sheets = dict[int, Sheet]
Said = list[tuple[str, str]]
KEPT = (
    "EVIDENCE-4",
    "Minh chứng ở dòng I.1 đã gửi kèm bảng chấm nên giữ lại. "
    "Người thẩm định trả lại dòng đó thì mới gỡ được.",
)
CLOSED = (
    "FACT-2",
    "Thông tin đơn vị không bị trả lại nên không sửa được nữa. "
    "Cần sửa thì đề nghị người thẩm định trả lại.",
)


def said(refused: pytest.ExceptionInfo[Refused]) -> Said:
    return [(one.rule_id, one.words) for one in refused.value.findings]


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheet:
    """Unit 2's sheet as sent, I.1 with its evidence; unit 3 verifies it."""
    fill(world.officer, sheets[2])
    return submit_self_score(world.officer, sheet=sheets[2])


def evidence(code: str = "I.1") -> Citation:
    return Citation.objects.select_related("document__bloc_year", "document__unit").get(code=code)


# --- evidence


def test_evidence_sent_with_a_sheet_is_not_taken_off(world: World, sent: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        remove_citation(world.officer, citation=evidence())

    assert said(refused) == [KEPT]


def test_evidence_of_a_returned_line_comes_off_that_of_others_stays(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2])
    cite(world.officer, sheets[2], "II.1")
    sent = submit_self_score(world.officer, sheet=sheets[2])
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Nhầm báo cáo"})
    with pytest.raises(Refused) as refused:
        remove_citation(world.officer, citation=evidence())
    assert said(refused) == [KEPT]

    remove_citation(world.officer, citation=evidence("II.1"))
    assert [one.code for one in Citation.objects.all()] == ["I.1"]


def test_evidence_of_a_sheet_taken_back_comes_off(world: World, sent: Sheet) -> None:
    take_back(world.officer, sheet=sent)
    remove_citation(world.officer, citation=evidence())

    assert Citation.objects.count() == 0


def test_a_returned_line_sent_again_keeps_its_evidence_again(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận"})
    answer_return(world.officer, sheet=sent, code="I.1", text="Đã đủ")
    resubmit(world.officer, sheet=sent)
    with pytest.raises(Refused) as refused:
        remove_citation(world.officer, citation=evidence())

    assert said(refused) == [KEPT]


def test_a_citation_gone_meanwhile_is_not_taken_off_twice(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    seen = evidence()
    remove_citation(world.officer, citation=evidence())
    with pytest.raises(Refused) as refused:
        remove_citation(world.leader, citation=seen)

    assert said(refused) == [
        ("EVIDENCE-5", "Minh chứng này đã được gỡ khỏi dòng. Tải lại trang để xem.")
    ]


def test_the_page_of_a_document_offers_only_what_may_be_done(world: World, sent: Sheet) -> None:
    found = evidence().document
    page = f"/nam/{world.bloc_year.pk}/tien-do/{world.units[1].pk}/minh-chung/{found.pk}/"
    content = text_of(signed_in(world.officer).get(page).content)

    assert "Đã gửi kèm bảng chấm." in content
    assert "Thôi dẫn ở dòng I.1" not in content


def test_verification_does_not_end_with_mandatory_evidence_missing(
    world: World, sheets: Sheets
) -> None:
    fill(world.officer, sheets[2], result="0")
    remove_citation(world.officer, citation=evidence())
    sent = submit_self_score(world.officer, sheet=sheets[2])
    type_line(world.verifier, sent, "I.1", result="50", reason="Kho bạc ghi 50",
              stage=Stage.VERIFIED)  # fmt: skip
    confirm_lines(world.verifier, sheet=sent)
    with pytest.raises(Refused) as refused:
        finish_verification(world.verifier, sheet=sent)
    assert said(refused) == [("SUBMIT-3", "Dòng I.1 thiếu minh chứng.")]

    cite(world.officer, sent, "I.1")
    assert finish_verification(world.verifier, sheet=sent).state == Sheet.State.VERIFIED


# --- taking a sheet back


def send_all(world: World, sheets: Sheets) -> None:
    for number, who in ((1, world.head), (2, world.officer), (3, world.third)):
        fill(who, sheets[number])
        submit_self_score(who, sheet=sheets[number])


def test_nobody_takes_a_sheet_back_after_reading_those_of_the_others(
    world: World, sheets: Sheets
) -> None:
    send_all(world, sheets)
    with pytest.raises(Refused) as refused:
        take_back(world.officer, sheet=sheets[2])

    assert said(refused) == [
        (
            "SHEET-5",
            "Các đơn vị đã xem được bảng của nhau nên không rút lại được nữa. "
            "Đề nghị người thẩm định trả lại dòng cần sửa.",
        )
    ]
    page = signed_in(world.officer).get(address("sheet", world, 2))
    assert "Rút lại để sửa" not in text_of(page.content)


@pytest.mark.parametrize("visibility", [BlocYear.Visibility.OWN, BlocYear.Visibility.ALWAYS])
def test_where_sending_opens_nothing_a_sheet_not_yet_verified_is_taken_back(
    world: World, sheets: Sheets, visibility: BlocYear.Visibility
) -> None:
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=visibility)
    send_all(world, sheets)

    assert take_back(world.officer, sheet=sheets[2]).state == Sheet.State.SELF


def test_a_sheet_being_verified_is_not_taken_back(world: World, sent: Sheet) -> None:
    confirm_lines(world.verifier, sheet=sent, codes=["III"])
    with pytest.raises(Refused) as refused:
        take_back(world.officer, sheet=sent)

    assert [rule for rule, _ in said(refused)] == ["SHEET-2"]


# --- facts of the unit


def test_a_return_of_lines_leaves_the_facts_of_the_unit_closed(world: World, sent: Sheet) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận"})
    with pytest.raises(Refused) as refused:
        set_fields(world.officer, sheet=sent, fields={"so_nguoi": "1"})

    assert said(refused) == [CLOSED]
    page = text_of(signed_in(world.officer).get(address("fields", world, 2)).content)
    assert CLOSED[1] in page
    assert "Lưu thông tin" not in page


def test_returned_facts_open_with_the_reason_and_wait_for_an_answer(
    world: World, sent: Sheet
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: "Sổ biên chế ghi 38"})
    with pytest.raises(Refused) as untouched:
        resubmit(world.officer, sheet=sent)
    assert said(untouched) == [("RETURN-2", "Thông tin đơn vị bị trả lại, chưa sửa, chưa trả lời.")]
    with pytest.raises(Refused) as line:
        type_line(world.officer, sent, "II.1", "19")
    assert [rule for rule, _ in said(line)] == ["LINE-7"]

    set_fields(world.officer, sheet=sent, fields={"so_nguoi": "38"})
    assert resubmit(world.officer, sheet=sent).fields == {"co_chi_bo": True, "so_nguoi": "38"}


def test_returned_facts_that_are_right_stay_with_the_units_reason(
    world: World, sent: Sheet
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: "Sổ biên chế ghi 38"})
    with pytest.raises(Refused) as silent:
        set_fields(world.officer, sheet=sent, fields={})
    assert said(silent) == [("FACT-1", "Thông tin chưa sửa gì. Sửa, hoặc ghi lý do giữ nguyên.")]

    set_fields(world.officer, sheet=sent, fields={}, reason="Đủ 40, sổ chưa cập nhật")
    assert resubmit(world.officer, sheet=sent).state == Sheet.State.SUBMITTED


def test_facts_are_returned_once_and_with_a_reason(world: World, sent: Sheet) -> None:
    with pytest.raises(Refused) as silent:
        return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: " "})
    return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: "Sai số người"})
    with pytest.raises(Refused) as twice:
        return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: "Sai số người"})

    assert said(silent) == [("RETURN-1", "Thông tin đơn vị: ghi lý do trả lại.")]
    assert said(twice) == [("RETURN-1", "Thông tin đơn vị đã trả lại, đang chờ đơn vị.")]


def test_verification_does_not_end_while_the_facts_wait_for_the_unit(
    world: World, sent: Sheet
) -> None:
    confirm_lines(world.verifier, sheet=sent)
    return_lines(world.verifier, sheet=sent, reasons={UNIT_FACTS: "Sai số người"})
    with pytest.raises(Refused) as refused:
        finish_verification(world.verifier, sheet=sent)

    assert said(refused) == [("VERIFY-2", "Thông tin đơn vị đang chờ đơn vị trả lời.")]


@pytest.mark.parametrize(
    ("chosen", "codes"),
    [("", ["II.1"]), ("ca-hai", ["II.1", UNIT_FACTS]), ("thong-tin", [UNIT_FACTS])],
)
def test_the_verifier_chooses_on_the_page_what_opens_again(
    world: World, sent: Sheet, chosen: str, codes: list[str]
) -> None:
    form = posted(deed="return", reason="Chưa khớp", returned=chosen, seen="0")
    signed_in(world.verifier).post(address("verify_line", world, 2, "II.1"), form)

    assert [one.code for one in LineReturn.objects.order_by("pk")] == codes
    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    told = "Người thẩm định, Sở Số 3 trả lại thông tin đơn vị" in page
    assert told is (UNIT_FACTS in codes)


def test_sending_warns_of_facts_that_nobody_wrote(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    set_fields(world.officer, sheet=sheets[2], fields={"so_nguoi": None})
    page = text_of(signed_in(world.officer).get(address("send", world, 2)).content)

    assert "Thông tin đơn vị chưa ghi: Số người." in page


# --- answers to returned lines


def test_an_answer_counts_whatever_the_clock_says(world: World, sent: Sheet) -> None:
    with clock.at(clock.now()):  # one moment for everything that follows
        return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu", "II.1": "Cao"})
        with pytest.raises(Refused) as untouched:
            resubmit(world.officer, sheet=sent)
        cite(world.officer, sent, "I.1")
        answer_return(world.officer, sheet=sent, code="II.1", text="Theo báo cáo năm")

        assert [rule for rule, _ in said(untouched)] == ["RETURN-2", "RETURN-2"]
        assert resubmit(world.officer, sheet=sent).state == Sheet.State.SUBMITTED


def test_a_line_returned_again_needs_a_new_answer(world: World, sent: Sheet) -> None:
    for turn in ("một", "hai"):
        return_lines(world.verifier, sheet=sent, reasons={"II.1": f"Lần {turn}"})
        with pytest.raises(Refused) as untouched:
            resubmit(world.officer, sheet=sent)
        assert [rule for rule, _ in said(untouched)] == ["RETURN-2"]
        answer_return(world.officer, sheet=sent, code="II.1", text="Đủ 12 kỳ họp")
        resubmit(world.officer, sheet=sent)

    assert LineReturn.objects.exclude(answered_at=None).count() == 2
