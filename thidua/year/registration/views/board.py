"""The bloc's table of registrations on screen, in Excel and on paper."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.platform import clock
from thidua.platform.documents.model import Document
from thidua.year.bloc.models import Window
from thidua.year.bloc.queries import windows
from thidua.year.bloc.rights import YearRequest
from thidua.year.registration.paper import board_document, board_workbook
from thidua.year.registration.queries import Board, announced, registration_board

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def board(request: YearRequest, **_address: int) -> HttpResponse:
    """Every member: where its registration stands, what it aims for."""
    found = _board(request)
    own = next((row for row in found.rows if row.unit_id == request.actor.unit_id), None)
    context = {
        "bloc_year": request.bloc_year,
        "board": found,
        "own": own if request.standing.works_for(own.unit_id if own else 0) else None,
        "settled": found.all_accepted or not request.bloc_year.is_changeable,
        "window": windows(request.bloc_year).get(Window.Deed.REGISTER),
        "can_report": request.standing.runs_year or request.actor.is_standing,
    }
    return render(request, "registration/board.html", context)


@require_GET
def workbook(request: YearRequest, **_address: int) -> HttpResponse:
    """The same rows as Excel."""
    from thidua.platform.workbook.xlsx import to_xlsx

    made = board_workbook(request.bloc_year, _board(request), today=clock.today())
    return _download(request, to_xlsx(made), EXCEL, "xlsx")


@require_GET
def word(request: YearRequest, **_address: int) -> HttpResponse:
    """The table as Word."""
    from thidua.platform.documents.word import to_word

    return _paper(request, to_word, WORD, "docx")


@require_GET
def pdf(request: YearRequest, **_address: int) -> HttpResponse:
    """The table as PDF."""
    from thidua.platform.documents.pdf import to_pdf

    return _paper(request, to_pdf, "application/pdf", "pdf")


def _board(request: YearRequest) -> Board:
    return announced(registration_board(request.bloc_year), request.standing)


def _paper(
    request: YearRequest, make: Callable[[Document], bytes], kind: str, ending: str
) -> HttpResponse:
    made = board_document(request.bloc_year, _board(request), today=clock.today())
    return _download(request, make(made), kind, ending)


def _download(request: YearRequest, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"dang-ky-thi-dua-{request.bloc_year.year}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
