"""Windows: when each act of the year may be done. Moving one that is open needs a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.refusal import text_of
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.queries import windows as windows_of
from thidua.year.bloc.rights import (
    refuse,
    require,
    require_open_year,
    require_unadopted,
    standing_of,
)

EARLIEST, LATEST = timedelta(days=366), timedelta(days=731)
REASON_MOST = 1000
SETTLED_DEEDS = {Window.Deed.SELF_SCORE, Window.Deed.VERIFY, Window.Deed.EXPLAIN}
HEAD_ONLY = "Bạn xem được các mốc thời gian, không sửa được. Trưởng khối sửa được."


@dataclass(frozen=True)
class Span:
    """From an instant to the deadline, both aware; the deadline itself still counts."""

    opens: datetime
    closes: datetime


def set_windows(
    actor: Actor,
    *,
    bloc_year: BlocYear,
    spans: Mapping[str, Span | None],
    reason: str = "",
    request_id: str = "",
) -> BlocYear:
    """Set the windows of the deeds named in `spans`; None takes one away that has not opened.

    The windows of scoring stand still while the table is adopted: who was late was judged by them.
    Refused: RIGHT-1, YEAR-1, YEAR-2, WINDOW-1 to WINDOW-4, TEXT-*.
    """
    require(standing_of(actor, bloc_year).head, HEAD_ONLY)
    why = text_of(reason, label="lý do", most=REASON_MOST, field="reason")
    with Act(
        actor,
        "bloc.set_windows",
        chain=chain.of_year(bloc_year.pk),
        subject="Đặt mốc thời gian",
        request_id=request_id,
        reason=why,
        inputs={"spans": {deed: _plain(span) for deed, span in spans.items()}, "reason": why},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_open_year(bloc_year)
        present = windows_of(bloc_year)
        changed = {deed: span for deed, span in spans.items() if _differs(present.get(deed), span)}
        if changed.keys() & SETTLED_DEEDS:
            require_unadopted(bloc_year)
        act.subject = _subject(present, changed)
        for deed, span in changed.items():
            _judge(bloc_year, present.get(deed), Window.Deed(deed), span, why)
            _set(act, bloc_year, present.get(deed), deed, span)
        return act.result(bloc_year)


def _differs(window: Window | None, span: Span | None) -> bool:
    if window is None or span is None:
        return not (window is None and span is None)
    return (window.opens, window.closes) != (span.opens, span.closes)


def _plain(span: Span | None) -> list[datetime] | None:
    return None if span is None else [span.opens, span.closes]


def _subject(present: Mapping[str, Window], changed: Mapping[str, Span | None]) -> str:
    if not changed:
        return "Giữ nguyên các mốc thời gian"
    return "Đặt mốc: " + "; ".join(
        _sentence(Window.Deed(deed), present.get(deed), span) for deed, span in changed.items()
    )


def _sentence(deed: Window.Deed, window: Window | None, span: Span | None) -> str:
    if span is None:
        return f"bỏ mốc {deed.label}"
    until = f"{span.closes.astimezone(clock.LOCAL):%H:%M ngày %d/%m/%Y}"
    if window is not None and window.opens <= clock.now() and span.closes > window.closes:
        return f"gia hạn {deed.label} tới {until}"
    return f"{deed.label} tới {until}"


def _judge(
    bloc_year: BlocYear, window: Window | None, deed: Window.Deed, span: Span | None, why: str
) -> None:
    begun = window is not None and window.opens <= clock.now()
    if span is None:
        if begun:
            words = f"{deed.label} đã mở nên không bỏ mốc được. Đổi hạn và ghi lý do nếu cần."
            raise refuse("WINDOW-4", words, field=f"{deed}_closes_day")
        return
    if span.closes <= span.opens:
        words = f"Hạn của {deed.label} phải sau lúc mở."
        raise refuse("WINDOW-1", words, field=f"{deed}_closes_day")
    first, last = bloc_year.starts - EARLIEST, bloc_year.ends + LATEST
    if span.opens.date() < first or span.closes.date() > last:
        words = f"Mốc của {deed.label} cách năm thi đua {bloc_year.year} quá xa. Xem lại năm."
        raise refuse("WINDOW-2", words, field=f"{deed}_closes_day")
    if begun and not why:
        words = f"{deed.label} đã mở. Ghi lý do đổi mốc, lý do này vào lịch sử của năm."
        raise refuse("WINDOW-3", words, field="reason")


def _set(
    act: Act, bloc_year: BlocYear, window: Window | None, deed: str, span: Span | None
) -> None:
    if span is None:
        if window is not None:
            act.remove(window)
    elif window is not None:
        act.change(window, opens=span.opens, closes=span.closes)
    else:
        own = {"jurisdiction_id": bloc_year.jurisdiction_id, "bloc_year": bloc_year}
        act.create(Window(deed=deed, opens=span.opens, closes=span.closes, **own))
