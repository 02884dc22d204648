"""Rút lại việc trả lại: who may, what stands then, and that no number or reason is lost."""

from __future__ import annotations

import pytest

from tests.build import World
from tests.year.scoring.browse import address, posted, signed_in, text_of
from tests.year.scoring.build import cite, fill, type_line
from thidua.core.finding import Refused
from thidua.platform.ledger.models import Event
from thidua.platform.mail.models import Letter
from thidua.year.progress.models import Citation
from thidua.year.scoring.models import UNIT_FACTS, Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.services import (
    confirm_lines,
    finish_verification,
    return_lines,
    set_fields,
    submit_self_score,
    withdraw_return,
)

Sheets = dict[int, Sheet]
WHY = "Trả lại nhầm dòng"


@pytest.fixture
def back(world: World, sheets: Sheets) -> Sheet:
    """Unit 2's sheet with line II.1 sent back by unit 3."""
    fill(world.officer, sheets[2])
    sent = submit_self_score(world.officer, sheet=sheets[2])
    return_lines(world.verifier, sheet=sent, reasons={"II.1": "Thiếu biên bản"})
    return Sheet.objects.get(pk=sent.pk)


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule_id for finding in refused.value.findings}


@pytest.mark.parametrize("who", ["verifier", "third", "head"])
def test_the_line_closes_again_and_the_sheet_is_verified_on(
    world: World, back: Sheet, who: str
) -> None:
    done = withdraw_return(world.actors[who], sheet=back, code="II.1", reason=WHY)

    assert (done.state, LineReturn.objects.count()) == (Sheet.State.SUBMITTED, 0)
    with pytest.raises(Refused) as closed:
        type_line(world.officer, back, "II.1", "19")
    assert rules(closed) == {"SHEET-2"}
    confirm_lines(world.verifier, sheet=back)
    assert finish_verification(world.verifier, sheet=back).state == Sheet.State.VERIFIED


@pytest.mark.parametrize("who", ["officer", "leader", "standing", "neighbour", "stranger"])
def test_nobody_else_takes_a_return_back(world: World, back: Sheet, who: str) -> None:
    with pytest.raises(Refused) as refused:
        withdraw_return(world.actors[who], sheet=back, code="II.1", reason=WHY)

    assert rules(refused) == {"RIGHT-1"}


def test_it_needs_a_reason_and_a_return(world: World, back: Sheet) -> None:
    for code, reason in (("II.1", " "), ("I.1", WHY), (UNIT_FACTS, WHY)):
        with pytest.raises(Refused) as refused:
            withdraw_return(world.verifier, sheet=back, code=code, reason=reason)
        assert rules(refused) == {"RETURN-3"}


def test_both_reasons_stay_in_the_ledger_and_the_unit_is_told(world: World, back: Sheet) -> None:
    withdraw_return(world.head, sheet=back, code="II.1", reason=WHY)

    event = Event.objects.latest("pk")
    assert (event.verb, event.reason) == ("scoring.withdraw_return", WHY)
    gone = [row["before"] for row in event.rows if row["row"] == "scoring.linereturn"]
    assert [one["reason"] for one in gone] == ["Thiếu biên bản"]
    told = Letter.objects.filter(subject="Đã rút lại việc trả lại dòng II.1")
    assert "officer@mau.vn" in set(told.values_list("to", flat=True))


def test_what_the_unit_wrote_since_stands_and_counts_as_its_answer(
    world: World, back: Sheet
) -> None:
    type_line(world.officer, back, "II.1", "19", reason="Đủ 12 kỳ họp")
    withdraw_return(world.verifier, sheet=back, code="II.1", reason=WHY)

    entry = Entry.objects.get(sheet=back, code="II.1", stage=Stage.SELF)
    assert (entry.inputs, entry.reason) == ({"value": "19"}, "Đủ 12 kỳ họp")
    assert LineReturn.objects.get().answered_at is not None


def test_a_line_left_half_written_stays_with_the_unit(world: World, back: Sheet) -> None:
    type_line(world.officer, back, "II.1", value=None)
    with pytest.raises(Refused) as refused:
        withdraw_return(world.verifier, sheet=back, code="II.1", reason=WHY)

    assert rules(refused) == {"RETURN-3"}
    assert Sheet.objects.get(pk=back.pk).state == Sheet.State.RETURNED


def test_other_returns_stay_open(world: World, back: Sheet) -> None:
    return_lines(world.verifier, sheet=back, reasons={"I.1": "Thiếu", UNIT_FACTS: "Sai số người"})
    withdraw_return(world.verifier, sheet=back, code="II.1", reason=WHY)
    withdraw_return(world.verifier, sheet=back, code=UNIT_FACTS, reason=WHY)

    assert set(LineReturn.objects.values_list("code", flat=True)) == {"I.1"}
    assert Sheet.objects.get(pk=back.pk).state == Sheet.State.RETURNED
    with pytest.raises(Refused) as facts:
        set_fields(world.officer, sheet=back, fields={"so_nguoi": "41"})
    assert rules(facts) == {"FACT-2"}


def test_evidence_of_the_line_goes_out_again_with_it(world: World, back: Sheet) -> None:
    cite(world.officer, back, "II.1")
    withdraw_return(world.verifier, sheet=back, code="II.1", reason=WHY)

    assert Citation.objects.filter(sent_at=None).count() == 0
    assert LineReturn.objects.get().answered_at is not None


def test_the_page_asks_why_and_takes_the_return_back(world: World, back: Sheet) -> None:
    head, where = signed_in(world.head), address("withdraw", world, 2)
    page = head.get(f"{address('verify', world, 2)}?dong=II.1")
    assert "Rút lại việc trả lại dòng II.1?" in text_of(page.content)
    asked = head.post(where, posted(code="II.1", confirmed="1", reason=""))
    assert "Chưa ghi lý do." in text_of(asked.content)
    assert LineReturn.objects.count() == 1

    done = head.post(where, posted(code="II.1", confirmed="1", reason=WHY))
    assert (done.status_code, LineReturn.objects.count()) == (303, 0)
    assert done["Location"] == f"{address('verify', world, 2)}?dong=II.1#dong"
