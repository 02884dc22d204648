"""The bloc's table in Excel: totals and ranks by formula as the engine has them, or said not to."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import fill, opened, type_line
from tests.year.scoring.scales import PLAIN
from tests.year.scoring.workbook.filling import opened_book
from tests.year.scoring.workbook.reckon import differences, reckoned
from tests.year.scoring.workbook.test_formulas import SCALES, wish
from thidua.year.scoring.board import forget
from thidua.year.scoring.models import Sheet, Stage
from thidua.year.scoring.queries import stage_result
from thidua.year.scoring.services import save_lines, set_fields, submit_self_score
from thidua.year.scoring.workbook.table import WAY_HEAD

TABLE = "Bảng tổng hợp"


def actors(world: World) -> dict[int, Any]:
    return {1: world.head, 2: world.officer, 3: world.third}


def table_of(world: World, look: str = "tu-cham") -> bytes:
    where = reverse("scoring:table_file", args=[world.bloc_year.pk, "xlsx"])
    response = signed_in(world.head).get(where, {"buoc": look})
    assert response.status_code == 200
    return response.content


def row_named(page: Any, name: str) -> list[Any]:
    """A row of the table by the words in its second column."""
    return next([c.value for c in row] for row in page.iter_rows() if row[1].value == name)


def filled_bloc(world: World, text: str, seed: int | None = None) -> None:
    """All three units scored: by hand under the plain scale, else at random."""
    sheets = opened(world, text)
    for number, actor in actors(world).items():
        if seed is None:
            fill(actor, sheets[number], result=str(60 + 10 * number))
        else:
            _at_random(actor, sheets[number], Random(seed + number))


def all_sent(world: World) -> None:
    """Every unit has sent its sheet, so that it has a place."""
    for number, actor in actors(world).items():
        submit_self_score(actor, sheet=Sheet.objects.get(unit=world.units[number - 1]))


def _at_random(actor: Any, sheet: Sheet, rnd: Random) -> None:
    from thidua.year.scoring.judging import desk_of

    scale = desk_of(actor, sheet).scale
    facts = {one.name: True for one in scale.scale.fields if one.type == "flag"}
    if facts:
        set_fields(actor, sheet=sheet, fields=facts)
    wanted = {line.key: found for line in scale.lines if (found := wish(line, rnd)) is not None}
    save_lines(actor, sheet=sheet, stage=Stage.SELF, wanted=wanted)


def test_totals_and_ranks_are_formulas_with_the_engines_figures(world: World) -> None:
    filled_bloc(world, PLAIN)
    all_sent(world)
    data = table_of(world)
    formulas, values = opened_book(data)[TABLE], opened_book(data, values=True)[TABLE]
    result = stage_result(world.bloc_year, Stage.SELF)
    names = [cell.value for cell in formulas[2]][3:6]

    totals, ranks = row_named(formulas, "Tổng điểm"), row_named(formulas, "Xếp thứ")
    assert all(str(text).startswith("=") for text in (*totals[3:6], *ranks[3:6]))
    shown = dict(zip(names, row_named(values, "Tổng điểm")[3:6], strict=True))
    assert shown == {unit.unit: float(unit.total or 0) for unit in result.units}
    placed = dict(zip(names, row_named(values, "Xếp thứ")[3:6], strict=True))
    assert placed == {unit.unit: unit.rank for unit in result.units}
    assert formulas[2][6].value == WAY_HEAD
    assert row_named(formulas, "Nhiệm vụ chuyên môn")[6] == "Công thức"
    assert row_named(formulas, "Quy chế dân chủ")[6] == "Số của phần mềm"


def test_units_with_equal_totals_are_parted_by_the_tie_break_formula(
    world: World, tmp_path: Path
) -> None:
    filled_bloc(world, PLAIN)
    sheets = {n: Sheet.objects.get(unit=world.units[n - 1]) for n in (1, 2, 3)}
    for number, (first, second) in {1: ("30", "10"), 2: ("20", "20"), 3: ("20", "20")}.items():
        actor = actors(world)[number]
        type_line(actor, sheets[number], "I.1", first, reason="x")
        type_line(actor, sheets[number], "I.2", "20", reason="x")
        type_line(actor, sheets[number], "II.1", second, reason="x")
    all_sent(world)
    data = table_of(world)
    values = opened_book(data, values=True)[TABLE]

    assert row_named(values, "Tổng điểm")[3:6] == [81.0, 81.0, 81.0]
    assert row_named(values, "Xếp thứ")[3:6] == [1, 2, 2]
    computed = reckoned(tmp_path, {"table": data})["table"]
    assert row_named(computed[TABLE], "Xếp thứ")[3:6] == [1, 2, 2]


@pytest.mark.once
@pytest.mark.parametrize("look", ["tu-cham", "may", "tham-dinh"])
def test_every_look_reckons_as_the_engine(world: World, tmp_path: Path, look: str) -> None:
    files = {}
    for name, text in SCALES.items():
        files[name] = _alone(world, text, look)

    computed = reckoned(tmp_path, files)

    wrong = {
        name: found
        for name, data in files.items()
        if (found := differences(opened_book(data, values=True), computed[name], sheet=TABLE))
    }
    assert wrong == {}


def _alone(world: World, text: str, look: str) -> bytes:
    from django.db import transaction

    forget()
    with transaction.atomic():
        filled_bloc(world, text, seed=11)
        data = table_of(world, look)
        transaction.set_rollback(True)
    forget()
    return data


def test_a_rank_by_facts_that_the_table_lacks_is_no_formula_and_says_so(world: World) -> None:
    text = PLAIN.replace("tie_breaks: [{points: I}]", "tie_breaks: [{field: so_nguoi}]")
    filled_bloc(world, text)
    all_sent(world)

    page = opened_book(table_of(world))[TABLE]

    ranks = row_named(page, "Xếp thứ")
    assert ranks[3:6] == [1, 2, 3]
    assert ranks[6] == "Số của phần mềm: tiêu chí phụ khi bằng điểm không có trong bảng"


def test_a_rank_by_percent_shows_what_the_percent_rests_on(world: World, tmp_path: Path) -> None:
    text = PLAIN.replace("ranking: {key: points", "ranking: {key: percent")
    filled_bloc(world, text)
    all_sent(world)
    data = table_of(world)
    page = opened_book(data)[TABLE]

    assert row_named(page, "Điểm tối đa được tính")[3:6] == [100, 100, 100]
    assert all(str(text).startswith("=") for text in row_named(page, "Tỷ lệ, %")[3:6])
    computed = reckoned(tmp_path, {"table": data})["table"]
    assert differences(opened_book(data, values=True), computed, sheet=TABLE) == []


def test_a_unit_that_is_not_done_has_no_total_and_no_rank(world: World) -> None:
    sheets = opened(world)
    fill(world.officer, sheets[2])

    page = opened_book(table_of(world), values=True)[TABLE]

    assert sorted(str(value) for value in row_named(page, "Tổng điểm")[3:6]) == [
        "93", "None", "None",
    ]  # fmt: skip


def test_points_set_by_hand_on_a_group_stand_as_they_are_and_say_so(world: World) -> None:
    filled_bloc(world, PLAIN)
    sheet = Sheet.objects.get(unit=world.units[1])
    type_line(world.officer, sheet, "II", "33,5", reason="Theo kết luận")
    data = table_of(world)
    row = row_named(opened_book(data)[TABLE], "Xây dựng cơ quan")

    assert 33.5 in row[3:6]
    assert row[6] == "Số của phần mềm: 1 đơn vị có điểm ghi tay hoặc dòng không hiện ở bước này"
    result = stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2")
    assert result.nodes["II"].points == Fraction(67, 2)
