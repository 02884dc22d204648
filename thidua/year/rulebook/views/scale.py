"""Pages of the rulebook: the bảng điểm, its versions, import, adoption, files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.platform import clock
from thidua.platform.documents.model import Document
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of
from thidua.year.bloc.rights import YearRequest
from thidua.year.rulebook.audience import Stranger, audience_of, offered_kinds, strangers
from thidua.year.rulebook.document import scale_document
from thidua.year.rulebook.forms.files import AdoptForm, ImportForm
from thidua.year.rulebook.models import Revision, Scale
from thidua.year.rulebook.queries import (
    adopted_scales,
    loaded_scale,
    reach_of,
    replacing,
    scale_page,
    versions,
)
from thidua.year.rulebook.services import adopt_scale, discard_scale, import_scale

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def rulebook(request: YearRequest, **_address: int) -> HttpResponse:
    """The scale in force; before there is one, the newest draft; before that, how to begin."""
    bloc_year = request.bloc_year
    adopted = adopted_scales(bloc_year)
    row = adopted.get("") or next(iter(adopted.values()), None)
    row = row or Scale.objects.filter(bloc_year=bloc_year).order_by("-sequence").first()
    if row is None:
        return render(request, "rulebook/empty.html", {"bloc_year": bloc_year})
    return _show(request, row)


@require_GET
def scale(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """One version."""
    return _show(request, find(request, scale_id))


@require_http_methods(["GET", "POST"])
def import_file(request: YearRequest, year_id: int) -> HttpResponse:
    """Load a scale file, or paste its text."""
    bloc_year = request.bloc_year
    offered = offered_kinds(bloc_year)
    if request.method == "GET":
        return _import_page(request, ImportForm(unit_kinds=offered))
    form = ImportForm(request.POST, request.FILES, unit_kinds=offered)
    row = deliver(
        form,
        lambda: import_scale(
            request.actor,
            bloc_year=bloc_year,
            content=form.content,
            file_name=form.file_name,
            unit_kind=form.kind,
            request_id=form.request_id,
        ),
    )
    if row is None:
        return _import_page(request, form)
    words = f"Đã nạp dự thảo thang điểm lần {row.sequence}. Soát lại rồi thông qua."
    return done(request, words, "rulebook:scale", year_id=year_id, scale_id=row.pk)


@require_http_methods(["GET", "POST"])
def adopt(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """Record that the bloc adopted a draft."""
    row = find(request, scale_id)
    if row.is_adopted and request.method == "GET":
        return redirect("rulebook:scale", year_id, scale_id)
    revision = replacing(row)
    if request.method == "GET":
        form = AdoptForm(revision=revision, initial={"adopted_on": clock.today()})
        return _adopt_page(request, row, form, revision)
    form = AdoptForm(request.POST, revision=revision)
    adopted = deliver(
        form,
        lambda: adopt_scale(
            request.actor,
            scale=row,
            adopted_on=form.cleaned_data["adopted_on"],
            document_number=form.cleaned_data["document_number"],
            reason=form.cleaned_data.get("reason", ""),
            carry=form.cleaned_data.get("carry", ""),
            request_id=form.request_id,
        ),
    )
    if adopted is None:
        return _adopt_page(request, row, form, revision)
    words = f"Đã thông qua thang điểm lần {adopted.sequence}. Nội dung từ nay giữ nguyên."
    if form.cleaned_data.get("carry") == Revision.Carry.MOVE:
        words += " Việc cần làm có việc chuyển bảng chấm đã mở sang bản mới."
    return done(request, words, "rulebook:scale", year_id=year_id, scale_id=scale_id)


@require_POST
def discard(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """Remove a draft."""
    row = find(request, scale_id)
    confirm = _discard_confirm(row)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST)}
        return render(request, "thidua/confirm.html", context)
    discard_scale(request.actor, scale=row, request_id=request_id_of(request))
    words = f"Đã bỏ dự thảo thang điểm lần {row.sequence}."
    return done(request, words, "rulebook:rulebook", year_id=year_id)


@require_GET
def source_file(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The file exactly as it was loaded."""
    row = find(request, scale_id)
    is_json = row.text.lstrip("\ufeff \t\r\n").startswith("{")
    kind = "json" if is_json else "yaml"
    return download(row.text.encode(), f"application/{kind}; charset=utf-8", row, kind)


