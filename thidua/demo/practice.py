"""The practice bloc: made-up agencies in a made-up province, this year, self-scoring open.

Its windows are relative to the day of loading. Every unit but the one whose officer has a log-in
has sent a complete sheet, so that the given log-ins reach the end of the year. Failings live here
and nowhere else in the demo: lines of one sheet were returned and answered, results stand below
targets.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from thidua.core.points import MILLI
from thidua.demo import register, score
from thidua.demo.case import scale_text
from thidua.demo.cast import Cast
from thidua.demo.found import found_year, open_windows
from thidua.platform import clock
from thidua.platform.marking import made_up
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.bloc.services import assign_checkers, propose_cycle
from thidua.year.record.awards import Award
from thidua.year.registration.services import (
    AssignedTarget,
    Assignment,
    KeyTaskInput,
    TargetInput,
    assign_targets,
)
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Sheet
from thidua.year.scoring.services import open_sheets, return_lines, set_fields

JURISDICTION = "Tỉnh Thực hành"
SHOWN = "Sở Văn hóa thực hành"
UNITS = [
    "Sở Nội vụ thực hành",
    "Sở Tài chính thực hành",
    SHOWN,
    "Sở Xây dựng thực hành",
    "Sở Giao thông thực hành",
    "Sở Thủy lợi thực hành",
    "Ban Miền núi thực hành",
    "Đài Phát thanh thực hành",
    "Trung tâm Chuyển đổi số thực hành",
]
RETURNED = {
    "II.1": "Thiếu biểu tổng hợp của bộ phận một cửa.",
    "III.2": "Chưa nêu phong trào theo chuyên đề nào.",
}
HALF = 7  # how many of its lines the shown unit has filled
SPANS = {  # days from the day of loading
    Window.Deed.REGISTER: (-250, -220),
    Window.Deed.PROGRESS: (-200, 5),
    Window.Deed.SELF_SCORE: (-10, 12),
    Window.Deed.VERIFY: (-5, 25),
    Window.Deed.EXPLAIN: (5, 30),
    Window.Deed.CONFERENCE: (40, 41),
}
TARGETS = {"I.1": 200, "I.2": 50, "I.3": 400, "I.4": 20}
SLOTS = {
    "I.1": ("Hộ được hỗ trợ theo chương trình", "hộ"),
    "I.2": ("Cuộc kiểm tra theo kế hoạch", "cuộc"),
    "I.3": ("Người dự lớp bồi dưỡng", "người"),
    "I.4": ("Mô hình điểm được xây dựng", "mô hình"),
}
TITLES: dict[Award, int | None] = {
    Award.PROVINCE_FLAG: None,
    Award.EXCELLENT_COLLECTIVE: 2,
    Award.ADVANCED_WORKER: 40,
}


def case_of(today: date) -> dict[str, Any]:
    """The practice case in the shape of a case file, around a day."""
    year = today.year
    return {
        "jurisdiction": {
            "name": JURISDICTION,
            "place": "Thực hành",
            "standing_office": "Phòng Thi đua - Khen thưởng thực hành",
            "letterhead": "state",
        },
        "bloc": {
            "name": "Khối thi đua thực hành",
            "year": year,
            "starts": min(date(year, 1, 1), today - timedelta(days=270)),
            "ends": max(date(year, 12, 31), today + timedelta(days=60)),
        },
        "source_note": "Khối dựng để thực hành: đơn vị, chỉ tiêu, điểm đều là mẫu, có dấu °.",
        "theme": "Làm thử cho quen, làm thật cho nhanh",
        "units": UNITS,
        "head": UNITS[0],
        "deputy": UNITS[1],
    }


def play(case: dict[str, Any], cast: Cast, today: date) -> BlocYear:
    """Found the year, register, open the sheets, and leave every unit at another point."""
    with made_up(), clock.at(clock.local(case["bloc"]["starts"], 9)):
        bloc_year = found_year(case, cast, officer_unit=SHOWN)
        spans = {
            deed: (today + timedelta(days=first), today + timedelta(days=last))
            for deed, (first, last) in SPANS.items()
        }
        open_windows(cast, bloc_year, spans)
        scale = import_scale(cast.chair, bloc_year=bloc_year, content=scale_text("thuc-hanh.yaml"))
        adopt_scale(cast.chair, scale=scale, adopted_on=clock.today())
    with made_up():
        units = [Unit.objects.get(name=name) for name in UNITS]
        _register(cast, bloc_year, units, today - timedelta(days=240))
        _score(cast, bloc_year, units, today)
    return bloc_year


def _register(cast: Cast, bloc_year: BlocYear, units: list[Unit], day: date) -> None:
    with clock.at(clock.local(day, 9)):
        assign_targets(
            cast.standing,
            bloc_year=bloc_year,
            assignment=Assignment(document_number="01/NQ-TH", document_date=day, clause="Mục 2"),
            targets=[_assigned(unit, code) for unit in units for code in ("I.1", "I.2")],
        )
        tasks = [
            KeyTaskInput(text=f"Nhiệm vụ trọng tâm {number}", due=f"Quý {1 + number % 4}")
            for number in range(1, 11)
        ]
        for unit in units:
            chosen = [_chosen(code) for code in ("I.3", "I.4")]
            row = register.draft(cast, bloc_year, unit, targets=chosen, titles=TITLES, tasks=tasks)
            register.send(cast, row)


def _assigned(unit: Unit, code: str) -> AssignedTarget:
    name, measure = SLOTS[code]
    return AssignedTarget(
        unit_id=unit.pk,
        code=code,
        name=name,
        measure=measure,
        value=TARGETS[code] * MILLI,
        synthetic=True,
    )


def _chosen(code: str) -> TargetInput:
    name, measure = SLOTS[code]
    return TargetInput(
        code=code, name=name, measure=measure, value=TARGETS[code] * MILLI, synthetic=True
    )


def _score(cast: Cast, bloc_year: BlocYear, units: list[Unit], today: date) -> None:
    first = today - timedelta(days=10)
    pairs = propose_cycle([unit.pk for unit in units])
    with clock.at(clock.local(first, 9)):
        assign_checkers(cast.chair, bloc_year=bloc_year, pairs=pairs)
        open_sheets(cast.chair, bloc_year=bloc_year)
    checker_of = dict(pairs)
    shown = next(unit for unit in units if unit.name == SHOWN)
    sheets = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(bloc_year=bloc_year)}
    for place, unit in enumerate(units):
        with clock.at(clock.local(today - timedelta(days=4), 8, place)):
            part = HALF if unit == shown else None
            _fill(cast, bloc_year, sheets[unit.pk], unit, part=part)
    for unit in units:
        if unit != shown:
            with clock.at(clock.local(today - timedelta(days=3), 10)):
                score.submit(cast, sheets[unit.pk])
    _verify_some(cast, bloc_year, units, checker_of, today)


def _fill(cast: Cast, bloc_year: BlocYear, sheet: Sheet, unit: Unit, *, part: int | None) -> None:
    lot = Random(unit.name)  # noqa: S311  # repeatable made-up figures, nothing secret
    results = {code: target * lot.randint(90, 106) // 100 for code, target in TARGETS.items()}
    score.report(cast, bloc_year, unit, as_of=clock.today(), results=results)
    score.prove(
        cast,
        bloc_year,
        unit,
        subject="Báo cáo kết quả năm (văn bản mẫu)",
        codes=["I.1", "I.2", "II.1"],
    )
    score.judge(cast, sheet, dict(list(_typed(lot).items())[:part]))
    if part is None:
        set_fields(cast.officers[unit.pk], sheet=sheet, fields={"nop_dung_han": True})


def _typed(lot: Random) -> dict[str, object]:
    """Self-scores of the lines that are not filled by registered targets and results."""

    def points(most: int) -> str:
        whole, tenth = divmod(lot.randint(most * 7, most * 10), 10)
        return f"{whole}.{tenth}"

    files = lot.randint(900, 1500)
    return {
        "I.5": points(10),
        "II.1": {"target": files, "result": files * lot.randint(94, 100) // 100},
        "II.2": {"target": 100, "result": lot.randint(95, 130)},
        "II.3": {"value": True},
        "II.4": points(3),
        "III.1": points(5),
        "III.2": points(5),
        "III.3": {"value": lot.randint(1, 3)},
        "III.4": points(2),
        "IV": {"reviewed": True},
        "IV.1": {"value": lot.randint(0, 2)},
        "V": {"value": 0},
        "VI": {"value": 0},
    }


def _verify_some(
    cast: Cast,
    bloc_year: BlocYear,
    units: list[Unit],
    checker_of: dict[int, int],
    today: date,
) -> None:
    done, returned = units[0], units[3]
    sheets = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(bloc_year=bloc_year)}
    with clock.at(clock.local(today - timedelta(days=2), 14)):
        score.confirm(cast, sheets[done.pk], by=checker_of[done.pk])
        return_lines(
            cast.officers[checker_of[returned.pk]],
            sheet=sheets[returned.pk],
            reasons=RETURNED,
        )
    _answer(cast, bloc_year, returned, today)


def _answer(cast: Cast, bloc_year: BlocYear, unit: Unit, today: date) -> None:
    """The unit proves what was missing and sends its sheet again, late in the afternoon."""
    sheet = Sheet.objects.get(bloc_year=bloc_year, unit=unit)
    with clock.at(clock.local(today - timedelta(days=1), 16)):
        score.prove(
            cast,
            bloc_year,
            unit,
            subject="Biểu tổng hợp bộ phận một cửa, danh mục phong trào (văn bản mẫu)",
            codes=list(RETURNED),
        )
        score.submit(cast, sheet)
