"""A world whose sheets are open, forgotten by the board after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope, scopes_disabled

from tests.build import World
from tests.year.scoring.build import opened
from tests.year.scoring.steps_build import Bloc, six_units
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Sheet


@pytest.fixture(autouse=True)
def fresh_board() -> Iterator[None]:
    """Databases of tests reuse keys; nothing of another test may be remembered."""
    forget()
    yield
    forget()


@pytest.fixture
def sheets(world: World) -> dict[int, Sheet]:
    """The sheets of units 1 (head), 2 (own) and 3 (verifier) under the plain scale."""
    return opened(world)


@pytest.fixture
def bloc(db: None) -> Iterator[Bloc]:
    """Six units whose steps a test sets itself."""
    with scopes_disabled():
        made = six_units()
    with scope(jurisdiction=made.world.jurisdiction):
        yield made
