"""The adopted table as one frozen value (adoption/1): built once, read by pages and documents."""

from __future__ import annotations

from thidua.year.conference.snapshot.model import (
    Cell,
    Deviation,
    GateMark,
    Limits,
    Line,
    Meeting,
    ScaleTable,
    Snapshot,
    UnitRow,
    Why,
)
from thidua.year.conference.snapshot.reading import read_snapshot
from thidua.year.conference.snapshot.writing import plain_snapshot

__all__ = [
    "Cell",
    "Deviation",
    "GateMark",
    "Limits",
    "Line",
    "Meeting",
    "ScaleTable",
    "Snapshot",
    "UnitRow",
    "Why",
    "plain_snapshot",
    "read_snapshot",
]
