"""Cộng trừ từ điểm chuẩn (ledger): rewards and deductions capped apart, before netting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.kinds.limits import limited
from thidua.core.node import Ledger
from thidua.core.number import ZERO
from thidua.core.points import show
from thidua.core.rounding import clamp


@dataclass(frozen=True, slots=True)
class Entries:
    """What the items of a ledger add and take, both ≥ 0 and after their caps."""

    rewards: Fraction
    deductions: Fraction


def entries(node: Ledger, item_points: Iterable[Fraction], *, exempt: bool) -> Entries:
    """Sum rewards and deductions apart; an exempt unit takes no deductions."""
    found = list(item_points)
    rewards = sum((points for points in found if points > 0), ZERO)
    deductions = ZERO if exempt else -sum((points for points in found if points < 0), ZERO)
    return Entries(_capped(rewards, node.bonus_cap), _capped(deductions, node.deduct_cap))


def score(node: Ledger, found: Entries) -> Fraction:
    """start + rewards − deductions, then cap, then floor."""
    net = node.start + found.rewards - found.deductions
    return clamp(net, cap=node.cap, floor=node.floor)


def words(node: Ledger, found: Entries, points: Fraction) -> str:
    """The account as an official would write it."""
    net = node.start + found.rewards - found.deductions
    account = f"{show(node.start)} + {show(found.rewards)} − {show(found.deductions)} = {show(net)}"
    return limited(account, before=net, points=points)


def _capped(figure: Fraction, cap: Fraction | None) -> Fraction:
    return figure if cap is None else min(figure, cap)
