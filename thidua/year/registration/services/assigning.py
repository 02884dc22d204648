"""Targets from above: the standing office lays them into the slots of every unit at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from thidua.core.finding import Finding, Refused
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of, refuse, require
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import require_open_year, require_unadopted
from thidua.year.registration.models import Registration, Target
from thidua.year.registration.queries import slots_by_unit
from thidua.year.registration.services.ground import (
    checked_figure,
    registration_of,
    targets_of,
)

STANDING_ONLY = "Cơ quan thường trực giao chỉ tiêu cho các đơn vị. Bạn xem được, không sửa được."


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The document that assigns: one for the whole table; an unknown number stays empty."""

    document_number: str = ""
    document_date: date | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedTarget:
    """A target laid into one slot of one unit; without figure and words it is taken back.

    `value` in thousandths; `clause` replaces that of the whole table; `place`: form field.
    """

    unit_id: int
    code: str
    name: str = ""
    measure: str = ""
    value: int | None = None
    wording: str = ""
    clause: str = ""
    synthetic: bool = False
    place: str = ""

    @property
    def is_taken_back(self) -> bool:
        """Nothing is assigned here any more."""
        return self.value is None and not self.wording


def assign_targets(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    assignment: Assignment,
    targets: Sequence[AssignedTarget],
    request_id: str = "",
) -> BlocYear:
    """Lay mandatory targets into slots; slots and units that are not named stay as they are.

    A target that the unit itself chose for such a slot moves outside the slots, nothing is lost.
    Works until the score table is adopted: what is assigned needs no approval by the unit. Raises
    `Refused` with a finding for each wrong place (YEAR-2, REG-3, REG-4, REG-5, REG-13, REG-17).
    """
    with Act(
        actor,
        "registration.assign",
        chain=chain.of_year(bloc_year.pk),
        subject=_subject(assignment, targets),
        request_id=request_id,
        inputs={"by": asdict(assignment), "targets": [asdict(one) for one in targets]},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        allowed = actor.is_standing and actor.jurisdiction_id == bloc_year.jurisdiction_id
        require(allowed, STANDING_ONLY)
        require_open_year(bloc_year)
        require_unadopted(bloc_year)
        source = _source(assignment)
        for unit_id, own in _judged(bloc_year, source, targets).items():
            unit = Unit.objects.get(pk=unit_id)
            _lay(act, registration_of(act, bloc_year, unit), source, own)
        return act.result(bloc_year)


def _subject(assignment: Assignment, targets: Sequence[AssignedTarget]) -> str:
    count = sum(1 for one in targets if not one.is_taken_back)
    units = len({one.unit_id for one in targets if not one.is_taken_back})
    number = assignment.document_number.strip()
    return f"Giao {count} chỉ tiêu cho {units} đơn vị" + (f" theo {number}" if number else "")


def _source(assignment: Assignment) -> Assignment:
    return Assignment(
        document_number=line_of(
            assignment.document_number,
            label="số nghị quyết",
            most=120,
            field="document_number",
            needed=False,
        ),
        document_date=assignment.document_date,
        clause=line_of(
            assignment.clause, label="mục, khoản", most=120, field="clause", needed=False
        ),
    )


def _judged(
    bloc_year: BlocYear, source: Assignment, targets: Sequence[AssignedTarget]
) -> Mapping[int, list[AssignedTarget]]:
    names = {member.unit_id: member.name for member in members(bloc_year)}
    slots = slots_by_unit(bloc_year)
    found: dict[int, list[AssignedTarget]] = defaultdict(list)
    findings: list[Finding] = []
    taken: set[tuple[int, str]] = set()
    for one in targets:
        known = {slot.code: slot.label for slot in slots.get(one.unit_id, ())}
        try:
            _require_place(one, names, known, taken)
            found[one.unit_id].append(_tidied(one, source, known.get(one.code, "")))
        except Refused as refused:
            findings.extend(refused.findings)
    if findings:
        raise Refused(findings)
    return found


def _require_place(
    one: AssignedTarget,
    names: Mapping[int, str],
    known: Mapping[str, str],
    taken: set[tuple[int, str]],
) -> None:
    if one.unit_id not in names:
        words = "Có đơn vị không phải thành viên của Khối. Tải lại trang rồi làm lại."
        raise refuse("REG-13", words, field=_at(one))
    name = names[one.unit_id]
    if one.code not in known and not one.is_taken_back:
        words = f"{name}: thang điểm đang áp dụng không có ô {one.code}."
        raise refuse("REG-3", words, field=_at(one))
    if (one.unit_id, one.code) in taken:
        raise refuse("REG-4", f"{name}: ô {one.code} có hai chỉ tiêu. Giữ một.", field=_at(one))
    taken.add((one.unit_id, one.code))


def _tidied(one: AssignedTarget, source: Assignment, label: str) -> AssignedTarget:
    def text(typed: str, what: str, most: int, name: str) -> str:
        said = f"{what} ở ô {one.code}"
        return line_of(typed, label=said, most=most, field=_at(one, name), needed=False)

    clause = text(one.clause, "mục, khoản", 120, "clause") or source.clause
    if not one.is_taken_back and not (source.document_number or clause):
        words = "Ghi số văn bản giao chỉ tiêu, hoặc ít nhất mục, khoản của văn bản."
        raise refuse("REG-17", words, field="document_number")
    return AssignedTarget(
        unit_id=one.unit_id,
        code=one.code,
        name=text(one.name, "tên chỉ tiêu", 400, "name") or label,
        measure=text(one.measure, "đơn vị tính", 60, "measure"),
        value=checked_figure(one.value, what="Chỉ tiêu", field=_at(one, "value")),
        wording=text(one.wording, "chỉ tiêu bằng lời", 200, "wording"),
        clause=clause,
        synthetic=one.synthetic,
    )


def _at(one: AssignedTarget, name: str = "value") -> str:
    return f"{one.place}-{name}" if one.place else name


def _lay(act: Act, row: Registration, source: Assignment, wanted: Sequence[AssignedTarget]) -> None:
    held = {one.code: one for one in targets_of(row) if one.code}
    for order, one in enumerate(wanted, 1):
        present = held.get(one.code)
        if one.is_taken_back:
            if present is not None and present.assigned:
                act.remove(present)
        elif present is not None and present.assigned:
            act.change(present, **_columns(one, source))
        else:
            if present is not None:
                act.change(present, code="", order=1000 + order)
            act.create(_new(row, one, source, order))


def _new(row: Registration, one: AssignedTarget, source: Assignment, order: int) -> Target:
    return Target(
        jurisdiction_id=row.jurisdiction_id,
        registration=row,
        code=one.code,
        order=order,
        **_columns(one, source),
    )


def _columns(one: AssignedTarget, source: Assignment) -> dict[str, object]:
    return {
        "name": one.name,
        "measure": one.measure,
        "value": one.value,
        "wording": one.wording,
        "assigned": True,
        "document_number": source.document_number,
        "document_date": source.document_date,
        "clause": one.clause,
        "synthetic": one.synthetic,
    }
