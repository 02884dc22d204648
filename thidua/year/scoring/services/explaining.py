"""The unit explains a verified line that differs; whoever verified answers, and may change it."""

from __future__ import annotations

from dataclasses import replace

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import Checker, Window
from thidua.year.scoring.board import BY_HAND, view_of
from thidua.year.scoring.changes import (
    LineChange,
    clean_words,
    line_words,
    plain_change,
    refusal,
)
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    is_past,
    require_right,
    require_window,
)
from thidua.year.scoring.models import Explanation, Sheet, Stage
from thidua.year.scoring.notices import tell_checkers, tell_unit
from thidua.year.scoring.services.writing import write_line

EXPLAINED_IN = (Sheet.State.SUBMITTED, Sheet.State.VERIFIED)


def explain_line(
    actor: Actor, *, sheet: Sheet, code: str, text: str, request_id: str = ""
) -> Explanation:
    """The unit says why its own number should stand on a line whose verified number differs.

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1, EXPLAIN-1 (no difference, no
    words, or one still unanswered).
    """
    with Act(
        actor,
        "scoring.explain",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name} giải trình dòng {code[:60]}",
        request_id=request_id,
        reason=clean_words(text),
        inputs={"sheet": sheet.pk, "code": code, "text": text},
    ) as act:
        if act.repeated:
            return act.first(Explanation)
        desk = desk_of(actor, sheet)
        require_right(desk, Stage.SELF)
        if desk.sheet.state not in EXPLAINED_IN:
            raise refusal("SHEET-2", "Chưa có kết quả thẩm định để giải trình.")
        late = require_window(desk.bloc_year, Window.Deed.EXPLAIN)
        _judge_explaining(desk, code, text)
        made = act.create(
            Explanation(
                jurisdiction_id=desk.sheet.jurisdiction_id,
                sheet=desk.sheet,
                code=desk.line(code).key,
                text=clean_words(text),
                author=actor.label,
                at=clock.now(),
                late=late,
            )
        )
        _tell_verifiers(act, desk, code)
        return act.result(made)


def answer_explanation(
    actor: Actor,
    *,
    explanation: Explanation,
    answer: str,
    change: LineChange | None = None,
    request_id: str = "",
) -> Explanation:
    """Answer a unit's explanation; with `change` the verified number changes in the same decision.

    An answer is taken after the time for explanations too and then marked as late: the unit must
    not go without one. Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, EXPLAIN-2 (no words, answered
    already), and those of `save_line` for the change.
    """
    sheet = explanation.sheet
    with Act(
        actor,
        "scoring.answer",
        chain=chain_of(sheet),
        subject=f"Trả lời giải trình của {sheet.unit.name} ở dòng {explanation.code}",
        request_id=request_id,
        reason=clean_words(answer),
        inputs={
            "explanation": explanation.pk,
            "answer": answer,
            "change": None if change is None else plain_change(change),
        },
    ) as act:
        if act.repeated:
            return act.first(Explanation)
        desk = desk_of(actor, sheet)
        require_right(desk, Stage.VERIFIED)
        if desk.sheet.state not in EXPLAINED_IN:
            raise refusal("SHEET-2", "Bảng không còn ở bước trả lời giải trình.")
        row = Explanation.objects.select_for_update().get(pk=explanation.pk)
        _judge_answer(row, answer)
        if change is not None:
            said = replace(change, reason=change.reason or answer)
            line = desk.line(row.code)
            write_line(act, desk, line=line, stage=Stage.VERIFIED, change=said, seen=None)
        tell_unit(
            act,
            desk.sheet,
            subject=f"Đã trả lời giải trình dòng {row.code}",
            words=f"Dòng {row.code}: {clean_words(answer)}",
        )
        return act.result(
            act.change(
                row,
                answer=clean_words(answer),
                answered_by=actor.label,
                answered_at=clock.now(),
                answered_late=is_past(desk.bloc_year, Window.Deed.EXPLAIN),
            )
        )


def _judge_explaining(desk: Desk, code: str, text: str) -> None:
    line = desk.line(code)
    view = view_of(desk.bloc_year.pk, (Stage.SELF, BY_HAND), (Stage.VERIFIED, BY_HAND))
    own = view.facts.sheets[desk.sheet.pk]
    if view.points(own, line, Stage.SELF) == view.points(own, line, Stage.VERIFIED):
        words = f"{line_words(line)}: điểm thẩm định không khác điểm tự chấm."
        raise refusal("EXPLAIN-1", words, line=line)
    if not clean_words(text):
        raise refusal("EXPLAIN-1", f"{line_words(line)}: ghi nội dung giải trình.", line=line)
    waiting = view.facts.explanations.get(desk.sheet.pk, ())
    if any(one.code == line.key and one.answered_at is None for one in waiting):
        words = f"{line_words(line)}: giải trình trước chưa được trả lời."
        raise refusal("EXPLAIN-1", words, line=line)


def _judge_answer(row: Explanation, answer: str) -> None:
    if row.answered_at is not None:
        raise refusal("EXPLAIN-2", "Giải trình này đã được trả lời.")
    if not clean_words(answer):
        raise refusal("EXPLAIN-2", "Ghi câu trả lời cho đơn vị.")


def _tell_verifiers(act: Act, desk: Desk, code: str) -> None:
    checkers = Checker.objects.filter(bloc_year=desk.bloc_year, unit=desk.sheet.unit_id)
    tell_checkers(
        act,
        desk.sheet,
        list(checkers.values_list("checker_id", flat=True)),
        subject=f"{desk.unit} giải trình dòng {code}",
        words=f"{desk.unit} giải trình dòng {code}. Mời cơ quan xem và trả lời.",
    )
