"""The verifier confirms, returns, and finishes; changes to single lines are in `lines`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.scoring.board import BY_HAND, BY_RULE, view_of
from thidua.year.scoring.changes import LineChange, clean_words, line_words, refusal
from thidua.year.scoring.checks import before_finishing, to_verify
from thidua.year.scoring.judging import Desk, chain_of, desk_of, judge_writing
from thidua.year.scoring.models import UNIT_FACTS, Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.notices import tell_unit
from thidua.year.scoring.services.settling import release_evidence
from thidua.year.scoring.services.writing import write_line

RUNS = ((Stage.SELF, BY_HAND), (Stage.VERIFIED, BY_HAND), (Stage.VERIFIED, BY_RULE))


def confirm_lines(
    actor: Actor, *, sheet: Sheet, codes: Collection[str] | None = None, request_id: str = ""
) -> int:
    """Keep the self-scores of lines in bulk; without `codes`, of every line not yet looked at.

    Lines already changed, confirmed or sent back are left alone. Gives how many were confirmed.
    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1.
    """
    with Act(
        actor,
        "scoring.confirm",
        chain=chain_of(sheet),
        subject=f"Thẩm định giữ nguyên điểm tự chấm của {sheet.unit.name}",
        request_id=request_id,
        inputs={"sheet": sheet.pk, "codes": None if codes is None else sorted(codes)},
    ) as act:
        if act.repeated:
            return int(act.first_said("count"))
        desk = desk_of(actor, sheet)
        judge_writing(desk, Stage.VERIFIED)
        count = _confirm(act, desk, codes)
        act.result(desk.sheet, count=count)
        return count


def _confirm(act: Act, desk: Desk, codes: Collection[str] | None) -> int:
    view = view_of(desk.bloc_year.pk, *RUNS)
    wanted = None if codes is None else {desk.line(code).key for code in codes}
    done = {code for code, stage in view.facts.entries_of(desk.sheet.pk) if stage == Stage.VERIFIED}
    back = view.facts.open_returns(desk.sheet.pk)
    lines = [
        line
        for line in to_verify(view, desk.own)
        if line.key not in done and line.key not in back and (wanted is None or line.key in wanted)
    ]
    for line in lines:
        change = LineChange(confirmed=True)
        write_line(act, desk, line=line, stage=Stage.VERIFIED, change=change, seen=0)
    return len(lines)


def return_lines(
    actor: Actor, *, sheet: Sheet, reasons: Mapping[str, str], request_id: str = ""
) -> list[LineReturn]:
    """Send lines back to the unit, each with its reason; only these open again.

    The key `UNIT_FACTS` sends back the facts of the unit, which no line opens. What the verifier
    had written on the lines is taken off (the ledger keeps it); the unit may take off their
    evidence. Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1, RETURN-1 (no reason,
    nothing to return, returned already).
    """
    with Act(
        actor,
        "scoring.return",
        chain=chain_of(sheet),
        subject=f"Trả lại {_named(reasons)} cho {sheet.unit.name}",
        request_id=request_id,
        reason="; ".join(f"{_label(code)}: {clean_words(why)}" for code, why in reasons.items()),
        inputs={"sheet": sheet.pk, "reasons": dict(reasons)},
    ) as act:
        if act.repeated:
            return list(LineReturn.objects.filter(pk__in=act.first_said("returns")).order_by("pk"))
        desk = desk_of(actor, sheet)
        judge_writing(desk, Stage.VERIFIED)
        if not reasons:
            raise refusal("RETURN-1", "Chọn ít nhất một dòng để trả lại.")
        made = [_return(act, desk, code, words) for code, words in reasons.items()]
        release_evidence(act, desk.sheet, codes=[one.code for one in made])
        act.change(desk.sheet, state=Sheet.State.RETURNED)
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


def _return(act: Act, desk: Desk, code: str, reason: str) -> LineReturn:
    if code == UNIT_FACTS:
        return _return_facts(act, desk, reason)
    line, words = desk.line(code), clean_words(reason)
    if not words:
        raise refusal("RETURN-1", f"{line_words(line)}: ghi lý do trả lại.", line=line)
    if line.key in desk.facts.open_returns(desk.sheet.pk):
        raise refusal("RETURN-1", f"{line_words(line)} đã trả lại, đang chờ đơn vị.", line=line)
    if line.is_heading:
        raise refusal("RETURN-1", f"{line_words(line)}: trả lại từng kỳ của dòng.", line=line)
    for entry in Entry.objects.filter(sheet=desk.sheet, code=line.key, stage=Stage.VERIFIED):
        act.remove(entry)
    entry_seen = desk.facts.entries_of(desk.sheet.pk).get((line.key, Stage.SELF))
    cited = desk.facts.citations.get(desk.sheet.unit_id, {}).get(line.key, ())
    seen = (entry_seen.version if entry_seen else 0, max((one.pk for one in cited), default=0))
    return _store_return(act, desk, line.key, words, seen=seen)


def _store_return(
    act: Act, desk: Desk, code: str, reason: str, *, seen: tuple[int, int]
) -> LineReturn:
    """Record what is sent back, with the version and the newest citation that stood there."""
    version, citation = seen
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


def finish_verification(actor: Actor, *, sheet: Sheet, request_id: str = "") -> Sheet:
    """Close a verification: every line looked at, no return or explanation open, all in order.

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, and one finding per line for VERIFY-2,
    SUBMIT-1 (no points), SUBMIT-3 (no evidence) and EXPLAIN-3 (an explanation without an answer).
    """
    with Act(
        actor,
        "scoring.verify",
        chain=chain_of(sheet),
        subject=f"Thẩm định xong bảng điểm của {sheet.unit.name}",
        request_id=request_id,
        inputs={"sheet": sheet.pk},
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        late = judge_writing(desk, Stage.VERIFIED)
        view = view_of(desk.bloc_year.pk, *RUNS)
        troubles = before_finishing(view, desk.own)
        if troubles:
            raise Refused([trouble.finding for trouble in troubles])
        done = act.change(
            desk.sheet,
            state=Sheet.State.VERIFIED,
            verified_late=late,
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
        return act.result(done)
