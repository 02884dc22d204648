"""Rút lại việc trả lại: whoever works on the sheet, or the head, takes a return back."""

from __future__ import annotations

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.rights import require
from thidua.year.scoring.board import BY_HAND, BY_RULE, View, view_of
from thidua.year.scoring.changes import clean_words, refusal
from thidua.year.scoring.checks import before_sending
from thidua.year.scoring.facts import ReturnFacts
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    require_state,
    require_step_window,
)
from thidua.year.scoring.models import UNIT_FACTS, LineReturn, Sheet, Stage
from thidua.year.scoring.notices import tell_unit
from thidua.year.scoring.returning import may_withdraw, was_answered
from thidua.year.scoring.services.settling import settle


def withdraw_return(
    actor: Actor,
    *,
    sheet: Sheet,
    code: str,
    reason: str,
    stage: Stage | None = None,
    request_id: str = "",
) -> Sheet:
    """Take back the return of a line, or of the unit's facts under `UNIT_FACTS`.

    What stood there closes to the unit again and is open to the verifier, not yet looked at. What
    the unit has written since stands: then the return counts as answered; one it left alone is
    taken off and stays in the ledger. With the last return gone the sheet is verified on. Errors
    (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1, RETURN-3 (no reason, nothing sent back,
    or the unit is in the midst of the line).
    """
    words = clean_words(reason)
    with Act(
        actor,
        "scoring.withdraw_return",
        chain=chain_of(sheet),
        subject=f"Rút lại việc trả lại {_named(code)} của {sheet.unit.name}",
        request_id=request_id,
        reason=words,
        inputs={"sheet": sheet.pk, "code": code, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        _judge(desk, code, stage)
        if not words:
            raise refusal("RETURN-3", f"Ghi lý do rút lại việc trả lại {_named(code)}.")
        back = _return_of(desk, code)
        view = view_of(desk.bloc_year.pk, (Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE))
        _refuse_unfinished(desk, view, code)
        stands = _take_off(act, desk, view, back)
        settle(act, desk, codes=[code])
        _tell(act, desk, code, words, stands=stands)
        return act.result(_go_on(act, desk))


def _judge(desk: Desk, code: str, stage: Stage | None) -> None:
    step = desk.working_step(stage)
    line = None if code == UNIT_FACTS else desk.line(code)
    words = "Đơn vị làm bước này và Trưởng khối rút lại được việc trả lại."
    require(may_withdraw(desk, step, line), words)
    require_state(desk, step.stage)
    require_step_window(desk, step)


def _named(code: str) -> str:
    return "thông tin đơn vị" if code == UNIT_FACTS else f"dòng {code[:60]}"


def _return_of(desk: Desk, code: str) -> ReturnFacts:
    facts, key = desk.facts, desk.sheet.pk
    back = facts.returned_facts(key) if code == UNIT_FACTS else facts.open_returns(key).get(code)
    if back is None:
        named = _named(code)
        words = f"{named[:1].upper()}{named[1:]} không còn bị trả lại: đơn vị đã gửi lại."
        raise refusal("RETURN-3", words)
    return back


def _refuse_unfinished(desk: Desk, view: View, code: str) -> None:
    """A line the unit has begun to write anew closes again only when it could be sent."""
    own = view.facts.sheets[desk.sheet.pk]
    for trouble in before_sending(view, own):
        if trouble.line is not None and trouble.line.key == code:
            words = f"{trouble.words} Dòng đang sửa dở nên chưa rút lại được, chờ đơn vị gửi lại."
            raise refusal("RETURN-3", words, line=trouble.line)


def _take_off(act: Act, desk: Desk, view: View, back: ReturnFacts) -> bool:
    """The return is answered by what the unit wrote since, or goes; gives which of them."""
    row = LineReturn.objects.select_for_update().get(pk=back.pk)
    stands = was_answered(view, view.facts.sheets[desk.sheet.pk], back)
    if stands:
        act.change(row, answered_at=clock.now())
    else:
        act.remove(row)
    return stands


def _go_on(act: Act, desk: Desk) -> Sheet:
    if LineReturn.objects.filter(sheet=desk.sheet, answered_at=None).exists():
        return desk.sheet
    return act.change(desk.sheet, state=Sheet.State.SUBMITTED)


def _tell(act: Act, desk: Desk, code: str, reason: str, *, stands: bool) -> None:
    named = _named(code)
    then = "Điều đơn vị đã sửa được giữ nguyên." if stands else "Số liệu giữ như khi đã gửi."
    tell_unit(
        act,
        desk.sheet,
        subject=f"Đã rút lại việc trả lại {named}",
        words=f"{named[:1].upper()}{named[1:]} không phải sửa nữa. Lý do: {reason}\n{then}",
    )
