"""The verifier's page: the lines with something to look into first, one line open beside them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.year.scoring.board import BY_RULE, View
from thidua.year.scoring.checks import Trouble, before_finishing, missing_words, to_verify, waiting
from thidua.year.scoring.facts import ReturnFacts, SheetFacts
from thidua.year.scoring.judging import AT_WORK, Desk
from thidua.year.scoring.layers import EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import BEFORE_CONFERENCE, Entry, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS, STEP_RUNS, Cells, Row, StepCell
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.raters import COMBINED, RatedStep, WideLine, rated_step, widest
from thidua.year.scoring.pages.sheet import may_write
from thidua.year.scoring.pages.since import Since, since_return
from thidua.year.scoring.ratings import RatingFacts
from thidua.year.scoring.steps import STAGES, StepFacts

RUNS = (*SELF_RUNS, *STEP_RUNS, (BEFORE_CONFERENCE, BY_RULE))
Work = Literal["done", "changed", "returned", "answered", "open", "rated", "partial"]
WORDS: dict[Work, tuple[str, str, str]] = {
    "done": ("done", "ok", "Giữ nguyên"),
    "changed": ("done", "ok", "Đã sửa"),
    "returned": ("wait", "", "Chờ đơn vị"),
    "answered": ("back", "warn", "Đơn vị đã trả lời"),
    "open": ("none", "", "Chưa xem"),
    "rated": ("done", "ok", "Đủ điểm"),
    "partial": ("wait", "", "Thiếu điểm"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRow:
    """One line as the verifier sees it; `look` says why it stands among those to look into first:
    what came before the step, so that no line moves by being verified.

    `entry`: what the step says of the line, where several units rate what the actor's unit says.
    `before`: the number before the step; `mine`: whether the actor works on the line.
    """

    row: Row
    entry: EntryFacts | RatingFacts | None
    mine: bool
    before: Fraction | None
    earlier: tuple[StepCell, ...]
    rated: RatedStep | None
    work: Work
    look: str
    verified: Fraction | None
    answered: ReturnFacts | None

    @property
    def tag(self) -> tuple[str, str, str]:
        """Mark, tone and words of what was done."""
        return WORDS[self.work]

    @property
    def version(self) -> int:
        """The version of the verifier's entry."""
        return self.entry.version if self.entry else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPage:
    """What the page shows; `chosen` is the line open for work."""

    sheet: SheetFacts
    step: StepFacts
    standing: str
    before: StepFacts
    earlier: tuple[StepFacts, ...]
    own_steps: bool
    rates: bool
    before_total: Fraction | None
    ends: bool
    ends_without: str
    owed: str
    wide: tuple[WideLine, ...]
    first: tuple[VerifyRow, ...]
    rest: tuple[VerifyRow, ...]
    chosen: VerifyRow | None
    since: Since | None
    following: str
    only_first: bool
    editable: bool
    why_not: str
    self_total: Fraction | None
    verified_total: Fraction | None
    done: int
    troubles: tuple[Trouble, ...]
    unconfirmed: int
    decimals: int
    synthetic: bool
    has_facts: bool
    returned_facts: ReturnFacts | None

    @property
    def at_work(self) -> bool:
        """Whether the step is under way on the sheet."""
        return self.sheet.state in AT_WORK and self.sheet.at_stage == self.step.stage

    @property
    def may_end(self) -> bool:
        """Whether the actor may end the step on the sheet now, once nothing is open."""
        return self.editable or (self.ends and self.at_work)

    @property
    def number_label(self) -> str:
        """What stands over the step's numbers."""
        if not self.step.has_raters:
            return self.step.column
        return "Điểm của cơ quan" if self.rates else "Điểm chung"

    @property
    def hides(self) -> bool:
        """Whether the step is blind and still open on the sheet."""
        return any(row.rated.hidden for row in (*self.first, *self.rest) if row.rated)

    @property
    def combine_words(self) -> str:
        """How the numbers of several units become one."""
        return f"điểm chung là {COMBINED[self.step.combine]} của các điểm đó"

    @property
    def count(self) -> int:
        """How many lines there are to verify."""
        return len(self.first) + len(self.rest)


