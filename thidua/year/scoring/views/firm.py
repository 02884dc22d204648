"""How firm the ranking is: the page and its file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.platform import clock
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.firm import RUNS, draws_of
from thidua.year.scoring.firm_files import firm_workbook
from thidua.year.scoring.pages.firm import FirmGroup, firm_groups
from thidua.year.scoring.pages.firm_words import DEFINITION, LIMITS, RECIPE, SEED, lead_sentence
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.places import all_adopted
from thidua.year.scoring.pages.table import LOOKS, Look, furthest
from thidua.year.scoring.queries import opens_when, sees_all
from thidua.year.scoring.views.files import workbook_response

BY_PEOPLE = tuple(look for look in LOOKS if look.run in RUNS)


@require_GET
def firmness(request: YearRequest, year_id: int) -> HttpResponse:
    """How often each unit keeps its rank; closed while the sheets of others are."""
    view = view_of(request.bloc_year.pk, *RUNS)
    if view.facts.sheets and all_adopted(view):
        return redirect("conference:firmness", year_id)
    look = _look(request, view)
    context = {
        "bloc_year": request.bloc_year,
        "look": look,
        "looks": BY_PEOPLE,
        "groups": _groups(request, view, look),
        "opens": opens_when(request.bloc_year),
        "definition": DEFINITION,
        "limits": LIMITS,
        "recipe": RECIPE,
        "seed_words": SEED,
        "file_url": reverse("scoring:firmness_file", args=[year_id]) + f"?buoc={look.name}",
        "back_url": reverse("scoring:table", args=[year_id]),
        "back_words": "Bảng điểm của khối",
    }
    return render(request, "scoring/firmness.html", context)


@require_GET
def sentence(request: YearRequest, year_id: int) -> HttpResponse:
    """The one sentence of a table, for a page that did not wait for it; empty where none is due."""
    view = view_of(request.bloc_year.pk, *RUNS)
    look, asked = _look(request, view), request.GET.get("thang", "")
    scale = next((one for pk, one in view.facts.scales.items() if str(pk) == asked), None)
    seen = sees_all(request.bloc_year, request.standing, view.facts)
    tally = draws_of(view, scale, look.run[0]) if scale is not None and seen else None
    context = {
        "words": "" if tally is None else lead_sentence(tally),
        "synthetic": any(rests_on_samples(view.facts, one) for one in view.facts.sheets.values()),
    }
    return render(request, "scoring/_firm.html", context)


@require_GET
def firmness_file(request: YearRequest, year_id: int) -> HttpResponse:
    """The same figures as a spreadsheet."""
    view = view_of(request.bloc_year.pk, *RUNS)
    look = _look(request, view)
    groups = _groups(request, view, look)
    if not groups or all(group.tally is None for group in groups):
        raise Http404("Chưa có thứ hạng để tải.")
    made = firm_workbook(groups, request.bloc_year, stage=look.label, today=clock.today())
    return workbook_response(made, f"do-vung-thu-hang-{look.name}-{request.bloc_year.year}")


def _look(request: YearRequest, view: View) -> Look:
    asked = request.GET.get("buoc", "")
    return next((one for one in BY_PEOPLE if one.name == asked), furthest(view))


def _groups(request: YearRequest, view: View, look: Look) -> tuple[FirmGroup, ...] | None:
    """None while this position may not read every sheet."""
    if not sees_all(request.bloc_year, request.standing, view.facts):
        return None
    return firm_groups(view, look.run[0])
