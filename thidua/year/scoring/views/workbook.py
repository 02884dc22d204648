"""The unit's workbook: taking it away, bringing it back, choosing what is accepted of it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.finding import Finding, Refused
from thidua.core.text import fold
from thidua.platform.http.posting import done, request_id_of, see_other
from thidua.year.bloc.models import Window
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring.board import view_of
from thidua.year.scoring.changes import finding
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.models import SheetUpload, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS
from thidua.year.scoring.pages.sheet import may_write
from thidua.year.scoring.pages.upload import UploadPage, upload_page
from thidua.year.scoring.services.workbook import (
    Arrived,
    accept_lines,
    filled_of,
    receive_workbook,
)
from thidua.year.scoring.views.files import workbook_response
from thidua.year.scoring.views.ground import desk_for, open_desk, version_sent, window_of
from thidua.year.scoring.workbook.difference import RUNS, difference
from thidua.year.scoring.workbook.out import unit_workbook

NO_FILE = "Chưa chọn tệp. Chọn tệp Excel đã điền rồi nạp."
MOST_EARLIER = 20


@require_GET
def download(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The sheet as a workbook to fill in; to people who cannot fill it in now, why."""
    view, desk = open_desk(request, unit_id, *SELF_RUNS)
    why_not = may_write(desk, Stage.SELF)
    if why_not:
        messages.warning(request, f"Chưa tải được bảng để điền. {why_not}")
        return see_other("scoring:sheet", year_id=year_id, unit_id=unit_id)
    name = f"tu-cham-{fold(desk.unit).replace(' ', '-')}-{request.bloc_year.year}"
    return workbook_response(unit_workbook(view, desk, request.bloc_year), name)


@require_http_methods(["GET", "POST"])
def workbook(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Where a filled workbook is brought back, with those brought before."""
    _, desk = open_desk(request, unit_id, *SELF_RUNS)
    if request.method == "GET":
        return _show(request, desk, [])
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _show(request, desk, [finding("EXCEL-1", NO_FILE)])
    try:
        upload = receive_workbook(
            request.actor,
            sheet=desk.sheet,
            arrived=Arrived(content=sent, name=sent.name or ""),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, desk, list(refused.findings))
    address = {"year_id": year_id, "unit_id": unit_id, "upload_id": upload.pk}
    return see_other("scoring:workbook_compare", **address)


def _show(request: YearRequest, desk: Desk, findings: list[Finding]) -> HttpResponse:
    window = window_of(request, Window.Deed.SELF_SCORE)
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": desk.sheet.unit_id,
        "findings": findings,
        "why_not": may_write(desk, Stage.SELF),
        "deadline": window.closes if window else None,
        "uploads": SheetUpload.objects.filter(sheet=desk.sheet)[:MOST_EARLIER],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if findings else HTTPStatus.OK
    return render(request, "scoring/workbook.html", context, status=status)


@require_http_methods(["GET", "POST"])
def compare(request: YearRequest, year_id: int, unit_id: int, upload_id: int) -> HttpResponse:
    """Line by line what an uploaded workbook wants otherwise; a POST accepts the chosen lines."""
    _, desk = open_desk(request, unit_id, *RUNS)
    rows = SheetUpload.objects.select_related("sheet__unit", "sheet__bloc_year", "file")
    upload = get_object_or_404(rows, pk=upload_id, sheet=desk.sheet)
    if request.method == "GET":
        return _compare(request, desk, upload, [])
    try:
        taken = accept_lines(
            request.actor,
            upload=upload,
            accepted=_accepted(request),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _compare(request, desk, upload, list(refused.findings))
    words = f"Đã nhận {taken.lines} dòng từ tệp {upload.file_name}."
    return done(request, words, "scoring:sheet", year_id=year_id, unit_id=unit_id)


def _accepted(request: YearRequest) -> dict[str, int]:
    """The chosen lines with the versions the page was drawn from."""
    seen: dict[str, int] = {}
    for part in request.POST.get("seen", "").split(";"):
        key, bar, version = part.rpartition("|")
        if bar:
            seen[key] = version_sent(version)
    if request.POST.get("all"):
        return seen
    return {key: seen[key] for key in request.POST.getlist("line") if key in seen}


def _compare(
    request: YearRequest, desk: Desk, upload: SheetUpload, findings: list[Finding]
) -> HttpResponse:
    """The page; a file that can no longer be read leads back to the upload with the reason."""
    page: UploadPage | None = None
    try:
        view = view_of(desk.bloc_year.pk, *RUNS)
        fresh = desk_for(request, desk.sheet.unit_id, view.facts) or desk
        found = difference(view, fresh, filled_of(upload, fresh))
        chosen = request.POST.getlist("line") if findings else None
        page = upload_page(found, chosen=chosen)
    except Refused as refused:
        return _show(request, desk, [*findings, *refused.findings])
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": desk.sheet.unit_id,
        "upload": upload,
        "page": page,
        "findings": findings,
        "scroll_label": f"Các chỗ khác nhau, {len(page.rows)} dòng",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if findings else HTTPStatus.OK
    return render(request, "scoring/workbook_compare.html", context, status=status)
