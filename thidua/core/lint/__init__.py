"""Soát thang điểm: what is wrong or doubtful in a scale (FORMAT section 9).

Each rule is a function from a scale to items; `lint` runs them all. The order is that of the file:
nodes, gates, ranking, and last the header and the classes. The table of FORMAT does not have
band_hole, band_above_max, band_direction, negative_max, empty_range and no_label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from thidua.core.lint.band_points import band_above_max, band_direction, band_hole
from thidua.core.lint.bands import band_gap, band_overlap
from thidua.core.lint.classes import class_gap, class_thresholds
from thidua.core.lint.comparing import no_unit, slot_compares_units
from thidua.core.lint.duplicate_code import duplicate_code
from thidua.core.lint.evidence_list import no_evidence_list
from thidua.core.lint.item import Item, Level, Path, Words
from thidua.core.lint.maximum_below_zero import maximum_below_zero
from thidua.core.lint.missing_floor import missing_floor
from thidua.core.lint.no_label import no_label
from thidua.core.lint.place import placed_nodes
from thidua.core.lint.references import references
from thidua.core.lint.sums import base_mismatch, sum_mismatch
from thidua.core.lint.uncapped_bonus import uncapped_bonus
from thidua.core.lint.wrong_sign import wrong_sign
from thidua.core.scale import Scale

__all__ = ["FORBIDS_SCORING", "RULES", "Item", "Level", "Words", "forbidding", "lint"]

Rule = Callable[[Scale], Iterator[Item]]
RULES: tuple[Rule, ...] = (
    duplicate_code,
    references,
    band_overlap,
    band_gap,
    band_hole,
    band_above_max,
    band_direction,
    maximum_below_zero,
    sum_mismatch,
    base_mismatch,
    class_thresholds,
    class_gap,
    uncapped_bonus,
    missing_floor,
    wrong_sign,
    no_unit,
    slot_compares_units,
    no_evidence_list,
    no_label,
)
FORBIDS_SCORING = frozenset({"duplicate_code", "unknown_reference", "forward_reference"})
_AFTER_ALL = 10**9
_LAST = {"gates": 1, "ranking": 2, "scale": 3, "classification": 4}


def lint(scale: Scale) -> list[Item]:
    """Every finding about a scale, in document order, header and classes last."""
    order = {found.path: number for number, found in enumerate(placed_nodes(scale))}
    items = [item for rule in RULES for item in rule(scale)]
    return sorted(items, key=lambda item: _place(item.path, order))


def forbidding(items: list[Item]) -> list[Item]:
    """The findings under which nothing can be scored (FORMAT section 8)."""
    return [item for item in items if item.lint in FORBIDS_SCORING]


def _place(path: Path, order: dict[Path, int]) -> tuple[int, int]:
    if path[0] != "criteria":
        return _LAST[str(path[0])], _number_in(path)
    while path not in order:
        path = path[:-1]
    return 0, order[path]


def _number_in(path: Path) -> int:
    """The position of a gate, class or tie break; what concerns the whole list comes after."""
    return next((step for step in path if isinstance(step, int)), _AFTER_ALL)
