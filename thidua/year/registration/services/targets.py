"""The unit's own targets: bound to slots of the scale, or free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from thidua.core.finding import Finding, Refused
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import line_of, refuse
from thidua.year.bloc.models import BlocYear
from thidua.year.registration.models import Registration, Target
from thidua.year.registration.queries import slots_for
from thidua.year.registration.services.ground import (
    checked_figure,
    open_draft,
    targets_of,
    unit_name,
)

MOST_TARGETS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetInput:
    """One target as the unit states it; figures in thousandths.

    `code` is the slot it fills, empty for a target outside the scale. On an assigned slot only
    `last_year` and `reason` are the unit's to write. A slot without figure and words is left empty
    on purpose when `reason` says why. `place` is the form field that errors stand beside.
    """

    code: str = ""
    name: str = ""
    measure: str = ""
    value: int | None = None
    wording: str = ""
    last_year: int | None = None
    reason: str = ""
    synthetic: bool = False
    place: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was written."""
        texts = (self.name, self.measure, self.wording, self.reason)
        return not any(texts) and self.value is None and self.last_year is None


def save_targets(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    targets: Sequence[TargetInput],
    version: int | None = None,
    request_id: str = "",
) -> Registration:
    """Replace the unit's own targets by these; assigned ones stay, all or nothing.

    `version` is the number the form was drawn with (None: do not compare). Raises `Refused` with a
    finding for each wrong line (REG-1 to REG-7, REG-15).
    """
    with Act(
        actor,
        "registration.targets",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit_name(bloc_year, unit)} ghi chỉ tiêu đăng ký",
        request_id=request_id,
        inputs={"unit": unit.pk, "targets": [asdict(one) for one in targets]},
    ) as act:
        if act.repeated:
            return act.first(Registration)
        row = open_draft(act, actor, bloc_year, unit, version)
        old = targets_of(row)
        wanted = _judged(bloc_year, unit, old, [one for one in targets if not one.is_blank])
        _write(act, row, old, wanted)
        return act.result(row)


def _judged(
    bloc_year: BlocYear, unit: Unit, old: Sequence[Target], wanted: Sequence[TargetInput]
) -> list[TargetInput]:
    if len(wanted) > MOST_TARGETS:
        raise refuse("REG-15", f"Ghi nhiều nhất {MOST_TARGETS} chỉ tiêu.")
    known = {slot.code for slot in slots_for(bloc_year, unit.pk)}
    known |= {one.code for one in old if one.code}
    assigned = {one.code for one in old if one.assigned}
    findings: list[Finding] = []
    good: list[TargetInput] = []
    taken: set[str] = set()
    for one in wanted:
        try:
            good.append(_line(one, known=known, assigned=assigned, taken=taken))
        except Refused as refused:
            findings.extend(refused.findings)
    if findings:
        raise Refused(findings)
    return good


def _line(one: TargetInput, *, known: set[str], assigned: set[str], taken: set[str]) -> TargetInput:
    if one.code and one.code not in known:
        raise refuse("REG-3", f"Thang điểm đang áp dụng không có ô {one.code}.", field=_at(one))
    if one.code and one.code in taken:
        raise refuse("REG-4", f"Ô {one.code} có hai chỉ tiêu. Giữ một.", field=_at(one))
    if one.code:
        taken.add(one.code)
    if one.code in assigned and (one.name or one.value is not None or one.wording):
        words = f"Ô {one.code} do cấp trên giao, đơn vị không sửa. Cơ quan thường trực sửa được."
        raise refuse("REG-6", words, field=_at(one))
    clean = _tidied(one)
    if one.code not in assigned:
        _require_whole(clean)
    return clean


def _tidied(one: TargetInput) -> TargetInput:
    where = f"ô {one.code}" if one.code else "chỉ tiêu ngoài ô"
    return TargetInput(
        code=one.code,
        name=_text(one, "name", f"tên chỉ tiêu ở {where}", 400),
        measure=_text(one, "measure", f"đơn vị tính ở {where}", 60),
        value=checked_figure(one.value, what="Chỉ tiêu", field=_at(one, "value")),
        wording=_text(one, "wording", f"chỉ tiêu bằng lời ở {where}", 200),
        last_year=checked_figure(
            one.last_year, what="Kết quả năm trước", field=_at(one, "last_year")
        ),
        reason=_text(one, "reason", f"lý do ở {where}", 400),
        synthetic=one.synthetic,
        place=one.place,
    )


def _text(one: TargetInput, name: str, label: str, most: int) -> str:
    typed: str = getattr(one, name)
    return line_of(typed, label=label, most=most, field=_at(one, name), needed=False)


def _require_whole(one: TargetInput) -> None:
    stated = one.value is not None or one.wording
    where = f"ô {one.code}" if one.code else "chỉ tiêu ngoài ô"
    if stated and not one.name:
        raise refuse("REG-7", f"Ghi tên chỉ tiêu ở {where}.", field=_at(one, "name"))
    if not one.code and not stated:
        words = f"Ghi số hoặc lời của chỉ tiêu “{one.name}”." if one.name else "Ghi tên chỉ tiêu."
        raise refuse("REG-7", words, field=_at(one, "value" if one.name else "name"))


def _at(one: TargetInput, name: str = "name") -> str:
    return f"{one.place}-{name}" if one.place else name


def _write(
    act: Act, row: Registration, old: Sequence[Target], wanted: Sequence[TargetInput]
) -> None:
    by_code = {one.code: one for one in old if one.code}
    free = [one for one in old if not one.code and not one.assigned]
    kept: set[int] = {one.pk for one in old if one.assigned}
    for order, one in enumerate(wanted, 1):
        held = by_code.get(one.code) if one.code else next(iter(free), None)
        if held is not None and not one.code:
            free.remove(held)
        if held is None:
            act.create(_new(row, one, order))
        else:
            kept.add(held.pk)
            act.change(held, **_columns(one, order, is_assigned=held.assigned))
    for gone in old:
        if gone.pk not in kept:
            act.remove(gone)


def _new(row: Registration, one: TargetInput, order: int) -> Target:
    return Target(
        jurisdiction_id=row.jurisdiction_id,
        registration=row,
        code=one.code,
        **_columns(one, order, is_assigned=False),
    )


def _columns(one: TargetInput, order: int, *, is_assigned: bool) -> dict[str, object]:
    own: dict[str, object] = {"last_year": one.last_year, "reason": one.reason}
    if is_assigned:
        return own
    return {
        **own,
        "order": order,
        "name": one.name,
        "measure": one.measure,
        "value": one.value,
        "wording": one.wording,
        "synthetic": one.synthetic,
    }
