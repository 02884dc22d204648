"""What the conference can decide on one line of one unit, and how it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from thidua.core.number import read_number
from thidua.core.points import MILLI
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.layers import LineState
from thidua.year.scoring.lines import Ask, Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.marks import made_up_keys

RUNS = ((Stage.SELF, True), (Stage.VERIFIED, True), (Stage.ADOPTED, True), (Stage.ADOPTED, False))
FIGURES: dict[Ask, tuple[tuple[str, str], ...]] = {
    Ask.PAIR: (("target", "Chỉ tiêu"), ("result", "Kết quả")),
    Ask.NUMBER: (("value", "Số liệu"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line of a unit before the conference, with the exact points of every stage."""

    line: Line
    computed: Fraction | None
    self_score: Fraction | None
    verified: Fraction | None
    adopted: Fraction | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDesk:
    """One line on the table of the conference."""

    unit: str
    row: LineRow
    state: LineState

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The figures that may be corrected, so that the rule scores again."""
        return FIGURES.get(self.row.line.ask, ())


def lines_of_unit(bloc_year: BlocYear, unit_id: int) -> tuple[str, tuple[LineRow, ...]] | None:
    """Every line that counts for the unit, with what each stage says; None without a sheet."""
    view = view_of(bloc_year.pk, *RUNS)
    sheet = view.facts.sheet_of(unit_id)
    if sheet is None:
        return None
    reached = view.unit(sheet, Stage.ADOPTED).nodes
    lines = [line for line in view.facts.scale_of(sheet).lines if line.key in reached]
    made_up = made_up_keys(view.facts, sheet)
    return sheet.unit, tuple(_row(view, sheet, line, made_up) for line in lines)


def line_desk(bloc_year: BlocYear, unit_id: int, code: str) -> LineDesk | None:
    """One line of the unit; None when there is no sheet or no such line."""
    view = view_of(bloc_year.pk, *RUNS)
    sheet = view.facts.sheet_of(unit_id)
    line = None if sheet is None else view.facts.scale_of(sheet).index.get(code)
    if sheet is None or line is None or line.is_heading:
        return None
    return LineDesk(
        unit=sheet.unit,
        row=_row(view, sheet, line, made_up_keys(view.facts, sheet)),
        state=view.state(sheet, code, Stage.ADOPTED),
    )


def _row(view: View, sheet: SheetFacts, line: Line, made_up: frozenset[str]) -> LineRow:
    return LineRow(
        line=line,
        computed=view.computed(sheet, line, Stage.ADOPTED),
        self_score=view.points(sheet, line, Stage.SELF),
        verified=view.points(sheet, line, Stage.VERIFIED),
        adopted=view.points(sheet, line, Stage.ADOPTED),
        synthetic=line.key in made_up,
    )


def milli_of(text: object) -> int | None:
    """A stored figure as thousandths for an input field; None where it is finer than that."""
    number = read_number(str(text)) if text is not None else None
    if number is None or (number * MILLI).denominator != 1:
        return None
    return int(number * MILLI)
