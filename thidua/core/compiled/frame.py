"""Ô tính của một đơn vị: the figures of one unit while its compiled tree runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thidua.core.compiled.exact import Exact
from thidua.core.compiled.plan import Slot
from thidua.core.condition import Scalar
from thidua.core.figure import Bad, Blank, NotApplied
from thidua.core.logic import Truth
from thidua.core.result import State

Pair = tuple[Exact, Exact]
Cell = object
"""What a slot was given: an Exact, a bool, a text, a (target, result) Pair, or a marker."""

MARKERS = (Bad, Blank, NotApplied)


class ResultAlone:
    """A result without target that the scale wants scored."""

    __slots__ = ("result",)

    def __init__(self, result: Exact) -> None:
        self.result = result


class ColumnFigures:
    """What a cohort line needs from all units; made before any unit is evaluated."""

    __slots__ = ("best_result", "best_surplus", "best_unassigned", "places")

    def __init__(self) -> None:
        self.best_surplus: Pair = (0, 1)
        self.best_result: Exact = 0
        self.best_unassigned: Exact = 0
        self.places: dict[Exact, Exact] = {}


class Frame:
    """Points, states and losses by slot. A slot never reached keeps state None.

    `lost` is what a line's maximum has lost to lines not applicable; `so_far` what an open line
    has.
    """

    __slots__ = (
        "cells",
        "columns",
        "facts",
        "lost",
        "overrides",
        "percent",
        "points",
        "so_far",
        "states",
        "total",
    )

    def __init__(
        self,
        cells: list[Cell],
        *,
        facts: Mapping[str, Scalar],
        overrides: Mapping[int, Exact],
        columns: Mapping[int, ColumnFigures],
    ) -> None:
        self.cells = cells
        self.facts = facts
        self.overrides = overrides
        self.columns = columns
        self.points: list[Exact | None] = [None] * len(cells)
        self.states: list[State | None] = [None] * len(cells)
        self.so_far: dict[int, Exact] = {}
        self.lost: dict[int, Exact] = {}
        self.total: int | None = None
        self.percent: int | None = None

    def counted(self, slot: int) -> Exact:
        """The points of a slot, or what there is so far."""
        points = self.points[slot]
        return self.so_far.get(slot, 0) if points is None else points

    def shown_maximum(self, slot: Slot) -> Exact:
        """The effective share of the denominator: 0 for bonus and deduct lines."""
        return slot.maximum - self.lost.get(slot.number, 0) if slot.is_base else 0

    def is_dropped(self, slot: int) -> bool:
        """Whether a slot is not applicable and out of the denominator."""
        return self.states[slot] == "na" and self.points[slot] is None

    def is_unsettled(self, slot: int) -> bool:
        """Whether something is missing, undecided or wrong in a slot or below."""
        return self.points[slot] is None and self.states[slot] != "na"

    def settle(self, slot: int, points: Exact) -> Exact:
        """Give a slot its points."""
        self.points[slot] = points
        self.states[slot] = "scored"
        return points

    def leave(self, slot: int, state: State, so_far: Exact = 0) -> Exact | None:
        """Leave a slot without points, which is what it gives: None."""
        self.points[slot] = None
        self.states[slot] = state
        if so_far:
            self.so_far[slot] = so_far
        return None


Step = Callable[[Frame], "Exact | None"]
Judge = Callable[[Frame, Cell], "Exact | None"]
Asked = Callable[[Frame], Truth]
