"""One document: its quick view, what is said of it, the lines that cite it, its file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.platform.files import services as files
from thidua.platform.files.models import StoredFile
from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import deliver, done, request_id_of
from thidua.platform.preview import quick
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import queries, services
from thidua.year.progress.forms import CiteForm, FileForm
from thidua.year.progress.models import Citation, EvidenceDocument
from thidua.year.progress.preview import (
    GONE,
    PDF,
    PICTURES,
    Preview,
    page_in,
    picture_of,
    preview_of,
)
from thidua.year.progress.views.ground import (
    LINE,
    POSTED,
    back_of,
    document_of,
    going_on,
    may_edit,
)

PAGE = "trang"
WIDTHS = {"": 1240, "lon": 2200}  # pixels across
UNSEEN = "default-src 'none'; sandbox"  # policy of what is no page of ours


@require_http_methods(POSTED)
def document(request: YearRequest, year_id: int, unit_id: int, document_id: int) -> HttpResponse:
    """A document with its quick view; staff of the unit cite it on more lines."""
    found = document_of(request, unit_id, document_id)
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
            lambda: services.cite_at(
                request.actor,
                document=found,
                places=form.places(),
                request_id=form.request_id,
            ),
        )
        if saved is not None:
            page = reverse("progress:document", args=[year_id, unit_id, document_id])
            return done(request, "Đã dẫn minh chứng.", back_of(request) or page)
    return _page(request, found, choices, form)


def _page(
    request: YearRequest,
    found: EvidenceDocument,
    choices: list[tuple[str, str]],
    form: CiteForm,
    file_form: FileForm | None = None,
) -> HttpResponse:
    cited = list(found.citations.order_by("code", "id"))
    entry = queries.entry_of(found, cited, queries.frame_of(request.bloc_year))
    context = {
        "bloc_year": request.bloc_year,
        "unit": found.unit,
        "document": found,
        "entry": entry,
        "citations": [(one, page_in(one.page) if one.page else 0) for one in cited],
        "form": form,
        "file_form": file_form or FileForm(),
        "preview": _preview(request, found),
        "letters": "chu" in request.GET,
        "may_edit": may_edit(request, found.unit_id),
        "has_lines": bool(choices),
        "removal": removal_of(found),
        "back": back_of(request),
        "along": going_on(request),
    }
    return render(request, "progress/document.html", context)


def _preview(request: YearRequest, found: EvidenceDocument) -> Preview | None:
    if found.file is None:
        return None
    asked = request.GET.get(PAGE, "")
    with_letters = "chu" in request.GET
    return preview_of(found.file, page=page_in(asked[:60]), with_letters=with_letters)


@require_GET
def page(
    request: YearRequest, year_id: int, unit_id: int, document_id: int, number: int
) -> HttpResponse:
    """A page of a PDF as a picture, or the picture itself; kept by the reader's browser only.

    The browser asks each time whether it may still show it; an unchanged page is not sent again.
    """
    found = document_of(request, unit_id, document_id)
    if found.file is None:
        raise Http404("Văn bản này chưa có tệp.")
    width = WIDTHS.get(request.GET.get("co", ""), WIDTHS[""])
    mark = f'"{found.file.sha256[:32]}-{number}-{width}"'
    # a compressed answer carries the mark as a weak one
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _picture(found.file, number, width)
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = UNSEEN
    return response


def _picture(file: StoredFile, number: int, width: int) -> HttpResponse:
    try:
        if file.media_type in PICTURES and number == 1:
            with files.open_stored(file) as stream:
                return HttpResponse(stream.read(), content_type=file.media_type)
        if file.media_type == PDF:
            return HttpResponse(
                picture_of(file, page=number, width=width), content_type="image/png"
            )
    except FileNotFoundError as gone:
        raise Http404(GONE) from gone
    except quick.NotShown as problem:
        raise Http404(problem.words) from problem
    raise Http404("Tệp không có trang này.")


@require_POST
def attach(request: YearRequest, year_id: int, unit_id: int, document_id: int) -> HttpResponse:
    """Give a document the file it has not had so far."""
    found = document_of(request, unit_id, document_id)
    form = FileForm(request.POST, request.FILES)
    saved = deliver(form, lambda: _attach(request, found, form))
    if saved is None:
        choices = queries.cite_choices(request.bloc_year, unit_id)
        return _page(request, found, choices, CiteForm(choices=choices), form)
    address = {"year_id": year_id, "unit_id": unit_id, "document_id": document_id}
    return done(request, "Đã nạp tệp cho văn bản này.", "progress:document", **address)


def _attach(request: YearRequest, found: EvidenceDocument, form: FileForm) -> EvidenceDocument:
    services.judge_own(request.actor, found.bloc_year, found.unit)
    upload = form.cleaned_data["file"]
    stored = files.store(upload, name=upload.name)
    return services.attach_file(
        request.actor, document=found, file=stored, request_id=form.request_id
    )


@require_POST
def uncite(
    request: YearRequest, year_id: int, unit_id: int, document_id: int, citation_id: int
) -> HttpResponse:
    """Take a citation back."""
    found = document_of(request, unit_id, document_id)
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
    found = document_of(request, unit_id, document_id)
    confirm = removal_of(found)
    if not confirm.holds(request.POST):
        context = {"confirm": confirm, "trouble": confirm.trouble(request.POST), "reason": ""}
        return render(request, "thidua/confirm.html", context)
    services.remove_evidence(request.actor, document=found, request_id=request_id_of(request))
    words = "Đã bỏ văn bản khỏi kho minh chứng."
    return done(request, words, "progress:library", year_id=year_id, unit_id=unit_id)


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
    found = document_of(request, unit_id, document_id)
    if found.file is None:
        raise Http404("Văn bản này chưa có tệp.")
    try:
        opened = files.open_stored(found.file)
    except FileNotFoundError as gone:
        raise Http404(GONE) from gone
    response = FileResponse(opened, content_type=found.file.media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.file_name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = UNSEEN
    return response
