"""Letters of scoring: who hears that a sheet was sent, returned or verified."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

from thidua.platform.ledger.act import Act
from thidua.platform.mail.services import queue
from thidua.registry.models import Role
from thidua.registry.queries import addresses_of, office_addresses
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.steps import Roster, StepFacts

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


def tell_step(
    act: Act, sheet: Sheet, roster: Roster, step: StepFacts, *, subject: str, words: str
) -> None:
    """A letter to whoever works on the sheet at a step: units, or the standing office."""
    if step.stage != Stage.OFFICE:
        units = roster.letters_to(step, sheet.unit_id)
        tell_checkers(act, sheet, units, subject=subject, words=words)
        return
    emails = office_addresses(sheet.jurisdiction_id)
    _send(act, sheet, emails, (subject, words), "scoring:verify")


def _tell(
    act: Act,
    sheet: Sheet,
    unit_ids: set[int],
    roles: Collection[Role],
    said: tuple[str, str],
    page: str,
) -> None:
    _send(act, sheet, addresses_of(unit_ids, roles), said, page)


def _send(
    act: Act, sheet: Sheet, emails: Collection[str], said: tuple[str, str], page: str
) -> None:
    address = settings.THIDUA_ADDRESS + reverse(page, args=[sheet.bloc_year_id, sheet.unit_id])
    subject, words = said
    for email in emails:
        queue(
            key=f"{act.request_id}:{email}",
            to=email,
            subject=subject,
            body=f"{words}\n\nMở trang: {address}\n",
        )
