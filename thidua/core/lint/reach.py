"""Khoảng điểm có thể đạt: the lowest and highest points a node, and the total, can reach.

Hand-set points are left out. A line may always be not applicable, so 0 (or the maximum, where that
is what not applicable gives) belongs to every range. Percent and days late are taken as 0 or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.maximum import copy_maximum, share
from thidua.core.node import (
    Count,
    Flag,
    Imported,
    Judged,
    Leader,
    Ledger,
    Linear,
    Node,
    Part,
    Pick,
    RankTable,
    Steps,
    Sum,
    Switch,
)
from thidua.core.number import HUNDRED, ZERO
from thidua.core.rounding import round_to
from thidua.core.scale import Header, Scale

Limit = Fraction | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Lowest and highest points; None means no limit."""

    low: Limit
    high: Limit

    def plus(self, other: Reach) -> Reach:
        """The range of the sum of two figures."""
        return Reach(_add(self.low, other.low), _add(self.high, other.high))

    def times(self, number: int) -> Reach:
        """The range of the sum of several such figures."""
        low = None if self.low is None else self.low * number
        return Reach(low, None if self.high is None else self.high * number)

    def clamped(self, *, cap: Limit, floor: Limit) -> Reach:
        """The range after a cap, then a floor."""
        capped = Reach(_least(self.low, cap), _smaller(self.high, cap))
        if floor is None:
            return capped
        high = None if capped.high is None else max(capped.high, floor)
        return Reach(floor if capped.low is None else max(capped.low, floor), high)

    def with_figure(self, figure: Fraction) -> Reach:
        """The range widened to hold a figure."""
        low = None if self.low is None else min(self.low, figure)
        return Reach(low, None if self.high is None else max(self.high, figure))


NOTHING = Reach(ZERO, ZERO)


def reach_of(node: Node, header: Header) -> Reach:
    """The range of a node with all its copies."""
    one = _copy(node, header)
    if header.round_at == "leaf" and not node.children:
        one = _rounded(one, header)
    policy = node.not_applicable or header.not_applicable
    one = one.with_figure(copy_maximum(node) if policy == "full_marks" else ZERO)
    one = one.with_figure(ZERO)
    if node.recurs is None or node.recurs.combine == "mean":
        return one
    return one.times(node.recurs.times)


def part_reach(scale: Scale, part: Part) -> Reach:
    """The range of the sections of one part, after the cap of the header."""
    sections = [node for node in scale.sections if node.part == part]
    found = sum_of(reach_of(node, scale.header) for node in sections)
    if part == "bonus":
        return Reach(found.low, _smaller(found.high, scale.header.bonus_cap))
    if part == "deduct" and scale.header.deduct_cap is not None:
        return found.clamped(cap=None, floor=-scale.header.deduct_cap)
    return found


def highest_total(scale: Scale, *, with_bonus: bool) -> Limit:
    """The highest total before rounding; None when nothing limits it."""
    found = part_reach(scale, "base").plus(part_reach(scale, "deduct"))
    if with_bonus:
        found = found.plus(part_reach(scale, "bonus"))
    return found.clamped(cap=scale.header.max_total, floor=scale.header.min_total).high


def highest_percent(scale: Scale, *, with_bonus: bool) -> Limit:
    """The highest percent before rounding; None when nothing limits it.

    Lines that drop out make the denominator smaller: where points beyond the maximum are possible
    besides, no limit can be named.
    """
    whole = scale.header.base if scale.header.base is not None else _sum_of_shares(scale)
    total = highest_total(scale, with_bonus=with_bonus)
    if total is None or whole <= 0 or (total > whole and _can_drop(scale)):
        return None
    return HUNDRED * total / whole


def sum_of(reaches: Iterable[Reach]) -> Reach:
    """The range of the sum of figures."""
    total = NOTHING
    for found in reaches:
        total = total.plus(found)
    return total


def _copy(node: Node, header: Header) -> Reach:
    match node:
        case Sum():
            found = sum_of(reach_of(item, header) for item in node.items)
            return found.clamped(cap=node.cap, floor=node.floor)
        case Ledger():
            return _ledger(node, header)
        case Pick():
            return _hull(reach_of(item, header) for item in node.items)
        case Switch():
            return _hull([*(reach_of(c.item, header) for c in node.cases), _else(node.otherwise)])
        case _:
            return _leaf(node)


