"""Files of scoring: a unit's sheet and the bloc's table as Word, PDF and Excel."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from thidua.core.text import fold
from thidua.platform import clock
from thidua.platform.documents.model import Document
from thidua.platform.workbook.model import Workbook
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring.documents import (
    sheet_document,
    sheet_workbook,
    table_document,
)
from thidua.year.scoring.pages.sheet import RUNS, sheet_page
from thidua.year.scoring.pages.table import table_page
from thidua.year.scoring.views.ground import open_desk, sheet_address
from thidua.year.scoring.workbook.table import table_workbook

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
def sheet_file(request: YearRequest, year_id: int, unit_id: int, form: str) -> HttpResponse:
    """One unit's sheet."""
    _known(form)
    view, desk = open_desk(request, unit_id, *RUNS)
    page = sheet_page(view, desk, address=sheet_address(year_id, unit_id))
    today, year = clock.today(), request.bloc_year
    name = f"bang-cham-diem-{fold(page.sheet.unit).replace(' ', '-')}-{year.year}"
    if form == "xlsx":
        return workbook_response(sheet_workbook(page, year, today=today), name)
    return paper_file(sheet_document(page, year, today=today), form, name)


@require_GET
def table_file(request: YearRequest, year_id: int, form: str) -> HttpResponse:
    """The bloc's table at a stage, with what this position may see of it."""
    _known(form)
    page = table_page(request.bloc_year, request.standing, look=request.GET.get("buoc", ""))
    if not page.is_open:
        raise Http404("Chưa mở bảng chấm điểm nên chưa có bảng để tải.")
    today, year = clock.today(), request.bloc_year
    name = f"bang-tong-hop-{page.look.name}-{year.year}"
    if form == "xlsx":
        return workbook_response(table_workbook(page, year, today=today), name)
    return paper_file(table_document(page, year, today=today), form, name)


def _known(form: str) -> None:
    if form not in TYPES:
        raise Http404("Tải được dạng Word, PDF hoặc Excel.")


def workbook_response(made: Workbook, name: str) -> HttpResponse:
    """A workbook to save under that name."""
    from thidua.platform.workbook.xlsx import to_xlsx

    return _file(to_xlsx(made), "xlsx", name)


def paper_file(made: Document, form: str, name: str) -> HttpResponse:
    """A paper to download as Word or PDF."""
    if form == "docx":
        from thidua.platform.documents.word import to_word

        return _file(to_word(made), form, name)
    from thidua.platform.documents.pdf import to_pdf

    return _file(to_pdf(made), form, name)


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.{form}") or "attachment"
    )
    return response
