"""Số liệu đã có để chạy thử: last year's figures, or what is scored this year so far.

Either is read only by whoever may read every sheet of that year (SHEET-4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from thidua.core.rehearsal.carrying import LastYear
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import standing_of
from thidua.year.rulebook.models import Scale
from thidua.year.scoring.board import BY_HAND, View, sheets_of, view_of
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.queries import sees_all

LAST_YEAR: Literal["nam-truoc"] = "nam-truoc"
THIS_YEAR: Literal["nam-nay"] = "nam-nay"
SAMPLE: Literal["mau"] = "mau"
Source = Literal["nam-truoc", "nam-nay", "mau"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One year's sheets, or why they cannot be read; `when` is "năm trước" or "năm nay"."""

    source: Source
    bloc_year: BlocYear
    units: tuple[LastYear, ...] = ()
    synthetic: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()  # members of this year without figures then
    refusal: str = ""

    @property
    def when(self) -> str:
        """How the year is called beside the draft's."""
        return "năm nay" if self.source == THIS_YEAR else "năm trước"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFigures:
    """Both years a draft can be tried on; None where there are no sheets to speak of."""

    last: Known | None
    present: Known | None

    def of(self, source: Source | None) -> Known | None:
        """The year asked for if it has figures; unasked last year's, else this year's."""
        asked = {LAST_YEAR: (self.last,), THIS_YEAR: (self.present,), SAMPLE: ()}
        listed = (self.last, self.present) if source is None else asked[source]
        return next((one for one in listed if one is not None and one.units), None)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why figures that exist are not offered."""
        return tuple(one.refusal for one in (self.last, self.present) if one and one.refusal)


def known_figures(actor: Actor, bloc_year: BlocYear, row: Scale) -> KnownFigures:
    """What a draft can be tried on, as far as somebody may read it."""
    return KnownFigures(
        last=_last_year(actor, bloc_year, row), present=_this_year(actor, bloc_year, row)
    )


def _last_year(actor: Actor, bloc_year: BlocYear, row: Scale) -> Known | None:
    """The newest earlier year of the bloc with sheets."""
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
    sheets = list(view.facts.sheets.values())
    if not sees_all(found, standing_of(actor, found), view.facts):
        return _refused(LAST_YEAR, found)
    return _known(LAST_YEAR, found, view, sheets, now=members(bloc_year), row=row)


def _this_year(actor: Actor, bloc_year: BlocYear, row: Scale) -> Known | None:
    """This year's sheets with self-scores, under another version of the scale than this one."""
    if not Sheet.objects.filter(bloc_year=bloc_year).exclude(scale_id=row.pk).exists():
        return None
    view = view_of(bloc_year.pk, (Stage.ADOPTED, BY_HAND))
    sheets = [
        one
        for one in view.facts.sheets.values()
        if one.scale_id != row.pk and _is_self_scored(view, one)
    ]
    if not sheets:
        return None
    if not sees_all(bloc_year, standing_of(actor, bloc_year), view.facts):
        return _refused(THIS_YEAR, bloc_year)
    return _known(THIS_YEAR, bloc_year, view, sheets, now=members(bloc_year), row=row)


def _is_self_scored(view: View, sheet: SheetFacts) -> bool:
    return any(stage == Stage.SELF for _, stage in view.facts.entries_of(sheet.pk))


def _refused(source: Source, bloc_year: BlocYear) -> Known:
    year = bloc_year.year
    words = f"Bảng điểm năm {year} chưa mở cho bạn, nên chưa chạy thử trên số liệu đó."
    return Known(source=source, bloc_year=bloc_year, refusal=words)


def _known(
    source: Source,
    bloc_year: BlocYear,
    view: View,
    sheets: Sequence[SheetFacts],
    *,
    now: Sequence[Member],
    row: Scale,
) -> Known:
    facts, unit_kind = view.facts, row.unit_kind
    kinds = {member.unit_id: member.kind for member in now}
    units, synthetic = [], set()
    for scale in facts.scales.values():
        result = view.result(scale.pk, Stage.ADOPTED)
        core = {one.unit: one for one in sheets_of(facts, scale, Stage.ADOPTED)}
        for sheet in sheets:
            kind = kinds.get(sheet.unit_id, sheet.kind)
            if sheet.scale_id != scale.pk or (unit_kind and kind != unit_kind):
                continue
            found = result.of(sheet.unit)
            units.append(
                LastYear(sheet=core[sheet.unit], result=found, scale=scale.scale, kind=kind)
            )
            if rests_on_samples(facts, sheet):
                synthetic.add(sheet.unit)
    had = {sheet.unit_id for sheet in sheets}
    return Known(
        source=source,
        bloc_year=bloc_year,
        units=tuple(units),
        synthetic=frozenset(synthetic),
        absent=tuple(
            one.name
            for one in now
            if one.unit_id not in had and (not unit_kind or one.kind == unit_kind)
        ),
    )
