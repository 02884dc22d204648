"""Pages of progress and evidence: HTTP only."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.platform import clock
from thidua.platform.files import services as files
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of
from thidua.registry.models import Unit
from thidua.year.bloc.queries import members
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import queries, services
from thidua.year.progress.forms import CiteForm, EvidenceForm, ResultsForm
from thidua.year.progress.models import Citation, EvidenceDocument
from thidua.year.progress.visibility import sees_progress

POSTED = ("GET", "POST")
LINE = "dong"  # names a line of the scale in an address: ?dong=I.1


@require_GET
def overview(request: YearRequest, year_id: int) -> HttpResponse:
    """Every unit: lines with a result, documents in the library."""
    rows = queries.overview(request.bloc_year)
    seen = {row.unit_id for row in rows if sees_progress(request.standing, row.unit_id)}
    context = {"bloc_year": request.bloc_year, "rows": rows, "seen": seen}
    return render(request, "progress/overview.html", context)


@require_GET
def unit(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """One unit's results and its library of evidence."""
    return _unit_page(request, unit_id)


@require_POST
def record(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Save the results of one day."""
    one = _unit(request, unit_id)
    form = ResultsForm(request.POST, lines=queries.figure_lines(request.bloc_year, unit_id))
    saved = deliver(
        form,
        lambda: services.record_results(
            request.actor,
            bloc_year=request.bloc_year,
            unit=one,
            as_of=form.cleaned_data["as_of"],
            figures=form.figures(),
            request_id=form.request_id,
        ),
    )
    if saved is None:
        return _unit_page(request, unit_id, results=form)
    words = f"Đã ghi kết quả {len(form.figures())} dòng."
    return done(request, words, "progress:unit", year_id=year_id, unit_id=unit_id)


@require_http_methods(POSTED)
def add(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Put a document into the library."""
    one = _unit(request, unit_id)
    if not request.standing.works_for(unit_id):
        raise PermissionDenied(services.OWN_ONLY)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES)
        document = deliver(form, lambda: _store_and_add(request, one, form))
        if document is not None:
            words = "Đã nạp minh chứng. Chọn các dòng dẫn minh chứng này."
            page = reverse("progress:document", args=[year_id, unit_id, document.pk])
            lines = urlencode({LINE: request.GET.getlist(LINE)}, doseq=True)
            return done(request, words, f"{page}?{lines}" if lines else page)
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "form": form,
        "may_edit": request.bloc_year.is_changeable,
    }
    return render(request, "progress/add.html", context)


def _store_and_add(request: YearRequest, one: Unit, form: EvidenceForm) -> EvidenceDocument:
    paper, upload = form.paper(), form.cleaned_data["file"]
    services.judge_evidence(request.actor, bloc_year=request.bloc_year, unit=one, paper=paper)
    stored = files.store(upload, name=upload.name) if upload else None
    return services.add_evidence(
        request.actor,
        bloc_year=request.bloc_year,
        unit=one,
        paper=paper,
        file=stored,
        request_id=form.request_id,
    )


