"""Số liệu dựng để thử: sheets of sample units drawn from a seed, the same for everybody.

Sample units bear sample names: no made-up figure is ever pinned on a real agency. The figures are
meant to look like an ordinary year: most lines near their maximum, a few targets not assigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from thidua.core.firmness import HALF, WORD_BYTES, index_of, words_of
from thidua.core.maximum import copy_maximum
from thidua.core.node import (
    Bounds,
    Count,
    Flag,
    Imported,
    Judged,
    Leader,
    Linear,
    Node,
    Pick,
    Steps,
    Switch,
    X,
)
from thidua.core.outline import Outline
from thidua.core.rounding import round_to
from thidua.core.scale import FieldDef, Scale
from thidua.core.sheet import Input, Sheet, SheetSet

WORDS = 6
SOURCE = "Số liệu mẫu"
DAY, DUE = "2026-06-30", "2026-06-30"
UNUSUAL = 10  # one in ten: a target not assigned, a case counted, a day late


class Dice:
    """A few seeded throws for one line of one unit."""

    def __init__(self, seed: str, *, unit: str, key: str) -> None:
        self._words = words_of(seed, unit=unit, key=key, draws=WORDS)
        self._used = 0

    def throw(self, places: int) -> int:
        """One of so many places, from 0."""
        self._used += 1
        turn = (self._used - 1) % (len(self._words) // WORD_BYTES)
        return index_of(self._words, turn, places=places)

    def is_unusual(self) -> bool:
        """One time in ten."""
        return self.throw(UNUSUAL) == 0


def sample_sheets(scale: Scale, kinds: Sequence[str], *, seed: str) -> SheetSet:
    """A sheet for each kind of unit named, "Đơn vị mẫu 1" and on."""
    outline = Outline(scale)
    sheets = [
        _sheet(outline, f"Đơn vị mẫu {number}", kind, seed=seed)
        for number, kind in enumerate(kinds, 1)
    ]
    return SheetSet(sheets=tuple(sheets), period=scale.period)


def sample_input(node: Node, dice: Dice) -> Input:
    """A made-up figure for a line; empty for a group that asks for nothing."""
    match node:
        case Judged() | Imported():
            return {"value": _points(node, dice), "source": SOURCE}
        case Leader():
            return _pair(dice)
        case Flag():
            usual = node.hit >= node.miss
            return {} if node.condition else {"value": usual != dice.is_unusual()}
        case Count():
            return _counted(node, dice)
        case Linear():
            return _straight(node, dice)
        case Steps():
            return _inside(node.x, [band.bounds for band in node.bands], dice)
        case Switch():
            return _inside(node.x, [case.bounds for case in node.cases], dice)
        case Pick() if node.mode == "chosen":
            return {"chosen": node.items[dice.throw(len(node.items))].code}
        case _ if node.children:
            return {"reviewed": True}
        case _:
            return {"value": 1 + dice.throw(20)}


def _sheet(outline: Outline, unit: str, kind: str, *, seed: str) -> Sheet:
    inputs = {
        place.key: found
        for code in outline.nodes
        for place in outline.places(code)
        if not place.is_recurrence
        and (found := sample_input(place.node, Dice(seed, unit=unit, key=place.key)))
    }
    fields = {
        name: _fact(field, Dice(seed, unit=unit, key=name))
        for name, field in outline.scale.field_index().items()
    }
    return Sheet(unit=unit, type=kind or None, fields=fields, inputs=inputs)


def _fact(field: FieldDef, dice: Dice) -> object:
    match field.type:
        case "flag":
            return not dice.is_unusual()
        case "number":
            return 10 + dice.throw(90)
        case "date":
            return DAY
        case _:
            return ""


def _points(node: Judged | Imported, dice: Dice) -> Fraction:
    most = Fraction(10) if node.stated_max is None else node.stated_max
    least = Fraction(0) if node.minimum is None else node.minimum
    steps = max(1, (most - least) * 3 // 10 // HALF + 1)
    lost = min(dice.throw(steps), dice.throw(steps))
    return max(least, most - lost * HALF)


def _pair(dice: Dice) -> Input:
    if dice.is_unusual():
        return {"target": 0}
    target = 20 * (1 + dice.throw(10))
    return {"target": target, "result": target * (80 + dice.throw(36)) // 100}


def _counted(node: Count, dice: Dice) -> Input:
    if node.x.kind == "percent":
        return {"target": 1, "result": 1}
    if node.x.kind == "days_late":
        return _dates(dice)
    often = dice.throw(4) if node.each > 0 else int(dice.is_unusual())
    return {"value": often}


def _straight(node: Linear, dice: Dice) -> Input:
    if node.x.kind == "percent":
        return _pair(dice)
    if node.x.kind == "days_late":
        return _dates(dice)
    most = copy_maximum(node) or Fraction(5)
    slope = node.each / node.per if node.each else Fraction(1)
    wanted = most * (7 + dice.throw(4)) / 10
    found = node.origin + (wanted - node.at) / slope
    return {"value": round_to(found, decimals=1, rounding="half_up")}


def _inside(x: X, bounds: Sequence[Bounds], dice: Dice) -> Input:
    if x.kind == "days_late":
        return _dates(dice)
    found = bounds[min(dice.throw(len(bounds)), dice.throw(len(bounds)))]
    value = _within(found)
    if x.kind == "percent" and isinstance(value, Fraction):
        return {"target": 100, "result": value}
    return {"value": value}


def _within(found: Bounds) -> Fraction | str:
    if found.eq is not None:
        return found.eq
    low = found.ge if found.ge is not None else found.gt
    high = found.le if found.le is not None else found.lt
    if low is None:
        return (high or Fraction(1)) - (0 if found.le is not None else 1)
    if found.ge is not None:
        return low
    return low + 1 if high is None else (low + high) / 2


def _dates(dice: Dice) -> Input:
    late = dice.throw(5) + 1 if dice.is_unusual() else 0
    return {"due": DUE, "date": DAY if not late else f"2026-07-{late:02d}"}
