"""Write an adopted table as plain values: numbers as text, days as ISO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from thidua.core.points import result_text
from thidua.year.conference.snapshot.model import USUAL_STEPS, Snapshot

FORMAT = "adoption/1"


def plain_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as JSON carries it; ``read_snapshot`` gives the same value back."""
    plain = _plain(snapshot)
    if snapshot.steps == USUAL_STEPS:
        del plain["steps"]  # as tables were frozen before a bloc could use other steps
    return {"format": FORMAT, **plain}


def _plain(value: object) -> Any:
    if isinstance(value, Fraction):
        return result_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
