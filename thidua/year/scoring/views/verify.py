"""The work of a step: one line beside the list, returns, bulk confirmation, the end."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thidua.core.finding import Finding, Refused
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import done, request_id_of, see_other
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress.visibility import sees_progress
from thidua.year.scoring import services
from thidua.year.scoring.board import View, view_of
from thidua.year.scoring.changes import LineChange
from thidua.year.scoring.judging import AT_WORK, Desk, windows_of
from thidua.year.scoring.lines import Line
from thidua.year.scoring.models import MIDDLE, UNIT_FACTS, Entry, Stage
from thidua.year.scoring.pages.cells import FIGURE_FIELD
from thidua.year.scoring.pages.verify import RUNS, VerifyPage, verify_page
from thidua.year.scoring.returning import may_withdraw
from thidua.year.scoring.steps import StepFacts, window_of_step
from thidua.year.scoring.typed import joined, read_field
from thidua.year.scoring.views.ground import (
    desk_for,
    line_of,
    not_open_yet,
    open_desk,
    sheet_address,
    version_sent,
)
from thidua.year.scoring.views.posted import posted
from thidua.year.scoring.wording import field_text, number_text

ONLY = "can"  # the list holds only the lines with something to look into
BY_SCALE = "Theo cách tính của thang điểm"  # why the machine's number stands, unless told otherwise
LINE = "#dong"  # the open line on the page


@require_GET
def verify(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Differing lines first, one of them open for work."""
    view = view_of(request.bloc_year.pk, *RUNS)
    desk = desk_for(request, unit_id, view.facts)
    if desk is None:
        return not_open_yet(request, unit_id)
    if desk.step is None:  # a year without any step between self-scores and conference
        return see_other("scoring:sheet", year_id=year_id, unit_id=unit_id)
    return _show(request, view, desk)


def _step(desk: Desk) -> StepFacts:
    """The step the page is of; 404 in a year without any between self-scores and conference."""
    if desk.step is None:
        raise Http404("Khối không dùng bước nào giữa tự chấm và hội nghị.")
    return desk.step


def stage_sent(request: YearRequest) -> Stage | None:
    """The step a form was drawn for, so that it never acts on another one."""
    sent = request.POST.get("buoc", "")
    return Stage(sent) if sent in MIDDLE else None


def _show(
    request: YearRequest,
    view: View,
    desk: Desk,
    findings: list[Finding] | None = None,
    code: str = "",
) -> HttpResponse:
    unit_id, step = desk.sheet.unit_id, _step(desk)
    page = verify_page(
        view,
        desk,
        step,
        address=sheet_address(desk.bloc_year.pk, unit_id),
        code=code or request.GET.get("dong", ""),
        only_first=ONLY in (request.GET.get("xem"), request.POST.get("xem")),
    )
    window = window_of_step(step, windows_of(desk.bloc_year))
    on_line = findings if page.chosen is not None and page.chosen.row.key == code else []
    typed = request.POST if on_line else QueryDict()
    shown = _points_text(view, desk, page)
    context = {
        "bloc_year": request.bloc_year,
        "page": page,
        "findings": findings or [],
        "typed": typed,
        "deadline": window.closes if window and desk.sheet.state in AT_WORK else None,
        "confirm_rest": confirming(desk, page),
        "finish": finishing(desk, page),
        "figure": _figure(view, desk, page, typed.get("figure")),
        "points_shown": shown,
        "points_text": typed.get("points", shown),
        "on_line": on_line,
        "cited": _cited(view, desk, page),
        "sees_documents": sees_progress(request.standing, unit_id),
        "withdraw_line": _withdraw_line(desk, page),
        "withdraw_facts": withdrawing(desk, page, None) if page.returned_facts else None,
        "end_without": ending_without(desk, page) if page.ends_without else None,
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
    if name is None or page.step.has_raters:
        return None
    inputs = view.state(page.sheet, line.key, page.step.stage).inputs
    label = page.chosen.row.figure.label if page.chosen.row.figure else ""
    text = field_text(line, name, inputs.get(name)) if typed is None else typed
    return {"name": name, "label": label, "text": text, "options": line.options}


def _points_text(view: View, desk: Desk, page: VerifyPage) -> str:
    """The verified points of the open line as they stand in its field."""
    if page.chosen is None:
        return ""
    points = view.points(page.sheet, page.chosen.row.line, page.step.stage)
    if page.step.has_raters:  # the unit's own number; what the others gave is none of its business
        points = page.chosen.before if page.chosen.entry is None else page.chosen.verified
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
                stage=stage_sent(request),
                request_id=request_id_of(request),
            )
        elif _step(desk).has_raters:
            _rate(request, desk, line, deed)
        else:
            _write(request, view, desk, line, deed)
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings), line.key)
    following = request.POST.get("following", "")
    address = reverse("scoring:verify", args=[year_id, unit_id])
    shown = {"xem": ONLY} if request.POST.get("xem") == ONLY else {}
    return see_other(f"{address}?{urlencode({'dong': following or line.key, **shown})}{LINE}")


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
        change = LineChange(clear_points=True, reason=reason.strip() or BY_SCALE)
    else:
        change = _typed(request, view, desk, line, reason)
    services.save_line(
        request.actor,
        sheet=desk.sheet,
        code=line.key,
        stage=stage_sent(request) or _step(desk).stage,
        change=change,
        seen=version_sent(request.POST.get("seen", "")),
        request_id=request_id_of(request),
    )


