"""Lines the conference decides otherwise: the list of a unit's lines and the form of one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.platform.http.posting import deliver, done
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference.deciding import LineDesk, line_desk, lines_of_unit, milli_of
from thidua.year.conference.forms import LineForm
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.services import decide_line
from thidua.year.scoring.models import Entry, Sheet

CHAIR = "Chủ trì hội nghị"


@require_GET
def lines(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The lines of one unit with the points of every stage."""
    found = lines_of_unit(request.bloc_year, unit_id)
    if found is None:
        raise Http404("Đơn vị này chưa có bảng điểm.")
    context = {"unit": found[0], "rows": found[1], "year_id": year_id, "unit_id": unit_id}
    return render(request, "conference/lines.html", context)


@require_http_methods(["GET", "POST"])
def line(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """Decide one line: points, figures, not applicable, or as verified."""
    desk = line_desk(request.bloc_year, unit_id, code)
    if desk is None:
        raise Http404("Không có dòng này trong bảng điểm của đơn vị.")
    proposers = [CHAIR, *(name for _, name in conference_facts(request.bloc_year).members)]
    form = LineForm(
        request.POST if request.method == "POST" else None,
        figures=[name for name, _ in desk.figures],
        proposers=proposers,
        before=desk.row.before.points_words,
        initial=_initial(desk),
    )
    if request.method == "POST":
        decided = deliver(form, lambda: _decide(request, unit_id, code, form))
        if decided is not None:
            words = f"Đã ghi quyết định của hội nghị ở dòng {desk.row.line.code}."
            return done(request, words, "conference:lines", year_id=year_id, unit_id=unit_id)
    context = {"desk": desk, "form": form, "year_id": year_id, "unit_id": unit_id}
    return render(request, "conference/line.html", context)


def _decide(request: YearRequest, unit_id: int, code: str, form: LineForm) -> Entry:
    rows = Sheet.objects.select_related("bloc_year")
    sheet = get_object_or_404(rows, bloc_year=request.bloc_year, unit_id=unit_id)
    return decide_line(
        request.actor,
        sheet=sheet,
        code=code,
        change=form.change(),
        request_id=form.request_id,
    )


def _initial(desk: LineDesk) -> dict[str, object]:
    figures = {name: milli_of(desk.state.inputs.get(name)) for name, _ in desk.figures}
    return {**figures, "points": milli_of(desk.row.adopted)}
