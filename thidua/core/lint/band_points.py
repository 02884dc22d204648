"""band_hole, band_above_max, band_direction: điểm của các bậc có khớp nhau không.

Beyond FORMAT section 9, whose band_gap looks only where `else` is undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from thidua.core.lint.bands import Banded, banded
from thidua.core.lint.interval import Interval, by_low, first_shared, holes
from thidua.core.lint.item import Item, Words
from thidua.core.lint.place import Placed, placed_nodes
from thidua.core.node import Steps
from thidua.core.number import ONE, ZERO
from thidua.core.points import result_text, show_figure
from thidua.core.scale import Scale


@dataclass(frozen=True, slots=True)
class _Rung:
    """A band of numbers with its points; a switch gives none of its own."""

    interval: Interval
    points: Fraction | None

    @property
    def is_one_value(self) -> bool:
        low, high = self.interval.low, self.interval.high
        return low is not None and high is not None and low[0] == high[0]


def band_hole(scale: Scale) -> Iterator[Item]:
    """A hole between bands where `else` is a figure: nobody notices what falls in.

    No hole: between exact values; where `else` lies between the points on both sides, as a band of
    its own would; between whole numbers where every limit is whole and nothing is in per cent.
    """
    for found in banded(scale):
        if isinstance(found.otherwise, Fraction):
            one = replace(found, step=_step(found))
            otherwise, rungs = found.otherwise, _rungs(one)
            left = holes([rung.interval for rung in rungs], step=one.step)
            doubtful = [hole for hole in left if not _is_meant(hole, rungs, otherwise)]
            if doubtful:
                yield _hole(one, doubtful, otherwise)


def band_above_max(scale: Scale) -> Iterator[Item]:
    """A band that gives more points than the stated maximum (0 states no share at all)."""
    for found in placed_nodes(scale):
        node = found.node
        if isinstance(node, Steps) and node.stated_max is not None and node.stated_max > ZERO:
            best = max(range(len(node.bands)), key=lambda at: node.bands[at].points)
            if node.bands[best].points > node.stated_max:
                yield _above(found, best, node.bands[best].points, node.stated_max)


def band_direction(scale: Scale) -> Iterator[Item]:
    """Points that go up and down as the figure rises, or fall as more of the target is reached.

    Bands that overlap have no order; exact values may stand for anything.
    """
    for one in banded(scale):
        rungs = _rungs(one)
        unordered = first_shared([rung.interval for rung in rungs]) is not None
        if not unordered and not all(rung.is_one_value for rung in rungs):
            pair = _against(rungs, from_below=_below_all(one, rungs), x=one.x)
            if pair is not None:
                yield _direction(one, *pair)


def _step(one: Banded) -> Fraction | None:
    if one.step is not None or _in_percent(one):
        return one.step
    limits = (
        limit
        for bounds in one.bounds
        for limit in (bounds.ge, bounds.gt, bounds.le, bounds.lt, bounds.eq)
        if isinstance(limit, Fraction)
    )
    return ONE if all(limit.denominator == 1 for limit in limits) else None


def _in_percent(one: Banded) -> bool:
    return one.x == "percent" or one.found.node.unit == "%"


def _rungs(one: Banded) -> list[_Rung]:
    """The bands of numbers from low to high."""
    node, (positions, intervals) = one.found.node, one.numbers()
    return [
        _Rung(intervals[at], node.bands[positions[at]].points if isinstance(node, Steps) else None)
        for at in by_low(intervals)
    ]


def _is_meant(hole: Interval, rungs: list[_Rung], otherwise: Fraction) -> bool:
    low, high = hole.low, hole.high
    above = next(r for r in rungs if high and r.interval.low and r.interval.low[0] >= high[0])
    ended = [r for r in rungs if low and r.interval.high and r.interval.high[0] <= low[0]]
    below = max(ended, key=lambda rung: rung.interval.high or ())
    if below.is_one_value and above.is_one_value:
        return True
    if below.points is None or above.points is None:
        return False
    return min(below.points, above.points) <= otherwise <= max(below.points, above.points)


def _below_all(one: Banded, rungs: list[_Rung]) -> _Rung | None:
    """What per cent below the lowest band give; other figures may never be that low."""
    low = rungs[0].interval.low if rungs else None
    if low is None or low[0] <= ZERO or not _in_percent(one):
        return None
    if not isinstance(one.otherwise, Fraction):
        return None
    return _Rung(Interval(None, (low[0], not low[1])), one.otherwise)


def _against(rungs: list[_Rung], *, from_below: _Rung | None, x: str) -> tuple[_Rung, _Rung] | None:
    """The first two neighbours that go against the others."""
    ladder = [from_below, *rungs] if from_below else rungs
    rising: list[tuple[_Rung, _Rung]] = []
    falling: list[tuple[_Rung, _Rung]] = []
    for pair in pairwise(ladder):
        low, high = pair[0].points, pair[1].points
        if low is not None and high is not None and low != high:
            (rising if low < high else falling).append(pair)
    if rising and falling:
        return (rising if len(falling) > len(rising) else falling)[0]
    return falling[0] if falling and x == "percent" else None


def _hole(one: Banded, found: list[Interval], otherwise: Fraction) -> Item:
    vi = "; ".join(hole.shown("vi") for hole in found)
    en = "; ".join(hole.shown("en") for hole in found)
    return Item(
        level="warning",
        lint="band_hole",
        code=one.found.node.code,
        path=one.path,
        words=Words(
            f"{one.found.title} không có bậc nào cho giá trị: {vi}; giá trị đó được "
            f"{show_figure(otherwise)} điểm.",
            f"{one.found.title} has no band for: {en}; that gives {result_text(otherwise)}.",
        ),
        advice=Words(
            "Nối các bậc cho kín; nếu quy chế đúng là như vậy thì giữ nguyên.",
            "Close the hole; leave it if the regulation says so.",
        ),
    )


def _above(found: Placed, band: int, points: Fraction, most: Fraction) -> Item:
    return Item(
        level="warning",
        lint="band_above_max",
        code=found.node.code,
        path=(*found.path, "bands", band),
        words=Words(
            f"{found.title} có bậc được {show_figure(points)} điểm, cao hơn điểm tối đa "
            f"{show_figure(most)} điểm.",
            f"{found.title} has a band of {result_text(points)}, above its maximum "
            f"{result_text(most)}.",
        ),
        advice=Words(
            "Sửa điểm của bậc hoặc điểm tối đa của dòng.",
            "Correct the points of the band or the maximum.",
        ),
    )


def _direction(one: Banded, low: _Rung, high: _Rung) -> Item:
    before, after = low.points or ZERO, high.points or ZERO
    more, than = ("cao hơn", "higher") if before > after else ("thấp hơn", "lower")
    return Item(
        level="warning",
        lint="band_direction",
        code=one.found.node.code,
        path=one.path,
        words=Words(
            f"{one.found.title}: số liệu {low.interval.shown('vi')} được {show_figure(before)} "
            f"điểm, {more} số liệu {high.interval.shown('vi')} được {show_figure(after)} điểm.",
            f"{one.found.title}: {low.interval.shown('en')} gives {result_text(before)}, {than} "
            f"than {high.interval.shown('en')} gives with {result_text(after)}.",
        ),
        advice=Words(
            "Kiểm tra điểm của từng bậc: số liệu tăng thì điểm nên cùng tăng hoặc cùng giảm.",
            "Check the points of each band: as the figure rises they should go one way.",
        ),
    )
