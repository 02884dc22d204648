"""The page of a bloc-year, and what its head decides: windows, rules, theme, checkers."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.text import sort_key
from thidua.platform import clock
from thidua.platform.http.parts import Document
from thidua.platform.http.posting import deliver, done
from thidua.registry.queries import staff_of, units_without_login
from thidua.year.bloc import queries, quorum, services
from thidua.year.bloc.forms import (
    KINDS_LIST,
    CheckersForm,
    KindsForm,
    SettingsForm,
    ThemeForm,
    WindowsForm,
)
from thidua.year.bloc.models import BlocYear, CheckDraw, Window
from thidua.year.bloc.rights import YearRequest
from thidua.year.bloc.services.windows import SETTLED_DEEDS, Span

form_methods = require_http_methods(["GET", "POST"])
FIXED_DEEDS = "Tới lúc đó các mốc tự chấm, thẩm định, giải trình giữ nguyên."
ENDED = {
    BlocYear.Late.REFUSE: "Việc này đóng ngay. Cần mở lại thì đặt hạn mới.",
    BlocYear.Late.ACCEPT: "Việc làm từ bây giờ vẫn nhận, được ghi là chậm. Cần thêm thời gian thì "
    "đặt hạn mới.",
}
USUAL_SHARES = ((1, 2), (2, 3), (3, 4), (1, 1))


@require_GET
def bloc(request: YearRequest, year_id: int) -> HttpResponse:
    """Who is in the bloc, who runs it, its dates and rules."""
    year = request.bloc_year
    members = queries.members(year)
    standing, is_open = request.standing, year.closed_at is None
    windows = queries.windows(year)
    context = {
        "bloc_year": year,
        "document": founding_document(year),
        "rows": _member_rows(request, members),
        "former": queries.former_members(year),
        "head": next((one for one in members if one.is_head), None),
        "deputy": next((one for one in members if one.is_deputy), None),
        "windows": [(label, windows.get(deed)) for deed, label in Window.Deed.choices],
        "has_windows": bool(windows),
        "quorum": quorum.sentence(year.quorum_num, year.quorum_den, len(members)),
        "runs": standing.head and is_open,
        "founds": request.actor.is_standing and is_open,
        "head_or_founder": (standing.head or request.actor.is_standing) and is_open,
        "settled": year.is_settled,
        "silent": _silent(request, members),
    }
    return render(request, "bloc/bloc.html", context)


@form_methods
def windows(request: YearRequest, year_id: int) -> HttpResponse:
    """All the deeds of the year on one page."""
    year = request.bloc_year
    present = queries.windows(year)
    form = WindowsForm(request.POST or None, present=present, settled=year.is_settled)
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.set_windows(
                request.actor,
                bloc_year=year,
                spans=form.spans(),
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            for words in ended_words(saved, present, form.spans()):
                messages.warning(request, words)
            return done(request, "Đã lưu các mốc của năm.", "bloc:bloc", year_id=year_id)
    fixed = f"{year.settled_words} {FIXED_DEEDS}" if year.is_settled else ""
    return render(request, "bloc/windows.html", {"form": form, "fixed": fixed})


def ended_words(
    year: BlocYear, present: Mapping[str, Window], spans: Mapping[str, Span | None]
) -> list[str]:
    """What follows where a deadline was set to a time that is over already."""
    now, said = clock.now(), []
    for deed, span in spans.items():
        before = present.get(deed)
        was_over = before is not None and before.closes < now
        if span is None or span.closes >= now or was_over:
            continue
        label, closes = Window.Deed(deed).label, span.closes.astimezone(clock.LOCAL)
        then = ENDED[BlocYear.Late(year.late)] if deed in SETTLED_DEEDS else ""
        words = f"Hạn {label[:1].lower()}{label[1:]} vừa đặt, {closes:%H:%M ngày %d/%m/%Y}, đã qua."
        said.append(f"{words} {then}".strip())
    return said


@form_methods
def settings(request: YearRequest, year_id: int) -> HttpResponse:
    """Quorum, visibility, late submission."""
    year, count = request.bloc_year, queries.member_count(request.bloc_year)
    names = ("quorum_num", "quorum_den", "visibility", "late", "checks_each")
    form = SettingsForm(request.POST or None, initial={name: getattr(year, name) for name in names})
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.set_settings(
                request.actor,
                bloc_year=year,
                settings=form.settings(),
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            meant = quorum.sentence(saved.quorum_num, saved.quorum_den, count)
            return done(request, f"Đã lưu quy định. {meant}", "bloc:bloc", year_id=year_id)
    context = {
        "form": form,
        "count": count,
        "meant": quorum.sentence(year.quorum_num, year.quorum_den, count),
        "shares": [(f"{num}/{den}", quorum.least(num, den, count)) for num, den in USUAL_SHARES],
    }
    return render(request, "bloc/settings.html", context)


@form_methods
def theme(request: YearRequest, year_id: int) -> HttpResponse:
    """Chủ đề hành động của năm."""
    year = request.bloc_year
    form = ThemeForm(request.POST or None, initial={"theme": year.theme})
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.set_theme(
                request.actor,
                bloc_year=year,
                theme=form.cleaned_data["theme"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            return done(request, "Đã lưu chủ đề của năm.", "bloc:bloc", year_id=year_id)
    context = {"form": form, "title": "Chủ đề hành động", "verb": "Lưu chủ đề"}
    return render(request, "bloc/form.html", context)


@form_methods
def kinds(request: YearRequest, year_id: int) -> HttpResponse:
    """Which sort of unit each member is in the scale."""
    year = request.bloc_year
    members = queries.members(year)
    form = KindsForm(request.POST or None, members=members)
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.set_member_kinds(
                request.actor, bloc_year=year, kinds=form.kinds(), request_id=form.request_id
            ),
        )
        if saved is not None:
            return done(request, "Đã lưu loại đơn vị.", "bloc:bloc", year_id=year_id)
    context = {
        "form": form,
        "title": "Loại đơn vị trong thang điểm",
        "settles": True,
        "verb": "Lưu loại đơn vị",
        "lead": "Chỉ cần ghi khi khối có nhiều thang điểm, mỗi loại đơn vị một thang. "
        "Ghi đúng mã loại như trong thang điểm; để trống thì dùng thang chung.",
        "suggestions": sorted({one.kind for one in members if one.kind}, key=sort_key),
        "list_id": KINDS_LIST,
    }
    return render(request, "bloc/form.html", context)


@form_methods
def checkers(request: YearRequest, year_id: int) -> HttpResponse:
    """Who verifies whom, by hand; a cycle can be proposed, then saved."""
    year, members = request.bloc_year, queries.members(request.bloc_year)
    drawn = CheckDraw.objects.filter(bloc_year=year).exists()
    if request.method == "POST" and "propose" in request.POST:
        cycle = services.propose_cycle([member.unit_id for member in members])
        form = CheckersForm(members=members, initial=cycle, drawn=drawn)
        return _checkers_page(request, form, drawn=drawn, proposed=True)
    present = [(one, two) for one, many in queries.checkers(year).items() for two in many]
    form = CheckersForm(request.POST or None, members=members, initial=present, drawn=drawn)
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.assign_checkers(
                request.actor,
                bloc_year=year,
                pairs=form.chosen(),
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            return done(request, "Đã lưu phân công thẩm định.", "bloc:bloc", year_id=year_id)
    return _checkers_page(request, form, drawn=drawn)


def founding_document(year: BlocYear) -> Document:
    """The head of the founding document; a missing number stays missing."""
    return Document(
        subject=f"Thành lập {year.bloc.name} năm {year.year}",
        number=year.founding_number.removeprefix("Quyết định số "),
        day=year.founding_date,
        issuer=year.jurisdiction.name,
        synthetic=year.synthetic,
    )


def _member_rows(request: YearRequest, members: list[queries.Member]) -> list[dict[str, object]]:
    """Members with who verifies them; for the standing office also how many people act there."""
    checked = queries.checkers(request.bloc_year)
    made_up = queries.synthetic_checks(request.bloc_year)
    names = {member.unit_id: member.name for member in members}
    staff = staff_of(list(names)) if request.actor.is_standing else {}
    return [
        {
            "member": member,
            "mine": member.unit_id == request.actor.unit_id,
            "checkers": [
                (name, (member.unit_id, unit_id) in made_up)
                for unit_id, name in names.items()
                if unit_id in checked[member.unit_id]
            ],
            "staff": staff.get(member.unit_id),
        }
        for member in members
    ]


def _silent(request: YearRequest, members: list[queries.Member]) -> list[queries.Member]:
    """The units that cannot act because nobody there logs in, for whoever can have it mended."""
    told = request.standing.head or request.actor.is_standing
    if not told or request.bloc_year.closed_at is not None:
        return []
    without = units_without_login([member.unit_id for member in members])
    return [member for member in members if member.unit_id in without]


def _checkers_page(
    request: YearRequest, form: CheckersForm, *, drawn: bool, proposed: bool = False
) -> HttpResponse:
    context = {"form": form, "proposed": proposed, "drawn": drawn}
    return render(request, "bloc/checkers.html", context)
