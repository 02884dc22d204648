"""Pages of the record: search by year and name, one unit's history, Excel."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.core.text import one_line, whole
from thidua.platform import clock
from thidua.registry.actor import ActorRequest
from thidua.registry.models import Jurisdiction, Unit
from thidua.year.record.queries import RecordPage, record_page, unit_history
from thidua.year.record.workbook import record_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SEARCH = 200


@require_GET
def page(request: ActorRequest, year_id: int) -> HttpResponse:
    """The record of the jurisdiction: newest year first, search in every year."""
    return render(
        request,
        "record/page.html",
        {"page": _asked(request), "place": _place(request), "year_id": year_id},
    )


@require_GET
def workbook(request: ActorRequest, year_id: int) -> HttpResponse:
    """The rows of the page as Excel."""
    from thidua.platform.workbook.xlsx import to_xlsx

    del year_id
    made = record_workbook(_asked(request), place=_place(request), today=clock.today())
    return HttpResponse(
        to_xlsx(made),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="so-khen-thuong.xlsx"'},
    )


@require_GET
def unit(request: ActorRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Every year of one unit of the jurisdiction."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise Http404("Không có đơn vị này.")
    context = {"unit": found, "rows": unit_history(found), "year_id": year_id}
    return render(request, "record/unit.html", context)


def _asked(request: ActorRequest) -> RecordPage:
    year = whole(request.GET.get("nam", ""), digits=4)
    words = one_line(request.GET.get("q", "").replace("\0", ""))[:LONGEST_SEARCH]
    return record_page(words=words, year=year)


def _place(request: ActorRequest) -> str:
    return Jurisdiction.objects.get(pk=request.actor.jurisdiction_id).name
