"""One unit's sheet as a page: rows, filters, sums, where it stands and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.urls import reverse

from thidua.core.finding import Refused
from thidua.core.maximum import share
from thidua.platform import clock
from thidua.platform.http.parts import MarkName, Step
from thidua.year.bloc.models import Window
from thidua.year.progress.visibility import sees_progress
from thidua.year.scoring.board import BY_HAND, RunKey, View
from thidua.year.scoring.checks import Trouble, before_sending
from thidua.year.scoring.facts import ReturnFacts, ScaleFacts, SheetFacts, YearFacts
from thidua.year.scoring.judging import Desk, judge_writing
from thidua.year.scoring.models import BEFORE_CONFERENCE, Sheet, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS, STEP_RUNS, Cells, Row, is_verified
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.pages.plain import shown_text
from thidua.year.scoring.steps import StepFacts
from thidua.year.scoring.wording import left_words

FILTERS: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("chua-cham", "chưa chấm", lambda row: row.is_open),
    ("lech", "lệch", lambda row: row.line.is_leaf and row.differs),
    ("thieu-minh-chung", "thiếu minh chứng", lambda row: row.missing_evidence > 0),
    ("tra-lai", "bị trả lại", lambda row: row.returned is not None),
)
RUNS = (*SELF_RUNS, *STEP_RUNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A link that leaves only some lines; `count` is how many there are."""

    name: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """What the page of one sheet shows."""

    sheet: SheetFacts
    scale: ScaleFacts
    rows: tuple[Row, ...]
    filters: tuple[Filter, ...]
    filtered: bool
    origin: Origin
    line_count: int
    editable: bool
    why_not: str
    total: Fraction | None
    so_far: Fraction | None
    verified_total: Fraction | None
    adopted_total: Fraction | None
    most: Fraction
    left: int
    returned_count: int
    returned_facts: ReturnFacts | None
    troubles: tuple[Trouble, ...]
    saved_at: datetime | None
    steps: tuple[Step, ...]
    columns: tuple[StepFacts, ...]
    middle: tuple[StepFacts, ...]
    step_totals: Mapping[Stage, Fraction | None]
    standing: str
    decimals: int
    synthetic: bool
    shown: str

    @property
    def state(self) -> Sheet.State:
        """Where the sheet stands."""
        return self.sheet.state

    @property
    def left_words(self) -> str:
        """How many lines have no points yet, in words."""
        return left_words(self.left)

    @property
    def shows_verified(self) -> bool:
        """Whether there is something of the steps after the self-scores to show."""
        return bool(self.columns)

    @property
    def shows_adopted(self) -> bool:
        """Whether the conference has adopted the table, or decided a line otherwise."""
        return self.state == Sheet.State.ADOPTED or any(row.adopted_reason for row in self.rows)

    @property
    def has_synthetic(self) -> bool:
        """Whether a sample value is on the page."""
        return self.synthetic


def library_of(desk: Desk) -> str:
    """The address of the unit's documents, for who may open them; else nothing."""
    if not sees_progress(desk.standing, desk.sheet.unit_id):
        return ""
    return reverse("progress:library", args=[desk.bloc_year.pk, desk.sheet.unit_id])


def may_write(desk: Desk, stage: Stage) -> str:
    """Why the actor may not write at a stage now; empty when they may."""
    try:
        judge_writing(desk, stage)
    except Refused as refused:
        return refused.findings[0].words
    return ""


def sheet_page(
    view: View,
    desk: Desk,
    *,
    address: str,
    only: str = "",
    kept: str = "",
    explaining: Window | None = None,
) -> SheetPage:
    """The page of a sheet, with only the lines of one filter if asked, and the one line `kept` that
    somebody comes back to.

    `explaining`: the time set for explanations, which the steps name until it comes.
    """
    sheet = view.facts.sheets[desk.sheet.pk]
    scale, why_not = view.facts.scale_of(sheet), may_write(desk, Stage.SELF)
    origin = Origin(only=only)
    cells = Cells.of(
        view,
        sheet,
        address=address,
        editable=not why_not,
        query=origin.query,
        library=library_of(desk),
    )
    rows = tuple(cells.row(line) for line in scale.lines)
    unit = view.unit(sheet, Stage.SELF)
    leaves = [row for row in rows if row.line.is_leaf]
    left = filtered_rows(rows, only, kept)
    return SheetPage(
        sheet=sheet,
        scale=scale,
        rows=left,
        filters=filters_of(rows, only),
        filtered=bool(only),
        origin=origin,
        line_count=sum(1 for row in leaves if row.remark != "không tính cho đơn vị"),
        editable=not why_not,
        why_not=why_not,
        total=unit.total,
        so_far=unit.so_far if has_begun(view, sheet) else None,
        verified_total=view.unit(sheet, BEFORE_CONFERENCE).total,
        adopted_total=view.unit(sheet, Stage.ADOPTED).total,
        most=most_points(scale),
        left=sum(1 for row in rows if row.is_open),
        returned_count=sum(1 for row in rows if row.returned),
        returned_facts=view.facts.returned_facts(sheet.pk),
        troubles=tuple(before_sending(view, sheet)) if not why_not else (),
        saved_at=last_saved(view, sheet),
        steps=steps_of(view.facts, sheet, explaining),
        columns=cells.columns,
        middle=view.facts.roster.middle,
        step_totals={
            step.stage: view.unit(sheet, step.stage).total for step in view.facts.roster.middle
        },
        standing=view.facts.stands(sheet),
        decimals=scale.scale.header.decimals,
        synthetic=rests_on_samples(view.facts, sheet),
        shown=shown_text(left),
    )


