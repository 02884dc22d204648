"""How a draft begins: from nothing, from an adopted version, from a file, from a table."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.core.loading.node import node_from_plain
from thidua.core.points import show_figure
from thidua.core.text import whole
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import REQUEST_ID, deliver, done, request_id_of
from thidua.year.bloc.rights import YearRequest
from thidua.year.rulebook import services
from thidua.year.rulebook.audience import offered_kinds
from thidua.year.rulebook.forms.start import (
    BlankForm,
    ColumnsForm,
    CopyForm,
    LinesForm,
    TableForm,
    base_of,
    row_numbers,
)
from thidua.year.rulebook.models import Scale, TableReading
from thidua.year.rulebook.proposals import Proposal, figure_of, groups_in, scale_lines
from thidua.year.rulebook.queries import copyable
from thidua.year.rulebook.words import Names, rule_words

SHOWN_ROWS = 12


@require_GET
def start(request: YearRequest, **_address: int) -> HttpResponse:
    """The four ways to begin."""
    return _start_page(request)


@require_http_methods(["GET", "POST"])
def blank(request: YearRequest, year_id: int) -> HttpResponse:
    """Begin from nothing; reloaded as a page, it is the page where one begins."""
    if request.method == "GET":
        return redirect("rulebook:start", year_id)
    form = BlankForm(request.POST, unit_kinds=offered_kinds(request.bloc_year))
    row = deliver(
        form,
        lambda: services.start_blank(
            request.actor,
            bloc_year=request.bloc_year,
            title=form.cleaned_data["title"],
            base=base_of(form),
            unit_kind=form.kind,
            request_id=form.request_id,
        ),
    )
    if row is None:
        return _start_page(request, blank_form=form)
    words = "Đã tạo dự thảo trống. Thêm mục lớn đầu tiên."
    return done(request, words, "rulebook:edit", year_id=year_id, scale_id=row.pk)


@require_http_methods(["GET", "POST"])
def copy(request: YearRequest, year_id: int) -> HttpResponse:
    """Begin from an adopted version; reloaded as a page, it is the page where one begins."""
    if request.method == "GET":
        return redirect("rulebook:start", year_id)
    sources = copyable(request.bloc_year)
    form = CopyForm(
        request.POST, sources=_named(sources), unit_kinds=offered_kinds(request.bloc_year)
    )
    row = deliver(
        form,
        lambda: services.copy_scale(
            request.actor,
            bloc_year=request.bloc_year,
            source=_source(sources, form.cleaned_data["source"]),
            unit_kind=form.kind,
            request_id=form.request_id,
        ),
    )
    if row is None:
        return _start_page(request, copy_form=form)
    words = "Đã chép thành dự thảo; các hạn đã chuyển sang năm nay. Xem lại từng dòng."
    return done(request, words, "rulebook:edit", year_id=year_id, scale_id=row.pk)


@require_http_methods(["GET", "POST"])
def table(request: YearRequest, year_id: int) -> HttpResponse:
    """Send a file that holds a table."""
    kinds = offered_kinds(request.bloc_year)
    title = f"Thang điểm thi đua năm {request.bloc_year.year}"
    if request.method == "GET":
        return _table_page(request, TableForm(unit_kinds=kinds, initial={"title": title}))
    form = TableForm(request.POST, request.FILES, unit_kinds=kinds)
    row = deliver(
        form,
        lambda: services.read_table(
            request.actor,
            bloc_year=request.bloc_year,
            upload=form.upload,
            title=form.cleaned_data["title"],
            unit_kind=form.kind,
            request_id=form.request_id,
        ),
    )
    if row is None:
        return _table_page(request, form)
    words = "Đã đọc tệp. Chọn cột nào là gì."
    return done(request, words, "rulebook:columns", year_id=year_id, reading_id=row.pk)


@require_http_methods(["GET", "POST"])
def columns(request: YearRequest, year_id: int, reading_id: int) -> HttpResponse:
    """Which column is what."""
    row = _reading(request, reading_id)
    chosen = whole(request.POST.get("chosen", ""))
    if chosen is None or chosen >= len(row.tables):
        chosen = row.chosen
    start_values = {"chosen": str(chosen), "first": str(row.first)}
    start_values |= {f"c{at}": role for at, role in row.columns.items()}
    if request.method == "GET" or (chosen != row.chosen and "c0" not in request.POST):
        form = ColumnsForm(tables=row.tables, chosen=chosen, initial=start_values)
        return _columns_page(request, row, form, chosen)
    form = ColumnsForm(request.POST, tables=row.tables, chosen=chosen, initial=start_values)
    read = deliver(
        form,
        lambda: services.choose_columns(
            request.actor,
            reading=row,
            chosen=int(form.cleaned_data["chosen"]),
            first=int(form.cleaned_data["first"]),
            columns=form.columns,
            request_id=form.request_id,
        ),
    )
    if read is None:
        return _columns_page(request, row, form, chosen)
    words = f"Đã đọc {len(read.lines)} dòng. Xem từng dòng rồi tạo dự thảo."
    return done(request, words, "rulebook:lines", year_id=year_id, reading_id=row.pk)


@require_http_methods(["GET", "POST"])
def lines(request: YearRequest, year_id: int, reading_id: int) -> HttpResponse:
    """Every line that was read: confirm it, or change it, or leave it out."""
    row = _reading(request, reading_id)
    read = [Proposal.of(one) for one in row.lines]
    if request.method == "GET":
        return _lines_page(request, row, LinesForm(lines=read))
    form = LinesForm(request.POST, lines=read)
    kept = deliver(
        form,
        lambda: services.confirm_lines(
            request.actor,
            reading=row,
            lines=form.read(form.cleaned_data),
            request_id=form.request_id,
        ),
    )
    if kept is None:
        return _lines_page(request, row, form)
    if request.POST.get("act") != "make":
        left = sum(1 for one in kept.lines if not one["confirmed"])
        words = f"Đã lưu. Còn {left} dòng chưa xem." if left else "Đã lưu. Mọi dòng đã xem."
        return done(request, words, "rulebook:lines", year_id=year_id, reading_id=row.pk)
    again = request.POST.copy()
    again.pop(REQUEST_ID, None)  # keeping the lines has used it; making the draft is another act
    now = [Proposal.of(one) for one in kept.lines]
    for number, one in enumerate(now):
        if not one.confirmed:  # another line changed its part: to be seen again
            again.pop(f"l{number}_ok", None)
    second = LinesForm(again, lines=now)
    made = deliver(
        second,
        lambda: services.draft_from_table(
            request.actor, reading=kept, request_id=second.request_id
        ),
    )
    if made is None:
        return _lines_page(request, kept, second)
    words = "Đã tạo dự thảo từ bảng. Danh sách soát bên phải chỉ chỗ cần sửa."
    return done(request, words, "rulebook:edit", year_id=year_id, scale_id=made.pk)


@require_POST
def drop_table(request: YearRequest, year_id: int, reading_id: int) -> HttpResponse:
    """Leave the table."""
    row = _reading(request, reading_id)
    confirm = _drop_confirm(row)
    if not confirm.holds(request.POST):
        return render(request, "thidua/confirm.html", {"confirm": confirm, "trouble": ""})
    services.drop_reading(request.actor, reading=row, request_id=request_id_of(request))
    return done(request, "Đã bỏ bảng.", "rulebook:start", year_id=year_id)


def _start_page(
    request: YearRequest,
    *,
    blank_form: BlankForm | None = None,
    copy_form: CopyForm | None = None,
) -> HttpResponse:
    sources, kinds = copyable(request.bloc_year), offered_kinds(request.bloc_year)
    year = request.bloc_year.year
    title = f"Thang điểm thi đua năm {year}"
    wrong = bool(blank_form and blank_form.errors) or bool(copy_form and copy_form.errors)
    context = {
        "bloc_year": request.bloc_year,
        "blank": blank_form or BlankForm(unit_kinds=kinds, initial={"title": title, "base": 100}),
        "copy": copy_form or CopyForm(sources=_named(sources), unit_kinds=kinds),
        "has_sources": bool(sources),
        "readings": TableReading.objects.filter(bloc_year=request.bloc_year).defer("tables"),
    }
    return render(request, "rulebook/start.html", context, status=422 if wrong else 200)


def _table_page(request: YearRequest, form: TableForm) -> HttpResponse:
    context = {"form": form, "bloc_year": request.bloc_year}
    return render(request, "rulebook/table.html", context, status=422 if form.errors else 200)


def _columns_page(
    request: YearRequest, row: TableReading, form: ColumnsForm, chosen: int
) -> HttpResponse:
    table = row.tables[chosen]
    shown = list(zip(row_numbers(table), table["rows"][:SHOWN_ROWS], strict=False))
    context = {
        "form": form,
        "reading": row,
        "bloc_year": request.bloc_year,
        "rows": shown,
        "inputs": [form[f"c{at}"] for at in range(form.width)],
        "drop": _drop_confirm(row),
    }
    return render(request, "rulebook/columns.html", context, status=422 if form.errors else 200)


def _lines_page(request: YearRequest, row: TableReading, form: LinesForm) -> HttpResponse:
    groups = groups_in(form.lines)
    context = {
        "form": form,
        "reading": row,
        "bloc_year": request.bloc_year,
        "rows": [
            (line, inputs, _understood(line, is_group=is_group))
            for (line, inputs), is_group in zip(form.rows(), groups, strict=True)
        ],
        "left": sum(1 for one in row.lines if not one["confirmed"]),
        "total": next((line for line in form.lines if line.use == "total"), None),
        "drop": _drop_confirm(row),
    }
    return render(request, "rulebook/lines.html", context, status=422 if form.errors else 200)


def _understood(line: Proposal, *, is_group: bool) -> str:
    """What would be made of a line, in the words everybody will read."""
    if line.use == "total":
        return "Dòng tổng: lấy làm tổng điểm chuẩn của thang điểm."
    if line.use == "skip":
        return "Dòng này không lấy."
    if is_group:
        return _group_words(line)
    [plain] = scale_lines([replace(line, kind="understood")])
    node = node_from_plain(plain, {})
    names = Names({}, {})
    words = " ".join((rule_words(node, names), *(rule_words(one, names) for one in node.children)))
    return f"Máy hiểu: {words}" if line.rule else f"Máy không tự tính. {words}"


def _group_words(line: Proposal) -> str:
    most = figure_of(line.points)
    said = {
        "base": "Mục gồm các dòng bên dưới",
        "bonus": "Mục điểm thưởng, gồm các dòng bên dưới",
        "deduct": "Mục điểm trừ, gồm các dòng bên dưới",
    }[line.within]
    if most is None or line.within == "base":
        return f"{said}."
    verb = "cộng" if line.within == "bonus" else "trừ"
    return f"{said}; {verb} tối đa {show_figure(abs(most))} điểm."


def _drop_confirm(row: TableReading) -> Confirm:
    return Confirm(
        name="bo-bang",
        question=f"Bỏ bảng đọc từ tệp {row.file_name}?",
        verb="Bỏ bảng này",
        lead="Sau khi bỏ:",
        consequences=(
            "Điều đã xem và sửa trong bảng không còn.",
            "Gửi lại tệp thì đọc lại từ đầu.",
        ),
        action=reverse("rulebook:drop_table", args=[row.bloc_year_id, row.pk]),
        back_url=reverse("rulebook:columns", args=[row.bloc_year_id, row.pk]),
        cut=True,
        primary=False,
    )


def _reading(request: YearRequest, reading_id: int) -> TableReading:
    row = TableReading.objects.filter(pk=reading_id, bloc_year=request.bloc_year).first()
    if row is None:
        raise Http404("Không có bảng này; có thể bảng đã thành dự thảo.")
    row.bloc_year = request.bloc_year
    return row


def _named(sources: list[Scale]) -> list[tuple[int, str]]:
    return [
        (row.pk, f"{row.bloc_year.bloc.name}, năm {row.bloc_year.year}: {row.title}"
                 f" (lần {row.sequence})")
        for row in sources
    ]  # fmt: skip


def _source(sources: list[Scale], key: str) -> Scale:
    found = next(row for row in sources if str(row.pk) == key)
    return Scale.objects.select_related("bloc_year").get(pk=found.pk)
