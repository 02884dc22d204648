"""Muộn thì ghi là muộn, chưa trả lời thì chưa xong; a repeated request answers as it did first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.build import World
from tests.year.scoring.browse import address, signed_in, text_of
from tests.year.scoring.build import fill, type_line
from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.year.bloc.models import Window
from thidua.year.scoring.models import Explanation, LineReturn, Sheet, Stage
from thidua.year.scoring.queries import open_lines
from thidua.year.scoring.services import (
    LineChange,
    Wanted,
    answer_explanation,
    answer_return,
    confirm_lines,
    explain_line,
    finish_verification,
    resubmit,
    return_lines,
    save_lines,
    set_adopted_line,
    submit_self_score,
)

Sheets = dict[int, Sheet]
Deed = Window.Deed


@pytest.fixture
def sent(world: World, sheets: Sheets) -> Sheet:
    """Unit 2's sheet as sent; unit 3 verifies it."""
    fill(world.officer, sheets[2])
    return submit_self_score(world.officer, sheet=sheets[2])


@pytest.fixture
def lowered(world: World, sent: Sheet) -> Sheet:
    """The same with II.1 verified at 17 instead of 18 and the rest confirmed."""
    type_line(world.verifier, sent, "II.1", "17", reason="Thiếu một kỳ", stage=Stage.VERIFIED)
    confirm_lines(world.verifier, sheet=sent)
    return sent


def shut(world: World, *deeds: Deed) -> None:
    """The time of these deeds is over; the bloc takes what comes late."""
    past = clock.now() - timedelta(days=1)
    Window.objects.filter(bloc_year=world.bloc_year, deed__in=deeds).update(closes=past)


def said(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.rule_id, one.words) for one in refused.value.findings]


# --- late


def test_a_verification_after_its_time_is_marked_late(world: World, lowered: Sheet) -> None:
    shut(world, Deed.VERIFY)
    done = finish_verification(world.verifier, sheet=lowered)

    assert (done.verified_late, done.late) == (True, False)
    page = text_of(signed_in(world.officer).get(address("sheet", world, 2)).content)
    assert "thẩm định muộn" in page


def test_a_verification_in_time_is_not_late(world: World, lowered: Sheet) -> None:
    assert finish_verification(world.verifier, sheet=lowered).verified_late is False


