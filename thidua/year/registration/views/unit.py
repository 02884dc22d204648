"""One unit's registration: the page, and saving its three sections."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.platform.http.parts import Step
from thidua.platform.http.posting import deliver, done
from thidua.registry.models import Unit
from thidua.year.bloc.models import Window
from thidua.year.bloc.queries import Member, members, windows
from thidua.year.bloc.rights import YearRequest
from thidua.year.registration.forms import KeyTasksForm, SectionForm, TargetsForm, TitlesForm
from thidua.year.registration.models import Registration
from thidua.year.registration.queries import Draft, draft, last_year_of, may_read
from thidua.year.registration.review import review
from thidua.year.registration.services import save_key_tasks, save_targets, save_titles
from thidua.year.registration.services.ground import EDITABLE
from thidua.year.registration.services.steps import may_return
from thidua.year.registration.views.asking import accept_confirm, return_confirm

State = Registration.State
NOT_YET = (
    "Bản đăng ký của đơn vị khác xem được sau khi Trưởng khối nhận. Bảng đăng ký của Khối cho biết "
    "đơn vị nào đã gửi."
)
MARKS = {
    State.DRAFT: 0,
    State.RETURNED: 0,
    State.SUBMITTED: 1,
    State.APPROVED: 2,
    State.ACCEPTED: 4,
}


@require_GET
def unit(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The unit's registration: a draft to fill for its staff, else to read."""
    member = member_or_404(request, unit_id)
    found = draft(request.bloc_year, unit_id)
    require_readable(request, found)
    leads = request.standing.leads(unit_id) and found.state == State.SUBMITTED
    if leads and request.GET.get("xem") != "du":
        return redirect("registration:approve", year_id, unit_id)
    return unit_page(request, member, found)


@require_POST
def targets(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Save the table of targets."""
    found = draft(request.bloc_year, unit_id)
    form = TargetsForm(request.POST, draft=found)
    return _save(
        request,
        unit_id,
        form,
        lambda row: save_targets(
            request.actor,
            bloc_year=request.bloc_year,
            unit=row,
            targets=form.targets,
            version=form.cleaned_data["version"],
            request_id=form.request_id,
        ),
        "Đã lưu chỉ tiêu.",
    )


@require_POST
def titles(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Save the titles aimed for."""
    form = TitlesForm(request.POST, draft=draft(request.bloc_year, unit_id))
    return _save(
        request,
        unit_id,
        form,
        lambda row: save_titles(
            request.actor,
            bloc_year=request.bloc_year,
            unit=row,
            titles=form.titles,
            version=form.cleaned_data["version"],
            request_id=form.request_id,
        ),
        "Đã lưu danh hiệu phấn đấu.",
    )


@require_POST
def key_tasks(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Save the key tasks."""
    form = KeyTasksForm(request.POST, draft=draft(request.bloc_year, unit_id))
    return _save(
        request,
        unit_id,
        form,
        lambda row: save_key_tasks(
            request.actor,
            bloc_year=request.bloc_year,
            unit=row,
            tasks=form.tasks,
            version=form.cleaned_data["version"],
            request_id=form.request_id,
        ),
        "Đã lưu nhiệm vụ trọng tâm.",
    )


def member_or_404(request: YearRequest, unit_id: int) -> Member:
    """A unit of this bloc-year under the name of the year."""
    for member in members(request.bloc_year):
        if member.unit_id == unit_id:
            return member
    raise Http404("Đơn vị này không thuộc Khối trong năm.")


def require_readable(request: YearRequest, found: Draft) -> None:
    """Refuse the page of a registration that is not announced yet."""
    state = found.state if found.registration else None
    if not may_read(request.standing, found.unit_id, state):
        raise PermissionDenied(NOT_YET)


def unit_page(
    request: YearRequest,
    member: Member,
    found: Draft,
    *,
    sent: SectionForm | None = None,
    findings: tuple[object, ...] = (),
) -> HttpResponse:
    """The page of one registration; `sent` is a section that comes back with its reasons."""
    editable = _may_edit(request, found)
    remarks = review(found)
    row = found.registration
    context = {
        "bloc_year": request.bloc_year,
        "member": member,
        "draft": found,
        "registration": row,
        "editable": editable,
        "remarks": remarks if editable or found.state != State.ACCEPTED else (),
        "errors": [one for one in remarks if one.level == "error"],
        "findings": findings,
        "steps": steps_of(found.state),
        "last_year": last_year_of(request.bloc_year, Unit.objects.get(pk=member.unit_id)),
        "window": windows(request.bloc_year).get(Window.Deed.REGISTER),
        "accept": accept_confirm(row, member.name) if _may_accept(request, found) else None,
        "give_back": return_confirm(row) if row and may_return(request.standing, row) else None,
    }
    for name, kind in (("targets", TargetsForm), ("titles", TitlesForm), ("tasks", KeyTasksForm)):
        context[f"{name}_form"] = sent if isinstance(sent, kind) else kind(draft=found)
    status = 422 if sent is not None or findings else 200
    return render(request, "registration/unit.html", context, status=status)


def steps_of(state: Registration.State) -> list[Step]:
    """Soạn, Lãnh đạo duyệt, Trưởng khối xem, Công bố trong Khối."""
    reached = MARKS[state]
    labels = ("Soạn", "Lãnh đạo duyệt", "Trưởng khối xem", "Công bố trong Khối")
    return [
        Step(
            label=label,
            mark="done" if number < reached else "open" if number == reached else "none",
            current=number == min(reached, 3),
        )
        for number, label in enumerate(labels)
    ]


def _may_edit(request: YearRequest, found: Draft) -> bool:
    own = request.standing.works_for(found.unit_id)
    return own and found.state in EDITABLE and request.bloc_year.is_changeable


def _may_accept(request: YearRequest, found: Draft) -> bool:
    waiting = found.state == State.APPROVED
    return request.standing.runs_year and waiting and request.bloc_year.is_changeable


def _save(
    request: YearRequest,
    unit_id: int,
    form: SectionForm,
    service: Callable[[Unit], Registration],
    words: str,
) -> HttpResponse:
    member = member_or_404(request, unit_id)
    row = Unit.objects.get(pk=unit_id)
    if deliver(form, lambda: service(row)) is None:
        return unit_page(request, member, draft(request.bloc_year, unit_id), sent=form)
    return done(request, words, "registration:unit", year_id=request.bloc_year.pk, unit_id=unit_id)
