"""The verifier's work: one line beside the list, returns, bulk confirmation, the end."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.core.finding import Finding, Refused
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of, see_other
from thidua.year.bloc.models import Window
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress.visibility import sees_progress
from thidua.year.scoring import services
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.changes import LineChange
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import UNIT_FACTS, Entry, Stage
from thidua.year.scoring.pages.cells import FIGURE_FIELD
from thidua.year.scoring.pages.verify import RUNS, VerifyPage, verify_page
from thidua.year.scoring.typed import joined, read_field
from thidua.year.scoring.views.ground import (
    desk_for,
    line_of,
    not_open_yet,
    open_desk,
    sheet_address,
    version_sent,
    window_of,
)
from thidua.year.scoring.views.posted import posted
from thidua.year.scoring.wording import field_text, number_text


@require_GET
def verify(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Differing lines first, one of them open for work."""
    view = view_of(request.bloc_year.pk, *RUNS)
    desk = desk_for(request, unit_id, view.facts)
    if desk is None:
        return not_open_yet(request, unit_id)
    return _show(request, view, desk)


def _show(
    request: YearRequest,
    view: View,
    desk: Desk,
    findings: list[Finding] | None = None,
    code: str = "",
) -> HttpResponse:
    unit_id = desk.sheet.unit_id
    page = verify_page(
        view,
        desk,
        address=sheet_address(desk.bloc_year.pk, unit_id),
        code=code or request.GET.get("dong", ""),
        show_all="ca" in (request.GET.get("xem"), request.POST.get("xem")),
    )
    window = window_of(request, Window.Deed.VERIFY)
    on_line = findings if page.chosen is not None and page.chosen.row.key == code else []
    typed = request.POST if on_line else QueryDict()
    shown = _points_text(view, desk, page)
    context = {
        "bloc_year": request.bloc_year,
        "page": page,
        "findings": findings or [],
        "typed": typed,
        "deadline": window.closes if window else None,
        "confirm_rest": confirming(desk, page),
        "finish": finishing(desk, page),
        "figure": _figure(view, desk, page, typed.get("figure")),
        "points_shown": shown,
        "points_text": typed.get("points", shown),
        "on_line": on_line,
        "cited": _cited(view, desk, page),
        "sees_documents": sees_progress(request.standing, unit_id),
        "unit_id": unit_id,
    }
    return render(request, "scoring/verify.html", context)


def _figure(
    view: View, desk: Desk, page: VerifyPage, typed: str | None = None
) -> dict[str, object] | None:
    """The figure of the open line as the verifier may correct it."""
    if page.chosen is None:
        return None
    line = page.chosen.row.line
    name = FIGURE_FIELD.get(line.ask)
    if name is None:
        return None
    inputs = view.state(page.sheet, line.key, Stage.VERIFIED).inputs
    label = page.chosen.row.figure.label if page.chosen.row.figure else ""
    text = field_text(line, name, inputs.get(name)) if typed is None else typed
    return {"name": name, "label": label, "text": text, "options": line.options}


def _points_text(view: View, desk: Desk, page: VerifyPage) -> str:
    """The verified points of the open line as they stand in its field."""
    if page.chosen is None:
        return ""
    points = view.points(page.sheet, page.chosen.row.line, Stage.VERIFIED)
    return "" if points is None else number_text(points, points=True)


def _cited(view: View, desk: Desk, page: VerifyPage) -> tuple[object, ...]:
    if page.chosen is None:
        return ()
    cited = view.facts.citations.get(desk.sheet.unit_id, {})
    return tuple(cited.get(page.chosen.row.key, ()))


@posted("scoring:verify", line="dong")
def verify_line(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """Write what the verifier decided on one line, then go on to the next."""
    view, desk = open_desk(request, unit_id, *RUNS)
    line = line_of(desk, code)
    deed = request.POST.get("deed", "save")
    try:
        if deed == "return":
            services.return_lines(
                request.actor,
                sheet=desk.sheet,
                reasons=dict.fromkeys(_sent_back(request, line), request.POST.get("reason", "")),
                request_id=request_id_of(request),
            )
        else:
            _write(request, view, desk, line, deed)
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings), line.key)
    following = request.POST.get("following", "")
    address = reverse("scoring:verify", args=[year_id, unit_id])
    everything = "&xem=ca" if request.POST.get("xem") == "ca" else ""
    return see_other(f"{address}?dong={following or line.key}{everything}")


