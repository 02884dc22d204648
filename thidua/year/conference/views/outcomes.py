"""Next head and deputy, nominations, and closing the year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of
from thidua.year.bloc.models import Office
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference import services
from thidua.year.conference.forms import ElectionForm, NominationForm, award_of
from thidua.year.conference.models import Election, Nomination
from thidua.year.conference.queries import ConferenceFacts, conference_facts
from thidua.year.conference.questions import (
    closing_question,
    election_question,
    nomination_question,
    withdraw_question,
)
from thidua.year.conference.views.asking import ask, carry_out, member_unit
from thidua.year.record.awards import Award

ELECTIONS, NOMINATIONS = "conference:elections", "conference:nominations"
HOME = "conference:conference"


@require_http_methods(["GET", "POST"])
def elections(request: YearRequest, year_id: int) -> HttpResponse:
    """Record head and deputy of the next year as the conference decided."""
    facts = conference_facts(request.bloc_year)
    form = ElectionForm(request.POST or None, units=facts.members)
    if request.method == "POST" and request.standing.runs_year and form.is_valid():
        confirm = election_question(facts, form, dict(facts.members))
        if not confirm.holds(request.POST):
            return ask(request, confirm)
    if request.method == "POST":
        elected = deliver(form, lambda: _elect(request, form))
        if elected is not None:
            words = f"Đã ghi {elected.get_office_display()} năm {request.bloc_year.year + 1}."
            return done(request, words, ELECTIONS, year_id=year_id)
    rows = [(row, _withdraw_election(year_id, row)) for row in facts.elections]
    return _decisions(request, "conference/elections.html", facts, form, rows)


@require_http_methods(["GET", "POST"])
def nominations(request: YearRequest, year_id: int) -> HttpResponse:
    """Record which units the conference nominates for which awards."""
    facts = conference_facts(request.bloc_year)
    form = NominationForm(request.POST or None, units=facts.members)
    if request.method == "POST" and request.standing.runs_year and form.is_valid():
        confirm = nomination_question(facts, form, dict(facts.members))
        if not confirm.holds(request.POST):
            return ask(request, confirm)
    if request.method == "POST":
        nominated = deliver(form, lambda: _nominate(request, form))
        if nominated is not None:
            words = f"Đã ghi suy tôn {nominated.unit.name}: {nominated.get_award_display()}."
            return done(request, words, NOMINATIONS, year_id=year_id)
    rows = [(row, _withdraw_nomination(year_id, row)) for row in facts.nominations]
    return _decisions(request, "conference/nominations.html", facts, form, rows)


@require_POST
def withdraw_election(request: YearRequest, year_id: int, office: str) -> HttpResponse:
    """Take back a recorded choice."""
    facts = conference_facts(request.bloc_year)
    row = facts.elected.get(office)
    if row is None:
        return done(request, "Mục này không còn được ghi.", ELECTIONS, year_id=year_id)
    confirm = _withdraw_election(year_id, row)
    if not confirm.holds(request.POST):
        return ask(request, confirm)
    return carry_out(
        request,
        lambda: services.withdraw_election(
            request.actor,
            bloc_year=request.bloc_year,
            office=Office.Kind(office),
            request_id=request_id_of(request),
        ),
        words=f"Đã bỏ ghi nhận {row.get_office_display()}.",
        to=ELECTIONS,
        back=ELECTIONS,
    )


@require_POST
def withdraw_nomination(
    request: YearRequest, year_id: int, unit_id: int, award: str
) -> HttpResponse:
    """Take back a recorded nomination."""
    facts = conference_facts(request.bloc_year)
    found = [one for one in facts.nominations if (one.unit_id, one.award) == (unit_id, award)]
    if not found:
        return done(request, "Mục này không còn được ghi.", NOMINATIONS, year_id=year_id)
    confirm = _withdraw_nomination(year_id, found[0])
    if not confirm.holds(request.POST):
        return ask(request, confirm)
    return carry_out(
        request,
        lambda: services.withdraw_nomination(
            request.actor,
            bloc_year=request.bloc_year,
            unit=found[0].unit,
            award=Award(award),
            request_id=request_id_of(request),
        ),
        words=f"Đã bỏ ghi nhận suy tôn {found[0].unit.name}.",
        to=NOMINATIONS,
        back=NOMINATIONS,
    )


@require_http_methods(["GET", "POST"])
def closing(request: YearRequest, year_id: int) -> HttpResponse:
    """Close the year: what goes to the record, and the typed word."""
    del year_id
    facts = conference_facts(request.bloc_year)
    confirm = closing_question(facts)
    if request.method == "POST":
        if not confirm.holds(request.POST):
            return ask(request, confirm)
        return carry_out(
            request,
            lambda: services.close_year(
                request.actor, bloc_year=request.bloc_year, request_id=request_id_of(request)
            ),
            words=f"Đã khép năm {request.bloc_year.year}. Kết quả nằm trong sổ khen thưởng.",
            to="record:record",
            back=HOME,
        )
    ready = bool(facts.adoptions) and not facts.reopened and not facts.closed
    context = {"facts": facts, "confirm": confirm if ready else None}
    return render(request, "conference/closing.html", context)


def _elect(request: YearRequest, form: ElectionForm) -> Election:
    return services.elect_office(
        request.actor,
        bloc_year=request.bloc_year,
        office=Office.Kind(form.cleaned_data["office"]),
        unit=member_unit(request, form.cleaned_data["unit"]),
        outcome=form.outcome(),
        request_id=form.request_id,
    )


def _nominate(request: YearRequest, form: NominationForm) -> Nomination:
    return services.nominate(
        request.actor,
        bloc_year=request.bloc_year,
        unit=member_unit(request, form.cleaned_data["unit"]),
        award=award_of(form),
        outcome=form.outcome(),
        request_id=form.request_id,
    )


def _withdraw_election(year_id: int, row: Election) -> Confirm:
    return withdraw_question(
        url=reverse("conference:withdraw_election", args=[year_id, row.office]),
        back_url=reverse(ELECTIONS, args=[year_id]),
        name=f"bo-{row.office}",
        what=f"{row.unit.name} là {row.get_office_display()}",
    )


def _withdraw_nomination(year_id: int, row: Nomination) -> Confirm:
    return withdraw_question(
        url=reverse("conference:withdraw_nomination", args=[year_id, row.unit_id, row.award]),
        back_url=reverse(NOMINATIONS, args=[year_id]),
        name=f"bo-{row.unit_id}-{row.award}".replace("_", "-"),
        what=f"suy tôn {row.unit.name}: {row.get_award_display()}",
    )


def _decisions(
    request: YearRequest,
    template: str,
    facts: ConferenceFacts,
    form: ElectionForm | NominationForm,
    rows: list[tuple[Election, Confirm]] | list[tuple[Nomination, Confirm]],
) -> HttpResponse:
    writes = request.standing.runs_year and not facts.closed and facts.conference is not None
    return render(request, template, {"facts": facts, "form": form, "rows": rows, "writes": writes})
