"""Thứ hạng vững đến đâu: the draws of a table as it stands, made once and kept while it does.

The draws are never stored: the table and its seed give them again (docs/decisions). A process keeps
the newest ones of a table as long as the results of its runs are the very same.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thidua.core.firmness import Spread
from thidua.core.result import Result
from thidua.core.sheet import SheetSet
from thidua.year.scoring.board import BY_HAND, RunKey, View, sheets_of
from thidua.year.scoring.facts import ScaleFacts, SheetFacts
from thidua.year.scoring.models import Sheet, Stage

if TYPE_CHECKING:
    from thidua.year.scoring.draws import Tally

RUNS: tuple[RunKey, ...] = tuple((stage, BY_HAND) for stage in Stage)
MOST_TABLES = 32
LOOKED_AT = (Sheet.State.VERIFIED, Sheet.State.ADOPTED)
Key = tuple[int, int, Stage, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Draws with what they were made from."""

    result: Result
    spreads: Mapping[str, Spread]
    tally: Tally


_kept: OrderedDict[Key, _Kept] = OrderedDict()
_lock = threading.Lock()


def draws_of(
    view: View, scale: ScaleFacts, stage: Stage, *, aside: frozenset[str] = frozenset()
) -> Tally | None:
    """The draws of the units under one scale; None while there is no ranking to speak of.

    The view must hold `RUNS`. `aside` are units the conference does not rank.
    """
    if not is_spoken_of(view, scale, stage, aside=aside):
        return None
    spreads = spreads_of(view, scale)
    kept = _remembered(view, scale, stage, spreads, aside)
    if kept is None:
        tally = _drawn(view, scale, stage, spreads, aside)
        kept = _Kept(view.result(scale.pk, stage), spreads, tally)
        with _lock:
            key = (view.facts.bloc_year_id, scale.pk, stage, aside)
            _kept[key] = kept
            _kept.move_to_end(key)
            while len(_kept) > MOST_TABLES:
                _kept.popitem(last=False)
    return kept.tally


def draws_at_hand(view: View, scale: ScaleFacts, stage: Stage) -> Tally | None:
    """The draws if they are remembered; a page that must not wait asks for the others later."""
    kept = _remembered(view, scale, stage, spreads_of(view, scale), frozenset())
    return None if kept is None else kept.tally


def is_spoken_of(
    view: View, scale: ScaleFacts, stage: Stage, *, aside: frozenset[str] = frozenset()
) -> bool:
    """Whether there is a ranking: every unit has sent its sheet and two units have a rank."""
    result = view.result(scale.pk, stage)
    ranked = [one for one in result.units if one.rank is not None and one.unit not in aside]
    return len(ranked) >= 2 and not unsent(view, scale, aside=aside)


def unsent(
    view: View, scale: ScaleFacts, *, aside: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The units under a scale that have not sent their self-scores."""
    return tuple(
        one.unit
        for one in view.facts.sheets.values()
        if one.scale_id == scale.pk and one.state == Sheet.State.SELF and one.unit not in aside
    )


def _remembered(
    view: View,
    scale: ScaleFacts,
    stage: Stage,
    spreads: Mapping[str, Spread],
    aside: frozenset[str],
) -> _Kept | None:
    with _lock:
        kept = _kept.get((view.facts.bloc_year_id, scale.pk, stage, aside))
    if kept is None or kept.result is not view.result(scale.pk, stage):
        return None
    return kept if kept.spreads == spreads else None


def spreads_of(view: View, scale: ScaleFacts) -> dict[str, Spread]:
    """The spread of every judged line: self against verified, over the units looked at."""
    sheets = [one for one in view.facts.sheets.values() if one.scale_id == scale.pk]
    return {
        line.key: Spread.of(
            (own, verified)
            for sheet in sheets
            if _is_looked_at(view, sheet, line.key)
            and (own := view.points(sheet, line, Stage.SELF)) is not None
            and (verified := view.points(sheet, line, Stage.VERIFIED)) is not None
        )
        for line in scale.lines
        if line.node.kind == "judged" and not line.is_heading
    }


def _is_looked_at(view: View, sheet: SheetFacts, key: str) -> bool:
    if sheet.state in LOOKED_AT:
        return True
    return (key, Stage.VERIFIED) in view.facts.entries_of(sheet.pk)


def _drawn(
    view: View,
    scale: ScaleFacts,
    stage: Stage,
    spreads: Mapping[str, Spread],
    aside: frozenset[str],
) -> Tally:
    from thidua.year.scoring.draws import Table, draw_table  # NumPy: slow to import

    sheets = SheetSet(sheets=tuple(sheets_of(view.facts, scale, stage)))
    table = Table(
        scale=scale.scale,
        sheets=sheets,
        result=view.result(scale.pk, stage),
        spreads=spreads,
        aside=aside,
    )
    return draw_table(table)
