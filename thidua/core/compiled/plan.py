"""Sơ đồ ô tính: a slot for every place of a scale, copies of recurring lines included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction

from thidua.core.compiled.exact import Exact, common_denominator, scaled
from thidua.core.node import Band, Bounds, Case, Leader, Node, NotApplicable
from thidua.core.number import ZERO
from thidua.core.outline import Outline, Place, own_maximum, place_of
from thidua.core.scale import Header, Scale


@dataclass(frozen=True, slots=True)
class Slot:
    """A numbered place with its own maximum, scaled; base lines share in the denominator."""

    number: int
    place: Place
    maximum: Exact
    is_base: bool
    policy: NotApplicable


class Plan:
    """Slots by key and the common denominator of everything the scale states."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.outline = Outline(scale)
        steps = Fraction(1, 10**scale.header.decimals)
        self.denominator = common_denominator([steps, *_stated(scale)])
        self.slots: list[Slot] = []
        self.by_key: dict[str, Slot] = {}
        for node in scale.walk():
            for place in self.outline.places(node.code):
                self._add(place)

    def slot(self, node: Node, copy: int | None) -> Slot:
        """The slot of a node, or of its copy."""
        return self.by_key[place_of(node, copy).key]

    def number(self, figure: Fraction) -> Exact:
        """A figure on the plan's common denominator."""
        return scaled(figure, self.denominator)

    def optional(self, figure: Fraction | None) -> Exact | None:
        """As `number`; None stays None."""
        return None if figure is None else self.number(figure)

    def referred(self, code: str, copy: int | None) -> list[Slot]:
        """The slots a condition may mean; the first that was reached counts: its own copy first."""
        found = (self.by_key.get(f"{code}@{copy}"), self.by_key.get(code))
        return [slot for slot in found if slot is not None]

    def _add(self, place: Place) -> None:
        node = place.node
        own = self.number(own_maximum(place))
        policy = node.not_applicable or self.scale.header.not_applicable
        slot = Slot(len(self.slots), place, own, node.part == "base", policy)
        self.slots.append(slot)
        self.by_key[place.key] = slot


def _stated(scale: Scale) -> Iterator[Fraction]:
    header = scale.header
    yield from _fractions(header)
    for node in scale.walk():
        yield from _fractions(node)
        if isinstance(node, Leader):
            yield (node.stated_max or ZERO) * node.at_target


def _fractions(thing: object) -> Iterator[Fraction]:
    if isinstance(thing, Fraction):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            if not isinstance(item, Node):
                yield from _fractions(item)
    elif isinstance(thing, (Node, Band, Case, Bounds, Header)):
        for field in fields(thing):
            if field.name not in ("item", "items"):
                yield from _fractions(getattr(thing, field.name))
