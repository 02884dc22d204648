"""Verification, returns, explanation and the conference's figures: who, when, with which reason."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.build import World
from tests.year.scoring.build import fill, type_line
from thidua.core.finding import Refused
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_year
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import standing_of
from thidua.year.scoring.board import facts_of
from thidua.year.scoring.models import Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.queries import deviations, stage_result, visible_units
from thidua.year.scoring.services import (
    LineChange,
    answer_explanation,
    answer_return,
    confirm_lines,
    explain_line,
    finish_verification,
    lock_adopted,
    resubmit,
    return_lines,
    save_line,
    set_adopted_line,
    set_fields,
    submit_self_score,
    unlock_adopted,
)

Sheets = dict[int, Sheet]
LINES = 6


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


def points(world: World, key: str, stage: Stage) -> Fraction | None:
    return stage_result(world.bloc_year, stage).of("Sở Số 2").nodes[key].points


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheet:
    """Unit 2's sheet as sent; unit 3 verifies it."""
    fill(world.officer, sheets[2])
    return submit_self_score(world.officer, sheet=sheets[2])


def test_verified_figures_lie_over_the_self_scores(world: World, sent: Sheet) -> None:
    type_line(world.verifier, sent, "I.1", result="70", reason="Kho bạc xác nhận 70",
              stage=Stage.VERIFIED)  # fmt: skip

    assert points(world, "I.1", Stage.VERIFIED) == 21
    assert points(world, "I.1", Stage.SELF) == 24
    assert points(world, "II.1", Stage.VERIFIED) == 18