def verify_page(
    view: View,
    desk: Desk,
    step: StepFacts,
    *,
    address: str,
    code: str = "",
    only_first: bool = False,
) -> VerifyPage:
    """The page of a step with the line `code` open, or the first one not yet looked at; with
    `only_first` only the lines with something to look into are listed."""
    sheet, roster = view.facts.sheets[desk.sheet.pk], view.facts.roster
    build = _Rows(view, desk, sheet, step, Cells.of(view, sheet, address=address))
    rows = [build.row(line) for line in to_verify(view, sheet, step)]
    first, rest = [r for r in rows if r.look], [r for r in rows if not r.look]
    only_first = only_first and bool(first)  # a short list of nothing would help nobody
    listed = first if only_first else [*first, *rest]
    chosen = _chosen([*first, *rest], code)
    why_not = may_write(desk, step.stage)
    return VerifyPage(
        sheet=sheet,
        step=step,
        standing=view.facts.stands(sheet),
        before=roster.before(step.stage),
        earlier=build.earlier,
        own_steps=roster.own,
        rates=desk.acts(step),
        before_total=view.unit(sheet, roster.before(step.stage).stage).total,
        ends=roster.ends(step, desk.standing, sheet.unit_id),
        ends_without=_ends_without(view, desk, sheet, step),
        owed=missing_words(view, sheet, step) if step.has_raters else "",
        wide=widest(view.facts, sheet, seen_by=desk.actor.unit_id) if roster.shares else (),
        first=tuple(first),
        rest=tuple(rest),
        chosen=chosen,
        since=build.since(chosen),
        following=_following(listed, chosen),
        only_first=only_first,
        editable=not why_not,
        why_not=why_not,
        self_total=view.unit(sheet, Stage.SELF).total,
        verified_total=view.unit(sheet, BEFORE_CONFERENCE).total,
        done=sum(1 for row in rows if row.work in ("done", "changed", "rated")),
        troubles=tuple(before_finishing(view, sheet, step)),
        unconfirmed=sum(1 for row in rows if row.mine and row.work in ("open", "answered")),
        decimals=view.facts.scale_of(sheet).scale.header.decimals,
        synthetic=rests_on_samples(view.facts, sheet),
        has_facts=bool(view.facts.scale_of(sheet).scale.fields),
        returned_facts=view.facts.returned_facts(sheet.pk),
    )


