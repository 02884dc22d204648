"""A unit's own sheet: reading it, saving cells, saving what was typed without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thidua.core.finding import Finding, Refused
from thidua.platform import clock
from thidua.platform.http.posting import done, request_id_of
from thidua.year.bloc.models import Window
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring import services
from thidua.year.scoring.board import View, facts_of, view_of
from thidua.year.scoring.changes import line_words
from thidua.year.scoring.judging import Desk, works_now
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.pages.answer import cell_text, saved_answer
from thidua.year.scoring.pages.cells import SELF_RUNS, Cells, Row
from thidua.year.scoring.pages.explain import why_not_explaining
from thidua.year.scoring.pages.origin import ROW, Origin
from thidua.year.scoring.pages.plain import (
    Shown,
    conflict_words,
    read_shown,
    retyped,
    texts_of,
    typed_over,
    version_seen,
)
from thidua.year.scoring.pages.sheet import RUNS, SheetPage, sheet_page
from thidua.year.scoring.queries import sheets_opened
from thidua.year.scoring.services import Conflict, Saved, Wanted
from thidua.year.scoring.typed import joined, read_field
from thidua.year.scoring.views.acts import taking_back
from thidua.year.scoring.views.ground import (
    desk_for,
    not_open_yet,
    open_desk,
    sheet_address,
    version_sent,
    window_of,
)
from thidua.year.scoring.views.posted import posted

FORBIDDEN = ("RIGHT-1", "YEAR-1", "SHEET-2", "SHEET-3", "LINE-7")
Wishes = dict[str, Wanted]
Troubles = dict[str, str]
Typed = dict[str, dict[str, str]]


@require_http_methods(["GET", "POST"])
def sheet(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The score table of one unit; a POST is the form without JavaScript."""
    view = view_of(request.bloc_year.pk, *RUNS)
    desk = desk_for(request, unit_id, view.facts)
    if desk is None:
        return not_open_yet(request, unit_id)
    page = sheet_page(
        view,
        desk,
        address=sheet_address(year_id, unit_id),
        only=Origin.of(request.GET).only,
        kept=request.GET.get(ROW, ""),
        explaining=window_of(request, Window.Deed.EXPLAIN),
    )
    if request.method == "POST":
        return _save_typed(request, desk, page)
    return _show(request, desk, page)


def _show(
    request: YearRequest, desk: Desk, page: SheetPage, findings: list[Finding] | None = None
) -> HttpResponse:
    own = desk.standing.works_for(desk.sheet.unit_id)
    window = window_of(request, Window.Deed.SELF_SCORE)
    context = {
        "bloc_year": request.bloc_year,
        "page": page,
        "findings": findings or [],
        "is_own": own,
        "verifies": works_now(desk),
        "may_take_back": own and not page.editable and _is_untouched(page, desk),
        "take_back": taking_back(desk),
        "may_explain": own and _explains_now(page, desk),
        "deadline": window.closes if window else None,
        "scroll_label": f"Bảng chấm điểm, {page.line_count} dòng",
    }
    return render(request, "scoring/sheet.html", context)


def _explains_now(page: SheetPage, desk: Desk) -> bool:
    """The bloc takes explanations now, and the sheet is where they are written."""
    if page.state not in (Sheet.State.SUBMITTED, Sheet.State.VERIFIED):
        return False
    return not why_not_explaining(desk)


def _is_untouched(page: SheetPage, desk: Desk) -> bool:
    """Sent, nobody has begun to verify it, and the units do not read each other's sheets yet."""
    begun = any(stage != Stage.SELF for _, stage in desk.facts.entries_of(desk.sheet.pk))
    begun = begun or bool(desk.facts.ratings.get(desk.sheet.pk))
    returned = bool(desk.facts.returns.get(desk.sheet.pk) or desk.facts.closings.get(desk.sheet.pk))
    sent = Sheet.State.SUBMITTED if desk.roster.middle else Sheet.State.VERIFIED
    untouched = page.state == sent and not begun and not returned
    return untouched and not sheets_opened(desk.bloc_year, desk.facts)


