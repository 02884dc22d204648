"""The formulas of the workbook give what the engine gives, reckoned by a program that is not ours.

Random figures on every published example scale and on one of every kind. The values that the files
carry are compared too, where no other program is at hand.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

import thidua.scalefile
from tests.build import World
from tests.year.scoring.build import opened
from tests.year.scoring.scales import EVERY_KIND, PLAIN
from tests.year.scoring.workbook.filling import HEADER, MAIN, opened_book, saved
from tests.year.scoring.workbook.reckon import differences, reckoned
from thidua.core.condition import All, Not, Test
from thidua.core.condition import Any as Either
from thidua.core.finding import Refused
from thidua.platform.workbook.xlsx import to_xlsx
from thidua.year.scoring.board import View, forget, view_of
from thidua.year.scoring.judging import Desk, desk_of
from thidua.year.scoring.lines import Ask, Line, asked
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.pages.sheet import RUNS
from thidua.year.scoring.services import LineChange, Wanted, save_lines, set_fields
from thidua.year.scoring.workbook.columns import FILLED_IN, Column
from thidua.year.scoring.workbook.out import EXCEL, SOFTWARE, unit_workbook

EXAMPLES = Path(thidua.scalefile.__file__).parent / "examples"
LIMITS = """
format: scale/1
name: gioi-han
version: "1"
title: Đủ trần, sàn, cách làm tròn
source: {ref: dựng để kiểm thử, completeness: constructed}
fields:
  mien: {type: flag, label: Được miễn}
scale: {base: null, bonus_cap: 4, deduct_cap: 3, max_total: 90, min_total: 5, decimals: 1,
  rounding: half_even, round_at: leaf, not_applicable: drop_denominator}
criteria:
- code: A
  label: Nhóm có trần
  kind: sum
  cap: 30
  floor: 2
  items:
  - {code: A1, label: Từng bước, kind: linear, from: 50, per: 7, each: 1.5, at: 2, whole: true,
     cap: 12, floor: -2, max: 12}
  - {code: A2, label: Tỷ lệ lẻ, kind: linear, x: percent, from: 0, per: 3, each: 0.35, cap: 12,
     floor: null, max: 12}
  - {code: A3, label: Bậc theo tỷ lệ, kind: steps, x: percent, else: 0,
     bands: [{ge: 100, pts: 8}, {ge: 66.7, lt: 100, pts: 5}, {gt: 30, le: 66, pts: 2}]}
  - {code: A4, label: Đủ số, kind: steps, whole: true, else: undecided,
     bands: [{eq: 3, pts: 3}, {ge: 4, le: 9, pts: 4}]}
- code: B
  label: Hạng cao nhất
  kind: pick
  mode: max
  items:
  - {code: B1, label: Mức Trung ương, kind: flag, hit: 7, miss: -1}
  - {code: B2, label: Mức tỉnh, kind: count, each: 2.25, cap: 6}
- code: C
  label: Kỷ luật
  kind: ledger
  start: 20
  bonus_cap: 2
  deduct_cap: 9
  cap: 21
  floor: 4
  items:
  - {code: C1, label: Khiển trách, kind: count, each: -1.5, cap: 6}
  - {code: C2, label: Cảnh cáo, kind: flag, hit: -5}
  - {code: C3, label: Khen, kind: count, each: 1, cap: null}
- {code: D, label: Quý, kind: judged, max: 5, recurs: {times: 4, combine: mean}}
- {code: E, label: Hạn nộp, kind: steps, x: days_late, else: 0, due: 2026-06-30,
   bands: [{le: 0, pts: 5}, {gt: 0, le: 5, pts: 3}]}
- {code: G, label: Đủ điểm khi không áp dụng, kind: linear, x: percent, from: 0, per: 100, each: 5,
   cap: 5, floor: 0, max: 5, not_applicable: full_marks}
