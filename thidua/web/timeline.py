"""Where a bloc-year stands: one row per stage, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from thidua.platform import clock
from thidua.platform.http.parts import MarkName
from thidua.year.bloc.models import BlocYear, Office, Window
from thidua.year.bloc.queries import member_count
from thidua.year.conference.models import Adoption, Conference
from thidua.year.progress.models import Result
from thidua.year.registration.models import Registration
from thidua.year.rulebook.models import Scale
from thidua.year.scoring.models import Sheet


@dataclass(frozen=True)
class Facts:
    """The counts from which every row is judged."""

    members: int
    heads: int
    adopted_scales: int
    draft_scales: int
    registered: int
    reporting: int
    sheets: int
    submitted: int
    verified: int
    conference: Conference | None
    adopted: bool
    closed: bool
    windows: Mapping[str, Window]


@dataclass(frozen=True)
class StageRow:
    """One stage of the year: its page, period, mark and one sentence on where it stands."""

    key: str
    label: str
    url_name: str
    mark: MarkName
    words: str
    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def timed(self) -> bool:
        """Whether the bloc sets a window for this stage."""
        return self.key in TIMED


TIMED = ("registration", "progress", "scoring", "conference")


def facts_of(bloc_year: BlocYear) -> Facts:
    """Read every count at once (eight queries, whatever the number of units and lines)."""
    sheets = Sheet.objects.filter(bloc_year=bloc_year).aggregate(
        all=Count("id"),
        submitted=Count("id", filter=~Q(state=Sheet.State.SELF)),
        verified=Count("id", filter=Q(state__in=(Sheet.State.VERIFIED, Sheet.State.ADOPTED))),
    )
    scales = Scale.objects.filter(bloc_year=bloc_year).aggregate(
        adopted=Count("id", filter=Q(adopted_at__isnull=False)),
        drafts=Count("id", filter=Q(adopted_at=None)),
    )
    sent = (Registration.State.APPROVED, Registration.State.ACCEPTED)
    return Facts(
        members=member_count(bloc_year),
        heads=Office.objects.filter(bloc_year=bloc_year, kind=Office.Kind.HEAD).count(),
        adopted_scales=scales["adopted"],
        draft_scales=scales["drafts"],
        registered=Registration.objects.filter(bloc_year=bloc_year, state__in=sent).count(),
        reporting=Result.objects.filter(bloc_year=bloc_year).values("unit").distinct().count(),
        sheets=sheets["all"],
        submitted=sheets["submitted"],
        verified=sheets["verified"],
        conference=Conference.objects.filter(bloc_year=bloc_year).first(),
        adopted=Adoption.objects.filter(bloc_year=bloc_year).exists(),
        closed=bloc_year.closed_at is not None,
        windows={window.deed: window for window in Window.objects.filter(bloc_year=bloc_year)},
    )


def rows_of(bloc_year: BlocYear, facts: Facts) -> list[StageRow]:
    """The stages of the year in order."""
    return [
        _bloc(facts),
        _rulebook(facts),
        _counted(facts, "registration", facts.registered, Window.Deed.REGISTER),
        _counted(facts, "progress", facts.reporting, Window.Deed.PROGRESS),
        _scoring(facts),
        _conference(facts),
        _record(bloc_year, facts),
    ]


LABELS = {
    "bloc": ("Khối và đơn vị", "bloc:bloc"),
    "rulebook": ("Quy chế, thang điểm", "rulebook:rulebook"),
    "registration": ("Đăng ký thi đua", "registration:board"),
    "progress": ("Phong trào, tiến độ", "progress:overview"),
    "scoring": ("Chấm điểm", "scoring:table"),
    "conference": ("Hội nghị", "conference:conference"),
    "record": ("Sổ khen thưởng", "record:record"),
}


def _row(key: str, mark: MarkName, words: str, window: Window | None = None) -> StageRow:
    label, url_name = LABELS[key]
    opens, closes = (window.opens, window.closes) if window else (None, None)
    return StageRow(key, label, url_name, mark, words, opens, closes)


def _bloc(facts: Facts) -> StageRow:
    if not facts.members:
        return _row("bloc", "open", "Chưa có đơn vị nào")
    if not facts.heads:
        return _row("bloc", "open", f"{facts.members} đơn vị, chưa có Trưởng khối")
    return _row("bloc", "done", f"{facts.members} đơn vị, đã có Trưởng khối")


def _rulebook(facts: Facts) -> StageRow:
    if facts.adopted_scales:
        return _row("rulebook", "done", "Thang điểm đã thông qua")
    if facts.draft_scales:
        return _row("rulebook", "open", "Thang điểm còn là dự thảo")
    return _row("rulebook", "none", "Chưa có thang điểm")


COUNTED = {"registration": "đã đăng ký", "progress": "đã báo cáo kết quả"}


def _counted(facts: Facts, key: str, count: int, deed: str) -> StageRow:
    window = facts.windows.get(deed)
    words = f"{count} trong {facts.members} đơn vị {COUNTED[key]}"
    mark = _mark(window, count, facts.members)
    still_open = window is not None and window.is_open(clock.now()) and not facts.closed
    if key == "progress" and still_open:
        mark = "open"  # results may be added until the window closes
    if facts.closed and mark == "open":
        mark = "done"  # nothing is taken any more
    return _row(key, mark, words, window)


def _mark(window: Window | None, count: int, members: int) -> MarkName:
    if members and count >= members:
        return "done"
    now = clock.now()
    if window is None:
        return "open" if count else "none"
    if now < window.opens:
        return "none"
    return "open" if now <= window.closes else "done" if not count else "late"


def _scoring(facts: Facts) -> StageRow:
    window = facts.windows.get(Window.Deed.SELF_SCORE)
    if not facts.sheets:
        return _row("scoring", "none", "Chưa mở bảng chấm", window)
    if facts.adopted:
        return _row("scoring", "done", f"{facts.sheets} bảng điểm đã thông qua", window)
    words = (
        f"{facts.submitted} trong {facts.sheets} đơn vị đã gửi tự chấm, "
        f"{facts.verified} bảng thẩm định xong"
    )
    mark: MarkName = "done" if facts.verified == facts.sheets else "open"
    if window and mark == "open" and facts.submitted < facts.sheets and clock.now() > window.closes:
        mark = "late"
    return _row("scoring", mark, words, window)


def _conference(facts: Facts) -> StageRow:
    window = facts.windows.get(Window.Deed.CONFERENCE)
    if facts.adopted:
        return _row("conference", "done", "Bảng điểm đã thông qua", window)
    if facts.conference is None:
        return _row("conference", "none", "Chưa ấn định ngày họp", window)
    day = facts.conference.held_on
    return _row("conference", "open", f"Họp ngày {day:%d/%m/%Y}", window)


def _record(bloc_year: BlocYear, facts: Facts) -> StageRow:
    if facts.closed and bloc_year.closed_at is not None:
        day = bloc_year.closed_at.astimezone(clock.LOCAL)
        return _row("record", "done", f"Năm đã khép ngày {day:%d/%m/%Y}")
    return _row("record", "none", "Năm chưa khép")
