"""Excel out: text stays text, formulas are only ours, figures are exact, pages print well."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.platform.documents.text import clean
from thidua.platform.workbook.formats import number_format
from thidua.platform.workbook.model import (
    Cell,
    Column,
    DropDown,
    Formula,
    Number,
    Row,
    Sheet,
    Style,
    Workbook,
)
from thidua.platform.workbook.read import read_workbook
from thidua.platform.workbook.xlsx import sheet_name, to_xlsx

UNITS = ("Sở Lao động, Thương binh và Xã hội", "Sở Y tế")
POINTS = {UNITS[0]: (57_500, 30_125), UNITS[1]: (57_000, 26_400)}
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x")',
    "http://x.vn",
    "{=A1}",
    "_x0041_",
    "<c r='A1'>",
    "&amp;",
)


def score_book(synthetic: bool = False) -> Workbook:
    """Two units, two lines, live totals."""
    lines = tuple(
        Row(
            (
                Cell(f"Tiêu chí {line + 1}"),
                *(
                    Cell(Number.from_milli(POINTS[unit][line]), synthetic=synthetic)
                    for unit in UNITS
                ),
            )
        )
        for line in (0, 1)
    )
    total = Row(
        (
            Cell("Tổng điểm"),
            Cell(Formula("SUM(B3:B4)", Fraction(87_625, 1000), 3)),
            Cell(Formula("SUM(C3:C4)", Fraction(83_400, 1000), 3)),
        ),
        Style.TOTAL,
    )
    head = (
        Row((Cell("Bảng tổng hợp điểm", span=3),), Style.TITLE),
        Row((Cell("Tiêu chí"), *(Cell(unit) for unit in UNITS)), Style.HEADER),
    )
    sheet = Sheet(
        "Bảng điểm",
        (Column(40), Column(18), Column(18)),
        (*head, *lines, total),
        header_rows=2,
        frozen_columns=1,
        footer="Khối 4 & bạn",
    )
    return Workbook("Bảng điểm", "Sở Y tế", date(2018, 1, 12), (sheet,))


def book_of(*rows: Row, **about: Any) -> Workbook:
    """A workbook of one sheet with these rows."""
    sheet = Sheet("Một", (Column(),), rows, **about)
    return Workbook("Một", "Sở Y tế", date(2018, 1, 12), (sheet,))


def opened(data: bytes, *, values: bool = False) -> Any:
    """The file as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def formulas(data: bytes) -> list[str]:
    """Every formula in the sheets of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return [
            f for name in sheets for f in re.findall(r"<f>(.*?)</f>", archive.read(name).decode())
        ]


def test_formulas_are_only_ours_and_carry_their_value() -> None:
    data = to_xlsx(score_book())
    assert formulas(data) == ["SUM(B3:B4)", "SUM(C3:C4)"]
    page = opened(data, values=True).active
    assert [page["B5"].value, page["C5"].value] == [87.625, 83.4]


def test_saved_totals_equal_the_sum_of_the_saved_figures() -> None:
    (sheet,) = read_workbook(to_xlsx(score_book()))
    for column in (1, 2):
        lines = [sheet.number(row, column) or Fraction(0) for row in (2, 3)]
        assert sheet.number(4, column) == sum(lines)


def test_same_workbook_gives_the_same_bytes() -> None:
    assert to_xlsx(score_book()) == to_xlsx(score_book())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_place(text: str) -> None:
    drop_down = DropDown(0, 3, 0, (text, "khác"))
    data = to_xlsx(
        book_of(
            Row((Cell(text, note=text, span=2), Cell(text, synthetic=True))),
            drop_downs=(drop_down,),
            footer=text,
        )
    )
    assert formulas(data) == []
    page = opened(data).worksheets[0]
    assert page["A1"].data_type == page["C1"].data_type == "s"
    assert page["A1"].hyperlink is None
    sheet = read_workbook(data)[0]
    assert sheet.value(0, 2) == clean(text).strip() + "°"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("=+-@\t\r|!'\"(){}<>&%A1ệ"), max_size=20), min_size=80))
def test_five_thousand_strings_make_no_formula(texts: list[str]) -> None:
    data = to_xlsx(book_of(*(Row((Cell(text),)) for text in texts)))
    assert formulas(data) == []
    sheet = read_workbook(data)[0]
    assert [sheet.value(row, 0) for row in range(len(texts))] == [
        clean(text).strip() or None for text in texts
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=20))
def test_any_unicode_text_comes_back_as_it_went(texts: list[str]) -> None:
    sheet = read_workbook(
        to_xlsx(book_of(*(Row((Cell(text),)) for text in texts), Row((Cell("x"),))))
    )[0]
    assert [sheet.value(row, 0) for row in range(len(texts))] == [
        clean(text).strip() or None for text in texts
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=50))
def test_thousandths_come_back_exactly(milli: list[int]) -> None:
    rows = (Row((Cell(Number.from_milli(one, 3)),)) for one in milli)
    sheet = read_workbook(to_xlsx(book_of(*rows)))[0]
    assert [sheet.number(row, 0) for row in range(len(milli))] == [Fraction(m, 1000) for m in milli]


@pytest.mark.parametrize(
    ("value", "decimals", "synthetic", "expected"),
    [
        (Fraction(9615, 10), 1, False, "#,##0.0"),
        (Fraction(9615, 10), 1, True, '#,##0.0"°"'),
        (Fraction(3), 0, False, "#,##0"),
        (Fraction(1, 3), 1, False, '"≈"#,##0.0'),
        (Fraction(1234, 100), 1, False, '"≈"#,##0.0'),
        (None, 1, False, "#,##0.0"),
    ],
)
def test_number_format_shows_places_and_says_when_it_is_not_whole(
    value: Fraction | None, decimals: int, synthetic: bool, expected: str
) -> None:
    assert number_format(value, decimals, synthetic=synthetic) == expected


def test_nothing_entered_is_empty_and_not_zero() -> None:
    data = to_xlsx(book_of(Row((Cell(None), Cell(Number(Fraction(0))), Cell(Formula("A1", None))))))
    sheet = read_workbook(data)[0]
    assert [sheet.number(0, column) for column in range(3)] == [None, Fraction(0), None]


def test_dates_are_dates_also_before_the_calendar_of_spreadsheets() -> None:
    data = to_xlsx(book_of(Row((Cell(date(2018, 1, 12)), Cell(date(1890, 5, 19))))))
    sheet = read_workbook(data)[0]
    assert sheet.value(0, 0) == date(2018, 1, 12)
    assert (sheet.value(0, 1), sheet.day(0, 1)) == ("19/05/1890", date(1890, 5, 19))


def test_page_is_ready_to_print() -> None:
    page = opened(to_xlsx(score_book())).active
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$2", "B3")
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert [page.column_dimensions[letter].width for letter in "AB"] == pytest.approx(
        [40, 18], abs=1
    )
    assert page.oddFooter.left.text == "Khối 4 && bạn"
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:C1"]


def test_rows_are_high_enough_for_wrapped_names_in_any_program() -> None:
    page = opened(to_xlsx(score_book())).active
    heights = [page.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights == [
        pytest.approx(21.5, abs=0.5),
        pytest.approx(50.5, abs=0.5),
        pytest.approx(19, abs=0.5),
    ]
    given_height = opened(to_xlsx(book_of(Row((Cell("a"),), height=60)))).active
    assert given_height.row_dimensions[1].height == 60


def test_protected_sheet_opens_only_the_cells_to_type_in() -> None:
    row = Row((Cell("Tiêu chí"), Cell(None, unlocked=True)))
    page = opened(to_xlsx(book_of(row, protected=True))).active
    assert page.protection.sheet
    assert (page["A1"].protection.locked, page["B1"].protection.locked) == (True, False)


def test_drop_down_takes_names_with_commas_and_long_lists() -> None:
    names = tuple(f"Sở số {number}, Thương binh và Xã hội" for number in range(40))
    book = opened(to_xlsx(book_of(Row((Cell(None),)), drop_downs=(DropDown(0, 9, 0, names),))))
    (offered,) = book.worksheets[0].data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ("'Danh mục chọn'!$A$1:$A$40", "A1:A10")
    lists = book["Danh mục chọn"]
    assert lists.sheet_state == "hidden"
    assert tuple(cell.value for cell in lists["A"]) == names


def test_notes_hidden_sheets_and_hidden_columns_are_written() -> None:
    first = Sheet("Ẩn", (Column(hidden=True),), (), hidden=True)
    second = Sheet("Hiện", (Column(),), (Row((Cell("a", note="Ghi chú"),)),))
    book = opened(to_xlsx(Workbook("t", "a", date(2018, 1, 12), (first, second))))
    assert [page.sheet_state for page in book.worksheets] == ["hidden", "visible"]
    assert book.active.title == "Hiện"
    assert book["Ẩn"].column_dimensions["A"].hidden
    assert book["Hiện"]["A1"].comment.text == "Ghi chú"


def test_workbook_without_a_visible_sheet_is_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="visible sheet"):
        to_xlsx(Workbook("t", "a", date(2018, 1, 12), ()))


@pytest.mark.parametrize(
    "text", ["HYPERLINK(A1)", "[other.xlsx]A!A1", "cmd|'/c calc'!A1", 'WEBSERVICE("http://x")']
)
def test_formula_that_reaches_outside_is_a_fault_of_the_code(text: str) -> None:
    with pytest.raises(ValueError, match="reaches outside"):
        to_xlsx(book_of(Row((Cell(Formula(text, Fraction(0))),))))


def test_sheet_names_fit_the_spreadsheet_and_differ() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(name, taken)
        for name in (
            "Sở Y tế",
            "SỞ Y TẾ",
            "a/b:c*d?[e]\\",
            "'",
            "Khối thi đua các cơ quan tham mưu, tổng hợp",
        )
    ]
    assert names == [
        "Sở Y tế",
        "SỞ Y TẾ (2)",
        "a b c d e",
        "Bảng",
        "Khối thi đua các cơ quan tham m",
    ]


def test_text_longer_than_a_cell_holds_is_cut_and_kept() -> None:
    page = opened(to_xlsx(book_of(Row((Cell("ệ" * 40_000, synthetic=True),))))).active
    assert page["A1"].value == "ệ" * 32_766 + "°"
