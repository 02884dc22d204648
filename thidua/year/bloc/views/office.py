"""What the standing office decides: founding, members, head and deputy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.platform import clock
from thidua.platform.http.posting import deliver, done
from thidua.registry.actor import ActorRequest
from thidua.registry.models import Unit
from thidua.registry.queries import living_units
from thidua.year.bloc import queries, services
from thidua.year.bloc.forms import CorrectForm, JoinForm, LeaveForm, OfficeForm
from thidua.year.bloc.foundingform import FoundingForm, draft_of, options
from thidua.year.bloc.models import Bloc, BlocYear, Membership, Office
from thidua.year.bloc.rights import YearRequest
from thidua.year.bloc.services import Appointment
from thidua.year.bloc.services.members import MOST

FIXED_PERIOD = "Tới lúc đó ngày bắt đầu và ngày kết thúc năm thi đua giữ nguyên."
form_methods = require_http_methods(["GET", "POST"])


@require_GET
def blocs(request: ActorRequest) -> HttpResponse:
    """Every bloc of the jurisdiction with where each year stands."""
    return render(request, "bloc/blocs.html", {"rows": queries.bloc_rows(request.actor)})


@form_methods
def found(request: ActorRequest) -> HttpResponse:
    """Found a bloc-year from its decision, in one form."""
    if request.method == "POST" and "fill" in request.POST:
        return _found_page(request, FoundingForm.filled(request.POST))
    form = FoundingForm(request.POST or None)
    if request.method == "POST":
        units = Unit.objects.count()
        bloc_year = deliver(
            form,
            lambda: services.found_bloc_year(
                request.actor, founding=form.founding(), request_id=form.request_id
            ),
        )
        if bloc_year is not None:
            fresh = Unit.objects.count() - units
            words = f"Đã lập {bloc_year}." + (
                f" {fresh} đơn vị mới đã ghi vào danh bạ." if fresh else ""
            )
            _warn_elsewhere(request, bloc_year, [m.unit_id for m in queries.members(bloc_year)])
            return done(request, words, "bloc:bloc", year_id=bloc_year.pk)
    return _found_page(request, form)


@form_methods
def details(request: YearRequest, year_id: int) -> HttpResponse:
    """Correct what the founding decision says."""
    year = request.bloc_year
    form = CorrectForm(
        request.POST or None,
        initial={
            "decision": year.founding_number,
            "decision_day": year.founding_date,
            "council_member": year.council_member,
            "starts": year.starts,
            "ends": year.ends,
        },
        settled=year.is_settled,
    )
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.correct_founding(
                request.actor,
                bloc_year=year,
                details=form.details(),
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            return done(request, "Đã sửa thông tin thành lập.", "bloc:bloc", year_id=year_id)
    context = {"form": form, "title": "Thông tin thành lập", "verb": "Lưu thông tin"}
    if year.is_settled:
        context["fixed"] = f"{year.settled_words} {FIXED_PERIOD}"
    return render(request, "bloc/form.html", context)


@form_methods
def members(request: YearRequest, year_id: int) -> HttpResponse:
    """The members, and taking in one more."""
    year = request.bloc_year
    form = JoinForm(request.POST or None, initial={"joined": max(clock.today(), year.starts)})
    if request.method == "POST":
        joined = deliver(
            form,
            lambda: services.join_member(
                request.actor,
                bloc_year=year,
                draft=draft_of(form.cleaned_data["name"]),
                joined=form.cleaned_data["joined"],
                request_id=form.request_id,
            ),
        )
        if joined is not None:
            words = f"{joined.unit.name} đã là thành viên của khối."
            _warn_elsewhere(request, year, [joined.unit_id])
            return done(request, words, "bloc:members", year_id=year_id)
    current = queries.members(year)
    context = {
        "form": form,
        "members": current,
        "former": queries.former_members(year),
        "suggestions": options(living_units()),
        "full": len(current) >= MOST,
    }
    return render(request, "bloc/members.html", context)


@form_methods
def leave(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """A unit leaves from a day."""
    year = request.bloc_year
    row = get_object_or_404(
        Membership.objects.select_related("unit"), bloc_year=year, unit_id=unit_id
    )
    form = LeaveForm(request.POST or None, initial={"left": clock.today()})
    if request.method == "POST":
        left = deliver(
            form,
            lambda: services.leave_member(
                request.actor,
                bloc_year=year,
                unit=row.unit,
                left=form.cleaned_data["left"],
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if left is not None:
            words = f"Đã ghi {row.unit.name} rời khối."
            return done(request, words, "bloc:members", year_id=year_id)
    context = {
        "form": form,
        "title": f"{row.unit.name} rời khối",
        "settles": True,
        "verb": "Ghi rời khối",
        "lead": "Từ ngày đó đơn vị không tính vào số thành viên, không xếp hạng và hết quyền "
        "trong năm này. Việc đã làm vẫn giữ nguyên.",
    }
    return render(request, "bloc/form.html", context)


@form_methods
def offices(request: YearRequest, year_id: int) -> HttpResponse:
    """Head and deputy, now and before."""
    year = request.bloc_year
    current = queries.members(year)
    form = OfficeForm(request.POST or None, members=current)
    if request.method == "POST":
        office = deliver(form, lambda: _appoint(request, form))
        if office is not None:
            words = f"Đã ghi {office.unit.name} làm {office.get_kind_display()} từ {_day(office)}."
            return done(request, words, "bloc:offices", year_id=year_id)
    context = {"form": form, "offices": queries.offices(year), "today": clock.today()}
    return render(request, "bloc/offices.html", context)


def _appoint(request: YearRequest, form: OfficeForm) -> Office:
    given = form.cleaned_data
    unit = Unit.objects.filter(pk=given["unit"]).first()
    if unit is None:
        raise Http404("Không có đơn vị này.")
    return services.appoint_office(
        request.actor,
        bloc_year=request.bloc_year,
        appointment=Appointment(
            kind=Office.Kind(given["kind"]),
            unit=unit,
            starts=given["starts"],
            basis=given["basis"],
        ),
        request_id=form.request_id,
    )


def _day(office: Office) -> str:
    return f"{office.starts:%d/%m/%Y}"


def _warn_elsewhere(request: HttpRequest, year: BlocYear, units: list[int]) -> None:
    """A unit may stand in two blocs of a year, but whoever writes that should know."""
    said = queries.elsewhere(year, units)
    if said:
        messages.warning(request, f"{' '.join(said)} Nếu ghi nhầm thì ghi rời khối.")


def _found_page(request: ActorRequest, form: FoundingForm) -> HttpResponse:
    context = {
        "form": form,
        "suggestions": options(living_units()),
        "blocs": list(Bloc.objects.values_list("name", flat=True)),
        "leftover": bool(form["pasted"].value()) and not form.is_bound,
    }
    return render(request, "bloc/found.html", context)
