"""Copy a whole database by its own backup way, never by copying a file that is being written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

FULL = "Cơ sở dữ liệu đích đã có dữ liệu. Chỉ phục hồi vào cơ sở dữ liệu trống."
NONE_YET = "Chưa có cơ sở dữ liệu để sao lưu. Chạy lệnh: thidua migrate"


class OperationError(Exception):
    """An operation that cannot go on; the message is a Vietnamese sentence for the operator."""


def dump_name() -> str:
    """Name of the database inside a backup; it tells which engine can read it."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def dump(target: Path) -> None:
    """Write a consistent copy of the live database while others go on working."""
    if connection.vendor == "sqlite":
        _copy_sqlite(_sqlite_file(), target)
    else:
        _tool("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def require_filled() -> None:
    """Refuse to back up a database that holds nothing yet."""
    if connection.vendor == "sqlite" and not _sqlite_file().is_file():
        raise OperationError(NONE_YET)
    if not connection.introspection.table_names():
        raise OperationError(NONE_YET)


def require_empty() -> None:
    """Refuse to restore over a database that holds tables, or over a file that is none."""
    held = (
        _holds_something(_sqlite_file())
        if connection.vendor == "sqlite"
        else connection.introspection.table_names()
    )
    if held:
        raise OperationError(FULL)


@contextmanager
def filled(source: Path) -> Iterator[None]:
    """Fill an empty database from a copy; the block checks it, and if it fails nothing stays.

    Inside the block the connection reads the copy. Raises OperationError when the target holds
    tables or the copy cannot be read.
    """
    require_empty()
    connection.close()
    with _filled_sqlite(source) if connection.vendor == "sqlite" else _filled_postgresql(source):
        yield


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name without ever overwriting another; both on one disk."""
    try:
        os.link(draft, target)
    except FileExistsError as problem:
        words = f"Đã có tệp {target}. Chọn tên khác để không mất bản cũ."
        raise OperationError(words) from problem
    except OSError:  # a file system without hard links
        if target.exists():
            raise OperationError(f"Đã có tệp {target}. Chọn tên khác.") from None
        draft.rename(target)


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _holds_something(file: Path) -> bool:
    """Whether a SQLite file has tables, or is no SQLite file at all."""
    if not file.is_file() or not file.stat().st_size:
        return file.is_dir()
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.DatabaseError:
        return True


@contextmanager
def _filled_sqlite(source: Path) -> Iterator[None]:
    # The copy is checked beside the target and takes its name only when everything held.
    target = _sqlite_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="restoring-") as folder:
        draft = Path(folder) / target.name
        _copy_sqlite(source, draft)
        connection.settings_dict["NAME"] = str(draft)
        try:
            yield
        finally:
            connection.close()  # the last connection also folds the write-ahead log into the file
            connection.settings_dict["NAME"] = str(target)
        for rest in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
            rest.unlink(missing_ok=True)  # of a database without tables, seen above
        put_in_place(draft, target)


@contextmanager
def _filled_postgresql(source: Path) -> Iterator[None]:
    before = _functions()
    connection.close()
    _tool("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(source))
    try:
        yield
    except BaseException:
        _take_out(before)
        raise


def _functions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace"
        )
        return {row[0] for row in cursor.fetchall()}


def _take_out(before: set[str]) -> None:
    """Drop what a restore brought: every table, and the functions that were not there before."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        for function in sorted(_functions() - before):
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            problems = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        raise OperationError(f"Không chép được cơ sở dữ liệu {source}: {problem}") from problem
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
