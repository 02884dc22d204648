"""What a position may do in one bloc-year. Services ask here; pages only show or hide by it.

Rights belong to positions (unit + role + dates) and to offices that a unit holds in the year; they
are read anew for every request and every decision, so that an ended position is refused at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from thidua.platform import clock
from thidua.registry.actor import Actor
from thidua.registry.models import Role
from thidua.registry.refusal import refuse, require
from thidua.year.bloc.models import BlocYear, Checker, Membership, Office

__all__ = [
    "UNIT_STAFF",
    "Standing",
    "YearRequest",
    "judge_standing",
    "refuse",
    "require",
    "require_open_year",
    "require_unadopted",
    "standing_of",
]

UNIT_STAFF = (Role.OFFICER, Role.LEADER, Role.SECRETARY)


@dataclass(frozen=True)
class Standing:
    """Where an actor stands in a bloc-year on one day.

    `sits`: the bloc's steps of scoring give the position work on the sheets of all other units (a
    verification team, an agency with criteria of its own); the gate fills it in for pages.
    """

    actor: Actor
    bloc_year_id: int
    member: bool = False
    head: bool = False
    deputy: bool = False
    checks: frozenset[int] = frozenset()
    sits: bool = False

    @property
    def insider(self) -> bool:
        """May see the bloc-year at all."""
        return self.member or self.actor.is_standing

    @property
    def runs_year(self) -> bool:
        """Acts as head of the bloc: settings, verification, conference."""
        return self.head

    def works_for(self, unit_id: int) -> bool:
        """An officer, leader or secretary of that member unit."""
        return self.member and self.actor.unit_id == unit_id and self.actor.role in UNIT_STAFF

    def leads(self, unit_id: int) -> bool:
        """The leader of that member unit, who approves for it."""
        return self.works_for(unit_id) and self.actor.role == Role.LEADER

    def verifies(self, unit_id: int) -> bool:
        """Checks that unit's sheet: an assigned checker, or the head; never one's own unit."""
        if self.actor.unit_id == unit_id:
            return False
        assigned = unit_id in self.checks and self.actor.role in (*UNIT_STAFF, Role.VERIFIER)
        return self.member and (assigned or self.head)

    def examines(self, unit_id: int) -> bool:
        """Works on that unit's sheet at some step of scoring, as far as a page needs to know."""
        return self.verifies(unit_id) or (self.sits and self.actor.unit_id != unit_id)


class YearRequest(HttpRequest):
    """A request for a page of one bloc-year, after the gate."""

    actor: Actor
    bloc_year: BlocYear
    standing: Standing


def standing_of(actor: Actor, bloc_year: BlocYear) -> Standing:
    """Read membership, offices and checks of the actor's unit on this day (three queries)."""
    if actor.jurisdiction_id != bloc_year.jurisdiction_id or actor.unit_id is None:
        return Standing(actor, bloc_year.pk)
    day = bloc_year.day_that_counts(clock.today())
    own = Membership.objects.filter(bloc_year=bloc_year, unit_id=actor.unit_id)
    member = own.exclude(left__lte=day).exists()
    offices = Office.objects.filter(bloc_year=bloc_year, unit_id=actor.unit_id)
    checks = Checker.objects.filter(bloc_year=bloc_year, checker_id=actor.unit_id)
    return judge_standing(
        actor, bloc_year.pk, member=member, offices=offices, checks=[one.unit_id for one in checks]
    )


def judge_standing(
    actor: Actor,
    bloc_year_id: int,
    *,
    member: bool,
    offices: Iterable[Office],
    checks: Iterable[int],
) -> Standing:
    """The standing that follows from facts already read about the actor's unit."""
    day = clock.today()
    held = {office.kind for office in offices if office.held_on(day)}
    acts = member and actor.role in (Role.LEADER, Role.SECRETARY)
    return Standing(
        actor=actor,
        bloc_year_id=bloc_year_id,
        member=member,
        head=acts and Office.Kind.HEAD in held,
        deputy=acts and Office.Kind.DEPUTY in held,
        checks=frozenset(checks) if member else frozenset(),
    )


def require_open_year(bloc_year: BlocYear) -> None:
    """Nothing in a closed year may change any more (YEAR-1).

    Ask inside the decision: the row is read anew there, for it may have been loaded before another
    decision closed the year or changed its settings.
    """
    own = [column.attname for column in BlocYear._meta.concrete_fields if not column.is_relation]
    bloc_year.refresh_from_db(fields=[name for name in own if name != "id"])
    if bloc_year.closed_at is not None:
        raise refuse("YEAR-1", f"Năm {bloc_year.year} đã khép. Dữ liệu chỉ còn để xem.")


def require_unadopted(bloc_year: BlocYear) -> None:
    """Nothing that the adopted table rests on changes while it is in force (YEAR-2).

    Ask after `require_open_year`, which reads the row anew. Offices, the theme, the founding
    document and the papers of the conference are no part of the table and do not ask.
    """
    if bloc_year.is_settled:
        raise refuse("YEAR-2", bloc_year.settled_words)