def test_new_figures_of_the_verifier_end_points_by_hand(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.1", "26", reason="Làm tròn")
    sent = submit_self_score(world.officer, sheet=sheets[2])
    type_line(world.verifier, sent, "I.1", result="90", reason="Đủ 90", stage=Stage.VERIFIED)

    assert points(world, "I.1", Stage.SELF) == 26
    assert points(world, "I.1", Stage.VERIFIED) == 27


def test_a_verified_number_that_differs_needs_a_reason(world: World, sent: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        type_line(world.verifier, sent, "II.1", "17", stage=Stage.VERIFIED)
    assert rules(refused) == {"VERIFY-1"}

    entry = type_line(world.verifier, sent, "II.1", "17", reason="Thiếu một kỳ họp",
                      stage=Stage.VERIFIED)  # fmt: skip
    assert entry.inputs == {"value": "17"}


def test_the_same_number_typed_again_is_a_confirmation(world: World, sent: Sheet) -> None:
    judged = type_line(world.verifier, sent, "II.1", "18,0", stage=Stage.VERIFIED)
    by_rule = type_line(world.verifier, sent, "I.1", "24", stage=Stage.VERIFIED)

    assert (judged.kind, by_rule.kind) == (Entry.Kind.CONFIRMED, Entry.Kind.CONFIRMED)


@pytest.mark.parametrize("who", ["officer", "leader", "standing", "neighbour", "stranger"])
def test_neither_the_unit_itself_nor_outsiders_verify(world: World, sent: Sheet, who: str) -> None:
    with pytest.raises(Refused) as refused:
        confirm_lines(world.actors[who], sheet=sent)

    assert rules(refused) == {"RIGHT-1"}


def test_the_head_verifies_others_but_never_its_own_unit(world: World, sheets: Sheets) -> None:
    fill(world.head, sheets[1])
    own = submit_self_score(world.head, sheet=sheets[1])
    with pytest.raises(Refused) as refused:
        confirm_lines(world.head, sheet=own)

    assert rules(refused) == {"RIGHT-1"}
    fill(world.officer, sheets[2])
    other = submit_self_score(world.officer, sheet=sheets[2])
    assert confirm_lines(world.head, sheet=other) == LINES


def test_a_sheet_not_sent_is_not_verified(world: World, sheets: Sheets) -> None:
    with pytest.raises(Refused) as refused:
        confirm_lines(world.verifier, sheet=sheets[2])

    assert rules(refused) == {"SHEET-2"}


def test_only_returned_lines_reopen(world: World, sent: Sheet) -> None:
    confirm_lines(world.verifier, sheet=sent, codes=["I.1"])
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận của Kho bạc"})

    assert Entry.objects.filter(stage=Stage.VERIFIED).count() == 0
    type_line(world.officer, sent, "I.1", result="85")
    with pytest.raises(Refused) as closed:
        type_line(world.officer, sent, "II.1", "19")
    assert rules(closed) == {"LINE-7"}
    with pytest.raises(Refused) as waiting:
        type_line(world.verifier, sent, "I.1", "20", reason="x", stage=Stage.VERIFIED)
    assert rules(waiting) == {"LINE-7"}


def test_a_return_without_reason_is_refused(world: World, sent: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        return_lines(world.verifier, sheet=sent, reasons={"I.1": " "})

    assert rules(refused) == {"RETURN-1"}
    assert LineReturn.objects.count() == 0


def test_returned_lines_are_sent_again_only_when_each_was_answered(
    world: World, sent: Sheet
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận", "II.1": "Cao"})
    type_line(world.officer, sent, "I.1", result="85")
    with pytest.raises(Refused) as refused:
        resubmit(world.officer, sheet=sent)
    assert [one.words for one in refused.value.findings] == [
        "Dòng II.1 bị trả lại, chưa sửa, chưa trả lời."
    ]

    answer_return(world.officer, sheet=sent, code="II.1", text="Đủ 12 kỳ họp")
    assert resubmit(world.officer, sheet=sent).state == Sheet.State.SUBMITTED
    assert LineReturn.objects.filter(answered_at=None).count() == 0


def test_bulk_confirmation_leaves_changed_and_returned_lines_alone(
    world: World, sent: Sheet
) -> None:
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu", stage=Stage.VERIFIED)
    return_lines(world.verifier, sheet=sent, reasons={"I.1": "Thiếu xác nhận"})

    assert confirm_lines(world.verifier, sheet=sent) == LINES - 2
    assert points(world, "II.1", Stage.VERIFIED) == 17


def test_verification_ends_when_every_line_was_looked_at(world: World, sent: Sheet) -> None:
    confirm_lines(world.verifier, sheet=sent, codes=["I.1", "I.2", "II.1", "II.2", "III"])
    with pytest.raises(Refused) as refused:
        finish_verification(world.verifier, sheet=sent)
    assert [one.words for one in refused.value.findings] == ["Dòng IV chưa xem."]

    confirm_lines(world.verifier, sheet=sent)
    done = finish_verification(world.verifier, sheet=sent)
    assert (done.state, done.verified_by) == (
        Sheet.State.VERIFIED, "Người thẩm định, Sở Số 3",
    )  # fmt: skip


@pytest.fixture
def verified(world: World, sent: Sheet) -> Sheet:
    """The sheet verified, line II.1 lowered from 18 to 17."""
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu một kỳ", stage=Stage.VERIFIED)
    confirm_lines(world.verifier, sheet=sent)
    return finish_verification(world.verifier, sheet=sent)


def test_the_unit_explains_only_lines_that_differ(world: World, verified: Sheet) -> None:
    with pytest.raises(Refused) as same:
        explain_line(world.officer, sheet=verified, code="I.1", text="Đúng")
    assert rules(same) == {"EXPLAIN-1"}

    explain_line(world.officer, sheet=verified, code="II.1", text="Đủ 12 kỳ, có biên bản")
    with pytest.raises(Refused) as twice:
        explain_line(world.officer, sheet=verified, code="II.1", text="Nhắc lại")
    assert rules(twice) == {"EXPLAIN-1"}


def test_an_answer_may_change_the_verified_number(world: World, verified: Sheet) -> None:
    said = explain_line(world.officer, sheet=verified, code="II.1", text="Đủ 12 kỳ")
    answered = answer_explanation(
        world.verifier, explanation=said, answer="Đồng ý", change=LineChange(points=17500)
    )

    assert (answered.answer, answered.answered_by) == ("Đồng ý", "Người thẩm định, Sở Số 3")
    assert points(world, "II.1", Stage.VERIFIED) == Fraction(35, 2)
    with pytest.raises(Refused) as again:
        answer_explanation(world.verifier, explanation=said, answer="Nữa")
    assert rules(again) == {"EXPLAIN-2"}


def test_the_unit_does_not_answer_itself(world: World, verified: Sheet) -> None:
    said = explain_line(world.officer, sheet=verified, code="II.1", text="Đủ 12 kỳ")
    with pytest.raises(Refused) as refused:
        answer_explanation(world.officer, explanation=said, answer="Đồng ý")

    assert rules(refused) == {"RIGHT-1"}


def test_the_conference_decides_with_a_reason_and_leaves_the_stages_before(
    world: World, verified: Sheet
) -> None:
    with pytest.raises(Refused) as silent:
        set_adopted_line(world.head, sheet=verified, code="II.1", change=LineChange(points=18000))
    assert rules(silent) == {"ADOPTED-1"}
    change = LineChange(points=18000, reason="Hội nghị thống nhất")
    with pytest.raises(Refused) as verifier:
        set_adopted_line(world.verifier, sheet=verified, code="II.1", change=change)
    assert rules(verifier) == {"RIGHT-1"}

    set_adopted_line(world.head, sheet=verified, code="II.1", change=change)
    used = (Stage.SELF, Stage.VERIFIED, Stage.ADOPTED)
    found = [points(world, "II.1", stage) for stage in used]
    assert found == [18, 17, 18]


def test_deviations_name_computed_points_reason_and_author(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.1", "26", reason="Làm tròn")
    sent = submit_self_score(world.officer, sheet=sheets[2])
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu một kỳ", stage=Stage.VERIFIED)

    found = [
        (one.unit, one.line.key, one.computed, one.before, one.points, one.reason)
        for one in deviations(world.bloc_year)
    ]
    assert found == [
        ("Sở Số 2", "I.1", Fraction(24), None, Fraction(26), "Làm tròn"),
        ("Sở Số 2", "II.1", None, Fraction(18), Fraction(17), "Thiếu một kỳ"),
    ]


def test_adoption_locks_every_sheet_and_a_correction_opens_them(
    world: World, verified: Sheet
) -> None:
    chain = of_year(world.bloc_year.pk)
    with Act(world.head, "conference.adopt", chain=chain, subject="Thông qua") as act:
        lock_adopted(act, bloc_year=world.bloc_year)
    change = LineChange(points=18000, reason="Muộn")
    with pytest.raises(Refused) as locked:
        set_adopted_line(world.head, sheet=verified, code="II.1", change=change)
    assert rules(locked) == {"SHEET-2"}

    with Act(world.head, "conference.reopen", chain=chain, subject="Mở lại") as act:
        unlock_adopted(act, bloc_year=world.bloc_year)
    set_adopted_line(world.head, sheet=verified, code="II.1", change=change)
    assert points(world, "II.1", Stage.ADOPTED) == 18


def test_facts_of_a_unit_are_checked_against_the_scale(world: World, sheets: Sheets) -> None:
    for fields in ({"khac": True}, {"co_chi_bo": "có"}, {"so_nguoi": "bốn mươi"}):
        with pytest.raises(Refused) as refused:
            set_fields(world.officer, sheet=sheets[2], fields=fields)
        assert rules(refused) == {"FACT-1"}

    set_fields(world.officer, sheet=sheets[2], fields={"so_nguoi": 40, "co_chi_bo": True})
    changed = set_fields(world.officer, sheet=sheets[2], fields={"co_chi_bo": None})
    assert changed.fields == {"so_nguoi": "40"}


def seen_by(world: World, who: str) -> set[str]:
    bloc_year = BlocYear.objects.get(pk=world.bloc_year.pk)
    facts = facts_of(bloc_year.pk)
    visible = visible_units(bloc_year, standing_of(world.actors[who], bloc_year), facts)
    return {sheet.unit for sheet in facts.sheets.values() if sheet.unit_id in visible}


def test_before_all_have_sent_each_reads_its_own_checkers_and_the_head_more(
    world: World, sent: Sheet
) -> None:
    assert seen_by(world, "officer") == {"Sở Số 2"}
    assert seen_by(world, "verifier") == {"Sở Số 2", "Sở Số 3"}
    assert seen_by(world, "head") == {"Sở Số 1", "Sở Số 2", "Sở Số 3"}
    assert seen_by(world, "standing") == set()
    assert seen_by(world, "neighbour") == set()


def test_once_all_have_sent_every_member_reads_every_sheet(
    world: World, sheets: Sheets, sent: Sheet
) -> None:
    for number, who in ((1, "head"), (3, "third")):
        fill(world.actors[who], sheets[number])
        submit_self_score(world.actors[who], sheet=sheets[number])

    everybody = {"Sở Số 1", "Sở Số 2", "Sở Số 3"}
    assert seen_by(world, "officer") == seen_by(world, "standing") == everybody
    assert seen_by(world, "neighbour") == set()


def test_a_bloc_may_keep_sheets_apart_until_the_conference(
    world: World, sheets: Sheets, sent: Sheet
) -> None:
    for number, who in ((1, "head"), (3, "third")):
        fill(world.actors[who], sheets[number])
        submit_self_score(world.actors[who], sheet=sheets[number])
    BlocYear.objects.filter(pk=world.bloc_year.pk).update(visibility=BlocYear.Visibility.OWN)

    assert seen_by(world, "officer") == {"Sở Số 2"}


def test_every_decision_is_one_event_with_its_sentence(world: World, verified: Sheet) -> None:
    said = list(Event.objects.order_by("seq").values_list("subject", flat=True))[-4:]

    assert said == [
        "Sở Số 2 gửi bảng tự chấm điểm",
        "Sở Số 2: thẩm định dòng II.1",
        "Thẩm định giữ nguyên điểm tự chấm của Sở Số 2",
        "Thẩm định xong bảng điểm của Sở Số 2",
    ]


def test_the_verifier_can_take_the_machines_number(world: World, sheets: Sheets) -> None:
    fill(world.officer, sheets[2])
    type_line(world.officer, sheets[2], "I.1", "26", reason="Làm tròn")
    sent = submit_self_score(world.officer, sheet=sheets[2])
    change = LineChange(clear_points=True, reason="Tính theo quy tắc")
    save_line(world.verifier, sheet=sent, code="I.1", stage=Stage.VERIFIED, change=change)

    assert points(world, "I.1", Stage.VERIFIED) == 24