@require_GET
def word(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The bảng điểm as Word."""
    from thidua.platform.documents.word import to_word

    return _paper(request, scale_id, to_word, WORD, "docx")


@require_GET
def pdf(request: YearRequest, scale_id: int, **_address: int) -> HttpResponse:
    """The bảng điểm as PDF."""
    from thidua.platform.documents.pdf import to_pdf

    return _paper(request, scale_id, to_pdf, "application/pdf", "pdf")


def _paper(
    request: YearRequest, scale_id: int, make: Callable[[Document], bytes], kind: str, ending: str
) -> HttpResponse:
    row = find(request, scale_id)
    made = scale_document(row, scale_page(row), today=clock.today())
    return download(make(made), kind, row, ending)


def download(
    content: bytes, kind: str, row: Scale, ending: str, *, lead: str = "thang-diem"
) -> HttpResponse:
    """A file of a version under a name that says which."""
    name = f"{lead}-{row.bloc_year.year}-lan-{row.sequence}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _show(request: YearRequest, row: Scale) -> HttpResponse:
    bloc_year = request.bloc_year
    current = {one.pk for one in adopted_scales(bloc_year).values()}
    context = {
        "scale": row,
        "page": scale_page(row),
        "versions": versions(bloc_year),
        "current": current,
        "is_current": row.pk in current,
        "can_edit": request.standing.runs_year and not bloc_year.closed_at,
        "settled": request.standing.runs_year and bloc_year.is_settled,
        "discard": None if row.is_adopted else _discard_confirm(row),
        "revision": replacing(row),
        "strangers": () if row.is_adopted else _strangers(row),
        "bloc_year": bloc_year,
    }
    return render(request, "rulebook/scale.html", context)


def _import_page(request: YearRequest, form: ImportForm) -> HttpResponse:
    context = {"form": form, "bloc_year": request.bloc_year}
    return render(request, "rulebook/import.html", context, status=422 if form.errors else 200)


def _adopt_page(
    request: YearRequest, row: Scale, form: AdoptForm, revision: Revision | None
) -> HttpResponse:
    begun = Revision.objects.select_related("base").filter(scale=row).first()
    older = begun.base if begun and revision and begun.base_id != revision.base_id else None
    context = {
        "form": form,
        "scale": row,
        "page": scale_page(row),
        "bloc_year": request.bloc_year,
        "reach": reach_of(row),
        "replaced": revision.base if revision else None,
        "older": older,
        "strangers": _strangers(row),
        "can_edit": True,
    }
    return render(request, "rulebook/adopt.html", context, status=422 if form.errors else 200)


def _strangers(row: Scale) -> list[Stranger]:
    return list(strangers(loaded_scale(row).plain, audience_of(row.bloc_year)))


def _discard_confirm(row: Scale) -> Confirm:
    return Confirm(
        name="bo-du-thao",
        question=f"Bỏ dự thảo thang điểm lần {row.sequence}?",
        verb="Bỏ dự thảo",
        lead="Sau khi bỏ:",
        consequences=(
            "Dự thảo không còn trong danh sách phiên bản.",
            "Lịch sử của năm vẫn ghi việc nạp và bỏ dự thảo này.",
        ),
        action=reverse("rulebook:discard", args=[row.bloc_year_id, row.pk]),
        back_url=reverse("rulebook:scale", args=[row.bloc_year_id, row.pk]),
        cut=True,
        primary=False,
    )


def find(request: YearRequest, scale_id: int) -> Scale:
    """A version of this very year; of another year it does not exist."""
    row = Scale.objects.filter(pk=scale_id, bloc_year=request.bloc_year).first()
    if row is None:
        raise Http404("Không có phiên bản thang điểm này.")
    row.bloc_year = request.bloc_year
    return row
