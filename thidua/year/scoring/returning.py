"""Dòng bị trả lại: what was sent back to the unit, and whether the unit has answered it since.

Told by versions and keys, never by the clock: two acts may bear the same time, and a clock may be
set back.
"""

from __future__ import annotations

from thidua.year.scoring.board import View
from thidua.year.scoring.changes import line_words
from thidua.year.scoring.checks import Trouble
from thidua.year.scoring.facts import ReturnFacts, SheetFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import UNIT_FACTS, Stage
from thidua.year.scoring.steps import StepFacts


def unanswered(view: View, sheet: SheetFacts) -> list[Trouble]:
    """Returned lines, and returned facts, that the unit left as they were (RETURN-2)."""
    facts, index = view.facts, view.facts.scale_of(sheet).index
    found = [
        Trouble("RETURN-2", line, f"{line_words(line)} bị trả lại, chưa sửa, chưa trả lời.")
        for back in facts.open_returns(sheet.pk).values()
        if (line := index.get(back.code)) is not None and not was_answered(view, sheet, back)
    ]
    back = facts.returned_facts(sheet.pk)
    if back is not None and not was_answered(view, sheet, back):
        words = "Thông tin đơn vị bị trả lại, chưa sửa, chưa trả lời."
        found.append(Trouble("RETURN-2", None, words, is_of_facts=True))
    return found


def may_withdraw(desk: Desk, step: StepFacts, line: Line | None) -> bool:
    """Whether the actor may take back a return of a step, of a line or of the unit's facts."""
    unit_id = desk.sheet.unit_id
    if desk.actor.unit_id == unit_id:
        return False
    return desk.acts(step, line) or desk.roster.leads_ending(desk.standing, unit_id)


def was_answered(view: View, sheet: SheetFacts, back: ReturnFacts) -> bool:
    """Whether the unit touched what was sent back since: the entry or evidence of a line, or its
    facts."""
    if back.code == UNIT_FACTS:
        return sheet.fields_version > back.seen_version
    entry = view.facts.entries_of(sheet.pk).get((back.code, Stage.SELF))
    if entry is not None and entry.version > back.seen_version:
        return True
    cited = view.facts.citations.get(sheet.unit_id, {}).get(back.code, ())
    return any(one.pk > back.seen_citation for one in cited)
