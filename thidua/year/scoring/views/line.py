"""One line of a sheet: what can be entered on it, its evidence, and why it has its points."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.finding import Finding, Refused
from thidua.core.text import whole
from thidua.platform.http.posting import done, request_id_of, see_other
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.queries import library
from thidua.year.progress.services import cite as cite_document
from thidua.year.progress.visibility import sees_progress
from thidua.year.scoring import services
from thidua.year.scoring.board import View
from thidua.year.scoring.facts import SheetFacts
from thidua.year.scoring.firm import draws_of
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.firm import unit_words
from thidua.year.scoring.pages.line import LineForm, line_form
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.pages.places import all_adopted
from thidua.year.scoring.pages.plain import (
    changed_texts,
    conflict_words,
    read_shown,
    version_seen,
)
from thidua.year.scoring.pages.sheet import may_write
from thidua.year.scoring.pages.why import RUNS, why_line
from thidua.year.scoring.pages.why_total import why_total
from thidua.year.scoring.queries import opens_when, sees_all
from thidua.year.scoring.typed import read_line
from thidua.year.scoring.views.ground import (
    back_from,
    line_of,
    open_desk,
    sheet_address,
)
from thidua.year.scoring.views.posted import posted


@require_http_methods(["GET", "POST"])
def line(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """Everything that can be entered on a line; people who only read go on to why."""
    view, desk = open_desk(request, unit_id, *RUNS)
    one = line_of(desk, code)
    origin = Origin.of(request.GET)
    if not _may_edit(desk, one):
        return see_other(reverse("scoring:why", args=[year_id, unit_id, code]) + origin.query)
    if request.method == "GET":
        return _show(request, view, desk, one)
    form = line_form(view, view.facts.sheets[desk.sheet.pk], one, {})
    shown = read_shown(request.POST.get("shown", "")).get(one.key)
    typed = changed_texts(form.texts, request.POST.dict(), shown)
    try:
        services.save_line(
            request.actor,
            sheet=desk.sheet,
            code=one.key,
            stage=Stage.SELF,
            change=read_line(one, typed),
            seen=version_seen(form.version, form.texts, typed, shown),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        told = [_told(finding, form, typed) for finding in refused.findings]
        return _show(request, view, desk, one, told, typed)
    here = reverse("scoring:line", args=[year_id, unit_id, code]) + origin.query
    return done(request, f"Đã lưu dòng {one.code}.", here)


def _may_edit(desk: Desk, one: Line) -> bool:
    if may_write(desk, Stage.SELF) or one.is_heading:
        return False
    returned = desk.facts.open_returns(desk.sheet.pk)
    return desk.sheet.state != Sheet.State.RETURNED or one.key in returned


def _told(one: Finding, form: LineForm, typed: dict[str, str]) -> Finding:
    """With what to press where two people wrote."""
    if one.rule_id != "LINE-8":
        return one
    return replace(one, words=conflict_words(one.words, form.line, form.texts, typed))


def _show(
    request: YearRequest,
    view: View,
    desk: Desk,
    one: Line,
    findings: list[Finding] | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    sheet = view.facts.sheets[desk.sheet.pk]
    address = sheet_address(desk.bloc_year.pk, sheet.unit_id)
    kept = library(desk.bloc_year, sheet.unit_id)
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": sheet.unit_id,
        "form": line_form(view, sheet, one, typed or {}),
        "shown": line_form(view, sheet, one, {}).shown,
        "why": why_line(view, sheet, one, address=address, seen_by=request.actor.unit_id),
        "findings": findings or [],
        "library": [one for one in kept if not one.document.proposed],
        "unconfirmed": sum(1 for one in kept if one.document.proposed),
        "cited": view.facts.citations.get(sheet.unit_id, {}).get(one.key, ()),
        "sees_documents": True,
        **back_from(request, unit_id=sheet.unit_id, key=one.key),
    }
    return render(request, "scoring/line.html", context)


@posted("scoring:line")
def cite(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """Cite a document of the library on the line."""
    view, desk = open_desk(request, unit_id, *RUNS)
    one = line_of(desk, code)
    document = get_object_or_404(
        EvidenceDocument.objects.select_related("bloc_year", "unit"),
        pk=whole(request.POST.get("document", "")) or 0,
        bloc_year=request.bloc_year,
        unit_id=unit_id,
    )
    try:
        cite_document(
            request.actor,
            document=document,
            codes=[one.key],
            page=request.POST.get("page", ""),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, view, desk, one, list(refused.findings))
    words = f"Đã dẫn {document} ở dòng {one.code}."
    here = reverse("scoring:line", args=[year_id, unit_id, code]) + Origin.of(request.GET).query
    return done(request, words, here)


@require_GET
def why(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """Why the line has its points: a page, or the panel beside the table."""
    view, desk = open_desk(request, unit_id, *RUNS)
    sheet, one = view.facts.sheets[desk.sheet.pk], line_of(desk, code)
    fragment = request.headers.get("HX-Request") == "true"
    address = sheet_address(year_id, unit_id)
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": unit_id,
        "why": why_line(
            view,
            sheet,
            one,
            address=address,
            seen_by=request.actor.unit_id,
            with_history=not fragment,
        ),
        "editable": _may_edit(desk, one),
        "sees_documents": sees_progress(request.standing, unit_id),
        "cited": view.facts.citations.get(sheet.unit_id, {}).get(one.key, ()),
        **back_from(request, unit_id=unit_id, key=one.key),
    }
    return render(request, "scoring/_why.html" if fragment else "scoring/why.html", context)


@require_GET
def total(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Why the unit has its total and its rank."""
    view, desk = open_desk(request, unit_id, *RUNS)
    sheet = view.facts.sheets[desk.sheet.pk]
    begun = any(stage != Stage.SELF for _, stage in view.facts.entries_of(sheet.pk))
    everybody = sees_all(request.bloc_year, request.standing, view.facts)
    stage = Stage.ADOPTED if begun or everybody else Stage.SELF
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": unit_id,
        "why": why_total(view, sheet, stage),
        "everybody": everybody,
        "adopted": all_adopted(view),
        "firm": _firm(view, sheet, stage) if everybody and not all_adopted(view) else (),
        "opens": opens_when(request.bloc_year),
    }
    return render(request, "scoring/why_total.html", context)


def _firm(view: View, sheet: SheetFacts, stage: Stage) -> tuple[str, ...]:
    """How often the unit keeps its rank when judged points are given again."""
    tally = draws_of(view, view.facts.scale_of(sheet), stage)
    return () if tally is None else unit_words(tally, sheet.unit)
