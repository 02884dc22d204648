"""Letters of scoring: who hears that a sheet was sent, returned or verified."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

from thidua.platform.ledger.act import Act
from thidua.platform.mail.services import queue
from thidua.registry.models import Role
from thidua.registry.queries import addresses_of
from thidua.year.scoring.models import Sheet

UNIT_ROLES = (Role.OFFICER, Role.LEADER, Role.SECRETARY)
CHECKER_ROLES = (*UNIT_ROLES, Role.VERIFIER)


def tell_unit(act: Act, sheet: Sheet, *, subject: str, words: str) -> None:
    """A letter to the staff of the unit whose sheet it is."""
    _tell(act, sheet, {sheet.unit_id}, UNIT_ROLES, (subject, words), "scoring:sheet")


def tell_checkers(
    act: Act, sheet: Sheet, unit_ids: Collection[int], *, subject: str, words: str
) -> None:
    """A letter to the staff of the units that verify the sheet."""
    _tell(act, sheet, set(unit_ids), CHECKER_ROLES, (subject, words), "scoring:verify")


def _tell(
    act: Act,
    sheet: Sheet,
    unit_ids: set[int],
    roles: Collection[Role],
    said: tuple[str, str],
    page: str,
) -> None:
    address = settings.THIDUA_ADDRESS + reverse(page, args=[sheet.bloc_year_id, sheet.unit_id])
    subject, words = said
    for email in addresses_of(unit_ids, roles):
        queue(
            key=f"{act.request_id}:{email}",
            to=email,
            subject=subject,
            body=f"{words}\n\nMở trang: {address}\n",
        )
