"""The first jurisdiction and its administrator: done by the command line, before anybody acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django_scopes import scope

from thidua.platform import clock
from thidua.platform.accounts.models import Account, clean_email
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Jurisdiction, Letterhead, Position, Role
from thidua.registry.refusal import line_of, refuse
from thidua.registry.services.invitations import accept_invitation, invite
from thidua.registry.services.people import Post, add_person

INSTALLER = "Lệnh cài đặt"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """What a jurisdiction is called: `place` stands on documents ("Huế, ngày …")."""

    name: str
    place: str
    standing_office: str
    letterhead: Letterhead = Letterhead.STATE
    synthetic: bool = False


@dataclass(frozen=True)
class Founded:
    """The jurisdiction, its administrator's position, and the link when no password was given."""

    jurisdiction: Jurisdiction
    position: Position
    link: str


def found_jurisdiction(*, seat: Seat, email: str, full_name: str, password: str = "") -> Founded:
    """Found a jurisdiction with its administrator, all or nothing.

    With a password (12 characters or more) the administrator can log in at once; without one the
    answer holds the invitation link to print. Refused: FOUND-1, FOUND-2, INVITE-5, TEXT-*.
    """
    if Account.objects.filter(email=clean_email(email)).exists():
        words = "Thư này đã có tài khoản. Dùng một thư khác cho người quản trị đầu tiên."
        raise refuse("FOUND-2", words)
    with transaction.atomic():
        jurisdiction = _create(seat)
        with scope(jurisdiction=jurisdiction):
            return _appoint(jurisdiction, email=email, full_name=full_name, password=password)


def _create(seat: Seat) -> Jurisdiction:
    name = line_of(seat.name, label="tên địa phương, ngành", most=200, field="name")
    with Act(installer(0), "registry.found", chain=chain.SYSTEM, subject=f"Lập {name}") as act:
        if Jurisdiction.objects.filter(name=name).exists():
            raise refuse("FOUND-1", f"Đã có “{name}” trong bản cài đặt này.")
        return act.result(
            act.create(
                Jurisdiction(
                    name=name,
                    place=line_of(seat.place, label="địa danh", most=100, field="place"),
                    standing_office=line_of(
                        seat.standing_office, label="cơ quan thường trực", most=200, field="office"
                    ),
                    letterhead=seat.letterhead,
                    synthetic=seat.synthetic,
                )
            )
        )


def _appoint(jurisdiction: Jurisdiction, *, email: str, full_name: str, password: str) -> Founded:
    actor = installer(jurisdiction.pk)
    post = Post(role=Role.ADMINISTRATOR, starts=clock.today())
    person = add_person(actor, full_name=full_name, post=post, synthetic=jurisdiction.synthetic)
    position = Position.objects.select_related("person", "unit", "jurisdiction").get(person=person)
    invited = invite(actor, position=position, email=email)
    if not password:
        return Founded(jurisdiction, position, invited.link)
    accepted = accept_invitation(invitation=invited.invitation, password=password)
    return Founded(jurisdiction, accepted, "")


def installer(jurisdiction_id: int) -> Actor:
    """The command line, which acts where nobody holds a position yet."""
    return Actor(
        account_id=None,
        person_id=None,
        position_id=None,
        role=Role.ADMINISTRATOR,
        unit_id=None,
        jurisdiction_id=jurisdiction_id,
        label=INSTALLER,
    )
