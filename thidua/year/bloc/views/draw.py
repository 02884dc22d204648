"""Pages of the cross-check draw: the draw, its papers, and the declared conflicts."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.text import whole
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of, see_other
from thidua.year.bloc import services
from thidua.year.bloc.drawforms import ConflictForm, DrawForm
from thidua.year.bloc.drawpage import DrawPage, draw_page
from thidua.year.bloc.drawpaper import draw_document
from thidua.year.bloc.draws import conflicts_of
from thidua.year.bloc.models import CheckDraw, Conflict
from thidua.year.bloc.queries import Member, members
from thidua.year.bloc.rights import UNIT_STAFF, YearRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
form_methods = require_http_methods(["GET", "POST"])


@form_methods
def draw(request: YearRequest, year_id: int) -> HttpResponse:
    """Where the draw stands; the head draws, everybody sees it and makes it once more."""
    page = draw_page(request.bloc_year, number=_number(request), check="kiem-tra" in request.GET)
    asking = _can_draw(request, page) and request.POST.get("confirmed") != "1"
    form = _form(request, page, asking=asking)
    if request.method == "POST" and asking:
        if form.is_valid():
            return render(request, "thidua/confirm.html", {"confirm": drawing(page, form, year_id)})
    elif request.method == "POST":
        row = deliver(
            form,
            lambda: services.draw_checkers(
                request.actor, bloc_year=request.bloc_year, **form.said()
            ),
        )
        if row is not None:
            words = "Đã bốc thăm. Các đơn vị thẩm định được báo qua thư."
            return done(request, words, "bloc:draw", year_id=year_id)
    if request.method == "POST":
        page = draw_page(request.bloc_year, number=None, check=False)
    context = {
        "page": page,
        "form": form,
        "bloc_year": request.bloc_year,
        "can_draw": _can_draw(request, page),
        "again": bool(page.draws),
        "head_form": page.newest or not page.draws,
    }
    return render(request, "bloc/draw.html", context)


@require_GET
def word(request: YearRequest, year_id: int) -> HttpResponse:
    """Biên bản bốc thăm as Word."""
    from thidua.platform.documents.word import to_word

    row = _row(request)
    if row is None:
        return see_other("bloc:draw", year_id=year_id)
    return _file(to_word(draw_document(row)), WORD, _name(row, "docx"))


@require_GET
def pdf(request: YearRequest, year_id: int) -> HttpResponse:
    """Biên bản bốc thăm as PDF."""
    from thidua.platform.documents.pdf import to_pdf

    row = _row(request)
    if row is None:
        return see_other("bloc:draw", year_id=year_id)
    return _file(to_pdf(draw_document(row)), "application/pdf", _name(row, "pdf"))


@require_GET
def conditions(request: YearRequest, year_id: int) -> HttpResponse:
    """What the draw followed from, as the file that `thidua draw` reads."""
    row = _row(request)
    if row is None:
        return see_other("bloc:draw", year_id=year_id)
    text = json.dumps(row.plain, ensure_ascii=False, indent=1) + "\n"
    return _file(text.encode(), "application/json", _name(row, "json"))


@form_methods
def conflicts(request: YearRequest, year_id: int) -> HttpResponse:
    """Two units that shall not verify each other: declare, see, take back."""
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdraw(request, year_id)
    found = members(request.bloc_year)
    form = _conflict_form(request, found)
    if request.method == "POST":
        made = deliver(form, lambda: _declare(request, form))
        if made is not None:
            words = "Đã ghi quan hệ cần tránh. Bốc thăm sẽ tránh cả hai chiều."
            return done(request, words, "bloc:conflicts", year_id=year_id)
    context = {
        "form": form,
        "rows": _conflict_rows(request, found),
        "bloc_year": request.bloc_year,
        "can_declare": _can_declare(request),
        "members": found,
    }
    return render(request, "bloc/conflicts.html", context)


def drawing(page: DrawPage, form: DrawForm, year_id: int) -> Confirm:
    """What is asked before the draw, which nothing takes back."""
    names = {one.unit_id: one.name for one in page.members}
    given, again = form.cleaned_data, bool(page.draws)
    seen = " và ".join(names[given[one]] for one in ("first_witness", "second_witness"))
    address = reverse("bloc:draw", args=[year_id])
    return Confirm(
        name="boc-tham",
        question=f"Bốc thăm{' lại' if again else ''} với các chữ số {given['digits']}?",
        verb="Bốc thăm lại" if again else "Bốc thăm",
        lead="Sau khi bốc thăm:",
        consequences=(
            f"Biên bản ghi các chữ số này và đại diện chứng kiến của {seen}.",
            "Phân công có hiệu lực ngay, các đơn vị được báo qua thư.",
            "Kết quả không bỏ được. Bốc thăm lại phải ghi lý do, kết quả cũ vẫn ở trong hồ sơ.",
        ),
        fields=form.typed(),
        action=address,
        back_url=address,
    )


def _form(request: YearRequest, page: DrawPage, *, asking: bool) -> DrawForm:
    return DrawForm(
        request.POST or None,
        members=page.members,
        again=bool(page.draws),
        may_repeat=page.may_repeat,
        asking=asking,
    )


def _can_draw(request: YearRequest, page: DrawPage) -> bool:
    year = request.bloc_year
    possible = page.trouble is None or page.may_repeat
    return (
        request.standing.head
        and page.is_closed
        and possible
        and year.is_changeable
        and year.verifying_since is None
    )


def _number(request: YearRequest) -> int | None:
    typed = request.GET.get("lan", "")
    if not typed:
        return None
    number = whole(typed, digits=4)
    if number is None:
        raise Http404("Không có lần bốc thăm này.")
    return number


def _row(request: YearRequest) -> CheckDraw | None:
    """The draw asked for, the newest by default; None when nothing was drawn yet."""
    rows = CheckDraw.objects.filter(bloc_year=request.bloc_year).order_by("-number")
    rows = rows.select_related("bloc_year__bloc", "bloc_year__jurisdiction")
    number = _number(request)
    row = rows.filter(number=number).first() if number is not None else rows.first()
    if row is None and number is not None:
        raise Http404("Không có lần bốc thăm này.")
    return row


def _name(row: CheckDraw, ending: str) -> str:
    return f"boc-tham-{row.bloc_year.year}-lan-{row.number}.{ending}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _can_declare(request: YearRequest) -> bool:
    staff = request.standing.member and request.actor.role in UNIT_STAFF
    return request.bloc_year.is_changeable and (staff or request.standing.head)


def _conflict_form(request: YearRequest, found: list[Member]) -> ConflictForm:
    own = None if request.standing.head else request.actor.unit_id
    return ConflictForm(request.POST or None, members=found, own_id=own)


def _declare(request: YearRequest, form: ConflictForm) -> Conflict:
    given = form.cleaned_data
    return services.declare_conflict(
        request.actor,
        bloc_year=request.bloc_year,
        units=(given["first"], given["second"]),
        reason=given["reason"],
        request_id=form.request_id,
    )


def _conflict_rows(request: YearRequest, found: list[Member]) -> list[dict[str, object]]:
    """The conflicts; the reason only for the two units, the head and the standing office."""
    names = {one.unit_id: one.name for one in found}
    actor = request.actor
    sees_all = actor.is_standing or request.standing.head
    return [
        {
            "conflict": one,
            "first": names.get(one.first_id, ""),
            "second": names.get(one.second_id, ""),
            "reason": one.reason if sees_all or actor.unit_id in (one.first_id, one.second_id)
            else "",
            "mine": request.standing.works_for(one.declarer_id)
            and request.bloc_year.is_changeable,
        }
        for one in conflicts_of(request.bloc_year)
        if one.first_id in names and one.second_id in names
    ]  # fmt: skip


def _withdraw(request: YearRequest, year_id: int) -> HttpResponse:
    from django.contrib import messages

    from thidua.core.finding import Refused

    key = whole(request.POST["withdraw"])
    rows = Conflict.objects.filter(bloc_year=request.bloc_year).select_related("declarer")
    found = None if key is None else rows.filter(pk=key).first()
    if found is None:
        return done(request, "Quan hệ này đã được rút.", "bloc:conflicts", year_id=year_id)
    found.bloc_year = request.bloc_year
    try:
        services.withdraw_conflict(request.actor, conflict=found, request_id=request_id_of(request))
    except Refused as refused:
        messages.error(request, refused.findings[0].words)
        return see_other("bloc:conflicts", year_id=year_id)
    return done(request, "Đã rút lời khai.", "bloc:conflicts", year_id=year_id)
