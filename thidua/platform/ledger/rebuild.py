"""Play the events again: the rows they describe must be the rows that stand in the database.

A row may be named by several chains (an office is given in one year and ended in another), so the
comparison plays all events in the order in which they were written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from thidua.platform.ledger.body import canonical, sha256
from thidua.platform.ledger.models import Event, PersonalValue
from thidua.platform.ledger.rows import plain

Key = tuple[str, Any]  # app.model and primary key
Columns = dict[str, Any]
_PIECE = 500  # rows read at once


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that is not what the events say; ``words`` name it and its column."""

    row: str
    pk: Any
    words: str


def rebuild(chain: str) -> dict[Key, Columns]:
    """Every row that one chain's events leave behind, column by column, as their images say.

    A row that the chain only changed holds the changed columns alone; a removed row is not there.
    """
    return play(Event.objects.filter(chain=chain).order_by("seq").iterator())


def play(events: Iterable[Event]) -> dict[Key, Columns]:
    """The rows after the events, in the order given."""
    return {key: columns for key, columns in _fates(events).items() if columns is not None}


def compare(chain: str) -> list[Stray]:
    """Where the rows of one chain differ from the database; for chains that share no row."""
    return _compare(_fates(Event.objects.filter(chain=chain).order_by("seq").iterator()))


def compare_all() -> list[Stray]:
    """Where rows named by any event differ from the database."""
    return _compare(_fates(Event.objects.order_by("id").iterator()))


def unexplained() -> list[Stray]:
    """Rows that no event tells of: put in past the services, or their history was cut off."""
    told = {
        (image["row"], image["pk"])
        for event in Event.objects.only("rows").iterator()
        for image in event.rows
        if image["before"] is None
    }
    return [
        Stray(row, pk, f"bản ghi {row} số {pk} không có trong sổ cái.")
        for row, pk in _held()
        if (row, pk) not in told
    ]


def _held() -> Iterator[Key]:
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label_lower):
        if any(field.name == "jurisdiction" for field in model._meta.concrete_fields):
            for pk in model._base_manager.order_by("pk").values_list("pk", flat=True).iterator():
                yield model._meta.label_lower, pk


def _fates(events: Iterable[Event]) -> dict[Key, Columns | None]:
    """As ``play``, with None for a row that was removed."""
    rows: dict[Key, Columns | None] = {}
    for event in events:
        for image in event.rows:
            key = (image["row"], image["pk"])
            after = image["after"]
            rows[key] = None if after is None else {**(rows.get(key) or {}), **after}
    return rows


def _compare(fates: Mapping[Key, Columns | None]) -> list[Stray]:
    by_model: dict[str, dict[Any, Columns | None]] = defaultdict(dict)
    for (row, pk), columns in fates.items():
        by_model[row][pk] = columns
    salts = dict(PersonalValue.objects.values_list("commitment", "salt"))
    return [
        stray for row, wanted in sorted(by_model.items()) for stray in _strays(row, wanted, salts)
    ]


def _strays(
    row: str, wanted: Mapping[Any, Columns | None], salts: Mapping[str, str]
) -> Iterator[Stray]:
    model, keys = apps.get_model(row), list(wanted)
    for start in range(0, len(keys), _PIECE):
        piece = keys[start : start + _PIECE]
        live = {one.pk: one for one in model._base_manager.filter(pk__in=piece)}
        for pk in piece:
            words = _difference(live.get(pk), wanted[pk], salts)
            if words:
                yield Stray(row, pk, f"bản ghi {row} số {pk} {words}.")


def _difference(
    live: models.Model | None, columns: Columns | None, salts: Mapping[str, str]
) -> str:
    if live is None or columns is None:
        if live is None and columns is None:
            return ""
        return "không còn" if live is None else "đã bỏ mà vẫn còn"
    differing = [name for name, value in columns.items() if not _is(live, name, value, salts)]
    return f"khác ở cột {', '.join(differing)}" if differing else ""


def _is(live: models.Model, name: str, value: Any, salts: Mapping[str, str]) -> bool:
    """Whether the column holds the value; a personal one by its commitment.

    Once a personal value was erased, nothing can be said against what stands there.
    """
    field = next(one for one in live._meta.concrete_fields if one.name == name)
    found = canonical(plain(field.value_from_object(live)))
    if isinstance(value, dict) and set(value) == {"commitment"}:
        salt = salts.get(value["commitment"])
        return salt is None or sha256(salt + found) == value["commitment"]
    return found == canonical(value)
