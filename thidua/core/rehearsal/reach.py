"""Loại đơn vị nào đạt được gì: least and most total for each kind of unit, and which classes.

Lines that do not apply to a kind (`applies_to`) are taken out first, as the scale treats them
(FORMAT 6). Within the rest every line may still be not applicable or hand-set; hand-set points are
left out. Floors and conditions of classes are left aside: a class is called reachable when its
threshold is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from thidua.core.lint.reach import Limit, Reach, part_reach
from thidua.core.maximum import full_maximum, share
from thidua.core.node import Case, Flag, Ledger, Node, Pick, Sum, Switch
from thidua.core.number import HUNDRED, ZERO
from thidua.core.rounding import round_to
from thidua.core.scale import ClassDef, Scale

Reachable = Literal["yes", "bonus", "no"]


@dataclass(frozen=True, slots=True)
class ClassReach:
    """Whether a class can be reached: yes, only with bonus points, or not at all."""

    code: str
    label: str
    reachable: Reachable


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReach:
    """What a kind of unit can reach ("" is any unit); None is no limit.

    `most` counts bonus points, `most_without_bonus` does not; `lines` are the lines that apply.
    """

    kind: str
    lines: int
    denominator: Fraction
    least: Limit
    most: Limit
    most_without_bonus: Limit
    classes: tuple[ClassReach, ...]


def reach_by_kind(scale: Scale, kinds: Sequence[str]) -> list[KindReach]:
    """The reach of every kind named."""
    return [_reach(scale, kind) for kind in kinds]


def _reach(scale: Scale, kind: str) -> KindReach:
    lost: list[Fraction] = []
    kept = [one for node in scale.sections if (one := _for_kind(scale, node, kind, lost))]
    own = replace(scale, sections=tuple(kept))
    base, bonus, deduct = (part_reach(own, part) for part in ("base", "bonus", "deduct"))
    whole, plain = base.plus(deduct).plus(bonus), base.plus(deduct)
    header = scale.header
    whole = _rounded(whole.clamped(cap=header.max_total, floor=header.min_total), scale)
    plain = _rounded(plain.clamped(cap=header.max_total, floor=header.min_total), scale)
    stated = sum((share(node) for node in scale.sections), ZERO)
    denominator = (stated if header.base is None else header.base) - sum(lost, ZERO)
    classes = () if scale.classification is None else scale.classification.classes
    return KindReach(
        kind=kind,
        lines=sum(1 for _ in own.leaves()),
        denominator=denominator,
        least=whole.low,
        most=whole.high,
        most_without_bonus=plain.high,
        classes=tuple(_class(scale, one, whole.high, plain.high, denominator) for one in classes),
    )


def _for_kind(scale: Scale, node: Node, kind: str, lost: list[Fraction]) -> Node | None:
    """The node as it stands for a kind of unit; None where nothing of it is left."""
    limits = node.applies_to
    if limits is not None and limits.types is not None and kind not in limits.types:
        return _set_aside(scale, node, lost)
    match node:
        case Sum() | Ledger() | Pick():
            inner: list[Fraction] = []
            kept = [_for_kind(scale, item, kind, inner) for item in node.items]
            items = tuple(one for one in kept if one is not None)
            if isinstance(node, Sum) and node.part == "base":
                lost.extend(inner)
            if not items and not isinstance(node, Ledger):
                return None
            return replace(node, items=items)
        case Switch():
            cases = tuple(
                Case(one.bounds, _for_kind(scale, one.item, kind, []) or _fixed(one.item, ZERO))
                for one in node.cases
            )
            return replace(node, cases=cases)
        case _:
            return node


def _set_aside(scale: Scale, node: Node, lost: list[Fraction]) -> Node | None:
    policy = node.not_applicable or scale.header.not_applicable
    if policy == "full_marks":
        return _fixed(node, full_maximum(node))
    if policy == "drop_denominator":
        lost.append(share(node))
    # a substitute is scored by the same rule, so the line stays
    return replace(node, applies_to=None) if policy == "substitute" else None


def _fixed(node: Node, points: Fraction) -> Node:
    return Flag(
        code=node.code,
        label=node.label,
        part=node.part,
        hit=points,
        miss=points,
        not_applicable="full_marks" if points else None,
        stated_max=points,
    )


def _class(
    scale: Scale, one: ClassDef, most: Limit, plain: Limit, denominator: Fraction
) -> ClassReach:
    if scale.classification is not None and scale.classification.key == "percent":
        most, plain = _percent(scale, most, denominator), _percent(scale, plain, denominator)
    reachable: Reachable = "no"
    if _reaches(one, most):
        reachable = "yes" if _reaches(one, plain) else "bonus"
    return ClassReach(one.code, one.label, reachable)


def _reaches(one: ClassDef, most: Limit) -> bool:
    if most is None:
        return True
    enough = one.bounds.ge is None or most >= one.bounds.ge
    return enough and (one.bounds.gt is None or most > one.bounds.gt)


def _percent(scale: Scale, total: Limit, denominator: Fraction) -> Limit:
    if total is None or denominator <= 0:
        return None
    header = scale.header
    percent = HUNDRED * total / denominator
    return round_to(percent, decimals=header.percent_decimals, rounding=header.rounding)


def _rounded(found: Reach, scale: Scale) -> Reach:
    def rounded(figure: Limit) -> Limit:
        if figure is None:
            return None
        header = scale.header
        return round_to(figure, decimals=header.decimals, rounding=header.rounding)

    return Reach(rounded(found.low), rounded(found.high))
