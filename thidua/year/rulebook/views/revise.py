"""Versions: a change within the year, a criterion that came up, what differs between two."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.text import whole
from thidua.platform import clock
from thidua.platform.documents.model import Document
from thidua.platform.http.posting import deliver, done
from thidua.scalefile.editing.lines import CONTAINERS, spots
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import YearRequest
from thidua.year.rulebook import services
from thidua.year.rulebook.difference import Difference, difference
from thidua.year.rulebook.document import difference_document
from thidua.year.rulebook.forms.revise import CriterionForm, ReasonForm
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.queries import core_scale, loaded_scale, replacing, scale_page
from thidua.year.rulebook.views.scale import WORD, download, find
from thidua.year.rulebook.workbook import scale_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def new_version(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """Begin the next version of an adopted scale, with the reason."""
    row = _adopted(request, scale_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = deliver(
            form,
            lambda: services.new_version(
                request.actor,
                scale=row,
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if made is not None:
            words = f"Đã tạo dự thảo lần {made.sequence}. Bản đang áp dụng vẫn giữ nguyên."
            return done(request, words, "rulebook:edit", year_id=year_id, scale_id=made.pk)
    context = {"form": form, "scale": row, "bloc_year": request.bloc_year}
    return render(request, "rulebook/new_version.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def criterion(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """Add one criterion that came up in the year: a small new version."""
    row = _adopted(request, scale_id)
    groups = [
        (spot.key, spot.name)
        for spot in spots(loaded_scale(row).plain)
        if spot.node["kind"] in CONTAINERS and spot.node["kind"] != "switch"
    ]
    form = CriterionForm(request.POST if request.method == "POST" else None, groups=groups)
    if request.method == "POST":
        made = deliver(
            form,
            lambda: services.add_criterion(
                request.actor,
                scale=row,
                group=form.cleaned_data["group"],
                line=form.line(),
                reason=form.cleaned_data["reason"],
                request_id=form.request_id,
            ),
        )
        if made is not None:
            words = f"Đã thêm tiêu chí vào dự thảo lần {made.sequence}. Soát rồi thông qua."
            return done(request, words, "rulebook:difference", year_id=year_id, scale_id=made.pk)
    context = {"form": form, "scale": row, "bloc_year": request.bloc_year, "groups": groups}
    return render(request, "rulebook/criterion.html", context, status=422 if form.errors else 200)


@require_GET
def compare(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """What a version changes; `?voi=` names another version to compare with."""
    row = find(request, scale_id)
    base, revision = _base(request, row)
    found = difference(core_scale(base), core_scale(row)) if base else None
    others = Scale.objects.filter(bloc_year=request.bloc_year).exclude(pk=row.pk)
    context = {
        "scale": row,
        "base": base,
        "revision": revision,
        "found": found,
        "others": others.defer("text", "plain").order_by("-sequence"),
        "can_edit": request.standing.runs_year and request.bloc_year.is_changeable,
        "bloc_year": request.bloc_year,
    }
    return render(request, "rulebook/difference.html", context)


@require_GET
def compare_file(request: YearRequest, scale_id: int, form: str, **_address: int) -> HttpResponse:
    """The difference as Word or PDF."""
    row = find(request, scale_id)
    base, revision = _base(request, row)
    if form not in ("docx", "pdf"):
        raise Http404("Chỉ có bản Word và PDF.")
    if base is None:
        return redirect("rulebook:difference", row.bloc_year_id, row.pk)
    revision = revision or Revision(scale=row, base=base)
    revision.reason = revision.reason or "không ghi"
    made = difference_document(
        row,
        revision,
        _found(base, row),
        today=clock.today(),
    )
    make, kind = _maker(form)
    return download(make(made), kind, row, form, lead="doi-chieu")


@require_GET
def excel(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The bảng điểm as Excel."""
    from thidua.platform.workbook.xlsx import to_xlsx

    row = find(request, scale_id)
    made = scale_workbook(row, scale_page(row), author=_head_name(request), today=clock.today())
    return download(to_xlsx(made), EXCEL, row, "xlsx")


def _found(base: Scale, row: Scale) -> Difference:
    return difference(core_scale(base), core_scale(row))


def _maker(form: str) -> tuple[Callable[[Document], bytes], str]:
    if form == "docx":
        from thidua.platform.documents.word import to_word

        return to_word, WORD
    from thidua.platform.documents.pdf import to_pdf

    return to_pdf, "application/pdf"


def _head_name(request: YearRequest) -> str:
    return next((one.name for one in members(request.bloc_year) if one.is_head), "")


def _base(request: YearRequest, row: Scale) -> tuple[Scale | None, Revision | None]:
    """The version to compare with: the chosen one, else the one whose place this one takes."""
    revision = replacing(row)
    chosen = whole(request.GET.get("voi", ""))
    if chosen is not None:
        found = Scale.objects.filter(pk=chosen, bloc_year=request.bloc_year).first()
        if found is not None and found.pk != row.pk:
            same_pair = revision is not None and revision.base_id == found.pk
            return found, revision if same_pair else None
    if revision is not None:
        return revision.base, revision
    before = Scale.objects.filter(
        bloc_year=request.bloc_year, unit_kind=row.unit_kind, sequence__lt=row.sequence
    )
    return before.order_by("-sequence").first(), None


def _adopted(request: YearRequest, scale_id: int) -> Scale:
    row = find(request, scale_id)
    if not row.is_adopted:
        raise Http404("Đây là dự thảo; sửa thẳng vào dự thảo.")
    return row
