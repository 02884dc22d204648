"""Every draw added up in columns is the draw the engine scores: random scales, random sheets."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from tests.core.generate import draw
from thidua.core.firmness import Cell, Spread, cells_of, index_of, words_of
from thidua.core.firmness.by_engine import needs_engine
from thidua.core.score import score
from thidua.core.sheet import Sheet, SheetSet
from thidua.year.scoring.draws.draw import Table, drawn_at_once, drawn_by_engine

DRAWS = 6
SEEDS = 60


def settled(sheets: SheetSet, missing: dict[str, tuple[str, ...]]) -> SheetSet:
    """The sheets with points by hand on what is still open, so that every unit has a total."""

    def filled(sheet: Sheet) -> Sheet:
        inputs = {key: dict(found) for key, found in sheet.inputs.items()}
        for key in missing[sheet.unit]:
            inputs.setdefault(key, {})["override"] = {"points": 1, "reason": "Đủ dòng"}
        return replace(sheet, inputs=inputs)

    return SheetSet(sheets=tuple(filled(one) for one in sheets.sheets), period=sheets.period)


def table_of(seed: int) -> Table:
    """A random table whose units have totals, with spreads of its own."""
    rnd = Random(seed)
    scale, sheets, _plain = draw(rnd)
    for _ in range(4):
        result = score(scale, sheets)
        open_lines = {
            unit.unit: tuple(
                key
                for key, node in unit.nodes.items()
                if node.state in ("missing", "error", "undecided")
            )
            for unit in result.units
        }
        if not any(open_lines.values()):
            break
        sheets = settled(sheets, open_lines)
    spreads = {
        key: Spread(Fraction(rnd.randrange(9), 4), 1) for unit in result.units for key in unit.nodes
    }
    aside = frozenset({"A"} if rnd.random() < 0.2 else ())
    return Table(scale=scale, sheets=sheets, result=result, spreads=spreads, aside=aside)


def moving_cells(table: Table) -> list[Cell]:
    return cells_of(table.scale, table.sheets, table.result.units, table.spreads)


@pytest.mark.parametrize("block", range(10))
def test_columns_of_draws_are_what_the_engine_scores(block: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(block * SEEDS, (block + 1) * SEEDS):
        table = table_of(seed)
        cells = moving_cells(table)
        if not cells or needs_engine(table.scale, table.result.units, cells):
            seen["none" if not cells else "engine"] += 1
            continue
        at_once = drawn_at_once(table, cells, seed="1", draws=DRAWS)
        one_by_one = drawn_by_engine(table, cells, seed="1", draws=DRAWS)
        assert at_once.ranks.tolist() == one_by_one.ranks.tolist(), seed
        ranked = at_once.ranks > 0
        assert (at_once.figures[ranked] == one_by_one.figures[ranked]).all(), seed
        seen["columns"] += 1

    assert seen["columns"] >= SEEDS // 10, seen


@pytest.mark.parametrize("seed", [seed for seed in range(40) if moving_cells(table_of(seed))])
def test_what_a_draw_gives_is_what_the_sheet_would_say(seed: int) -> None:
    """The engine given the moved points as inputs, from the beginning, finds the same ranks."""
    table = table_of(seed)
    cells = moving_cells(table)
    drawn = drawn_by_engine(table, cells, seed="s", draws=1)
    sheets = tuple(
        given(one, [c for c in cells if c.unit == one.unit]) for one in table.sheets.sheets
    )
    moved = SheetSet(sheets=sheets, period=table.sheets.period)
    result = score(table.scale, moved, aside=table.aside)

    assert [one.rank or 0 for one in result.units] == drawn.ranks[:, 0].tolist()


def given(sheet: Sheet, cells: list[Cell]) -> Sheet:
    """The sheet with the points of the first draw typed on its judged lines."""
    inputs = dict(sheet.inputs)
    for cell in cells:
        words = words_of("s", unit=cell.unit, key=cell.key, draws=1)
        points = cell.given(index_of(words, 0, places=cell.places))
        inputs[cell.key] = cell.laid_on(inputs.get(cell.key, {}), points)
    return replace(sheet, inputs=inputs)
