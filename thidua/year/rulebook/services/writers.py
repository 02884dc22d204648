"""Ai vừa sửa: who last changed one value of a draft, and when, as the ledger tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event
from thidua.registry.actor import Actor
from thidua.scalefile import FileError
from thidua.scalefile.editing.lines import CannotEdit, own_values, spot_of
from thidua.scalefile.editing.merging import same
from thidua.scalefile.editing.whole import part_values
from thidua.year.rulebook.models import Scale
from thidua.year.rulebook.queries import read_text

LOOK_BACK = 30  # events of the year; each holds the draft twice
Value = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who changed a value last; `is_own` when it was the same account in another window."""

    label: str
    at: datetime
    is_own: bool

    @property
    def words(self) -> str:
        """The beginning of a sentence: who did it, as the score table says it."""
        return "bạn đã sửa ở cửa sổ khác" if self.is_own else f"{self.label} vừa sửa"

    @property
    def moment(self) -> str:
        """When, in local time."""
        return f"lúc {self.at.astimezone(clock.LOCAL):%H:%M}"


def line_value(key: str, name: str) -> Value:
    """How a value of a line is found in a scale."""
    return lambda plain: own_values(spot_of(plain, key)).get(name)


def part_value(name: str) -> Value:
    """How a value of the scale itself is found (`scalefile.editing.whole`)."""
    return lambda plain: part_values(plain, (name,)).get(name)


def writer_of(actor: Actor, scale: Scale, value: Value) -> Writer | None:
    """Who gave the value its present reading; None when it stands so for long (one query)."""
    events = Event.objects.filter(
        chain=chain.of_year(scale.bloc_year_id), verb__startswith="rulebook."
    )
    for event in events.order_by("-seq")[:LOOK_BACK]:
        for image in event.rows:
            if (image["row"], image["pk"]) == ("rulebook.scale", scale.pk) and _differs(
                image, value
            ):
                return Writer(event.actor, event.at, event.account_id == actor.account_id)
    return None


def _differs(image: Mapping[str, Any], value: Value) -> bool:
    before, after = image["before"] or {}, image["after"] or {}
    if "text" not in before or "text" not in after:
        return False
    return not same(_read(before["text"], value), _read(after["text"], value))


def _read(text: str, value: Value) -> Any:
    try:
        return value(read_text(text).plain)
    except (CannotEdit, FileError):
        return None  # the line was not there, or bore another code
