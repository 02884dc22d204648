"""Results through the year: every unit's, one unit's, and recording them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from thidua.platform import clock
from thidua.platform.http.posting import deliver, done
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import queries, services
from thidua.year.progress.forms import ResultsForm
from thidua.year.progress.views.ground import may_edit, unit_of
from thidua.year.progress.visibility import sees_progress

NEWEST = 5  # documents shown on the unit's page; the library has them all


@require_GET
def overview(request: YearRequest, year_id: int) -> HttpResponse:
    """Every unit: lines with a result, documents in the library."""
    rows = queries.overview(request.bloc_year)
    seen = {row.unit_id for row in rows if sees_progress(request.standing, row.unit_id)}
    context = {"bloc_year": request.bloc_year, "rows": rows, "seen": seen}
    return render(request, "progress/overview.html", context)


@require_GET
def unit(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """One unit's results, and how its library of evidence stands."""
    return _unit_page(request, unit_id)


@require_POST
def record(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Save the results of one day."""
    one = unit_of(request, unit_id)
    form = ResultsForm(request.POST, lines=queries.figure_lines(request.bloc_year, unit_id))
    saved = deliver(
        form,
        lambda: services.record_results(
            request.actor,
            bloc_year=request.bloc_year,
            unit=one,
            as_of=form.cleaned_data["as_of"],
            figures=form.figures(),
            request_id=form.request_id,
        ),
    )
    if saved is None:
        return _unit_page(request, unit_id, results=form)
    words = f"Đã ghi kết quả {len(form.figures())} dòng."
    return done(request, words, "progress:unit", year_id=year_id, unit_id=unit_id)


def _unit_page(
    request: YearRequest, unit_id: int, *, results: ResultsForm | None = None
) -> HttpResponse:
    one = unit_of(request, unit_id)
    lines = queries.figure_lines(request.bloc_year, unit_id)
    day = min(clock.today(), request.bloc_year.ends)
    form = results or ResultsForm(lines=lines, initial={"as_of": day})
    entries = queries.library(request.bloc_year, unit_id)
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "lines": lines,
        "form": form,
        "entries": entries,
        "newest": queries.chosen(entries, queries.Asked(order="moi"))[:NEWEST],
        "may_edit": may_edit(request, unit_id),
    }
    return render(request, "progress/unit.html", context)
