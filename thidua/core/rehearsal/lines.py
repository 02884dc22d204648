"""Dòng có phân biệt đơn vị không: lines on which all are equal, and units with lines set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.number import ZERO
from thidua.core.outline import Outline, Place, own_maximum
from thidua.core.result import NodeResult, Result
from thidua.core.scale import Scale

MANY = Fraction(1, 5)  # a fifth of a unit's maximum set aside is much


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUse:
    """One line over the units it applies to.

    `equal`: all have the same points; `full`: all have the maximum; `span` is best minus worst.
    """

    key: str
    label: str
    maximum: Fraction
    units: int
    lowest: Fraction
    highest: Fraction
    equal: bool
    full: bool

    @property
    def span(self) -> Fraction:
        """How many points the line puts between the best and the last."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGaps:
    """One unit's lines that do not apply: how many of how many, and their maximum together."""

    unit: str
    set_aside: int
    lines: int
    lost: Fraction
    most: Fraction
    codes: tuple[str, ...]

    @property
    def is_much(self) -> bool:
        """Whether a fifth or more of the maximum does not apply."""
        return self.most > 0 and self.lost >= MANY * self.most


def leaf_places(scale: Scale) -> list[Place]:
    """Every line that is scored, copies of recurring lines one by one."""
    outline = Outline(scale)
    return [
        place
        for code, node in outline.nodes.items()
        if not node.children
        for place in outline.places(code)
        if not place.is_recurrence
    ]


def uses_of(
    scale: Scale, result: Result, *, without: Collection[tuple[str, str]] = ()
) -> list[LineUse]:
    """Every line that at least two units have points on; (unit, line) in `without` do not count."""
    return list(_uses(scale, result, without))


def gaps_of(scale: Scale, result: Result) -> list[UnitGaps]:
    """The lines of every unit that do not apply to it, most first."""
    places = leaf_places(scale)
    most = sum((own_maximum(place) for place in places if place.node.part == "base"), ZERO)
    found = []
    for unit in result.units:
        aside = [one for one in places if _is_aside(unit.nodes.get(one.key))]
        base = [own_maximum(place) for place in aside if place.node.part == "base"]
        found.append(
            UnitGaps(
                unit=unit.unit,
                set_aside=len(aside),
                lines=len(places),
                lost=sum(base, ZERO),
                most=most,
                codes=tuple(place.key for place in aside),
            )
        )
    return sorted(found, key=lambda one: -one.lost)


def _uses(scale: Scale, result: Result, without: Collection[tuple[str, str]]) -> Iterator[LineUse]:
    for place in leaf_places(scale):
        points = [
            made.points
            for unit in result.units
            if (made := unit.nodes.get(place.key)) is not None
            and made.points is not None
            and made.state in ("scored", "override")
            and (unit.unit, place.key) not in without
        ]
        if len(points) < 2:
            continue
        maximum = own_maximum(place)
        yield LineUse(
            key=place.key,
            label=place.node.label,
            maximum=maximum,
            units=len(points),
            lowest=min(points),
            highest=max(points),
            equal=min(points) == max(points),
            full=maximum > 0 and min(points) >= maximum,
        )


def _is_aside(made: NodeResult | None) -> bool:
    return made is not None and made.state == "na"
