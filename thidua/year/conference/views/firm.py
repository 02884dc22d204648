"""How firm the adopted ranking is; units the conference does not rank take no place in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.platform import clock
from thidua.platform.http.posting import see_other
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference.documents.facts import frozen_of
from thidua.year.conference.firm import adopted_groups
from thidua.year.conference.queries import conference_facts
from thidua.year.scoring.firm_files import firm_workbook
from thidua.year.scoring.pages.firm_words import DEFINITION, LIMITS, RECIPE, SEED
from thidua.year.scoring.pages.table import LOOKS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def firmness(request: YearRequest, year_id: int) -> HttpResponse:
    """The page; before there is an adopted table in force the result page says so."""
    facts = conference_facts(request.bloc_year)
    frozen = frozen_of(facts)
    if frozen is None or facts.reopened:
        return see_other("conference:result", year_id)
    context = {
        "bloc_year": request.bloc_year,
        "look": LOOKS[-1],
        "groups": adopted_groups(request.bloc_year, frozen.snapshot),
        "definition": DEFINITION,
        "limits": LIMITS,
        "recipe": RECIPE,
        "seed_words": SEED,
        "file_url": reverse("conference:firmness_file", args=[year_id]),
        "back_url": reverse("conference:result", args=[year_id]),
        "back_words": "Kết quả chấm điểm",
    }
    return render(request, "scoring/firmness.html", context)


@require_GET
def firmness_file(request: YearRequest, year_id: int) -> HttpResponse:
    """The same figures as a spreadsheet."""
    from thidua.platform.workbook.xlsx import to_xlsx

    facts = conference_facts(request.bloc_year)
    frozen = frozen_of(facts)
    if frozen is None or facts.reopened:
        return see_other("conference:result", year_id)
    groups = adopted_groups(request.bloc_year, frozen.snapshot)
    if all(group.tally is None for group in groups):
        return see_other("conference:firmness", year_id)
    made = firm_workbook(groups, request.bloc_year, stage="thông qua", today=clock.today())
    response = HttpResponse(to_xlsx(made), content_type=XLSX)
    name = f"do-vung-thu-hang-{request.bloc_year.year}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
