"""Ô được dịch chuyển: the judged lines of each unit that move, and the points they may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.bloc import Bloc
from thidua.core.firmness.spread import HALF, Spread
from thidua.core.node import Judged
from thidua.core.outline import Outline, Place
from thidua.core.result import UnitResult
from thidua.core.rounding import clamp, round_to
from thidua.core.scale import Header, Scale
from thidua.core.sheet import Input, SheetSet

NO_SPREAD = Spread()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A judged line of a unit around its present points; `steps` of 0.5 either way.

    `by_hand`: the points stand as hand-set points (`override`), not as the line's value.
    """

    unit: str
    key: str
    centre: Fraction
    low: Fraction | None
    high: Fraction | None
    steps: int
    by_hand: bool

    @property
    def places(self) -> int:
        """How many places are drawn from, each as likely as the others."""
        return 2 * self.steps + 1

    def given(self, index: int) -> Fraction:
        """The points given in the draw that takes this place, inside the line's limits."""
        moved = self.centre + (index - self.steps) * HALF
        return clamp(moved, cap=self.high, floor=self.low)

    def counted(self, header: Header) -> list[Fraction]:
        """The points each place counts for, after the rounding of leaves (FORMAT section 3)."""
        found = [self.given(index) for index in range(self.places)]
        if self.by_hand or header.round_at != "leaf":
            return found
        return [round_to(one, decimals=header.decimals, rounding=header.rounding) for one in found]

    def laid_on(self, found: Input, points: Fraction) -> dict[str, object]:
        """The input of the line with these points given instead."""
        if self.by_hand:
            kept = found.get("override")
            override = {**(kept if isinstance(kept, Mapping) else {}), "points": points}
            return {**found, "override": override}
        return {**{key: found[key] for key in found if key != "values"}, "value": points}


def cells_of(
    scale: Scale, sheets: SheetSet, units: Sequence[UnitResult], spreads: Mapping[str, Spread]
) -> list[Cell]:
    """Every judged line of every unit with a total that moves, unit by unit in file order.

    `units` is the result of the sheets in the same order. A line whose group has hand-set points
    does not count and is left out.
    """
    bloc = Bloc(scale, sheets)
    places = [place for place in _places(bloc.outline) if isinstance(place.node, Judged)]
    return [
        cell
        for position, unit in enumerate(units)
        if unit.total is not None
        for place in places
        if (cell := _cell(bloc, position, unit, place, spreads)) is not None
    ]


def groups_above(outline: Outline, place: Place) -> Iterator[str]:
    """The keys of the groups around a place, nearest first."""
    if place.node.recurs is not None and place.copy is not None:
        yield place.node.code
    for node in reversed(outline.above[place.node.code]):
        if place.copy is not None and outline.has_copies(node.code):
            yield f"{node.code}@{place.copy}"
            if node.recurs is not None:
                yield node.code
        else:
            yield node.code


def _places(outline: Outline) -> Iterator[Place]:
    for code in outline.nodes:
        yield from (place for place in outline.places(code) if not place.is_recurrence)


def _cell(
    bloc: Bloc, position: int, unit: UnitResult, place: Place, spreads: Mapping[str, Spread]
) -> Cell | None:
    made = unit.nodes.get(place.key)
    if made is None or made.points is None or made.state not in ("scored", "override"):
        return None
    above = [unit.nodes.get(key) for key in groups_above(bloc.outline, place)]
    if any(group is None or group.state == "override" for group in above):
        return None
    by_hand = made.state == "override"
    centre = made.points if by_hand else bloc.figure(position, place)
    node = place.node
    if not isinstance(centre, Fraction) or not isinstance(node, Judged):
        return None
    low, high = node.minimum, node.stated_max
    return Cell(
        unit=unit.unit,
        key=place.key,
        centre=centre,
        low=None if low is None else min(low, centre),
        high=None if high is None else max(high, centre),
        steps=spreads.get(place.key, NO_SPREAD).steps,
        by_hand=by_hand,
    )
