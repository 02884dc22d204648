"""Units that are not ranked this year, each with a reason."""

from __future__ import annotations

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse
from thidua.year.conference.models import NotRanked
from thidua.year.conference.queries import is_settled
from thidua.year.conference.services.ground import (
    chain_of,
    open_year,
    require_head,
    require_member,
)


def mark_not_ranked(
    actor: Actor, *, bloc_year: BlocYear, unit: Unit, reason: str, request_id: str = ""
) -> NotRanked:
    """Record that a unit takes no place this year; its open lines no longer hold up the adoption.

    Errors (`Refused`): RIGHT-1, YEAR-1, UNRANKED-1 (no reason, or the table is adopted),
    UNRANKED-2 (no member).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.not_ranked",
        chain=chain_of(bloc_year),
        subject=f"Ghi {unit.name} không xếp hạng năm {bloc_year.year}",
        request_id=request_id,
        reason=reason,
        inputs={"bloc_year": bloc_year.pk, "unit": unit.pk, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(NotRanked)
        year = open_year(bloc_year)
        require_member(year, unit, "UNRANKED-2")
        _require_unsettled(year)
        if not reason.strip():
            raise refuse("UNRANKED-1", "Ghi lý do đơn vị không xếp hạng. Biên bản nêu lý do này.")
        return act.result(_write(act, year, unit, reason.strip()))


def rank_after_all(
    actor: Actor, *, bloc_year: BlocYear, unit: Unit, request_id: str = ""
) -> BlocYear:
    """Take back the record that a unit is not ranked; a unit without it is left as it is.

    Errors (`Refused`): RIGHT-1, YEAR-1, UNRANKED-1 (the table is adopted).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.ranked_again",
        chain=chain_of(bloc_year),
        subject=f"Đưa {unit.name} trở lại xếp hạng năm {bloc_year.year}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, "unit": unit.pk},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        year = open_year(bloc_year)
        _require_unsettled(year)
        for row in NotRanked.objects.filter(bloc_year=year, unit=unit):
            act.remove(row)
        return act.result(year)


def _write(act: Act, bloc_year: BlocYear, unit: Unit, reason: str) -> NotRanked:
    values = {"reason": reason, "author": act.doer.label, "at": clock.now()}
    found = NotRanked.objects.filter(bloc_year=bloc_year, unit=unit).first()
    if found is not None:
        return act.change(found, **values)
    return act.create(
        NotRanked(
            jurisdiction_id=bloc_year.jurisdiction_id, bloc_year=bloc_year, unit=unit, **values
        )
    )


def _require_unsettled(bloc_year: BlocYear) -> None:
    if is_settled(bloc_year):
        raise refuse(
            "UNRANKED-1",
            "Bảng điểm đã được thông qua. Muốn đổi thì mở lại bảng điểm, ghi lý do, "
            "rồi thông qua lại.",
        )
