"""Load every demo bloc through the services, each act on its own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django_scopes import scope

from thidua.demo import bac_kan, bac_ninh, ha_nam, hue, practice, vinh_phuc
from thidua.demo.case import CASES, day_of, read_case
from thidua.demo.cast import Cast, found_cast
from thidua.platform import clock
from thidua.registry.models import Jurisdiction
from thidua.year.bloc.models import BlocYear

PLAYS: dict[str, Callable[[dict[str, Any], Cast], BlocYear]] = {
    "hue-2017": hue.play,
    "bac-ninh-2018": bac_ninh.play,
    "ha-nam-2018": ha_nam.play,
    "vinh-phuc-2021": vinh_phuc.play,
    "bac-kan-2023": bac_kan.play,
}


def is_loaded() -> bool:
    """Whether the demo stands in this database."""
    return Jurisdiction.objects.filter(name=practice.JURISDICTION).exists()


def load_all(*, say: Callable[[str], None]) -> None:
    """Load the practice bloc and the five founding cases; ``say`` tells how far it is."""
    say("khối thực hành")
    load_practice(clock.today())
    for name in CASES:
        say(read_case(name)["jurisdiction"]["name"])
        load_case(name)


def load_case(name: str) -> BlocYear:
    """One founding case, to its true end."""
    case = read_case(name)
    starts = day_of(case, "bloc", "starts")
    with clock.at(clock.local(starts, 8)):
        cast = found_cast(case, key=name)
    with scope(jurisdiction=cast.jurisdiction):
        return PLAYS[name](case, cast)


def load_practice(today: date) -> BlocYear:
    """The practice bloc of the year of that day, with self-scoring open."""
    case = practice.case_of(today)
    starts = day_of(case, "bloc", "starts")
    with clock.at(clock.local(starts, 8)):
        cast = found_cast(case, key="thuc-hanh", made=True)
    with scope(jurisdiction=cast.jurisdiction):
        return practice.play(case, cast, today)
