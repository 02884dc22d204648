"""The one place where the product reads the time; demo and tests may fix it.

Days are local days of Asia/Ho_Chi_Minh. ``THIDUA_TODAY`` (``--today``) shifts the calendar while
the clock keeps running; ``at`` fixes an instant for a block, which is how the founding cases are
replayed on their own dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present instant, aware, in local time."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    real = datetime.now(LOCAL)
    if not settings.THIDUA_TODAY:
        return real
    return datetime.combine(date.fromisoformat(settings.THIDUA_TODAY), real.time(), LOCAL)


def today() -> date:
    """The present local day."""
    return now().date()


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """An aware local instant on that day."""
    return datetime.combine(day, time(hour, minute), LOCAL)


def days_from_now(days: int) -> datetime:
    """The same time of day, that many days ahead."""
    return now() + timedelta(days=days)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix the clock inside the block; the moment must be aware."""
    token = _fixed.set(moment.astimezone(LOCAL))
    try:
        yield
    finally:
        _fixed.reset(token)