def _leaf(node: Node) -> Reach:
    match node:
        case Count():
            return _count(node)
        case Flag():
            return _span([node.hit, node.miss])
        case Steps():
            return _hull([_span([band.points for band in node.bands]), _else(node.otherwise)])
        case Linear():
            return _linear(node)
        case Leader():
            whole = copy_maximum(node)
            return _span([ZERO, whole * node.at_target, whole])
        case RankTable():
            return _span([*node.table, node.otherwise])
        case Judged() | Imported():
            return Reach(node.minimum, node.stated_max)
        case _:
            return NOTHING


def _ledger(node: Ledger, header: Header) -> Reach:
    parts = [reach_of(item, header) for item in node.items]
    gains = sum_of(Reach(ZERO, None if p.high is None else max(p.high, ZERO)) for p in parts)
    high = _smaller(gains.high, node.bonus_cap)
    losses = deductions_of(node, header)
    start = Reach(
        None if losses is None else node.start - losses,
        None if high is None else node.start + high,
    )
    return start.clamped(cap=node.cap, floor=node.floor)


def deductions_of(node: Ledger, header: Header) -> Limit:
    """The most a ledger can deduct, as a positive number, after its own cap; None for no limit."""
    losses = sum_of(
        Reach(ZERO, None if found.low is None else max(-found.low, ZERO))
        for found in (reach_of(item, header) for item in node.items)
    )
    return _smaller(losses.high, node.deduct_cap)


def _count(node: Count) -> Reach:
    if node.each > 0:
        return Reach(ZERO, node.cap)
    if node.each < 0:
        return Reach(None if node.cap is None else -node.cap, ZERO)
    return NOTHING


def _linear(node: Linear) -> Reach:
    slope = node.each / node.per
    if slope == 0:
        found = Reach(node.at, node.at)
    else:
        starts = _at_least(node) if node.x.kind in ("percent", "days_late") else None
        found = Reach(starts, None) if slope > 0 else Reach(None, starts)
    return found.clamped(cap=node.cap, floor=node.floor)


def _at_least(node: Linear) -> Fraction:
    """The points where x is 0, its lower end."""
    steps = -node.origin / node.per
    return node.at + node.each * (steps.__floor__() if node.whole else steps)


def _else(otherwise: Fraction | str) -> Reach:
    return Reach(otherwise, otherwise) if isinstance(otherwise, Fraction) else NOTHING


def _span(figures: Iterable[Fraction]) -> Reach:
    known = list(figures)
    return Reach(min(known), max(known))


def _hull(reaches: Iterable[Reach]) -> Reach:
    known = list(reaches)
    lows = [found.low for found in known if found.low is not None]
    highs = [found.high for found in known if found.high is not None]
    low = min(lows) if len(lows) == len(known) else None
    return Reach(low, max(highs) if len(highs) == len(known) else None)


def _rounded(found: Reach, header: Header) -> Reach:
    def rounded(figure: Limit) -> Limit:
        if figure is None:
            return None
        return round_to(figure, decimals=header.decimals, rounding=header.rounding)

    return Reach(rounded(found.low), rounded(found.high))


def _can_drop(scale: Scale) -> bool:
    policies = [node.not_applicable or scale.header.not_applicable for node in scale.walk()]
    return "drop_denominator" in policies


def _sum_of_shares(scale: Scale) -> Fraction:
    return sum((share(node) for node in scale.sections), ZERO)


def _add(one: Limit, other: Limit) -> Limit:
    return None if one is None or other is None else one + other


def _smaller(figure: Limit, cap: Limit) -> Limit:
    """An upper end under a cap; None is no limit."""
    if figure is None or cap is None:
        return cap if figure is None else figure
    return min(figure, cap)


def _least(figure: Limit, cap: Limit) -> Limit:
    """A lower end under a cap; None stays unlimited."""
    return figure if figure is None or cap is None else min(figure, cap)
