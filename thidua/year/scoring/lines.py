"""Dòng của bảng chấm: what each line of a scale asks for and within which points, in file order.

Pure: made from a scale of the core alone, once per scale version. A recurring node gives one
heading line and then one line per copy (``CODE@1`` …), as FORMAT section 5 writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import singledispatch

from thidua.core.maximum import copy_maximum, full_maximum
from thidua.core.node import (
    UNDECIDED,
    Count,
    Else,
    Flag,
    Imported,
    Judged,
    Leader,
    Ledger,
    Linear,
    Node,
    Pick,
    RankTable,
    Steps,
    Sum,
    Switch,
    X,
)
from thidua.core.number import ZERO
from thidua.core.outline import Place, place_of
from thidua.core.scale import Scale

Span = tuple[Fraction | None, Fraction | None]


class Ask(Enum):
    """What a person types on a line; the rest follows from the rule."""

    POINTS = "points"  # the points themselves (judged, imported)
    PAIR = "pair"  # target and result
    NUMBER = "number"  # one figure, or several whose mean counts
    WORD = "word"  # one of the words of the bands
    TRUTH = "truth"  # có hoặc không
    DATE = "date"  # the day it was done, and the day it was due
    CHOICE = "choice"  # one of the lines below
    NOTHING = "nothing"  # a group, or a line that facts of the unit decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a line: what is stored and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the score table.

    `key` is CODE or CODE@n; `span` the points a person may set by hand, None where there is no
    limit; `whole` and `least` bound a typed figure; `above` the keys of the groups around it.
    """

    key: str
    node: Node
    label: str
    depth: int
    ask: Ask
    maximum: Fraction
    span: Span
    above: tuple[str, ...]
    is_leaf: bool
    is_heading: bool = False
    options: tuple[Option, ...] = ()
    whole: bool = False
    least: Fraction | None = None

    @property
    def code(self) -> str:
        """The code as officials write it; copies of a recurring line share it."""
        return self.node.code

    @property
    def section(self) -> str:
        """The key of the section the line stands in."""
        return self.above[0] if self.above else self.key

    @property
    def is_judged(self) -> bool:
        """Whether a person gives the points, so that the machine suggests none."""
        return isinstance(self.node, (Judged, Imported))

    @property
    def wants_source(self) -> bool:
        """Whether the figure comes from another agency, which has to be named."""
        return isinstance(self.node, Imported)

    @property
    def wants_evidence(self) -> bool:
        """Whether a scored line must cite a document."""
        return self.is_leaf and self.node.evidence is not None and self.node.evidence.required

    @property
    def takes_review(self) -> bool:
        """Whether "đã rà soát, không có vi phạm nào" means something: a group in which what is
        counted only takes points off."""
        if self.is_leaf or self.is_heading:
            return False
        counted = [points for node in _below(self.node) for points in _points_of_a_case(node)]
        return bool(counted) and all(points < 0 for points in counted)


def lines_of(scale: Scale) -> tuple[Line, ...]:
    """Every line of a scale in file order, copies of recurring lines after their heading."""
    found: list[Line] = []
    for section in scale.sections:
        found.extend(_lines(section, None, ()))
    return tuple(found)


def _lines(node: Node, copy: int | None, above: tuple[str, ...]) -> Iterator[Line]:
    if node.recurs is not None and copy is None:
        heading = place_of(node, None)
        yield _line(heading, above, is_heading=True)
        for number in range(1, node.recurs.times + 1):
            yield from _lines(node, number, (*above, heading.key))
        return
    place = place_of(node, copy)
    yield _line(place, above)
    for child in node.children:
        yield from _lines(child, copy, (*above, place.key))


def _line(place: Place, above: tuple[str, ...], *, is_heading: bool = False) -> Line:
    node = place.node
    ask = Ask.NOTHING if is_heading else asked(node)
    return Line(
        key=place.key,
        node=node,
        label=_label(place),
        depth=len(above),
        ask=ask,
        maximum=full_maximum(node) if is_heading else copy_maximum(node),
        span=(None, None) if is_heading else span_of(node),
        above=above,
        is_leaf=not node.children and not is_heading,
        is_heading=is_heading,
        options=_options(node, ask),
        whole=isinstance(node, Count) or (isinstance(node, Steps) and node.whole),
        least=ZERO if isinstance(node, (Count, Leader)) else None,
    )


