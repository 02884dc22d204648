"""Error pages: what happened, what to do next, in words."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from thidua.platform.files.handlers import NoRoom
from thidua.platform.http.limits import no_room, too_large


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
    return render(request, "403.html", {"words": words}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or not in this jurisdiction."""
    reason = exception.args[0] if exception and exception.args else ""
    words = reason if isinstance(reason, str) else ""  # the resolver puts a list of tried paths
    return render(request, "404.html", {"words": words}, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """500: a fault of the product. Rendered without context, which may be what failed."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
