"""Writing lines of a sheet at a stage: one cell, many cells, or "không áp dụng"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.core.finding import Finding, Refused
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.year.scoring.changes import LineChange, clean_words, plain_change, refusal
from thidua.year.scoring.judging import Desk, chain_of, desk_of, judge_writing
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services.writing import Conflict, write_line

DONE_AT = {
    Stage.SELF: "tự chấm",
    Stage.CROSS: "chấm chéo",
    Stage.SECTOR: "cơ quan phụ trách chấm",
    Stage.TEAM: "tổ thẩm định chấm",
    Stage.VERIFIED: "thẩm định",
    Stage.OFFICE: "cơ quan thường trực chấm",
    Stage.ADOPTED: "hội nghị quyết định",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A change to one of many lines; `seen` is the version the person saw, 0 for none yet."""

    change: LineChange
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of many changes: lines saved, conflicts, and lines that could not take theirs."""

    sheet: Sheet
    entries: Mapping[str, Entry] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    refused: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def save_line(  # noqa: PLR0913  # who, where, what, what was seen, and the request
    actor: Actor,
    *,
    sheet: Sheet,
    code: str,
    stage: Stage,
    change: LineChange,
    seen: int | None = None,
    request_id: str = "",
) -> Entry:
    """Write one line at a stage.

    `seen` is the version of the stage's entry the person saw (0: there was none; None: whatever
    stands there). Errors (`Refused`): RIGHT-1, YEAR-1, SHEET-2, SHEET-3, LINE-1 to LINE-7,
    FIGURE-1, VERIFY-1, ADOPTED-1; `Conflict` (LINE-8) when somebody else wrote meanwhile. Nothing
    is changed then.
    """
    with Act(
        actor,
        "scoring.line",
        chain=chain_of(sheet),
        subject=_subject(sheet, code, stage),
        request_id=request_id,
        reason=clean_words(change.reason or ""),
        inputs={"sheet": sheet.pk, "code": code, "stage": stage, "change": plain_change(change)},
    ) as act:
        if act.repeated:
            return act.first(Entry)
        desk = desk_of(actor, sheet)
        judge_writing(desk, stage)
        line = desk.line(code)
        return act.result(write_line(act, desk, line=line, stage=stage, change=change, seen=seen))


def save_lines(
    actor: Actor,
    *,
    sheet: Sheet,
    stage: Stage,
    wanted: Mapping[str, Wanted],
    whole: bool = False,
    request_id: str = "",
) -> Saved:
    """Write many lines in one decision: a pasted column, a section of the form, an import.

    Lines that cannot take their change, or that somebody else wrote meanwhile, are left as they are
    and told in the result; the others are saved. With `whole` one such line stops everything. A
    repeated request answers as the first one did, its conflicts among the refused lines.
    """
    with Act(
        actor,
        "scoring.lines",
        chain=chain_of(sheet),
        subject=f"{sheet.unit.name}: {DONE_AT[stage]} {len(wanted)} dòng",
        request_id=request_id,
        inputs={
            "sheet": sheet.pk,
            "stage": stage,
            "whole": whole,
            "lines": {code: plain_change(one.change) for code, one in wanted.items()},
        },
    ) as act:
        if act.repeated:
            return _saved_before(act)
        desk = desk_of(actor, sheet)
        judge_writing(desk, stage)
        saved = _write_all(act, desk, stage, wanted)
        if whole and (saved.conflicts or saved.refused):
            raise Refused(
                [one for found in saved.refused.values() for one in found]
                + [one for conflict in saved.conflicts.values() for one in conflict.findings]
            )
        told = {code: conflict.findings for code, conflict in saved.conflicts.items()}
        act.result(
            desk.sheet,
            saved=[entry.pk for entry in saved.entries.values()],
            left={code: _said(found) for code, found in {**saved.refused, **told}.items()},
        )
        return saved


def mark_not_applicable(
    actor: Actor, *, sheet: Sheet, code: str, stage: Stage, reason: str, request_id: str = ""
) -> Entry:
    """Set a line aside for a unit, with the reason the minutes will name (FORMAT section 6).

    Errors as `save_line`; LINE-6 without a reason.
    """
    change = LineChange(inputs={"na": True}, clear_points=True, reason=reason)
    return save_line(
        actor, sheet=sheet, code=code, stage=stage, change=change, request_id=request_id
    )


def set_adopted_line(
    actor: Actor,
    *,
    sheet: Sheet,
    code: str,
    change: LineChange,
    seen: int | None = None,
    request_id: str = "",
) -> Entry:
    """Write what the conference decided on a line; the head records it, with the reason.

    Errors as `save_line`; RIGHT-1 for anybody but the head, ADOPTED-1 without a reason, SHEET-2
    once the table is adopted.
    """
    if not change.confirmed and not clean_words(change.reason or ""):
        raise refusal("ADOPTED-1", f"Ghi lý do hội nghị quyết định khác ở dòng {code[:60]}.")
    return save_line(
        actor, sheet=sheet, code=code, stage=Stage.ADOPTED, change=change, seen=seen,
        request_id=request_id,
    )  # fmt: skip


def _write_all(act: Act, desk: Desk, stage: Stage, wanted: Mapping[str, Wanted]) -> Saved:
    entries: dict[str, Entry] = {}
    conflicts: dict[str, Conflict] = {}
    refused: dict[str, tuple[Finding, ...]] = {}
    for code, one in wanted.items():
        try:
            line = desk.line(code)
            entries[code] = write_line(
                act, desk, line=line, stage=stage, change=one.change, seen=one.seen
            )
        except Conflict as conflict:
            conflicts[code] = conflict
        except Refused as problem:
            refused[code] = problem.findings
    return Saved(desk.sheet, entries, conflicts, refused)


def _saved_before(act: Act) -> Saved:
    """What the first request answered: the lines it saved, the lines it left and why."""
    rows = Entry.objects.filter(pk__in=act.first_said("saved")).order_by("pk")
    left = {
        code: tuple(Finding(**one) for one in found)
        for code, found in act.first_said("left").items()
    }
    return Saved(act.first(Sheet), {row.code: row for row in rows}, refused=left)


def _said(found: tuple[Finding, ...]) -> list[dict[str, object]]:
    return [
        {
            "rule_id": one.rule_id,
            "outcome": one.outcome,
            "inputs": {name: str(value) for name, value in one.inputs.items()},
            "source": one.source,
            "words": one.words,
        }
        for one in found
    ]


def _subject(sheet: Sheet, code: str, stage: Stage) -> str:
    where, at, copy = code[:60].partition("@")
    copied = f", kỳ {copy}" if at else ""
    return f"{sheet.unit.name}: {DONE_AT[stage]} dòng {where}{copied}"
