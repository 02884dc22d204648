"""What every page of scoring needs: the sheet of the address, and whether it may be read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from thidua.core.finding import Refused
from thidua.core.text import whole
from thidua.year.bloc.models import Window
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring.board import RunKey, View, view_of
from thidua.year.scoring.facts import YearFacts
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.queries import judge_reading

NOT_A_MEMBER = "Đơn vị này không ở trong khối năm nay."


def sheet_address(year_id: int, unit_id: int) -> str:
    """The address of a sheet's page; those of its lines begin with it."""
    return reverse("scoring:sheet", args=[year_id, unit_id])


def desk_for(request: YearRequest, unit_id: int, facts: YearFacts) -> Desk | None:
    """The sheet on the table of whoever reads or works on it; None while no sheet is open.

    404 for a unit outside the bloc, 403 while the sheet is closed to this position (SHEET-4).
    """
    row = (
        Sheet.objects.filter(bloc_year=request.bloc_year, unit_id=unit_id)
        .select_related("bloc_year", "unit")
        .first()
    )
    if row is None:
        if unit_id not in {member.unit_id for member in members(request.bloc_year)}:
            raise Http404(NOT_A_MEMBER)
        return None
    closed = judge_reading(request.bloc_year, request.standing, facts, unit_id)
    if closed is not None:
        raise PermissionDenied(closed.words)
    return Desk(request.actor, row, request.bloc_year, request.standing, facts)


def open_desk(request: YearRequest, unit_id: int, *runs: RunKey) -> tuple[View, Desk]:
    """The sheet with its runs; 404 while it is not open."""
    view = view_of(request.bloc_year.pk, *runs)
    desk = desk_for(request, unit_id, view.facts)
    if desk is None:
        raise Http404("Bảng chấm của đơn vị này chưa mở.")
    return view, desk


def line_of(desk: Desk, code: str) -> Line:
    """The line of the address; 404 when the scale has none."""
    try:
        return desk.line(code)
    except Refused as refused:
        raise Http404(refused.findings[0].words) from None


def not_open_yet(request: YearRequest, unit_id: int) -> HttpResponse:
    """The page of a sheet that the head has not opened yet."""
    name = next((m.name for m in members(request.bloc_year) if m.unit_id == unit_id), "")
    context = {"bloc_year": request.bloc_year, "unit": name, "is_head": request.standing.head}
    return render(request, "scoring/not_open.html", context)


def window_of(request: YearRequest, deed: Window.Deed) -> Window | None:
    """When a deed may be done, if the bloc has set it."""
    return Window.objects.filter(bloc_year=request.bloc_year, deed=deed).first()


def back_from(request: YearRequest, *, unit_id: int, key: str) -> dict[str, object]:
    """For the page of a line: the place one came from, and the address of the row there."""
    origin = Origin.of(request.GET)
    year_id = request.bloc_year.pk
    table = reverse("scoring:table", args=[year_id])
    page = table if origin.in_table else sheet_address(year_id, unit_id)
    return {"origin": origin, "back_url": origin.row(page, key)}


def version_sent(text: str) -> int:
    """The version of a line that the form was drawn from; 0 where there was none."""
    return whole(text, digits=8) or 0
