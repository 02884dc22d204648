"""Adopting the table: what still hinders it, the question, the correction, units not ranked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thidua.platform.http.parts import Confirm
from thidua.platform.http.posting import request_id_of
from thidua.year.bloc.rights import YearRequest
from thidua.year.conference import services
from thidua.year.conference.documents.figures import lead_synthetic, lead_text
from thidua.year.conference.hindrances import Hindrance, UnitHindrances
from thidua.year.conference.preview import Preview, preview_of
from thidua.year.conference.queries import ConferenceFacts, conference_facts
from thidua.year.conference.questions import (
    adopt_question,
    not_ranked_question,
    reopen_question,
)
from thidua.year.conference.views.asking import ask, carry_out, member_unit, reason_of

PAGE, RESULT = "conference:adoption", "conference:result"


@require_http_methods(["GET", "POST"])
def adoption(request: YearRequest, year_id: int) -> HttpResponse:
    """What is still open, the ranking as it would be, and the act of adopting."""
    del year_id
    facts = conference_facts(request.bloc_year)
    preview = preview_of(facts)
    confirm = _question(facts, preview)
    if request.method == "GET" or preview is None:
        return _page(request, facts, preview, confirm)
    asked = confirm or adopt_question(facts, preview)
    if confirm is not None and not asked.holds(request.POST):
        return ask(request, asked)
    return carry_out(
        request,
        lambda: _adopt(request, facts),
        words="Đã thông qua bảng điểm. Điểm của các đơn vị đã khóa.",
        to=RESULT,
        back=PAGE,
    )


@require_POST
def reopen(request: YearRequest, year_id: int) -> HttpResponse:
    """Open the adopted table for a correction, with a reason."""
    confirm = reopen_question(year_id)
    if not confirm.holds(request.POST):
        return ask(request, confirm)
    return carry_out(
        request,
        lambda: services.reopen_scores(
            request.actor,
            bloc_year=request.bloc_year,
            reason=reason_of(request),
            request_id=request_id_of(request),
        ),
        words="Đã mở lại bảng điểm. Sửa dòng cần sửa rồi thông qua lại.",
        to=PAGE,
        back=RESULT,
    )


@require_POST
def keep(request: YearRequest, year_id: int) -> HttpResponse:
    """Lock the table again as it was adopted; nothing differs."""
    del year_id
    return carry_out(
        request,
        lambda: services.keep_scores(
            request.actor, bloc_year=request.bloc_year, request_id=request_id_of(request)
        ),
        words="Đã khóa lại bảng điểm như đã thông qua.",
        to=RESULT,
        back=PAGE,
    )


@require_POST
def not_ranked(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Record that a unit takes no place, with a reason."""
    unit = member_unit(request, unit_id)
    confirm = not_ranked_question(year_id, unit_id, unit.name)
    if not confirm.holds(request.POST):
        return ask(request, confirm)
    return carry_out(
        request,
        lambda: services.mark_not_ranked(
            request.actor,
            bloc_year=request.bloc_year,
            unit=unit,
            reason=reason_of(request),
            request_id=request_id_of(request),
        ),
        words=f"Đã ghi {unit.name} không xếp hạng.",
        to=PAGE,
        back=PAGE,
    )


@require_POST
def ranked_again(request: YearRequest, year_id: int, unit_id: int) -> HttpResponse:
    """Take the record back; the unit is ranked like the others."""
    del year_id
    unit = member_unit(request, unit_id)
    return carry_out(
        request,
        lambda: services.rank_after_all(
            request.actor,
            bloc_year=request.bloc_year,
            unit=unit,
            request_id=request_id_of(request),
        ),
        words=f"Đã đưa {unit.name} trở lại xếp hạng.",
        to=PAGE,
        back=PAGE,
    )


def _question(facts: ConferenceFacts, preview: Preview | None) -> Confirm | None:
    """The question, once nothing holds the adoption up."""
    quorum = facts.quorum
    if preview is None or not preview.ready or facts.closed or quorum is None or not quorum.is_met:
        return None
    return adopt_question(facts, preview)


def _adopt(request: YearRequest, facts: ConferenceFacts) -> object:
    if facts.adoptions:
        return services.adopt_again(
            request.actor,
            bloc_year=request.bloc_year,
            reason=reason_of(request),
            request_id=request_id_of(request),
        )
    return services.adopt_scores(
        request.actor, bloc_year=request.bloc_year, request_id=request_id_of(request)
    )


def _page(
    request: YearRequest, facts: ConferenceFacts, preview: Preview | None, confirm: Confirm | None
) -> HttpResponse:
    context: dict[str, object] = {"facts": facts, "preview": preview, "confirm": confirm}
    if preview is not None:
        draft = preview.draft
        context |= {
            "lead": "" if preview.hindrances else lead_text(draft),
            "lead_synthetic": lead_synthetic(draft),
            "places": preview.places,
            "by_percent": any(scale.key == "percent" for scale in draft.scales),
            "classed": any(row.result_class for row in draft.units),
            "noted": True,
            "blocked": [_blocked(request, one) for one in preview.hindrances],
            "count": sum(len(one.hindrances) for one in preview.hindrances),
            "sheet_links": [
                {
                    "name": row.name,
                    "url": reverse("conference:lines", args=[request.bloc_year.pk, row.unit_id]),
                }
                for row in draft.units
                if row.scale is not None
            ],
        }
    return render(request, "conference/adoption.html", context)


def _blocked(request: YearRequest, one: UnitHindrances) -> dict[str, object]:
    """The hindrances of one unit with their ways on."""
    url = _sheet_url(request, one.unit_id) if one.has_sheet else ""
    return {
        "name": one.unit_name,
        "url": url,
        "question": not_ranked_question(request.bloc_year.pk, one.unit_id, one.unit_name),
        "lines": [_way_on(request, line) for line in one.hindrances],
    }


def _way_on(request: YearRequest, line: Hindrance) -> dict[str, str]:
    """One hindrance with the page that settles it."""
    year_id = request.bloc_year.pk
    if line.is_of_facts:
        url = reverse("scoring:fields", args=[year_id, line.unit_id])
        return {"words": line.words, "url": url, "verb": "Ghi Thông tin đơn vị"}
    if not line.key:
        return {"words": line.words, "url": "", "verb": ""}
    url = reverse("conference:line", args=[year_id, line.unit_id, line.key])
    return {"words": line.words, "url": url, "verb": "Quyết dòng này"}


def _sheet_url(request: YearRequest, unit_id: int) -> str:
    return reverse("scoring:sheet", args=[request.bloc_year.pk, unit_id])
