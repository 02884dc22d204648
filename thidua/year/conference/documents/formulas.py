"""Live totals for the spreadsheet: a formula only where it gives exactly the engine's figure.

Each formula is also worked out here, in exact numbers, from the figures it refers to; where that
differs from the engine (a figure set by hand, an alternative chosen, halves rounded to even) the
cell carries the plain figure instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.rounding import round_to
from thidua.year.conference.snapshot import Limits, Line, ScaleTable, UnitRow

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Live:
    """A formula and the exact value it has."""

    text: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Term:
    """A place of the sheet (or a constant) with its exact value."""

    text: str
    value: Fraction


def group_formula(line: Line, children: Sequence[Term]) -> Live | None:
    """How a group adds up by its rule; None for kinds that choose instead of adding."""
    if not children:
        return None
    if line.kind in ("sum", "recurs"):
        return _limited(_sum(children), line.limits)
    if line.kind == "ledger":
        start = line.limits.start or ZERO
        return _limited(_ledger(start, children, line.limits), line.limits)
    return None


def total_formula(scale: ScaleTable, sections: Mapping[str, Sequence[Term]]) -> Live | None:
    """Base, bonus within its cap, deductions within theirs, then the limits, then rounding."""
    base = _sum(sections.get("base", ()))
    bonus = _capped(_sum(sections.get("bonus", ())), scale.limits.bonus_cap, low=False)
    cap = scale.limits.deduct_cap
    deduct = _capped(_sum(sections.get("deduct", ())), None if cap is None else -cap, low=True)
    parts = [part for part in (base, bonus, deduct) if part.text != "0"]
    if not parts:
        return None
    whole = Live("+".join(part.text for part in parts), sum((part.value for part in parts), ZERO))
    limited = _limited(whole, Limits(cap=scale.limits.cap, floor=scale.limits.floor))
    value = round_to(limited.value, decimals=scale.decimals, rounding="half_up")
    return Live(f"ROUND({limited.text},{scale.decimals})", value)


def matching(live: Live | None, figure: Fraction | None) -> Live | None:
    """The formula if it gives exactly the engine's figure."""
    return live if live is not None and figure is not None and live.value == figure else None


def children_of(scale: ScaleTable) -> dict[str, list[Line]]:
    """The lines directly below each group, by its key."""
    found: dict[str, list[Line]] = {}
    for line in scale.lines:
        found.setdefault(line.parent, []).append(line)
    return found


def terms(row: UnitRow, lines: Sequence[Line], places: Mapping[str, str]) -> list[Term]:
    """Places of the lines that carry points for the unit; an empty cell adds nothing."""
    found: list[Term] = []
    for line in lines:
        cell = row.cells.get(line.key)
        if cell is not None and cell.points is not None:
            found.append(Term(places[line.key], cell.points))
    return found


def _sum(children: Sequence[Term]) -> Live:
    if not children:
        return Live("0", ZERO)
    text = ",".join(child.text for child in children)
    return Live(f"SUM({text})", sum((child.value for child in children), ZERO))


def _ledger(start: Fraction, children: Sequence[Term], limits: Limits) -> Live:
    up = "+".join(f"MAX(0,{child.text})" for child in children)
    down = "+".join(f"MIN(0,{child.text})" for child in children)
    gains = Live(up, sum((max(ZERO, child.value) for child in children), ZERO))
    losses = Live(down, sum((min(ZERO, child.value) for child in children), ZERO))
    capped = _capped(gains, limits.bonus_cap, low=False)
    cap = limits.deduct_cap
    cut = _capped(losses, None if cap is None else -cap, low=True)
    return Live(f"{_constant(start)}+{capped.text}+{cut.text}", start + capped.value + cut.value)


def _limited(live: Live, limits: Limits) -> Live:
    return _capped(_capped(live, limits.cap, low=False), limits.floor, low=True)


def _capped(live: Live, limit: Fraction | None, *, low: bool) -> Live:
    if limit is None or live.text == "0":
        return live
    name, value = ("MAX", max(live.value, limit)) if low else ("MIN", min(live.value, limit))
    return Live(f"{name}({_constant(limit)},{live.text})", value)


def _constant(figure: Fraction) -> str:
    """A figure of the scale inside a formula: a whole number, or an exact division."""
    if figure.denominator == 1:
        return str(figure.numerator)
    return f"({figure.numerator}/{figure.denominator})"
