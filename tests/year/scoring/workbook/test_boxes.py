"""What stands in the boxes of a file: figures, days and texts, read exactly or named by cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from tests.build import World
from tests.year.scoring.browse import signed_in
from tests.year.scoring.build import opened, type_line
from tests.year.scoring.scales import EVERY_KIND
from tests.year.scoring.workbook.filling import (
    MAIN,
    accepted,
    column_of,
    downloaded,
    filled,
    opened_book,
    row_of,
    sent,
)
from tests.year.scoring.workbook.judged import keys, page_of, troubles
from thidua.year.scoring.models import Entry, Sheet, Stage
from thidua.year.scoring.queries import stage_result

Sheets = dict[int, Sheet]
Change = Callable[[Any], None]


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world.officer)


# --- another figure


def test_a_formula_where_a_number_belongs_is_refused_by_its_cell(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = filled(downloaded(officer, world), {("III", "Kết quả"): "=1+1"})

    assert troubles(officer, world, data) == [
        "Dòng 10, cột Kết quả: ô này là công thức. Ghi thẳng số hoặc chữ vào ô rồi nạp lại."
    ]


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("18,5", Fraction(37, 2)), ("18.5", Fraction(37, 2)), (" 18,5 ", Fraction(37, 2)),
        (18.5, Fraction(37, 2)), ("0", Fraction(0)), (0, Fraction(0)), (17.125, Fraction(137, 8)),
    ],
)  # fmt: skip
def test_figures_are_read_exactly_also_as_text(
    world: World, sheets: Sheets, officer: Client, typed: object, points: Fraction
) -> None:
    page = sent(officer, world, filled(downloaded(officer, world), {("II.1", "Tự chấm"): typed}))

    accepted(officer, page, "II.1")

    nodes = stage_result(world.bloc_year, Stage.SELF).of("Sở Số 2").nodes
    assert nodes["II.1"].points == points


@pytest.mark.parametrize(
    ("key", "head", "value", "words"),
    [
        ("II.1", "Tự chấm", 1e308, "phần nguyên có nhiều nhất 15 chữ số."),
        ("II.1", "Tự chấm", -1, "nhập từ 0 đến 20,0."),
        ("II.1", "Tự chấm", 20.5, "nhập từ 0 đến 20,0."),
        ("II.1", "Tự chấm", 18.1234, "hãy nhập nhiều nhất 3 chữ số sau dấu phẩy."),
        ("II.1", "Tự chấm", "mười tám", "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("II.1", "Tự chấm", "1.000", "Hãy nhập một trong hai cách."),
        ("II.1", "Tự chấm", date(2026, 5, 18), "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("I.2", "Kết quả", -3, "nhập từ 0 trở lên."),
        ("I.2", "Kết quả", "#REF!", "Ghi lại số hoặc chữ vào ô rồi nạp lại."),
        ("III", "Kết quả", 1.5, "số liệu phải là số nguyên."),
        ("III", "Kết quả", True, "hãy nhập bằng chữ số, ví dụ 961,5."),
        ("II.2", "Kết quả", "Chắc có", "chọn Có hoặc Không."),
        ("II.2", "Không áp dụng", "Có", "ghi lý do không áp dụng."),
    ],
)
def test_a_figure_that_a_line_cannot_take_is_named_by_row_and_column(
    world: World, sheets: Sheets, officer: Client, key: str, head: str, value: object, words: str
) -> None:
    data = filled(downloaded(officer, world), {(key, head): value, ("IV", "Kết quả"): 0})
    row = row_of(opened_book(data)[MAIN], key)

    page = page_of(officer, world, data)

    ((said,),) = [one.troubles for one in page.troubled]
    where = "Lý do" if head == "Không áp dụng" else head
    assert said.startswith(f"Dòng {row}, cột {where}: ")
    assert said.casefold().endswith(words.casefold())
    assert keys(page) == ["IV"]


@pytest.mark.parametrize("typed", ["02/07/2026", "2-7-2026", "2026-07-02", date(2026, 7, 2)])
def test_a_day_is_read_also_as_text(world: World, officer: Client, typed: object) -> None:
    opened(world, EVERY_KIND)
    page = sent(officer, world, filled(downloaded(officer, world), {("A4", "Kết quả"): typed}))

    accepted(officer, page, "A4")

    assert Entry.objects.get().inputs == {"date": "2026-07-02"}


def test_a_day_that_is_none_is_told(world: World, officer: Client) -> None:
    opened(world, EVERY_KIND)

    data = filled(downloaded(officer, world), {("A4", "Kết quả"): "31/02/2026"})

    assert troubles(officer, world, data) == [
        "Dòng 8, cột Kết quả: không đọc được ngày. Nhập theo mẫu 22/12/2026."
    ]


def test_text_of_another_spelling_is_the_same_text(
    world: World, sheets: Sheets, officer: Client
) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason="Đã họp dân chủ")
    apart = unicodedata.normalize("NFD", "Đã họp dân chủ")
    cells = {("II.1", "Lý do"): apart, ("II.2", "Kết quả"): unicodedata.normalize("NFD", "Có")}

    page = page_of(officer, world, filled(downloaded(officer, world), cells))

    assert keys(page) == ["II.2"]
    assert page.troubled == ()


@pytest.mark.parametrize("text", ["=1+1", "+84 24 3825", "-2 điểm", "@phòng", "\t=cmd|'/C x'!A0"])
def test_text_that_looks_like_a_formula_goes_out_and_back_as_text(
    world: World, sheets: Sheets, officer: Client, text: str
) -> None:
    type_line(world.officer, sheets[2], "II.1", "18", reason=text)

    data = downloaded(officer, world)

    page = opened_book(data)[MAIN]
    cell = page.cell(row_of(page, "II.1"), column_of(page, "Lý do"))
    assert (cell.data_type, cell.value) == ("s", text.strip())
    assert cell.number_format == "@"
    assert page_of(officer, world, data).rows == ()


def test_an_assigned_figure_or_a_locked_cell_is_not_overwritten(
    world: World, sheets: Sheets, officer: Client
) -> None:
    data = filled(downloaded(officer, world), {("II.1", "Kết quả"): 5, ("I.1", "Điểm"): 30})

    page = page_of(officer, world, data)

    assert page.rows == ()
    assert page.notes == (
        "Tệp đã sửa ô khóa: cột Điểm ở dòng 5. Các chỗ này không được nhận: tên tiêu chí, điểm "
        "tối đa lấy theo thang điểm, điểm máy và tổng điểm do máy tính lại.",
        "Dòng 8, cột Kết quả: tiêu chí này không nhận gì ở cột này nên bỏ qua.",
    )
