"""A bloc-year brought to the eve of its conference: scale in force, sheets filled and verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.build import World
from thidua.platform import clock
from thidua.registry.models import Unit
from thidua.year.bloc.models import BlocYear, Window
from thidua.year.conference.models import Adoption, Conference, Method
from thidua.year.conference.services import (
    MeetingFacts,
    Outcome,
    Seat,
    adopt_scores,
    hold_conference,
    record_attendance,
)
from thidua.year.rulebook.services import adopt_scale, import_scale
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.services import open_sheets

SCALE = """
format: scale/1
name: khoi-mau
version: "1"
title: Thang điểm mẫu của Khối
source: {ref: Quy chế của Khối, completeness: full}
fields:
  ky_luat: {type: flag, label: Có cán bộ bị kỷ luật}
scale: {base: 100, bonus_cap: 3, deduct_cap: 4, max_total: null, decimals: 1, rounding: half_up,
  not_applicable: drop_denominator}
criteria:
- code: I
  label: Nhiệm vụ chuyên môn
  kind: sum
  max: 60
  items:
  - {code: I.1, label: Chỉ tiêu HĐND tỉnh giao, kind: linear, x: percent, from: 0,
     per: 100, each: 30, cap: 30, floor: 0, max: 30}
  - {code: I.2, label: Chất lượng tham mưu, kind: judged, max: 30}
- code: II
  label: Xây dựng cơ quan
  kind: sum
  max: 40
  items:
  - {code: II.1, label: Quy chế dân chủ, kind: judged, max: 20}
  - code: II.2
    label: Kỷ cương
    kind: ledger
    start: 20
    deduct_cap: 10
    floor: 0
    items:
    - {code: II.2.a, label: Người bị khiển trách, kind: count, each: -1, cap: null}
    - {code: II.2.b, label: Gửi báo cáo chậm, kind: count, each: -0.5, cap: null}
- {code: III, label: Sáng kiến, part: bonus, kind: count, each: 1, cap: null}
- {code: IV, label: Vi phạm, part: deduct, kind: count, each: -2, cap: null}
gates: [{code: G1, label: Có cán bộ bị kỷ luật từ cảnh cáo, when: ky_luat, effect: not_considered}]
classification: {classes: [{code: XS, label: Xuất sắc, ge: 90}, {code: T, label: Tốt, ge: 70},
  {code: K, label: Khá}]}
ranking: {key: points, tie_breaks: [{points: I}]}
"""

# by unit: result of I.1 (target 100), I.2, II.1, reprimands, late reports, initiatives, offences
ROWS: Mapping[int, tuple[str, str, str, str, str, str, str]] = {
    1: ("100", "27.5", "19", "0", "0", "5", "0"),  # 57.5 + 39 + 3 = 99.5
    2: ("90", "28", "19.5", "1", "1", "2", "0"),  # 55 + 38 + 2 = 95.0
    3: ("80", "26", "18", "0", "0", "0", "3"),  # 50 + 38 - 4 = 84.0
}
TOTALS = {1: "99.5", 2: "95", 3: "84"}
CODES = ("I.1", "I.2", "II.1", "II.2.a", "II.2.b", "III", "IV")
HELD_ON = date(2026, 11, 20)


def inputs_of(row: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """The figures of one unit by line."""
    found: dict[str, dict[str, object]] = {
        code: {"value": text} for code, text in zip(CODES[1:], row[1:], strict=True)
    }
    found["I.1"] = {"target": "100", "result": row[0]}
    return found


def ready(
    world: World, rows: Mapping[int, tuple[str, ...]] = ROWS, *, scale: str = SCALE
) -> dict[int, Sheet]:
    """Every sheet filled and verified; the conference is not recorded yet."""
    draft = import_scale(world.head, bloc_year=world.bloc_year, content=scale)
    adopt_scale(world.head, scale=draft, adopted_on=date(2026, 1, 2))
    open_sheets(world.head, bloc_year=world.bloc_year)
    sheets = {
        number: Sheet.objects.get(bloc_year=world.bloc_year, unit=unit)
        for number, unit in enumerate(world.units, 1)
    }
    for number, row in rows.items():
        write(sheets[number], inputs_of(row))
    Sheet.objects.filter(bloc_year=world.bloc_year).update(
        state=Sheet.State.VERIFIED,
        submitted_at=clock.now(),
        verified_at=clock.now(),
        fields={"ky_luat": False},
    )
    end_explanations(world)
    return {number: Sheet.objects.get(pk=sheet.pk) for number, sheet in sheets.items()}


def end_explanations(world: World) -> None:
    """The time for explanations is over on the day before the conference."""
    Window.objects.filter(bloc_year=world.bloc_year, deed=Window.Deed.EXPLAIN).update(
        opens=clock.local(date(2026, 11, 10)), closes=clock.local(date(2026, 11, 19), 17)
    )


def write(sheet: Sheet, lines: Mapping[str, Mapping[str, object]]) -> None:
    """Self-scored lines as they stand in the database."""
    for code, inputs in lines.items():
        Entry.objects.create(
            jurisdiction=sheet.jurisdiction,
            sheet=sheet,
            code=code,
            stage=Stage.SELF,
            inputs=dict(inputs),
            author="Chuyên viên",
            at=clock.now(),
        )


def meet(
    world: World, *, present: int | None = None, held_on: date = HELD_ON, **facts: str
) -> Conference:
    """The meeting recorded, with that many units present (all of them by default)."""
    told = {"place": "Hội trường Sở Số 1", "chair": "Giám đốc Sở Số 1", **facts}
    conference = hold_conference(
        world.head,
        bloc_year=world.bloc_year,
        facts=MeetingFacts(held_on=held_on, **told),  # type: ignore[arg-type]  # texts alone
    )
    came = len(world.units) if present is None else present
    record_attendance(
        world.head,
        bloc_year=world.bloc_year,
        seats=[
            Seat(unit_id=unit.pk, present=number <= came)
            for number, unit in enumerate(world.units, 1)
        ],
    )
    return conference


def adopted(world: World, rows: Mapping[int, tuple[str, ...]] = ROWS) -> Adoption:
    """The table adopted by a full meeting."""
    ready(world, rows)
    meet(world)
    return adopt_scores(world.head, bloc_year=world.bloc_year)


def by_hands(votes_for: int | None = None, voters: int | None = None) -> Outcome:
    """Decided by show of hands."""
    return Outcome(method=Method.HANDS, votes_for=votes_for, voters=voters)


def year_of(world: World) -> BlocYear:
    """The bloc-year as it stands in the database."""
    return BlocYear.objects.select_related("bloc", "jurisdiction").get(pk=world.bloc_year.pk)


def unit(world: World, number: int) -> Unit:
    """A unit by its number from 1."""
    return world.units[number - 1]
