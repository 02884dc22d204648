"""Head and deputy of a bloc-year: offices of units, each from a day in a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of
from thidua.year.bloc.models import BlocYear, Membership, Office
from thidua.year.bloc.queries import in_force
from thidua.year.bloc.rights import refuse, require, require_open_year

BASIS_MOST = 300
OFFICE_ONLY = "Bạn xem được Trưởng khối, Phó khối, không đổi được. Cơ quan thường trực đổi được."


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A unit takes an office from a day; `basis` is the document or minutes that say so."""

    kind: Office.Kind
    unit: Unit
    starts: date
    basis: str = ""
    synthetic: bool = False


def appoint_office(
    actor: Actor, *, bloc_year: BlocYear, appointment: Appointment, request_id: str = ""
) -> Office:
    """Let a unit hold the office; who held it before ends the day before.

    The same day again corrects the present holder. A deputy who becomes head is no longer deputy.
    Refused: RIGHT-1, YEAR-1, OFFICE-1 to OFFICE-3, TEXT-*.
    """
    may = actor.is_standing and actor.jurisdiction_id == bloc_year.jurisdiction_id
    require(may, OFFICE_ONLY)
    unit, starts = appointment.unit, appointment.starts
    with Act(
        actor,
        "bloc.appoint_office",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} làm {appointment.kind.label} từ ngày {starts:%d/%m/%Y}",
        request_id=request_id,
        inputs={**vars(appointment), "kind": appointment.kind.value},
    ) as act:
        if act.repeated:
            return act.first(Office)
        require_open_year(bloc_year)
        if not Membership.objects.filter(in_force(bloc_year), unit=unit).exists():
            raise refuse("OFFICE-1", f"{unit.name} không phải thành viên của khối.", field="unit")
        return act.result(_appoint(act, bloc_year, appointment))


def _appoint(act: Act, bloc_year: BlocYear, appointment: Appointment) -> Office:
    basis = line_of(appointment.basis, label="căn cứ", most=BASIS_MOST, field="basis", needed=False)
    rows = Office.objects.filter(bloc_year=bloc_year, ends=None)
    present = rows.filter(kind=appointment.kind).first()
    _judge_present(present, appointment)
    _release_other(act, rows.exclude(kind=appointment.kind).first(), appointment)
    if present is not None and present.starts == appointment.starts:
        return act.change(present, unit=appointment.unit, basis=basis)
    if present is not None:
        act.change(present, ends=appointment.starts - timedelta(days=1))
    return act.create(
        Office(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            kind=appointment.kind,
            unit=appointment.unit,
            starts=appointment.starts,
            basis=basis,
            synthetic=appointment.synthetic,
        )
    )


def _judge_present(present: Office | None, appointment: Appointment) -> None:
    if present is None:
        return
    if present.unit_id == appointment.unit.pk:
        words = f"{present.unit} đang là {present.get_kind_display()} rồi."
        raise refuse("OFFICE-3", words, field="unit")
    if appointment.starts < present.starts:
        words = (
            f"{present.unit} là {present.get_kind_display()} từ {present.starts:%d/%m/%Y}. "
            "Ngày bắt đầu mới không được trước ngày đó."
        )
        raise refuse("OFFICE-3", words, field="starts")


def _release_other(act: Act, other: Office | None, appointment: Appointment) -> None:
    """A unit holds one office: a deputy who becomes head gives up the other; a head must not."""
    if other is None or other.unit_id != appointment.unit.pk:
        return
    if other.kind == Office.Kind.HEAD:
        words = f"{other.unit} đang là Trưởng khối. Cử Trưởng khối khác trước."
        raise refuse("OFFICE-2", words, field="unit")
    if other.starts >= appointment.starts:
        words = f"{other.unit} là Phó khối từ chính ngày này. Cử Phó khối khác trước."
        raise refuse("OFFICE-2", words, field="unit")
    act.change(other, ends=appointment.starts - timedelta(days=1))