def test_returned_lines_sent_again_after_the_time_are_marked_late(
    world: World, sent: Sheet
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Cao"})
    shut(world, Deed.SELF_SCORE, Deed.VERIFY)
    answer_return(world.officer, sheet=sent, code="II.1", text="Đủ 12 kỳ")
    again = resubmit(world.officer, sheet=sent)

    assert LineReturn.objects.get().late is True
    assert again.late is False  # the sheet itself came in time


def test_explanations_and_answers_after_the_time_are_marked_late(
    world: World, lowered: Sheet
) -> None:
    early = explain_line(world.officer, sheet=lowered, code="II.1", text="Đủ 12 kỳ")
    shut(world, Deed.EXPLAIN)
    answer_explanation(world.verifier, explanation=early, answer="Không đủ")
    explain_line(world.officer, sheet=lowered, code="II.1", text="Có biên bản")

    found = list(Explanation.objects.order_by("pk").values_list("late", "answered_late"))
    assert found == [(False, True), (True, False)]
    page = signed_in(world.officer).get(address("explanations", world, 2)).content
    assert text_of(page).count("muộn") == 2


# --- not answered yet


def test_verification_does_not_end_before_an_explanation_is_answered(
    world: World, lowered: Sheet
) -> None:
    asked = explain_line(world.officer, sheet=lowered, code="II.1", text="Đủ 12 kỳ")
    with pytest.raises(Refused) as refused:
        finish_verification(world.verifier, sheet=lowered)
    assert said(refused) == [("EXPLAIN-3", "Dòng II.1: giải trình của đơn vị chưa được trả lời.")]

    answer_explanation(world.verifier, explanation=asked, answer="Không đủ")
    assert finish_verification(world.verifier, sheet=lowered).state == Sheet.State.VERIFIED


def still_open(world: World, stage: Stage = Stage.ADOPTED) -> list[tuple[str, str]]:
    found = open_lines(world.bloc_year, stage)
    return [(one.key, one.words) for one in found if one.unit == "Sở Số 2"]


def test_the_adoption_is_told_of_explanations_without_an_answer(
    world: World, lowered: Sheet
) -> None:
    verified = finish_verification(world.verifier, sheet=lowered)
    assert still_open(world) == []
    explain_line(world.officer, sheet=verified, code="II.1", text="Đủ 12 kỳ")

    waiting = [("II.1", "Dòng II.1: giải trình của đơn vị chưa được trả lời.")]
    assert still_open(world) == waiting
    assert still_open(world, Stage.VERIFIED) == []


def test_a_line_the_conference_decided_waits_for_no_answer(world: World, lowered: Sheet) -> None:
    verified = finish_verification(world.verifier, sheet=lowered)
    explain_line(world.officer, sheet=verified, code="II.1", text="Đủ 12 kỳ")
    change = LineChange(points=18000, reason="Hội nghị thống nhất")
    set_adopted_line(world.head, sheet=verified, code="II.1", change=change)

    assert still_open(world) == []


def test_the_adoption_is_told_which_returned_lines_wait_for_the_unit(
    world: World, sent: Sheet
) -> None:
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Cao"})

    assert still_open(world) == [("II.1", "Dòng II.1 đang chờ đơn vị trả lời.")]


# --- the same request again


def test_a_repeated_confirmation_tells_the_same_count(world: World, sent: Sheet) -> None:
    first = confirm_lines(world.verifier, sheet=sent, request_id="r-1")

    assert confirm_lines(world.verifier, sheet=sent, request_id="r-1") == first == 6


def test_a_repeated_return_tells_the_lines_of_the_first(world: World, sent: Sheet) -> None:
    reasons = {"II.1": "Cao", "I.1": "Thiếu"}
    first = return_lines(world.verifier, sheet=sent, reasons=reasons, request_id="r-1")
    return_lines(world.verifier, sheet=sent, reasons={"I.2": "Xem lại"})

    again = return_lines(world.verifier, sheet=sent, reasons=reasons, request_id="r-1")
    assert again == first


def test_repeated_cells_tell_what_was_saved_and_what_was_left(world: World, sheets: Sheets) -> None:
    wanted = {
        "II.1": Wanted(change=LineChange(points=18000)),
        "III": Wanted(change=LineChange(inputs={"value": "-1"})),
    }

    def save() -> tuple[list[str], dict[str, list[str]]]:
        saved = save_lines(
            world.officer, sheet=sheets[2], stage=Stage.SELF, wanted=wanted, request_id="r-1"
        )
        left = {key: [one.words for one in found] for key, found in saved.refused.items()}
        return list(saved.entries), left

    first = save()
    type_line(world.officer, sheets[2], "III", value="1")
    assert save() == first == (["II.1"], {"III": ["Dòng III: số liệu nhập từ 0 trở lên."]})


@pytest.mark.parametrize(
    "other",
    [
        LineChange(points=17500, reason="Khác"),
        LineChange(clear_points=True),
        LineChange(inputs={"value": "17.5"}),
    ],
)
def test_an_id_used_for_one_answer_is_refused_for_another(
    world: World, lowered: Sheet, other: LineChange
) -> None:
    asked = explain_line(world.officer, sheet=lowered, code="II.1", text="Đủ 12 kỳ")
    change = LineChange(points=17500)
    answer_explanation(
        world.verifier, explanation=asked, answer="Đồng ý", change=change, request_id="r-1"
    )
    with pytest.raises(Refused) as refused:
        answer_explanation(
            world.verifier, explanation=asked, answer="Đồng ý", change=other, request_id="r-1"
        )

    assert [rule for rule, _ in said(refused)] == ["LEDGER-1"]
