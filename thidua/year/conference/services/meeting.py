"""The meeting itself: when and where, who came, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time

from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse
from thidua.year.conference.models import Adoption, Attendance, Conference
from thidua.year.conference.queries import members_of
from thidua.year.conference.services.ground import chain_of, meeting_of, open_year, require_head


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What the head records about the meeting; ``synthetic`` marks made-up facts."""

    held_on: date
    place: str
    chair: str
    secretary: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    guests: str = ""
    remarks: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One unit at the roll call."""

    unit_id: int
    present: bool
    representative: str = ""
    position: str = ""
    synthetic: bool = False


def hold_conference(
    actor: Actor, *, bloc_year: BlocYear, facts: MeetingFacts, request_id: str = ""
) -> Conference:
    """Record or correct day, place, chair, secretary, guests and remarks of the conference.

    Errors (`Refused`): RIGHT-1, YEAR-1, CONF-1 (adopted: only guests and remarks may still be
    written, by ``record_remarks``), CONF-2 (day before the year begins),
    CONF-5 (end before start).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.hold",
        chain=chain_of(bloc_year),
        subject=f"Ghi thông tin hội nghị tổng kết, họp ngày {facts.held_on:%d/%m/%Y}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, **asdict(facts)},
    ) as act:
        if act.repeated:
            return act.first(Conference)
        year = open_year(bloc_year)
        _require_not_adopted(year)
        if facts.held_on < year.starts:
            raise refuse(
                "CONF-2",
                f"Ngày họp sớm hơn ngày bắt đầu năm thi đua ({year.starts:%d/%m/%Y}). "
                "Nhập lại ngày họp.",
                field="held_on",
            )
        _require_order(facts.starts_at, facts.ends_at)
        return act.result(_write_meeting(act, year, facts))


def _write_meeting(act: Act, bloc_year: BlocYear, facts: MeetingFacts) -> Conference:
    found = Conference.objects.filter(bloc_year=bloc_year).first()
    if found is not None:
        return act.change(found, **asdict(facts))
    made = Conference(
        jurisdiction_id=bloc_year.jurisdiction_id, bloc_year=bloc_year, **asdict(facts)
    )
    return act.create(made)


def record_remarks(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    guests: str,
    remarks: str,
    ends_at: time | None = None,
    request_id: str = "",
) -> Conference:
    """Write guests, the leader's remarks and when it ended; possible until the year is closed.

    The leader in charge speaks after the table is adopted, so these stay open longer than the
    rest; an hour that is not given stays as it was. Errors (`Refused`): RIGHT-1, YEAR-1, CONF-3,
    CONF-5 (end before start).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.remarks",
        chain=chain_of(bloc_year),
        subject="Ghi đại biểu dự và ý kiến chỉ đạo tại hội nghị",
        request_id=request_id,
        inputs={
            "bloc_year": bloc_year.pk,
            "guests": guests,
            "remarks": remarks,
            "ends_at": ends_at,
        },
    ) as act:
        if act.repeated:
            return act.first(Conference)
        conference = meeting_of(open_year(bloc_year))
        ended = ends_at or conference.ends_at
        _require_order(conference.starts_at, ended)
        return act.result(act.change(conference, guests=guests, remarks=remarks, ends_at=ended))


def record_attendance(
    actor: Actor, *, bloc_year: BlocYear, seats: Sequence[Seat], request_id: str = ""
) -> Conference:
    """Write the roll call: present or not, who represents the unit, as what.

    Units left out of ``seats`` keep what was recorded. Errors (`Refused`): RIGHT-1, YEAR-1, CONF-1,
    CONF-3, ATTEND-1 (a unit that is no member on the day of the conference).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.attendance",
        chain=chain_of(bloc_year),
        subject=f"Điểm danh hội nghị tổng kết: {sum(seat.present for seat in seats)} đơn vị có mặt",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, "seats": [asdict(seat) for seat in seats]},
    ) as act:
        if act.repeated:
            return act.first(Conference)
        year = open_year(bloc_year)
        conference = meeting_of(year)
        _require_not_adopted(year)
        _write_seats(act, conference, seats)
        return act.result(conference)


def _write_seats(act: Act, conference: Conference, seats: Sequence[Seat]) -> None:
    members = {member.unit_id for member in members_of(conference)}
    known = {row.unit_id: row for row in conference.attendance.all()}
    for seat in seats:
        if seat.unit_id not in members:
            raise refuse("ATTEND-1", "Có đơn vị không phải thành viên của Khối vào ngày họp.")
        row = known.get(seat.unit_id)
        if row is None:
            act.create(
                Attendance(
                    jurisdiction_id=conference.jurisdiction_id,
                    conference=conference,
                    **asdict(seat),
                )
            )
        else:
            act.change(row, **asdict(seat))


def _require_order(starts_at: time | None, ends_at: time | None) -> None:
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        words = f"Giờ kết thúc phải sau giờ khai mạc ({starts_at:%H:%M}). Xem lại hai giờ."
        raise refuse("CONF-5", words, field="ends_at")


def _require_not_adopted(bloc_year: BlocYear) -> None:
    if Adoption.objects.filter(bloc_year=bloc_year).exists():
        raise refuse(
            "CONF-1",
            "Bảng điểm đã được thông qua. Ngày họp, chủ trì và điểm danh không sửa được nữa; "
            "đại biểu dự và ý kiến chỉ đạo vẫn ghi được.",
        )
