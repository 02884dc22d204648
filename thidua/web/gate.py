"""The gate: who is asking, in which position, for which bloc-year; then the page's rule.

It opens the tenant scope around the page, so that every query is limited to the jurisdiction of
the position in which the person acts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django_scopes import scope

from thidua.core.finding import Refused
from thidua.platform import clock
from thidua.registry.actor import Actor, actor_of, positions_of
from thidua.registry.models import Position
from thidua.web.rules import RULES, Rule, Who, allows
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.rights import Standing, standing_of
from thidua.year.scoring.steps import read_roster

POSITION_KEY = "position_id"
LARGEST_KEY = 2**63 - 1


class GateMiddleware:
    """Lets a request through to its page, or answers for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            request.gate_stack = stack  # type: ignore[attr-defined]  # closed when the page is done
            response = self.get_response(request)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                return _not_this_way(request, response)
            return response

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        address: dict[str, Any],
    ) -> HttpResponseBase | None:
        rule = rule_of(request)
        if Who.PUBLIC in rule.who:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        position = position_of(request)
        if position is None:
            return render(request, "thidua/no_position.html", status=403)
        return self._enter(request, rule, position, address)

    def _enter(
        self, request: HttpRequest, rule: Rule, position: Position, address: dict[str, Any]
    ) -> HttpResponse | None:
        actor = actor_of(position)
        stack: ExitStack = request.gate_stack  # type: ignore[attr-defined]
        stack.enter_context(scope(jurisdiction=position.jurisdiction))
        request.actor = actor  # type: ignore[attr-defined]
        request.position = position  # type: ignore[attr-defined]
        _require_keys(address)
        standing = self._standing(request, actor, address)
        if not allows(rule, actor, standing, address):
            raise PermissionDenied(rule.refusal)
        return None

    def _standing(
        self, request: HttpRequest, actor: Actor, address: dict[str, Any]
    ) -> Standing | None:
        if "year_id" not in address:
            return None
        bloc_year = (
            BlocYear.objects.filter(pk=address["year_id"])
            .select_related("bloc", "jurisdiction")
            .first()
        )
        if bloc_year is None:
            raise Http404(_elsewhere(request, address["year_id"]))
        standing = standing_of(actor, bloc_year)
        standing = replace(standing, sits=read_roster(bloc_year.pk).sits(standing))
        request.bloc_year = bloc_year  # type: ignore[attr-defined]
        request.standing = standing  # type: ignore[attr-defined]
        return standing

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal that no page caught still reaches people as words, never as a fault."""
        if isinstance(problem, Refused):
            context = {"findings": problem.findings}
            return render(request, "thidua/refused.html", context, status=409)
        return None


def _require_keys(address: dict[str, Any]) -> None:
    """404 for a number that no row can have, before a database is asked for it."""
    if any(isinstance(part, int) and part > LARGEST_KEY for part in address.values()):
        raise Http404("Địa chỉ này không có trang nào.")


def _not_this_way(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405 in words: an address that only takes a button's press was opened as a page."""
    response = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    response.headers["Allow"] = refused.headers.get("Allow", "")
    return response


def _elsewhere(request: HttpRequest, year_id: int) -> str:
    """Why a bloc-year is not found: it belongs to another of one's own positions, or nowhere.

    Crosses jurisdictions on purpose, but only those in which the person holds a position.
    """
    held: list[Position] = request.positions  # type: ignore[attr-defined]  # set with the position
    own = [position.jurisdiction_id for position in held]
    rows = BlocYear.objects.with_scopes_disabled().filter(pk=year_id, jurisdiction__in=own)
    if rows.exists():
        return "Năm thi đua này thuộc cương vị khác của bạn. Đổi cương vị rồi mở lại liên kết."
    return "Không có năm thi đua này."


def rule_of(request: HttpRequest) -> Rule:
    """The rule of the address; an address without one must never be reachable."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name not in RULES:
        raise ImproperlyConfigured(f"no rule for {name!r} in thidua/web/rules.py")
    return RULES[name]


def position_of(request: HttpRequest) -> Position | None:
    """The position chosen in this session if it is still in force, else the first one held."""
    held = positions_of(request.user.pk, on=clock.today())
    chosen = request.session.get(POSITION_KEY)
    request.positions = held  # type: ignore[attr-defined]  # for the position switch
    return next((one for one in held if one.pk == chosen), held[0] if held else None)
