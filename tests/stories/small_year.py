"""A whole year of a bloc, small, played through the services alone: from windows to closing.

``mark`` is a word that appears in every text the bloc writes, so that a page that shows one bloc's
words to another can be told.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from tests.build import World, make_actor
from thidua.platform import clock
from thidua.platform.files.services import store
from thidua.registry.actor import Actor
from thidua.registry.models import Role, Unit
from thidua.year.bloc.models import BlocYear, Office
from thidua.year.bloc.services import (
    Span,
    assign_checkers,
    propose_cycle,
    set_theme,
    set_windows,
)
from thidua.year.conference.models import Method
from thidua.year.conference.services import (
    MeetingFacts,
    Outcome,
    Seat,
    adopt_again,
    adopt_scores,
    close_year,
    elect_office,
    hold_conference,
    nominate,
    record_attendance,
    reopen_scores,
)
from thidua.year.progress.services import Figure, Paper, add_evidence, cite, record_results
from thidua.year.record.awards import Award
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    KeyTaskInput,
    TargetInput,
    accept_registration,
    approve_registration,
    assign_targets,
    save_key_tasks,
    save_targets,
    save_titles,
    submit_registration,
)
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.services import (
    LineChange,
    answer_explanation,
    answer_return,
    confirm_lines,
    explain_line,
    finish_verification,
    open_sheets,
    resubmit,
    return_lines,
    save_line,
    set_adopted_line,
    submit_self_score,
)

SCALE = """
format: scale/1
name: nam-nho
version: "1"
title: Thang điểm {mark}
source: {{ref: dựng để kiểm thử, completeness: constructed}}
scale: {{base: 100, bonus_cap: 3, deduct_cap: null, max_total: null, decimals: 1,
  rounding: half_up, not_applicable: drop_denominator}}
criteria:
- code: I
  label: Chuyên môn {mark}
  kind: sum
  max: 60
  items:
  - {{code: I.1, label: Chỉ tiêu được giao, kind: linear, x: percent, from: 0, per: 100, each: 30,
     cap: 30, floor: 0, max: 30, slot: true, evidence: {{required: true, list: [Báo cáo]}}}}
  - {{code: I.2, label: Chất lượng tham mưu, kind: judged, max: 30}}
