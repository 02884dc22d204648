"""Rows made inside ``made_up()`` carry the mark ``synthetic``, shown with ° to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_made_up: ContextVar[bool] = ContextVar("made_up", default=False)


def is_made_up() -> bool:
    """Whether values written now are made up for a demo."""
    return _made_up.get()


@contextmanager
def made_up(value: bool = True) -> Iterator[None]:  # noqa: FBT001, FBT002  # reads as a switch
    """Mark every row created inside the block; ``made_up(False)`` writes facts again."""
    token = _made_up.set(value)
    try:
        yield
    finally:
        _made_up.reset(token)
