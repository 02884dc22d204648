"""Khoảng số: bands as intervals, what two share, and the holes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from thidua.core.node import Bounds
from thidua.core.points import result_text, show_figure

End = tuple[Fraction, bool]


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; an end is (value, whether the value itself is left out)."""

    low: End | None
    high: End | None

    def shown(self, lang: str) -> str:
        """The interval in words."""
        if self.low and self.high and self.low[0] == self.high[0]:
            return figure_in(self.low[0], lang)
        words = ("trên", "từ", "dưới", "đến") if lang == "vi" else ("above", "from", "below", "to")
        parts = []
        if self.low:
            parts.append(f"{words[0 if self.low[1] else 1]} {figure_in(self.low[0], lang)}")
        if self.high:
            parts.append(f"{words[2 if self.high[1] else 3]} {figure_in(self.high[0], lang)}")
        return " ".join(parts) or ("mọi số" if lang == "vi" else "every number")


def figure_in(figure: Fraction, lang: str) -> str:
    """A figure as people of the language write it: 92,5 or 92.5."""
    return show_figure(figure) if lang == "vi" else result_text(figure)


def interval_of(bounds: Bounds, *, step: Fraction | None) -> Interval | None:
    """The numbers of a band; with `step` only its multiples. None when there are none."""
    if isinstance(bounds.eq, str):
        return None
    lows = [(bounds.ge, False), (bounds.gt, True), (bounds.eq, False)]
    highs = [(bounds.le, False), (bounds.lt, True), (bounds.eq, False)]
    low = max(((v, out) for v, out in lows if v is not None), default=None)
    high = min(((v, not out) for v, out in highs if v is not None), default=None)
    end = None if high is None else (high[0], not high[1])
    found = Interval(low, end)
    if step is not None:
        found = _on_grid(found, step)
    return None if _is_empty(found) else found


def first_shared(intervals: Sequence[Interval]) -> tuple[int, int] | None:
    """The positions of two intervals that share a value (the earlier in the list first)."""
    widest: int | None = None
    for number in by_low(intervals):
        if widest is not None and _reaches(intervals[widest], intervals[number]):
            return min(widest, number), max(widest, number)
        if widest is None or _ends_later(intervals[number], intervals[widest]):
            widest = number
    return None


def holes(intervals: Sequence[Interval], *, step: Fraction | None) -> list[Interval]:
    """What lies between the intervals and in none of them, from low to high."""
    found: list[Interval] = []
    reached: Interval | None = None
    for number in by_low(intervals):
        one = intervals[number]
        if reached is not None and (hole := _between(reached, one, step)):
            found.append(hole)
        if reached is None or _ends_later(one, reached):
            reached = one
    return found


def by_low(intervals: Sequence[Interval]) -> list[int]:
    """The positions of the intervals in the order in which they begin."""

    def key(number: int) -> tuple[bool, Fraction, bool]:
        low = intervals[number].low
        return (False, Fraction(0), False) if low is None else (True, *low)

    return sorted(range(len(intervals)), key=key)


def _between(before: Interval, after: Interval, step: Fraction | None) -> Interval | None:
    if before.high is None or after.low is None:
        return None
    (end, end_out), (start, start_out) = before.high, after.low
    if step is not None:
        hole = Interval((end + step, False), (start - step, False))
    else:
        hole = Interval((end, not end_out), (start, not start_out))
    return None if _is_empty(hole) else hole


def _reaches(before: Interval, after: Interval) -> bool:
    """Whether two intervals share a value, the first beginning no later."""
    return not _is_empty(Interval(after.low or before.low, _earlier(before.high, after.high)))


def _earlier(one: End | None, other: End | None) -> End | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda end: (end[0], not end[1]))


def _ends_later(one: Interval, other: Interval) -> bool:
    if one.high is None or other.high is None:
        return one.high is None
    return (one.high[0], not one.high[1]) > (other.high[0], not other.high[1])


def _is_empty(found: Interval) -> bool:
    if found.low is None or found.high is None:
        return False
    (low, low_out), (high, high_out) = found.low, found.high
    return low > high or (low == high and (low_out or high_out))


def _on_grid(found: Interval, step: Fraction) -> Interval:
    low, high = found.low, found.high
    if low is not None:
        steps = low[0] / step
        low = ((floor(steps) + 1 if low[1] else ceil(steps)) * step, False)
    if high is not None:
        steps = high[0] / step
        high = ((ceil(steps) - 1 if high[1] else floor(steps)) * step, False)
    return Interval(low, high)
