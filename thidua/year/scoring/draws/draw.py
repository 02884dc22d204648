"""Một bảng được thử: the draws of a whole table, added up quickly or scored one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from thidua.core.bloc import Bloc
from thidua.core.firmness import Cell, Spread, cells_of, seed_of
from thidua.core.firmness.by_engine import draw_by_engine, needs_engine
from thidua.core.result import Result
from thidua.core.scale import Scale
from thidua.core.sheet import SheetSet
from thidua.year.scoring.draws.ranks import Drawn, rank_draws
from thidua.year.scoring.draws.tally import Tally, tally
from thidua.year.scoring.draws.unit import UnitDraws

DRAWS = 10_000
DRAWS_BY_ENGINE = 1_000  # where every draw is a scoring of the whole bloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A scored table as it stands; `aside` are units that take no place in it."""

    scale: Scale
    sheets: SheetSet
    result: Result
    spreads: Mapping[str, Spread]
    aside: frozenset[str] = frozenset()


def draw_table(table: Table, *, draws: int = DRAWS, seed: str = "") -> Tally:
    """How often each unit keeps its rank when the judged points are given again.

    Without `seed` the table's own is used. Scales whose tree looks at moving points are drawn by
    the engine, at most 1,000 times; the tally says how many draws there were.
    """
    seed = seed or seed_of(table.result, table.spreads)
    units = table.result.units
    cells = cells_of(table.scale, table.sheets, units, table.spreads)
    if needs_engine(table.scale, units, cells):
        draws = min(draws, DRAWS_BY_ENGINE)
        drawn = drawn_by_engine(table, cells, seed=seed, draws=draws)
    else:
        drawn = drawn_at_once(table, cells, seed=seed, draws=draws)
    return tally(table.scale, table.result, drawn, cells=cells, seed=seed, aside=table.aside)


def drawn_at_once(table: Table, cells: Sequence[Cell], *, seed: str, draws: int) -> Drawn:
    """All draws in columns."""
    bloc = Bloc(table.scale, table.sheets)
    by_unit: dict[str, list[Cell]] = {unit.unit: [] for unit in table.result.units}
    for cell in cells:
        by_unit[cell.unit].append(cell)
    units = [
        UnitDraws(bloc, position, found, by_unit[found.unit], seed=seed, draws=draws)
        for position, found in enumerate(table.result.units)
    ]
    return rank_draws(table.scale, units, draws=draws, aside=table.aside)


def drawn_by_engine(
    table: Table, cells: Sequence[Cell], *, seed: str, draws: int, aside: Collection[str] = ()
) -> Drawn:
    """One scoring of the bloc after another."""
    scale = table.scale
    header = scale.header
    by_points = scale.ranking.key == "points"
    decimals = header.decimals if by_points else header.percent_decimals
    found = draw_by_engine(
        scale, table.sheets, cells, seed=seed, draws=draws, aside={*aside, *table.aside}
    )
    figures, ranks = [], []
    for units in found:
        figures.append(
            [0 if one.figure is None else int(one.figure * 10**decimals) for one in units]
        )
        ranks.append([one.rank or 0 for one in units])
    shape = (draws, len(table.result.units))
    return Drawn(
        np.array(figures, dtype=np.int64).reshape(shape).T,
        np.array(ranks, dtype=np.int64).reshape(shape).T,
        decimals,
    )
