"""Trying out a draft scale: the page, how lines are matched, and the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from thidua.core.rehearsal.matching import Match
from thidua.core.text import whole
from thidua.platform import clock
from thidua.year.bloc.rights import YearRequest
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import core_scale, lint_errors
from thidua.year.rulebook.screen import screen_advice
from thidua.year.scoring.known import (
    LAST_YEAR,
    SAMPLE,
    THIS_YEAR,
    Known,
    KnownFigures,
    Source,
    known_figures,
)
from thidua.year.scoring.pages.rehearse import (
    basis,
    double_words,
    doubles,
    sections_of,
    summary,
)
from thidua.year.scoring.rehearsal import Rehearsal, Wish, matches_of, rehearse
from thidua.year.scoring.rehearsal_files import marks_of, rehearsal_note, rehearsal_workbook
from thidua.year.scoring.views.files import TYPES, paper_file, workbook_response

BARS_SCORING = ("duplicate_code", "unknown_reference", "forward_reference")
MOST_SAMPLES = 99
PAIR = "ghep"
SOURCES: tuple[Source, ...] = (LAST_YEAR, THIS_YEAR, SAMPLE)
NO_FIGURES = KnownFigures(last=None, present=None)


@require_GET
def rehearsal(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """What a draft would do to figures already known, or to sample ones."""
    row = _scale(request, scale_id)
    faults = lint_errors(row)
    barred = any(item.lint in BARS_SCORING for item in faults)
    figures = NO_FIGURES if barred else known_figures(request.actor, request.bloc_year, row)
    wish = wish_of(request.GET)
    found = None if barred else rehearse(row, request.bloc_year, figures, wish)
    context = {
        "bloc_year": request.bloc_year,
        "scale": row,
        "faults": [(item.words.vi, screen_advice(item)) for item in faults],
        "barred": barred,
        "can_edit": request.standing.head and not row.is_adopted,
        "figures": figures,
        "found": found,
        "wish": wish,
        "page": None if found is None else _page(found, row),
        "query": urlencode(_query(wish)),
        "other_sample": urlencode(_query(wish, source=SAMPLE, sample=_next(wish))),
        "first_sample": urlencode({"nguon": SAMPLE}),
        "others": _others(figures, found),
        "filled": urlencode(_query(wish, fill=not wish.fill)),
    }
    return render(request, "scoring/rehearsal.html", context)


@require_http_methods(["GET", "POST"])
def matching(request: YearRequest, year_id: int, scale_id: int) -> HttpResponse:
    """Which known line speaks for which line of the draft; nothing is stored, the answer travels
    in the address."""
    row = _scale(request, scale_id)
    wish = wish_of(request.GET)
    known = known_figures(request.actor, request.bloc_year, row).of(wish.source)
    address = reverse("scoring:rehearsal", args=[year_id, scale_id])
    if known is None:
        return HttpResponseRedirect(address)
    matches = matches_of(known, core_scale(row))
    if request.method == "POST":
        chosen = _chosen(request.POST, matches)
        wish = Wish(source=known.source, pairs=chosen, confirmed=True)
        return HttpResponseRedirect(f"{address}?{urlencode(_query(wish), doseq=True)}", status=303)
    return render(request, "scoring/matching.html", _matching(request, row, known, matches, wish))


def _chosen(posted: QueryDict, matches: Sequence[Match]) -> dict[str, str]:
    """What a person said otherwise than the proposal that counts unasked."""
    said = {one.new.code: posted.get(f"dong:{one.new.code}", "") for one in matches}
    own = {one.new.code: one.old.code if one.old and one.holds_unasked else "" for one in matches}
    return {new: old for new, old in said.items() if old != own[new]}


def _matching(
    request: YearRequest, row: Scale, known: Known, matches: Sequence[Match], wish: Wish
) -> dict[str, object]:
    chosen = {
        one.new.code: wish.pairs.get(
            one.new.code,
            one.old.code if one.old and (one.holds_unasked or not wish.confirmed) else "",
        )
        for one in matches
    }
    return {
        "bloc_year": request.bloc_year,
        "scale": row,
        "known": known,
        "rows": [{"match": one, "chosen": chosen[one.new.code]} for one in matches],
        "leaves": list(
            {node.code: node for one in known.units for node in one.scale.leaves()}.values()
        ),
        "unsure": [one for one in matches if one.how in ("name", "none", "code")],
        "doubles": double_words(chosen, known.when),
        "back": urlencode(_query(wish)),
    }


@require_GET
def rehearsal_file(request: YearRequest, year_id: int, scale_id: int, form: str) -> HttpResponse:
    """The rehearsal as Excel, Word or PDF; without figures the page says what is missing."""
    if form not in TYPES:
        raise Http404("Tải được dạng Word, PDF hoặc Excel.")
    row = _scale(request, scale_id)
    address = reverse("scoring:rehearsal", args=[year_id, scale_id])
    if any(item.lint in BARS_SCORING for item in lint_errors(row)):
        return HttpResponseRedirect(address)
    figures = known_figures(request.actor, request.bloc_year, row)
    found = rehearse(row, request.bloc_year, figures, wish_of(request.GET))
    if found is None:
        return HttpResponseRedirect(address)
    name = f"chay-thu-thang-diem-{request.bloc_year.year}-lan-{row.sequence}"
    today = clock.today()
    if form == "xlsx":
        made = rehearsal_workbook(found, row, request.bloc_year, today=today)
        return workbook_response(made, name)
    return paper_file(rehearsal_note(found, row, request.bloc_year, today=today), form, name)


def wish_of(asked: QueryDict) -> Wish:
    """What the address asks for; what it does not understand counts as not said."""
    source = asked.get("nguon")
    sample = whole(asked.get("mau", ""), digits=2) or 1
    return Wish(
        source=next((one for one in SOURCES if one == source), None),
        sample=sample,
        fill=asked.get("thieu") == "mau",
        pairs=_pairs(asked.getlist(PAIR)),
        confirmed=asked.get("da-ghep") == "1",
    )


def _pairs(said: list[str]) -> Mapping[str, str]:
    """ "NEW@OLD" each; no code holds an @."""
    return {new: old for new, at, old in (one.partition("@") for one in said) if at and new}


def _query(wish: Wish, **changes: object) -> list[tuple[str, str]]:
    source = changes.get("source", wish.source)
    sample, fill = changes.get("sample", wish.sample), changes.get("fill", wish.fill)
    found: list[tuple[str, str]] = []
    if source:
        found.append(("nguon", str(source)))
    if source == SAMPLE:
        return [*found, ("mau", str(sample))]
    if fill:
        found.append(("thieu", "mau"))
    if wish.confirmed:
        found.append(("da-ghep", "1"))
    return [*found, *((PAIR, f"{new}@{old}") for new, old in wish.pairs.items())]


def _next(wish: Wish) -> int:
    return wish.sample % MOST_SAMPLES + 1


def _page(found: Rehearsal, row: Scale) -> dict[str, object]:
    return {
        "summary": summary(found),
        "basis": basis(found),
        "sections": sections_of(found),
        "marks": marks_of(found, row),
        "doubles": doubles(found),
        "is_sample": found.known is None,
        "synthetic": bool(found.synthetic),
        "open_lines": bool(found.run.zeroed),
        "year": None if found.known is None else found.known.bloc_year.year,
    }


def _others(figures: KnownFigures, found: Rehearsal | None) -> list[tuple[str, str]]:
    """The years the draft can be tried on instead: what the button says, and its query."""
    years = (figures.last, figures.present)
    return [
        (
            "Chạy trên số liệu đã chấm năm nay"
            if one.source == THIS_YEAR
            else f"Chạy trên số liệu năm {one.bloc_year.year}",
            urlencode({"nguon": one.source}),
        )
        for one in years
        if one is not None and one.units and (found is None or found.known is not one)
    ]


def _scale(request: YearRequest, scale_id: int) -> Scale:
    return get_object_or_404(Scale, pk=scale_id, bloc_year=request.bloc_year)
