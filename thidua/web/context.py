"""What every page needs around it: bloc and year switches, stages, person, notices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from thidua.platform import clock
from thidua.registry.actor import Actor, label_of
from thidua.registry.models import Position
from thidua.web import tasks, timeline
from thidua.web.help import help_url
from thidua.web.shell import NavItem, Person, Shell, Switch, SwitchItem
from thidua.year.bloc.models import BlocYear
from thidua.year.bloc.queries import years_for

TABS = 3
OTHER_STAGE = {  # pages that an earlier stage opens into and a later one computes
    "scoring:rehearsal": "rulebook",
    "scoring:matching": "rulebook",
}
YEAR_KEY = "year_id"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html; a public page gets the empty shell."""
    actor: Actor | None = getattr(request, "actor", None)
    fonts = has_fonts()
    match = request.resolver_match
    help_address = help_url(match.view_name if match else "")
    if actor is None:
        shell = Shell(has_fonts=fonts, help_url=help_address)
        return {"today": clock.today(), "now": clock.now(), "shell": shell}
    position: Position = request.position  # type: ignore[attr-defined]  # set by the gate with actor
    years = [] if actor.is_administrator else years_for(actor)
    year = current_year(request, years)
    stages = stage_items(request, year) if year else ()
    return {
        "today": clock.today(),
        "now": clock.now(),
        "current_year": year,
        "shell": Shell(
            person=person(request, position),
            place=position.jurisdiction.name,
            bloc=bloc_switch(years, year),
            year=year_switch(years, year),
            top=top_items(request, actor, year),
            stages=stages,
            tabs=tabs(request, actor, year),
            sample=position.jurisdiction.synthetic or bool(year and year.source_note),
            has_fonts=fonts,
            help_url=help_address,
        ),
    }


def has_fonts() -> bool:
    """Whether the set-up found the screen fonts and they are among the static files."""
    folder = settings.THIDUA_DATA if settings.PLAIN_STATIC else settings.STATIC_ROOT / "thidua"
    return (folder / "fonts" / "fonts.css").is_file()


def current_year(request: HttpRequest, years: list[BlocYear]) -> BlocYear | None:
    """The bloc-year of the address, else the last one looked at, else the newest."""
    opened: BlocYear | None = getattr(request, "bloc_year", None)
    if opened is not None:
        if request.session.get(YEAR_KEY) != opened.pk:
            request.session[YEAR_KEY] = opened.pk
        return opened
    last = request.session.get(YEAR_KEY)
    return next((year for year in years if year.pk == last), years[0] if years else None)


def current_year_of(request: HttpRequest) -> BlocYear | None:
    """The bloc-year that pages outside a year keep: the last one looked at, else the newest."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.is_administrator:
        return None
    return current_year(request, years_for(actor))


def person(request: HttpRequest, position: Position) -> Person:
    """Who is signed in, and the switch between positions."""
    held: list[Position] = request.positions  # type: ignore[attr-defined]  # set by the gate
    items = tuple(
        SwitchItem(
            label=label_of(one),
            value=str(one.pk),
            current=one.pk == position.pk,
            note=one.jurisdiction.name,
        )
        for one in held
    )
    shown = label_of(position)
    switch = Switch(
        name="Cương vị",
        shown=shown,
        items=items,
        action=reverse("switch_position"),
        field="position",
    )
    return Person(
        name=position.person.full_name,
        position=shown,
        sample=position.person.synthetic,
        positions=switch if switch.opens else None,
    )


def bloc_switch(years: list[BlocYear], current: BlocYear | None) -> Switch | None:
    """The blocs this position may look at, each leading to its newest year."""
    if current is None:
        return None
    newest: dict[int, BlocYear] = {}
    for year in years:
        newest.setdefault(year.bloc_id, year)
    items = tuple(
        SwitchItem(
            label=year.bloc.name,
            url=reverse("year", args=[year.pk]),
            current=year.bloc_id == current.bloc_id,
        )
        for year in newest.values()
    )
    return Switch(name="Khối thi đua", shown=current.bloc.name, items=items)


def year_switch(years: list[BlocYear], current: BlocYear | None) -> Switch | None:
    """The years of the current bloc."""
    if current is None:
        return None
    items = tuple(
        SwitchItem(
            label=f"Năm {year.year}",
            url=reverse("year", args=[year.pk]),
            current=year.pk == current.pk,
            note="đã khép" if year.closed_at else "",
        )
        for year in years
        if year.bloc_id == current.bloc_id
    )
    return Switch(name="Năm thi đua", shown=f"Năm {current.year}", items=items)


def top_items(request: HttpRequest, actor: Actor, year: BlocYear | None) -> tuple[NavItem, ...]:
    """Việc cần làm, Toàn cảnh năm, and the lists of the standing office and administrator."""
    items = [_page(request, "Việc cần làm", "home", count=tasks.count_for(request))]
    if year is not None:
        items.append(_page(request, "Toàn cảnh năm", "year", year.pk, icon="clock"))
    if actor.is_standing:
        items.append(_list(request, "Các khối thi đua", "bloc:blocs"))
        items.append(_list(request, "Đơn vị, con người", "registry:units"))
    if actor.is_administrator:
        items.append(_page(request, "Tình trạng hệ thống", "system"))
        items.append(_page(request, "Người và cương vị", "registry:people"))
    return tuple(items)


def _page(
    request: HttpRequest, label: str, name: str, *address: int, icon: str = "list", count: int = 0
) -> NavItem:
    url = reverse(name, args=address)
    return NavItem(label=label, url=url, icon=icon, count=count, current=request.path == url)


def _list(request: HttpRequest, label: str, name: str) -> NavItem:
    """A list with the pages below it: whoever adds to the list is still in it."""
    item = _page(request, label, name)
    return replace(item, current=request.path.startswith(item.url))


def stage_items(request: HttpRequest, year: BlocYear) -> tuple[NavItem, ...]:
    """The stages of the year with their marks; current is that of an open page of the year."""
    match = request.resolver_match
    within = getattr(request, "bloc_year", None) is not None
    here = OTHER_STAGE.get(match.view_name, match.app_name) if match and within else ""
    return tuple(
        NavItem(
            label=row.label,
            url=reverse(row.url_name, args=[year.pk]),
            mark=row.mark,
            count=tasks.count_for(request, stage=row.key),
            current=here == row.key,
        )
        for row in timeline.rows_of(year, timeline.facts_of(year))
    )


def tabs(request: HttpRequest, actor: Actor, year: BlocYear | None) -> tuple[NavItem, ...]:
    """Three entries for the phone."""
    items = list(top_items(request, actor, year)[:2])
    if year is not None:
        items.append(_page(request, "Chấm điểm", "scoring:table", year.pk))
    return tuple(items[:TABS])