def _ends_without(view: View, desk: Desk, sheet: SheetFacts, step: StepFacts) -> str:
    """Without whose ratings the actor may end the step, giving a reason; else empty."""
    leads = view.facts.roster.leads_ending(desk.standing, sheet.unit_id)
    if not step.has_raters or not leads or waiting(view, sheet):
        return ""
    return missing_words(view, sheet, step)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one step's page."""

    view: View
    desk: Desk
    sheet: SheetFacts
    step: StepFacts
    cells: Cells

    @property
    def earlier(self) -> tuple[StepFacts, ...]:
        """The steps before this one that have something to show."""
        place = STAGES.index(self.step.stage)
        return tuple(one for one in self.cells.columns if STAGES.index(one.stage) < place)

    def row(self, line: Line) -> VerifyRow:
        """One line with what the step says of it."""
        entry, row = self._entry(line), self.cells.row(line)
        answered = _answered(self.view, self.sheet, line.key)
        earlier = {step.stage for step in self.earlier}
        before = self.view.facts.roster.before(self.step.stage).stage
        return VerifyRow(
            row=row,
            entry=entry,
            mine=self.desk.acts(self.step, line),
            before=self.view.points(self.sheet, line, before),
            earlier=tuple(cell for cell in row.steps if cell.step.stage in earlier),
            rated=self._rated(line),
            work=self._work(line, row, entry, answered),
            look=_look(self.view, self.sheet, row, answered, self._changed_before(line, before)),
            verified=self._number(line, entry),
            answered=answered,
        )

    def since(self, row: VerifyRow | None) -> Since | None:
        """What the unit changed on the open line since it was last sent back."""
        back = None if row is None else row.row.returned or row.answered
        if row is None or back is None:
            return None
        return since_return(self.view, self.sheet, row.row.line, back)

    def _changed_before(self, line: Line, before: Stage) -> Fraction | None:
        """How far earlier steps moved a line from its self-score."""
        points = self.view.points(self.sheet, line, before)
        own = self.view.points(self.sheet, line, Stage.SELF)
        return None if points is None or own is None else points - own

    def _rated(self, line: Line) -> RatedStep | None:
        if not self.step.has_raters:
            return None
        seen_by = self.desk.actor.unit_id
        return rated_step(self.view.facts, self.sheet, line, self.step, seen_by=seen_by)

    def _entry(self, line: Line) -> EntryFacts | RatingFacts | None:
        place = (line.key, self.step.stage)
        if not self.step.has_raters:
            return self.view.facts.entries_of(self.sheet.pk).get(place)
        given = self.view.facts.ratings.get(self.sheet.pk, {}).get(place, ())
        return next((one for one in given if one.rater_id == self.desk.actor.unit_id), None)

    def _work(
        self,
        line: Line,
        row: Row,
        entry: EntryFacts | RatingFacts | None,
        answered: ReturnFacts | None,
    ) -> Work:
        """What was done; to somebody who does not rate, whether every unit has."""
        found = _work(row, entry, answered)
        if not self.step.has_raters or found == "returned" or self.desk.acts(self.step, line):
            return found
        given = self.view.facts.ratings.get(self.sheet.pk, {}).get((line.key, self.step.stage), ())
        rated = {one.rater_id for one in given}
        raters = self.view.facts.roster.raters(self.step, self.sheet.unit_id)
        return "rated" if rated.issuperset(raters) else "partial"

    def _number(self, line: Line, entry: EntryFacts | RatingFacts | None) -> Fraction | None:
        if self.step.has_raters and not self.desk.acts(self.step, line):
            rated = self._rated(line)
            return rated.stands if rated else None
        if entry is None:
            return None
        if isinstance(entry, RatingFacts):
            return entry.number
        return self.view.points(self.sheet, line, self.step.stage)


def _answered(view: View, sheet: SheetFacts, key: str) -> ReturnFacts | None:
    """The newest return of a line that the unit has answered."""
    found = [one for one in view.facts.returns.get(sheet.pk, ()) if one.code == key]
    return found[-1] if found and found[-1].answered_at is not None else None


def _work(row: Row, entry: EntryFacts | RatingFacts | None, answered: ReturnFacts | None) -> Work:
    if row.returned:
        return "returned"
    if entry is None:
        return "answered" if answered else "open"
    if isinstance(entry, RatingFacts):
        return "done" if entry.keeps else "changed"
    return "done" if entry.kind == Entry.Kind.CONFIRMED else "changed"


def _look(
    view: View,
    sheet: SheetFacts,
    row: Row,
    answered: ReturnFacts | None,
    change: Fraction | None,
) -> str:
    if row.returned or answered:
        return "đã trả lại"
    if row.is_set_aside:
        return "đơn vị đề nghị không áp dụng"
    if row.difference:
        return "lệch máy"
    if row.missing_evidence:
        return "thiếu minh chứng"
    if any(one.code == row.key for one in view.facts.explanations.get(sheet.pk, ())):
        return "có giải trình"
    if not change:
        return ""
    return "thấp hơn tự chấm" if change < 0 else "cao hơn tự chấm"


def _chosen(rows: list[VerifyRow], code: str) -> VerifyRow | None:
    by_key = {row.row.key: row for row in rows}
    if code in by_key:
        return by_key[code]
    left = (row for row in rows if row.mine and row.work in ("open", "answered"))
    return next(left, rows[0] if rows else None)


def _following(rows: list[VerifyRow], chosen: VerifyRow | None) -> str:
    """The next line still to look at after the chosen one, in the list as shown."""
    if chosen is None:
        return ""
    keys = [row.row.key for row in rows]
    start = keys.index(chosen.row.key) + 1 if chosen.row.key in keys else 0
    order = [*rows[start:], *rows[:start]]
    return next(
        (r.row.key for r in order if r.mine and r.work in ("open", "answered") and r is not chosen),
        "",
    )
