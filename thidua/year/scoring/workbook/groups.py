"""Công thức của nhóm và của tổng: groups, totals and ranks over cells of one column.

Used by the unit's workbook and by the bloc's table; what stands in a cell below is points, nothing,
or words that say why there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thidua.core.maximum import copy_maximum, full_maximum
from thidua.core.node import Ledger, Node, Pick, Sum
from thidua.core.scale import Header
from thidua.year.scoring.lines import Line
from thidua.year.scoring.workbook.arithmetic import (
    LONGEST,
    NOT_APPLICABLE,
    clamped,
    count_of,
    number,
    quoted,
    rounded,
    runs,
    total,
    total_where,
)
from thidua.year.scoring.workbook.rules import policy_of

CellOf = Callable[[Line], tuple[str, int]]
NO_FIGURE = "-1E+9"  # below every sum of points a scale can give


def group_formula(line: Line, below: Sequence[Line], header: Header, cell: CellOf) -> str | None:
    """The points of a group from the cells of the lines directly below; None if it has no sum."""
    if not below:
        return None
    ranges = runs(cell(one) for one in below)
    text = _points(line, len(below), ranges)
    if text is None:
        return None
    if not isinstance(line.node, Ledger) or line.is_heading:
        all_aside = f"{count_of(ranges, NOT_APPLICABLE)}={len(below)}"
        text = f"IF({all_aside},{_aside(line, header)},{text})"
    return text if len(text) <= LONGEST else None


def _points(line: Line, count: int, ranges: Sequence[str]) -> str | None:
    node = line.node
    if line.is_heading and node.recurs is not None:
        added = total(ranges)
        if node.recurs.combine == "sum":
            return added
        return f"({added})/MAX(1,{count}-({count_of(ranges, NOT_APPLICABLE)}))"
    match node:
        case Sum():
            return clamped(total(ranges), cap=node.cap, floor=node.floor)
        case Ledger():
            return _ledger(node, ranges)
        case Pick(mode="max"):
            return _highest(count, ranges)
    return None


def _ledger(node: Ledger, ranges: Sequence[str]) -> str:
    rewards, taken = total_where(ranges, ">"), f"-({total_where(ranges, '<')})"
    added = rewards if node.bonus_cap is None else f"MIN({number(node.bonus_cap)},{rewards})"
    minus = taken if node.deduct_cap is None else f"MIN({number(node.deduct_cap)},{taken})"
    return clamped(f"{number(node.start)}+{added}-({minus})", cap=node.cap, floor=node.floor)


def _highest(count: int, ranges: Sequence[str]) -> str:
    """The highest; what is not yet scored competes with 0, what does not apply does not compete."""
    figures = "+".join(f"COUNT({one})" for one in ranges)
    settled = f"{figures}+{count_of(ranges, NOT_APPLICABLE)}"
    return f"MAX({','.join(ranges)},IF({settled}<{count},0,{NO_FIGURE}))"


def _aside(line: Line, header: Header) -> str:
    most = full_maximum(line.node) if line.is_heading else copy_maximum(line.node)
    policy = policy_of(line.node, header)
    if policy == "full_marks":
        return number(most)
    if policy == "zero":
        return "0"
    return quoted(NOT_APPLICABLE if policy == "drop_denominator" else "")


def can_add_up(node: Node) -> bool:
    """Whether a group's points follow from the cells below alone."""
    return isinstance(node, (Sum, Ledger)) or (isinstance(node, Pick) and node.mode == "max")


def part_formula(sections: Sequence[Line], part: str, header: Header, cell: CellOf) -> str:
    """The points of one part of the scale, after its cap (FORMAT section 7.1)."""
    found = total(runs(cell(one) for one in sections if one.node.part == part))
    if part == "bonus" and header.bonus_cap is not None:
        return f"MIN({number(header.bonus_cap)},{found})"
    if part == "deduct" and header.deduct_cap is not None:
        return f"MAX({number(-header.deduct_cap)},{found})"
    return found


def clamped_total(parts: Sequence[str], header: Header) -> str:
    """Base, bonus and deductions together, inside the limits of the total, before rounding."""
    return clamped("+".join(parts), cap=header.max_total, floor=header.min_total)


def total_formula(sections: Sequence[Line], header: Header, cell: CellOf) -> str:
    """The total of a column, rounded as the scale says."""
    parts = [
        part_formula(sections, part, header, cell)
        for part in ("base", "bonus", "deduct")
        if any(one.node.part == part for one in sections)
    ]
    exact = clamped_total(parts or ["0"], header)
    return rounded(exact, decimals=header.decimals, rounding=header.rounding)
