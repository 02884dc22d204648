"""Số liệu đã kiểm: the sheets of a bloc read once, figures checked and put into slots.

Everything about text is settled here: what is missing, bad or not applicable, which unit of measure
was typed, substitutes and hand-set points. The compiled tree sees numbers and markers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.bloc import Bloc
from thidua.core.compiled.exact import Exact
from thidua.core.compiled.frame import Cell, ResultAlone
from thidua.core.compiled.plan import Plan, Slot
from thidua.core.condition import Scalar
from thidua.core.figure import MISSING, NOT_APPLICABLE, Bad, Figure, Pair, Unassigned
from thidua.core.node import Count, Flag, Leader, Node, RankTable
from thidua.core.outline import Place
from thidua.core.override import hand_set_points
from thidua.core.sheet import SheetSet


@dataclass(frozen=True, slots=True)
class UnitInputs:
    """The figures of one unit by slot; a group only says whether it applies."""

    unit: str
    cells: list[Cell]
    facts: Mapping[str, Scalar]
    overrides: Mapping[int, Exact]


@dataclass(frozen=True, slots=True)
class BlocInputs:
    """The units of a bloc, in the order of the sheets."""

    units: tuple[UnitInputs, ...]


def read_inputs(plan: Plan, sheets: SheetSet) -> BlocInputs:
    """Read and check the sheets of a bloc for a compiled scale; bad inputs become markers."""
    bloc = Bloc(plan.scale, sheets)
    return BlocInputs(tuple(_unit(plan, bloc, place) for place in range(len(bloc.sheets))))


def _unit(plan: Plan, bloc: Bloc, position: int) -> UnitInputs:
    sheet = bloc.sheets[position]
    facts = ((name, bloc.fact(position, name)) for name in plan.scale.field_index())
    by_hand = ((slot.number, _by_hand(plan, bloc, position, slot)) for slot in plan.slots)
    return UnitInputs(
        unit=sheet.unit,
        cells=[_cell(plan, bloc, position, slot) for slot in plan.slots],
        facts={name: fact for name, fact in facts if fact is not None},
        overrides={number: points for number, points in by_hand if points is not None},
    )


def _by_hand(plan: Plan, bloc: Bloc, position: int, slot: Slot) -> Exact | None:
    points = hand_set_points(bloc.input_of(position, slot.place))
    return plan.optional(points) if isinstance(points, Fraction) else None


def _cell(plan: Plan, bloc: Bloc, position: int, slot: Slot) -> Cell:
    place, node = slot.place, slot.place.node
    if place.is_recurrence:
        return NOT_APPLICABLE if bloc.is_closed(position, place) else MISSING
    figure = bloc.figure(position, place)
    if isinstance(node, (Leader, RankTable)):
        return _cohort_cell(plan, bloc, position, place, figure)
    if figure is MISSING and _counts_none(node) and bloc.is_reviewed(position, place):
        return False if isinstance(node, Flag) else 0
    return _scaled_cell(plan, figure)


def _cohort_cell(plan: Plan, bloc: Bloc, position: int, place: Place, figure: Figure) -> Cell:
    cohort = bloc.cohort(place)
    if cohort.entries[position] is None:
        return NOT_APPLICABLE
    return Bad("mixed_units") if cohort.spoils(figure) else _scaled_cell(plan, figure)


def _counts_none(node: Node) -> bool:
    return isinstance(node, Flag) or (isinstance(node, Count) and node.x.kind == "value")


def _scaled_cell(plan: Plan, figure: Figure) -> Cell:
    match figure:
        case Fraction():
            return plan.number(figure)
        case Pair(target, result):
            return plan.number(target), plan.number(result)
        case Unassigned(result):
            return ResultAlone(plan.number(result))
        case _:
            return figure
