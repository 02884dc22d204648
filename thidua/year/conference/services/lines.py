"""One line of one unit decided otherwise by the conference."""

from __future__ import annotations

from django.db import transaction

from thidua.registry.actor import Actor
from thidua.year.conference.services.ground import deciding_meeting, require_head
from thidua.year.scoring.models import Entry, Sheet
from thidua.year.scoring.services import LineChange, set_adopted_line


def decide_line(
    actor: Actor, *, sheet: Sheet, code: str, change: LineChange, request_id: str = ""
) -> Entry:
    """Record what a conference that may decide changed on a line; one decision with scoring's own.

    Errors (`Refused`): RIGHT-1, CONF-3, CONF-4, QUORUM-1, and those of `set_adopted_line`.
    """
    require_head(actor, sheet.bloc_year)
    with transaction.atomic():
        deciding_meeting(sheet.bloc_year)
        return set_adopted_line(actor, sheet=sheet, code=code, change=change, request_id=request_id)
