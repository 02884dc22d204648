"""Huế 2017: a whole year on a constructed scale, to the reported totals, half a point apart.

Facts: members, head, three totals, who leads 2018. Everything else is made up and marked; the line
scores really run through the engine and add up to the reported totals.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from thidua.core.points import MILLI
from thidua.demo import register, score
from thidua.demo.case import day_of, scale_text
from thidua.demo.cast import Cast
from thidua.demo.found import days, found_year, open_windows
from thidua.platform import clock
from thidua.platform.ledger import chain
from thidua.platform.ledger.act import Act
from thidua.platform.marking import made_up
from thidua.registry.models import Unit
from thidua.year.bloc.draws import pairs_now
from thidua.year.bloc.models import BlocYear, Office, Window
from thidua.year.bloc.queries import members
from thidua.year.bloc.services import draw_checkers
from thidua.year.conference.models import Method
from thidua.year.conference.services import (
    MeetingFacts,
    Outcome,
    Seat,
    adopt_scores,
    close_year,
    elect_office,
    hold_conference,
    record_attendance,
)
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    TargetInput,
    assign_targets,
)
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.services import open_sheets

ASSIGNED = ("I.1", "I.2", "I.3", "I.4")
CHOSEN = ("I.5", "I.6", "I.7", "I.8")
DIGITS = "251217"  # made up, like everything of the draw
MEASURE = "đơn vị tính mẫu"


def play(case: dict[str, Any], cast: Cast) -> BlocYear:
    """The year from founding to closing, each act on its own day."""
    with clock.at(clock.local(day_of(case, "bloc", "starts"), 9)):
        bloc_year = found_year(case, cast, officer_unit="Sở Khoa học và Công nghệ")
        open_windows(cast, bloc_year, _windows())
    rows = {Unit.objects.get(name=one["unit"]): one for one in case["sheets"]}
    with made_up():
        _adopt_scale(case, cast, bloc_year)
        _register(case, cast, bloc_year, rows)
        _score(cast, bloc_year, rows, case["reported_totals"])
    _meet(case, cast, bloc_year)
    return BlocYear.objects.get(pk=bloc_year.pk)


def _windows() -> Mapping[Window.Deed, tuple[date, date]]:
    return {
        Window.Deed.REGISTER: days(date(2017, 2, 1), 27),
        Window.Deed.PROGRESS: days(date(2017, 4, 3), 256),
        Window.Deed.SELF_SCORE: days(date(2017, 12, 11), 11),
        Window.Deed.VERIFY: days(date(2017, 12, 22), 7),
        Window.Deed.EXPLAIN: days(date(2018, 1, 2), 6),
        Window.Deed.CONFERENCE: days(date(2018, 1, 12), 1),
    }


def _adopt_scale(case: dict[str, Any], cast: Cast, bloc_year: BlocYear) -> None:
    with clock.at(clock.local(date(2017, 1, 20), 15)):
        scale = import_scale(
            cast.chair,
            bloc_year=bloc_year,
            content=scale_text(case["scale"]),
            file_name=case["scale"],
        )
        adopt_scale(cast.chair, scale=scale, adopted_on=date(2017, 1, 20))


def _register(
    case: dict[str, Any], cast: Cast, bloc_year: BlocYear, rows: dict[Unit, dict[str, Any]]
) -> None:
    with clock.at(clock.local(date(2017, 2, 6), 9)):
        assign_targets(
            cast.standing,
            bloc_year=bloc_year,
            assignment=Assignment(clause=case["resolution"]["clause"]),
            targets=[
                AssignedTarget(
                    unit_id=unit.pk,
                    code=code,
                    name=f"Chỉ tiêu {number} do HĐND tỉnh giao (tên mẫu)",
                    measure=MEASURE,
                    value=row["figures"][code][0] * MILLI,
                    synthetic=True,
                )
                for unit, row in rows.items()
                for number, code in enumerate(ASSIGNED, 1)
            ],
        )
    with clock.at(clock.local(date(2017, 2, 20), 9)):
        for unit, row in rows.items():
            chosen = [
                TargetInput(
                    code=code,
                    name=f"Chỉ tiêu {number} đơn vị tự đăng ký (tên mẫu)",
                    measure=MEASURE,
                    value=row["figures"][code][0] * MILLI,
                    synthetic=True,
                )
                for number, code in enumerate(CHOSEN, 1)
            ]
            register.send(cast, register.draft(cast, bloc_year, unit, targets=chosen))


def _score(
    cast: Cast, bloc_year: BlocYear, rows: dict[Unit, dict[str, Any]], reported: list[str]
) -> None:
    with clock.at(clock.local(date(2017, 12, 11), 8)):
        open_sheets(cast.chair, bloc_year=bloc_year)
        _mark_totals(cast, bloc_year, reported)
    sheets = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(bloc_year=bloc_year)}
    with clock.at(clock.local(date(2017, 12, 15), 9)):
        for unit, row in rows.items():
            reached = {code: pair[1] for code, pair in row["figures"].items()}
            score.report(cast, bloc_year, unit, as_of=date(2017, 12, 15), results=reached)
            score.prove(
                cast,
                bloc_year,
                unit,
                subject="Báo cáo thực hiện chỉ tiêu năm 2017 (văn bản mẫu)",
                codes=[*ASSIGNED, *CHOSEN],
            )
            score.judge(cast, sheets[unit.pk], row["judged"])
            score.submit(cast, sheets[unit.pk])
    with clock.at(clock.local(date(2017, 12, 25), 9)):
        _draw(cast, bloc_year)
    with clock.at(clock.local(date(2017, 12, 27), 9)):
        for unit_id, checker_id in sorted(pairs_now(bloc_year)):
            score.confirm(cast, sheets[unit_id], by=checker_id)


def _draw(cast: Cast, bloc_year: BlocYear) -> None:
    """Who verifies whom is drawn, before two units; the article says nothing of it."""
    others = [one.unit_id for one in members(bloc_year) if not one.is_head]
    draw_checkers(cast.chair, bloc_year=bloc_year, digits=DIGITS, witnesses=others[:2])


def _mark_totals(cast: Cast, bloc_year: BlocYear, reported: list[str]) -> None:
    """Totals that the article states are facts; the four others carry the mark."""
    subject = "Ghi rõ tổng điểm nào do bài báo nêu, tổng điểm nào là mẫu"
    with Act(cast.chair, "demo.mark", chain=chain.of_year(bloc_year.pk), subject=subject) as act:
        for sheet in Sheet.objects.filter(bloc_year=bloc_year).select_related("unit"):
            act.change(sheet, synthetic=sheet.unit.name not in reported)


def _meet(case: dict[str, Any], cast: Cast, bloc_year: BlocYear) -> None:
    meeting, day = case["conference"], day_of(case, "conference", "held_on")
    with clock.at(clock.local(day, 8)):
        facts = MeetingFacts(
            held_on=day,
            place=meeting["place"],
            chair=meeting["chair"],
            guests=str(meeting["guests"]).strip(),
            remarks=str(meeting["remarks"]).strip(),
        )
        hold_conference(cast.chair, bloc_year=bloc_year, facts=facts)
        seats = [Seat(unit_id=unit_id, present=True, synthetic=True) for unit_id in cast.officers]
        record_attendance(cast.chair, bloc_year=bloc_year, seats=seats)
        adopt_scores(cast.chair, bloc_year=bloc_year)
        for kind, name in ((Office.Kind.HEAD, "head"), (Office.Kind.DEPUTY, "deputy")):
            elect_office(
                cast.chair,
                bloc_year=bloc_year,
                office=kind,
                unit=Unit.objects.get(name=case["elected"][name]),
                outcome=Outcome(method=Method.UNREPORTED),
            )
        close_year(cast.chair, bloc_year=BlocYear.objects.get(pk=bloc_year.pk))
