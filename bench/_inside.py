"""The product inside this process: a fresh folder, a world of units, a browser, and what time took.

For benchmarks of pages whose cost is the product's own work; those that time a server are in _bloc.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from django.test import Client

    from tests.build import World
    from thidua.registry.actor import Actor

EXAMPLE = "cong-an-quang-tri-2025.yaml"
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, order=True)
class Took:
    """Seconds on the clock, and those of the processor."""

    clock: float
    processor: float


def took(work: Callable[[], Found]) -> tuple[Took, Found]:
    """How long it took, and what came of it."""
    start, own = time.perf_counter(), time.process_time()
    found = work()
    return Took(time.perf_counter() - start, time.process_time() - own), found


def must(holds: bool, words: str) -> None:  # noqa: FBT001 - a check reads best so
    """Stop the benchmark: what it would time is not what it says it times."""
    if not holds:
        sys.exit(words)


@contextmanager
def world_of(units: int) -> Iterator[World]:
    """A fresh SQLite folder with a bloc of so many units; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        os.environ.update(THIDUA_DATA=folder, THIDUA_DATABASE="", THIDUA_LOG="ERROR")
        from thidua.cli import django_setup

        django_setup.start(quiet_static=True)
        django_setup.prepare()
        from django_scopes import scopes_disabled

        from tests.build import build_world

        with scopes_disabled():
            world = build_world(units=units)
        yield world


def example() -> str:
    """The text of the 176-leaf example."""
    import thidua.scalefile

    return (Path(thidua.scalefile.__file__).parent / "examples" / EXAMPLE).read_text("utf-8")


def signed_in(actor: Actor) -> Client:
    """That person's browser, at this machine."""
    from tests.year.scoring.browse import signed_in as browser_of

    client = browser_of(actor)
    client.defaults["HTTP_HOST"] = "localhost"
    return client