@require_http_methods(POSTED)
def document(request: YearRequest, year_id: int, unit_id: int, document_id: int) -> HttpResponse:
    """A document with the lines that cite it; staff of the unit cite it on more lines."""
    found = _document(request, unit_id, document_id)
    choices = queries.cite_choices(request.bloc_year, unit_id)
    named = [code for code, _label in choices if code in request.GET.getlist(LINE)]
    form = CiteForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"codes": named},
    )
    if request.method == "POST":
        saved = deliver(
            form,
            lambda: services.cite(
                request.actor,
                document=found,
                codes=form.cleaned_data["codes"],
                page=form.cleaned_data["page"],
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            address = {"year_id": year_id, "unit_id": unit_id, "document_id": document_id}
            return done(request, "Đã dẫn minh chứng.", "progress:document", **address)
    context = {
        "bloc_year": request.bloc_year,
        "unit": found.unit,
        "document": found,
        "citations": found.citations.order_by("code", "id"),
        "labels": dict(choices),
        "form": form,
        "may_edit": request.standing.works_for(unit_id) and request.bloc_year.is_changeable,
        "has_lines": bool(choices),
        "removal": removal_of(found),
    }
    return render(request, "progress/document.html", context)


@require_POST
def uncite(
    request: YearRequest, year_id: int, unit_id: int, document_id: int, citation_id: int
) -> HttpResponse:
    """Take a citation back."""
    found = _document(request, unit_id, document_id)
    citation = get_object_or_404(
        Citation.objects.select_related("document__bloc_year", "document__unit"),
        pk=citation_id,
        document=found,
    )
    services.remove_citation(request.actor, citation=citation, request_id=request_id_of(request))
    address = {"year_id": year_id, "unit_id": unit_id, "document_id": document_id}
    return done(request, "Đã thôi dẫn ở dòng đó.", "progress:document", **address)


@require_POST
def remove(request: YearRequest, year_id: int, unit_id: int, document_id: int) -> HttpResponse:
    """Take a document that nothing cites out of the library, after asking once."""
    found = _document(request, unit_id, document_id)
    confirm = removal_of(found)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    services.remove_evidence(request.actor, document=found, request_id=request_id_of(request))
    words = "Đã bỏ văn bản khỏi kho minh chứng."
    return done(request, words, "progress:unit", year_id=year_id, unit_id=unit_id)


def removal_of(found: EvidenceDocument) -> Confirm:
    """What is asked before a document leaves the library."""
    address = [found.bloc_year_id, found.unit_id, found.pk]
    return Confirm(
        name="bo-minh-chung",
        question=f"Bỏ {found} khỏi kho minh chứng?",
        verb="Bỏ khỏi kho",
        action=reverse("progress:remove", args=address),
        lead="Sau khi bỏ:",
        consequences=("Văn bản không còn trong kho của đơn vị.", "Lịch sử vẫn ghi đã từng có."),
        back_url=reverse("progress:document", args=address),
        cut=True,
    )


@require_GET
def download(request: YearRequest, year_id: int, unit_id: int, document_id: int) -> FileResponse:
    """The file itself, always as a download under its own name, never run by the browser."""
    found = _document(request, unit_id, document_id)
    if found.file is None:
        raise Http404("Văn bản này chưa có tệp.")
    try:
        opened = files.open_stored(found.file)
    except FileNotFoundError as gone:
        words = "Tệp này không còn trong kho. Báo người quản trị lấy lại từ bản sao lưu."
        raise Http404(words) from gone
    response = FileResponse(opened, content_type=found.file.media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.file_name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _unit(request: YearRequest, unit_id: int) -> Unit:
    """The member unit of the address, if this position may look at its progress."""
    if unit_id not in {member.unit_id for member in members(request.bloc_year)}:
        raise Http404("Đơn vị này không ở khối trong năm.")
    if not sees_progress(request.standing, unit_id):
        raise PermissionDenied("Đơn vị, Trưởng khối và người thẩm định xem được minh chứng này.")
    return get_object_or_404(Unit, pk=unit_id)


def _document(request: YearRequest, unit_id: int, document_id: int) -> EvidenceDocument:
    _unit(request, unit_id)
    rows = EvidenceDocument.objects.select_related("bloc_year", "unit", "file")
    return get_object_or_404(rows, pk=document_id, unit_id=unit_id, bloc_year=request.bloc_year)


def _unit_page(
    request: YearRequest, unit_id: int, *, results: ResultsForm | None = None
) -> HttpResponse:
    one = _unit(request, unit_id)
    lines = queries.figure_lines(request.bloc_year, unit_id)
    day = min(clock.today(), request.bloc_year.ends)
    form = results or ResultsForm(lines=lines, initial={"as_of": day})
    may_edit = request.standing.works_for(unit_id) and request.bloc_year.is_changeable
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "lines": lines,
        "form": form,
        "library": queries.library(request.bloc_year, unit_id),
        "may_edit": may_edit,
    }
    return render(request, "progress/unit.html", context)
