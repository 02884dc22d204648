"""Ai lên, ai xuống, vì dòng nào: places before and on the draft, and the lines behind the change.

Two scales of different size are compared in percent of the whole scale. What a line does for a unit
is how far the unit is above the mean of all units on it; a place changes because some of these
advantages grow and others shrink.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.maximum import share
from thidua.core.number import HUNDRED, ZERO
from thidua.core.rehearsal.carrying import LastYear
from thidua.core.rehearsal.lines import leaf_places
from thidua.core.result import Result, UnitResult
from thidua.core.scale import Scale

MOST_REASONS = 4
LEAST = Fraction(1, 200)  # what two decimals still show
Advantages = dict[str, dict[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Reason:
    """A line that moved a unit, by so many percent points of the whole scale.

    `new` and `old` are codes; one is empty where the line stands in one scale alone.
    """

    new: str
    old: str
    change: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One unit on both scales; places count among the units compared. None: no total or place.

    `rival` is the unit it changed order with that ends nearest to it; the reasons then are what
    the lines did for this unit beyond what they did for that one. Without a rival they are what
    the lines did for the unit against the mean.
    """

    unit: str
    old_total: Fraction | None
    old_place: int | None
    new_total: Fraction | None
    new_place: int | None
    old_share: Fraction | None
    new_share: Fraction | None
    reasons: tuple[Reason, ...]
    rival: str = ""

    @property
    def climbed(self) -> int:
        """How many places up; down is negative."""
        if self.old_place is None or self.new_place is None:
            return 0
        return self.old_place - self.new_place


def most_points(scale: Scale) -> Fraction:
    """The whole of a scale: its base, else its maxima together."""
    if scale.header.base is not None:
        return scale.header.base
    return sum((share(section) for section in scale.sections), ZERO)


def movers_of(
    draft: Scale, result: Result, units: Sequence[LastYear], pairs: Mapping[str, str]
) -> list[Mover]:
    """Every unit, best on the draft first."""
    before = {one.sheet.unit: one for one in units}
    new, old = advantages(draft, result.units), _old_advantages(units)
    then = _old_places(units)
    now = {unit.unit: unit.rank for unit in result.units if unit.rank is not None}
    deltas = {unit: _deltas(unit, new, old, pairs) for unit in before}
    found = []
    for unit in result.units:
        rival = _rival(unit.unit, then, now)
        change = deltas[unit.unit]
        if rival:
            change = _beyond(change, deltas[rival])
        found.append(_mover(draft, unit, before[unit.unit], then, _largest(change), rival))
    return sorted(found, key=lambda one: (one.new_place is None, one.new_place or 0))


def _rival(unit: str, then: Mapping[str, int], now: Mapping[str, int]) -> str:
    """The unit whose order with this one changed and that stands nearest on the draft."""
    if unit not in then or unit not in now:
        return ""
    passed = [
        other
        for other in then
        if other in now and (then[other] - then[unit]) * (now[other] - now[unit]) < 0
    ]
    return min(passed, key=lambda other: (abs(now[other] - now[unit]), other), default="")


def _beyond(own: Sequence[Reason], other: Sequence[Reason]) -> list[Reason]:
    """What lines did for one unit more than for another."""
    found = {(one.new, one.old): one.change for one in own}
    for one in other:
        key = (one.new, one.old)
        found[key] = found.get(key, ZERO) - one.change
    return [Reason(*key, change) for key, change in found.items()]


def advantages(scale: Scale, units: Sequence[UnitResult]) -> Advantages:
    """By unit and line: points above the mean of the units on the line, in percent of the scale."""
    whole = most_points(scale) or HUNDRED
    found: Advantages = {unit.unit: {} for unit in units}
    for place in leaf_places(scale):
        scored = [
            (unit.unit, made.points)
            for unit in units
            if (made := unit.nodes.get(place.key)) is not None and made.points is not None
        ]
        if not scored:
            continue
        mean = sum((points for _, points in scored), ZERO) / len(scored)
        for unit_name, points in scored:
            own = found[unit_name]
            gain = HUNDRED * (points - mean) / whole
            own[place.node.code] = own.get(place.node.code, ZERO) + gain
    return found


def strengths_of(scale: Scale, result: Result) -> dict[str, tuple[Reason, ...]]:
    """For figures without a year before: the lines that set each unit apart most."""
    found = advantages(scale, result.units)
    return {
        unit: _largest(Reason(code, "", gain) for code, gain in lines.items())
        for unit, lines in found.items()
    }


def _old_advantages(units: Sequence[LastYear]) -> Advantages:
    """Units of several scales are each compared with those under the same scale."""
    found: Advantages = {}
    scales = {(one.scale.name, one.scale.version): one.scale for one in units}
    for name, scale in scales.items():
        own = [one.result for one in units if (one.scale.name, one.scale.version) == name]
        found |= advantages(scale, own)
    return found


def _old_places(units: Sequence[LastYear]) -> dict[str, int]:
    """Places among the units compared: by rank under one scale, else by percent of the scale."""
    one_scale = len({(one.scale.name, one.scale.version) for one in units}) == 1
    figures: dict[str, Fraction] = {}
    for one in units:
        figure = -Fraction(one.result.rank) if one.result.rank else None
        if not one_scale:
            figure = _share(one.scale, one.result.total) if one.result.rank else None
        if figure is not None:
            figures[one.sheet.unit] = figure
    return {
        unit: 1 + sum(1 for other in figures.values() if other > figure)
        for unit, figure in figures.items()
    }


def _mover(
    draft: Scale,
    unit: UnitResult,
    before: LastYear,
    places: Mapping[str, int],
    reasons: tuple[Reason, ...],
    rival: str,
) -> Mover:
    return Mover(
        unit=unit.unit,
        old_total=before.result.total,
        old_place=places.get(unit.unit),
        new_total=unit.total,
        new_place=unit.rank,
        old_share=_share(before.scale, before.result.total),
        new_share=_share(draft, unit.total),
        reasons=reasons,
        rival=rival,
    )


def _share(scale: Scale, total: Fraction | None) -> Fraction | None:
    whole = most_points(scale)
    return None if total is None or not whole else HUNDRED * total / whole


def _deltas(unit: str, new: Advantages, old: Advantages, pairs: Mapping[str, str]) -> list[Reason]:
    now, then = new.get(unit, {}), old.get(unit, {})
    used = set(pairs.values())
    found = [
        Reason(code, pairs.get(code, ""), gain - then.get(pairs.get(code, ""), ZERO))
        for code, gain in now.items()
    ]
    found += [Reason("", code, -gain) for code, gain in then.items() if code not in used]
    return found


def _largest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    listed = [one for one in reasons if abs(one.change) >= LEAST]
    listed.sort(key=lambda one: (-abs(one.change), one.new, one.old))
    return tuple(listed[:MOST_REASONS])
