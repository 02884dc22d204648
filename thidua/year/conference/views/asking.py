"""What every weightier act of the conference shares: ask once, carry out, or say why not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render

from thidua.core.finding import Refused
from thidua.core.text import tidy
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done
from thidua.registry.models import Unit
from thidua.year.bloc.rights import YearRequest

LONGEST_REASON = 2000


def ask(request: YearRequest, confirm: Confirm) -> HttpResponse:
    """The question on its own page, with what was typed so far."""
    context = {
        "confirm": confirm,
        "trouble": confirm.trouble(request.POST),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "thidua/confirm.html", context)


def carry_out(
    request: YearRequest, act: Callable[[], object], *, words: str, to: str, back: str
) -> HttpResponse:
    """Do it and go on; or say why not, with the way back."""
    try:
        act()
    except Refused as refused:
        context = {
            "findings": refused.findings,
            "back": back,
            "year_id": request.bloc_year.pk,
        }
        return render(request, "conference/refused.html", context, status=409)
    return done(request, words, to, year_id=request.bloc_year.pk)


def reason_of(request: YearRequest) -> str:
    """The reason typed beside a question, tidied."""
    return tidy(request.POST.get("reason", "")).replace("\0", "").strip()[:LONGEST_REASON]


def member_unit(request: YearRequest, unit_id: int) -> Unit:
    """A unit of this bloc-year, or 404."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not request.bloc_year.memberships.filter(unit=unit).exists():
        raise Http404("Đơn vị này không thuộc Khối.")
    return unit
