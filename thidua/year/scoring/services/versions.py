"""A new version of the scale within the year: sheets move to it and keep what still holds.

The rulebook records what was decided when the version was adopted (`Revision.carry`); it knows no
sheets. Here the decision is carried out: inputs on unchanged lines stay, changed and added lines
open again for the unit, what stood on removed lines is taken off and stays in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thidua.platform import clock
from thidua.platform.ledger.act import Act
from thidua.platform.ledger.chain import of_year
from thidua.registry.actor import Actor
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import require, require_open_year, standing_of
from thidua.year.rulebook.difference import Reopened, reopened
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.queries import adopted_scales, choose_scale, core_scale
from thidua.year.scoring.changes import refusal
from thidua.year.scoring.lines import Line, lines_of
from thidua.year.scoring.models import Entry, LineReturn, Sheet, Stage
from thidua.year.scoring.notices import tell_unit
from thidua.year.scoring.services.settling import release_evidence

_NOTHING = "Không có bảng chấm nào cần chuyển: mọi bảng theo bản đang áp dụng, hoặc giữ bản lúc mở."


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What moving one sheet would do."""

    sheet: Sheet
    unit: str
    old: Scale
    new: Scale
    lines: Reopened
    reopens: bool  # it was sent already, so the unit gets lines back


def waiting_moves(bloc_year: BlocYear) -> list[Move]:
    """Sheets that the adopted version says to move and that still stand under an older one."""
    return [_move(sheet, name, new) for sheet, name, new in _waiting(bloc_year)]


def count_waiting_moves(bloc_year: BlocYear) -> int:
    """How many sheets wait to be moved; one query where no version says to move any."""
    return len(_waiting(bloc_year))


def _waiting(bloc_year: BlocYear) -> list[tuple[Sheet, str, Scale]]:
    """The sheets, the names of their units, and the versions they go to."""
    said = set(
        Revision.objects.filter(scale__bloc_year=bloc_year, carry=Revision.Carry.MOVE).values_list(
            "scale_id", flat=True
        )
    )
    if not said:
        return []
    adopted = adopted_scales(bloc_year)
    sheets = {
        sheet.unit_id: sheet
        for sheet in Sheet.objects.filter(bloc_year=bloc_year).select_related("scale", "unit")
    }
    found: list[tuple[Sheet, str, Scale]] = []
    for member in members(bloc_year):
        sheet, new = sheets.get(member.unit_id), choose_scale(adopted, member.kind)
        if sheet is None or new is None or new.pk not in said:
            continue
        if sheet.scale_id != new.pk and sheet.state != Sheet.State.ADOPTED:
            found.append((sheet, member.name, new))
    return found


def move_to_new_version(actor: Actor, *, bloc_year: BlocYear, request_id: str = "") -> list[Sheet]:
    """Carry out what was decided with the new version, for every sheet at once.

    Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-1 (nothing to move). Sheets of an adopted table are
    not moved. Units whose sent sheet opens again hear of it by mail.
    """
    require(standing_of(actor, bloc_year).head, "Trưởng khối chuyển bảng chấm sang bản mới.")
    with Act(
        actor,
        "scoring.new_version",
        chain=of_year(bloc_year.pk),
        subject=f"Chuyển bảng chấm điểm năm {bloc_year.year} sang phiên bản mới của thang điểm",
        request_id=request_id,
        inputs={"bloc_year": bloc_year.pk},
    ) as act:
        if not act.repeated:
            require_open_year(bloc_year)
            found = waiting_moves(bloc_year)
            if not found:
                raise refusal("SHEET-1", _NOTHING)
            for one in found:
                _carry_out(act, actor, one)
            act.result(bloc_year)
    return list(Sheet.objects.filter(bloc_year=bloc_year).select_related("unit"))


def _move(sheet: Sheet, unit: str, new: Scale) -> Move:
    lines = reopened(core_scale(sheet.scale), core_scale(new))
    sent = sheet.state != Sheet.State.SELF
    return Move(
        sheet=sheet,
        unit=unit,
        old=sheet.scale,
        new=new,
        lines=lines,
        reopens=sent and bool(lines.changed or lines.added),
    )


def _carry_out(act: Act, actor: Actor, move: Move) -> None:
    sheet, kept = move.sheet, {line.key: line for line in lines_of(core_scale(move.new))}
    _take_off(act, move, kept)
    state = Sheet.State.RETURNED if move.reopens else sheet.state
    values = {"scale": move.new, "state": state}
    if state != sheet.state:
        values |= {"verified_at": None, "verified_by": ""}
    act.change(sheet, **values)
    if not move.reopens:
        return
    opened = [
        line
        for line in kept.values()
        if line.is_leaf and not line.is_heading and line.code in _opened(move)
    ]
    for line in opened:
        _send_back(act, actor, move, line)
    release_evidence(act, sheet, codes=[line.key for line in opened])
    words = (
        f"Thang điểm có phiên bản mới. {len(opened)} dòng của bảng chấm mở lại để đơn vị ghi; các "
        "dòng khác giữ nguyên."
    )
    tell_unit(act, sheet, subject="Bảng chấm điểm mở lại một số dòng", words=words)


def _opened(move: Move) -> frozenset[str]:
    return move.lines.changed | move.lines.added


def _take_off(act: Act, move: Move, kept: Mapping[str, Line]) -> None:
    """Entries on lines that are gone; on changed lines what came after the unit's own figures."""
    for entry in Entry.objects.filter(sheet=move.sheet):
        line = kept.get(entry.code)
        changed = line is not None and line.code in move.lines.changed
        if line is None or (changed and entry.stage != Stage.SELF):
            act.remove(entry)
        elif changed:
            _keep_figures(act, entry, line)
    for back in LineReturn.objects.filter(sheet=move.sheet, answered_at=None):
        if back.code not in kept and back.code in {*move.lines.removed, *_codes(move.old)}:
            act.change(back, answered_at=clock.now())


def _codes(scale: Scale) -> set[str]:
    return {line.key for line in lines_of(core_scale(scale))}


def _keep_figures(act: Act, entry: Entry, line: Line) -> None:
    """On a changed line the unit's figures stay to begin from; points set by hand do not."""
    if entry.kind == Entry.Kind.INPUT and not line.is_judged:
        return
    act.remove(entry)


def _send_back(act: Act, actor: Actor, move: Move, line: Line) -> None:
    """Open one line for the unit, as a return that names the version."""
    if LineReturn.objects.filter(sheet=move.sheet, code=line.key, answered_at=None).exists():
        return
    how = "thêm" if line.code in move.lines.added else "sửa"
    entry = Entry.objects.filter(sheet=move.sheet, code=line.key, stage=Stage.SELF).first()
    act.create(
        LineReturn(
            jurisdiction_id=move.sheet.jurisdiction_id,
            sheet=move.sheet,
            code=line.key,
            reason=f"Thang điểm lần {move.new.sequence} {how} dòng này. Ghi theo bản mới.",
            author=actor.label,
            at=clock.now(),
            seen_version=entry.version if entry else 0,
        )
    )
