"""What the conference does to sheets, inside its own decision: lock them, or open them again."""

from __future__ import annotations

from thidua.platform.ledger.act import Act
from thidua.year.bloc.models import BlocYear
from thidua.year.scoring.models import Sheet


def lock_adopted(act: Act, *, bloc_year: BlocYear) -> list[Sheet]:
    """Lock every sheet of the bloc-year as adopted; the caller has judged rights and open lines.

    Works inside the conference's `Act`, so that the table and its sheets are one decision.
    """
    return [
        act.change(sheet, state=Sheet.State.ADOPTED)
        for sheet in Sheet.objects.filter(bloc_year=bloc_year).order_by("pk")
    ]


def unlock_adopted(act: Act, *, bloc_year: BlocYear) -> list[Sheet]:
    """Open adopted sheets again for a correction, each where it stood before it was locked.

    A unit that took no place may have been locked unverified; opening must not call it verified.
    The conference has judged the reason.
    """
    adopted = Sheet.objects.filter(bloc_year=bloc_year, state=Sheet.State.ADOPTED)
    return [act.change(sheet, state=_stood(sheet)) for sheet in adopted.order_by("pk")]


def _stood(sheet: Sheet) -> Sheet.State:
    if sheet.verified_at is not None:
        return Sheet.State.VERIFIED
    if sheet.returns.filter(answered_at=None).exists():
        return Sheet.State.RETURNED
    return Sheet.State.SELF if sheet.submitted_at is None else Sheet.State.SUBMITTED
