"""How one stage writes on one line, with what it replaces checked first; used by the decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from thidua.core.finding import Refused
from thidua.core.points import MILLI, show
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.rows import label
from thidua.platform.marking import is_made_up
from thidua.year.bloc.services import begin_verification
from thidua.year.scoring.base import figure_text
from thidua.year.scoring.board import BY_RULE, view_of
from thidua.year.scoring.changes import (
    LineChange,
    check_points,
    clean_inputs,
    clean_words,
    finding,
    line_words,
    refusal,
)
from thidua.year.scoring.judging import Desk, chain_of, require_line_open
from thidua.year.scoring.layers import EMPTY, STAGES, LineState, state_at
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, Entry, Stage
from thidua.year.scoring.wording import inputs_words

LOOK_BACK = 200  # events; a conflict is about what was written a moment ago


class Conflict(Refused):
    """Somebody else wrote the line meanwhile; carries what they wrote, who and when (LINE-8)."""

    def __init__(
        self,
        sheet_id: int,
        line: Line,
        entry: Entry | None,
        *,
        theirs: str,
        is_own: bool = False,
    ) -> None:
        self.sheet_id, self.line, self.entry = sheet_id, line, entry
        self.theirs, self.is_own = theirs, is_own
        self.author = entry.author if entry else ""
        self.at: datetime | None = entry.at if entry else None
        self.version = entry.version if entry else 0
        super().__init__([finding("LINE-8", self._words(), line=line, outcome="conflict")])

    def _words(self) -> str:
        if self.entry is None or self.at is None:
            return (
                f"{line_words(self.line)} vừa được đưa về số ban đầu. Tải lại trang rồi nhập lại."
            )
        moment = self.at.astimezone(clock.LOCAL)
        who = "Bạn đã sửa ở cửa sổ khác" if self.is_own else f"{self.author} vừa sửa"
        return f"{who} thành {self.theirs} lúc {moment:%H:%M}. Chọn một."


@dataclass(frozen=True, slots=True)
class Draft:
    """What a line's entry would become."""

    kind: Entry.Kind
    inputs: dict[str, object]
    points: int | None
    reason: str

    def equals(self, entry: Entry | None) -> bool:
        """Whether the entry says this already."""
        return entry is not None and (entry.kind, entry.inputs, entry.points, entry.reason) == (
            self.kind,
            self.inputs,
            self.points,
            self.reason,
        )


def write_line(
    act: Act, desk: Desk, *, line: Line, stage: Stage, change: LineChange, seen: int | None
) -> Entry:
    """Lay a change over a line at a stage; the caller has judged right, state and window.

    Raises `Conflict` when `seen` is not the version that stands there now, and `Refused` when the
    line cannot take the change.
    """
    require_line_open(desk, stage, line)
    _require_one_number(desk, stage)
    entry = Entry.objects.filter(sheet=desk.sheet, code=line.key, stage=stage).first()
    draft = draft_of(desk, line, stage, change, entry)
    if entry is not None and draft.equals(entry):
        return entry
    if seen is not None and seen != (entry.version if entry else 0):
        own = entry is not None and _is_own(desk, entry)
        words = entry_words(line, entry)
        raise Conflict(desk.sheet.pk, line, entry, theirs=words, is_own=own)
    return _store(act, desk, line, stage, draft, entry)


def _is_own(desk: Desk, entry: Entry) -> bool:
    """Whether the same account wrote the entry last, from another window; the label of a position
    does not tell two officers apart."""
    if entry.author != desk.actor.label:
        return False
    for event in Event.objects.filter(chain=chain_of(desk.sheet)).order_by("-seq")[:LOOK_BACK]:
        if any((one["row"], one["pk"]) == (label(entry), entry.pk) for one in event.rows):
            return event.account_id == desk.actor.account_id
    return False


def draft_of(
    desk: Desk, line: Line, stage: Stage, change: LineChange, entry: Entry | None
) -> Draft:
    """The entry after the change, checked."""
    before = _before(desk, line, stage)
    if change.confirmed:
        return _confirmation(line, stage, change)
    cleaned = clean_inputs(line, _with_points(line, change))
    if stage == Stage.SELF:
        _keep_assigned(desk, line, cleaned, entry, before)
    inputs = _merged(entry, cleaned, before)
    points = _points(line, change, entry)
    reason = _reason(change, entry)
    draft = Draft(Entry.Kind.INPUT if points is None else Entry.Kind.POINTS, inputs, points, reason)
    settled = _settled(desk, line, stage, change, draft, before)
    _require_reason(desk, line, stage, settled)
    return settled


def _require_one_number(desk: Desk, stage: Stage) -> None:
    """Where several units rate, nobody writes the number they come to."""
    step = desk.roster.step(stage)
    if step is not None and step.has_raters:
        words = f"Ở bước {step.label} mỗi đơn vị ghi điểm của mình, máy tính số chung."
        raise refusal("RATE-1", words)


def entry_words(line: Line, entry: Entry | None) -> str:
    """What an entry says, in a word or two: the points, the figure, or that it was confirmed."""
    if entry is None:
        return "chưa nhập"
    if entry.points is not None:
        return show(Fraction(entry.points, MILLI))
    if entry.kind == Entry.Kind.CONFIRMED:
        return "giữ nguyên"
    return inputs_words(line, entry.inputs) or "chưa nhập"


