"""The unit explains a verified line that differs; whoever verified answers, and may change it."""

from __future__ import annotations

from dataclasses import replace

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import Checker, Office, Window
from thidua.year.bloc.rights import require
from thidua.year.scoring.answering import (
    changed_at,
    changes_at,
    may_answer,
    may_change,
    was_changed,
)
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
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, Explanation, Sheet, Stage
from thidua.year.scoring.notices import tell_checkers, tell_step, tell_unit
from thidua.year.scoring.services.rating import write_rating
from thidua.year.scoring.services.writing import write_line
from thidua.year.scoring.steps import StepFacts

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
        _tell_verifiers(act, desk, desk.line(code))
        return act.result(made)


def answer_explanation(
    actor: Actor,
    *,
    explanation: Explanation,
    answer: str,
    change: LineChange | None = None,
    request_id: str = "",
) -> Explanation:
    """Answer a unit's explanation; with `change` the number changes in the same decision.

    It is answered by whoever works at the step that changed the line last or at the present one,
    and by the head. The number changes at the present step; after the last, at the one that changed
    it; where several units rate, a unit changes its own rating. An answer is taken after the time
    for explanations too and then marked as late: the unit must not go without one. Errors
    (`Refused`): RIGHT-1, YEAR-1, SHEET-2, EXPLAIN-2 (no words, answered already), EXPLAIN-4 (the
    number is not the actor's to change), and those of `save_line` for the change.
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
        row = Explanation.objects.select_for_update().get(pk=explanation.pk)
        line = desk.line(row.code)
        step = changed_at(desk, line)
        _require_answering(desk, step, line)
        if desk.sheet.state not in EXPLAINED_IN:
            raise refusal("SHEET-2", "Bảng không còn ở bước trả lời giải trình.")
        _judge_answer(row, answer)
        if change is not None:
            said = replace(change, reason=change.reason or answer)
            _change(act, desk, line, said)
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


def _require_answering(desk: Desk, step: StepFacts, line: Line) -> None:
    if not desk.roster.own:
        require_right(desk, Stage.VERIFIED)
        return
    words = f"Đơn vị làm bước {step.label} và Trưởng khối trả lời giải trình này."
    require(may_answer(desk, line), words)


def _change(act: Act, desk: Desk, line: Line, change: LineChange) -> None:
    """Write what the answer changes, at the present step or, after the last, where it belongs."""
    at = changes_at(desk, line)
    if not may_change(desk, line):
        words = f"Cơ quan trả lời được, không sửa được điểm: dòng đang ở bước {at.label}."
        raise refusal("EXPLAIN-4", words, line=line)
    if not at.has_raters:
        write_line(act, desk, line=line, stage=at.stage, change=change, seen=None)
        return
    view = view_of(desk.bloc_year.pk, (desk.roster.before(at.stage).stage, BY_HAND))
    points = None if change.clear_points else change.points
    write_rating(
        act, desk, view, line=line, step=at, points=points, reason=change.reason or "", seen=None
    )


def _judge_explaining(desk: Desk, code: str, text: str) -> None:
    line = desk.line(code)
    runs = [(stage, BY_HAND) for stage in (Stage.SELF, *MIDDLE)]
    view = view_of(desk.bloc_year.pk, *runs)
    own = view.facts.sheets[desk.sheet.pk]
    if not was_changed(view, own, line):
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


def _tell_verifiers(act: Act, desk: Desk, line: Line) -> None:
    subject = f"{desk.unit} giải trình dòng {line.key}"
    words = f"{subject}. Mời cơ quan xem và trả lời."
    if desk.roster.own:
        step = changed_at(desk, line)
        tell_step(act, desk.sheet, desk.roster, step, subject=subject, words=words)
        return
    checkers = Checker.objects.filter(bloc_year=desk.bloc_year, unit=desk.sheet.unit_id)
    units = set(checkers.values_list("checker_id", flat=True))
    day = desk.bloc_year.day_that_counts(clock.today())
    heads = Office.objects.filter(bloc_year=desk.bloc_year, kind=Office.Kind.HEAD)
    # the head may have given the number in place of the checker, and answers for the bloc
    units |= {office.unit_id for office in heads if office.held_on(day)} - {desk.sheet.unit_id}
    tell_checkers(act, desk.sheet, units, subject=subject, words=words)
