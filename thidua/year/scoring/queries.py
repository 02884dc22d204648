"""Reads of scoring for other stages and pages: results, open lines, deviations, visibility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import partial

from thidua.core.finding import Finding
from thidua.core.result import Result, State
from thidua.platform import clock
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.rights import Standing
from thidua.year.scoring.board import BY_HAND, BY_RULE, View, view_of
from thidua.year.scoring.changes import finding
from thidua.year.scoring.checks import before_adopting, left_for, unlooked, unsettled
from thidua.year.scoring.facts import SheetFacts, YearFacts
from thidua.year.scoring.layers import STAGES, EntryFacts
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.reading import stage_of
from thidua.year.scoring.steps import StepFacts, read_roster


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line that is not settled at a stage: `words` say what is wrong and what to do."""

    unit_id: int
    unit: str
    sheet_id: int
    key: str
    code: str
    label: str
    state: State
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A figure people decided: points by hand, another figure than the stage before, a line set
    aside. `stage` is where it was decided last, `before` the points one stage earlier."""

    unit_id: int
    unit: str
    line: Line
    stage: Stage
    computed: Fraction | None
    before: Fraction | None
    points: Fraction | None
    reason: str
    author: str
    at: datetime
    synthetic: bool


def work_left(sheet: Sheet, step: StepFacts, unit_id: int | None) -> tuple[int, int]:
    """How many lines a unit has still to look at on a sheet at a step, and how many anybody has.

    Reads the board of the year; asked only for years with steps of their own.
    """
    view = view_of(sheet.bloc_year_id, (Stage.SELF, BY_HAND))
    own = view.facts.sheets[sheet.pk]
    mine, everybody = left_for(view, own, step, unit_id), unlooked(view, own, step)
    return len(mine), len(everybody)


def counts_at_steps(bloc_year: BlocYear) -> dict[str, int]:
    """How many sheets stand at each step, by its name; empty for a year in the usual three."""
    roster = read_roster(bloc_year.pk)
    if not roster.own:
        return {}
    rows = Sheet.objects.filter(bloc_year=bloc_year)
    found = [stage_of(row, roster) for row in rows]
    counted = ((step.label, found.count(step.stage)) for step in roster.middle)
    return {label: count for label, count in counted if count}


def stage_result(bloc_year: BlocYear, stage: Stage, *, by_hand: bool = BY_HAND) -> Result:
    """The core's result of a stage; units bear the names of the year.

    A bloc-year with several scales is scored and ranked within each; their units follow each other.
    """
    view = view_of(bloc_year.pk, (stage, by_hand))
    found = [view.result(scale_id, stage, by_hand=by_hand) for scale_id in view.facts.scales]
    if len(found) == 1:
        return found[0]
    return Result(
        scale=", ".join(one.scale for one in found),
        version=", ".join(one.version for one in found),
        provisional=any(one.provisional for one in found),
        units=tuple(unit for one in found for unit in one.units),
    )


def open_lines(bloc_year: BlocYear, stage: Stage) -> list[OpenLine]:
    """Every line of every unit that has no points at a stage, in the order of units and lines.

    At the adoption also lines that wait for the unit or for an answer to it, and lines without the
    evidence they must have (`before_adopting`).
    """
    found_at = before_adopting if stage == Stage.ADOPTED else partial(unsettled, stage=stage)
    view = view_of(bloc_year.pk, (stage, BY_HAND))
    return [
        OpenLine(
            unit_id=sheet.unit_id,
            unit=sheet.unit,
            sheet_id=sheet.pk,
            key=trouble.line.key,
            code=trouble.line.code,
            label=trouble.line.label,
            state=_state(view, sheet, trouble.line, stage),
            words=trouble.words,
        )
        for sheet in view.facts.sheets.values()
        for trouble in found_at(view, sheet)
        if trouble.line is not None
    ]


def _state(view: View, sheet: SheetFacts, line: Line, stage: Stage) -> State:
    node = view.node(sheet, line.key, stage)
    return "missing" if node is None else node.state


def deviations(bloc_year: BlocYear) -> list[Deviation]:
    """Where people decided otherwise than the rule or the stage before, for the minutes.

    On lines the rule decides: points by hand that stand. On any line: what verification or the
    conference changed, and lines set aside. In the order of units and lines.
    """
    runs = [(stage, BY_HAND) for stage in STAGES]
    view = view_of(bloc_year.pk, *runs, (Stage.ADOPTED, BY_RULE))
    return [
        found
        for sheet in view.facts.sheets.values()
        for line in view.facts.scale_of(sheet).lines
        if (found := _deviation(view, sheet, line)) is not None
    ]


def _deviation(view: View, sheet: SheetFacts, line: Line) -> Deviation | None:
    entry = last_word(view.facts, sheet, line.key)
    if entry is None:
        return None
    points = view.points(sheet, line, Stage.ADOPTED)
    computed = view.computed(sheet, line, Stage.ADOPTED)
    before = (
        None
        if entry.stage == Stage.SELF
        else view.points(sheet, line, view.facts.roster.before(entry.stage).stage)
    )
    by_hand = entry.points is not None and points != computed
    changed = entry.stage != Stage.SELF and points != before
    if not by_hand and not changed and entry.inputs.get("na") is not True:
        return None
    return Deviation(
        unit_id=sheet.unit_id,
        unit=sheet.unit,
        line=line,
        stage=entry.stage,
        computed=computed,
        before=before,
        points=points,
        reason=entry.reason,
        author=entry.author,
        at=entry.at,
        synthetic=entry.synthetic,
    )


def last_word(facts: YearFacts, sheet: SheetFacts, key: str) -> EntryFacts | None:
    """The entry that decides a line in the end: the latest stage that did more than confirm."""
    entries = facts.entries_of(sheet.pk)
    for stage in reversed(STAGES):
        found = entries.get((key, stage))
        if found is not None and found.kind != Entry.Kind.CONFIRMED:
            return found
    return None


def sees_all(bloc_year: BlocYear, standing: Standing, facts: YearFacts) -> bool:
    """Whether somebody may read every sheet of the bloc-year now (SHEET-4).

    The head always; members and the standing office as the bloc decided: always, once every unit
    has sent its self-scores, or once the conference has adopted the table.
    """
    if standing.head:
        return True
    if not standing.insider:
        return False
    sheets = facts.sheets.values()
    if all(sheet.state == Sheet.State.ADOPTED for sheet in sheets):
        return True
    if bloc_year.visibility == BlocYear.Visibility.ALWAYS:
        return True
    return sheets_opened(bloc_year, facts)


def sheets_opened(bloc_year: BlocYear, facts: YearFacts) -> bool:
    """Whether the moment has come at which the units read each other's sheets.

    Only a bloc that opens them "sau khi mọi đơn vị gửi tự chấm" has such a moment before the
    conference: elsewhere they are open from the first day, or closed until the adoption.
    """
    if bloc_year.visibility != BlocYear.Visibility.AFTER_SELF:
        return False
    sent = all(sheet.submitted_at is not None for sheet in facts.sheets.values())
    return sent or _is_over(bloc_year)


def _is_over(bloc_year: BlocYear) -> bool:
    """Whether nobody can send self-scores any more: the window shut, late ones refused."""
    if bloc_year.late != BlocYear.Late.REFUSE:
        return False
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.SELF_SCORE).first()
    return window is not None and window.closes < clock.now()


def visible_units(bloc_year: BlocYear, standing: Standing, facts: YearFacts) -> frozenset[int]:
    """The units whose sheets somebody may read now: its own, those it verifies, or all."""
    units = {sheet.unit_id for sheet in facts.sheets.values()}
    if sees_all(bloc_year, standing, facts):
        return frozenset(units)
    own = {standing.actor.unit_id} if standing.member else set()
    sent = {sheet.unit_id for sheet in facts.sheets.values() if sheet.state != Sheet.State.SELF}
    works = {unit for unit in sent if facts.roster.examines(standing, unit)}
    return frozenset(unit for unit in units if unit in own | works or standing.verifies(unit))


def judge_reading(
    bloc_year: BlocYear, standing: Standing, facts: YearFacts, unit_id: int
) -> Finding | None:
    """Why somebody may not read a unit's sheet now, and when it opens (SHEET-4); None: it may."""
    if unit_id in visible_units(bloc_year, standing, facts):
        return None
    words = f"Bảng của đơn vị khác mở {opens_when(bloc_year)}, theo quy định của Khối."
    return finding("SHEET-4", words)


def opens_when(bloc_year: BlocYear) -> str:
    """When the sheets of others open to all, as the bloc decided: "khi mọi đơn vị …"."""
    if bloc_year.visibility == BlocYear.Visibility.OWN:
        return "khi hội nghị đã thông qua bảng điểm"
    return "khi mọi đơn vị đã gửi tự chấm"
