"""Who acts: a person in one position. Every service takes one and judges rights by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from thidua.registry.models import Position, Role


@dataclass(frozen=True)
class Actor:
    """A signed-in person acting in one position; ``label`` is what history shows."""

    account_id: int | None
    person_id: int | None
    position_id: int | None
    role: Role
    unit_id: int | None
    jurisdiction_id: int
    label: str

    @property
    def is_standing(self) -> bool:
        """Acts for the standing office of the jurisdiction."""
        return self.role == Role.STANDING

    @property
    def is_administrator(self) -> bool:
        """Looks after the installation; has no part in any bloc."""
        return self.role == Role.ADMINISTRATOR


class ActorRequest(HttpRequest):
    """A request after the gate: somebody is signed in and acts in a position."""

    actor: Actor


def label_of(position: Position) -> str:
    """The words under which history shows an act: the position and whose it is, not the person."""
    where = position.unit.name if position.unit else position.jurisdiction.standing_office
    if position.role == Role.ADMINISTRATOR:
        return position.title or position.get_role_display()
    return f"{position.title or position.get_role_display()}, {where}"


def actor_of(position: Position) -> Actor:
    """The actor of a position; load it with person, unit and jurisdiction."""
    return Actor(
        account_id=position.person.account_id,
        person_id=position.person_id,
        position_id=position.pk,
        role=Role(position.role),
        unit_id=position.unit_id,
        jurisdiction_id=position.jurisdiction_id,
        label=label_of(position),
    )


def positions_of(account_id: int | None, *, on: date) -> list[Position]:
    """The positions an account holds on a day, over all jurisdictions, in a fixed order.

    Crosses jurisdictions on purpose: it is the list from which a person chooses where to work.
    """
    if account_id is None:
        return []
    held = (
        Position.objects.with_scopes_disabled()
        .filter(person__account_id=account_id, starts__lte=on)
        .exclude(ends__lt=on)
        .select_related("person", "unit", "jurisdiction")
        .order_by("id")
    )
    return list(held)
