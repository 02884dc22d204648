"""What the conference decided about people's trust: next head and deputy, nominations.

Only the outcome is recorded. A secret ballot is held on paper in the hall; no vote is ever typed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear, Office
from thidua.year.bloc.rights import refuse
from thidua.year.conference.models import Conference, Election, Method, Nomination
from thidua.year.conference.queries import latest_adoption, quorum_of
from thidua.year.conference.quorum import is_minority
from thidua.year.conference.services.ground import (
    chain_of,
    deciding_meeting,
    meeting_of,
    open_year,
    require_head,
    require_member,
)
from thidua.year.conference.snapshot import read_snapshot
from thidua.year.record.awards import UNIT_AWARDS, Award


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it was decided: the method and, where votes were counted, how many for of how many.

    ``ground`` is what a nomination rests on, asked for where the votes alone do not carry it.
    """

    method: Method
    votes_for: int | None = None
    voters: int | None = None
    synthetic: bool = False
    ground: str = ""

    def judge(self) -> None:
        """Refuse figures that cannot be (VOTE-1) or a secret ballot without figures (VOTE-2)."""
        if (self.votes_for is None) != (self.voters is None):
            raise refuse("VOTE-1", "Ghi cả số phiếu thuận và tổng số phiếu, hoặc để trống cả hai.")
        if self.votes_for is not None and self.voters is not None:
            if self.votes_for > self.voters:
                raise refuse(
                    "VOTE-1",
                    f"Số phiếu thuận ({self.votes_for}) lớn hơn tổng số phiếu ({self.voters}). "
                    "Xem lại hai số.",
                    field="votes_for",
                )
        elif self.method == Method.SECRET:
            raise refuse(
                "VOTE-2",
                "Bỏ phiếu kín thì ghi số phiếu thuận và tổng số phiếu theo biên bản kiểm phiếu.",
            )

    @property
    def counted(self) -> dict[str, object]:
        """Method and votes, as an election keeps them."""
        return {name: value for name, value in asdict(self).items() if name != "ground"}

    @property
    def lacks_majority(self) -> bool:
        """Votes were counted and not more than half are for it."""
        return is_minority(self.votes_for, self.voters)


def elect_office(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    office: Office.Kind,
    unit: Unit,
    outcome: Outcome,
    request_id: str = "",
) -> Election:
    """Record which unit the conference chose as head or deputy of the next year.

    Needs no adopted table: conferences also elect before they adopt. Recording an office again
    corrects it until the year is closed; this year's offices do not change by it.
    Errors (`Refused`): RIGHT-1, YEAR-1, CONF-3, CONF-4, QUORUM-1, VOTE-1 to VOTE-3, ELECT-1,
    ELECT-2.
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.elect",
        chain=chain_of(bloc_year),
        subject=f"Hội nghị chọn {unit.name} làm {office.label} năm {bloc_year.year + 1}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, "office": office, "unit": unit.pk, **asdict(outcome)},
    ) as act:
        if act.repeated:
            return act.first(Election)
        conference = deciding_meeting(open_year(bloc_year))
        outcome.judge()
        _judge_voters(conference, outcome)
        require_member(bloc_year, unit, "ELECT-1")
        _require_two_units(conference, office, unit)
        return act.result(_write_election(act, conference, office, unit, outcome))


def withdraw_election(
    actor: Actor, *, bloc_year: BlocYear, office: Office.Kind, request_id: str = ""
) -> Conference:
    """Take back a recorded choice of head or deputy. Errors: RIGHT-1, YEAR-1, CONF-3."""
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.withdraw_election",
        chain=chain_of(bloc_year),
        subject=f"Bỏ ghi nhận {office.label} năm {bloc_year.year + 1}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, "office": office},
    ) as act:
        if act.repeated:
            return act.first(Conference)
        conference = meeting_of(open_year(bloc_year))
        for row in conference.elections.filter(office=office):
            act.remove(row)
        return act.result(conference)


def nominate(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    award: Award,
    outcome: Outcome,
    request_id: str = "",
) -> Nomination:
    """Record that the conference nominates (suy tôn) a unit; the council decides later.

    Errors (`Refused`): RIGHT-1, YEAR-1, CONF-3, CONF-4, QUORUM-1, VOTE-1 to VOTE-3, NOMINATE-1 (no
    member), NOMINATE-2 (twice), NOMINATE-3 (the adopted table says: not considered), NOMINATE-4,
    NOMINATE-5 (not more than half of the votes, and no ground written).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.nominate",
        chain=chain_of(bloc_year),
        subject=f"Hội nghị suy tôn {unit.name}: {award.label}",
        request_id=request_id,
        inputs={
            "bloc_year": bloc_year.pk,
            "award": award,
            "unit": unit.pk,
            **asdict(outcome),
        },
    ) as act:
        if act.repeated:
            return act.first(Nomination)
        conference = deciding_meeting(open_year(bloc_year))
        outcome.judge()
        _judge_voters(conference, outcome)
        _judge_majority(outcome)
        _judge_nomination(conference, unit, award)
        return act.result(
            act.create(
                Nomination(
                    jurisdiction_id=conference.jurisdiction_id,
                    conference=conference,
                    unit=unit,
                    award=award,
                    **asdict(outcome),
                )
            )
        )


