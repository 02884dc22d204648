"""Explanations: the unit's words on lines that differ, the answers of whoever verified."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from thidua.core.finding import Finding, Refused
from thidua.platform.http.posting import done, request_id_of
from thidua.year.bloc.models import Window
from thidua.year.bloc.rights import YearRequest
from thidua.year.scoring import services
from thidua.year.scoring.board import View
from thidua.year.scoring.changes import LineChange, line_words, refusal
from thidua.year.scoring.judging import Desk
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import Explanation
from thidua.year.scoring.pages.explain import explain_page
from thidua.year.scoring.pages.sheet import RUNS
from thidua.year.scoring.typed import read_field
from thidua.year.scoring.views.ground import line_of, open_desk, sheet_address, window_of
from thidua.year.scoring.views.posted import posted

KEEP, CHANGE = "keep", "change"  # the two buttons of an answer


@require_GET
def explanations(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Lines whose verified number differs, with what was said about them."""
    view, desk = open_desk(request, unit_id, *RUNS)
    return _show(request, view, desk)


def _show(
    request: YearRequest,
    view: View,
    desk: Desk,
    findings: list[Finding] | None = None,
    code: str = "",
) -> HttpResponse:
    window = window_of(request, Window.Deed.EXPLAIN)
    unit_id = desk.sheet.unit_id
    context = {
        "bloc_year": request.bloc_year,
        "unit_id": unit_id,
        "page": explain_page(view, desk, address=sheet_address(desk.bloc_year.pk, unit_id)),
        "findings": findings or [],
        "typed": request.POST.get("text", "") if findings else "",
        "typed_points": request.POST.get("points", "") if findings else "",
        "typed_code": code,
        "deadline": window.closes if window else None,
    }
    return render(request, "scoring/explanations.html", context)


@posted("scoring:explanations")
def explain(request: YearRequest, year_id: int, unit_id: int, code: str) -> HttpResponse:
    """The unit explains a line."""
    view, desk = open_desk(request, unit_id, *RUNS)
    line = line_of(desk, code)
    try:
        services.explain_line(
            request.actor,
            sheet=desk.sheet,
            code=line.key,
            text=request.POST.get("text", ""),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings), line.key)
    words = f"Đã gửi giải trình dòng {line.code}."
    return done(request, words, "scoring:explanations", year_id=year_id, unit_id=unit_id)


@posted("scoring:explanations")
def answer(request: YearRequest, year_id: int, unit_id: int, explanation_id: int) -> HttpResponse:
    """Whoever verified answers; points typed here become the verified number."""
    view, desk = open_desk(request, unit_id, *RUNS)
    said = get_object_or_404(
        Explanation.objects.select_related("sheet__unit"),
        pk=explanation_id,
        sheet=desk.sheet,
    )
    try:
        change = _change_of(request, line_of(desk, said.code))
        services.answer_explanation(
            request.actor,
            explanation=said,
            answer=request.POST.get("text", ""),
            change=change,
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings), said.code)
    words = f"Đã trả lời giải trình dòng {said.code}."
    return done(request, words, "scoring:explanations", year_id=year_id, unit_id=unit_id)


def _change_of(request: YearRequest, line: Line) -> LineChange | None:
    """The number that goes with an answer, as the button pressed says: none where it stays.

    A number typed beside the button that keeps it, or none beside the one that changes it, would be
    lost with the form: then the answerer decides again (EXPLAIN-5).
    """
    points, deed = request.POST.get("points", "").strip(), request.POST.get("deed", "")
    if deed == KEEP and points:
        words = (
            f"{line_words(line)}: đã ghi điểm mới {points}. Bấm Trả lời và sửa điểm, hoặc xóa số "
            "đó nếu giữ nguyên điểm."
        )
        raise refusal("EXPLAIN-5", words, line=line)
    if deed == CHANGE and not points:
        words = f"{line_words(line)}: ghi điểm mới, hoặc bấm Trả lời, giữ nguyên điểm."
        raise refusal("EXPLAIN-5", words, line=line)
    return read_field(line, "points", points) if points else None
