"""What every decision of the conference stands on: the right, the open year, the meeting."""

from __future__ import annotations

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse, require, require_open_year, standing_of
from thidua.year.conference.models import Conference
from thidua.year.conference.queries import quorum_of

HEAD_WRITES = "Bạn xem được trang hội nghị, không ghi được. Trưởng khối ghi được."


def require_head(actor: Actor, bloc_year: BlocYear) -> None:
    """Only the head of the bloc in that year records what the conference decides."""
    require(standing_of(actor, bloc_year).runs_year, HEAD_WRITES)


def chain_of(bloc_year: BlocYear) -> str:
    """The ledger chain of the bloc-year."""
    return chain.of_year(bloc_year.pk)


def open_year(bloc_year: BlocYear) -> BlocYear:
    """The year as it stands now, read inside the decision; refuses when it is closed (YEAR-1)."""
    fresh = BlocYear.objects.select_related("bloc", "jurisdiction").get(pk=bloc_year.pk)
    require_open_year(fresh)
    return fresh


def meeting_of(bloc_year: BlocYear) -> Conference:
    """The conference of the year; refuses when nobody recorded it yet (CONF-3)."""
    found = Conference.objects.filter(bloc_year=bloc_year).select_related("bloc_year").first()
    if found is None:
        raise refuse(
            "CONF-3", "Chưa ghi thông tin hội nghị. Ghi ngày họp, địa điểm, chủ trì trước."
        )
    return found


def deciding_meeting(bloc_year: BlocYear) -> Conference:
    """A conference that may decide: its day has come and enough units are there (QUORUM-1)."""
    conference = meeting_of(bloc_year)
    if clock.today() < conference.held_on:
        raise refuse(
            "CONF-4",
            f"Hội nghị họp ngày {conference.held_on:%d/%m/%Y}. "
            "Quyết định của hội nghị ghi được từ ngày đó.",
        )
    quorum = quorum_of(conference)
    if not quorum.is_met:
        raise Refused([quorum.finding])
    return conference


def require_member(bloc_year: BlocYear, unit: Unit, rule_id: str) -> None:
    """Refuse unless the unit is a member of the bloc-year."""
    if not bloc_year.memberships.filter(unit=unit).exists():
        raise refuse(
            rule_id, f"{unit.name} không phải đơn vị thành viên của Khối năm {bloc_year.year}."
        )


__all__ = ["Act", "chain_of", "deciding_meeting", "meeting_of", "open_year", "require_head"]
