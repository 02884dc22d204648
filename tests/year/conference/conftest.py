"""Nothing of another test may be remembered by the board; the clock stands after the conference."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.year.conference.build import HELD_ON
from thidua.platform import clock
from thidua.year.scoring.board import forget


@pytest.fixture(autouse=True)
def fresh_board() -> Iterator[None]:
    """Databases of tests reuse keys; the board starts empty."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def conference_day() -> Iterator[None]:
    """Ten o'clock on the day of the conference."""
    with clock.at(clock.local(HELD_ON, 10)):
        yield
