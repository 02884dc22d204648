"""Nhóm so sánh: the figures of all units on a leader or rank_table line (FORMAT section 4, Cohort).

Conditions, choices, gates and hand-set points do not change the cohort; only what applies and what
was entered does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.figure import Figure, Pair, Unassigned
from thidua.core.number import ZERO


@dataclass(frozen=True, slots=True)
class Entry:
    """What one sheet brings to a cohort: its figure and the unit of measure typed with it."""

    figure: Figure
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The figures of a line, by position of the sheet; None where the line does not apply.

    `best_surplus` is e*, the largest (A − T)/T; `best_result` the largest A of all;
    `best_unassigned` the largest A among the units without target; `values` the values, best first;
    `lacking` counts the sheets with no or a bad figure.
    """

    entries: tuple[Entry | None, ...]
    mixed_units: bool = False
    best_surplus: Fraction = ZERO
    best_result: Fraction = ZERO
    best_unassigned: Fraction = ZERO
    values: tuple[Fraction, ...] = ()
    lacking: int = 0

    def spoils(self, figure: Figure) -> bool:
        """Whether a usable figure cannot be compared because the units of measure differ."""
        return self.mixed_units and is_usable(figure)

    @property
    def is_provisional(self) -> bool:
        """Whether a sheet of it has no or a bad figure, so that the points may still move."""
        return self.lacking > 0


def is_usable(figure: Figure) -> bool:
    """Whether a figure takes part in a cohort."""
    return isinstance(figure, (Pair, Unassigned, Fraction))


def cohort_of(
    entries: Sequence[Entry | None], *, one_unit: bool = False, best_first: bool = True
) -> Cohort:
    """Gather a cohort; with `one_unit`, differing units of measure spoil the whole column."""
    present = [entry for entry in entries if entry is not None]
    usable = [entry for entry in present if is_usable(entry.figure)]
    pairs = [entry.figure for entry in usable if isinstance(entry.figure, Pair)]
    unassigned = [e.figure.result for e in usable if isinstance(e.figure, Unassigned)]
    values = [entry.figure for entry in usable if isinstance(entry.figure, Fraction)]
    return Cohort(
        entries=tuple(entries),
        mixed_units=one_unit and len({entry.unit for entry in usable}) > 1,
        best_surplus=max((surplus(pair) for pair in pairs), default=ZERO),
        best_result=max((*(pair.result for pair in pairs), *unassigned), default=ZERO),
        best_unassigned=max(unassigned, default=ZERO),
        values=tuple(sorted(values, reverse=best_first)),
        lacking=len(present) - len(usable),
    )


def surplus(pair: Pair) -> Fraction:
    """e = (A − T)/T, how far the result is above the target."""
    return (pair.result - pair.target) / pair.target
