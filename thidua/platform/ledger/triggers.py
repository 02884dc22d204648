"""SQL that makes history append-only and adopted rows frozen, on both databases.

Used inside migrations through ``protect`` (no update, no delete) and ``freeze`` (no change once a
condition holds). Triggers stop accidents and a taken-over program; the owner of the database can
still drop them, which the hash chain and the printed roots then show.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _refusal(name: str, text: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation'; END $$;"
    )


def protect_sql(vendor: str, table: str) -> list[str]:
    """Statements that refuse every update and delete of a table."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        _refusal(f"{table}_refuse", f"{table} is append-only"),
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse();",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();",
    ]


def freeze_sql(vendor: str, table: str, when: str) -> list[str]:
    """Statements that refuse update and delete of the rows for which ``when`` (over OLD) holds."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_frozen_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is frozen once adopted'); END;"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        _refusal(f"{table}_frozen", f"{table} is frozen once adopted"),
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {table}_frozen();",
    ]


def _run(make: Any, *arguments: str) -> migrations.RunPython:
    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in make(editor.connection.vendor, *arguments):
            editor.execute(statement)

    return migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)


def protect(table: str) -> migrations.RunPython:
    """Migration step: the table becomes append-only."""
    return _run(protect_sql, table)


def freeze(table: str, when: str) -> migrations.RunPython:
    """Migration step: rows for which ``when`` holds can no longer change."""
    return _run(freeze_sql, table, when)
