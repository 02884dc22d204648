"""Sending, approving, accepting and returning a registration."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.core.finding import Refused
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of
from thidua.year.bloc.models import Window
from thidua.year.bloc.queries import members, windows
from thidua.year.bloc.rights import YearRequest
from thidua.year.registration.models import Registration
from thidua.year.registration.queries import Draft, draft
from thidua.year.registration.review import review
from thidua.year.registration.services import (
    accept_registration,
    approve_registration,
    return_registration,
    submit_registration,
)
from thidua.year.registration.services.steps import may_return
from thidua.year.registration.views.asking import accept_confirm, approve_confirm, return_confirm
from thidua.year.registration.views.unit import member_or_404, require_readable, unit_page


@require_POST
def submit(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Hand the draft to the leader."""
    row = _registration(request, unit_id)
    return _step(
        request,
        unit_id,
        lambda: submit_registration(
            request.actor, registration=row, request_id=request_id_of(request)
        ),
        "Đã trình lãnh đạo đơn vị duyệt.",
    )


@require_http_methods(["GET", "POST"])
def approve(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The leader's page: what he answers for, and two taps."""
    member = member_or_404(request, unit_id)
    found = draft(request.bloc_year, unit_id)
    require_readable(request, found)
    confirm = approve_confirm(found, member.name, others=len(members(request.bloc_year)) - 1)
    if request.method == "GET":
        return _leader_page(request, found, confirm)
    if not confirm.holds(request.POST):
        return _ask(request, confirm)
    row = _registration(request, unit_id)
    return _step(
        request,
        unit_id,
        lambda: approve_registration(
            request.actor, registration=row, request_id=request_id_of(request)
        ),
        "Đã duyệt và gửi Khối.",
    )


@require_POST
def accept(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The head takes it."""
    row = _registration(request, unit_id)
    member = member_or_404(request, unit_id)
    confirm = accept_confirm(row, member.name)
    if confirm is not None and not confirm.holds(request.POST):
        return _ask(request, confirm)
    return _step(
        request,
        unit_id,
        lambda: accept_registration(
            request.actor, registration=row, request_id=request_id_of(request)
        ),
        f"Đã nhận bản đăng ký của {member.name}.",
    )


@require_POST
def send_back(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Return it with a reason."""
    row = _registration(request, unit_id)
    confirm = return_confirm(row)
    if not confirm.holds(request.POST):
        return _ask(request, confirm)
    return _step(
        request,
        unit_id,
        lambda: return_registration(
            request.actor,
            registration=row,
            reason=request.POST.get("reason", ""),
            request_id=request_id_of(request),
        ),
        "Đã trả lại kèm lý do.",
    )


def _step(
    request: YearRequest, unit_id: int, service: Callable[[], Registration], words: str
) -> HttpResponse:
    try:
        service()
    except Refused as refused:
        member = member_or_404(request, unit_id)
        found = draft(request.bloc_year, unit_id)
        require_readable(request, found)
        return unit_page(request, member, found, findings=refused.findings)
    return done(request, words, "registration:unit", year_id=request.bloc_year.pk, unit_id=unit_id)


def _registration(request: YearRequest, unit_id: int) -> Registration:
    row = (
        Registration.objects.filter(bloc_year=request.bloc_year, unit_id=unit_id)
        .select_related("bloc_year", "unit")
        .first()
    )
    if row is None:
        raise Http404("Đơn vị chưa có bản đăng ký.")
    return row


def _ask(request: YearRequest, confirm: Confirm) -> HttpResponse:
    context = {
        "confirm": confirm,
        "trouble": confirm.trouble(request.POST),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "thidua/confirm.html", context)


def _leader_page(request: YearRequest, found: Draft, confirm: Confirm) -> HttpResponse:
    row = found.registration
    leads = request.standing.leads(found.unit_id)
    waiting = found.state == Registration.State.SUBMITTED and request.bloc_year.is_changeable
    context = {
        "bloc_year": request.bloc_year,
        "member": member_or_404(request, found.unit_id),
        "draft": found,
        "registration": row,
        "higher": sum(1 for one in found.chosen if one.is_higher),
        "warnings": [one for one in review(found) if one.level != "notice"],
        "window": windows(request.bloc_year).get(Window.Deed.REGISTER),
        "head": next((one.name for one in members(request.bloc_year) if one.is_head), ""),
        "confirm": confirm if leads and waiting else None,
        "give_back": return_confirm(row) if row and may_return(request.standing, row) else None,
    }
    return render(request, "registration/approve.html", context)
