"""The conference page, its facts, the roll call and the remarks."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.platform.http.posting import deliver, done
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference import services
from thidua.year.conference.agenda import agenda
from thidua.year.conference.documents.facts import seats_of
from thidua.year.conference.forms import MeetingForm, RemarksForm, attendance_form
from thidua.year.conference.queries import ConferenceFacts, conference_facts

HOME = "conference:conference"


@require_GET
def conference(request: YearRequest, year_id: int) -> HttpResponse:
    """Where the conference stands, step by step, and the one thing to do next."""
    del year_id
    facts = conference_facts(request.bloc_year)
    context = {"facts": facts, "steps": agenda(facts), "writes": request.standing.runs_year}
    return render(request, "conference/conference.html", context)


@require_http_methods(["GET", "POST"])
def meeting(request: YearRequest, year_id: int) -> HttpResponse:
    """Day, place, chair and secretary; correctable until the table is adopted."""
    facts = conference_facts(request.bloc_year)
    form = MeetingForm(request.POST or None, initial=_meeting_initial(facts))
    if request.method == "POST":
        held = deliver(
            form,
            lambda: services.hold_conference(
                request.actor,
                bloc_year=request.bloc_year,
                facts=form.facts(),
                request_id=form.request_id,
            ),
        )
        if held is not None:
            return done(request, "Đã ghi thông tin hội nghị.", HOME, year_id=year_id)
    return render(request, "conference/meeting.html", {"form": form, "facts": facts})


@require_http_methods(["GET", "POST"])
def remarks(request: YearRequest, year_id: int) -> HttpResponse:
    """Guests and the leader's remarks; open until the year is closed."""
    facts = conference_facts(request.bloc_year)
    form = RemarksForm(request.POST or None, initial=_meeting_initial(facts))
    if request.method == "POST":
        written = deliver(
            form,
            lambda: services.record_remarks(
                request.actor,
                bloc_year=request.bloc_year,
                guests=form.cleaned_data["guests"],
                remarks=form.cleaned_data["remarks"],
                ends_at=form.cleaned_data["ends_at"],
                request_id=form.request_id,
            ),
        )
        if written is not None:
            return done(request, "Đã ghi đại biểu dự và ý kiến chỉ đạo.", HOME, year_id=year_id)
    return render(request, "conference/remarks.html", {"form": form, "facts": facts})


@require_http_methods(["GET", "POST"])
def attendance(request: YearRequest, year_id: int) -> HttpResponse:
    """The roll call of the units that are members on the day."""
    facts = conference_facts(request.bloc_year)
    form = attendance_form(
        _roll_call(request, facts) if request.method == "POST" else None,
        units=facts.members,
        known=facts.attendance,
    )
    if request.method == "POST":
        recorded = deliver(
            form,
            lambda: services.record_attendance(
                request.actor,
                bloc_year=request.bloc_year,
                seats=form.seats(),
                request_id=form.request_id,
            ),
        )
        if recorded is not None:
            return done(request, "Đã ghi điểm danh.", HOME, year_id=year_id)
    context = {"form": form, "facts": facts, "seats": seats_of(facts)}
    return render(request, "conference/attendance.html", context)


def _roll_call(request: YearRequest, facts: ConferenceFacts) -> QueryDict:
    """What was typed; the button for all of them says "present" for every unit."""
    typed = request.POST.copy()
    if typed.get("all_present") == "1":
        for unit_id, _name in facts.members:
            typed[f"present_{unit_id}"] = "1"
    return typed


def _meeting_initial(facts: ConferenceFacts) -> dict[str, object]:
    row = facts.conference
    if row is None:
        return {}
    names = ("held_on", "starts_at", "ends_at", "place", "chair", "secretary", "guests", "remarks")
    return {name: getattr(row, name) for name in names}
