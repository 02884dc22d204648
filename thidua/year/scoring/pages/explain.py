"""The page of explanations: differing lines, what the unit said, what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.core.finding import Refused
from thidua.year.bloc.models import Window
from thidua.year.scoring.answering import may_answer, may_change
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import ExplanationFacts, SheetFacts
from thidua.year.scoring.judging import Desk, require_window
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.pages.cells import Cells, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One line with everything said about it."""

    row: Row
    said: tuple[ExplanationFacts, ...]
    may_answer: bool = False
    may_change: bool = False

    @property
    def differs(self) -> bool:
        """Whether any step gave another number, so that the unit may explain."""
        return bool(self.row.change) or any(one.change for one in self.row.steps)

    @property
    def waits(self) -> ExplanationFacts | None:
        """The explanation that waits for an answer."""
        return next((one for one in self.said if one.answered_at is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage:
    """What the page shows, and who may write on it."""

    sheet: SheetFacts
    threads: tuple[Thread, ...]
    may_explain: bool
    may_answer: bool
    why_not: str
    decimals: int


def explain_page(view: View, desk: Desk, *, address: str) -> ExplainPage:
    """Lines whose verified number differs from the self-score, or that were explained."""
    sheet = view.facts.sheets[desk.sheet.pk]
    scale, cells = view.facts.scale_of(sheet), Cells.of(view, sheet, address=address)
    spoken = view.facts.explanations.get(sheet.pk, ())
    open_now = sheet.state in (Sheet.State.SUBMITTED, Sheet.State.VERIFIED)
    threads = []
    for line in scale.lines:
        said = tuple(one for one in spoken if one.code == line.key)
        row = cells.row(line)
        answers = open_now and may_answer(desk, line)
        changes = answers and may_change(desk, line)
        thread = Thread(row=row, said=said, may_answer=answers, may_change=changes)
        if said or (line.is_leaf and thread.differs):
            threads.append(thread)
    why_not = why_not_explaining(desk)
    return ExplainPage(
        sheet=sheet,
        threads=tuple(threads),
        may_explain=desk.standing.works_for(sheet.unit_id) and not why_not and open_now,
        may_answer=any(one.may_answer for one in threads),
        why_not=why_not,
        decimals=scale.scale.header.decimals,
    )


def why_not_explaining(desk: Desk) -> str:
    """Why nobody may explain now; empty while the bloc takes explanations."""
    if desk.bloc_year.closed_at is not None:
        return f"Năm {desk.bloc_year.year} đã khép."
    try:
        require_window(desk.bloc_year, Window.Deed.EXPLAIN)
    except Refused as refused:
        return refused.findings[0].words
    return ""