- {code: H, label: Chỉ khi được miễn, kind: judged, max: 5, when: mien}
- {code: T, label: Thưởng, part: bonus, kind: count, each: 1.5, cap: null}
- {code: P, label: Phạt, part: deduct, kind: count, each: -1.25, cap: null}
"""


def typed_on(line: Line, rnd: Random) -> dict[str, object]:
    """What somebody might type on a line; now and then nothing."""
    if rnd.random() < 0.15 or line.is_heading:
        return {}
    low, high = line.span
    match line.ask:
        case Ask.POINTS:
            return {"value": Fraction(rnd.randrange(0, int(4 * (high or 5)) + 1), 4)}
        case Ask.PAIR:
            target = rnd.choice([0, 30, 70, 7, 12.5, 40])
            return {"target": Fraction(target), "result": Fraction(rnd.randrange(0, 120), 2)}
        case Ask.NUMBER:
            whole = Fraction(rnd.choice([0, 1, 2, 3, 5, 9, 60, 88, 95]))
            return {"value": whole if line.whole else whole + Fraction(rnd.randrange(0, 8), 8)}
        case Ask.TRUTH:
            return {"value": rnd.random() < 0.7}
        case Ask.WORD | Ask.CHOICE:
            return {("value" if line.ask is Ask.WORD else "chosen"): rnd.choice(line.options).value}
        case Ask.DATE:
            day = date(2026, 6, 25) + timedelta(days=rnd.randrange(0, 16))
            return {"date": day, **({} if line.node.due else {"due": date(2026, 6, 30)})}
    del low
    return {"reviewed": True} if line.takes_review and rnd.random() < 0.6 else {}


def wish(line: Line, rnd: Random) -> Wanted | None:
    """A change of a line: figures, now and then points by hand or "không áp dụng"."""
    inputs = typed_on(line, rnd)
    if line.is_leaf and rnd.random() < 0.06:
        inputs = {**inputs, "na": True}
    points = None
    if line.is_leaf and not line.is_judged and rnd.random() < 0.08:
        low, high = line.span
        points = int(1000 * (high if high is not None else low or 0))
    if not inputs and points is None:
        return None
    return Wanted(change=LineChange(inputs=inputs, points=points, reason="Lý do"))


def typed_sheet(world: World, sheet: Sheet, lines: tuple[Line, ...], seed: int) -> None:
    """Every sheet of the bloc filled at random through the services."""
    rnd = Random(seed)
    for actor, one in ((world.officer, sheet), (world.third, _sheet_of(world, 3))):
        wanted = {line.key: found for line in lines if (found := wish(line, rnd)) is not None}
        save_lines(actor, sheet=one, stage=Stage.SELF, wanted=wanted)


def _sheet_of(world: World, unit: int) -> Sheet:
    return Sheet.objects.get(bloc_year=world.bloc_year, unit=world.units[unit - 1])


def taken_out(world: World, text: str, seed: int | None) -> tuple[bytes, View, Desk]:
    """The workbook of unit 2 after figures at random."""
    sheet = opened(world, text)[2]
    desk = desk_of(world.officer, sheet)
    facts = {one.name: True for one in desk.scale.scale.fields if one.type == "flag"}
    if facts:
        set_fields(world.officer, sheet=sheet, fields=facts)
    if seed is not None:
        typed_sheet(world, sheet, desk.scale.lines, seed)
    return taken_again(world, sheet)


def taken_again(world: World, sheet: Sheet) -> tuple[bytes, View, Desk]:
    view = view_of(world.bloc_year.pk, *RUNS)
    desk = desk_of(world.officer, sheet)
    return to_xlsx(unit_workbook(view, desk, world.bloc_year)), view, desk


def figure(points: Fraction | None) -> float | None:
    return None if points is None else float(points)


def carried(data: bytes, view: View, desk: Desk) -> list[str]:
    """Where the values that the file carries are not the engine's."""
    page, found = opened_book(data, values=True)[MAIN], []
    sheet = view.facts.sheets[desk.sheet.pk]
    for place, line in enumerate(desk.scale.lines, HEADER + 1):
        node = view.node(sheet, line.key, Stage.SELF)
        points = None if node is None else node.points
        if node is not None and node.state == "open":
            points = node.so_far
        value: Any = page.cell(place, Column.POINTS + 1).value
        shown = value if isinstance(value, int | float) else None
        if shown != pytest.approx(figure(points)):
            found.append(f"{line.key}: {value} / {points}")
    total: Any = page.cell(HEADER + len(desk.scale.lines) + 1, Column.POINTS + 1).value
    if total != pytest.approx(figure(view.unit(sheet, Stage.SELF).so_far)):
        found.append(f"total: {total}")
    return found


SCALES = {
    "plain": PLAIN,
    "every": EVERY_KIND,
    "limits": LIMITS,
    **{file.stem: file.read_text("utf-8") for file in sorted(EXAMPLES.glob("*.yaml"))},
}


@pytest.mark.parametrize("name", SCALES)
def test_the_file_carries_the_figures_of_the_engine(world: World, name: str) -> None:
    data, view, desk = taken_out(world, SCALES[name], seed=7)

    assert carried(data, view, desk) == []


