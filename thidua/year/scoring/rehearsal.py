"""Chạy thử dự thảo: gathers the figures a draft is tried on and everything that follows from them.

Nothing is stored: a rehearsal is made anew from the draft, the sheets of a year or a seed, and what
the address says (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.core.outline import Outline
from thidua.core.rehearsal.carrying import carry
from thidua.core.rehearsal.lines import LineUse, UnitGaps, gaps_of, uses_of
from thidua.core.rehearsal.made_up import Dice, sample_input, sample_sheets
from thidua.core.rehearsal.matching import Match, pairs_of, proposed
from thidua.core.rehearsal.moves import Mover, Reason, movers_of, strengths_of
from thidua.core.rehearsal.reach import KindReach, reach_by_kind
from thidua.core.rehearsal.settling import Settled, settled
from thidua.core.rehearsal.treatments import (
    Treatment,
    not_applicable_treatments,
    unassigned_treatments,
)
from thidua.core.scale import Scale as CoreScale
from thidua.core.sheet import Input, SheetSet
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale
from thidua.year.scoring.known import SAMPLE, Known, KnownFigures, Source

FEWEST_SAMPLES = 3
SEED_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asked for: figures from where, which sample, new lines filled, pairs of lines.

    `pairs` are old codes by new code as a person confirmed them; `confirmed` that they did.
    """

    source: Source | None = None
    sample: int = 1
    fill: bool = False
    pairs: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Everything one rehearsal says."""

    scale: CoreScale
    source: Source
    wish: Wish
    seed: str
    known: Known | None  # None with sample figures
    matches: tuple[Match, ...]
    pairs: Mapping[str, str]
    run: Settled
    movers: tuple[Mover, ...]
    strengths: Mapping[str, tuple[Reason, ...]]
    uses: tuple[LineUse, ...]
    gaps: tuple[UnitGaps, ...]
    reach: tuple[KindReach, ...]
    treatments: tuple[Treatment, ...]
    unassigned: tuple[Treatment, ...]
    converted: frozenset[tuple[str, str]]
    synthetic: frozenset[str]


def rehearse(
    row: Scale, bloc_year: BlocYear, figures: KnownFigures, wish: Wish
) -> Rehearsal | None:
    """The draft tried out; None while it is asked for a year's figures and there are none."""
    scale, known = core_scale(row), figures.of(wish.source)
    if known is not None:
        return _on_known(row, scale, known, wish)
    if wish.source == SAMPLE:
        return _on_samples(row, scale, bloc_year, wish)
    return None


def _on_known(row: Scale, scale: CoreScale, known: Known, wish: Wish) -> Rehearsal:
    matches = matches_of(known, scale)
    codes = {node.code for one in known.units for node in one.scale.leaves()} | {""}
    said = {new: old for new, old in wish.pairs.items() if old in codes}
    pairs = pairs_of(matches, said)
    carried = carry(scale, known.units, pairs)
    seed = seed_for(row, wish)
    offered = _offered(scale, carried.sheets, seed) if wish.fill else {}
    run = settled(scale, carried.sheets, instead=offered)
    movers = movers_of(scale, run.result, known.units, pairs)
    return _concluded(
        row,
        scale,
        run,
        source=known.source,
        wish=wish,
        seed=seed if wish.fill else "",
        known=known,
        matches=tuple(matches),
        pairs=pairs,
        movers=tuple(movers),
        strengths={},
        converted=carried.converted,
        synthetic=known.synthetic | {unit for unit, _ in run.filled},
    )


def _on_samples(row: Scale, scale: CoreScale, bloc_year: BlocYear, wish: Wish) -> Rehearsal:
    seed = seed_for(row, wish)
    kinds = [one.kind for one in members(bloc_year)]
    kinds = [kind for kind in kinds if not row.unit_kind or kind == row.unit_kind]
    kinds += [row.unit_kind] * (FEWEST_SAMPLES - len(kinds))
    run = settled(scale, sample_sheets(scale, kinds, seed=seed))
    ranked = sorted(run.result.units, key=lambda one: (one.rank is None, one.rank or 0))
    movers = tuple(
        Mover(
            unit=one.unit,
            old_total=None,
            old_place=None,
            new_total=one.total,
            new_place=one.rank,
            old_share=None,
            new_share=None,
            reasons=(),
        )
        for one in ranked
    )
    return _concluded(
        row,
        scale,
        run,
        source=SAMPLE,
        wish=wish,
        seed=seed,
        known=None,
        matches=(),
        pairs={},
        movers=movers,
        strengths=strengths_of(scale, run.result),
        converted=frozenset(),
        synthetic=frozenset(one.unit for one in run.result.units),
    )


def _concluded(  # noqa: PLR0913  # what both kinds of figures hand over
    row: Scale,
    scale: CoreScale,
    run: Settled,
    *,
    source: Source,
    wish: Wish,
    seed: str,
    known: Known | None,
    matches: tuple[Match, ...],
    pairs: Mapping[str, str],
    movers: tuple[Mover, ...],
    strengths: Mapping[str, tuple[Reason, ...]],
    converted: frozenset[tuple[str, str]],
    synthetic: frozenset[str],
) -> Rehearsal:
    kinds = list(dict.fromkeys(sheet.type or "" for sheet in run.sheets.sheets))
    if row.unit_kind:
        kinds = [row.unit_kind]
    gaps = gaps_of(scale, run.result)
    some = any(one.set_aside for one in gaps)
    return Rehearsal(
        scale=scale,
        source=source,
        wish=wish,
        seed=seed,
        known=known,
        matches=matches,
        pairs=pairs,
        run=run,
        movers=movers,
        strengths=strengths,
        uses=tuple(uses_of(scale, run.result, without=run.zeroed)),
        gaps=tuple(gaps),
        reach=tuple(reach_by_kind(scale, sorted(kinds))),
        treatments=tuple(not_applicable_treatments(scale, run.sheets)) if some else (),
        unassigned=tuple(unassigned_treatments(scale, run.sheets)) if some else (),
        converted=converted,
        synthetic=synthetic,
    )


def matches_of(known: Known, scale: CoreScale) -> list[Match]:
    """Proposed pairs against the scale most units had then."""
    scales = [one.scale for one in known.units]
    most = max(scales, key=lambda one: sum(1 for other in scales if other is one))
    return proposed(most, scale)


def seed_for(row: Scale, wish: Wish) -> str:
    """The seed of made-up figures: the draft's own fingerprint and the number of the sample."""
    return f"{row.fingerprint[:SEED_DIGITS]}-{wish.sample}"


def _offered(scale: CoreScale, sheets: SheetSet, seed: str) -> dict[tuple[str, str], Input]:
    """A made-up figure for every line, used only where one is missing."""
    outline = Outline(scale)
    units = [sheet.unit for sheet in sheets.sheets]
    keys = [
        place.key
        for code in outline.nodes
        for place in outline.places(code)
        if not place.is_recurrence
    ]
    return {
        (unit, key): found
        for unit in units
        for key in keys
        if (
            found := sample_input(
                outline.nodes[key.partition("@")[0]], Dice(seed, unit=unit, key=key)
            )
        )
    }
