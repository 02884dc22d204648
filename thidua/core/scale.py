"""Thang điểm: one scale/1 file as values (FORMAT sections 3 and 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from thidua.core.condition import Condition, Subject
from thidua.core.node import Bounds, Evidence, Node, NotApplicable, NotAssignedWithResult
from thidua.core.number import ZERO

FigureKey = Literal["points", "percent"]
ANYWHERE = Bounds()


@dataclass(frozen=True, slots=True)
class Source:
    """Where the scale was taken from and how much of it."""

    ref: str
    completeness: Literal["full", "partial", "constructed"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """ISO dates, both inclusive."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class FieldDef:
    """A fact of a unit that conditions and `x` may read."""

    name: str
    type: Literal["number", "date", "flag", "text"]
    unit: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The key `scale`: caps, clamps, rounding and what happens to lines that do not apply."""

    base: Fraction | None
    bonus_cap: Fraction | None
    deduct_cap: Fraction | None
    max_total: Fraction | None
    min_total: Fraction | None = ZERO
    decimals: int
    percent_decimals: int = 2
    rounding: Literal["half_up", "half_even"]
    round_at: Literal["total", "leaf"] = "total"
    not_applicable: NotApplicable
    not_assigned_with_result: NotAssignedWithResult = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Điều kiện loại, hạ: a condition with an effect on rank, consideration or class."""

    code: str
    label: str
    when: Condition
    effect: Literal["unranked", "not_considered", "demote", "block"]
    by: int = 1
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ClassFloor:
    """Every node of `over` reaches `percent` of its maximum; `over` is a word or node codes."""

    over: Literal["leaves", "sections"] | tuple[str, ...]
    percent: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDef:
    """Một mức xếp loại: holds when band, floor and condition (key `if`) all hold."""

    code: str
    label: str
    bounds: Bounds = ANYWHERE
    floor: ClassFloor | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """Classes, best first, on the rounded total or percent."""

    classes: tuple[ClassDef, ...]
    key: FigureKey = "points"


@dataclass(frozen=True, slots=True)
class TieBreak:
    """Tiêu chí phụ khi bằng điểm: the figure compared next, high first unless `order` is asc."""

    subject: Subject
    name: str
    order: Literal["desc", "asc"] = "desc"


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the units are ordered by."""

    key: FigureKey = "points"
    tie_breaks: tuple[TieBreak, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A whole scoring scale. `sections` are the top-level nodes."""

    name: str
    version: str
    title: str
    source: Source
    header: Header
    sections: tuple[Node, ...]
    fields: tuple[FieldDef, ...] = ()
    period: Period | None = None
    gates: tuple[Gate, ...] = ()
    classification: Classification | None = None
    ranking: Ranking = Ranking()
    states_ranking: bool = False

    def walk(self) -> Iterator[Node]:
        """Every node in file order, a container before its children."""
        for section in self.sections:
            yield from walk(section)

    def leaves(self) -> Iterator[Node]:
        """Every node without children, in file order."""
        return (node for node in self.walk() if not node.children)

    def index(self) -> dict[str, Node]:
        """Nodes by code; the first wins where a code stands twice."""
        found: dict[str, Node] = {}
        for node in self.walk():
            found.setdefault(node.code, node)
        return found

    def field_index(self) -> dict[str, FieldDef]:
        """Declared fields by name."""
        return {field.name: field for field in self.fields}


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it in file order."""
    yield node
    for child in node.children:
        yield from walk(child)
