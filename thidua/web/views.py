"""Pages that cross stages."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.core.text import whole
from thidua.platform.accounts.models import Account
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event
from thidua.platform.ledger.verify import root_of, verify_chain
from thidua.platform.mail.models import Letter
from thidua.platform.operations.doctor import examine
from thidua.registry.actor import ActorRequest
from thidua.registry.models import Invitation
from thidua.web import tasks, timeline, yearpage
from thidua.web.context import current_year_of
from thidua.web.gate import POSITION_KEY
from thidua.web.help import PARTS, TOPICS
from thidua.web.history import line_of, recent_lines
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import windows
from thidua.year.bloc.rights import YearRequest, standing_of

RECENT = 200
RECENT_AT_HOME = 5


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Việc cần làm: what this position must do, by when."""
    found = tasks.tasks_for(request)
    groups = tasks.grouped(found)
    bloc_year = current_year_of(request)
    context = {
        "groups": groups,
        "count": len(found),
        "late": len(groups.late),
        "week": len(groups.week),
        "next": yearpage.next_milestone(bloc_year, windows(bloc_year)) if bloc_year else None,
        "recent": recent_lines(bloc_year, RECENT_AT_HOME) if bloc_year else [],
        "bloc_year": bloc_year,
    }
    return render(request, "thidua/home.html", context)


@require_POST
def switch_position(request: ActorRequest) -> HttpResponse:
    """Act in another of one's own positions; the gate ignores a position one does not hold."""
    chosen = whole(request.POST.get("position", ""))
    if chosen is not None:
        request.session[POSITION_KEY] = chosen
    return redirect("home")


@require_GET
def year(request: YearRequest, year_id: int) -> HttpResponse:
    """Toàn cảnh năm: where the bloc stands, stage by stage and unit by unit."""
    facts = timeline.facts_of(request.bloc_year)
    rows = timeline.rows_of(request.bloc_year, facts)
    context = {
        "bloc_year": request.bloc_year,
        "rows": rows,
        "strip": yearpage.strip_of(request.bloc_year, rows),
        "units": yearpage.unit_rows(request.bloc_year),
        "next": yearpage.next_milestone(request.bloc_year, facts.windows),
        "facts": facts,
        "following": _following(request) if facts.closed else None,
    }
    return render(request, "thidua/year.html", context)


def _following(request: YearRequest) -> BlocYear | None:
    """The next year of the bloc, for whoever may open it; None until it is founded."""
    year = request.bloc_year
    found = BlocYear.objects.filter(bloc=year.bloc_id, year=year.year + 1).first()
    return found if found is not None and standing_of(request.actor, found).insider else None


@require_GET
def history(request: YearRequest, year_id: int) -> HttpResponse:
    """The readable ledger of a bloc-year, newest first, and whether its chain is whole."""
    name = chain.of_year(request.bloc_year.pk)
    events = Event.objects.filter(chain=name).order_by("-seq")
    context = {
        "bloc_year": request.bloc_year,
        "lines": [line_of(event) for event in events[:RECENT]],
        "total": events.count(),
        "shown": RECENT,
        "faults": verify_chain(name),
        "root": root_of(name),
    }
    return render(request, "thidua/history.html", context)


@require_GET
def system(request: ActorRequest) -> HttpResponse:
    """Tình trạng hệ thống: the doctor's checks and the outbox, for the administrator."""
    checks = examine()
    context = {
        "checks": checks,
        "bad": sum(check.state == "bad" for check in checks),
        "warned": sum(check.state == "warn" for check in checks),
        "letters": _letters_here(request)[:50],
        "waiting": Letter.objects.filter(sent_at=None).count(),
        "data": settings.THIDUA_DATA,
    }
    return render(request, "thidua/system.html", context)


def _letters_here(request: ActorRequest) -> QuerySet[Letter]:
    """Letters to people of this jurisdiction; the outbox is one for the whole installation."""
    people = Account.objects.filter(people__jurisdiction_id=request.actor.jurisdiction_id)
    invited = Invitation.objects.values("email")
    here = Q(to__in=people.values("email")) | Q(to__in=invited)
    return Letter.objects.filter(here).order_by("-created_at")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Trợ giúp: the topics."""
    return render(request, "thidua/help/index.html", {"parts": PARTS})


@require_GET
def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic of help: what for, who, steps, what can go wrong."""
    found = TOPICS.get(topic)
    if found is None:
        raise Http404("Không có việc này trong trợ giúp.")
    return render(request, found.template, {"topic": found})


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Answers while the process lives; used by service managers."""
    return HttpResponse("ok", content_type="text/plain")
