"""The firmness strip: a dot for each unit's figure, a bar over the middle nine tenths of draws.

Only whole pixels are worked out here; the same figures stand in the table and in the description.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from thidua.core.points import show
from thidua.core.rounding import round_to

if TYPE_CHECKING:
    from thidua.year.scoring.draws import Tally

LEFT, RIGHT, WIDTH = 40, 560, 600
ROW, TOP, NAME = 50, 4, 20  # a name above, its bar below
MOST_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One unit on the strip, in pixels."""

    label: str
    y: int
    text_y: int
    dot: int
    low: int
    high: int
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled place on the axis."""

    x: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The drawing and the sentence that says the same."""

    width: int
    height: int
    foot: int
    axis: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    words: str


def strip_of(tally: Tally, made_up: Collection[str] = ()) -> Strip:
    """The first units of a ranking, at most eight; totals of the units in `made_up` bear °."""
    units = tally.units[:MOST_ROWS]
    low = min(one.span[0] for one in units)
    high = max(one.span[1] for one in units)
    low, high = min(low, *(one.figure for one in units)), max(high, *(one.figure for one in units))

    def place(figure: Fraction) -> int:
        return LEFT + int((figure - low) * (RIGHT - LEFT) / ((high - low) or 1))

    bars = tuple(
        Bar(
            label=f"{one.rank}. {one.unit}: {show(one.figure, decimals=tally.decimals)}",
            y=TOP + ROW * row + NAME + 12,
            text_y=TOP + ROW * row + NAME,
            dot=place(one.figure),
            low=place(one.span[0]),
            high=place(one.span[1]),
            synthetic=one.unit in made_up,
        )
        for row, one in enumerate(units)
    )
    foot = TOP + ROW * len(units)
    ends = (low, (low + high) / 2, high) if low != high else (low,)
    ticks = tuple(Tick(x=place(one), label=_tick(one, tally)) for one in ends)
    return Strip(
        width=WIDTH,
        height=foot + 24,
        foot=foot,
        axis=foot + 16,
        bars=bars,
        ticks=ticks,
        words=_words(tally),
    )


def _tick(figure: Fraction, tally: Tally) -> str:
    rounded = round_to(figure, decimals=tally.decimals, rounding="half_up")
    return show(rounded, decimals=tally.decimals)


def _words(tally: Tally) -> str:
    said = [
        f"hạng {one.rank}, {one.unit}: {show(one.figure, decimals=tally.decimals)}, "
        f"từ {show(one.span[0], decimals=tally.decimals)} "
        f"đến {show(one.span[1], decimals=tally.decimals)}"
        for one in tally.units[:MOST_ROWS]
    ]
    return "Điểm của các đơn vị và khoảng điểm trong 90% phép thử. " + "; ".join(said) + "."
