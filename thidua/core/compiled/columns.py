"""Cột so sánh: what cohort lines need from all units (FORMAT section 4, Cohort)."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.core.compiled.exact import Exact, ratio
from thidua.core.compiled.frame import Cell, ColumnFigures, ResultAlone
from thidua.core.compiled.inputs import BlocInputs
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.node import RankTable


class Columns:
    """The cohort slots of a plan and how to gather them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        keys = [place.key for place in plan.outline.cohort_places()]
        self._slots = [plan.by_key[key] for key in keys]

    def gather(self, inputs: BlocInputs) -> dict[int, ColumnFigures]:
        """The figures of every cohort line, by slot."""
        return {slot.number: self._column(slot, inputs) for slot in self._slots}

    def _column(self, slot: Slot, inputs: BlocInputs) -> ColumnFigures:
        column = ColumnFigures()
        cells = [unit.cells[slot.number] for unit in inputs.units]
        node = slot.place.node
        if isinstance(node, RankTable):
            column.places = _places(self._plan, node, cells)
        else:
            _compare(column, cells)
        return column


def _compare(column: ColumnFigures, cells: Iterable[Cell]) -> None:
    surplus, over = column.best_surplus
    for cell in cells:
        if type(cell) is tuple:
            target, result = cell
            column.best_result = max(column.best_result, result)
            if result > target and (result - target) * over > surplus * target:
                surplus, over = result - target, target
        elif type(cell) is ResultAlone:
            column.best_result = max(column.best_result, cell.result)
            column.best_unassigned = max(column.best_unassigned, cell.result)
    column.best_surplus = surplus, over


def _places(plan: Plan, node: RankTable, cells: Iterable[Cell]) -> dict[Exact, Exact]:
    values: list[Exact] = [cell for cell in cells if isinstance(cell, Exact)]
    values.sort(reverse=node.order == "desc")
    table = [plan.number(points) for points in node.table]
    otherwise = plan.number(node.otherwise)
    by_place = [*table, *[otherwise] * max(0, len(values) - len(table))]
    places: dict[Exact, Exact] = {}
    for place, value in enumerate(values):
        if value not in places:
            sharing = values.count(value) if node.ties == "mean" else 1
            places[value] = ratio(sum(by_place[place : place + sharing]), sharing)
    return places