def withdraw_nomination(
    actor: Actor, *, bloc_year: BlocYear, unit: Unit, award: Award, request_id: str = ""
) -> Conference:
    """Take back a nomination that was recorded by mistake. Errors: RIGHT-1, YEAR-1, CONF-3."""
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.withdraw_nomination",
        chain=chain_of(bloc_year),
        subject=f"Bỏ ghi nhận suy tôn {unit.name}: {award.label}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk, "award": award, "unit": unit.pk},
    ) as act:
        if act.repeated:
            return act.first(Conference)
        conference = meeting_of(open_year(bloc_year))
        for row in conference.nominations.filter(unit=unit, award=award):
            act.remove(row)
        return act.result(conference)


def _judge_voters(conference: Conference, outcome: Outcome) -> None:
    """A unit that came has one vote; nobody else votes."""
    came = quorum_of(conference).present
    if outcome.voters is not None and outcome.voters > came:
        words = (
            f"Tổng số phiếu ({outcome.voters}) nhiều hơn số đơn vị có mặt ({came}). Mỗi đơn vị có "
            "mặt một phiếu; xem lại số phiếu hoặc điểm danh."
        )
        raise refuse("VOTE-3", words, field="voters")


def _judge_majority(outcome: Outcome) -> None:
    if outcome.lacks_majority and not outcome.ground.strip():
        words = (
            f"{outcome.votes_for}/{outcome.voters} phiếu, chưa quá nửa. Hội nghị vẫn suy tôn thì "
            "ghi Căn cứ, biên bản nêu căn cứ này."
        )
        raise refuse("NOMINATE-5", words, field="ground")


def _require_two_units(conference: Conference, office: Office.Kind, unit: Unit) -> None:
    other = conference.elections.exclude(office=office).filter(unit=unit).first()
    if other is not None:
        raise refuse(
            "ELECT-2",
            f"{unit.name} đã được ghi là {other.get_office_display()}. Chọn đơn vị khác, "
            f"hoặc bỏ ghi nhận {other.get_office_display()} trước.",
        )


def _write_election(
    act: Act, conference: Conference, office: Office.Kind, unit: Unit, outcome: Outcome
) -> Election:
    found = conference.elections.filter(office=office).first()
    if found is not None:
        return act.change(found, unit=unit, **outcome.counted)
    return act.create(
        Election(
            jurisdiction_id=conference.jurisdiction_id,
            conference=conference,
            office=office,
            unit=unit,
            **outcome.counted,
        )
    )


def _judge_nomination(conference: Conference, unit: Unit, award: Award) -> None:
    if award not in UNIT_AWARDS:
        raise refuse("NOMINATE-4", f"{award.label} không dành cho đơn vị thành viên của Khối.")
    require_member(conference.bloc_year, unit, "NOMINATE-1")
    if conference.nominations.filter(unit=unit, award=award).exists():
        raise refuse("NOMINATE-2", f"{unit.name} đã được suy tôn {award.label}.")
    adoption = latest_adoption(conference.bloc_year)
    if adoption is None:
        return
    for row in read_snapshot(adoption.snapshot).units:
        if row.unit_id == unit.pk and not row.considered:
            gates = "; ".join(gate.label for gate in row.gates if gate.state == "hit")
            raise refuse(
                "NOMINATE-3",
                f"{unit.name} không được xét khen thưởng năm nay: {gates or row.not_ranked}.",
            )
