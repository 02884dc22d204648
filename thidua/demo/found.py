"""Found a case's bloc-year with its cast: the part that every case shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from thidua.demo.case import day_of, member_names
from thidua.demo.cast import Cast, appoint_members, appoint_standing
from thidua.platform import clock
from thidua.platform.marking import made_up
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.services import (
    Details,
    Founding,
    MemberDraft,
    Span,
    found_bloc_year,
    set_windows,
)


def found_year(case: dict[str, Any], cast: Cast, *, officer_unit: str) -> BlocYear:
    """The bloc-year with its members and offices as the source states them, and who acts."""
    names = member_names(case)
    starts = day_of(case, "bloc", "starts")
    appoint_standing(cast, starts)
    founding = Founding(
        name=case["bloc"]["name"],
        year=case["bloc"]["year"],
        details=Details(
            starts=starts,
            ends=day_of(case, "bloc", "ends"),
            council_member=case.get("council_member", ""),
        ),
        members=[MemberDraft(name=name, synthetic=made) for name, made in names],
        head=_place(names, case["head"]),
        deputy=_place(names, case["deputy"]),
        theme=str(case.get("theme", "")).strip(),
        source_note=str(case["source_note"]).strip(),
    )
    bloc_year = found_bloc_year(cast.standing, founding=founding)
    appoint_members(cast, bloc_year, starts, officer_unit=officer_unit)
    return bloc_year


def _place(names: list[tuple[str, bool]], wanted: str | None) -> int | None:
    """The member's place in the founding order, counted from 1."""
    if wanted is None:
        return None
    return [name for name, _made in names].index(wanted) + 1


def open_windows(
    cast: Cast, bloc_year: BlocYear, spans: Mapping[Window.Deed, tuple[date, date]]
) -> None:
    """Set the windows: made-up days, from the morning of the first to 17:00 of the last."""
    with made_up():
        set_windows(
            cast.chair,
            bloc_year=bloc_year,
            spans={
                deed: Span(clock.local(first), clock.local(last, 17))
                for deed, (first, last) in spans.items()
            },
        )


def days(first: date, length: int) -> tuple[date, date]:
    """A window of so many days."""
    return first, first + timedelta(days=length)
