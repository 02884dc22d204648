"""Fifty people type on one bloc at the same moment; run by test_editors.

    python -m tests.stories.editors make     makes the bloc; prints addresses and sessions
    python -m tests.stories.editors look     prints what the database and the ledger hold

Both work on the installation that THIDUA_DATA and THIDUA_DATABASE name. Ten units, five people
each, six judged lines: enough people on each line to meet.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.build import World

UNITS, PEOPLE, LINES = 10, 5, 6
TODAY = "2026-11-20"


def make() -> dict[str, Any]:
    """The bloc with its open sheets: per person the address to save at and a session."""
    from django_scopes import scope, scopes_disabled

    from tests.build import build_world
    from tests.year.scoring.build import opened
    from tests.year.scoring.scales import judged_lines
    from thidua.cli.django_setup import prepare

    prepare()
    with scopes_disabled():
        world = build_world(units=UNITS)
    with scope(jurisdiction=world.jurisdiction):
        opened(world, judged_lines(LINES))
        people = [_person(world, unit, number) for unit in range(UNITS) for number in range(PEOPLE)]
    return {"year": world.bloc_year.pk, "people": people}


def _person(world: World, unit: int, number: int) -> dict[str, str]:
    from bench._bloc import log_in
    from tests.build import make_actor
    from thidua.registry.models import Role

    one = world.units[unit]
    email = f"nguoi{unit}.{number}@mau.vn"
    actor = make_actor(world.jurisdiction, Role.OFFICER, one, email=email)
    address = f"/nam/{world.bloc_year.pk}/cham-diem/{one.pk}/luu/"
    return {"address": address, "cookie": log_in(actor)}


def look() -> dict[str, Any]:
    """Every entry and every event of a saved cell, and what the ledger's own check finds."""
    from thidua.platform.ledger.models import Event
    from thidua.platform.ledger.verify import verify_all
    from thidua.year.scoring.models import Entry

    return {
        "entries": [
            [one.sheet.unit_id, one.code, one.version, one.inputs.get("value")]
            for one in Entry.objects.select_related("sheet").order_by("pk")
        ],
        "events": list(
            Event.objects.filter(verb="scoring.line")
            .order_by("seq")
            .values_list("request_id", flat=True)
        ),
        "faults": [str(one) for one in verify_all()],
    }


def main(deed: str) -> None:
    """Start the product's settings, do it, print one line of JSON."""
    from thidua.cli import django_setup

    django_setup.start(today=TODAY)
    from django_scopes import scopes_disabled

    if deed == "make":
        print(json.dumps(make()))
        return
    with scopes_disabled():
        print(json.dumps(look()))


if __name__ == "__main__":
    main(sys.argv[1])
