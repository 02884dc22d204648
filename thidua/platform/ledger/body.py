"""The canonical body of an event and its hash: what the chain commits to.

Text is JSON with sorted keys and no spaces, UTF-8, so that any reader can compute the same hash.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from thidua.platform.ledger.models import Event

FIRST = "0" * 64


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def body_of(event: Event) -> dict[str, Any]:
    """Every field that the hash covers."""
    return {
        "chain": event.chain,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "account": event.account_id,
        "position": event.position_id,
        "actor": event.actor,
        "verb": event.verb,
        "subject": event.subject,
        "reason": event.reason,
        "request_id": event.request_id,
        "digest": event.digest,
        "outcome": event.outcome,
        "rows": event.rows,
    }


def hash_of(event: Event) -> str:
    """SHA-256 over the previous hash and the canonical body."""
    return sha256(event.previous + canonical(body_of(event)))
