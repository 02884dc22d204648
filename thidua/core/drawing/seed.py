"""Hạt giống: the one text from which a draw follows, and the numbers made from it."""

from __future__ import annotations

import hashlib


def seed_of(root: str, digits: str) -> str:
    """The seed of a draw: SHA-256 of the ledger root joined with the digits drawn aloud.

    ``root`` is fixed at the closing of self-scores, before anybody knows the digits; ``digits`` are
    drawn before witnesses afterwards, so nobody could choose the ledger to suit them.
    """
    return _hash(root + digits)


def place_of(seed: str, attempt: int, unit: str, copy: int) -> str:
    """Where a unit's lot falls in the order of one attempt: SHA-256 of four texts joined by "|"."""
    return _hash(f"{seed}|{attempt}|{unit}|{copy}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
