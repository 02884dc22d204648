"""Dàn ý của thang điểm: where each line stands, with one place per copy of a recurring line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.maximum import copy_maximum, full_maximum
from thidua.core.node import Leader, Node, RankTable
from thidua.core.scale import Scale, walk


@dataclass(frozen=True, slots=True)
class Place:
    """A node, or one copy of it; `key` is CODE or CODE@n as inputs and results write it."""

    node: Node
    copy: int | None
    key: str

    @property
    def is_recurrence(self) -> bool:
        """Whether the place stands for all copies of a recurring node together."""
        return self.node.recurs is not None and self.copy is None


def own_maximum(place: Place) -> Fraction:
    """The maximum of a place while everything in it applies: one copy's, or that of all copies."""
    return full_maximum(place.node) if place.is_recurrence else copy_maximum(place.node)


def place_of(node: Node, copy: int | None) -> Place:
    """The place of a node, or of its copy."""
    return Place(node, copy, node.code if copy is None else f"{node.code}@{copy}")


class Outline:
    """Nodes by code, what stands above each, and the copies of each."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.nodes = scale.index()
        self.above: dict[str, tuple[Node, ...]] = {}
        for section in scale.sections:
            self._note(section, ())
        self._times = {code: self._times_of(code) for code in self.nodes}

    def places(self, code: str) -> Iterator[Place]:
        """The place of a code, or the places of all its copies inside a recurring node."""
        node, times = self.nodes[code], self._times[code]
        for copy in range(1, times + 1):
            yield place_of(node, copy)
        if not times or node.recurs:
            yield place_of(node, None)

    def has_copies(self, code: str) -> bool:
        """Whether the node recurs or stands inside one that does."""
        return self._times[code] > 0

    def knows(self, key: str) -> bool:
        """Whether an input may stand under the key."""
        code, at, number = key.partition("@")
        if code not in self.nodes:
            return False
        return not at or (number.isascii() and _counts_to(number, self._times[code]))

    def addressed(self, key: str) -> list[Place]:
        """The places an input under the key speaks for: one, or every copy for a code without @."""
        code, at, number = key.partition("@")
        node = self.nodes[code]
        return [place_of(node, int(number))] if at else list(self.places(code))

    def below(self, place: Place) -> Iterator[Place]:
        """The place and every place under it."""
        for node in walk(place.node):
            if place.copy is not None:
                yield place_of(node, place.copy)
            else:
                yield from self.places(node.code)

    def cohort_places(self) -> Iterator[Place]:
        """The places whose points depend on the other units (leader, rank_table)."""
        for node in self.nodes.values():
            if isinstance(node, (Leader, RankTable)):
                yield from (spot for spot in self.places(node.code) if not spot.is_recurrence)

    def _note(self, node: Node, above: tuple[Node, ...]) -> None:
        self.above.setdefault(node.code, above)
        for child in node.children:
            self._note(child, (*above, node))

    def _times_of(self, code: str) -> int:
        chain = (*self.above[code], self.nodes[code])
        return next((node.recurs.times for node in chain if node.recurs), 0)


def _counts_to(number: str, times: int) -> bool:
    return number in map(str, range(1, times + 1))
