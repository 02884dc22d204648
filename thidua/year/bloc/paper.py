"""What every paper of a bloc has in common: its letterhead and the day it bears."""

from __future__ import annotations

from datetime import date, datetime

from thidua.platform import clock
from thidua.platform.documents.model import DateBlank, Letterhead, Profile
from thidua.year.bloc.models import BlocYear


def letterhead_of(bloc_year: BlocYear) -> Letterhead:
    """The province or branch above, the bloc below: the same on minutes, tables and scales.

    Source: Nghị định 30/2020/NĐ-CP, Appendix I (superior body above the issuing body).
    """
    return Letterhead(
        issuer=bloc_year.bloc.name,
        superior=bloc_year.jurisdiction.name,
        profile=Profile(bloc_year.jurisdiction.letterhead),
    )


def dated(
    bloc_year: BlocYear, *, today: date, act: date | datetime | None = None
) -> tuple[date, DateBlank]:
    """The day a paper bears, and what of it is left open.

    The day of the recorded ``act`` if there is one; while the year runs, today; a closed year
    without such an act leaves day and month open for văn thư, under the last year it was worked on.
    """
    if isinstance(act, datetime):
        act = act.astimezone(clock.LOCAL).date()
    if act is not None:
        return act, DateBlank.NOTHING
    if bloc_year.closed_at is None:
        return today, DateBlank.NOTHING
    return bloc_year.closed_at.astimezone(clock.LOCAL).date(), DateBlank.DAY_AND_MONTH