@posted("scoring:sheet")
def save(request: YearRequest, year_id: int, unit_id: int) -> JsonResponse:
    """One cell (contract at the top of score-table.js)."""
    _, desk = open_desk(request, unit_id)
    code, field = request.POST.get("code", ""), request.POST.get("field", "")
    try:
        line = desk.line(code)
        entry = _save_cell(request, desk, line, field)
    except Conflict as conflict:
        return _conflict(request, conflict, field)
    except Refused as refused:
        return _refused(refused)
    view = view_of(request.bloc_year.pk, *SELF_RUNS)
    return JsonResponse(saved_answer(view, desk, line, field, version=entry.version))


def _save_cell(request: YearRequest, desk: Desk, line: Line, field: str) -> Entry:
    """Write the cell; a line that somebody else wrote meanwhile, though not in this cell, is no
    conflict: the change is made again over what stands there now."""
    write = partial(
        services.save_line,
        request.actor,
        sheet=desk.sheet,
        code=line.key,
        stage=Stage.SELF,
        change=read_field(line, field, request.POST.get("value", "")),
        request_id=request_id_of(request),
    )
    try:
        return write(seen=version_sent(request.POST.get("seen", "")))
    except Conflict as conflict:
        if not _is_elsewhere(request, conflict, field):
            raise
        return write(seen=conflict.version)


def _is_elsewhere(request: YearRequest, conflict: Conflict, field: str) -> bool:
    """Whether the cell still holds what the person saw in it."""
    was = request.POST.get("was")
    if was is None or conflict.entry is None:
        return False
    try:
        seen = read_field(conflict.line, field, was)
        return seen == read_field(conflict.line, field, _text_now(request, conflict, field))
    except Refused:  # what was shown cannot be typed, as "≈ 4,71"
        return False


def _text_now(request: YearRequest, conflict: Conflict, field: str) -> str:
    """How the cell reads after the other's change, points that the rule gives included."""
    view = view_of(request.bloc_year.pk, *SELF_RUNS)
    sheet = view.facts.sheets[conflict.sheet_id]
    return cell_text(Cells.of(view, sheet).row(conflict.line), field)


def _conflict(request: YearRequest, conflict: Conflict, field: str) -> JsonResponse:
    entry = conflict.entry
    moment = conflict.at.astimezone(clock.LOCAL) if conflict.at else None
    said = {
        "value": _text_now(request, conflict, field),
        "who": entry.author if entry else "người khác",
        "own": conflict.is_own,
        "at": f"{moment:%H:%M}" if moment else "",
    }
    body = {"conflict": said, "version": conflict.version}
    return JsonResponse(body, status=HTTPStatus.CONFLICT)


def _refused(refused: Refused) -> JsonResponse:
    first = refused.findings[0]
    status = HTTPStatus.FORBIDDEN if first.rule_id in FORBIDDEN else HTTPStatus.UNPROCESSABLE_ENTITY
    words = " ".join(_in_cell(one) for one in refused.findings)
    return JsonResponse({"message": words}, status=status)


def _in_cell(one: Finding) -> str:
    """The sentence without the name of the line, which the cell stands in already."""
    before, colon, after = one.words.partition(": ")
    bare = after if colon and before.startswith("Dòng ") else one.words
    return bare[:1].upper() + bare[1:]


