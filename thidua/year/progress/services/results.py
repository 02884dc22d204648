"""Decisions about results: record what a unit reached by a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from thidua.core.text import one_line
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.registry.actor import Actor
from thidua.registry.models import Unit
from thidua.registry.refusal import refuse
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.progress.lines import lines_for, takes_figure
from thidua.year.progress.models import Result
from thidua.year.progress.services.rights import judge_own, require_changeable


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a unit reached on a line: `value` in thousandths, as of a day, with a note."""

    code: str
    value: int
    note: str = ""


def record_results(  # who, where, whose, as of when, what, and the request
    actor: Actor,
    *,
    bloc_year: BlocYear,
    unit: Unit,
    as_of: date,
    figures: Sequence[Figure],
    request_id: str = "",
) -> BlocYear:
    """Record what the unit reached by a day; the same day again corrects the figure.

    Errors (`Refused`): RIGHT-1, YEAR-1, YEAR-2, PROGRESS-1 to PROGRESS-4.
    """
    judge_own(actor, bloc_year, unit)
    with Act(
        actor,
        "progress.record",
        chain=chain.of_year(bloc_year.pk),
        subject=f"{unit.name} ghi kết quả đến ngày {as_of:%d/%m/%Y}: {len(figures)} dòng",
        request_id=request_id,
        inputs={"unit": unit, "as_of": as_of, "figures": [asdict(one) for one in figures]},
    ) as act:
        if act.repeated:
            return act.first(BlocYear)
        require_changeable(bloc_year)
        _judge_day(bloc_year, as_of)
        _judge_figures(bloc_year, unit, figures)
        for figure in figures:
            _write_result(act, bloc_year, unit, as_of, figure)
        return act.result(bloc_year)


def _judge_day(bloc_year: BlocYear, as_of: date) -> None:
    if not bloc_year.starts <= as_of <= min(bloc_year.ends, clock.today()):
        words = (
            f"Ghi một ngày từ {bloc_year.starts:%d/%m/%Y} đến "
            f"{min(bloc_year.ends, clock.today()):%d/%m/%Y}."
        )
        raise refuse("PROGRESS-2", words, field="as_of")
    window = Window.objects.filter(bloc_year=bloc_year, deed=Window.Deed.PROGRESS).first()
    if window is not None and clock.now() < window.opens:
        opens = window.opens.astimezone(clock.LOCAL)
        raise refuse("PROGRESS-4", f"Báo cáo kết quả mở từ ngày {opens:%d/%m/%Y}.")
    over = window is not None and clock.now() > window.closes
    if window is not None and over and bloc_year.late == BlocYear.Late.REFUSE:
        day = window.closes.astimezone(clock.LOCAL)
        words = f"Đã hết hạn báo cáo lúc {day:%H:%M ngày %d/%m/%Y}. Đề nghị Trưởng khối gia hạn."
        raise refuse("PROGRESS-4", words)


def _judge_figures(bloc_year: BlocYear, unit: Unit, figures: Sequence[Figure]) -> None:
    known = {row.code for row in lines_for(bloc_year, unit.pk) if takes_figure(row.node)}
    if not figures:
        raise refuse("PROGRESS-1", "Chưa ghi kết quả nào. Ghi ít nhất một dòng.")
    for figure in figures:
        if figure.code not in known:
            words = f"Dòng {figure.code} không có trong thang điểm hoặc không lấy con số."
            raise refuse("PROGRESS-1", words)
        if figure.value < 0:
            raise refuse("PROGRESS-3", f"Dòng {figure.code}: kết quả không âm. Nhập từ 0 trở lên.")


def _write_result(act: Act, bloc_year: BlocYear, unit: Unit, as_of: date, figure: Figure) -> None:
    said = {
        "value": figure.value,
        "note": one_line(figure.note)[:500],
        "author": act.doer.label,
        "at": clock.now(),
    }
    row = Result.objects.filter(
        bloc_year=bloc_year, unit=unit, code=figure.code, as_of=as_of
    ).first()
    if row is not None:
        act.change(row, **said)
        return
    act.create(
        Result(
            jurisdiction_id=bloc_year.jurisdiction_id,
            bloc_year=bloc_year,
            unit=unit,
            code=figure.code,
            as_of=as_of,
            **said,
        )
    )
