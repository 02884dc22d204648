"""Names and locks of chains: one per bloc-year, one per jurisdiction, one for the installation."""

from __future__ import annotations

import zlib

from django.db import connection

SYSTEM = "he-thong"
REGISTRY = "co-quan/"  # before the key of the jurisdiction


def of_year(bloc_year_id: int) -> str:
    """The chain of one bloc in one year."""
    return f"nam/{bloc_year_id}"


def of_jurisdiction(jurisdiction_id: int) -> str:
    """The chain of acts outside a bloc-year: units, people, positions."""
    return f"{REGISTRY}{jurisdiction_id}"


def lock(chain: str) -> None:
    """Let one decision of a chain happen at a time, so that sequence and request ids hold.

    On SQLite the transaction itself is exclusive (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(chain.encode())])