def _save_typed(request: YearRequest, desk: Desk, page: SheetPage) -> HttpResponse:
    """Every cell that was typed over, whichever section's button was pressed.

    The page is drawn anew afterwards: what was typed in another section would be lost.
    """
    shown = read_shown(request.POST.get("shown", ""))
    typed = _typed(page, request.POST, shown)
    wanted, troubles = _wishes(page, typed, shown)
    try:
        saved = services.save_lines(
            request.actor,
            sheet=desk.sheet,
            stage=Stage.SELF,
            wanted=wanted,
            request_id=request_id_of(request),
        )
    except Refused as refused:
        kept = replace(
            _retyped(page, typed, dict.fromkeys(typed, "")), shown=request.POST.get("shown", "")
        )
        return _show(request, desk, kept, list(refused.findings))
    if not (saved.refused or saved.conflicts or troubles):
        words = f"Đã lưu {len(saved.entries)} dòng." if wanted else "Không có ô nào thay đổi."
        address = sheet_address(desk.bloc_year.pk, desk.sheet.unit_id)
        return done(request, words, page.origin.row(address, request.POST.get("section", "")))
    view: View = view_of(desk.bloc_year.pk, *RUNS)
    fresh = Desk(desk.actor, desk.sheet, desk.bloc_year, desk.standing, facts_of(desk.bloc_year.pk))
    address_of = sheet_address(desk.bloc_year.pk, desk.sheet.unit_id)
    again = sheet_page(view, fresh, address=address_of, only=page.origin.only)
    findings = _findings(again, saved, troubles, typed)
    marks = {str(one.inputs.get("line", "")): _in_cell(one) for one in findings}
    return _show(request, fresh, _retyped(again, typed, marks), findings)


def _typed(page: SheetPage, sent: Mapping[str, str], shown: Mapping[str, Shown]) -> Typed:
    """What was typed over, by line and field."""
    rows = [row for row in page.rows if row.editable]
    found = {row.key: typed_over(row, sent, shown.get(row.key)) for row in rows}
    return {key: cells for key, cells in found.items() if cells}


def _wishes(page: SheetPage, typed: Typed, shown: Mapping[str, Shown]) -> tuple[Wishes, Troubles]:
    wanted: Wishes = {}
    troubles: Troubles = {}
    for row in page.rows:
        cells = typed.get(row.key)
        if not cells:
            continue
        try:
            parts = [read_field(row.line, field, text) for field, text in cells.items()]
        except Refused as refused:
            troubles[row.key] = refused.findings[0].words
            continue
        seen = version_seen(row.version, texts_of(row), cells, shown.get(row.key))
        wanted[row.key] = Wanted(change=joined(parts), seen=seen)
    return wanted, troubles


def _findings(page: SheetPage, saved: Saved, troubles: Troubles, typed: Typed) -> list[Finding]:
    """What was not saved, in the order of the lines as they stand now."""
    rows = {row.key: row for row in page.rows}
    said = [one for found in saved.refused.values() for one in found]
    said += [one for conflict in saved.conflicts.values() for one in conflict.findings]
    said += [
        Finding(rule_id="LINE-2", outcome="refused", inputs={"line": key}, words=words)
        for key, words in troubles.items()
    ]
    order = {key: place for place, key in enumerate(rows)}
    said.sort(key=lambda one: order.get(str(one.inputs.get("line", "")), -1))
    return [_told(one, rows, typed) for one in said]


def _told(one: Finding, rows: Mapping[str, Row], typed: Typed) -> Finding:
    """With the name of its line, and what to press where two people wrote."""
    key = str(one.inputs.get("line", ""))
    if key not in rows:
        return one
    words = one.words
    if one.rule_id == "LINE-8":
        row = rows[key]
        words = conflict_words(words, row.line, texts_of(row), typed.get(key, {}))
    named = words if words.startswith("Dòng") else f"{line_words(rows[key].line)}: {words}"
    return replace(one, words=named)


def _retyped(page: SheetPage, typed: Typed, marks: Mapping[str, str]) -> SheetPage:
    """The page with what was typed in the lines that were not saved: nothing typed is lost.

    What the form was drawn from stays what stands, so that pressing again means it.
    """
    rows = (
        retyped(row, typed.get(row.key, {}), marks[row.key]) if row.key in marks else row
        for row in page.rows
    )
    return replace(page, rows=tuple(rows))
