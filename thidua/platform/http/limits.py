"""Refuse what no honest browser sends, before any page works on it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from thidua.core.text import whole
from thidua.platform.files.handlers import NoRoom


class LimitsMiddleware:
    """Answers 413 to a body over the limit and 400 to NUL bytes, in words, half-saving nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.get_full_path() or "%00" in request.get_full_path():
            raise SuspiciousOperation("NUL byte in the address")
        length = request.headers.get("Content-Length", "0")
        # one megabyte beside the file itself: the other fields of the form
        announced = whole(length) or 0
        if announced > settings.THIDUA_UPLOAD_LIMIT + 1024 * 1024:
            return too_large(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, RequestDataTooBig | TooManyFieldsSent):
            return too_large(request)
        if isinstance(problem, NoRoom):
            return no_room(request)
        return None


def no_room(request: HttpRequest) -> HttpResponse:
    """The page that says that the disk of the server is full."""
    return render(request, "507.html", status=507)


def came_from(request: HttpRequest) -> str:
    """The page of this site that the request came from, without its host; else nothing."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.path.startswith("/") else ""


def too_large(request: HttpRequest) -> HttpResponse:
    """The page that says how large a file may be and what to do."""
    limit = settings.THIDUA_UPLOAD_LIMIT // (1024 * 1024)
    context = {"limit_mb": limit, "back": came_from(request)}
    response = render(request, "413.html", context, status=413)
    response.headers["Connection"] = "close"
    return response
