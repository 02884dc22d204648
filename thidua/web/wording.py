"""How days, deadlines and differences are written on screens (docs/ui.md): pure, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from thidua.core import points

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
SOON_DAYS = 7  # a deadline turns amber from here on


def exact(figure: int | Fraction) -> Fraction:
    """A figure as a fraction; an integer counts thousandths, as in the database."""
    return figure if isinstance(figure, Fraction) else Fraction(figure, points.MILLI)


def delta_words(difference: int | Fraction, *, decimals: int = 1) -> str:
    """A difference with its sign: "+3,0", "−2,0"; "khớp" when there is none."""
    if not difference:
        return "khớp"
    words = points.show(exact(difference), decimals=decimals)
    return f"+{words}" if difference > 0 else words


def day_words(day: date) -> str:
    """22/12/2017; a moment is taken in local time."""
    return f"{_local(day):%d/%m/%Y}"


def moment_words(moment: date) -> str:
    """17:00 ngày 22/12/2017; a day without an hour reads "ngày 22/12/2017"."""
    if not isinstance(moment, datetime):
        return f"ngày {day_words(moment)}"
    return f"{_local(moment):%H:%M} ngày {day_words(moment)}"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in words: `tone` late, soon or empty; `lead` the bold part; `rest` the date."""

    tone: str
    lead: str
    rest: str


def due_words(
    deadline: date,
    *,
    today: date,
    now: datetime | None = None,
    full: bool = False,
    done: bool = False,
) -> Due:
    """How a deadline reads on that day: calendar days in local time; `full` adds the hour.

    With `now` a deadline of today whose hour has passed reads as over.
    """
    local = _local(deadline)
    left = ((local.date() if isinstance(local, datetime) else local) - today).days
    rest = f"hạn {moment_words(deadline)}" if full else f"{local:%d/%m}"
    if done or left > SOON_DAYS:
        return Due("", "", rest.capitalize() if full else day_words(deadline))
    if left < 0:
        return Due("late", f"Quá {-left} ngày", rest if full else "")
    if not left and isinstance(deadline, datetime) and now is not None and deadline < now:
        return Due("late", "Quá hạn hôm nay", rest if full else f"{local:%H:%M}")
    return Due("soon", f"Còn {left} ngày" if left else "Hạn hôm nay", rest)


def _local(day: date) -> date:
    if isinstance(day, datetime) and day.tzinfo is not None:
        return day.astimezone(LOCAL)
    return day
