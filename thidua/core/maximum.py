"""Điểm tối đa: the maximum of a node where the file states none (FORMAT section 4)."""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch

from thidua.core.node import (
    Count,
    Flag,
    Ledger,
    Linear,
    Node,
    Pick,
    RankTable,
    Steps,
    Sum,
    Switch,
)
from thidua.core.number import ZERO


def copy_maximum(node: Node) -> Fraction:
    """The maximum of the node, or of one copy of it if it recurs; stated, else derived by kind."""
    return derived_maximum(node) if node.stated_max is None else node.stated_max


def full_maximum(node: Node) -> Fraction:
    """The maximum of all copies together: their sum, or one copy's when they are averaged."""
    times = node.recurs.times if node.recurs and node.recurs.combine == "sum" else 1
    return copy_maximum(node) * times


def share(node: Node) -> Fraction:
    """The node's share of the denominator before anything is not applicable."""
    return full_maximum(node) if node.part == "base" else ZERO


@singledispatch
def derived_maximum(node: Node) -> Fraction:
    """What the kind can give at most; 0 where only the file can say (leader, judged, imported)."""
    del node
    return ZERO


@derived_maximum.register
def _(node: Sum) -> Fraction:
    return sum((share(item) for item in node.items), ZERO)


@derived_maximum.register
def _(node: Ledger) -> Fraction:
    return node.start


@derived_maximum.register(Pick)
@derived_maximum.register(Switch)
def _(node: Pick | Switch) -> Fraction:
    return max((full_maximum(child) for child in node.children), default=ZERO)


@derived_maximum.register
def _(node: Count) -> Fraction:
    return node.cap if node.each > 0 and node.cap is not None else ZERO


@derived_maximum.register
def _(node: Flag) -> Fraction:
    return max(node.hit, node.miss, ZERO)


@derived_maximum.register
def _(node: Steps) -> Fraction:
    return max(ZERO, *(band.points for band in node.bands))


@derived_maximum.register
def _(node: Linear) -> Fraction:
    return ZERO if node.cap is None else node.cap


@derived_maximum.register
def _(node: RankTable) -> Fraction:
    return max(node.table)
