"""Adopting the table: the one act that freezes the scores of a bloc-year, and its correction."""

from __future__ import annotations

from thidua.core.finding import Finding, Refused
from thidua.core.fingerprint import fingerprint
from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.verify import root_of
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import refuse
from thidua.year.conference.freezing import freeze
from thidua.year.conference.hindrances import explaining_of, hindrances_of
from thidua.year.conference.models import Adoption, Conference
from thidua.year.conference.moves import same_figures
from thidua.year.conference.queries import is_reopened, latest_adoption
from thidua.year.conference.services.ground import (
    chain_of,
    deciding_meeting,
    meeting_of,
    open_year,
    require_head,
)
from thidua.year.conference.snapshot import Snapshot, plain_snapshot, read_snapshot
from thidua.year.scoring.services import lock_adopted, unlock_adopted


def adopt_scores(actor: Actor, *, bloc_year: BlocYear, request_id: str = "") -> Adoption:
    """Adopt the score table: freeze it with its fingerprint and lock every sheet.

    Errors (`Refused`): RIGHT-1, YEAR-1, CONF-3, CONF-4, QUORUM-1, ADOPT-3 (already adopted), and
    one finding per hindrance: ADOPT-1 (line still open), ADOPT-2 (sheet not verified), ADOPT-4
    (unit without sheet), ADOPT-5 (condition without facts), ADOPT-6 (units may still explain).
    Source: design, Adopt = freeze.
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.adopt",
        chain=chain_of(bloc_year),
        subject=f"Hội nghị thông qua bảng điểm năm {bloc_year.year}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk},
    ) as act:
        if act.repeated:
            return act.first(Adoption)
        year = open_year(bloc_year)
        if latest_adoption(year) is not None:
            raise refuse(
                "ADOPT-3",
                "Bảng điểm đã được thông qua. Muốn sửa thì mở lại bảng điểm và ghi lý do.",
            )
        conference = deciding_meeting(year)
        snapshot = _frozen(act, conference, version=1, reason="")
        return act.result(_write(act, year, snapshot))


def reopen_scores(
    actor: Actor, *, bloc_year: BlocYear, reason: str, request_id: str = ""
) -> Adoption:
    """Open an adopted table for a correction; the adopted version stays in force meanwhile.

    Errors (`Refused`): RIGHT-1, YEAR-1, CORRECT-1 (not adopted, or open already), CORRECT-2.
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.reopen",
        chain=chain_of(bloc_year),
        subject=f"Mở lại bảng điểm năm {bloc_year.year} để sửa",
        request_id=request_id,
        reason=reason,
        inputs={"bloc_year": bloc_year.pk, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Adoption)
        year = open_year(bloc_year)
        adoption = _adopted(year)
        if is_reopened(year):
            raise refuse("CORRECT-1", "Bảng điểm đang mở để sửa. Sửa xong thì thông qua lại.")
        _require_reason(reason)
        act.change(year, adopted_at=None)
        unlock_adopted(act, bloc_year=year)
        return act.result(adoption)


def adopt_again(
    actor: Actor, *, bloc_year: BlocYear, reason: str, request_id: str = ""
) -> Adoption:
    """Adopt the corrected table as a new version; the earlier versions stay as they were.

    Errors (`Refused`): as ``adopt_scores``, and CORRECT-1 (not adopted, or not opened again),
    CORRECT-2 (no reason), CORRECT-3 (nothing differs from the version in force).
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.adopt_again",
        chain=chain_of(bloc_year),
        subject=f"Thông qua lại bảng điểm năm {bloc_year.year}",
        request_id=request_id,
        reason=reason,
        inputs={"bloc_year": bloc_year.pk, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Adoption)
        year = open_year(bloc_year)
        before = _adopted(year)
        if not is_reopened(year):
            raise refuse("CORRECT-1", "Bảng điểm đang khóa. Mở lại bảng điểm và ghi lý do trước.")
        _require_reason(reason)
        conference = deciding_meeting(year)
        snapshot = _frozen(act, conference, version=before.version + 1, reason=reason.strip())
        if same_figures(read_snapshot(before.snapshot), snapshot):
            raise refuse(
                "CORRECT-3",
                "Bảng điểm không khác lần đang có hiệu lực. Sửa dòng cần sửa trước, hoặc khóa lại "
                "như cũ.",
            )
        return act.result(_write(act, year, snapshot))


def keep_scores(actor: Actor, *, bloc_year: BlocYear, request_id: str = "") -> Adoption:
    """Lock a table again that was opened and came out as it was; no new version is made.

    Errors (`Refused`): RIGHT-1, YEAR-1, CONF-3, CORRECT-1 (not adopted, or not opened again),
    CORRECT-4 (something differs from the version in force), and the hindrances of ``adopt_scores``.
    """
    require_head(actor, bloc_year)
    with Act(
        actor,
        "conference.keep",
        chain=chain_of(bloc_year),
        subject=f"Khóa lại bảng điểm năm {bloc_year.year}, giữ nguyên lần đã thông qua",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk},
    ) as act:
        if act.repeated:
            return act.first(Adoption)
        year = open_year(bloc_year)
        before = _adopted(year)
        if not is_reopened(year):
            raise refuse("CORRECT-1", "Bảng điểm đang khóa, không phải khóa lại.")
        now = _frozen(act, meeting_of(year), version=before.version, reason=before.reason)
        if not same_figures(read_snapshot(before.snapshot), now):
            words = "Bảng điểm đã khác lần đang có hiệu lực. Thông qua lại, ghi lý do."
            raise refuse("CORRECT-4", words)
        act.change(year, adopted_at=before.at)
        lock_adopted(act, bloc_year=year)
        return act.result(before)


def _frozen(act: Act, conference: Conference, *, version: int, reason: str) -> Snapshot:
    found = [_finding(one.rule_id, one.sentence) for one in hindrances_of(conference)]
    waiting = explaining_of(conference)
    if waiting is not None:
        found.insert(0, _finding("ADOPT-6", waiting.words))
    if found:
        raise Refused(found)
    return freeze(conference, version=version, reason=reason, ledger_root=root_of(act.chain))


def _write(act: Act, bloc_year: BlocYear, snapshot: Snapshot) -> Adoption:
    plain = plain_snapshot(snapshot)
    adoption = act.create(
        Adoption(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            version=snapshot.version,
            snapshot=plain,
            fingerprint=fingerprint(plain),
            ledger_root=snapshot.ledger_root,
            reason=snapshot.reason,
            author=act.doer.label,
            at=clock.now(),
            synthetic=snapshot.has_synthetic,
        )
    )
    act.change(bloc_year, adopted_at=adoption.at)
    lock_adopted(act, bloc_year=bloc_year)
    return adoption


def _adopted(bloc_year: BlocYear) -> Adoption:
    found = latest_adoption(bloc_year)
    if found is None:
        raise refuse("CORRECT-1", "Bảng điểm chưa được thông qua lần nào.")
    return found


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse("CORRECT-2", "Ghi lý do sửa bảng điểm đã thông qua.")


def _finding(rule_id: str, words: str) -> Finding:
    return Finding(rule_id=rule_id, outcome="refused", words=words)
