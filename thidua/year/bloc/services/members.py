"""Members of a bloc-year: 2 to 20 units, each once, from one day to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thidua.core.finding import Finding, Refused
from thidua.core.text import fold, one_line
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of
from thidua.registry.services import add_unit
from thidua.year.bloc.models import BlocYear, Membership, Office
from thidua.year.bloc.queries import in_force, member_count
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)

LEAST, MOST = 2, 20
KIND_MOST = 60
OFFICE_ONLY = "Bạn xem được danh sách này, không sửa được. Cơ quan thường trực sửa được."


@dataclass(frozen=True, kw_only=True)
class MemberDraft:
    """A unit to become a member: one of the registry, or a name.

    A name that one living unit bears means that unit; a name that none bears means a new unit.
    `kind` chooses the scale in the year; `synthetic` marks a made-up membership or unit.
    """

    unit: Unit | None = None
    name: str = ""
    kind: str = ""
    synthetic: bool = False


def known_unit(actor: Actor, draft: MemberDraft) -> Unit | None:
    """The unit of the registry that a draft means; None for a new name. Refused: BLOC-6."""
    if draft.unit is not None:
        require(draft.unit.jurisdiction_id == actor.jurisdiction_id, OFFICE_ONLY)
        return draft.unit
    name = one_line(draft.name)
    living = Unit.objects.filter(jurisdiction_id=actor.jurisdiction_id, dissolved_on=None)
    same = [unit for unit in living if unit.name.casefold() == name.casefold()]
    if len(same) > 1:
        words = f"Danh bạ có {len(same)} đơn vị tên {name}. Chọn đúng đơn vị trong danh sách gợi ý."
        raise refuse("BLOC-6", words)
    return same[0] if same else None


def require_size(count: int) -> None:
    """Refuse a bloc of fewer than 2 or more than 20 units."""
    if count < LEAST:
        raise refuse("BLOC-1", f"Khối cần ít nhất {LEAST} đơn vị, đang có {count}.")
    if count > MOST:
        raise refuse("BLOC-1", f"Khối có nhiều nhất {MOST} đơn vị, đang có {count}.")


def join_member(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    draft: MemberDraft,
    joined: date,
    request_id: str = "",
) -> Membership:
    """Take a unit into the bloc-year from a day; one that left comes back as the same member.

    Refused: RIGHT-1, YEAR-1, YEAR-2, BLOC-1, BLOC-2, BLOC-6.
    """
    _require_office(actor, bloc_year)
    unit = known_unit(actor, draft)
    called = unit.name if unit else line_of(draft.name, label="tên đơn vị", most=200, field="name")
    with Act(
        actor,
        "bloc.join_member",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{called} tham gia khối từ ngày {joined:%d/%m/%Y}",
        request_id=request_id,
        inputs={**vars(draft), "joined": joined},
    ) as act:
        if act.repeated:
            return act.first(Membership)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        require_size(member_count(bloc_year) + 1)
        return act.result(
            _join(act, actor, bloc_year, replace(draft, unit=unit, name=called), joined)
        )


def leave_member(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    left: date,
    reason: str = "",
    request_id: str = "",
) -> Membership:
    """Record that a unit is no member from that day; it no longer counts and has no rights here.

    Its office of deputy ends the day before. Refused: RIGHT-1, YEAR-1, YEAR-2, BLOC-1, BLOC-7,
    OFFICE-4.
    """
    _require_office(actor, bloc_year)
    with Act(
        actor,
        "bloc.leave_member",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} rời khối từ ngày {left:%d/%m/%Y}",
        request_id=request_id,
        reason=reason,
        inputs={"unit": unit, "left": left, "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Membership)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        membership = Membership.objects.filter(in_force(bloc_year), unit=unit).first()
        if membership is None or membership.left is not None:
            raise refuse("BLOC-7", f"{unit.name} không còn là thành viên của khối.")
        if left <= membership.joined:
            words = f"{unit.name} tham gia từ {membership.joined:%d/%m/%Y}, phải rời sau ngày đó."
            raise refuse("BLOC-7", words, field="left")
        require_size(member_count(bloc_year) - 1)
        _end_offices(act, bloc_year, unit, left)
        return act.result(act.change(membership, left=left))


def set_member_kinds(
    actor: Actor, *, bloc_year: BlocYear, kinds: Mapping[int, str], request_id: str = ""
) -> BlocYear:
    """Say for each unit id which sort of unit it is in the scale; head or standing office.

    Refused: RIGHT-1, YEAR-1, YEAR-2, TEXT-2, BLOC-8 (one kind in two spellings).
    """
    standing = standing_of(actor, bloc_year)
    may = standing.head or _is_office(actor, bloc_year)
    require(may, "Bạn không sửa được loại đơn vị. Trưởng khối và cơ quan thường trực sửa được.")
    with Act(
        actor,
        "bloc.set_member_kinds",
        chain=chain.of_year(bloc_year.pk),
        subject="Ghi loại đơn vị của các thành viên",
        request_id=request_id,
        inputs={"kinds": {str(unit): kind for unit, kind in kinds.items()}},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        wanted = {
            unit: line_of(kind, label="loại đơn vị", most=KIND_MOST, field="", needed=False)
            for unit, kind in kinds.items()
        }
        rows = list(Membership.objects.filter(in_force(bloc_year)).order_by("order", "id"))
        _require_one_spelling(rows, wanted)
        for row in rows:
            act.change(row, kind=wanted.get(row.unit_id, row.kind))
        return act.result(bloc_year)


def _require_one_spelling(rows: Sequence[Membership], wanted: Mapping[int, str]) -> None:
    """“so” and “Sở” are one kind: scales look for the exact word, so it has one spelling."""
    spelled: dict[str, str] = {}
    kept = [row.kind for row in rows if wanted.get(row.unit_id, row.kind) == row.kind]
    for kind in (*kept, *(wanted.get(row.unit_id, row.kind) for row in rows)):
        spelled.setdefault(fold(kind), kind)
    findings = [
        Finding(
            rule_id="BLOC-8",
            outcome="refused",
            inputs={"field": f"kind_{unit}"},
            words=f"Khối đã ghi loại “{spelled[fold(kind)]}”. Ghi đúng như vậy nếu là một loại, "
            f"hoặc đặt tên khác hẳn thay cho “{kind}”.",
        )
        for unit, kind in wanted.items()
        if kind and spelled.get(fold(kind), kind) != kind
    ]
    if findings:
        raise Refused(findings)


def _join(
    act: Act, actor: Actor, bloc_year: BlocYear, draft: MemberDraft, joined: date
) -> Membership:
    rows = Membership.objects.filter(bloc_year=bloc_year)
    former = rows.filter(unit=draft.unit).first() if draft.unit else None
    if former is not None and former.left is None:
        raise refuse("BLOC-2", f"{draft.unit} đã là thành viên của khối.", field="name")
    if former is not None:
        return act.change(former, left=None)
    last = rows.order_by("-order").first()
    return act.create(
        Membership(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=draft.unit or add_unit(actor, name=draft.name, synthetic=draft.synthetic),
            order=last.order + 1 if last else 1,
            kind=line_of(
                draft.kind, label="loại đơn vị", most=KIND_MOST, field="kind", needed=False
            ),
            joined=joined,
            synthetic=draft.synthetic,
        )
    )


def _end_offices(act: Act, bloc_year: BlocYear, unit: Unit, left: date) -> None:
    for office in Office.objects.filter(bloc_year=bloc_year, unit=unit, ends=None):
        if office.kind == Office.Kind.HEAD:
            words = f"{unit.name} đang là Trưởng khối. Cử đơn vị khác làm Trưởng khối trước."
            raise refuse("OFFICE-4", words)
        act.change(office, ends=max(office.starts, left - timedelta(days=1)))


def _require_office(actor: Actor, bloc_year: BlocYear) -> None:
    require(_is_office(actor, bloc_year), OFFICE_ONLY)


def _is_office(actor: Actor, bloc_year: BlocYear) -> bool:
    return actor.is_standing and actor.jurisdiction_id == bloc_year.jurisdiction_id
