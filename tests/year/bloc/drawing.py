"""A bloc whose self-scores are closed, ready for the draw."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.build import World, make_bloc_year, make_unit
from thidua.platform import clock
from thidua.registry.actor import Actor
from thidua.year.bloc.models import Bloc, BlocYear, CheckDraw, Membership, Window
from thidua.year.bloc.services import draw_checkers

CLOSED = datetime(2026, 11, 30, 17, 0, tzinfo=clock.LOCAL)
AFTER = CLOSED + timedelta(days=1)
DIGITS = "482915"


def close_self_scores(bloc_year: BlocYear, *, closes: datetime = CLOSED) -> None:
    """Self-scoring ends at that instant; verification follows until Christmas."""
    windows = Window.objects.filter(bloc_year=bloc_year)
    windows.filter(deed=Window.Deed.SELF_SCORE).update(
        opens=closes - timedelta(days=20), closes=closes
    )
    windows.filter(deed=Window.Deed.VERIFY).update(
        opens=closes, closes=datetime(2026, 12, 25, 17, 0, tzinfo=clock.LOCAL)
    )


def draw(world: World, **given: Any) -> CheckDraw:
    """The head draws a day after the closing, before units 2 and 3."""
    said: dict[str, Any] = {
        "bloc_year": world.bloc_year,
        "digits": DIGITS,
        "witnesses": [unit.pk for unit in world.units[1:3]],
        **given,
    }
    actor: Actor = said.pop("actor", world.head)
    with clock.at(said.pop("at", AFTER)):
        return draw_checkers(actor, **said)


def earlier_year(world: World, bloc: Bloc) -> BlocYear:
    """The year before of the same bloc, without members of its own."""
    made, _units = make_bloc_year(world.jurisdiction, f"{bloc.name}, tạm", [], year=2025)
    made.bloc = bloc
    made.save()
    return made


def with_units(world: World, units: int) -> World:
    """The same bloc with more units, so that conditions leave room."""
    for order in range(len(world.units) + 1, units + 1):
        unit = make_unit(world.jurisdiction, f"Sở Số {order}")
        world.units.append(unit)
        Membership.objects.create(
            jurisdiction=world.jurisdiction,
            bloc_year=world.bloc_year,
            unit=unit,
            order=order,
            joined=date(2026, 1, 1),
        )
    return world