def most_points(scale: ScaleFacts) -> Fraction:
    """The most a unit can reach without bonus: the base, or what the sections add up to."""
    base = scale.scale.header.base
    if base is not None:
        return base
    return sum((share(section) for section in scale.scale.sections), Fraction(0))


def last_saved(view: View, sheet: SheetFacts) -> datetime | None:
    """When the unit last wrote on the sheet."""
    entries = view.facts.entries_of(sheet.pk)
    return max((one.at for (_, stage), one in entries.items() if stage == Stage.SELF), default=None)


def filtered_rows(rows: Sequence[Row], only: str, kept: str = "") -> tuple[Row, ...]:
    """The lines a filter leaves, and the one line `kept`, with the groups they stand in."""
    chosen = next((holds for name, _, holds in FILTERS if name == only), None)
    if chosen is None:
        return tuple(rows)
    left = {row.key for row in rows if chosen(row) or row.key == kept}
    groups = {key for row in rows if row.key in left for key in row.line.above}
    return tuple(row for row in rows if row.key in left or row.key in groups)


def filters_of(rows: Sequence[Row], only: str = "") -> tuple[Filter, ...]:
    """Every filter with how many lines it would leave."""
    return tuple(
        Filter(name=name, label=label, count=sum(map(holds, rows)), current=name == only)
        for name, label, holds in FILTERS
    )


def has_begun(view: View, sheet: SheetFacts, run: RunKey = (Stage.SELF, BY_HAND)) -> bool:
    """Whether any line has points; until then what a section starts from is nobody's score."""
    if view.facts.entries_of(sheet.pk):
        return True
    stage, by_hand = run
    nodes = view.unit(sheet, stage, by_hand=by_hand).nodes
    lines = (line for line in view.facts.scale_of(sheet).lines if line.is_leaf)
    return any((node := nodes.get(line.key)) and node.points is not None for line in lines)


def steps_of(
    facts: YearFacts, sheet: SheetFacts, explaining: Window | None = None
) -> tuple[Step, ...]:
    """How far the sheet is: self-score, the steps between, explanation, adoption."""
    roster = facts.roster
    middle = [step.label for step in roster.middle]
    labels = [
        roster.label(Stage.SELF),
        *middle,
        *(["Giải trình"] if middle else []),
        roster.label(Stage.ADOPTED),
    ]
    if sheet.state == Sheet.State.ADOPTED:
        verified = is_verified(sheet)
        passed = (sheet.submitted_at is not None, *(verified for _ in labels[1:-1]), True)
        done: list[MarkName] = ["done" if one else "none" for one in passed]
        return tuple(Step(label=label, mark=mark) for label, mark in zip(labels, done, strict=True))
    reached = _reached(facts, sheet)
    back = sheet.state == Sheet.State.RETURNED
    at = 0 if back else reached
    marks: list[MarkName] = ["done" if place < reached else "none" for place in range(len(labels))]
    marks[at] = "back" if back else "open"
    if middle and sheet.state == Sheet.State.VERIFIED and explaining is not None:
        marks[at], labels[at] = _explaining(explaining)
    return tuple(
        Step(label=label, mark=marks[place], current=place == at)
        for place, label in enumerate(labels)
    )


def _reached(facts: YearFacts, sheet: SheetFacts) -> int:
    """The place of the step that is under way, the self-scores being 0."""
    stages = [step.stage for step in facts.roster.middle]
    if sheet.at_stage in stages:
        return 1 + stages.index(sheet.at_stage)
    return 0 if sheet.state == Sheet.State.SELF else 1 + len(stages)


def _explaining(window: Window) -> tuple[MarkName, str]:
    """The step of explanations before its time, in it, and afterwards."""
    now = clock.now()
    if now < window.opens:
        return "wait", f"Giải trình, mở từ {window.opens.astimezone(clock.LOCAL):%d/%m/%Y}"
    if now > window.closes:
        return "none", f"Giải trình, hết hạn {window.closes.astimezone(clock.LOCAL):%d/%m/%Y}"
    return "open", "Giải trình"
