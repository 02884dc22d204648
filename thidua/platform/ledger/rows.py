"""Row images: what a decision changed, column by column, in a form that can be replayed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from thidua.platform.ledger.body import canonical, sha256
from thidua.platform.ledger.models import PersonalValue


def plain(value: Any) -> Any:
    """A column's value as JSON can carry it; instants in UTC so that both databases agree."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def plain_map(values: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a decision as JSON can carry them; rows by their key."""
    return {name: _input(value) for name, value in values.items()}


def _input(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [label(value), value.pk]
    if isinstance(value, Mapping):
        return plain_map(value)
    if isinstance(value, list | tuple):
        return [_input(item) for item in value]
    return plain(value)


def personal_columns(row: models.Model) -> frozenset[str]:
    """Columns that enter the ledger only as a commitment (``personal`` on the model)."""
    return frozenset(getattr(type(row), "personal", ()))


def commit(value: Any) -> dict[str, str]:
    """A salted commitment to a personal value; salt and value go to the erasable table."""
    salt = secrets.token_hex(16)
    commitment = sha256(salt + canonical(value))
    PersonalValue.objects.create(commitment=commitment, salt=salt, value=canonical(value))
    return {"commitment": commitment}


def _concrete(row: models.Model, name: str) -> models.Field[Any, Any]:
    return next(field for field in row._meta.concrete_fields if field.name == name)


def image(row: models.Model, columns: Iterable[str]) -> dict[str, Any]:
    """The named columns of a row, personal ones as commitments."""
    hidden = personal_columns(row)
    found: dict[str, Any] = {}
    for name in columns:
        field = _concrete(row, name)
        value = plain(field.value_from_object(row))
        found[name] = commit(value) if name in hidden and value not in (None, "") else value
    return found


def all_columns(row: models.Model) -> list[str]:
    """Every concrete column but the key."""
    return [field.name for field in row._meta.concrete_fields if not field.primary_key]


def label(row: models.Model) -> str:
    """``app.model`` of a row."""
    return row._meta.label_lower
