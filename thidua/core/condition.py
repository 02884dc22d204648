"""Điều kiện của thang điểm: conditions of scale/1 (FORMAT section 4, Conditions)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Scalar = Fraction | str | bool
Subject = Literal["field", "points", "percent", "total"]
Operator = Literal["ge", "gt", "le", "lt", "eq", "ne", "in"]
OPERATORS: tuple[Operator, ...] = ("ge", "gt", "le", "lt", "eq", "ne", "in")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One operator with the value (for `in`: the values) it compares with."""

    operator: Operator
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """A fact held against comparisons, which are ANDed; `given` asks only whether it is known.

    `name` is the field, the node code, or for `total` the figure ("points" or "percent").
    """

    __test__ = False  # pytest collects classes called Test

    subject: Subject
    name: str
    comparisons: tuple[Comparison, ...] = ()
    given: bool | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Test | All | Any | Not


def tests_of(condition: Condition) -> Iterator[Test]:
    """Walk every test of a condition, in file order."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests_of(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests_of(part)
