"""Decisions of the registry: units, people, positions, invitations, the first jurisdiction."""

from __future__ import annotations

from thidua.registry.services.founding import Founded, Seat, found_jurisdiction, installer
from thidua.registry.services.invitations import (
    Invited,
    accept_invitation,
    decline_invitation,
    find_invitation,
    invite,
    why_closed,
    withdraw_invitation,
)
from thidua.registry.services.people import (
    Post,
    add_person,
    add_position,
    appoints,
    correct_person_name,
    end_position,
)
from thidua.registry.services.recovery import Recovered, recover_administrator, reset_link
from thidua.registry.services.units import (
    add_unit,
    create_unit,
    dissolve_unit,
    rename_unit,
    set_unit_kind,
)

__all__ = [
    "Founded",
    "Invited",
    "Post",
    "Recovered",
    "Seat",
    "accept_invitation",
    "add_person",
    "add_position",
    "add_unit",
    "appoints",
    "correct_person_name",
    "create_unit",
    "decline_invitation",
    "dissolve_unit",
    "end_position",
    "find_invitation",
    "found_jurisdiction",
    "installer",
    "invite",
    "recover_administrator",
    "rename_unit",
    "reset_link",
    "set_unit_kind",
    "why_closed",
    "withdraw_invitation",
]
