"""Whoever works on a sheet confirms, returns, and ends a step; single lines are in `lines`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.services import begin_verification
from thidua.year.scoring.board import BY_HAND, BY_RULE, view_of
from thidua.year.scoring.changes import LineChange, clean_words, line_words, refusal
from thidua.year.scoring.checks import (
    before_finishing,
    missing_words,
    not_rated,
    to_verify,
    waiting,
)
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    judge_writing,
    require_right,
    require_state,
    require_step_window,
)
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import (
    BEFORE_CONFERENCE,
    MIDDLE,
    UNIT_FACTS,
    Entry,
    LineReturn,
    Rating,
    Sheet,
    Stage,
    StepClosing,
)
from thidua.year.scoring.notices import tell_step, tell_unit
from thidua.year.scoring.services.rating import can_keep, keep_number
from thidua.year.scoring.services.settling import release_evidence
from thidua.year.scoring.services.writing import write_line
from thidua.year.scoring.steps import STAGES, StepFacts

RUNS = (
    (Stage.SELF, BY_HAND),
    *((stage, BY_HAND) for stage in MIDDLE),
    (BEFORE_CONFERENCE, BY_RULE),
)


def confirm_lines(
    actor: Actor,
    *,
    sheet: Sheet,
    codes: Collection[str] | None = None,
    stage: Stage | None = None,
    request_id: str = "",
) -> int:
    """Keep the numbers before a step in bulk; without `codes`, of every line not yet looked at.

    `stage`: the step meant, else the one the sheet stands at. Where several units rate, only the
    actor's own ratings are given; where agencies own lines, only those of the actor. Lines already
    changed, confirmed or sent back are left alone. Gives how many were confirmed. Errors
    (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1.
    """
    with Act(
        actor,
        "scoring.confirm",
        chain=chain_of(sheet),
        subject=f"Thẩm định giữ nguyên điểm tự chấm của {sheet.unit.name}",
        request_id=request_id,
        inputs={
            "sheet": sheet.pk,
            "codes": None if codes is None else sorted(codes),
            **({} if stage is None else {"stage": stage}),
        },
    ) as act:
        if act.repeated:
            return int(act.first_said("count"))
        desk = desk_of(actor, sheet)
        step = desk.working_step(stage)
        judge_writing(desk, step.stage)
        if desk.roster.own:
            before = desk.roster.before(step.stage).number_words
            act.subject = f"{step.label}: giữ nguyên {before} của {desk.unit}"
        count = _confirm(act, desk, step, codes)
        act.result(desk.sheet, count=count)
        return count


def _confirm(act: Act, desk: Desk, step: StepFacts, codes: Collection[str] | None) -> int:
    view = view_of(desk.bloc_year.pk, *RUNS)
    wanted = None if codes is None else {desk.line(code).key for code in codes}
    done = _done_by(desk, step)
    back = view.facts.open_returns(desk.sheet.pk)
    lines = [
        line
        for line in to_verify(view, desk.own, step)
        if line.key not in done
        and line.key not in back
        and (wanted is None or line.key in wanted)
        and desk.acts(step, line)
    ]
    if step.has_raters:  # a line without a number has nothing to keep
        lines = [line for line in lines if can_keep(desk, view, line, step)]
    for line in lines:
        if step.has_raters:
            keep_number(act, desk, view, line=line, step=step)
        else:
            change = LineChange(confirmed=True)
            write_line(act, desk, line=line, stage=step.stage, change=change, seen=0)
    return len(lines)


def _done_by(desk: Desk, step: StepFacts) -> set[str]:
    """The lines on which a step has a number, or the actor's unit its rating."""
    if not step.has_raters:
        return {code for code, at in desk.facts.entries_of(desk.sheet.pk) if at == step.stage}
    return {
        code
        for (code, at), given in desk.facts.ratings.get(desk.sheet.pk, {}).items()
        if at == step.stage and any(one.rater_id == desk.actor.unit_id for one in given)
    }


def return_lines(
    actor: Actor,
    *,
    sheet: Sheet,
    reasons: Mapping[str, str],
    stage: Stage | None = None,
    request_id: str = "",
) -> list[LineReturn]:
    """Send lines back to the unit, each with its reason; only these open again.

    The key `UNIT_FACTS` sends back the facts of the unit, which no line opens. What this step had
    written on the lines is taken off, and so is a mere confirmation of an earlier step: the number
    it confirmed is open again (the ledger keeps both). Numbers earlier steps gave themselves stay.
    The unit may take off their citations. Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3,
    LINE-1, STEP-5, RETURN-1 (no reason, sent back already, a heading that has no number, or no
    facts to send back).
    """
    with Act(
        actor,
        "scoring.return",
        chain=chain_of(sheet),
        subject=f"Trả lại {_named(reasons)} cho {sheet.unit.name}",
        request_id=request_id,
        reason="; ".join(f"{_label(code)}: {clean_words(why)}" for code, why in reasons.items()),
        inputs={
            "sheet": sheet.pk,
            "reasons": dict(reasons),
            **({} if stage is None else {"stage": stage}),
        },
    ) as act:
        if act.repeated:
            return list(LineReturn.objects.filter(pk__in=act.first_said("returns")).order_by("pk"))
        desk = desk_of(actor, sheet)
        step = desk.working_step(stage)
        judge_writing(desk, step.stage)
        if not reasons:
            raise refusal("RETURN-1", "Chọn ít nhất một dòng để trả lại.")
        made = [_return(act, desk, step, code, words) for code, words in reasons.items()]
        release_evidence(act, desk.sheet, codes=[one.code for one in made])
        act.change(desk.sheet, state=Sheet.State.RETURNED, at_stage=step.stage)
        act.result(desk.sheet, returns=[one.pk for one in made])
        named = _named(reasons)
        tell_unit(
            act,
            desk.sheet,
            subject=f"{named[:1].upper()}{named[1:]} bị trả lại",
            words="\n".join(f"{_label(one.code)}: {one.reason}" for one in made),
        )
        return made


def _named(reasons: Collection[str]) -> str:
    """What is sent back, in words: "2 dòng và thông tin đơn vị"."""
    lines = len([code for code in reasons if code != UNIT_FACTS])
    said = [f"{lines} dòng"] if lines or UNIT_FACTS not in reasons else []
    return " và ".join([*said, *(["thông tin đơn vị"] if UNIT_FACTS in reasons else [])])


def _label(code: str) -> str:
    return "Thông tin đơn vị" if code == UNIT_FACTS else f"Dòng {code}"


def _return_facts(act: Act, desk: Desk, reason: str) -> LineReturn:
    if not desk.scale.scale.fields:
        raise refusal("RETURN-1", "Thang điểm không dùng thông tin nào của đơn vị.")
    if not clean_words(reason):
        raise refusal("RETURN-1", "Thông tin đơn vị: ghi lý do trả lại.")
    if desk.facts.returned_facts(desk.sheet.pk) is not None:
        raise refusal("RETURN-1", "Thông tin đơn vị đã trả lại, đang chờ đơn vị.")
    version = desk.sheet.fields_version
    return _store_return(act, desk, UNIT_FACTS, reason, seen=(version, 0))


def _return(act: Act, desk: Desk, step: StepFacts, code: str, reason: str) -> LineReturn:
    if code == UNIT_FACTS:
        return _return_facts(act, desk, reason)
    line, words = desk.line(code), clean_words(reason)
    if not words:
        raise refusal("RETURN-1", f"{line_words(line)}: ghi lý do trả lại.", line=line)
    if line.key in desk.facts.open_returns(desk.sheet.pk):
        raise refusal("RETURN-1", f"{line_words(line)} đã trả lại, đang chờ đơn vị.", line=line)
    if line.is_heading:
        raise refusal("RETURN-1", f"{line_words(line)}: trả lại từng kỳ của dòng.", line=line)
    _require_line_of(desk, step, line)
    _take_off(act, desk, step, line)
    entry_seen = desk.facts.entries_of(desk.sheet.pk).get((line.key, Stage.SELF))
    cited = desk.facts.citations.get(desk.sheet.unit_id, {}).get(line.key, ())
    seen = (entry_seen.version if entry_seen else 0, max((one.pk for one in cited), default=0))
    return _store_return(act, desk, line.key, words, seen=seen)


def _require_line_of(desk: Desk, step: StepFacts, line: Line) -> None:
    """A step sends back the lines it works on; an agency those it owns."""
    if not step.covers(line) or not desk.acts(step, line):
        words = f"{line_words(line)} không thuộc phần việc của cơ quan ở bước {step.label}."
        raise refusal("STEP-5", words, line=line)


def _take_off(act: Act, desk: Desk, step: StepFacts, line: Line) -> None:
    """What this step wrote on a line, and what earlier steps only confirmed."""
    place = STAGES.index(step.stage)
    earlier = [one.stage for one in desk.roster.middle if STAGES.index(one.stage) < place]
    own = {"sheet": desk.sheet, "code": line.key}
    entries = Entry.objects.filter(**own, stage__in=[*earlier, step.stage])
    for entry in entries.order_by("pk"):
        if entry.stage == step.stage or entry.kind == Entry.Kind.CONFIRMED:
            act.remove(entry)
    ratings = list(Rating.objects.filter(**own, stage__in=[*earlier, step.stage]).order_by("pk"))
    numbered = {row.stage for row in ratings if row.points is not None}
    for row in ratings:
        if row.stage == step.stage or row.stage not in numbered:
            act.remove(row)


def _store_return(
    act: Act, desk: Desk, code: str, reason: str, *, seen: tuple[int, int]
) -> LineReturn:
    """Record what is sent back, with the version and the newest citation that stood there."""
    version, citation = seen
    begin_verification(act, desk.bloc_year)
    return act.create(
        LineReturn(
            jurisdiction_id=desk.sheet.jurisdiction_id,
            sheet=desk.sheet,
            code=code,
            reason=clean_words(reason),
            author=desk.actor.label,
            at=clock.now(),
            seen_version=version,
            seen_citation=citation,
        )
    )


def finish_verification(
    actor: Actor,
    *,
    sheet: Sheet,
    stage: Stage | None = None,
    missing_reason: str = "",
    request_id: str = "",
) -> Sheet:
    """End a step on a sheet: it goes on to the next one, after the last it is verified.

    Every line looked at, no return or explanation open, all in order. `missing_reason`: why the
    head ends a step without the ratings of some units, which are then named. Errors (`Refused`):
    RIGHT-1, YEAR-1, SHEET-2, SHEET-3, and one finding per line for VERIFY-2, SUBMIT-1 (no points),
    SUBMIT-3 (no evidence), EXPLAIN-3 (an explanation without an answer) and RATE-3 (not rated).
    """
    with Act(
        actor,
        "scoring.verify",
        chain=chain_of(sheet),
        subject=f"Thẩm định xong bảng điểm của {sheet.unit.name}",
        request_id=request_id,
        reason=clean_words(missing_reason),
        inputs={
            "sheet": sheet.pk,
            **({} if stage is None else {"stage": stage}),
            **({"missing_reason": missing_reason} if missing_reason else {}),
        },
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        step = desk.working_step(stage)
        late = _judge_ending(desk, step)
        missing = _judge_ready(desk, step, clean_words(missing_reason))
        act.create(
            StepClosing(
                jurisdiction_id=desk.sheet.jurisdiction_id,
                sheet=desk.sheet,
                stage=step.stage,
                author=actor.label,
                at=clock.now(),
                late=late,
                missing=missing,
                reason=clean_words(missing_reason) if missing else "",
            )
        )
        return act.result(_go_on(act, desk, step, late=late))


def _judge_ending(desk: Desk, step: StepFacts) -> bool:
    """As `judge_writing`, but the head may end what other units work on."""
    if not desk.roster.ends(step, desk.standing, desk.sheet.unit_id):
        require_right(desk, step.stage)
    require_state(desk, step.stage)
    return require_step_window(desk, step)


def _judge_ready(desk: Desk, step: StepFacts, reason: str) -> str:
    """Refuse while something is open; gives who has not rated where the head goes on without."""
    view = view_of(desk.bloc_year.pk, *RUNS)
    owed = not_rated(view, desk.own, step)
    if not owed or not reason:
        troubles = before_finishing(view, desk.own, step)
    else:
        if not desk.roster.leads_ending(desk.standing, desk.sheet.unit_id):
            raise refusal("RATE-3", "Còn đơn vị chưa chấm. Trưởng khối kết thúc bước được.")
        troubles = waiting(view, desk.own)
    if troubles:
        raise Refused([trouble.finding for trouble in troubles])
    return missing_words(view, desk.own, step) if owed else ""


def _go_on(act: Act, desk: Desk, step: StepFacts, *, late: bool) -> Sheet:
    following = desk.roster.after(step.stage)
    if following is None:
        return _verified(act, desk, late=late)
    act.subject = f"{step.label}: xong bảng điểm của {desk.unit}"
    sheet = act.change(desk.sheet, at_stage=following.stage, state=Sheet.State.SUBMITTED)
    said = f"Bảng điểm năm {desk.bloc_year.year} của {desk.unit} đã xong bước {step.label}"
    tell_unit(
        act,
        sheet,
        subject=f"Bảng điểm đã xong bước {step.label}",
        words=f"{said}, chuyển sang bước {following.label}. Dòng nào khác số tự chấm, cơ quan "
        "giải trình được trong thời hạn của Khối.",
    )
    tell_step(
        act,
        sheet,
        desk.roster,
        following,
        subject=f"Bảng điểm của {desk.unit} chờ bước {following.label}",
        words=f"{said}. Mời cơ quan làm bước {following.label}.",
    )
    return sheet


def _verified(act: Act, desk: Desk, *, late: bool) -> Sheet:
    done = act.change(
        desk.sheet,
        state=Sheet.State.VERIFIED,
        at_stage="",
        verified_late=late or desk.sheet.verified_late,
        verified_at=clock.now(),
        verified_by=desk.actor.label,
    )
    tell_unit(
        act,
        done,
        subject="Bảng điểm đã thẩm định xong",
        words=f"Bảng điểm năm {desk.bloc_year.year} của {desk.unit} đã thẩm định xong. "
        "Dòng nào khác số tự chấm, cơ quan giải trình được trong thời hạn của Khối.",
    )
    return done
