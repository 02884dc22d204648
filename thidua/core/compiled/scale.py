"""Thang điểm biên dịch: compile a scale once, evaluate any number of blocs with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from thidua.core.compiled.after import After, Verdict
from thidua.core.compiled.columns import Columns
from thidua.core.compiled.containers import compile_node
from thidua.core.compiled.exact import Exact
from thidua.core.compiled.frame import ColumnFigures, Frame
from thidua.core.compiled.inputs import BlocInputs, UnitInputs, read_inputs
from thidua.core.compiled.plan import Plan
from thidua.core.result import State
from thidua.core.scale import Scale
from thidua.core.sheet import SheetSet


class CompiledUnit:
    """The exact result of one unit; figures are turned into fractions when asked for."""

    __slots__ = ("_frame", "_plan", "rank", "unit", "verdict")

    def __init__(
        self, plan: Plan, unit: str, frame: Frame, *, verdict: Verdict, rank: int | None
    ) -> None:
        self._plan, self._frame = plan, frame
        self.unit = unit
        self.verdict = verdict
        self.rank = rank

    @property
    def total(self) -> Fraction | None:
        """The rounded total."""
        return self._steps(self.verdict.total, self._plan.scale.header.decimals)

    @property
    def percent(self) -> Fraction | None:
        """The rounded percent."""
        return self._steps(self.verdict.percent, self._plan.scale.header.percent_decimals)

    @property
    def total_so_far(self) -> Fraction:
        """The rounded total with what is unsettled at 0."""
        return Fraction(self.verdict.so_far, 10**self._plan.scale.header.decimals)

    def part(self, name: Literal["base", "bonus", "deduct", "denominator"]) -> Fraction:
        """A sum of the unit, after caps."""
        figures = {
            "base": self.verdict.base,
            "bonus": self.verdict.bonus,
            "deduct": self.verdict.deduct,
            "denominator": self.verdict.denominator,
        }
        return Fraction(figures[name], self._plan.denominator)

    def points(self, key: str) -> Fraction | None:
        """Points of a line, or copy of it; None while it is not scored or was not reached."""
        return self._plain(self._frame.points[self._plan.by_key[key].number])

    def state(self, key: str) -> State | None:
        """State of a line; None when it was not reached."""
        return self._frame.states[self._plan.by_key[key].number]

    def maximum(self, key: str) -> Fraction:
        """Effective maximum of a line, 0 for bonus and deduct lines."""
        maximum = self._frame.shown_maximum(self._plan.by_key[key])
        return Fraction(maximum, self._plan.denominator)

    def so_far(self, key: str) -> Fraction:
        """Points of a line with what is unsettled at 0."""
        number = self._plan.by_key[key].number
        return Fraction(self._frame.counted(number), self._plan.denominator)

    def reached(self) -> Iterator[str]:
        """Keys of the lines that were evaluated."""
        for slot in self._plan.slots:
            if self._frame.states[slot.number] is not None:
                yield slot.place.key

    @staticmethod
    def _steps(figure: int | None, decimals: int) -> Fraction | None:
        return None if figure is None else Fraction(figure, 10**decimals)

    def _plain(self, points: Exact | None) -> Fraction | None:
        return None if points is None else Fraction(points, self._plan.denominator)


class CompiledScale:
    """A scale ready to evaluate blocs."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.plan = Plan(scale)
        self._sections = [compile_node(self.plan, section) for section in scale.sections]
        self._columns = Columns(self.plan)
        self._after = After(self.plan)

    def read(self, sheets: SheetSet) -> BlocInputs:
        """Check the sheets of a bloc and put their figures into slots."""
        return read_inputs(self.plan, sheets)

    def evaluate(self, inputs: BlocInputs, *, aside: Collection[str] = ()) -> list[CompiledUnit]:
        """Points per line, totals, classes and ranks of a bloc, in the order of the sheets.

        Units named in `aside` are scored like the others and take no place.
        """
        columns = self._columns.gather(inputs)
        frames = [self._run(unit, columns) for unit in inputs.units]
        verdicts = [self._after.conclude(frame) for frame in frames]
        takes_part = [unit.unit not in aside for unit in inputs.units]
        ranks = self._after.rank(frames, verdicts, takes_part=takes_part)
        return [
            CompiledUnit(self.plan, unit.unit, frame, verdict=verdict, rank=rank)
            for unit, frame, verdict, rank in zip(
                inputs.units, frames, verdicts, ranks, strict=True
            )
        ]

    def _run(self, unit: UnitInputs, columns: Mapping[int, ColumnFigures]) -> Frame:
        frame = Frame(
            unit.cells,
            facts=unit.facts,
            overrides=unit.overrides,
            columns=columns,
        )
        for step in self._sections:
            step(frame)
        return frame


def compile_scale(scale: Scale) -> CompiledScale:
    """Compile a scale that lint lets through; do it once and keep it."""
    return CompiledScale(scale)
