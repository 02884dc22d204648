"""Reads of the registry: units under the names of a day, people and positions, invitations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from thidua.registry.models import UnitName


def names_on(unit_ids: Collection[int], *, day: date) -> dict[int, str]:
    """The name each unit bore on that day (one query); units without a record then are left out."""
    rows = UnitName.objects.filter(unit_id__in=unit_ids).order_by("unit_id", "id")
    return {row.unit_id: row.name for row in rows if row.borne_on(day)}
