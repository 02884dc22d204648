"""Turn one address into Django's DATABASES entry, with the settings that lose no write."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start, so that no
# transaction is refused half-way; FULL survives a power cut in the hall; recursive triggers make
# INSERT OR REPLACE fire the delete trigger of append-only tables.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
)


def sqlite(path: Path) -> dict[str, Any]:
    """A SQLite file, safe for several processes."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def postgresql(address: str) -> dict[str, Any]:
    """A PostgreSQL database from ``postgresql://user:password@host:port/name``."""
    parts = urlsplit(address)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def from_address(address: str, default: Path) -> dict[str, Any]:
    """Read ``THIDUA_DATABASE``: empty (SQLite in the data folder), ``sqlite:PATH``, ``postgresql://…``."""
    if not address:
        return sqlite(default)
    if address.startswith("sqlite:"):
        return sqlite(Path(address.removeprefix("sqlite:").removeprefix("//")))
    if address.startswith(("postgresql://", "postgres://")):
        return postgresql(address)
    raise ValueError(f"THIDUA_DATABASE không đọc được: {address.rsplit('@', maxsplit=1)[-1]!r}")