@pytest.mark.once
def test_another_program_reckons_what_the_engine_found(world: World, tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for name, text in SCALES.items():
        for seed in (1, 2, 3):
            files[f"{name}-{seed}"] = _in_a_year_of_its_own(world, text, seed)

    computed = reckoned(tmp_path, files)

    wrong = {
        name: found
        for name, data in files.items()
        if (found := differences(opened_book(data, values=True), computed[name], sheet=MAIN))
    }
    assert wrong == {}


def _adds_up(page: Any, row: int) -> bool:
    """A group or the total, which counts what only the software reckons."""
    return page.cell(row, Column.RULE + 1).value is None


@pytest.mark.parametrize("name", ["plain", "limits", "thong-ke-hung-yen-2026"])
def test_an_empty_workbook_reckons_what_is_filled_in_later(
    world: World, tmp_path: Path, name: str
) -> None:
    """Formulas that went out with nothing in the boxes give what the engine gives afterwards."""
    filled = _in_a_year_of_its_own(world, SCALES[name], 5)
    empty = opened_book(_in_a_year_of_its_own(world, SCALES[name], None))
    source, target = opened_book(filled)[MAIN], empty[MAIN]
    for row in range(HEADER + 1, source.max_row):
        for column in FILLED_IN:
            if not target.cell(row, column + 1).protection.locked:
                target.cell(row, column + 1).value = source.cell(row, column + 1).value

    computed = reckoned(tmp_path, {"later": saved(empty)})["later"]

    ways = {row: target.cell(row, Column.WAY + 1).value for row in range(4, source.max_row + 1)}
    still = {row for row, way in ways.items() if way == SOFTWARE}
    still |= {row for row, way in ways.items() if way == EXCEL and still and _adds_up(target, row)}
    found = differences(opened_book(filled, values=True), computed, sheet=MAIN)
    assert [one for one in found if int(re.findall(r"[0-9]+", one)[0]) not in still] == []


def _in_a_year_of_its_own(world: World, text: str, seed: int | None) -> bytes:
    """The workbook under a scale, empty without a seed; what the database learnt is undone."""
    from django.db import transaction

    forget()
    with transaction.atomic():
        data, _, _ = taken_out(world, text, seed)
        transaction.set_rollback(True)
    forget()
    return data


def test_what_a_spreadsheet_cannot_reckon_says_so_and_carries_the_figure(world: World) -> None:
    data, view, desk = taken_out(world, PLAIN, seed=7)
    page = opened_book(data)[MAIN]
    ways = {
        page.cell(row, Column.CODE + 1).value: page.cell(row, Column.WAY + 1).value
        for row in range(HEADER + 1, page.max_row + 1)
    }

    assert ways == {
        "I": EXCEL, "I.1": EXCEL, "I.2": SOFTWARE, "II": EXCEL, "II.1": "Đơn vị chấm",
        "II.2": EXCEL, "III": EXCEL, "IV": EXCEL, None: EXCEL,
    }  # fmt: skip
    sheet = view.facts.sheets[desk.sheet.pk]
    leader = page.cell(HEADER + 3, Column.RULE + 1).value
    assert leader == pytest.approx(
        figure(view.computed(sheet, desk.scale.index["I.2"], Stage.SELF))
    )


def conditions_of(found: object) -> list[Test]:
    """The tests in a condition, for the check that the sample scales hold some."""
    match found:
        case Test():
            return [found]
        case Not(part):
            return conditions_of(part)
        case All(parts) | Either(parts):
            return [test for part in parts for test in conditions_of(part)]
    return []


def test_the_samples_hold_every_way_of_asking(world: World) -> None:
    asks: set[Ask] = set()
    for text in SCALES.values():
        scale = thidua.scalefile.load_scale(text.encode(), name="x.yaml").scale
        asks |= {asked(node) for node in scale.walk()}

    assert asks == set(Ask)


def test_refusals_of_random_figures_are_few(world: World) -> None:
    """The random figures really reach the sheets: the services take nearly all of them."""
    sheet = opened(world, SCALES["limits"])[2]
    desk = desk_of(world.officer, sheet)
    wanted = {line.key: one for line in desk.scale.lines if (one := wish(line, Random(5)))}
    try:
        saved = save_lines(world.officer, sheet=sheet, stage=Stage.SELF, wanted=wanted)
    except Refused as refused:
        pytest.fail(str(refused))
    assert len(saved.entries) >= 0.8 * len(wanted)
