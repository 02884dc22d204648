"""Reading the conference: who was there, what is settled, what the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from thidua.registry.models import Unit
from thidua.registry.queries import names_on
from thidua.year.bloc.models import BlocYear, Membership, Office
from thidua.year.bloc.queries import members
from thidua.year.conference.models import (
    Adoption,
    Attendance,
    Conference,
    Election,
    Nomination,
    NotRanked,
)
from thidua.year.conference.quorum import Quorum
from thidua.year.scoring.models import Sheet


def members_of(conference: Conference) -> list[Membership]:
    """Units that are members on the day of the conference, in founding order (one query).

    A conference held after the year looks back to its last day.
    """
    day = conference.bloc_year.day_that_counts(conference.held_on)
    return list(
        conference.bloc_year.memberships.filter(Q(left=None) | Q(left__gt=day), joined__lte=day)
        .select_related("unit")
        .order_by("order", "id")
    )


def names_of(conference: Conference, units: Iterable[Unit]) -> dict[int, str]:
    """The name each unit bore on the day of the conference (one query)."""
    present = {unit.pk: unit.name for unit in units}
    day = conference.bloc_year.day_that_counts(conference.held_on)
    return {**present, **names_on(list(present), day=day)}


def quorum_of(conference: Conference) -> Quorum:
    """How many of the members of that day came (two queries)."""
    bloc_year = conference.bloc_year
    members = {row.unit_id for row in members_of(conference)}
    came = conference.attendance.filter(present=True).values_list("unit_id", flat=True)
    return Quorum(
        present=len(members.intersection(came)),
        members=len(members),
        num=bloc_year.quorum_num,
        den=bloc_year.quorum_den,
    )


def latest_adoption(bloc_year: BlocYear) -> Adoption | None:
    """The table in force; None before the first adoption."""
    return Adoption.objects.filter(bloc_year=bloc_year).order_by("-version").first()


def is_settled(bloc_year: BlocYear) -> bool:
    """Adopted, and not opened again for a correction."""
    if not Adoption.objects.filter(bloc_year=bloc_year).exists():
        return False
    return not open_sheets(bloc_year).exists()


def is_reopened(bloc_year: BlocYear) -> bool:
    """Adopted once, and opened again for a correction that is not adopted yet."""
    return Adoption.objects.filter(bloc_year=bloc_year).exists() and open_sheets(bloc_year).exists()


def open_sheets(bloc_year: BlocYear) -> QuerySet[Sheet]:
    """Sheets that are not locked by an adoption."""
    return Sheet.objects.filter(bloc_year=bloc_year).exclude(state=Sheet.State.ADOPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceFacts:
    """Where the conference of a bloc-year stands."""

    bloc_year: BlocYear
    conference: Conference | None
    quorum: Quorum | None
    members: tuple[tuple[int, str], ...]
    attendance: Mapping[int, Attendance]
    adoptions: tuple[Adoption, ...]
    sheet_states: tuple[str, ...]
    verified: int  # sheets whose verification was finished, whatever was adopted since
    not_ranked: tuple[NotRanked, ...]
    elections: tuple[Election, ...]
    nominations: tuple[Nomination, ...]

    @property
    def adoption(self) -> Adoption | None:
        """The version in force."""
        return self.adoptions[0] if self.adoptions else None

    @property
    def reopened(self) -> bool:
        """Adopted, and open for a correction."""
        return bool(self.adoptions) and any(
            state != Sheet.State.ADOPTED for state in self.sheet_states
        )

    @property
    def elected(self) -> Mapping[str, Election]:
        """The recorded choices by office."""
        return {row.office: row for row in self.elections}

    @property
    def all_elected(self) -> bool:
        """Both head and deputy of the next year are recorded."""
        return set(self.elected) == set(Office.Kind.values)

    @property
    def closed(self) -> bool:
        """The year is over; everything is only read."""
        return self.bloc_year.closed_at is not None

    @property
    def absent(self) -> frozenset[int]:
        """Units noted as absent at the roll call."""
        return frozenset(pk for pk, row in self.attendance.items() if not row.present)

    def name(self, unit_id: int) -> str:
        """The unit's name on the day of the conference."""
        return dict(self.members).get(unit_id, "")


def conference_facts(bloc_year: BlocYear) -> ConferenceFacts:
    """Everything the pages of the conference rest on (at most ten queries, whatever the bloc)."""
    conference = Conference.objects.filter(bloc_year=bloc_year).first()
    if conference is not None:
        conference.bloc_year = bloc_year
    sheets = list(Sheet.objects.filter(bloc_year=bloc_year).values_list("state", "verified_at"))
    ready = (Sheet.State.VERIFIED, Sheet.State.ADOPTED)
    return ConferenceFacts(
        bloc_year=bloc_year,
        conference=conference,
        quorum=None if conference is None else quorum_of(conference),
        members=_members(bloc_year, conference),
        attendance=_attendance(conference),
        adoptions=tuple(
            Adoption.objects.filter(bloc_year=bloc_year).defer("snapshot").order_by("-version")
        ),
        sheet_states=tuple(state for state, _ in sheets),
        verified=sum(state in ready and moment is not None for state, moment in sheets),
        not_ranked=tuple(NotRanked.objects.filter(bloc_year=bloc_year).select_related("unit")),
        elections=() if conference is None else tuple(conference.elections.select_related("unit")),
        nominations=()
        if conference is None
        else tuple(conference.nominations.select_related("unit")),
    )


def _members(bloc_year: BlocYear, conference: Conference | None) -> tuple[tuple[int, str], ...]:
    if conference is None:
        return tuple((one.unit_id, one.name) for one in members(bloc_year))
    rows = members_of(conference)
    names = names_of(conference, (row.unit for row in rows))
    return tuple((row.unit_id, names[row.unit_id]) for row in rows)


def _attendance(conference: Conference | None) -> dict[int, Attendance]:
    if conference is None:
        return {}
    return {row.unit_id: row for row in conference.attendance.all()}
