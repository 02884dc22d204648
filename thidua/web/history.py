"""Ledger events as sentences that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thidua.platform.ledger.models import Event


@dataclass(frozen=True)
class HistoryLine:
    """One decision: when, who, what, why, and its place in the chain."""

    seq: int
    at: datetime
    actor: str
    subject: str
    reason: str
    rows: int
    short_hash: str


def line_of(event: Event) -> HistoryLine:
    """The readable form of an event; the hash is cut to the eight letters people compare."""
    return HistoryLine(
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        subject=event.subject,
        reason=event.reason,
        rows=len(event.rows),
        short_hash=event.hash[:8],
    )
