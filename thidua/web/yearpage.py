"""What the year page shows beside the stages: a strip of time, the units, the next milestone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thidua.platform import clock
from thidua.web.timeline import StageRow
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import members
from thidua.year.registration.models import Registration
from thidua.year.scoring.models import Sheet

WIDTH, LANE, LEAST = 960, 30, 22  # units of the drawing; a bar is never narrower than its number


@dataclass(frozen=True)
class Bar:
    """One stage on the strip: its number, place and mark."""

    number: int
    x: int
    y: int
    width: int
    mark: str
    label: str


@dataclass(frozen=True)
class Strip:
    """The drawing: month lines, bars and the line of today."""

    width: int
    height: int
    months: list[tuple[int, str]]
    bars: list[Bar]
    today_x: int | None


@dataclass(frozen=True)
class UnitRow:
    """How far one unit is."""

    name: str
    synthetic: bool
    is_head: bool
    is_deputy: bool
    registration: str
    scoring: str
    unit_id: int


def strip_of(bloc_year: BlocYear, rows: list[StageRow]) -> Strip | None:
    """The year drawn from the windows; None when no window is set."""
    timed = [(number, row) for number, row in enumerate(rows, 1) if row.opens and row.closes]
    if not timed:
        return None
    first = min([bloc_year.starts, *(row.opens.date() for _n, row in timed if row.opens)])
    last = max([bloc_year.ends, *(row.closes.date() for _n, row in timed if row.closes)])
    span = max((last - first).days, 1)

    def place(day: date) -> int:
        return (day - first).days * WIDTH // span

    bars: list[Bar] = []
    ends: list[int] = []
    for number, row in timed:
        x, right = place(_day(row.opens)), place(_day(row.closes))
        width = max(right - x, LEAST)
        x = min(x, WIDTH - width)
        lane = next((i for i, end in enumerate(ends) if end + 2 <= x), len(ends))
        ends[lane : lane + 1] = [x + width]
        bars.append(Bar(number, x, 24 + lane * LANE, width, row.mark, row.label))
    today = clock.today()
    return Strip(
        width=WIDTH,
        height=24 + max(len(ends), 1) * LANE,
        months=[(place(day), f"Th.{day.month}") for day in _months(first, last)],
        bars=bars,
        today_x=place(today) if first <= today <= last else None,
    )


def _day(moment: datetime | None) -> date:
    if moment is None:
        raise ValueError("a timed row has both ends")
    return moment.astimezone(clock.LOCAL).date()


def _months(first: date, last: date) -> list[date]:
    days, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return days


def unit_rows(bloc_year: BlocYear) -> list[UnitRow]:
    """Every member with where its registration and sheet stand (three queries)."""
    registrations = {one.unit_id: one for one in Registration.objects.filter(bloc_year=bloc_year)}
    sheets = {one.unit_id: one for one in Sheet.objects.filter(bloc_year=bloc_year)}
    return [
        UnitRow(
            name=member.name,
            synthetic=member.synthetic,
            is_head=member.is_head,
            is_deputy=member.is_deputy,
            registration=_registration(registrations.get(member.unit_id)),
            scoring=_sheet(sheets.get(member.unit_id)),
            unit_id=member.unit_id,
        )
        for member in members(bloc_year)
    ]


def _registration(one: Registration | None) -> str:
    if one is None:
        return "Chưa đăng ký"
    return one.get_state_display() + (", gửi chậm" if one.late else "")


def _sheet(one: Sheet | None) -> str:
    if one is None:
        return "Chưa mở bảng chấm"
    return one.get_state_display() + (", gửi chậm" if one.late else "")


@dataclass(frozen=True)
class Milestone:
    """The next deadline of the bloc."""

    label: str
    at: datetime


def next_milestone(bloc_year: BlocYear, windows: Mapping[str, Window]) -> Milestone | None:
    """The earliest opening or closing that is still ahead; a closed year waits for nothing."""
    if bloc_year.closed_at is not None:
        return None
    now = clock.now()
    ahead = [
        Milestone(f"{words} {window.get_deed_display().lower()}", moment)
        for window in windows.values()
        for words, moment in (("Mở", window.opens), ("Hết hạn", window.closes))
        if moment > now
    ]
    return min(ahead, key=lambda milestone: milestone.at, default=None)
