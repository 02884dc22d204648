"""Check a chain against itself: sequence, links, hashes. Any single edited row is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thidua.core.merkle import leaf_hash, merkle_root
from thidua.platform.ledger.body import FIRST, body_of, canonical, hash_of
from thidua.platform.ledger.models import Event


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a chain, in words."""

    chain: str
    seq: int
    words: str


def verify_chain(chain: str) -> list[Fault]:
    """Every fault of one chain, in order; an empty list means it is whole."""
    faults: list[Fault] = []
    previous, expected = FIRST, 1
    for event in Event.objects.filter(chain=chain).order_by("seq").iterator():
        if event.seq != expected:
            faults.append(Fault(chain, event.seq, f"Thiếu sự kiện từ số {expected}."))
        if event.previous != previous:
            faults.append(Fault(chain, event.seq, "Dấu liền trước không khớp."))
        if event.hash != hash_of(event):
            faults.append(Fault(chain, event.seq, "Nội dung đã bị sửa sau khi ghi."))
        previous, expected = event.hash, event.seq + 1
    return faults


def verify_all() -> list[Fault]:
    """Every fault of every chain."""
    chains = Event.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return [fault for chain in chains for fault in verify_chain(chain)]


def root_of(chain: str) -> str:
    """Merkle root over the bodies of a chain (RFC 6962), printed in adopted documents."""
    return _root(Event.objects.filter(chain=chain).order_by("seq").iterator())


def root_at(chain: str, moment: datetime) -> str:
    """The root as it stood at an instant: over the events before the first one after it.

    Once anything was recorded after the instant, no event can enter this root any more, whatever
    the clock of the machine says later.
    """
    events = Event.objects.filter(chain=chain)
    later = events.filter(at__gt=moment).order_by("seq").values_list("seq", flat=True).first()
    if later is not None:
        events = events.filter(seq__lt=later)
    return _root(events.order_by("seq").iterator())


def _root(events: Iterable[Event]) -> str:
    return merkle_root([leaf_hash(canonical(body_of(event)).encode()) for event in events]).hex()