def _before(desk: Desk, line: Line, stage: Stage) -> LineState:
    """What the stages before say of the line."""
    base = desk.facts.base.get(desk.sheet.pk, {}).get(line.key)
    if stage == Stage.SELF:
        return LineState(inputs=base) if base else EMPTY
    earlier = STAGES[STAGES.index(stage) - 1]
    return state_at(base, desk.facts.entries_of(desk.sheet.pk), line.key, earlier)


def _confirmation(line: Line, stage: Stage, change: LineChange) -> Draft:
    if stage == Stage.SELF:
        words = f"{line_words(line)}: tự chấm thì nhập số liệu hoặc điểm."
        raise refusal("LINE-2", words, line=line)
    return Draft(Entry.Kind.CONFIRMED, {}, None, clean_words(change.reason or ""))


def _keep_assigned(
    desk: Desk,
    line: Line,
    cleaned: Mapping[str, object],
    entry: Entry | None,
    before: LineState,
) -> None:
    """The unit does not replace a target assigned to it; later stages do, with a reason."""
    bound = desk.facts.targets.get(desk.sheet.unit_id, {}).get(line.key)
    if bound is None or not bound.assigned or bound.value is None or "target" not in cleaned:
        return
    standing = [inputs.get("target") for inputs in (before.inputs, entry.inputs if entry else {})]
    if cleaned["target"] is None or cleaned["target"] not in standing:
        words = (
            f"{line_words(line)}: chỉ tiêu do cấp trên giao, đơn vị không sửa. "
            "Cơ quan thường trực sửa được."
        )
        raise refusal("LINE-2", words, line=line)


def _with_points(line: Line, change: LineChange) -> dict[str, object]:
    """On a line that people judge, points are its figure."""
    inputs = dict(change.inputs)
    if line.is_judged and change.points is not None:
        inputs["value"] = figure_text(change.points)
    elif line.is_judged and change.clear_points:
        inputs["value"] = None
    return inputs


def _merged(
    entry: Entry | None, cleaned: dict[str, object], before: LineState
) -> dict[str, object]:
    merged = {**(entry.inputs if entry else {}), **cleaned}
    return {
        key: value
        for key, value in merged.items()
        if value is not None or before.inputs.get(key) is not None
    }


def _points(line: Line, change: LineChange, entry: Entry | None) -> int | None:
    if line.is_judged or change.clear_points:
        return None
    if change.points is not None:
        check_points(line, change.points)
        return change.points
    # Points typed earlier at this stage stay beside new figures: the difference is then visible.
    return None if entry is None else entry.points


def _reason(change: LineChange, entry: Entry | None) -> str:
    if change.reason is None:
        return entry.reason if entry else ""
    return clean_words(change.reason)


def _settled(
    desk: Desk, line: Line, stage: Stage, change: LineChange, draft: Draft, before: LineState
) -> Draft:
    """Points that only repeat what stands there anyway are no points set by hand."""
    if stage == Stage.SELF:
        repeats = draft.points is not None and not change.inputs and _is_computed(desk, line, draft)
        return Draft(Entry.Kind.INPUT, draft.inputs, None, draft.reason) if repeats else draft
    same_figures = all(before.inputs.get(key) == value for key, value in draft.inputs.items())
    if same_figures and _repeats_points(desk, line, stage, draft, before):
        return Draft(Entry.Kind.CONFIRMED, {}, None, draft.reason)
    return draft


def _is_computed(desk: Desk, line: Line, draft: Draft) -> bool:
    view = view_of(desk.bloc_year.pk, (Stage.SELF, BY_RULE))
    return view.computed(desk.own, line, Stage.SELF) == Fraction(draft.points or 0, MILLI)


def _repeats_points(desk: Desk, line: Line, stage: Stage, draft: Draft, before: LineState) -> bool:
    if draft.points is None:
        return before.points is None
    if before.points is not None:
        return draft.points == before.points
    earlier = STAGES[STAGES.index(stage) - 1]
    view = view_of(desk.bloc_year.pk, (earlier, True))
    return view.points(desk.own, line, earlier) == Fraction(draft.points, MILLI)


def _require_reason(desk: Desk, line: Line, stage: Stage, draft: Draft) -> None:
    if draft.inputs.get("na") is True and not draft.reason:
        words = f"{line_words(line)}: ghi lý do không áp dụng."
        raise refusal("LINE-6", words, line=line)
    if stage == Stage.SELF or draft.kind == Entry.Kind.CONFIRMED or draft.reason:
        return
    rule_id = "VERIFY-1" if stage in MIDDLE else "ADOPTED-1"
    other = desk.roster.before(stage).number_words
    raise refusal(rule_id, f"{line_words(line)}: ghi lý do khác {other}.", line=line)


def _store(
    act: Act, desk: Desk, line: Line, stage: Stage, draft: Draft, entry: Entry | None
) -> Entry:
    if stage == Stage.VERIFIED:
        begin_verification(act, desk.bloc_year)
    values = {
        "kind": draft.kind,
        "inputs": draft.inputs,
        "points": draft.points,
        "reason": draft.reason,
        "author": desk.actor.label,
        "at": clock.now(),
    }
    if entry is not None:
        kept = (entry.inputs, entry.points) == (draft.inputs, draft.points)
        made_up = entry.synthetic and (kept or is_made_up())
        return act.change(entry, **values, version=entry.version + 1, synthetic=made_up)
    return act.create(
        Entry(
            jurisdiction_id=desk.sheet.jurisdiction_id,
            sheet=desk.sheet,
            code=line.key,
            stage=stage,
            **values,
        )
    )
