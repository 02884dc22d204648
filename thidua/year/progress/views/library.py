"""The library of a unit: searching it, filling it in as a table, taking it away as Excel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.http.posting import deliver, see_other
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import queries, services
from thidua.year.progress.forms import DescribeForm
from thidua.year.progress.queries import ORDERS, Asked
from thidua.year.progress.views.ground import (
    LINE,
    POSTED,
    back_of,
    going_on,
    keys_of,
    may_edit,
    own_unit_of,
    unit_of,
)
from thidua.year.progress.workbook import library_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100  # documents of one table to fill in
LONGEST_SEARCH = 200
MOST_TOLD = 5  # pages that are not there, named one by one


@require_GET
def library(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Every document of the unit; search, filter and order work by address alone."""
    one = unit_of(request, unit_id)
    asked, entries = asked_of(request), queries.library(request.bloc_year, unit_id)
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "entries": queries.chosen(entries, asked),
        "count": len(entries),
        "unconfirmed": sum(1 for entry in entries if entry.document.proposed),
        "filters": queries.filters_of(entries, asked),
        "orders": ORDERS,
        "asked": asked,
        "may_edit": may_edit(request, unit_id),
    }
    return render(request, "progress/library.html", context)


def asked_of(request: YearRequest) -> Asked:
    """What the address asks of the library."""
    words = one_line(request.GET.get("q", "").replace("\0", ""))[:LONGEST_SEARCH]
    return Asked(
        words=words, only=request.GET.get("loc", "")[:30], order=request.GET.get("xep", "")[:30]
    )


@require_GET
def workbook(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The library as it was asked for, as Excel."""
    from thidua.platform.workbook.xlsx import to_xlsx

    one = unit_of(request, unit_id)
    entries = queries.chosen(queries.library(request.bloc_year, unit_id), asked_of(request))
    made = library_workbook(request.bloc_year, one, entries, today=clock.today())
    return HttpResponse(
        to_xlsx(made),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="kho-minh-chung.xlsx"'},
    )


@require_http_methods(POSTED)
def describe(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """A table of documents to confirm and to cite: those named, else all that wait for it."""
    one = own_unit_of(request, unit_id)
    wanted = keys_of(request)
    entries = [
        entry
        for entry in queries.library(request.bloc_year, unit_id)
        if (entry.document.pk in wanted if wanted else entry.document.proposed)
    ]
    choices = queries.cite_choices(request.bloc_year, unit_id)
    named = [code for code, _label in choices if code in request.GET.getlist(LINE)]
    form = DescribeForm(
        request.POST if request.method == "POST" else None,
        entries=entries[:MOST_ROWS],
        codes=[code for code, _label in choices],
        named=named,
    )
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.describe(
                request.actor,
                bloc_year=request.bloc_year,
                unit=one,
                rows=form.described(),
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            return _described(request, form, unit_id)
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "form": form,
        "choices": choices,
        "may_edit": may_edit(request, unit_id),
        "left_out": max(0, len(entries) - MOST_ROWS),
        "along": going_on(request),
        "back": back_of(request) or reverse("progress:library", args=[year_id, unit_id]),
    }
    return render(request, "progress/describe.html", context)


def _described(request: YearRequest, form: DescribeForm, unit_id: int) -> HttpResponse:
    rows = form.described()
    cited = sum(len(row.places) for row in rows)
    places = f", dẫn ở {cited} chỗ" if cited else ""
    messages.success(request, f"Đã ghi thông tin {len(rows)} văn bản{places}.")
    for words in form.beyond()[:MOST_TOLD]:
        messages.warning(request, f"{words} Xem lại trang đã dẫn.")
    library_page = reverse("progress:library", args=[request.bloc_year.pk, unit_id])
    return see_other(back_of(request) or library_page)
