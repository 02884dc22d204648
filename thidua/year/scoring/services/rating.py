"""One unit's own number at a step where several units rate a line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua.core.finding import Refused
from thidua.core.points import MILLI, result_text, show
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.marking import is_made_up
from thidua.registry.actor import Actor
from thidua.year.scoring.board import BY_HAND, View, view_of
from thidua.year.scoring.changes import (
    check_points,
    clean_words,
    finding,
    line_words,
    refusal,
)
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    judge_writing,
    require_line_open,
)
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import SET_ASIDE, Rating, Sheet, Stage
from thidua.year.scoring.steps import StepFacts


class RatingConflict(Refused):
    """Somebody else of the same unit rated the line meanwhile (LINE-8)."""

    def __init__(self, line: Line, row: Rating | None) -> None:
        self.line, self.row = line, row
        super().__init__([finding("LINE-8", self._words(), line=line, outcome="conflict")])

    def _words(self) -> str:
        if self.row is None:
            return f"{line_words(self.line)} vừa được bỏ điểm. Tải lại trang rồi chấm lại."
        theirs = "giữ nguyên" if self.row.points is None else show(Fraction(self.row.points, MILLI))
        moment = self.row.at.astimezone(clock.LOCAL)
        return f"{self.row.author} vừa ghi {theirs} lúc {moment:%H:%M}. Chọn một."


def rate_line(  # noqa: PLR0913  # who, where, what, what was seen, and the request
    actor: Actor,
    *,
    sheet: Sheet,
    code: str,
    stage: Stage,
    points: int | None,
    reason: str = "",
    seen: int | None = None,
    request_id: str = "",
) -> Rating:
    """Give the actor's unit's number of a line at a step where several units rate.

    `points` in thousandths; None keeps the number before the step. What other units gave is neither
    asked nor told. While a step is blind the history names the line and the unit alone. `seen` is
    the version of the unit's own rating that the person saw. Errors (`Refused`): RIGHT-1, YEAR-1,
    SHEET-2, SHEET-3, LINE-1, LINE-3, LINE-7, LINE-8, STEP-5, RATE-1 (a step with one number),
    RATE-2 (another number without a reason), RATE-4 (no number to keep, or a line set aside).
    """
    with Act(
        actor,
        "scoring.rate",
        chain=chain_of(sheet),
        subject=f"Chấm dòng {code[:60]} của {sheet.unit.name}",
        request_id=request_id,
        inputs={
            "sheet": sheet.pk,
            "code": code,
            "stage": stage,
            "points": points,
            "reason": reason,
        },
    ) as act:
        if act.repeated:
            return act.first(Rating)
        desk = desk_of(actor, sheet)
        judge_writing(desk, stage)
        step = desk.step_at(stage)
        if not step.has_raters:
            raise refusal("RATE-1", f"Ở bước {step.label} các đơn vị ghi chung một con số.")
        act.subject = f"{step.label}: chấm dòng {code[:60]} của {desk.unit}"
        line = desk.line(code)
        require_line_open(desk, stage, line)
        before = desk.roster.before(stage).stage
        view = view_of(desk.bloc_year.pk, (before, BY_HAND))
        return act.result(
            write_rating(act, desk, view, line=line, step=step, points=points,
                         reason=reason, seen=seen)
        )  # fmt: skip


def write_rating(  # noqa: PLR0913  # as `rate_line`, inside a decision
    act: Act,
    desk: Desk,
    view: View,
    *,
    line: Line,
    step: StepFacts,
    points: int | None,
    reason: str,
    seen: int | None,
) -> Rating:
    """Lay the unit's number over its earlier one; the caller has judged right, state, window."""
    row = Rating.objects.filter(
        sheet=desk.sheet, code=line.key, stage=step.stage, rater_id=desk.actor.unit_id
    ).first()
    points, kept = _judged(desk, view, line, step, points)
    said = clean_words(reason)
    if points is not None and not said:
        words = f"{line_words(line)}: ghi lý do khác {desk.roster.before(step.stage).number_words}."
        raise refusal("RATE-2", words, line=line)
    values = {"points": points, "kept": kept, "reason": said}
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return row
    if seen is not None and seen != (row.version if row else 0):
        raise RatingConflict(line, row)
    return _store(act, desk, line, step, row, values)


def keep_number(act: Act, desk: Desk, view: View, *, line: Line, step: StepFacts) -> Rating:
    """The unit keeps the number before the step, as in bulk."""
    return write_rating(act, desk, view, line=line, step=step, points=None, reason="", seen=0)


def can_keep(desk: Desk, view: View, line: Line, step: StepFacts) -> bool:
    """Whether there is something to keep: a number, or a line set aside."""
    aside = view.state(desk.own, line.key, step.stage).inputs.get("na") is True
    return aside or number_before(desk, view, line, step) is not None


def number_before(desk: Desk, view: View, line: Line, step: StepFacts) -> Fraction | None:
    """What stands on a line before a step."""
    return view.points(desk.own, line, desk.roster.before(step.stage).stage)


def _judged(
    desk: Desk, view: View, line: Line, step: StepFacts, points: int | None
) -> tuple[int | None, str]:
    """The number as stored: the same number typed again keeps the earlier one."""
    before = number_before(desk, view, line, step)
    aside = view.state(desk.own, line.key, step.stage).inputs.get("na") is True
    if points is None or (before is not None and Fraction(points, MILLI) == before):
        if before is None and not aside:
            words = f"{line_words(line)} chưa có điểm để giữ nguyên. Nhập điểm."
            raise refusal("RATE-4", words, line=line)
        return None, SET_ASIDE if before is None or aside else result_text(before)
    if aside:
        words = (
            f"{line_words(line)} đơn vị đề nghị không áp dụng nên không ghi điểm. "
            "Đồng ý thì giữ nguyên, không đồng ý thì trả lại."
        )
        raise refusal("RATE-4", words, line=line)
    check_points(line, points)
    return points, ""


def _store(
    act: Act,
    desk: Desk,
    line: Line,
    step: StepFacts,
    row: Rating | None,
    values: Mapping[str, object],
) -> Rating:
    own = {**values, "author": desk.actor.label, "at": clock.now()}
    if row is not None:
        kept = (row.points, row.kept) == (values["points"], values["kept"])
        made_up = row.synthetic and (kept or is_made_up())
        return act.change(row, **own, version=row.version + 1, synthetic=made_up)
    return act.create(
        Rating(
            jurisdiction_id=desk.sheet.jurisdiction_id,
            sheet=desk.sheet,
            code=line.key,
            stage=step.stage,
            rater_id=desk.actor.unit_id or 0,
            **own,
        )
    )