def _sent_back(request: YearRequest, line: Line) -> list[str]:
    """What the verifier sends back: the open line, the facts of the unit, or both."""
    chosen = request.POST.get("returned", "")
    if chosen == "thong-tin":
        return [UNIT_FACTS]
    return [line.key, UNIT_FACTS] if chosen == "ca-hai" else [line.key]


def _write(request: YearRequest, view: View, desk: Desk, line: Line, deed: str) -> None:
    reason = request.POST.get("reason", "")
    if deed == "keep":
        change = LineChange(confirmed=True, reason=reason)
    elif deed == "machine":
        change = LineChange(clear_points=True, reason=reason)
    else:
        change = _typed(request, view, desk, line, reason)
    services.save_line(
        request.actor,
        sheet=desk.sheet,
        code=line.key,
        stage=Stage.VERIFIED,
        change=change,
        seen=version_sent(request.POST.get("seen", "")),
        request_id=request_id_of(request),
    )


def _typed(request: YearRequest, view: View, desk: Desk, line: Line, reason: str) -> LineChange:
    """The cells the verifier typed over, as one change; nothing typed over keeps the number."""
    sheet = view.facts.sheets[desk.sheet.pk]
    parts = [LineChange(reason=reason)]
    name = FIGURE_FIELD.get(line.ask)
    typed = request.POST.get("figure")
    inputs = view.state(sheet, line.key, Stage.VERIFIED).inputs
    if name and typed is not None and typed.strip() != field_text(line, name, inputs.get(name)):
        parts.append(read_field(line, name, typed))
    points, shown = request.POST.get("points"), request.POST.get("shown", "")
    if points is not None and points.strip() != shown.strip():
        parts.append(read_field(line, "points", points))
    entry = view.facts.entries_of(sheet.pk).get((line.key, Stage.VERIFIED))
    if len(parts) == 1 and (entry is None or entry.kind == Entry.Kind.CONFIRMED):
        return LineChange(confirmed=True, reason=reason)
    return joined(parts)


@posted("scoring:verify")
def confirm_rest(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Keep the self-scores of every line not yet looked at, after asking once."""
    view, desk = open_desk(request, unit_id, *RUNS)
    page = verify_page(view, desk, address="")
    confirm = confirming(desk, page)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    count = services.confirm_lines(
        request.actor, sheet=desk.sheet, request_id=request_id_of(request)
    )
    words = f"Đã giữ nguyên điểm tự chấm ở {count} dòng."
    return done(request, words, "scoring:verify", year_id=year_id, unit_id=unit_id)


@posted("scoring:verify")
def finish(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """End the verification of the sheet, after asking once."""
    view, desk = open_desk(request, unit_id, *RUNS)
    confirm = finishing(desk, verify_page(view, desk, address=""))
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    try:
        services.finish_verification(
            request.actor, sheet=desk.sheet, request_id=request_id_of(request)
        )
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings))
    words = f"Đã gửi kết quả thẩm định cho {desk.unit}."
    return done(request, words, "scoring:sheet", year_id=year_id, unit_id=unit_id)


def confirming(desk: Desk, page: VerifyPage) -> Confirm:
    """What is asked before the rest is confirmed in bulk."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    return Confirm(
        name="giu-nguyen",
        question=f"Giữ nguyên điểm tự chấm ở {page.unconfirmed} dòng chưa xem?",
        verb=f"Giữ nguyên {page.unconfirmed} dòng còn lại",
        lead="Sau khi giữ nguyên:",
        consequences=(
            "Điểm thẩm định của các dòng này bằng điểm tự chấm.",
            "Dòng đã sửa và dòng đang trả lại không đổi. Vẫn sửa được từng dòng sau đó.",
        ),
        action=reverse("scoring:confirm_rest", args=address),
        back_url=reverse("scoring:verify", args=address),
        primary=False,
    )


def finishing(desk: Desk, page: VerifyPage) -> Confirm:
    """What is asked before a verification ends."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    changed = sum(1 for row in (*page.first, *page.rest) if row.work == "changed")
    return Confirm(
        name="ket-thuc",
        question=f"Gửi kết quả thẩm định cho {desk.unit}?",
        verb="Gửi kết quả thẩm định",
        lead="Sau khi gửi:",
        consequences=(
            f"{page.count} dòng đã xem, {changed} dòng có điểm khác tự chấm.",
            "Bảng khóa với người thẩm định; đơn vị giải trình được ở các dòng khác số tự chấm.",
        ),
        action=reverse("scoring:finish", args=address),
        back_url=reverse("scoring:verify", args=address),
    )
