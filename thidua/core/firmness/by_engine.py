"""Phép thử bằng chính bộ chấm: every draw scored by the engine, for any scale whatever.

Slower than adding up columns of draws, so it serves scales whose tree looks at the points that
move (`needs_engine`), and as the measure the quick way is held against.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.compiled import BlocInputs, CompiledScale, compile_scale
from thidua.core.condition import Condition, tests_of
from thidua.core.firmness.cells import Cell
from thidua.core.firmness.stream import index_of, words_of
from thidua.core.node import Flag, Node, Pick
from thidua.core.outline import Outline
from thidua.core.result import UnitResult
from thidua.core.scale import Scale, walk
from thidua.core.sheet import SheetSet


@dataclass(frozen=True, slots=True)
class Drawn:
    """One unit in one draw: the figure it is ranked by, and its rank."""

    figure: Fraction | None
    rank: int | None


def draw_by_engine(
    scale: Scale,
    sheets: SheetSet,
    cells: Sequence[Cell],
    *,
    seed: str,
    draws: int,
    aside: Collection[str] = (),
) -> Iterator[list[Drawn]]:
    """Score the bloc once for each draw, units in the order of the sheets."""
    compiled = compile_scale(scale)
    inputs = compiled.read(sheets)
    moving = _moving(compiled, inputs, cells, seed=seed, draws=draws)
    for draw in range(draws):
        for put, words, values in moving:
            put[0][put[1]] = values[index_of(words, draw, places=len(values))]
        yield _scored(compiled, inputs, aside)


def needs_engine(scale: Scale, units: Sequence[UnitResult], cells: Sequence[Cell]) -> bool:
    """Whether the tree is more than sums with limits above the moving lines: a condition looks at
    points that move, or the highest alternative decides about a maximum that is not applicable."""
    outline = Outline(scale)
    codes = {cell.key.partition("@")[0] for cell in cells}
    moving = codes | {node.code for code in codes for node in outline.above[code]}
    if any(_looks_at(node, moving) for node in scale.walk()):
        return True
    if any(outline.nodes[code].exempt_when is not None for code in codes):
        return True
    picks = [outline.nodes[code] for code in moving if isinstance(outline.nodes[code], Pick)]
    return any(_sets_aside_below(pick, unit) for pick in picks for unit in units)


def _looks_at(node: Node, moving: Collection[str]) -> bool:
    asked: list[Condition | None] = [node.when, node.exempt_when]
    if isinstance(node, Flag):
        asked.append(node.condition)
    return any(
        test.subject in ("points", "percent") and test.name in moving
        for condition in asked
        if condition is not None
        for test in tests_of(condition)
    )


def _sets_aside_below(pick: Node, unit: UnitResult) -> bool:
    codes = {node.code for node in walk(pick)}
    return any(
        made.state == "na" and key.partition("@")[0] in codes for key, made in unit.nodes.items()
    )


Slot = tuple[dict[int, object] | list[object], int]
Moving = tuple[Slot, bytes, list[object]]


def _moving(
    compiled: CompiledScale, inputs: BlocInputs, cells: Sequence[Cell], *, seed: str, draws: int
) -> list[Moving]:
    by_unit = {unit.unit: unit for unit in inputs.units}
    found: list[Moving] = []
    for cell in cells:
        slot = compiled.plan.by_key[cell.key].number
        unit = by_unit[cell.unit]
        column: Mapping[int, object] | list[object]
        column = unit.overrides if cell.by_hand else unit.cells
        values: list[object] = [
            compiled.plan.number(cell.given(index)) for index in range(cell.places)
        ]
        words = words_of(seed, unit=cell.unit, key=cell.key, draws=draws)
        found.append(((column, slot), words, values))  # type: ignore[arg-type]  # read_inputs made them ours alone
    return found


def _scored(compiled: CompiledScale, inputs: BlocInputs, aside: Collection[str]) -> list[Drawn]:
    by_percent = compiled.scale.ranking.key == "percent"
    return [
        Drawn(unit.percent if by_percent else unit.total, unit.rank)
        for unit in compiled.evaluate(inputs, aside=aside)
    ]