- {{code: II, label: Xây dựng cơ quan, kind: judged, max: 40}}
- {{code: III, label: Sáng kiến, part: bonus, kind: count, each: 1, cap: null}}
ranking: {{key: points, tie_breaks: [{{points: I}}]}}
"""


class Until(IntEnum):
    """How far the year is played."""

    FOUNDED = 0
    REGISTERED = 1
    SCORING = 2
    VERIFIED = 3
    MET = 4
    ADOPTED = 5
    CLOSED = 6


@dataclass
class Bloc:
    """A bloc-year with the leader of each unit; the first unit is head."""

    bloc_year: BlocYear
    units: list[Unit]
    leaders: list[Actor]
    standing: Actor
    mark: str = "của Khối"

    @property
    def head(self) -> Actor:
        """Who runs the year."""
        return self.leaders[0]

    def sheet(self, number: int) -> Sheet:
        """The sheet of a unit by its number from 1, as it stands in the database."""
        return Sheet.objects.get(bloc_year=self.bloc_year, unit=self.units[number - 1])


def own_bloc(world: World, mark: str = "của Khối") -> Bloc:
    """The first bloc of the world, with a leader for every unit."""
    others = [make_actor(world.jurisdiction, Role.LEADER, unit) for unit in world.units[2:]]
    leaders = [world.head, world.leader, *others]
    return Bloc(world.bloc_year, world.units, leaders, world.standing, mark)


def play(bloc: Bloc, *, until: Until = Until.CLOSED, day: date = date(2026, 11, 20)) -> Bloc:
    """Play the year up to a point; the clock stands on the day of the conference."""
    forget()
    with clock.at(clock.local(day, 10)):
        _found(bloc)
        for reached, step in (
            (Until.REGISTERED, _register),
            (Until.SCORING, _score),
            (Until.VERIFIED, _verify),
            (Until.MET, _meet),
            (Until.ADOPTED, _confer),
            (Until.CLOSED, _correct_and_close),
        ):
            if until >= reached:
                step(bloc)
    forget()
    return bloc


def _found(bloc: Bloc) -> None:
    set_theme(bloc.head, bloc_year=bloc.bloc_year, theme=f"Kỷ cương {bloc.mark}")
    pairs = propose_cycle([unit.pk for unit in bloc.units])
    assign_checkers(bloc.head, bloc_year=bloc.bloc_year, pairs=pairs)
    draft = import_scale(
        bloc.head,
        bloc_year=bloc.bloc_year,
        content=SCALE.format(mark=bloc.mark).encode(),
        file_name="thang-diem.yaml",
    )
    adopt_scale(bloc.head, scale=draft, adopted_on=date(2026, 1, 2), document_number="01/QĐ")


def _register(bloc: Bloc) -> None:
    by = Assignment(document_number=f"20/NQ-HĐND {bloc.mark}", document_date=date(2025, 12, 9))
    given = [
        AssignedTarget(unit_id=unit.pk, code="I.1", name=f"Hồ sơ {bloc.mark}", value=100_000)
        for unit in bloc.units
    ]
    assign_targets(bloc.standing, bloc_year=bloc.bloc_year, assignment=by, targets=given)
    for unit, leader in zip(bloc.units, bloc.leaders, strict=True):
        place = {"bloc_year": bloc.bloc_year, "unit": unit}
        extra = TargetInput(name=f"Điển hình {bloc.mark}", wording="mỗi quý một")
        save_targets(leader, **place, targets=[extra])
        save_titles(leader, **place, titles={Award.PROVINCE_FLAG: None})
        tasks = [KeyTaskInput(text=f"Nhiệm vụ {number} {bloc.mark}") for number in range(1, 11)]
        row = save_key_tasks(leader, **place, tasks=tasks)
        row = submit_registration(leader, registration=row)
        accept_registration(bloc.head, registration=approve_registration(leader, registration=row))


def _score(bloc: Bloc) -> None:
    open_sheets(bloc.head, bloc_year=bloc.bloc_year)
    for number, (unit, leader) in enumerate(zip(bloc.units, bloc.leaders, strict=True), 1):
        place = {"bloc_year": bloc.bloc_year, "unit": unit}
        figure = Figure(code="I.1", value=(100 - 10 * number) * 1000, note=f"Số liệu {bloc.mark}")
        record_results(leader, **place, as_of=date(2026, 10, 30), figures=[figure])
        file = store(io.BytesIO(f"Báo cáo {bloc.mark} {number}\n".encode()), name="bao-cao.txt")
        paper = Paper(subject=f"Báo cáo năm {bloc.mark}", number=f"{number}/BC")
        document = add_evidence(leader, **place, paper=paper, file=file)
        cite(leader, document=document, codes=["I.1"], page="trang 4")
        _self_score(bloc, number)


def _self_score(bloc: Bloc, number: int) -> None:
    sheet, leader = bloc.sheet(number), bloc.leaders[number - 1]
    reason = f"Theo báo cáo {bloc.mark}"
    for code, points in (("I.2", 25_000 + number), ("II", 35_500)):
        change = LineChange(points=points, reason=reason)
        save_line(leader, sheet=sheet, code=code, stage=Stage.SELF, change=change)
    count = LineChange(inputs={"value": str(number)}, reason=reason)
    save_line(leader, sheet=sheet, code="III", stage=Stage.SELF, change=count)
    submit_self_score(leader, sheet=sheet)


def _verify(bloc: Bloc) -> None:
    size = len(bloc.units)
    for number in range(1, size + 1):
        checker, sheet = bloc.leaders[number % size], bloc.sheet(number)
        if number == 2:
            _send_back(bloc, checker, sheet)
        change = LineChange(points=35_000, reason=f"Thiếu một kỳ họp {bloc.mark}")
        save_line(checker, sheet=sheet, code="II", stage=Stage.VERIFIED, change=change)
        confirm_lines(checker, sheet=sheet)
        finish_verification(checker, sheet=sheet)
        _explain(bloc, checker, number)


def _send_back(bloc: Bloc, checker: Actor, sheet: Sheet) -> None:
    return_lines(checker, sheet=sheet, reasons={"I.2": f"Chưa rõ {bloc.mark}"})
    with clock.at(clock.now() + timedelta(minutes=5)):
        answer_return(bloc.leaders[1], sheet=sheet, code="I.2", text=f"Đã rõ {bloc.mark}")
        resubmit(bloc.leaders[1], sheet=sheet)


def _explain(bloc: Bloc, checker: Actor, number: int) -> None:
    said = explain_line(
        bloc.leaders[number - 1],
        sheet=bloc.sheet(number),
        code="II",
        text=f"Kỳ họp đã bù {bloc.mark}",
    )
    answer_explanation(checker, explanation=said, answer=f"Giữ nguyên {bloc.mark}")


def _meet(bloc: Bloc) -> None:
    """Explanations are in and answered: the head ends their time before the conference decides."""
    now = clock.now()
    set_windows(
        bloc.head,
        bloc_year=bloc.bloc_year,
        spans={"explain": Span(now - timedelta(days=2), now - timedelta(minutes=1))},
        reason=f"Các đơn vị đã giải trình xong {bloc.mark}",
    )
    facts = MeetingFacts(
        held_on=clock.today(), place=f"Hội trường {bloc.mark}", chair=f"Chủ trì {bloc.mark}"
    )
    hold_conference(bloc.head, bloc_year=bloc.bloc_year, facts=facts)
    seats = [
        Seat(unit_id=unit.pk, present=True, representative=f"Đại biểu {bloc.mark}")
        for unit in bloc.units
    ]
    record_attendance(bloc.head, bloc_year=bloc.bloc_year, seats=seats)


def _confer(bloc: Bloc) -> None:
    adopt_scores(bloc.head, bloc_year=bloc.bloc_year)
    votes = len(bloc.units)
    outcome = Outcome(method=Method.HANDS, votes_for=votes, voters=votes)
    for office, unit in ((Office.Kind.HEAD, bloc.units[1]), (Office.Kind.DEPUTY, bloc.units[0])):
        elect_office(bloc.head, bloc_year=bloc.bloc_year, office=office, unit=unit, outcome=outcome)
    nominate(
        bloc.head,
        bloc_year=bloc.bloc_year,
        unit=bloc.units[0],
        award=Award.PROVINCE_FLAG,
        outcome=outcome,
    )


def _correct_and_close(bloc: Bloc) -> None:
    reason = f"Cộng sót {bloc.mark}"
    reopen_scores(bloc.head, bloc_year=bloc.bloc_year, reason=reason)
    set_adopted_line(
        bloc.head,
        sheet=bloc.sheet(1),
        code="II",
        change=LineChange(points=36_000, reason=reason),
    )
    adopt_again(bloc.head, bloc_year=bloc.bloc_year, reason=reason)
    close_year(bloc.head, bloc_year=bloc.bloc_year)
