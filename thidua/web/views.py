"""Pages that cross stages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.registry.actor import ActorRequest
from thidua.web.gate import POSITION_KEY


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Việc cần làm: what this position must do, by when."""
    return render(request, "thidua/home.html")


@require_POST
def switch_position(request: ActorRequest) -> HttpResponse:
    """Act in another of one's own positions; the gate ignores a position one does not hold."""
    chosen = request.POST.get("position", "")
    if chosen.isdigit():
        request.session[POSITION_KEY] = int(chosen)
    return redirect("home")


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Answers while the process lives; used by service managers."""
    return HttpResponse("ok", content_type="text/plain")
