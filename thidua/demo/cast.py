"""Who acts in a demo bloc: one person per role with a log-in, and one officer per other unit.

Names are roles, not people. The log-ins are the same in every demo jurisdiction, so that one person
can switch between the blocs in the bar at the top.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thidua.demo.log_ins import DOMAIN, LOG_INS, PASSWORD
from thidua.platform.accounts.models import Account
from thidua.platform.marking import made_up
from thidua.registry.actor import Actor, actor_of
from thidua.registry.models import Jurisdiction, Letterhead, Position, Role, Unit
from thidua.registry.services import (
    Post,
    Seat,
    accept_invitation,
    add_person,
    find_invitation,
    found_jurisdiction,
    invite,
)
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import Member, members


@dataclass
class Cast:
    """The jurisdiction of a case and everybody who acts in it."""

    jurisdiction: Jurisdiction
    administrator: Actor
    standing: Actor
    officers: dict[int, Actor] = field(default_factory=dict)  # by unit
    leaders: dict[int, Actor] = field(default_factory=dict)  # by unit
    head: Actor | None = None

    @property
    def chair(self) -> Actor:
        """The head of the bloc; a case without one cannot act."""
        if self.head is None:
            raise LookupError("the case names no head")
        return self.head


def found_cast(case: dict[str, Any], *, key: str, made: bool = False) -> Cast:
    """Found the jurisdiction and its administrator; the scope is opened before the rest."""
    place = case["jurisdiction"]
    seat = Seat(
        name=place["name"],
        place=place["place"],
        standing_office=place["standing_office"],
        letterhead=Letterhead(place["letterhead"]),
        synthetic=made,
    )
    email = LOG_INS["administrator"].email if made else f"quan-tri-{key}@{DOMAIN}"
    founded = found_jurisdiction(
        seat=seat, email=email, full_name="Quản trị hệ thống (mẫu)", password=PASSWORD
    )
    administrator = actor_of(founded.position)
    return Cast(founded.jurisdiction, administrator, administrator)


def appoint_standing(cast: Cast, starts: date) -> None:
    """The standing office of the jurisdiction, with its log-in."""
    post = Post(role=Role.STANDING, starts=starts)
    cast.standing = appoint(
        cast.administrator, "Cơ quan thường trực (mẫu)", post, log_in="standing"
    )


def appoint_members(cast: Cast, bloc_year: BlocYear, starts: date, *, officer_unit: str) -> None:
    """An officer and a leader in every unit; log-ins for one unit, the head and a verifier."""
    found = members(bloc_year)
    units = {member.unit_id: Unit.objects.get(pk=member.unit_id) for member in found}
    for member in found:
        _staff(cast, units[member.unit_id], member, starts, shown=member.name == officer_unit)
    verifying = next(
        units[member.unit_id]
        for member in reversed(found)
        if member.name != officer_unit and not member.is_head
    )
    post = Post(role=Role.VERIFIER, starts=starts, unit=verifying)
    appoint(cast.standing, "Người thẩm định (mẫu)", post, log_in="verifier")


def _staff(cast: Cast, unit: Unit, member: Member, starts: date, *, shown: bool) -> None:
    officer = Post(role=Role.OFFICER, starts=starts, unit=unit)
    log_in = "officer" if shown else ""
    cast.officers[unit.pk] = appoint(cast.standing, "Chuyên viên (mẫu)", officer, log_in=log_in)
    title = "Trưởng khối" if member.is_head else ""
    leader = Post(role=Role.LEADER, starts=starts, unit=unit, title=title)
    log_in = "leader" if shown else "head" if member.is_head else ""
    name = f"{title or 'Lãnh đạo đơn vị'} (mẫu)"
    cast.leaders[unit.pk] = appoint(cast.standing, name, leader, log_in=log_in)
    if member.is_head:
        cast.head = cast.leaders[unit.pk]


def appoint(by: Actor, name: str, post: Post, *, log_in: str = "") -> Actor:
    """A person in one position, marked as made up; with a log-in they accept an invitation."""
    with made_up():
        person = add_person(by, full_name=name, post=post, synthetic=True)
        position = person.positions.get()
        if log_in:
            _let_in(by, position, LOG_INS[log_in].email)
    position = Position.objects.select_related("person", "unit", "jurisdiction").get(pk=position.pk)
    return actor_of(position)


def _let_in(by: Actor, position: Position, email: str) -> None:
    invited = invite(by, position=position, email=email)
    invitation = find_invitation(invited.link.rstrip("/").rsplit("/", 1)[-1])
    if invitation is None:
        raise LookupError("the invitation just made is not found")
    account = Account.objects.filter(email=email).first()
    if account is None:
        accept_invitation(invitation=invitation, password=PASSWORD)
    else:
        accept_invitation(invitation=invitation, account=account)