def _rate(request: YearRequest, desk: Desk, line: Line, deed: str) -> None:
    """Give the unit's own number; the same as shown, or "keep", leaves the one before."""
    given = desk.facts.ratings.get(desk.sheet.pk, {}).get((line.key, _step(desk).stage), ())
    own = next((one for one in given if one.rater_id == desk.actor.unit_id), None)
    points, shown = request.POST.get("points", ""), request.POST.get("shown", "")
    if deed == "keep":
        typed = None
    elif points.strip() == shown.strip():  # only the reason was typed
        typed = own.points if own else None
    else:
        typed = read_field(line, "points", points).points
    services.rate_line(
        request.actor,
        sheet=desk.sheet,
        code=line.key,
        stage=stage_sent(request) or _step(desk).stage,
        points=typed,
        reason=request.POST.get("reason", ""),
        seen=version_sent(request.POST.get("seen", "")),
        request_id=request_id_of(request),
    )


def _typed(request: YearRequest, view: View, desk: Desk, line: Line, reason: str) -> LineChange:
    """The cells the verifier typed over, as one change; nothing typed over keeps the number."""
    sheet = view.facts.sheets[desk.sheet.pk]
    parts = [LineChange(reason=reason)]
    name = FIGURE_FIELD.get(line.ask)
    typed = request.POST.get("figure")
    stage = _step(desk).stage
    inputs = view.state(sheet, line.key, stage).inputs
    if name and typed is not None and typed.strip() != field_text(line, name, inputs.get(name)):
        parts.append(read_field(line, name, typed))
    points, shown = request.POST.get("points"), request.POST.get("shown", "")
    if points is not None and points.strip() != shown.strip():
        parts.append(read_field(line, "points", points))
    entry = view.facts.entries_of(sheet.pk).get((line.key, stage))
    if len(parts) == 1 and (entry is None or entry.kind == Entry.Kind.CONFIRMED):
        return LineChange(confirmed=True, reason=reason)
    return joined(parts)


