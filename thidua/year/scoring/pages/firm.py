"""The page on how firm a ranking is: shares of every rank, pairs that swap, lines that moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from thidua.core.firmness import HALF, Spread
from thidua.core.points import show
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import ScaleFacts
from thidua.year.scoring.firm import draws_of, spreads_of, unsent
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Stage
from thidua.year.scoring.pages.firm_strip import Strip, strip_of
from thidua.year.scoring.pages.firm_words import (
    margin_text,
    pair_sentence,
    share_cell,
    share_text,
    unit_sentence,
    verdict,
)
from thidua.year.scoring.pages.firmness import Swing, swings
from thidua.year.scoring.pages.marks import rests_on_samples

if TYPE_CHECKING:
    from thidua.year.scoring.draws import Tally
    from thidua.year.scoring.draws.tally import PairTally

NO_AVERAGE = "chưa thẩm định"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One unit on one rank."""

    rank: int
    text: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit: where it stands now and in how many draws on each rank."""

    unit: str
    rank: int
    figure: str
    kept: str
    span: str
    shares: tuple[Share, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two units that change places in some draws."""

    first: str
    second: str
    ranks: str
    margin: str
    swapped: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """A judged line: its usual difference, and how far it moved."""

    line: Line
    mean: str
    units: int
    moved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmGroup:
    """The units under one scale; `tally` is None while there is no ranking to speak of."""

    scale: ScaleFacts
    tally: Tally | None
    title: str = ""
    sentences: tuple[str, ...] = ()
    strip: Strip | None = None
    rows: tuple[UnitRow, ...] = ()
    pairs: tuple[PairRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    swings: tuple[Swing, ...] = ()
    synthetic: bool = False
    unsent: tuple[str, ...] = ()  # whose self-scores the ranking waits for


def firm_groups(
    view: View,
    stage: Stage,
    *,
    aside: frozenset[str] = frozenset(),
    made_up_totals: frozenset[str] | None = None,
) -> tuple[FirmGroup, ...]:
    """Every scale's ranking at a stage with what its draws say.

    `made_up_totals` are units whose total is a sample value; without it those with a made-up line.
    """
    return tuple(
        _group(view, scale, stage, aside, made_up_totals) for scale in view.facts.scales.values()
    )


def _group(
    view: View,
    scale: ScaleFacts,
    stage: Stage,
    aside: frozenset[str],
    made_up_totals: frozenset[str] | None,
) -> FirmGroup:
    tally = draws_of(view, scale, stage, aside=aside)
    if tally is None:
        return FirmGroup(scale=scale, tally=None, unsent=unsent(view, scale, aside=aside))
    made_up = _made_up(view)
    totals = made_up if made_up_totals is None else made_up_totals
    return FirmGroup(
        scale=scale,
        tally=tally,
        title=verdict(tally),
        sentences=tuple(pair_sentence(pair, tally) for pair in tally.neighbours),
        strip=strip_of(tally, totals),
        rows=_rows(tally, totals),
        pairs=tuple(_pair(pair, tally) for pair in _that_swap(tally)),
        lines=tuple(_lines(view, scale)),
        swings=_swings(view, tally, stage),
        synthetic=any(unit.unit in made_up for unit in tally.units),
    )


def unit_words(tally: Tally, unit: str) -> tuple[str, ...]:
    """What the draws say of one unit: how often it keeps its rank, and of its neighbours."""
    own = next((one for one in tally.units if one.unit == unit), None)
    if own is None:
        return ()
    near = [pair for pair in tally.neighbours if unit in (pair.first.unit, pair.second.unit)]
    return (unit_sentence(own, tally), *(pair_sentence(pair, tally) for pair in near))


def _made_up(view: View) -> frozenset[str]:
    return frozenset(
        one.unit for one in view.facts.sheets.values() if rests_on_samples(view.facts, one)
    )


def _rows(tally: Tally, made_up: frozenset[str]) -> tuple[UnitRow, ...]:
    return tuple(
        UnitRow(
            unit=one.unit,
            rank=one.rank,
            figure=show(one.figure, decimals=tally.decimals),
            kept=share_text(one.kept, tally.draws),
            span=_span(one.span, tally.decimals),
            shares=tuple(
                Share(rank=rank, text=share_cell(count, tally.draws), now=rank == one.rank)
                for rank, count in enumerate(one.times, 1)
            ),
            synthetic=one.unit in made_up,
        )
        for one in tally.units
    )


def _span(span: tuple[Fraction, Fraction], decimals: int) -> str:
    low, high = (show(figure, decimals=decimals) for figure in span)
    return f"{low} đến {high}"


def _that_swap(tally: Tally) -> list[PairTally]:
    found = [pair for pair in tally.pairs if pair.swapped or pair.first.rank == pair.second.rank]
    return sorted(found, key=lambda pair: -pair.swapped)


def _pair(pair: PairTally, tally: Tally) -> PairRow:
    return PairRow(
        first=pair.first.unit,
        second=pair.second.unit,
        ranks=f"{pair.first.rank} và {pair.second.rank}",
        margin=margin_text(pair, tally),
        swapped=share_cell(pair.swapped, tally.draws) or "0%",
        level=share_cell(pair.level, tally.draws) or "0%",
    )


def _lines(view: View, scale: ScaleFacts) -> Iterable[LineRow]:
    spreads = spreads_of(view, scale)
    for line in scale.lines:
        found = spreads.get(line.key)
        if found is not None:
            yield _line(line, found)


def _line(line: Line, found: Spread) -> LineRow:
    return LineRow(
        line=line,
        mean=show(found.mean) if found.units else NO_AVERAGE,
        units=found.units,
        moved=f"± {show(found.steps * HALF)}",
    )


def _swings(view: View, tally: Tally, stage: Stage) -> tuple[Swing, ...]:
    """Single verified lines that decide between the first two."""
    if stage == Stage.SELF:
        return ()
    first, second = tally.neighbours[0].first.unit, tally.neighbours[0].second.unit
    sheet = next(one for one in view.facts.sheets.values() if one.unit == first)
    rival = view.result(sheet.scale_id, stage).of(second)
    return tuple(swings(view, sheet, [rival]))
