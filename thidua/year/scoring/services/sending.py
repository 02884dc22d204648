"""The unit sends its sheet, and sends it again after a return."""

from __future__ import annotations

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import Checker, Window
from thidua.year.scoring.board import BY_HAND, BY_RULE, View, view_of
from thidua.year.scoring.changes import LineChange, clean_words, line_words, refusal
from thidua.year.scoring.checks import before_sending
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    judge_writing,
    require_right,
    require_window,
)
from thidua.year.scoring.models import MIDDLE, Entry, LineReturn, Rating, Sheet, Stage, StepClosing
from thidua.year.scoring.notices import tell_checkers, tell_step
from thidua.year.scoring.queries import sheets_opened
from thidua.year.scoring.returning import unanswered
from thidua.year.scoring.services.settling import release_evidence, settle
from thidua.year.scoring.services.writing import write_line

OPENED = (
    "Các đơn vị đã xem được bảng của nhau nên không rút lại được nữa. "
    "Đề nghị người thẩm định trả lại dòng cần sửa."
)


def submit_self_score(actor: Actor, *, sheet: Sheet, request_id: str = "") -> Sheet:
    """Send the self-scores to verification; also sends returned lines again (`resubmit`).

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3 (window, late submission), and one finding
    per line for SUBMIT-1 (no points), SUBMIT-2 and SUBMIT-4 (no reason), SUBMIT-3 (no evidence),
    SUBMIT-5 (no source); RETURN-2 when a returned line was left as it was.
    """
    with Act(
        actor,
        "scoring.submit",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name} gửi bảng tự chấm điểm",
        request_id=request_id,
        inputs={"sheet": sheet.pk},
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        late = judge_writing(desk, Stage.SELF)
        view = view_of(desk.bloc_year.pk, (Stage.SELF, BY_HAND), (Stage.SELF, BY_RULE))
        _refuse_unready(desk, view)
        settle(act, desk)
        return act.result(_send(act, desk, late=late))


def resubmit(actor: Actor, *, sheet: Sheet, request_id: str = "") -> Sheet:
    """Send the lines that were returned again; the same decision as `submit_self_score`."""
    return submit_self_score(actor, sheet=sheet, request_id=request_id)


def answer_return(
    actor: Actor, *, sheet: Sheet, code: str, text: str, request_id: str = ""
) -> Entry:
    """Answer a returned line in words, keeping its figures; the answer becomes the line's reason.

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-7 (not returned), RETURN-2 (empty).
    """
    with Act(
        actor,
        "scoring.answer_return",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name} trả lời dòng {code[:60]} bị trả lại",
        request_id=request_id,
        reason=clean_words(text),
        inputs={"sheet": sheet.pk, "code": code, "text": text},
    ) as act:
        if act.repeated:
            return act.first(Entry)
        desk = desk_of(actor, sheet)
        judge_writing(desk, Stage.SELF)
        line = desk.line(code)
        if not clean_words(text):
            raise refusal("RETURN-2", f"{line_words(line)}: ghi câu trả lời.", line=line)
        back = desk.facts.open_returns(desk.sheet.pk).get(line.key)
        if back is None:
            raise refusal("LINE-7", f"{line_words(line)} không bị trả lại.", line=line)
        change = LineChange(reason=text)
        entry = write_line(act, desk, line=line, stage=Stage.SELF, change=change, seen=None)
        # The same words said again are an answer too.
        version = max(entry.version, back.seen_version + 1)
        return act.result(act.change(entry, version=version, at=clock.now(), author=actor.label))


def take_back(actor: Actor, *, sheet: Sheet, request_id: str = "") -> Sheet:
    """Take a sent sheet back while nobody has begun to verify it or may compare it with others.

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2 (not sent, or already being verified), SHEET-3,
    SHEET-5 (every unit has sent, so that the units read each other's sheets).
    """
    with Act(
        actor,
        "scoring.take_back",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name} rút lại bảng tự chấm điểm",
        request_id=request_id,
        inputs={"sheet": sheet.pk},
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        require_right(desk, Stage.SELF)
        require_window(desk.bloc_year, Window.Deed.SELF_SCORE)
        sent = Sheet.State.SUBMITTED if desk.roster.middle else Sheet.State.VERIFIED
        if desk.sheet.state != sent or _begun(desk.sheet):
            words = (
                "Bảng đang được thẩm định nên không rút lại được. Đề nghị người thẩm định trả lại."
            )
            raise refusal("SHEET-2", words)
        if sheets_opened(desk.bloc_year, desk.facts):
            raise refusal("SHEET-5", OPENED)
        release_evidence(act, desk.sheet)
        return act.result(
            act.change(
                desk.sheet,
                state=Sheet.State.SELF,
                at_stage="",
                submitted_at=None,
                submitted_by="",
                verified_at=None,
                late=False,
            )
        )


def _begun(sheet: Sheet) -> bool:
    """Whether anybody has done anything with a sheet after it was sent."""
    own = {"sheet": sheet}
    written = Entry.objects.filter(**own, stage__in=(*MIDDLE, Stage.ADOPTED)).exists()
    rated = Rating.objects.filter(**own).exists() or StepClosing.objects.filter(**own).exists()
    return written or rated or LineReturn.objects.filter(**own).exists()


def _refuse_unready(desk: Desk, view: View) -> None:
    own = view.facts.sheets[desk.sheet.pk]
    troubles = [*before_sending(view, own), *unanswered(view, own)]
    if troubles:
        raise Refused([trouble.finding for trouble in troubles])


def _send(act: Act, desk: Desk, *, late: bool) -> Sheet:
    now, again = clock.now(), desk.sheet.state == Sheet.State.RETURNED
    for back in LineReturn.objects.filter(sheet=desk.sheet, answered_at=None):
        act.change(back, answered_at=now, late=late)
    middle = desk.roster.middle
    first = "" if not middle else middle[0].stage
    sheet = act.change(
        desk.sheet,
        # a bloc without a step in between takes the self-scores to its conference
        state=Sheet.State.SUBMITTED if middle else Sheet.State.VERIFIED,
        at_stage=desk.sheet.at_stage or first,
        late=desk.sheet.late if again else late,
        submitted_at=now,
        submitted_by=desk.actor.label,
        verified_at=None if middle else now,
    )
    if middle:
        _tell(act, desk, sheet, again=again)
    return sheet


def _tell(act: Act, desk: Desk, sheet: Sheet, *, again: bool) -> None:
    """A letter to whoever works on the sheet now."""
    checkers = Checker.objects.filter(bloc_year=desk.bloc_year, unit=desk.sheet.unit_id)
    words = "gửi lại các dòng bị trả lại" if again else "gửi bảng tự chấm điểm"
    subject = f"{desk.unit} {words}"
    said = f"{desk.unit} đã {words} năm {desk.bloc_year.year}."
    if not desk.roster.own:
        units = list(checkers.values_list("checker_id", flat=True))
        tell_checkers(act, sheet, units, subject=subject, words=f"{said} Mời cơ quan thẩm định.")
        return
    step = desk.step_at(Stage(sheet.at_stage))
    words = f"{said} Mời cơ quan làm bước {step.label}."
    tell_step(act, sheet, desk.roster, step, subject=subject, words=words)
