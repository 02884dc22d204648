"""Reads of blocs and their years, each in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from thidua.core.text import sort_key
from thidua.platform import clock
from thidua.platform.http.parts import MarkName
from thidua.registry.actor import Actor
from thidua.registry.queries import names_on
from thidua.year.bloc.models import BlocYear, Checker, Membership, Office, Window


@dataclass(frozen=True)
class Member:
    """A unit of the bloc-year under the name it bore in that year."""

    membership_id: int
    unit_id: int
    name: str
    order: int
    kind: str
    is_head: bool
    is_deputy: bool
    joined: date
    left: date | None
    synthetic: bool


def in_force(bloc_year: BlocYear) -> Q:
    """Which memberships count: not those of a unit that left (before the year was over)."""
    day = bloc_year.day_that_counts(clock.today())
    return Q(bloc_year=bloc_year) & (Q(left=None) | Q(left__gt=day))


def members(bloc_year: BlocYear) -> list[Member]:
    """The units that count, in the order of the founding document (three queries)."""
    return _members(bloc_year, Membership.objects.filter(in_force(bloc_year)))


def former_members(bloc_year: BlocYear) -> list[Member]:
    """The units that left within the year, by the day on which they left (three queries)."""
    gone = Membership.objects.filter(bloc_year=bloc_year).exclude(in_force(bloc_year))
    return sorted(
        _members(bloc_year, gone), key=lambda one: (one.left or bloc_year.ends, one.order)
    )


def elsewhere(bloc_year: BlocYear, unit_ids: Collection[int]) -> list[str]:
    """Which of these units are members of another bloc of the same year, in words (one query)."""
    rows = Membership.objects.filter(
        bloc_year__year=bloc_year.year,
        bloc_year__jurisdiction_id=bloc_year.jurisdiction_id,
        unit_id__in=unit_ids,
        left=None,
    ).exclude(bloc_year=bloc_year)
    found = rows.select_related("unit", "bloc_year__bloc").order_by("unit_id", "id")
    return [
        f"{row.unit.name} đang là thành viên của {row.bloc_year.bloc.name} năm {bloc_year.year}."
        for row in found
    ]


def member_count(bloc_year: BlocYear) -> int:
    """How many units count (one query)."""
    return Membership.objects.filter(in_force(bloc_year)).count()


def _members(bloc_year: BlocYear, rows: QuerySet[Membership]) -> list[Member]:
    found = list(rows.select_related("unit").order_by("order", "id"))
    today = clock.today()
    names = names_on([row.unit_id for row in found], day=bloc_year.day_that_counts(today))
    held = {(one.unit_id, one.kind) for one in offices(bloc_year) if one.held_on(today)}
    return [
        Member(
            membership_id=row.pk,
            unit_id=row.unit_id,
            name=names.get(row.unit_id, row.unit.name),
            order=row.order,
            kind=row.kind,
            is_head=(row.unit_id, Office.Kind.HEAD) in held,
            is_deputy=(row.unit_id, Office.Kind.DEPUTY) in held,
            joined=row.joined,
            left=row.left,
            synthetic=row.synthetic,
        )
        for row in found
    ]


def offices(bloc_year: BlocYear) -> list[Office]:
    """Every term of head and deputy, newest first within each office (one query)."""
    rows = Office.objects.filter(bloc_year=bloc_year).select_related("unit")
    return list(rows.order_by("-kind", "-starts", "-id"))


def years_for(actor: Actor) -> list[BlocYear]:
    """The bloc-years of the actor's own unit; for the standing office all of the jurisdiction.

    Newest year first, blocs by name; one query. A year from which the unit left is not in it.
    """
    rows = BlocYear.objects.filter(jurisdiction_id=actor.jurisdiction_id).select_related("bloc")
    if actor.is_standing:
        return list(rows)
    if actor.unit_id is None:
        return []
    counts = (
        Q(memberships__left=None)
        | Q(memberships__left__gt=clock.today())
        | Q(memberships__left__gt=F("ends"))
    )
    return list(rows.filter(counts, memberships__unit_id=actor.unit_id))


def windows(bloc_year: BlocYear) -> dict[str, Window]:
    """The windows that are set, by deed, in the order of the year (one query)."""
    rows = {row.deed: row for row in Window.objects.filter(bloc_year=bloc_year)}
    return {deed: rows[deed] for deed in Window.Deed.values if deed in rows}


def checkers(bloc_year: BlocYear) -> dict[int, frozenset[int]]:
    """For each member unit the member units that verify its sheet (two queries)."""
    counting = set(Membership.objects.filter(in_force(bloc_year)).values_list("unit_id", flat=True))
    found: dict[int, set[int]] = {unit_id: set() for unit_id in counting}
    for row in Checker.objects.filter(bloc_year=bloc_year):
        if row.unit_id in counting and row.checker_id in counting:
            found[row.unit_id].add(row.checker_id)
    return {unit_id: frozenset(ids) for unit_id, ids in found.items()}


def synthetic_checks(bloc_year: BlocYear) -> frozenset[tuple[int, int]]:
    """The pairs (verified unit, verifying unit) that are made up, to be marked (one query)."""
    rows = Checker.objects.filter(bloc_year=bloc_year, synthetic=True)
    return frozenset(rows.values_list("unit_id", "checker_id"))


@dataclass(frozen=True)
class BlocRow:
    """A bloc-year in the list of the standing office, with where it stands in words."""

    bloc_year: BlocYear
    members: int
    head: str
    mark: MarkName
    words: str


def bloc_rows(actor: Actor) -> list[BlocRow]:
    """Every bloc-year the actor sees, newest year first (four queries)."""
    years = years_for(actor)
    today = clock.today()
    counts: dict[int, int] = {year.pk: 0 for year in years}
    by_id = {year.pk: year for year in years}
    for row in Membership.objects.filter(bloc_year__in=years):
        day = by_id[row.bloc_year_id].day_that_counts(today)
        counts[row.bloc_year_id] += row.left is None or row.left > day
    heads: dict[int, str] = {}
    held = Office.objects.filter(bloc_year__in=years, kind=Office.Kind.HEAD)
    for office in held.select_related("unit").order_by("starts", "id"):
        if office.held_on(today):
            heads[office.bloc_year_id] = office.unit.name
    spans: dict[int, list[Window]] = {}
    for window in Window.objects.filter(bloc_year__in=years).order_by("closes", "id"):
        spans.setdefault(window.bloc_year_id, []).append(window)
    rows = [
        BlocRow(
            year, counts[year.pk], heads.get(year.pk, ""), *_state(year, spans.get(year.pk, []))
        )
        for year in years
    ]
    return sorted(rows, key=lambda row: (-row.bloc_year.year, sort_key(row.bloc_year.bloc.name)))


def _state(year: BlocYear, spans: list[Window]) -> tuple[MarkName, str]:
    if year.closed_at is not None:
        return "done", f"Đã khép năm ngày {year.closed_at.astimezone(clock.LOCAL):%d/%m/%Y}"
    now = clock.now()
    open_now = [one for one in spans if one.is_open(now)]
    if open_now:
        first = open_now[0]
        until = f"{first.closes.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}"
        return "open", f"{first.get_deed_display()}, hạn {until}"
    coming = sorted((one for one in spans if one.opens > now), key=lambda one: one.opens)
    if coming:
        day = f"{coming[0].opens.astimezone(clock.LOCAL):%d/%m/%Y}"
        return "wait", f"{coming[0].get_deed_display()} mở từ {day}"
    if spans:
        return "late", "Mọi mốc đã qua, năm chưa khép"
    return "none", "Trưởng khối chưa đặt các mốc"
