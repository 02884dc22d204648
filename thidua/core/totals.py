"""Tổng điểm: sections to total, percent and denominator (FORMAT section 7.1 and 7.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thidua.core.finding import Finding
from thidua.core.number import HUNDRED, ZERO
from thidua.core.outcome import Outcome
from thidua.core.points import result_text, show
from thidua.core.rounding import clamp, round_to
from thidua.core.scale import Header


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Figures of one unit after the tree; `exact` is the clamped total before rounding.

    `bonus` and `deduct` are after their caps, `bonus_found` and `deduct_found` before.

    `total` and `percent` are rounded, and None while something is unsettled; `so_far` is the
    rounded total with what is unsettled at 0.
    """

    base: Fraction
    bonus: Fraction
    deduct: Fraction
    bonus_found: Fraction
    deduct_found: Fraction
    exact: Fraction
    so_far: Fraction
    denominator: Fraction
    total: Fraction | None
    percent: Fraction | None

    def figure(self, name: str) -> Fraction | None:
        """The rounded total ("points") or percent."""
        return self.total if name == "points" else self.percent


def totals_of(header: Header, sections: Sequence[Outcome]) -> Totals:
    """Add the sections up by part, cap bonus and deductions, clamp, round."""
    base, found, taken = (_sum_of_part(sections, part) for part in ("base", "bonus", "deduct"))
    bonus = found if header.bonus_cap is None else min(header.bonus_cap, found)
    deduct = taken if header.deduct_cap is None else max(-header.deduct_cap, taken)
    exact = clamp(base + bonus + deduct, cap=header.max_total, floor=header.min_total)
    so_far = round_to(exact, decimals=header.decimals, rounding=header.rounding)
    denominator = _denominator(header, sections)
    is_settled = not any(section.is_unsettled for section in sections)
    return Totals(
        base=base,
        bonus=bonus,
        deduct=deduct,
        bonus_found=found,
        deduct_found=taken,
        exact=exact,
        so_far=so_far,
        denominator=denominator,
        total=so_far if is_settled else None,
        percent=_percent(header, exact, denominator) if is_settled and denominator else None,
    )


def explain_totals(header: Header, totals: Totals) -> list[Finding]:
    """Say how the total and the percent came about, and which limits took hold."""
    found = list(_limits(totals))
    words = _addition(header, totals)
    if totals.total is None:
        return [*found, _finding("STATE-OPEN", None, f"Còn dòng chưa chấm. Đến nay: {words}")]
    found.append(_finding("TOTAL-1", totals.total, words))
    if totals.percent is not None:
        percent = show(totals.percent, decimals=header.percent_decimals)
        ratio = f"{show(totals.exact)}/{show(totals.denominator)} = {percent}%"
        found.append(_finding("PERCENT-1", totals.percent, ratio))
    return found


def _limits(totals: Totals) -> Iterator[Finding]:
    if totals.bonus != totals.bonus_found:
        words = f"Điểm thưởng {show(totals.bonus_found)}, tối đa {show(totals.bonus)}"
        yield _finding("CAP-BONUS", totals.bonus, words)
    if totals.deduct != totals.deduct_found:
        words = f"Điểm trừ {show(-totals.deduct_found)}, tối đa {show(-totals.deduct)}"
        yield _finding("CAP-DEDUCT", totals.deduct, words)
    added = totals.base + totals.bonus + totals.deduct
    if totals.exact != added:
        limit = "tối đa" if totals.exact < added else "tối thiểu"
        words = f"Tổng {show(added)}, {limit} {show(totals.exact)}"
        yield _finding("CAP-TOTAL", totals.exact, words)


def _addition(header: Header, totals: Totals) -> str:
    added = totals.base + totals.bonus + totals.deduct
    sign = "−" if totals.deduct <= 0 else "+"
    words = f"{show(totals.base)} + {show(totals.bonus)} {sign} {show(abs(totals.deduct))}"
    words += f" = {show(added)}"
    if totals.exact != added:
        words += f"; tính {show(totals.exact)}"
    if totals.so_far != totals.exact:
        words += f"; làm tròn {show(totals.so_far, decimals=header.decimals)}"
    return words


def _sum_of_part(sections: Sequence[Outcome], part: str) -> Fraction:
    return sum((one.counted for one in sections if one.place.node.part == part), ZERO)


def _denominator(header: Header, sections: Sequence[Outcome]) -> Fraction:
    if header.base is None:
        return sum((section.shown_max for section in sections), ZERO)
    return header.base - sum((section.lost_share for section in sections), ZERO)


def _percent(header: Header, exact: Fraction, denominator: Fraction) -> Fraction:
    percent = HUNDRED * exact / denominator
    return round_to(percent, decimals=header.percent_decimals, rounding=header.rounding)


def _finding(rule_id: str, figure: Fraction | None, words: str) -> Finding:
    outcome = "open" if figure is None else result_text(figure)
    return Finding(rule_id=rule_id, outcome=outcome, words=words)