def _label(place: Place) -> str:
    words = place.node.label or place.node.code
    return f"{words}, kỳ {place.copy}" if place.copy is not None else words


def asked(node: Node) -> Ask:
    """What a person types on a line of this kind (FORMAT section 4, Input)."""
    match node:
        case Judged() | Imported():
            return Ask.POINTS
        case Leader():
            return Ask.PAIR
        case RankTable():
            return Ask.NUMBER
        case Flag():
            return Ask.TRUTH if node.condition is None else Ask.NOTHING
        case Pick():
            return Ask.CHOICE if node.mode == "chosen" else Ask.NOTHING
        case Count() | Linear():
            return _asked_by(node.x, words=False)
        case Steps():
            return _asked_by(node.x, words=bool(_words(node)))
        case Switch():
            return _asked_by(node.x, words=bool(_words(node)))
        case _:
            return Ask.NOTHING


def _asked_by(x: X, *, words: bool) -> Ask:
    if x.kind == "percent":
        return Ask.PAIR
    if x.kind == "days_late":
        return Ask.DATE
    if x.kind == "field":
        return Ask.NOTHING
    return Ask.WORD if words else Ask.NUMBER


def _words(node: Steps | Switch) -> list[str]:
    """The words its bands name, if they name words alone."""
    bounds = [part.bounds for part in (node.bands if isinstance(node, Steps) else node.cases)]
    return [bound.eq for bound in bounds if isinstance(bound.eq, str)]


def _options(node: Node, ask: Ask) -> tuple[Option, ...]:
    if ask is Ask.CHOICE:
        return tuple(Option(value=one.code, label=one.label or one.code) for one in node.children)
    if ask is Ask.WORD and isinstance(node, (Steps, Switch)):
        return tuple(Option(value=word, label=word) for word in _words(node))
    if ask is Ask.TRUTH:
        return (Option(value="co", label="Có"), Option(value="khong", label="Không"))
    return ()


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _below(child)


def _points_of_a_case(node: Node) -> tuple[Fraction, ...]:
    """What one case on a line that counts cases gives; such lines are what a review speaks for."""
    if isinstance(node, Count) and node.x.kind == "value":
        return (node.each,)
    return (node.hit,) if isinstance(node, Flag) and node.condition is None else ()


@singledispatch
def span_of(node: Node) -> Span:
    """The points a person may set on a line: what its rule can give at all."""
    del node
    return (None, None)


@span_of.register
def _(node: Judged) -> Span:
    return (node.minimum, node.stated_max)


@span_of.register
def _(node: Imported) -> Span:
    return (node.minimum, node.stated_max)


@span_of.register
def _(node: Leader) -> Span:
    return (ZERO, copy_maximum(node))


@span_of.register
def _(node: Count) -> Span:
    if node.each < 0:
        return (None if node.cap is None else -node.cap, ZERO)
    return (ZERO, node.cap)


@span_of.register
def _(node: Flag) -> Span:
    return _around(node, node.hit, node.miss)


@span_of.register
def _(node: Steps) -> Span:
    return _around(node, *(band.points for band in node.bands), *_else(node.otherwise))


@span_of.register
def _(node: Linear) -> Span:
    if node.floor is None and node.cap is None:
        return (None, None)
    high = None if node.cap is None else max(node.cap, copy_maximum(node))
    return (node.floor, high)


@span_of.register
def _(node: RankTable) -> Span:
    return _around(node, *node.table, node.otherwise)


@span_of.register(Sum)
@span_of.register(Ledger)
def _(node: Sum | Ledger) -> Span:
    return (node.floor, node.cap)


def _around(node: Node, *points: Fraction) -> Span:
    return (min(ZERO, *points), max(ZERO, copy_maximum(node), *points))


def _else(otherwise: Else) -> tuple[Fraction, ...]:
    return () if otherwise == UNDECIDED else (otherwise,)
