"""Scratch installations: a data folder, perhaps a PostgreSQL database, and the `thidua` command."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SEAT = ("--jurisdiction", "Tỉnh Mẫu", "--place", "Mẫu", "--standing-office", "Phòng Thi đua")
FILL = """
from thidua.cli import django_setup
django_setup.start(today="2026-11-20")
from django_scopes import scope, scopes_disabled
from tests.build import build_world
from tests.stories.small_year import own_bloc, play
with scopes_disabled():
    world = build_world()
with scope(jurisdiction=world.jurisdiction):
    play(own_bloc(world))
"""
RETHEME = """
import sys
from thidua.cli import django_setup
django_setup.start(today="2026-11-20")
from django_scopes import scopes_disabled
from tests.platform.test_ledger import retheme
from thidua.registry.actor import actor_of
from thidua.registry.models import Position
from thidua.year.bloc.models import BlocYear
with scopes_disabled():
    head = actor_of(Position.objects.get(person__account__email="head@mau.vn"))
    year = BlocYear.objects.order_by("pk")[0]
    for number in range(100_000):
        retheme(head, year, f"Chủ đề {number}")
        print(number, flush=True)
"""


class Ended(NamedTuple):
    """Exit code and what was printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Installation:
    """A data folder and the address of its database ("" is SQLite in the folder)."""

    data: Path
    database: str = ""
    tools: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What the command finds around it."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "THIDUA_DATA": str(self.data),
            "THIDUA_DATABASE": self.database,
            "THIDUA_PG_TOOLS": self.tools,
        }

    @property
    def sqlite_file(self) -> Path:
        """The database of a SQLite installation."""
        return self.data / "thidua.sqlite3"

    def thidua(self, *arguments: str | Path) -> Ended:
        """Run one command."""
        return self._run("-m", "thidua", *map(str, arguments))

    def python(self, script: str) -> None:
        """Run a script inside the installation."""
        ended = self._run("-c", script)
        assert ended.code == 0, ended.err

    def start(self, script: str) -> subprocess.Popen[str]:
        """Start a script that goes on working."""
        return subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def sql(self, *statements: str) -> None:
        """Work on the SQLite file as somebody who owns it could."""
        with closing(sqlite3.connect(self.sqlite_file)) as opened, opened:
            for statement in statements:
                opened.execute(statement)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table, and the structure itself."""
        with closing(sqlite3.connect(self.sqlite_file)) as opened:
            structure = opened.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            ).fetchall()
            names = [row[1] for row in structure if row[0] == "table"]
            rows = {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        return {"sqlite_master": structure, **{name: sorted(rows[name], key=repr) for name in rows}}

    def files(self) -> dict[str, bytes]:
        """Every stored file with its bytes."""
        root = self.data / "files"
        found = (path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    def holdings(self) -> set[str]:
        """Everything in the data folder that is not an empty folder, nor the secret key."""
        found = {path.relative_to(self.data).as_posix() for path in self.data.rglob("*")}
        folders = {name for name in found if (self.data / name).is_dir()}
        return found - folders - {"secret_key"}

    def _run(self, *arguments: str) -> Ended:
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode().strip())


def filled(data: Path, *, database: str = "", tools: str = "") -> Installation:
    """An installation in which one bloc has played its year."""
    made = Installation(data, database, tools)
    assert made.thidua("migrate").code == 0
    made.python(FILL)
    return made


def copied(installation: Installation, to: Path) -> Installation:
    """Another SQLite installation with the same content."""
    shutil.copytree(installation.data, to)
    return Installation(to)


@contextmanager
def at_work(installation: Installation) -> Iterator[None]:
    """Somebody decides something again and again meanwhile."""
    running = installation.start(RETHEME)
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "0\n"
        yield
        assert running.poll() is None
    finally:
        running.kill()
        running.communicate()
