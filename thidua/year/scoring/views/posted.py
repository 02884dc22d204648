"""Addresses that only take forms: opened as a page they lead to the page they belong to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

from thidua.platform.http.posting import see_other
from thidua.year.bloc.rights import YearRequest

PARTS_OF_PAGES = ("explanation_id", "code")
View = Callable[..., HttpResponse]


def posted(page: str, *, line: str = "") -> Callable[[View], View]:
    """A view that carries out what is posted. After an error its address stands in the browser, so
    whoever loads it again is led to `page`; `line` names the parameter that opens a line there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: YearRequest, **where: object) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return see_other(page_of(page, where, line=line))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return view(request, **where)

        return answer

    return decorate


def page_of(page: str, where: dict[str, object], *, line: str = "") -> str:
    """The address of the page a form stands on; a line keeps its own place in it."""
    kept = PARTS_OF_PAGES if page != "scoring:line" else ()
    address = reverse(page, kwargs={key: one for key, one in where.items() if key not in kept})
    return f"{address}?{urlencode({line: where['code']})}" if line else address
