"""The steps in which the bloc scores: what they are, and setting them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thidua.platform.http.posting import deliver, done
from thidua.year.bloc.queries import members, windows
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring import services
from thidua.year.scoring.forms import StepsForm
from thidua.year.scoring.models import Step
from thidua.year.scoring.pages.steps import step_rows, year_sentence
from thidua.year.scoring.services.configuring import StepPlan, codes_of, may_configure, was_sent
from thidua.year.scoring.steps import Roster, read_roster, roster_of


@require_http_methods(["GET", "POST"])
def steps(request: YearRequest, year_id: int) -> HttpResponse:
    """The steps in words; for the head and the standing office with a form beneath.

    `xem` asks for the sentence of what is typed, without saving anything.
    """
    year, present = request.bloc_year, read_roster(request.bloc_year.pk)
    here, sent = members(year), was_sent(year)
    names = {member.unit_id: member.name for member in here}
    form = StepsForm(request.POST or None, roster=present, members=here, later=sent)
    shown = present
    if "xem" in request.POST:
        shown = _planned(form) if form.is_valid() else present
    elif request.method == "POST":
        saved = deliver(
            form,
            lambda: services.set_steps(
                request.actor, bloc_year=year, plans=form.plans(), request_id=form.request_id
            ),
        )
        if saved is not None:
            return done(request, "Đã lưu các bước chấm điểm.", "scoring:steps", year_id=year_id)
    context = {
        "bloc_year": year,
        "form": form,
        "sentence": year_sentence(shown, names),
        "differs": shown is not present,
        "rows": step_rows(present, names, windows(year)),
        "may": may_configure(request.standing, year) and year.is_changeable,
        "sent": sent,
        "codes": codes_of(year),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "scoring/_steps_sentence.html", context)
    return render(request, "scoring/steps.html", context)


def _planned(form: StepsForm) -> Roster:
    """The steps as typed, for the sentence alone."""
    return roster_of([_row(plan) for plan in form.plans()])


def _row(plan: StepPlan) -> Step:
    return Step(stage=plan.stage, **plan.columns)
