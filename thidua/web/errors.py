"""Error pages: what happened, what to do next, in words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse

from thidua.platform.files.handlers import NoRoom
from thidua.platform.http.limits import no_room, too_large
from thidua.registry.actor import Actor
from thidua.web.rules import RULES, allows


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read; 413 when it was too large, in words."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request)  # raised by the CSRF check, before any page could
    if isinstance(exception, NoRoom):
        return no_room(request)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is for another position; says which."""
    words = str(exception) if exception and exception.args else ""
    context = {"words": words, "readable": _readable_scale(request)}
    return render(request, "403.html", context, status=403)


def _readable_scale(request: HttpRequest) -> str:
    """Where somebody who may not change a scale may read it; empty for every other page."""
    match = request.resolver_match
    if match is None or match.app_name != "rulebook" or not hasattr(request, "standing"):
        return ""
    named: dict[str, Any] = {
        key: match.kwargs[key] for key in ("year_id", "scale_id") if key in match.kwargs
    }
    page = "rulebook:scale" if "scale_id" in named else "rulebook:rulebook"
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the gate with the standing
    if not allows(RULES[page], actor, request.standing, named):
        return ""
    return reverse(page, kwargs=named)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or not in this jurisdiction."""
    reason = exception.args[0] if exception and exception.args else ""
    words = reason if isinstance(reason, str) else ""  # the resolver puts a list of tried paths
    return render(request, "404.html", {"words": words}, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500: a fault of the product. Rendered without context, which may be what failed."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
