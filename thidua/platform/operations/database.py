"""Copy a whole database by its own backup way, never by copying a file that is being written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection


class OperationError(Exception):
    """An operation that cannot go on; the message is a Vietnamese sentence for the operator."""


def dump_name() -> str:
    """Name of the database inside a backup; it tells which engine can read it."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write a consistent copy of the live database while others go on working."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        _tool("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def load(source: Path) -> None:
    """Fill an empty database from a copy; refuses a database that holds tables."""
    if connection.introspection.table_names():
        raise OperationError(
            "Cơ sở dữ liệu đích đã có dữ liệu. Chỉ phục hồi vào cơ sở dữ liệu trống."
        )
    connection.close()
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(source, path)
    else:
        _tool("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(source))


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        problems = new.execute("PRAGMA integrity_check").fetchone()[0]
    if problems != "ok":
        raise OperationError(f"Bản sao cơ sở dữ liệu bị hỏng: {problems}")


def _tool(name: str, *arguments: str) -> None:
    """Run a PostgreSQL client tool against the configured database."""
    found = settings.THIDUA_PG_TOOLS and shutil.which(name, path=settings.THIDUA_PG_TOOLS)
    program = found or shutil.which(name)
    if program is None:
        raise OperationError(f"Không thấy lệnh {name}. Cài gói postgresql-client rồi chạy lại.")
    base = connection.settings_dict
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {key: str(base[name]) for key, name in place.items() if base.get(name)}
    target = ("--dbname", base["NAME"])
    done = subprocess.run(  # noqa: S603  # the program is a PostgreSQL tool, arguments are ours
        [program, *target, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OperationError(f"{name} không chạy được: {done.stderr.strip()[-400:]}")
