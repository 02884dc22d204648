"""Ledger events as sentences that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thidua.platform.http.parts import LogLine
from thidua.platform.ledger import chain
from thidua.platform.ledger.models import Event
from thidua.year.bloc.models import BlocYear


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


def recent_lines(bloc_year: BlocYear, most: int) -> list[LogLine]:
    """The newest decisions of a bloc-year as sentences."""
    events = Event.objects.filter(chain=chain.of_year(bloc_year.pk)).order_by("-seq")[:most]
    return [LogLine(words=f"{event.subject}.", at=event.at) for event in events]


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
