"""Opening the sheets of a bloc-year, and the facts of a unit that the scale looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from thidua.core.number import as_number
from thidua.core.points import result_text
from thidua.core.scale import FieldDef
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_year
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import require, require_open_year, standing_of
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import adopted_scales, choose_scale, core_scale
from thidua.year.scoring.changes import WORDS_LIMIT, clean_words, refusal
from thidua.year.scoring.judging import (
    Desk,
    chain_of,
    desk_of,
    judge_writing,
    require_facts_open,
    require_state,
)
from thidua.year.scoring.lines import lines_of
from thidua.year.scoring.models import Entry, Sheet, Stage


def open_sheets(actor: Actor, *, bloc_year: BlocYear, request_id: str = "") -> list[Sheet]:
    """Give every member unit its sheet under the adopted scale for units of its kind.

    Units that joined later get theirs when it is called again; sheets still being self-scored move
    to a newly adopted version of their scale, keeping what was typed on the lines it still has.
    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-1 (no adopted scale for a unit, or nothing left to
    open), SHEET-2 (the conference has adopted the table).
    """
    require(standing_of(actor, bloc_year).head, "Trưởng khối mở bảng chấm điểm.")
    with Act(
        actor,
        "scoring.open",
        chain=of_year(bloc_year.pk),
        subject=f"Mở bảng chấm điểm năm {bloc_year.year}",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk},
    ) as act:
        if not act.repeated:
            require_open_year(bloc_year)
            _open(act, bloc_year)
    return list(Sheet.objects.filter(bloc_year=bloc_year).select_related("unit"))


def _open(act: Act, bloc_year: BlocYear) -> None:
    present = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(bloc_year=bloc_year)}
    adopted = adopted_scales(bloc_year)
    if any(sheet.state == Sheet.State.ADOPTED for sheet in present.values()):
        words = "Hội nghị đã thông qua bảng điểm. Muốn thêm đơn vị thì mở lại bảng điểm trước."
        raise refusal("SHEET-2", words)
    changed = 0
    for member in members(bloc_year):
        scale = choose_scale(adopted, member.kind)
        changed += _give(act, bloc_year, member, scale, present.get(member.unit_id))
    if not changed:
        raise refusal("SHEET-1", "Mọi đơn vị đã có bảng chấm theo thang điểm đang áp dụng.")


def _give(
    act: Act, bloc_year: BlocYear, member: Member, scale: Scale | None, sheet: Sheet | None
) -> int:
    """Open or move one unit's sheet; gives how many rows changed."""
    if scale is None:
        words = f"Chưa có thang điểm được thông qua cho {member.name}. Thông qua thang điểm trước."
        raise refusal("SHEET-1", words)
    if sheet is None:
        act.create(
            Sheet(
                jurisdiction_id=bloc_year.jurisdiction_id,
                bloc_year=bloc_year,
                unit_id=member.unit_id,
                scale=scale,
                synthetic=member.synthetic,
            )
        )
        return 1
    if sheet.state == Sheet.State.SELF and sheet.scale_id != scale.pk:
        act.change(sheet, scale=scale)
        _drop_lines_gone(act, sheet, scale)
        return 1
    return 0


def _drop_lines_gone(act: Act, sheet: Sheet, scale: Scale) -> None:
    """Take off what was typed on lines the new version lacks; nobody could reach it any more."""
    kept = {line.key for line in lines_of(core_scale(scale))}
    for entry in Entry.objects.filter(sheet=sheet).exclude(code__in=kept):
        act.remove(entry)


def set_fields(
    actor: Actor,
    *,
    sheet: Sheet,
    fields: Mapping[str, object],
    reason: str = "",
    request_id: str = "",
) -> Sheet:
    """Write facts of the unit that conditions of the scale look at (FORMAT section 3, fields).

    The unit while it scores; whoever verifies, and the head before adoption, with a reason. Values:
    numbers as int, Fraction or text, dates, truth values, text; None takes a fact back. Facts not
    named stay. Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3 (the unit outside its
    window), FACT-1, FACT-2 (the unit after a return that leaves its facts closed).
    """
    with Act(
        actor,
        "scoring.fields",
        chain=chain_of(sheet),
        subject=f"Ghi thông tin của {sheet.unit.name} dùng trong thang điểm",
        request_id=request_id,
        reason=clean_words(reason),
        inputs={"sheet": sheet.pk, "fields": dict(fields), "reason": reason},
    ) as act:
        if act.repeated:
            return act.first(Sheet)
        desk = desk_of(actor, sheet)
        _judge_fields(desk, clean_words(reason))
        merged = {**desk.sheet.fields, **_facts(desk, fields)}
        kept = {name: value for name, value in merged.items() if value is not None}
        if kept == desk.sheet.fields and not _answers(desk, clean_words(reason)):
            return act.result(desk.sheet)
        version = desk.sheet.fields_version + 1
        return act.result(act.change(desk.sheet, fields=kept, fields_version=version))


def _judge_fields(desk: Desk, reason: str) -> None:
    if desk.standing.works_for(desk.sheet.unit_id) and desk.sheet.state in (
        Sheet.State.SELF,
        Sheet.State.RETURNED,
    ):
        judge_writing(desk, Stage.SELF)
        require_facts_open(desk)
        return
    allowed = desk.standing.head or desk.examines
    words = f"Người của {desk.unit} ghi thông tin này khi tự chấm; người thẩm định sửa được sau đó."
    require(allowed, words)
    require_state(desk, Stage.ADOPTED)
    if not reason:
        raise refusal("FACT-1", "Ghi lý do sửa thông tin của đơn vị.")


def _answers(desk: Desk, reason: str) -> bool:
    """Whether the unit keeps facts that were sent back to it, and says why."""
    if desk.facts.returned_facts(desk.sheet.pk) is None:
        return False
    if not reason and desk.standing.works_for(desk.sheet.unit_id):
        words = "Thông tin chưa sửa gì. Sửa, hoặc ghi lý do giữ nguyên."
        raise refusal("FACT-1", words)
    return bool(reason)


def _facts(desk: Desk, fields: Mapping[str, object]) -> dict[str, Any]:
    known = desk.scale.scale.field_index()
    found: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in known:
            raise refusal("FACT-1", f"Thang điểm không dùng thông tin “{name[:60]}”.")
        found[name] = None if value is None else _fact(known[name], value)
    return found


def _fact(field: FieldDef, value: object) -> object:
    label = field.label or field.name
    if field.type == "flag":
        if isinstance(value, bool):
            return value
        raise refusal("FACT-1", f"{label}: chọn Có hoặc Không.")
    if field.type == "number":
        number = None if isinstance(value, float) else as_number(value)
        if number is None:
            raise refusal("FACT-1", f"{label}: nhập bằng số, ví dụ 12,5.")
        return result_text(number)
    if field.type == "date":
        return _date(label, value)
    return clean_words(str(value), limit=WORDS_LIMIT) or None


def _date(label: str, value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise refusal("FACT-1", f"{label}: nhập ngày theo mẫu 22/12/2026.") from None
