"""Giải trình: which step an explanation belongs to, and who answers it."""

from __future__ import annotations

from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import Standing
from thidua.year.scoring.board import View, facts_of
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.steps import StepFacts


def changed_at(desk: Desk, line: Line) -> StepFacts:
    """The step that changed a line last; where none did, the one the sheet stands at."""
    entries = desk.facts.entries_of(desk.sheet.pk)
    for step in reversed(desk.roster.middle):
        found = entries.get((line.key, step.stage))
        if found is not None and found.kind != Entry.Kind.CONFIRMED:
            return step
    return desk.working_step()


def may_answer(desk: Desk, line: Line) -> bool:
    """Whether the actor answers an explanation of a line."""
    if desk.actor.unit_id == desk.sheet.unit_id or not desk.roster.middle:
        return False
    step, present = changed_at(desk, line), desk.working_step()
    return (
        desk.standing.head
        or desk.acts(step, line)
        or (present.covers(line) and desk.acts(present, line))
        or desk.roster.leads_ending(desk.standing, desk.sheet.unit_id)
    )


def changes_at(desk: Desk, line: Line) -> StepFacts:
    """The step at which an answer changes a line: the present one, after the last where it was
    changed."""
    over = desk.sheet.state == Sheet.State.VERIFIED
    return changed_at(desk, line) if over else desk.working_step()


def may_change(desk: Desk, line: Line) -> bool:
    """Whether the actor's answer may give the line another number."""
    at = changes_at(desk, line)
    return at.covers(line) and desk.acts(at, line)


def answers_due(bloc_year: BlocYear, sheet: Sheet, standing: Standing) -> int:
    """How many explanations of a sheet wait for an answer that a position gives."""
    desk = Desk(standing.actor, sheet, bloc_year, standing, facts_of(bloc_year.pk))
    waiting = desk.facts.open_explanations(sheet.pk)
    lines = (desk.scale.index.get(code) for code in waiting)
    return sum(1 for line in lines if line is not None and may_answer(desk, line))


def was_changed(view: View, sheet: SheetFacts, line: Line) -> bool:
    """Whether any step between self-scores and conference gives a line another number."""
    own = view.points(sheet, line, Stage.SELF)
    steps = view.facts.roster.middle
    return any(view.points(sheet, line, step.stage) != own for step in steps)
