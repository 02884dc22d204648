"""A data folder for the story of the draw: nine units, self-scores sent and closed, no checkers.

Run as ``python -m tests.stories.closed_bloc`` with THIDUA_DATA set.
"""

from __future__ import annotations

import os
from datetime import date, timedelta

DAY = date(2026, 12, 1)
UNITS = 9


def build() -> None:
    """Play a year up to the sent self-scores and take the assignment away again."""
    from django.core.management import call_command
    from django_scopes import scope, scopes_disabled

    from tests.build import build_world
    from tests.stories.small_year import Until, own_bloc, play
    from tests.year.bloc.drawing import close_self_scores
    from thidua.platform import clock
    from thidua.year.bloc.services import assign_checkers

    call_command("migrate", verbosity=0)
    with scopes_disabled():
        world = build_world(units=UNITS)
    with scope(jurisdiction=world.jurisdiction):
        bloc = play(own_bloc(world), until=Until.SCORING, day=DAY - timedelta(days=10))
        with clock.at(clock.local(DAY - timedelta(days=2))):
            assign_checkers(world.head, bloc_year=world.bloc_year, pairs=[])
        close_self_scores(bloc.bloc_year, closes=clock.local(DAY - timedelta(days=1), 17))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    django.setup()
    build()
