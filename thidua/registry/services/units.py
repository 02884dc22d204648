"""Units: added, renamed by a decision, dissolved. Past names stay, each with its days."""

from __future__ import annotations

from datetime import date, timedelta

from thidua.core.text import fold
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.basis import NO_DOCUMENT, Basis
from thidua.registry.models import Unit, UnitName
from thidua.registry.refusal import line_of, refuse, require

OFFICE_ONLY = "Bạn không sửa được danh bạ đơn vị. Cơ quan thường trực sửa được."
NAME_MOST, KIND_MOST, DOCUMENT_MOST = 200, 60, 200


def add_unit(
    actor: Actor,
    *,
    name: str,
    kind: str = "",
    basis: Basis = NO_DOCUMENT,
    synthetic: bool = False,
    request_id: str = "",
) -> Unit:
    """Record an agency of the jurisdiction under its present name.

    Two units may bear one name; `basis.since` empty means that nobody knows since when. Refused:
    RIGHT-1, TEXT-1 to TEXT-3, UNIT-1.
    """
    require(actor.is_standing, OFFICE_ONLY)
    called = line_of(name, label="tên đơn vị", most=NAME_MOST, field="name")
    with Act(
        actor,
        "registry.add_unit",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Ghi đơn vị {called} vào danh bạ",
        request_id=request_id,
        inputs={"name": called, "kind": kind, "basis": basis.words, "since": basis.since},
    ) as act:
        if act.repeated:
            return act.first(Unit)
        unit = create_unit(act, actor, name=called, kind=kind, basis=basis, synthetic=synthetic)
        return act.result(unit)


def create_unit(
    act: Act,
    actor: Actor,
    *,
    name: str,
    kind: str = "",
    basis: Basis = NO_DOCUMENT,
    synthetic: bool = False,
) -> Unit:
    """Create the unit and its first name inside a decision that is already judged."""
    called = line_of(name, label="tên đơn vị", most=NAME_MOST, field="name")
    own = {"jurisdiction_id": actor.jurisdiction_id, "synthetic": synthetic}
    unit = act.create(
        Unit(
            name=called,
            search=fold(called)[:NAME_MOST],
            kind=line_of(kind, label="loại đơn vị", most=KIND_MOST, field="kind", needed=False),
            **own,
        )
    )
    document = document_of(basis)
    act.create(UnitName(unit=unit, name=called, starts=basis.since, decision=document, **own))
    return unit


def rename_unit(
    actor: Actor,
    *,
    unit: Unit,
    name: str,
    basis: Basis,
    synthetic: bool = False,
    request_id: str = "",
) -> Unit:
    """Give a unit a new name from `basis.since`; the old name ends the day before.

    Tables of earlier years keep the old name. Refused: RIGHT-1, TEXT-*, UNIT-1 to UNIT-4.
    """
    require(_may_change(actor, unit), OFFICE_ONLY)
    called = line_of(name, label="tên mới", most=NAME_MOST, field="name")
    with Act(
        actor,
        "registry.rename_unit",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Đổi tên {unit.name} thành {called}",
        request_id=request_id,
        inputs={"unit": unit, "name": called, "basis": basis.words, "since": basis.since},
    ) as act:
        if act.repeated:
            return act.first(Unit)
        since = _judge_renaming(unit, called, basis)
        present = _present_name(unit)
        if present is not None:
            act.change(present, ends=since - timedelta(days=1))
        act.create(
            UnitName(
                jurisdiction_id=actor.jurisdiction_id,
                unit=unit,
                name=called,
                starts=since,
                decision=document_of(basis),
                synthetic=synthetic,
            )
        )
        act.change(unit, name=called, search=fold(called)[:NAME_MOST])
        return act.result(unit)


def set_unit_kind(actor: Actor, *, unit: Unit, kind: str, request_id: str = "") -> Unit:
    """Say what sort of agency the unit is (sở, huyện, doanh nghiệp…); may be emptied."""
    require(_may_change(actor, unit), OFFICE_ONLY)
    called = line_of(kind, label="loại đơn vị", most=KIND_MOST, field="kind", needed=False)
    with Act(
        actor,
        "registry.set_unit_kind",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"Ghi loại đơn vị của {unit.name}: {called or 'để trống'}",
        request_id=request_id,
        inputs={"unit": unit, "kind": called},
    ) as act:
        if act.repeated:
            return act.first(Unit)
        unit.refresh_from_db()
        act.change(unit, kind=called)
        return act.result(unit)


def dissolve_unit(
    actor: Actor, *, unit: Unit, on: date, basis: Basis = NO_DOCUMENT, request_id: str = ""
) -> Unit:
    """Record that the unit is no more from that day; its past stays readable."""
    require(_may_change(actor, unit), OFFICE_ONLY)
    with Act(
        actor,
        "registry.dissolve_unit",
        chain=chain.of_jurisdiction(actor.jurisdiction_id),
        subject=f"{unit.name} giải thể từ ngày {on:%d/%m/%Y}",
        request_id=request_id,
        reason=document_of(basis),
        inputs={"unit": unit, "on": on, "basis": basis.words},
    ) as act:
        if act.repeated:
            return act.first(Unit)
        unit.refresh_from_db()
        if unit.dissolved_on is not None:
            raise refuse("UNIT-3", f"{unit.name} đã giải thể ngày {unit.dissolved_on:%d/%m/%Y}.")
        act.change(unit, dissolved_on=on)
        return act.result(unit)


def document_of(basis: Basis) -> str:
    """The document in one line, judged: not dated after today, not too long."""
    if basis.day is not None and basis.day > clock.today():
        raise refuse(
            "UNIT-1",
            f"Văn bản ghi ngày {basis.day:%d/%m/%Y}, sau hôm nay. Xem lại ngày văn bản.",
            field="decision_day",
        )
    return line_of(basis.words, label="văn bản", most=DOCUMENT_MOST, field="decision", needed=False)


def _may_change(actor: Actor, unit: Unit) -> bool:
    return actor.is_standing and actor.jurisdiction_id == unit.jurisdiction_id


def _judge_renaming(unit: Unit, called: str, basis: Basis) -> date:
    unit.refresh_from_db()
    if unit.dissolved_on is not None:
        raise refuse("UNIT-3", f"{unit.name} đã giải thể, không đổi tên được.")
    if called == unit.name:
        raise refuse("UNIT-4", "Tên mới giống tên đang dùng.", field="name")
    since = basis.since
    if since is None or since > clock.today():
        words = "Ghi ngày tên mới có hiệu lực, không sau hôm nay. Tới ngày đó mới ghi đổi tên được."
        raise refuse("UNIT-2", words, field="since")
    present = _present_name(unit)
    if present is not None and present.starts is not None and since <= present.starts:
        words = f"Tên đang dùng có từ {present.starts:%d/%m/%Y}. Tên mới phải có sau ngày đó."
        raise refuse("UNIT-2", words, field="since")
    return since


def _present_name(unit: Unit) -> UnitName | None:
    return UnitName.objects.filter(unit=unit, ends=None).order_by("-id").first()
