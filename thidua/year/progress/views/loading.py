"""Files into the library: many at once in pieces, many at once without JavaScript, one by hand."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thidua.core.finding import Refused
from thidua.core.text import whole
from thidua.platform.files import incoming
from thidua.platform.files import services as files
from thidua.platform.files.models import StoredFile
from thidua.platform.files.naming import safe_name
from thidua.platform.http.posting import deliver, done, is_request_id, request_id_of, see_other
from thidua.registry.models import Unit
from thidua.year.bloc.rights import YearRequest
from thidua.year.progress import services
from thidua.year.progress.forms import EvidenceForm
from thidua.year.progress.models import EvidenceDocument
from thidua.year.progress.services import Loaded
from thidua.year.progress.views.ground import POSTED, back_of, going_on, may_edit, own_unit_of

PIECE = 512 * 1024  # bytes that a browser sends at once
MOST_FILES = 100  # of one form without JavaScript
NOT_IN_ORDER = "Phần tệp này không nối tiếp phần đã nhận. Máy sẽ gửi lại từ chỗ đã nhận."
BAD_PIECE = "Máy chủ không đọc được phần tệp vừa gửi. Tải lại trang rồi nạp lại."


@require_http_methods(POSTED)
def load(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """The page that takes many files at once; a POST is the form without JavaScript."""
    one = own_unit_of(request, unit_id)
    chosen = request.FILES.getlist("files") if request.method == "POST" else []
    if request.method == "POST" and not chosen:
        messages.warning(request, "Chưa chọn tệp nào. Chọn tệp rồi nạp.")
    if not chosen:
        return _load_page(request, one)
    made = [_load_one(request, one, place, file) for place, file in enumerate(chosen[:MOST_FILES])]
    new = [loaded.document for loaded in made if loaded is not None and loaded.is_new]
    if not new:
        return _load_page(request, one)
    messages.success(request, f"Đã nạp {len(new)} tệp. Ghi thông tin và chọn dòng dẫn.")
    page = reverse("progress:describe", args=[year_id, unit_id])
    return see_other(f"{page}?{going_on(request, keys=[document.pk for document in new])}")


def _load_page(request: YearRequest, one: Unit) -> HttpResponse:
    address = [request.bloc_year.pk, one.pk]
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "piece": PIECE,
        "most": settings.THIDUA_UPLOAD_LIMIT,
        "most_mb": settings.THIDUA_UPLOAD_LIMIT // (1024 * 1024),
        "next": f"{reverse('progress:describe', args=address)}?{going_on(request)}",
        "along": going_on(request),
        "may_edit": may_edit(request, one.pk),
        "back": back_of(request) or reverse("progress:library", args=address),
    }
    return render(request, "progress/load.html", context)


def _load_one(
    request: YearRequest, one: Unit, place: int, file: UploadedFile[bytes]
) -> Loaded | None:
    """One file of the form; what became of it is told in words unless it is simply new."""
    name = safe_name(file.name or "")
    key = str(uuid.uuid5(uuid.UUID(request_id_of(request)), str(place)))
    try:
        loaded = _load(request, one, files.store(file, name=name), name, key)
    except Refused as refused:
        words = " ".join(finding.words for finding in refused.findings)
        messages.error(request, f"{name}: {words}")
        return None
    if not loaded.is_new:
        messages.info(request, f"{name}: {same_words(loaded.document)}")
    return loaded


def _load(request: YearRequest, one: Unit, stored: StoredFile, name: str, key: str) -> Loaded:
    return services.load_evidence(
        request.actor,
        bloc_year=request.bloc_year,
        unit=one,
        file=stored,
        name=name,
        request_id=key,
    )


def same_words(document: EvidenceDocument) -> str:
    """What is told of a file that the library holds already."""
    lines = len(set(document.citations.values_list("code", flat=True)))
    cited = f", dẫn ở {lines} dòng" if lines else ", chưa dẫn ở dòng nào"
    return f"đã có trong kho, ở văn bản {document}{cited}."


@require_http_methods(POSTED)
def piece(request: YearRequest, year_id: int, unit_id: int) -> JsonResponse:
    """One piece of a file, and how far it has come; GET asks only how far.

    In the address: `ma` (the request id of the file), `tu` (where the piece begins), `ca` (bytes
    of the whole file), `ten` (its name). The body is the piece itself. Answers: `received`; when
    the file is whole `outcome` ("new" or "same"), `words`, `id` and `url`; else `words`.
    """
    one = own_unit_of(request, unit_id)
    key = request.GET.get("ma", "")
    owner = f"{request.actor.account_id}/{year_id}/{unit_id}"
    if request.method == "GET":
        return _how_far(request, owner, key)
    if not is_request_id(key):
        return _told(BAD_PIECE, HTTPStatus.BAD_REQUEST)
    numbers = [whole(request.GET.get(name, "")) for name in ("tu", "ca")]
    offset, total = numbers
    if offset is None or total is None:
        return _told(BAD_PIECE, HTTPStatus.BAD_REQUEST)
    try:
        services.judge_own(request.actor, request.bloc_year, one)
        services.require_changeable(request.bloc_year)
        have = incoming.append(owner, key, offset=offset, total=total, piece=_body(request))
        if have < total:
            return JsonResponse({"received": have})
        name = safe_name(request.GET.get("ten", ""))
        with incoming.whole(owner, key) as stream:
            loaded = _load(request, one, files.store(stream, name=name), name, key)
    except incoming.OutOfOrder as problem:
        again = {"received": problem.received, "words": NOT_IN_ORDER}
        return JsonResponse(again, status=HTTPStatus.CONFLICT)
    except Refused as refused:
        words = " ".join(finding.words for finding in refused.findings)
        return _told(words, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _outcome(loaded)


def _how_far(request: YearRequest, owner: str, key: str) -> JsonResponse:
    """Where to go on; a file that is in already, though its answer got lost, is told."""
    document = services.loaded_before(request.actor, request.bloc_year, key)
    if document is not None:
        return _outcome(Loaded(document, is_new=True))
    return JsonResponse({"received": incoming.received(owner, key)})


def _outcome(loaded: Loaded) -> JsonResponse:
    document = loaded.document
    words = "đã nạp vào kho." if loaded.is_new else same_words(document)
    address = [document.bloc_year_id, document.unit_id, document.pk]
    return JsonResponse(
        {
            "outcome": "new" if loaded.is_new else "same",
            "words": words,
            "id": document.pk,
            "url": reverse("progress:document", args=address),
        }
    )


def _body(request: YearRequest) -> bytes:
    """The piece; nothing of one that is longer than a piece may be is read."""
    announced = whole(request.headers.get("Content-Length", ""))
    if announced is None or announced > incoming.MOST_PIECE:
        return b""
    try:
        sent = request.body
    except UnreadablePostError:  # the line broke; the browser asks how far it came and goes on
        return b""
    return sent if len(sent) == announced else b""


def _told(words: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"words": words}, status=status)


@require_http_methods(POSTED)
def add(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Write one document by hand, with or without its file."""
    one = own_unit_of(request, unit_id)
    form = EvidenceForm()
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES)
        document = deliver(form, lambda: _store_and_add(request, one, form))
        if document is not None:
            words = "Đã nạp minh chứng. Chọn các dòng dẫn minh chứng này."
            page = reverse("progress:document", args=[year_id, unit_id, document.pk])
            along = going_on(request)
            return done(request, words, f"{page}?{along}" if along else page)
    back = back_of(request) or reverse("progress:library", args=[year_id, unit_id])
    context = {
        "bloc_year": request.bloc_year,
        "unit": one,
        "form": form,
        "back": back,
        "may_edit": may_edit(request, unit_id),
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
