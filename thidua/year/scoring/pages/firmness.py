"""How firm a rank is: which single lines, left as self-scored, would change the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.recompute import Board
from thidua.core.result import UnitResult
from thidua.core.sheet import Sheet as CoreSheet
from thidua.core.sheet import SheetSet
from thidua.year.scoring.board import BY_HAND, View, sheets_of
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.layers import core_inputs, state_at
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Stage

MOST_TRIALS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A verified line that alone, left as self-scored, would change the order of two units."""

    unit: str
    line: Line
    self_score: Fraction | None
    verified: Fraction | None


class Trial:
    """A board of its own on which one line at a time is left as its unit scored it."""

    def __init__(self, view: View, sheet: SheetFacts, rivals: Sequence[UnitResult]) -> None:
        self.view, self.sheet, self.rivals = view, sheet, rivals
        scale = view.facts.scale_of(sheet)
        found = sheets_of(view.facts, scale, Stage.ADOPTED, BY_HAND)
        self.sheets: dict[str, CoreSheet] = {one.unit: one for one in found}
        self.board = Board(scale.scale, SheetSet(sheets=tuple(found)))
        self.before = self._order()

    def swaps(self, other: SheetFacts, line: Line) -> bool:
        """Whether the order changes with that line alone as self-scored; it is put back after."""
        base = self.view.facts.base.get(other.pk, {}).get(line.key)
        state = state_at(base, self.view.facts.entries_of(other.pk), line.key, Stage.SELF)
        found = core_inputs({line.key: state}, by_hand=True).get(line.key)
        self.board.change(unit=other.unit, code=line.key, found=found)
        after = self._order()
        present = self.sheets[other.unit].inputs.get(line.key)
        self.board.change(unit=other.unit, code=line.key, found=present)
        return after != self.before

    def _order(self) -> tuple[bool, ...]:
        result = self.board.result()
        own = result.of(self.sheet.unit).rank or 0
        return tuple((result.of(one.unit).rank or 0) < own for one in self.rivals)


def swings(view: View, sheet: SheetFacts, rivals: Sequence[UnitResult]) -> Iterable[Swing]:
    """The lines of a unit and its neighbours in rank that decide between them, at most 40 tried."""
    concerned = {sheet.unit, *(one.unit for one in rivals)}
    changed = [
        (other, line)
        for other in view.facts.sheets.values()
        if other.unit in concerned and other.scale_id == sheet.scale_id
        for line in _changed_lines(view, other)
    ]
    if not changed or not rivals:
        return
    trial = Trial(view, sheet, rivals)
    for other, line in changed[:MOST_TRIALS]:
        if trial.swaps(other, line):
            yield Swing(
                unit=other.unit,
                line=line,
                self_score=view.points(other, line, Stage.SELF),
                verified=view.points(other, line, Stage.ADOPTED),
            )


def _changed_lines(view: View, sheet: SheetFacts) -> list[Line]:
    return [
        line
        for line in view.facts.scale_of(sheet).lines
        if line.is_leaf
        and view.points(sheet, line, Stage.SELF) != view.points(sheet, line, Stage.ADOPTED)
    ]
