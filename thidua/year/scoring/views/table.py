"""The bloc's table, and opening its sheets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of
from thidua.year.bloc.queries import member_count
from thidua.year.bloc.rights import YearRequest
from thidua.year.registration.queries import unregistered
from thidua.year.scoring import services
from thidua.year.scoring.pages.origin import ROW, Origin
from thidua.year.scoring.pages.table import table_page
from thidua.year.scoring.views.posted import posted


@require_GET
def table(request: YearRequest, year_id: int) -> HttpResponse:
    """Lines by units at one stage."""
    origin, asked = Origin.of(request.GET), request.GET.get(ROW, "")
    page = table_page(
        request.bloc_year, request.standing, look=origin.look, only=origin.only, kept=asked
    )
    missing = member_count(request.bloc_year) - page.unit_count
    context = {
        "bloc_year": request.bloc_year,
        "page": page,
        "is_head": request.standing.head,
        "missing": missing,
        "opening": opening_of(request, missing) if request.standing.head and missing else None,
        "moving": moving_of(request),
    }
    return render(request, "scoring/table.html", context)


@posted("scoring:table")
def open_all(request: YearRequest, year_id: int) -> HttpResponse:
    """Open the sheets of all members, after asking once."""
    confirm = opening_of(request, member_count(request.bloc_year))
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    sheets = services.open_sheets(
        request.actor, bloc_year=request.bloc_year, request_id=request_id_of(request)
    )
    words = f"Đã mở bảng chấm điểm của {len(sheets)} đơn vị."
    return done(request, words, "scoring:table", year_id=year_id)


@posted("scoring:table")
def move_all(request: YearRequest, year_id: int) -> HttpResponse:
    """Move the sheets to the new version of the scale, after asking once."""
    confirm = moving_of(request)
    if confirm is not None and not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    services.move_to_new_version(
        request.actor, bloc_year=request.bloc_year, request_id=request_id_of(request)
    )
    words = "Đã chuyển bảng chấm điểm sang phiên bản mới của thang điểm."
    return done(request, words, "scoring:table", year_id=year_id)


def moving_of(request: YearRequest) -> Confirm | None:
    """What is asked before sheets move to a new version; None when none has to."""
    moves = services.waiting_moves(request.bloc_year) if request.standing.head else []
    if not moves:
        return None
    lines, year = moves[0].lines, request.bloc_year
    opened = sum(1 for move in moves if move.reopens)
    return Confirm(
        name="ban-moi",
        question=f"Chuyển bảng chấm của {len(moves)} đơn vị sang phiên bản mới?",
        verb="Chuyển sang phiên bản mới",
        lead="Sau khi chuyển:",
        consequences=(
            f"{len(lines.changed)} dòng sửa, {len(lines.added)} dòng thêm để đơn vị ghi lại; "
            f"{len(lines.removed)} dòng bỏ.",
            "Số liệu và điểm ở các dòng không đổi được giữ nguyên.",
            f"{opened} bảng đã gửi mở lại đúng các dòng đó; đơn vị nhận thư báo.",
        ),
        action=reverse("scoring:new_version", args=[year.pk]),
        back_url=reverse("scoring:table", args=[year.pk]),
    )


def opening_of(request: YearRequest, count: int) -> Confirm:
    """What is asked before sheets are opened."""
    year = request.bloc_year
    silent = unregistered(year)
    return Confirm(
        name="mo-bang",
        question=f"Mở bảng chấm điểm năm {year.year} cho {count} đơn vị?",
        verb="Mở bảng chấm điểm",
        lead="Sau khi mở:",
        consequences=(
            "Mỗi đơn vị có một bảng theo thang điểm đã thông qua.",
            "Chỉ tiêu đã đăng ký và kết quả mới nhất được điền sẵn.",
            *_silent_words(silent),
        ),
        action=reverse("scoring:open", args=[year.pk]),
        back_url=reverse("scoring:table", args=[year.pk]),
    )


def _silent_words(units: tuple[str, ...]) -> list[str]:
    """A warning that names the units without a registration; it does not stop the opening."""
    if not units:
        return []
    named = "; ".join(units)
    return [
        f"{len(units)} đơn vị chưa gửi đăng ký thi đua: {named}. "
        "Bảng của các đơn vị này chưa có chỉ tiêu tự đăng ký; đăng ký sau thì được điền sau."
    ]
