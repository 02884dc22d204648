"""Chạy thử dự thảo: gathers the figures a draft is tried on and everything that follows from them.

Nothing is stored: a rehearsal is made anew from the draft, last year's frozen sheets or a seed, and
what the address says (docs/decisions). Last year's sheets are read only by whoever may read them
all in that year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from thidua.core.outline import Outline
from thidua.core.rehearsal.carrying import LastYear, carry
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
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import standing_of
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale
from thidua.year.scoring.board import BY_HAND, View, sheets_of, view_of
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.queries import sees_all

LAST_YEAR: Literal["nam-truoc"] = "nam-truoc"
SAMPLE: Literal["mau"] = "mau"
Source = Literal["nam-truoc", "mau"]
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
class Earlier:
    """The year before: its sheets, or why they cannot be read."""

    bloc_year: BlocYear
    units: tuple[LastYear, ...]
    synthetic: frozenset[str]
    absent: tuple[str, ...]  # members of this year without a sheet then
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Everything one rehearsal says."""

    scale: CoreScale
    source: Source
    wish: Wish
    seed: str
    earlier: Earlier | None
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


def earlier_year(actor: Actor, bloc_year: BlocYear, row: Scale) -> Earlier | None:
    """The newest earlier year of the bloc with sheets; None where there is none."""
    found = (
        BlocYear.objects.filter(bloc_id=bloc_year.bloc_id, year__lt=bloc_year.year)
        .filter(pk__in=Sheet.objects.values("bloc_year_id"))
        .select_related("bloc", "jurisdiction")
        .order_by("-year")
        .first()
    )
    if found is None:
        return None
    view = view_of(found.pk, (Stage.ADOPTED, BY_HAND))
    if not sees_all(found, standing_of(actor, found), view.facts):
        words = f"Bảng điểm năm {found.year} chưa mở cho bạn, nên chưa chạy thử trên số liệu đó."
        return Earlier(bloc_year=found, units=(), synthetic=frozenset(), absent=(), refusal=words)
    return _earlier(found, view, members(bloc_year), row.unit_kind)


def rehearse(
    row: Scale, bloc_year: BlocYear, earlier: Earlier | None, wish: Wish
) -> Rehearsal | None:
    """The draft tried out; None while it is asked for last year's figures and there are none."""
    scale = core_scale(row)
    known = earlier is not None and bool(earlier.units)
    source = wish.source or (LAST_YEAR if known else None)
    if source == LAST_YEAR and earlier is not None and known:
        return _on_last_year(row, scale, earlier, wish)
    if source == SAMPLE:
        return _on_samples(row, scale, bloc_year, earlier, wish)
    return None


def _earlier(bloc_year: BlocYear, view: View, now: Sequence[Member], unit_kind: str) -> Earlier:
    facts = view.facts
    kinds = {member.unit_id: member.kind for member in now}
    units, synthetic = [], set()
    for scale in facts.scales.values():
        result = view.result(scale.pk, Stage.ADOPTED)
        core = {one.unit: one for one in sheets_of(facts, scale, Stage.ADOPTED)}
        for sheet in facts.sheets.values():
            kind = kinds.get(sheet.unit_id, sheet.kind)
            if sheet.scale_id != scale.pk or (unit_kind and kind != unit_kind):
                continue
            units.append(
                LastYear(
                    sheet=core[sheet.unit],
                    result=result.of(sheet.unit),
                    scale=scale.scale,
                    kind=kind,
                )
            )
            if rests_on_samples(facts, sheet):
                synthetic.add(sheet.unit)
    had = {sheet.unit_id for sheet in facts.sheets.values()}
    absent = [
        one.name
        for one in now
        if one.unit_id not in had and (not unit_kind or one.kind == unit_kind)
    ]
    return Earlier(
        bloc_year=bloc_year,
        units=tuple(units),
        synthetic=frozenset(synthetic),
        absent=tuple(absent),
    )


def _on_last_year(row: Scale, scale: CoreScale, earlier: Earlier, wish: Wish) -> Rehearsal:
    matches = matches_of(earlier, scale)
    known = {node.code for one in earlier.units for node in one.scale.leaves()} | {""}
    said = {new: old for new, old in wish.pairs.items() if old in known}
    pairs = pairs_of(matches, said)
    carried = carry(scale, earlier.units, pairs)
    seed = seed_for(row, wish)
    offered = _offered(scale, carried.sheets, seed) if wish.fill else {}
    run = settled(scale, carried.sheets, instead=offered)
    movers = movers_of(scale, run.result, earlier.units, pairs)
    return _concluded(
        row,
        scale,
        run,
        source=LAST_YEAR,
        wish=wish,
        seed=seed if wish.fill else "",
        earlier=earlier,
        matches=tuple(matches),
        pairs=pairs,
        movers=tuple(movers),
        strengths={},
        converted=carried.converted,
        synthetic=earlier.synthetic | {unit for unit, _ in run.filled},
    )


def _on_samples(
    row: Scale, scale: CoreScale, bloc_year: BlocYear, earlier: Earlier | None, wish: Wish
) -> Rehearsal:
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
        earlier=earlier,
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
    earlier: Earlier | None,
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
        earlier=earlier,
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


def matches_of(earlier: Earlier, scale: CoreScale) -> list[Match]:
    """Proposed pairs against the scale most units had last year."""
    scales = [one.scale for one in earlier.units]
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
