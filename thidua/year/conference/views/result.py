"""The adopted table and ranking, every number with its "vì sao?", and the papers."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thidua.core.text import whole
from thidua.platform.documents.model import Document
from thidua.platform.http.posting import see_other
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference.documents.facts import frozen_of, paper_facts
from thidua.year.conference.documents.minutes import minutes
from thidua.year.conference.documents.score_table import score_table
from thidua.year.conference.documents.workbook import score_workbook
from thidua.year.conference.firm import adopted_sentences
from thidua.year.conference.queries import conference_facts
from thidua.year.conference.questions import reopen_question
from thidua.year.conference.showing import result_page
from thidua.year.conference.why import why_page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def result(request: YearRequest, year_id: int) -> HttpResponse:
    """The version in force, or an earlier one (``lan``), as a ranking and as the whole table."""
    facts = conference_facts(request.bloc_year)
    frozen = frozen_of(facts, version=_version(request))
    if frozen is None:
        return render(request, "conference/no_result.html", {"facts": facts})
    writes = request.standing.runs_year and not facts.closed and not facts.reopened
    context = {
        "facts": facts,
        "page": result_page(facts, frozen),
        "reopen": reopen_question(year_id) if writes else None,
        "own": request.actor.unit_id,
    }
    if facts.adoption is not None and facts.adoption.version == frozen.snapshot.version:
        firm = () if facts.reopened else adopted_sentences(request.bloc_year, frozen.snapshot)
        context["firm"] = firm
    return render(request, "conference/result.html", context)


@require_GET
def why(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Why a unit has this figure on a line (``dong``), or this total and place."""
    del year_id
    facts = conference_facts(request.bloc_year)
    frozen = frozen_of(facts, version=_version(request))
    page = None if frozen is None else why_page(facts, frozen, unit_id, request.GET.get("dong", ""))
    if page is None:
        raise Http404("Không có số này trong bảng điểm đã thông qua.")
    return render(request, "conference/why.html", {"facts": facts, "page": page})


@require_GET
def papers(request: YearRequest, year_id: int) -> HttpResponse:
    """The papers of the conference in every format."""
    del year_id
    facts = conference_facts(request.bloc_year)
    frozen = frozen_of(facts)
    return render(request, "conference/papers.html", {"facts": facts, "frozen": frozen})


@require_GET
def minutes_file(request: YearRequest, year_id: int, kind: str) -> HttpResponse:
    """The minutes as Word or PDF."""
    facts = conference_facts(request.bloc_year)
    if facts.conference is None:
        return see_other("conference:papers", year_id)
    made = minutes(paper_facts(facts))
    return _document(made, kind, name=f"bien-ban-hoi-nghi-{facts.bloc_year.year}")


@require_GET
def table_file(request: YearRequest, year_id: int, kind: str) -> HttpResponse:
    """The adopted table as Word, PDF or Excel."""
    facts = conference_facts(request.bloc_year)
    if not facts.adoptions or facts.conference is None:
        return see_other("conference:papers", year_id)
    name = f"bang-tong-hop-diem-{facts.bloc_year.year}"
    if kind == "excel":
        from thidua.platform.workbook.xlsx import to_xlsx

        made = to_xlsx(score_workbook(paper_facts(facts)))
        return _file(made, XLSX, f"{name}.xlsx")
    return _document(score_table(paper_facts(facts)), kind, name=name)


def _document(made: Document, kind: str, *, name: str) -> HttpResponse:
    from thidua.platform.documents.pdf import to_pdf
    from thidua.platform.documents.word import to_word

    if kind == "word":
        return _file(to_word(made), WORD, f"{name}.docx")
    if kind == "pdf":
        return _file(to_pdf(made), "application/pdf", f"{name}.pdf")
    raise Http404("Chỉ có tệp Word, PDF và Excel.")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _version(request: YearRequest) -> int | None:
    return whole(request.GET.get("lan", ""), digits=4)
