"""The bloc adopts a draft: for a first time, or in place of the version that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from thidua.core.finding import Finding, Refused
from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.bloc.rights import refuse, require_unadopted
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.notices import tell_members
from thidua.year.rulebook.queries import lint_errors, loaded_scale, replaced_by
from thidua.year.rulebook.services import files

CARRY_WORDS: Mapping[str, str] = {
    Revision.Carry.MOVE: "chuyển bảng chấm sang bản mới",
    Revision.Carry.KEEP: "bảng chấm đã gửi giữ theo bản lúc mở",
}


def adopt_scale(  # noqa: PLR0913  # the paper of the meeting, and what a new version says
    actor: Actor,
    *,
    scale: Scale,
    adopted_on: date,
    document_number: str = "",
    reason: str = "",
    carry: str = "",
    request_id: str = "",
) -> Scale:
    """Adopt a draft: from now on frozen, and the scale in force for its kind of unit.

    An older adopted version stays. However the draft began, where its kind of unit has a scale in
    force it is a new version of that one: refused (SCALE-12) without `reason`, unless the draft was
    begun with one, and without `carry`, what becomes of scores so far (`Revision.Carry`). Every
    member hears of it by mail. Refused while the table made with the scale in force is adopted
    (YEAR-2).
    """
    number, said = one_line(document_number), one_line(reason)
    with Act(
        actor,
        "rulebook.adopt",
        chain=chain.of_year(scale.bloc_year_id),
        subject=f"Thông qua thang điểm “{scale.title}”, lần {scale.sequence}",
        request_id=request_id,
        inputs={
            "scale": scale,
            "adopted_on": adopted_on,
            "document_number": number,
            **{name: value for name, value in (("reason", said), ("carry", carry)) if value},
        },
    ) as act:
        if act.repeated:
            return act.first(Scale)
        row = files.draft_of(scale)
        files.require_head(actor, row.bloc_year)
        require_unadopted(row.bloc_year)
        _judge_adoption(row, adopted_on)
        replaced = replaced_by(row)
        act.change(
            row,
            adopted_at=clock.now(),
            adopted_on=adopted_on,
            document_number=number,
            adopted_by=actor.label,
            plain=files.storable(loaded_scale(row).plain),
        )
        if replaced is not None:
            revision = _revised(act, row, replaced, reason=said, carry=carry)
            act.after_commit(lambda: tell_members(act.request_id, revision))
        return act.result(row)


def _revised(act: Act, row: Scale, replaced: Scale, *, reason: str, carry: str) -> Revision:
    """What the version says of the one it replaces; a reason given at its beginning counts."""
    revision = Revision.objects.filter(scale=row).first()
    why = reason or (revision.reason if revision else "")
    if not why:
        raise refuse(
            "SCALE-12",
            f"Bản này thay lần {replaced.sequence} đang áp dụng. Ghi lý do sửa thang điểm trong "
            "năm.",
            field="reason",
        )
    if carry not in Revision.Carry.values:
        raise refuse(
            "SCALE-12",
            "Chọn điểm đã chấm theo bản cũ được giữ hay chuyển thế nào.",
            field="carry",
        )
    act.reason = why
    act.subject += f", thay lần {replaced.sequence}; {CARRY_WORDS[carry]}"
    values = {"base": replaced, "reason": why, "carry": carry}
    if revision is not None:
        revision.scale = row
        return act.change(revision, **values)
    return act.create(Revision(jurisdiction_id=row.jurisdiction_id, scale=row, **values))


def _judge_adoption(row: Scale, adopted_on: date) -> None:
    errors = lint_errors(row)
    if errors:
        found = [
            Finding(rule_id="SCALE-3", outcome="refused", words=one.sentence()) for one in errors
        ]
        raise Refused(found)
    if adopted_on > clock.today():
        raise refuse(
            "SCALE-5", "Ngày thông qua chưa tới. Ghi ngày đã họp thông qua.", field="adopted_on"
        )
    twin = Scale.objects.filter(
        bloc_year=row.bloc_year, name=row.name, version=row.version, adopted_at__isnull=False
    ).exclude(fingerprint=row.fingerprint)
    if twin.exists():
        raise refuse(
            "SCALE-6",
            f"Đã có thang điểm ký hiệu “{row.name}”, số {row.version} được thông qua với nội dung "
            "khác. Đổi số của bản ở Quy định chung của dự thảo rồi thông qua.",
        )
