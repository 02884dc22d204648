"""Acts on a sheet as a whole: sending it, taking it back, its unit's facts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thidua.core.finding import Refused
from thidua.core.points import show
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring import services
from thidua.year.scoring.board import View
from thidua.year.scoring.checks import Trouble, before_sending, unknown_facts
from thidua.year.scoring.judging import Desk, require_facts_open
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.cells import SELF_RUNS
from thidua.year.scoring.pages.fields import FactField, fact_fields, facts_sent
from thidua.year.scoring.pages.marks import rests_on_samples
from thidua.year.scoring.pages.origin import Origin
from thidua.year.scoring.pages.sheet import may_write, most_points
from thidua.year.scoring.returning import unanswered
from thidua.year.scoring.views.ground import open_desk
from thidua.year.scoring.views.posted import posted

UNSENT = (Sheet.State.SELF, Sheet.State.RETURNED)


@require_http_methods(["GET", "POST"])
def send(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Send the sheet to verification: what is missing, or the question; then the deed."""
    view, desk = open_desk(request, unit_id, *SELF_RUNS)
    address = {"year_id": year_id, "unit_id": unit_id}
    confirm = sending(view, desk)
    if request.method == "POST" and confirm.holds(request.POST):
        try:
            services.submit_self_score(
                request.actor, sheet=desk.sheet, request_id=request_id_of(request)
            )
        except Refused as refused:
            return _not_ready(request, desk, [one.words for one in refused.findings])
        words = "Đã gửi thẩm định. Theo dõi kết quả ở trang này."
        return done(request, words, "scoring:sheet", **address)
    why_not = may_write(desk, Stage.SELF)
    if why_not:
        return _not_ready(request, desk, [why_not])
    missing = what_is_missing(view, desk)
    if missing:
        return _not_ready(request, desk, [], missing)
    context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
    return render(request, "thidua/confirm.html", context)


def what_is_missing(view: View, desk: Desk) -> list[Trouble]:
    """What to mend before sending, in the order of the table; returned lines last."""
    sheet = view.facts.sheets[desk.sheet.pk]
    return [*before_sending(view, sheet), *unanswered(view, sheet)]


def _not_ready(
    request: YearRequest,
    desk: Desk,
    words: list[str],
    missing: list[Trouble] | None = None,
) -> HttpResponse:
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": desk.sheet.unit_id,
        "words": words,
        "missing": missing or [],
        "sent_at": None if desk.sheet.state in UNSENT else desk.sheet.submitted_at,
    }
    return render(request, "scoring/not_ready.html", context)


def sending(view: View, desk: Desk) -> Confirm:
    """What is asked before a sheet is sent."""
    sheet = view.facts.sheets[desk.sheet.pk]
    scale = view.facts.scale_of(sheet)
    total = show(view.unit(sheet, Stage.SELF).so_far, decimals=scale.scale.header.decimals)
    total += "°" if rests_on_samples(view.facts, sheet) else ""
    again = sheet.state == Sheet.State.RETURNED
    verb = "Gửi lại" if again else "Gửi thẩm định"
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    return Confirm(
        name="gui",
        question=f"{verb} bảng tự chấm năm {desk.bloc_year.year} của {desk.unit}?",
        verb=verb,
        lead="Sau khi gửi:",
        consequences=(
            f"Tổng tự chấm {total} trên {show(most_points(scale))} điểm được chuyển thẩm định.",
            "Đơn vị chỉ sửa được các dòng bị trả lại.",
            "Minh chứng đã dẫn được giữ lại cùng bảng.",
            "Đơn vị thẩm định nhận thư báo.",
            *_unknown_words(unknown_facts(view, sheet)),
        ),
        action=reverse("scoring:send", args=address),
        back_url=reverse("scoring:sheet", args=address),
    )


def _unknown_words(unknown: list[str]) -> list[str]:
    """A warning where the conditions of the scale look at facts that nobody has written."""
    if not unknown:
        return []
    named = "; ".join(unknown)
    return [f"Thông tin đơn vị chưa ghi: {named}. Điều kiện xét dựa vào đó vẫn chưa biết."]


@posted("scoring:sheet")
def take_back(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Take a sent sheet back while nobody has begun to verify it."""
    _, desk = open_desk(request, unit_id)
    confirm = taking_back(desk)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    services.take_back(request.actor, sheet=desk.sheet, request_id=request_id_of(request))
    address = {"year_id": year_id, "unit_id": unit_id}
    return done(request, "Đã rút lại bảng. Sửa xong thì gửi lại.", "scoring:sheet", **address)


def taking_back(desk: Desk) -> Confirm:
    """What is asked before a sheet is taken back."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    return Confirm(
        name="rut-lai",
        question="Rút lại bảng tự chấm để sửa?",
        verb="Rút lại để sửa",
        lead="Sau khi rút lại:",
        consequences=("Đơn vị sửa được mọi dòng.", "Phải gửi lại trước hạn tự chấm."),
        action=reverse("scoring:take_back", args=address),
        back_url=reverse("scoring:sheet", args=address),
        primary=False,
    )


@require_http_methods(["GET", "POST"])
def fields(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Facts of the unit that conditions of the scale look at."""
    view, desk = open_desk(request, unit_id, *SELF_RUNS)
    own = desk.standing.works_for(unit_id)
    origin, back = Origin.of(request.GET), desk.facts.returned_facts(desk.sheet.pk)
    shown = fact_fields(view, desk)
    findings = []
    if request.method == "POST":
        try:
            services.set_fields(
                request.actor,
                sheet=desk.sheet,
                fields=facts_sent(desk, request.POST),
                reason=request.POST.get("reason", ""),
                request_id=request_id_of(request),
            )
        except Refused as refused:
            findings = list(refused.findings)
            shown = [_retyped(one, request.POST.get(f"fact_{one.name}", "")) for one in shown]
        else:
            sheet = reverse("scoring:sheet", args=[year_id, unit_id])
            return done(request, "Đã lưu thông tin của đơn vị.", sheet + origin.query)
    context = {
        "bloc_year": request.bloc_year,
        "unit": desk.unit,
        "unit_id": unit_id,
        "fields": shown,
        "findings": findings,
        "editable": (own and not why_facts_closed(desk))
        or (desk.sheet.state != Sheet.State.ADOPTED and (desk.examines or desk.standing.head)),
        "needs_reason": not own
        or back is not None
        or desk.sheet.state not in (Sheet.State.SELF, Sheet.State.RETURNED),
        "is_own": own,
        "back": back,
        "origin": origin,
        "why_not": why_facts_closed(desk) if own else "",
        "typed_reason": request.POST.get("reason", ""),
    }
    return render(request, "scoring/fields.html", context)


def why_facts_closed(desk: Desk) -> str:
    """Why the unit may not write its facts now; empty when it may."""
    why_not = may_write(desk, Stage.SELF)
    if why_not:
        return why_not
    try:
        require_facts_open(desk)
    except Refused as refused:
        return refused.findings[0].words
    return ""


def _retyped(field: FactField, text: str) -> FactField:
    return FactField(
        name=field.name, label=field.label, type=field.type, unit=field.unit, text=text,
        used_by=field.used_by,
    )  # fmt: skip