@posted("scoring:verify")
def withdraw(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Take a return back, after asking once and for the reason."""
    view, desk = open_desk(request, unit_id, *RUNS)
    code = request.POST.get("code", "")
    line = None if code == UNIT_FACTS else line_of(desk, code)
    page = verify_page(view, desk, _step(desk), address="")
    confirm = withdrawing(desk, page, line)
    if confirm is not None and not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    try:
        services.withdraw_return(
            request.actor,
            sheet=desk.sheet,
            code=code,
            reason=request.POST.get("reason", ""),
            stage=stage_sent(request),
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings), "" if line is None else line.key)
    what = "thông tin đơn vị" if line is None else f"dòng {line.code}"
    messages.success(request, f"Đã rút lại việc trả lại {what}.")
    address = reverse("scoring:verify", args=[year_id, unit_id])
    line_address = "" if line is None else f"?{urlencode({'dong': line.key})}{LINE}"
    return see_other(f"{address}{line_address}")


@posted("scoring:verify")
def confirm_rest(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Keep the self-scores of every line not yet looked at, after asking once."""
    view, desk = open_desk(request, unit_id, *RUNS)
    page = verify_page(view, desk, _step(desk), address="")
    confirm = confirming(desk, page)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    count = services.confirm_lines(
        request.actor,
        sheet=desk.sheet,
        stage=stage_sent(request),
        request_id=request_id_of(request),
    )
    words = f"Đã giữ nguyên {page.before.points_words} ở {count} dòng."
    return done(request, words, "scoring:verify", year_id=year_id, unit_id=unit_id)


@posted("scoring:verify")
def finish(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """End the verification of the sheet, after asking once."""
    view, desk = open_desk(request, unit_id, *RUNS)
    page = verify_page(view, desk, _step(desk), address="")
    without = bool(page.ends_without) and "reason" in request.POST
    confirm = ending_without(desk, page) if without else finishing(desk, page)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    try:
        services.finish_verification(
            request.actor,
            sheet=desk.sheet,
            stage=stage_sent(request),
            missing_reason=request.POST.get("reason", "") if without else "",
            request_id=request_id_of(request),
        )
    except Refused as refused:
        return _show(request, view, desk, list(refused.findings))
    words = f"Đã gửi kết quả thẩm định cho {desk.unit}."
    following = desk.roster.after(page.step.stage)
    if page.own_steps and following is not None:
        words = f"Đã kết thúc bước {page.step.label}. Bảng chuyển sang bước {following.label}."
    return done(request, words, "scoring:sheet", year_id=year_id, unit_id=unit_id)


def confirming(desk: Desk, page: VerifyPage) -> Confirm:
    """What is asked before the rest is confirmed in bulk."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    return Confirm(
        name="giu-nguyen",
        question=f"Giữ nguyên {page.before.points_words} ở {page.unconfirmed} dòng chưa xem?",
        verb=f"Giữ nguyên {page.unconfirmed} dòng còn lại",
        lead="Sau khi giữ nguyên:",
        consequences=(
            _kept_words(page),
            "Dòng đã sửa và dòng đang trả lại không đổi. Vẫn sửa được từng dòng sau đó.",
        ),
        fields=_of_step(page),
        action=reverse("scoring:confirm_rest", args=address),
        back_url=reverse("scoring:verify", args=address),
        primary=False,
    )


def _withdraw_line(desk: Desk, page: VerifyPage) -> Confirm | None:
    """What is asked before the return of the open line is taken back; None where nobody can."""
    if page.chosen is None or not page.chosen.row.returned:
        return None
    return withdrawing(desk, page, page.chosen.row.line)


def withdrawing(desk: Desk, page: VerifyPage, line: Line | None) -> Confirm | None:
    """As `_withdraw_line`, of a line or of the unit's facts."""
    if not page.at_work or not may_withdraw(desk, page.step, line):
        return None
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    what = "thông tin đơn vị" if line is None else f"dòng {line.code}"
    return Confirm(
        name="rut-thong-tin" if line is None else "rut-dong",
        question=f"Rút lại việc trả lại {what}?",
        verb="Rút lại việc trả lại",
        lead="Sau khi rút lại:",
        consequences=(
            f"{desk.unit} không sửa được nữa và nhận thư báo kèm lý do.",
            "Điều đơn vị đã sửa từ lúc trả lại được giữ nguyên.",
            "Phần này trở lại chưa xem; số thẩm định đã bỏ khi trả lại thì ghi lại.",
        ),
        fields=(*_of_step(page), ("code", UNIT_FACTS if line is None else line.key)),
        reason_label="Lý do rút lại",
        action=reverse("scoring:withdraw", args=address),
        back_url=reverse("scoring:verify", args=address),
        primary=False,
    )


def _of_step(page: VerifyPage) -> tuple[tuple[str, str], ...]:
    """The hidden field that ties a button to the step of its page."""
    return (("buoc", str(page.step.stage)),)


def _kept_words(page: VerifyPage) -> str:
    before = page.before.points_words
    if page.step.has_raters:
        return f"Cơ quan giữ {before} ở các dòng này; điểm chung tính từ điểm của mọi đơn vị chấm."
    own = page.step.points_words
    return f"{own[:1].upper()}{own[1:]} của các dòng này bằng {before}."


def finishing(desk: Desk, page: VerifyPage) -> Confirm:
    """What is asked before a step ends on a sheet."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    changed = sum(1 for row in (*page.first, *page.rest) if row.work == "changed")
    seen = f"{page.count} dòng đã xem, {changed} dòng có điểm khác {page.before.label.lower()}."
    following = desk.roster.after(page.step.stage)
    verb, question = "Gửi kết quả thẩm định", f"Gửi kết quả thẩm định cho {desk.unit}?"
    locked = "Bảng khóa với người thẩm định; đơn vị giải trình được ở các dòng khác số tự chấm."
    if page.own_steps:
        verb = "Kết thúc bước này"
        question = f"Kết thúc bước {page.step.label} ở bảng của {desk.unit}?"
        locked = f"Số của bước {page.step.label} không sửa được nữa. {_then(following)}"
    if page.step.has_raters:
        seen = f"Mọi đơn vị đã chấm {page.count} dòng."
    return Confirm(
        name="ket-thuc",
        question=question,
        verb=verb,
        lead="Sau khi kết thúc:" if page.own_steps else "Sau khi gửi:",
        consequences=(seen, locked),
        fields=_of_step(page),
        action=reverse("scoring:finish", args=address),
        back_url=reverse("scoring:verify", args=address),
    )


def _then(following: StepFacts | None) -> str:
    if following is None:
        return "Bảng đã qua mọi bước trước hội nghị."
    return f"Bảng chuyển sang bước {following.label}."


def ending_without(desk: Desk, page: VerifyPage) -> Confirm:
    """What the head is asked before a step ends without the ratings of some units."""
    address = [desk.bloc_year.pk, desk.sheet.unit_id]
    return Confirm(
        name="ket-thuc-thieu",
        question=f"Kết thúc bước {page.step.label} khi còn đơn vị chưa chấm?",
        verb="Kết thúc, không chờ",
        lead="Sau khi kết thúc:",
        consequences=(
            f"Thiếu điểm của {page.ends_without}. Tên các đơn vị này được ghi lại.",
            "Mỗi dòng tính từ các điểm đã có; dòng chưa ai chấm giữ số trước đó.",
            _then(desk.roster.after(page.step.stage)),
        ),
        fields=_of_step(page),
        reason_label="Lý do không chờ",
        action=reverse("scoring:finish", args=address),
        back_url=reverse("scoring:verify", args=address),
        primary=False,
    )
