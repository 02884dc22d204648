"""Closing the year: what was adopted and nominated goes to the record; nothing changes after it."""

from __future__ import annotations

from thidua.core.points import show
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse
from thidua.year.conference.models import Adoption, Nomination
from thidua.year.conference.queries import is_reopened, latest_adoption, names_of
from thidua.year.conference.services.ground import chain_of, meeting_of, open_year, require_head
from thidua.year.conference.snapshot import Snapshot, UnitRow, read_snapshot
from thidua.year.record.awards import Award
from thidua.year.record.services import ClosedYear, Nominated, UnitOutcome, write_results

NOTE_LIMIT = 300


def close_year(actor: Actor, *, bloc_year: BlocYear, request_id: str = "") -> BlocYear:
    """Close the bloc-year: results and nominations go to the record, every service then refuses.

    The head keeps the year, its nominations and papers until this moment; offices are not ended by
    it. Errors (`Refused`): RIGHT-1, YEAR-1 (closed already), CONF-3, CLOSE-1 (nothing adopted),
    CLOSE-2 (a correction is open), CLOSE-3 (a nominated unit is not considered).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.close_year",
        chain=chain_of(bloc_year),
        subject=f"Khép năm thi đua {bloc_year.year}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        year = open_year(bloc_year)
        adoption = latest_adoption(year)
        if adoption is None:
            raise refuse("CLOSE-1", "Bảng điểm chưa được thông qua. Thông qua rồi mới khép năm.")
        if is_reopened(year):
            raise refuse("CLOSE-2", "Bảng điểm đang mở để sửa. Thông qua lại rồi mới khép năm.")
        closed = _closed(year, adoption)
        _require_considered(closed, read_snapshot(adoption.snapshot))
        write_results(act, closed=closed)
        return act.result(act.change(year, closed_at=clock.now()))


def _closed(bloc_year: BlocYear, adoption: Adoption) -> ClosedYear:
    conference = meeting_of(bloc_year)
    snapshot = read_snapshot(adoption.snapshot)
    nominations = list(conference.nominations.select_related("unit"))
    names = names_of(conference, (row.unit for row in nominations))
    return ClosedYear(
        jurisdiction_id=bloc_year.jurisdiction_id,
        bloc_name=snapshot.meeting.bloc,
        year=bloc_year.year,
        fingerprint=adoption.fingerprint,
        outcomes=tuple(_outcome(snapshot, row) for row in snapshot.ranking),
        nominated=tuple(_nominated(row, names[row.unit_id]) for row in nominations),
    )


def _require_considered(closed: ClosedYear, snapshot: Snapshot) -> None:
    """A unit nominated before the adoption may turn out not to be considered."""
    for one in closed.nominated:
        row = snapshot.of(one.unit_id)
        if row is not None and not row.considered:
            words = (
                f"{one.unit_name} thuộc điều kiện không xét khen thưởng. "
                "Bỏ ghi nhận suy tôn của đơn vị rồi khép năm."
            )
            raise refuse("CLOSE-3", words)


def _nominated(row: Nomination, name: str) -> Nominated:
    return Nominated(
        unit_id=row.unit_id, unit_name=name, award=Award(row.award), synthetic=row.synthetic
    )


def _outcome(snapshot: Snapshot, row: UnitRow) -> UnitOutcome:
    decimals = 1 if row.scale is None else snapshot.scales[row.scale].decimals
    return UnitOutcome(
        unit_id=row.unit_id,
        unit_name=row.name,
        total=row.result_total,
        total_text="" if row.result_total is None else show(row.result_total, decimals=decimals),
        rank=row.rank,
        class_label=row.result_class,
        note=_note(row),
        synthetic=row.synthetic,
    )


def _note(row: UnitRow) -> str:
    return "" if row.is_ranked else f"Không xếp hạng: {row.why_not_ranked}"[:NOTE_LIMIT]
